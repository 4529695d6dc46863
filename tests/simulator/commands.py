"""The command `station` on a machine of a small vote, run in the process of the test."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from keys.election.statement import Mode
from keys.paper.groups import fingerprint_text
from station.cli import main
from tests.simulator.polling import PollingPlaces

__all__ = ["Machine", "Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """Its answer, asked for with ``--json``."""
        answer: dict[str, Any] = json.loads(self.out)
        return answer

    @property
    def codes(self) -> list[str]:
        """Codes of what was refused."""
        return [finding["code"] for finding in self.data["findings"]]


class Machine:
    """A machine and the files beside it, worked by commands."""

    def __init__(self, polling: PollingPlaces, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.polling = polling
        self.root = root
        self.folder: Path = root / "m1"
        shutil.copytree(polling.machine("m1"), self.folder)
        self._capsys = capsys
        self.monkeypatch = pytest.MonkeyPatch()

    def run(self, *words: object) -> Said:
        """Run the command in this process."""
        self._capsys.readouterr()
        self.monkeypatch.setattr(sys, "argv", ["station", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = self._capsys.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        for text in (out, err):
            assert "Traceback" not in text
        return Said(code, out, err)

    def cards(self, mode: Mode = Mode.OFFICIAL, name: str = "m1") -> list[str]:
        """Options with the files of two cards."""
        options = []
        for card in self.polling.two(name, mode):
            path = self.root / f"{name}-{mode.name}-{card.share.index}.txt"
            path.write_text(card.text)
            options += ["--card", str(path)]
        return options

    def do(self, *words: object, mode: Mode = Mode.OFFICIAL) -> Said:
        """Run a command on the folder with two cards."""
        rehearsal = ["--rehearsal"] if mode is Mode.REHEARSAL else []
        return self.run(*words, "--dir", self.folder, *self.cards(mode), *rehearsal)

    def load(self, mode: Mode = Mode.OFFICIAL) -> Said:
        """Load its package."""
        paper = fingerprint_text(self.polling.fingerprints[mode])
        return self.do(
            "load", self.polling.package("m1"), "--paper", paper, "--out", self.root / "stick", mode=mode
        )

    def script(self, *lines: str) -> Path:
        """A script of visits."""
        path = self.root / "visits.jsonl"
        path.write_text("\n".join(lines) + "\n")
        return path
