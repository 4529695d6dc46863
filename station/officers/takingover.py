"""What officers are asked where a spare takes over from a machine that stopped for good."""

from __future__ import annotations

from dataclasses import dataclass

from station.officers.tasks import Problem
from station.questions import Question

__all__ = ["AskDeadSignatures", "AskTakeover", "ShowTakenOver"]


@dataclass(frozen=True, slots=True)
class AskTakeover(Question):
    """Which machine stopped for good."""

    machines: tuple[str, ...]
    """Those whose copy is on the stick, by name."""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class AskDeadSignatures(Question):
    """The signatures of those who voted on a machine that stopped, counted by two."""

    machine: str
    typed: tuple[tuple[str, str], ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ShowTakenOver(Question):
    """The box of a machine that stopped is closed here."""

    machine: str
    carried: int
    """Electors who cannot vote here any more."""
    figures: tuple[int, int, int] | None = None
    """Marks, votes, signatures; None where the machine had closed itself."""
    printed: bool = False
    adopted: bool = False
    """Somebody who was added there, or a proxy that was noted there, is on the register here now."""
