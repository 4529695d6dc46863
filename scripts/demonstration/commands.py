"""Runs the commands of the project as their users do, and shows them."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["CommandFailed", "Commands", "say"]


class CommandFailed(Exception):
    """A command ended with another exit status than 0."""


def say(text: str) -> None:
    """Tell the person what happens now."""
    print(f"\n== {text}", flush=True)


class Commands:
    """Runs `keys`, `station` and `tally` on folders below one."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.office = out / "office"
        self.stick = out / "stick"
        self.secrets = out / "secrets"
        self.secrets.mkdir(mode=0o700, exist_ok=True)

    def passphrase(self, name: str) -> list[str]:
        """Options that name the passphrase of somebody, which is made here."""
        path = self.secrets / f"{name}.passphrase"
        if not path.exists():
            path.write_text(f"demonstration of {name}\n")
            path.chmod(0o600)
        return ["--passphrase-file", str(path)]

    def run(self, *arguments: object, quiet: bool = False) -> dict[str, Any]:
        """Run one command; its answer as JSON.

        Raises:
            CommandFailed: With what it said.
        """
        words = [str(argument) for argument in arguments]
        if not quiet:
            print(f"   $ {self._shown(words)}", flush=True)
        program = Path(sys.executable).parent / words[0]
        done = subprocess.run([program, *words[1:], "--json"], stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise CommandFailed(f"{self._shown(words)}\nended with status {done.returncode}\n{done.stdout}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def _shown(self, words: list[str]) -> str:
        text = shlex.join(words).replace(f"{self.out}/", "")
        return text if len(text) < 160 else f"{text[:157]}..."
