"""The count of a station that had to vote on paper: figures that people typed in, and nobody can prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.election.record import Count, Key, Record, Size

__all__ = ["PaperContest", "PaperCount"]


@dataclass(frozen=True, slots=True)
class PaperContest(Record):
    """One contest at a station on paper."""

    contest: Annotated[Count, Key(1)]
    ballots: Annotated[Count, Key(2)]
    blank: Annotated[Count, Key(3)]
    """Blank or left out."""
    invalid: Annotated[Count, Key(4)]
    votes: Annotated[tuple[Count, ...], Key(5), Size(0, 240)]
    """Votes or points by option; none where the rule cannot add sums from paper."""


@dataclass(frozen=True, slots=True)
class PaperCount(Record):
    """All contests of a station on paper, typed in twice with the same figures."""

    station: Annotated[Count, Key(1)]
    electors: Annotated[Count, Key(2)]
    """On the roll."""
    signatures: Annotated[Count, Key(3)]
    """On the paper list."""
    contests: Annotated[tuple[PaperContest, ...], Key(4), Size(1, 250)]
    """Every contest of the station, rising."""
    typed: Annotated[tuple[Annotated[str, Size(1, 200)], ...], Key(5), Size(2, 2)]
    """The two people who typed them."""
    reason: Annotated[str, Key(6), Size(1, 1000)]
    at: Annotated[Count, Key(7)]
    """Unix seconds."""
