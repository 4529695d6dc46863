"""The receipt: proves that a ballot is in, and never what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.election.record import Bytes16, Key, Record, Size

__all__ = ["Receipt"]


@dataclass(frozen=True, slots=True)
class Receipt(Record):
    """Statement of a machine over the ballots of one visit."""

    trackers: Annotated[tuple[Bytes16, ...], Key(1), Size(1, 250)]
    """First 16 bytes of each tracker, in the order of the style."""
    check_code: Annotated[bytes, Key(2), Size(10, 10)]
    """First 80 bits of the commitment of the visit."""
