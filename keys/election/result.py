"""Results and the publication: what the authority certifies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.election.record import Bytes32, Count, Key, Record, Size

__all__ = ["Publication", "PublishedFile", "Result", "TiedStep"]


@dataclass(frozen=True, slots=True)
class TiedStep(Record):
    """A tie that the count met, decided or not."""

    step: Annotated[str, Key(1), Size(1, 100)]
    options: Annotated[tuple[Count, ...], Key(2), Size(2, 240)]
    decision: Annotated[Bytes32 | None, Key(3)] = None
    """Fingerprint of the decision; absent while nobody decided."""


@dataclass(frozen=True, slots=True)
class Result(Record):
    """The certified result of one contest."""

    contest: Annotated[Count, Key(1)]
    head: Annotated[Bytes32, Key(2)]
    """Hash of the Result event of the archive."""
    ballots: Annotated[Count, Key(3)]
    blank: Annotated[Count, Key(4)]
    """Blank or left out."""
    totals: Annotated[tuple[Count, ...], Key(5), Size(1, 240)]
    """Votes or points by option; where ballots are opened whole, what the rule compares first: approvals, first
    preferences, points by rank, pairs won, or the majority grade, 0 the worst."""
    winners: Annotated[tuple[Count, ...], Key(6), Size(0, 240)]
    """Indices of the options, in the order of the rule."""
    rule: Annotated[str, Key(7), Size(1, 40)]
    ties: Annotated[tuple[TiedStep, ...], Key(8), Size(0, 50)] = ()
    invalid: Annotated[Count, Key(9)] = 0
    paper: Annotated[tuple[Count, ...] | None, Key(10), Size(1, 240)] = None
    """Votes by option from stations on paper, not provable; not contained in the totals. Where there are any, the
    winners follow from totals and paper together."""
    seats: Annotated[tuple[Count, ...] | None, Key(11), Size(1, 240)] = None
    """Seats by option where the rule shares out seats."""
    paper_ballots: Annotated[tuple[Count, ...] | None, Key(12), Size(3, 3)] = None
    """Ballots, blank ones and invalid ones from stations on paper; not contained in the figures above."""


@dataclass(frozen=True, slots=True)
class PublishedFile(Record):
    """A file of the public folder."""

    path: Annotated[str, Key(1), Size(1, 200)]
    """Relative, parted by ``/``."""
    size: Annotated[Count, Key(2)]
    digest: Annotated[Bytes32, Key(3)]
    """SHA-256."""


@dataclass(frozen=True, slots=True)
class Publication(Record):
    """The digests of all other files of the public folder."""

    made: Annotated[Count, Key(1)]
    files: Annotated[tuple[PublishedFile, ...], Key(2), Size(1, 20_000)]
    """In rising order of their paths."""
    program: Annotated[str, Key(3), Size(1, 40)]
