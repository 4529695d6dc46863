"""Decisions of the authority and the board: what a person decided, signed, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated

from keys.election.record import Count, Key, Record, Size

__all__ = ["Decision", "DecisionKind"]


class DecisionKind(IntEnum):
    """What was decided."""

    TIE = 1
    EXCLUSION = 2
    FEW_BALLOTS = 3
    LATE_BOX = 4
    CORRECTION = 5
    FIGURES = 6


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """One decision; `subject` is a contest for ties and few ballots, a machine for the others."""

    kind: Annotated[DecisionKind, Key(1)]
    subject: Annotated[Count, Key(2)]
    """Index of the contest or of the machine in the manifest."""
    reason: Annotated[str, Key(3), Size(1, 1000)]
    at: Annotated[Count, Key(4)]
    """Unix seconds."""
    step: Annotated[str | None, Key(5), Size(1, 100)] = None
    """The step of the count that was tied."""
    order: Annotated[tuple[Count, ...] | None, Key(6), Size(1, 240)] = None
    """Options in the order decided (a lot), or machines of the other set (a late box)."""
    basis: Annotated[str | None, Key(7), Size(1, 40)] = None
    """``lot``, ``age`` or ``rule``."""
