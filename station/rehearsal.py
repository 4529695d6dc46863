"""How far a machine's rehearsal is, told beside the vote: read from the rehearsal's own store, by no key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from keys.election.statement import Mode
from keys.findings import Refused, Unreadable
from station.disk.folder import mode_file, wiped_file
from station.disk.log import EventKind
from station.store import Store

__all__ = ["Rehearsal", "RehearsalStep", "rehearsal_of"]


class RehearsalStep(StrEnum):
    """How far it is."""

    ABSENT = "absent"
    """It was not loaded, or it cannot be read now."""
    LOADED = "loaded"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The rehearsal of a machine."""

    step: RehearsalStep
    at: int | None = None
    """When it was opened or closed, Unix seconds; None where nothing says so."""
    can_run: bool = False
    """It is there, and officers may go to it."""


def rehearsal_of(folder: Path) -> Rehearsal:
    """Look at the rehearsal that lies beside the vote in the folder of a machine; it must not be open."""
    if wiped_file(folder, Mode.REHEARSAL).exists():
        return Rehearsal(RehearsalStep.DONE)
    try:
        with Store.open(mode_file(folder, Mode.REHEARSAL, "db"), held=True) as store:
            opened, closed = store.first_at(EventKind.OPENED), store.first_at(EventKind.CLOSED)
    except (Refused, Unreadable):
        return Rehearsal(RehearsalStep.ABSENT)
    if closed is not None:
        return Rehearsal(RehearsalStep.DONE, closed, can_run=True)
    if opened is not None:
        return Rehearsal(RehearsalStep.BEGUN, opened, can_run=True)
    return Rehearsal(RehearsalStep.LOADED, can_run=True)
