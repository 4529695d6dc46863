"""What leaves a machine for the town hall: a box with its reports and sealed marks, its own or one taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from keys.desk.files import read_bytes
from keys.election.statement import Mode, Statement
from station.box import copy_to_stick
from station.copying import report_files

__all__ = ["TAKEN", "Takeover", "box_files", "copy_taken_boxes", "taken_box"]

TAKEN = "taken-over"
"""Folder of a machine with the boxes of those that it took over."""
_LARGEST = 512 * 2**20


@dataclass(frozen=True, slots=True)
class Takeover:
    """A machine whose box was closed from its stick."""

    machine: int
    """Index in the manifest."""
    statement: Statement | None
    """What the spare signed; None where the machine had closed itself."""
    folder: Path
    """Its box, with its reports and marks, as it is copied to a stick."""


def box_files(box: bytes, marks: bytes, reports: Sequence[Statement]) -> dict[str, bytes]:
    """The files of a box, by name."""
    return {"box.sqlite": box, "marks.cose": marks, **report_files([item.raw for item in reports])}


def taken_box(folder: Path, mode: Mode, machine: str) -> Path:
    """Where a spare keeps the box of a machine that it took over."""
    return folder / TAKEN / f"box-{mode.name.lower()}-{machine}"


def copy_taken_boxes(folder: Path, mode: Mode, target: Path) -> None:
    """Copy the boxes that a spare took over beside its own.

    Raises:
        Unreadable: The stick is full or gone.
        Refused: S-211.
    """
    for box in sorted((folder / TAKEN).glob(f"box-{mode.name.lower()}-*")):
        files = {path.name: read_bytes(path, _LARGEST) for path in sorted(box.iterdir())}
        copy_to_stick(files, target / box.name)
