"""Decisions of the authority and the board: what a person decided, signed, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Annotated

from keys.election.record import Bytes32, Count, Key, Record, Size

__all__ = ["AFTER_OPENING", "Decision", "DecisionKind", "Matter", "matter"]


class DecisionKind(IntEnum):
    """What was decided."""

    TIE = 1
    EXCLUSION = 2
    FEW_BALLOTS = 3
    LATE_BOX = 4
    CORRECTION = 5
    FIGURES = 6
    BOX = 7
    """Which of two different boxes of a machine stays."""
    PAPER = 8
    """A station voted on paper, and these are its figures."""
    CHALLENGE = 9
    """What follows from a ballot that was cast though it had been opened to check the machine."""


class Matter(Enum):
    """What a decision is about."""

    CONTEST = "contest"
    MACHINE = "machine"
    STATION = "station"


AFTER_OPENING = frozenset(
    {DecisionKind.TIE, DecisionKind.FIGURES, DecisionKind.CORRECTION, DecisionKind.CHALLENGE}
)
"""Decisions that change nothing of what is opened; all others are taken before it is requested."""


def matter(kind: DecisionKind) -> Matter:
    """What `subject` of a decision of this kind counts."""
    if kind in {DecisionKind.TIE, DecisionKind.FEW_BALLOTS}:
        return Matter.CONTEST
    return Matter.STATION if kind is DecisionKind.PAPER else Matter.MACHINE


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """One decision; what its `subject` counts is said by `matter`."""

    kind: Annotated[DecisionKind, Key(1)]
    subject: Annotated[Count, Key(2)]
    """Index of the contest, machine or station in the manifest."""
    reason: Annotated[str, Key(3), Size(1, 1000)]
    at: Annotated[Count, Key(4)]
    """Unix seconds."""
    step: Annotated[str | None, Key(5), Size(1, 100)] = None
    """The step of the count that was tied."""
    order: Annotated[tuple[Count, ...] | None, Key(6), Size(1, 240)] = None
    """A tie: options in the order decided."""
    basis: Annotated[str | None, Key(7), Size(1, 40)] = None
    """``lot``, ``age`` or ``rule``."""
    before: Annotated[tuple[Count, ...] | None, Key(8), Size(0, 1000)] = None
    """A late box: the machines whose ballots were counted without it, rising."""
    after: Annotated[tuple[Count, ...] | None, Key(9), Size(1, 1000)] = None
    """A late box: the same machines with the late one, rising."""
    digest: Annotated[Bytes32 | None, Key(10)] = None
    """A box: the set digest of the one that stays. Paper: the fingerprint of the count that was typed in."""
