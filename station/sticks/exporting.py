"""What leaves a machine for the town hall: a box with its reports and sealed marks, its own or one taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from keys.desk.files import load_statement, read_bytes
from keys.election.statement import Mode, Statement
from keys.findings import Unreadable
from station.disk.journal import sync_folder
from station.disk.log import EventKind
from station.sticks.box import copy_to_stick
from station.sticks.copying import report_files
from station.store import Store

__all__ = ["TAKEN", "Takeover", "box_files", "copy_taken_boxes", "settle_boxes", "stage_box"]

TAKEN = "taken-over"
"""Folder of a machine with the boxes of those that it took over."""
_STAGED = "new-"
"""Before the name of a box that lies ready."""
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
    adopted: bool
    """Somebody who was added there, or a proxy that was noted there, is on the register here now."""


def box_files(box: bytes, marks: bytes, reports: Sequence[Statement]) -> dict[str, bytes]:
    """The files of a box, by name."""
    return {"box.sqlite": box, "marks.cose": marks, **report_files([item.raw for item in reports])}


def stage_box(folder: Path, mode: Mode, machine: str, files: Mapping[str, bytes]) -> None:
    """Lay the box of a machine that is taken over ready; it counts for nothing before the store says so.

    Raises:
        Unreadable: The disk is full or cannot be written.
        Refused: S-211.
    """
    staged = folder / TAKEN / f"{_STAGED}box-{mode.name.lower()}-{machine}"
    _remove(staged)
    copy_to_stick(files, staged)


def settle_boxes(folder: Path, mode: Mode, store: Store) -> tuple[Path, ...]:
    """Put the boxes that lie ready in their places, if the store has taken their machines over.

    A power cut leaves a box ready and not in its place; one that the store does not know stays where it is, until
    the same machine is taken over again.

    Returns:
        The boxes that were put in their places.

    Raises:
        Unreadable: The disk cannot be read or written.
    """
    known = {event.text for event in store.events() if event.kind is EventKind.CARRIED_OVER}
    settled = []
    for staged in sorted((folder / TAKEN).glob(f"{_STAGED}box-{mode.name.lower()}-*")):
        reports = sorted(staged.glob("[0-9]*.cose"), key=lambda path: int(path.name.partition("-")[0]))
        if not reports or load_statement(reports[-1]).fingerprint.hex() not in known:
            continue
        place = staged.with_name(staged.name.removeprefix(_STAGED))
        _remove(place)
        try:
            staged.rename(place)
            sync_folder(place.parent)
        except OSError as error:
            raise Unreadable(f"{place} cannot be written: {error.strerror}.") from None
        settled.append(place)
    return tuple(settled)


def _remove(folder: Path) -> None:
    try:
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            path.unlink()
        if folder.exists():
            folder.rmdir()
    except OSError as error:
        raise Unreadable(f"{folder} cannot be written: {error.strerror}.") from None


def copy_taken_boxes(folder: Path, mode: Mode, target: Path) -> None:
    """Copy the boxes that a spare took over, and that are in their places, beside its own.

    Raises:
        Unreadable: The stick is full or gone.
        Refused: S-211.
    """
    for box in sorted((folder / TAKEN).glob(f"box-{mode.name.lower()}-*")):
        files = {path.name: read_bytes(path, _LARGEST) for path in sorted(box.iterdir())}
        copy_to_stick(files, target / box.name)
