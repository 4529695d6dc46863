"""A real terminal with a scrollback: tmux, for what must not be left in it."""

from __future__ import annotations

import shlex
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tests.simulator.typed import as_typed

__all__ = ["Tmux"]

_PACE = 0.15
_PATIENCE = 30.0


class Tmux:
    """A window of a few rows, so that pages scroll."""

    def __init__(self, folder: Path, command: Sequence[str], cwd: Path, size: tuple[int, int]) -> None:
        """Run a command in a server of its own.

        Args:
            folder: Empty; for the server's socket.
            command: Program and arguments.
            cwd: Where it runs.
            size: Columns and rows.
        """
        self._socket = folder / "tmux"
        self._command = shlex.join(command)
        self._cwd = cwd
        self._size = size

    def __enter__(self) -> Self:
        width, height = map(str, self._size)
        options = ("-d", "-x", width, "-y", height, "-c", str(self._cwd))
        self._tmux("-f", "/dev/null", "new-session", *options, self._command)
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, check=False)

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout

    def history(self) -> str:
        """Everything that can still be scrolled to, and what stands there."""
        return as_typed(self._tmux("capture-pane", "-p", "-J", "-S", "-"))

    def hidden_rows(self) -> int:
        """How many rows are above the window."""
        return int(self._tmux("display-message", "-p", "#{history_size}"))

    def expect(self, words: str) -> str:
        """Wait for words; gives the whole history."""
        until = time.monotonic() + _PATIENCE
        while words not in (seen := self.history()):
            assert time.monotonic() < until, f"no {words!r} in\n{seen}"
            time.sleep(0.05)
        return seen

    def type(self, *lines: str, then: str = "") -> str:
        """Type lines at the pace of a person, and wait for words after the last."""
        for line in lines:
            time.sleep(_PACE)
            if line:
                self._tmux("send-keys", "-l", line)
            self._tmux("send-keys", "Enter")
        return self.expect(then)
