"""The receipt: proves that a ballot is in, and never what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.election.record import Bytes16, Key, Record, Size

__all__ = ["Challenge", "OpenedBallot", "Receipt"]


@dataclass(frozen=True, slots=True)
class Receipt(Record):
    """Statement of a machine over the ballots of one visit."""

    trackers: Annotated[tuple[Bytes16, ...], Key(1), Size(1, 250)]
    """First 16 bytes of each tracker, in the order of the style."""
    check_code: Annotated[bytes, Key(2), Size(10, 10)]
    """First 80 bits of the commitment of the visit."""


@dataclass(frozen=True, slots=True)
class OpenedBallot(Record):
    """One ballot of a visit that was opened to check the machine."""

    contest: Annotated[int, Key(1), Size(0, 249)]
    selection: Annotated[tuple[Annotated[int, Size(0, 100)], ...], Key(2), Size(0, 240)]
    """Value by option; empty for blank."""
    credential: Annotated[bytes, Key(3), Size(32, 32)]
    """The public credential."""


@dataclass(frozen=True, slots=True)
class Challenge(Record):
    """A visit that was opened: seed and selections, from which anyone rebuilds the commitment."""

    seed: Annotated[bytes, Key(1), Size(32, 32)]
    commitment: Annotated[bytes, Key(2), Size(32, 32)]
    ballots: Annotated[tuple[OpenedBallot, ...], Key(3), Size(1, 250)]
