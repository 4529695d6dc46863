"""The roll: who may vote at a station. It never leaves the town hall but sealed to a machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Annotated

from keys.crypto.transcript import tagged
from keys.election.record import Bytes16, Count, Key, Record, Size
from keys.election.statement import canonical
from keys.findings import Refused

__all__ = ["ROLL_PURPOSE", "Elector", "ElectorStatus", "Package", "Roll", "entitled"]

ROLL_PURPOSE = b"isoloir/roll/1"
"""What a roll is sealed for."""


class ElectorStatus(IntEnum):
    """Whether an elector may vote."""

    ENTITLED = 0
    STRUCK_OFF = 1


@dataclass(frozen=True, slots=True)
class Elector(Record):
    """A line of the roll."""

    number: Annotated[int, Key(1), Size(1, 1_000_000)]
    """Roll number, unique at a station; the same as on the paper list."""
    surname: Annotated[str, Key(2), Size(0, 200)]
    given_names: Annotated[str, Key(3), Size(0, 200)]
    born: Annotated[str, Key(4), Size(0, 10)] = ""
    """ISO date, or empty."""
    address: Annotated[str, Key(5), Size(0, 300)] = ""
    status: Annotated[ElectorStatus, Key(6)] = ElectorStatus.ENTITLED
    note: Annotated[str, Key(7), Size(0, 200)] = ""
    """Why struck off; the year, where no more is known of the birth."""
    reference: Annotated[str, Key(8), Size(0, 100)] = ""
    """The town's own number of this person (a voter_id)."""
    birth_name: Annotated[str, Key(9), Size(0, 200)] = ""
    """Surname at birth, where another one is in use."""
    struck_off: Annotated[str, Key(10), Size(0, 10)] = ""
    """ISO date of the striking off, or empty."""
    proxy: Annotated[int, Key(11), Size(0, 1_000_000)] = 0
    """Roll number, at the same station, of who may vote for this person; 0 for nobody."""
    proxy_name: Annotated[str, Key(12), Size(0, 200)] = ""
    """Who may vote for this person without being on this roll."""


def entitled(electors: Iterable[Elector]) -> int:
    """How many of a roll may vote: nobody who is struck off."""
    return sum(elector.status is ElectorStatus.ENTITLED for elector in electors)


@dataclass(frozen=True, slots=True)
class Roll(Record):
    """The roll of one station."""

    station: Annotated[Count, Key(1)]
    electors: Annotated[tuple[Elector, ...], Key(2), Size(1, 2000)]
    """In rising order of their numbers."""
    salt: Annotated[Bytes16, Key(3)]
    """So that its digest in the manifest says nothing of who is on it."""

    @property
    def digest(self) -> bytes:
        """Salted digest, 32 bytes: what the manifest binds."""
        return tagged("isoloir roll", self.salt, canonical(self.to_content()))

    def check(self) -> None:
        """Check that every number stands once, in its order, and that whoever votes for somebody by number is there.

        Raises:
            Refused: V-104.
        """
        numbers = [elector.number for elector in self.electors]
        if any(one >= other for one, other in pairwise(numbers)):
            raise Refused("V-104", "roll", "numbers that are not in rising order")
        if not {elector.proxy for elector in self.electors} <= {0, *numbers}:
            raise Refused("V-104", "roll", "a proxy who is not on it")


@dataclass(frozen=True, slots=True)
class Package(Record):
    """What a machine loads beside the manifest."""

    machine: Annotated[Count, Key(1)]
    """Index in the manifest."""
    sealed: Annotated[bytes, Key(2), Size(1, 4_000_000)]
    """The roll (CBOR), HPKE-sealed to the machine's box key."""
    directory: Annotated[bytes, Key(3), Size(1, 9_000_000)]
    """Who votes where (`keys.election.directory`, CBOR), sealed in the same way."""
