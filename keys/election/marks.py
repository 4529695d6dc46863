"""The marks of a machine: who voted on it, sealed to the authority alone, for the comparison of figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.election.record import Count, Key, Record, Size

__all__ = ["MARKS_PURPOSE", "Marks", "SealedMarks"]

MARKS_PURPOSE = b"isoloir/marks/1"
"""What marks are sealed for."""

_Numbers = tuple[Annotated[int, Size(1, 1_000_000)], ...]


@dataclass(frozen=True, slots=True)
class Marks(Record):
    """Roll numbers, rising: no order of voting is in them."""

    station: Annotated[Count, Key(1)]
    voted: Annotated[_Numbers, Key(2), Size(0, 2000)]
    carried: Annotated[_Numbers, Key(3), Size(0, 3000)] = ()
    """Voted on another machine, as this one was told."""


@dataclass(frozen=True, slots=True)
class SealedMarks(Record):
    """What a machine exports beside its box."""

    sealed: Annotated[bytes, Key(1), Size(1, 100_000)]
    """`Marks` (CBOR), HPKE-sealed to the authority's box key."""
    machine: Annotated[Count | None, Key(2)] = None
    """Index of the machine whose marks they are, where a spare signs for one that gave up."""
