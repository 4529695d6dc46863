"""Electors who are added to the roll on the spot: which numbers they may get, and how they lie in the store.

Every machine of a station has numbers of its own, above the last of the roll, so that two machines never give one
number twice. Their rows are in the store from the start and keep their size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.election.cbor import decode
from keys.election.definition import Definition
from keys.election.marks import person_tag
from keys.election.names import plain_words
from keys.election.record import Key, Record, Size
from keys.election.roll import Elector, Roll
from keys.election.statement import canonical

__all__ = ["ADDED_SIZE", "Added", "Spare", "pack_added", "person_of", "spare_numbers", "unpack_added"]

ADDED_SIZE = 2048
"""Bytes of a row."""


@dataclass(frozen=True, slots=True)
class Spare:
    """Numbers for electors who are added."""

    own: tuple[int, ...] = ()
    """Of this machine, rising."""
    others: tuple[int, ...] = ()
    """Of the other machines of the station: their marks may be carried over."""


@dataclass(frozen=True, slots=True)
class Added(Record):
    """What the officers wrote down of somebody whom they added."""

    surname: Annotated[str, Key(1), Size(1, 80)]
    given_names: Annotated[str, Key(2), Size(0, 80)]
    born: Annotated[str, Key(3), Size(10, 10)]
    """ISO date."""
    reason: Annotated[str, Key(4), Size(1, 200)]
    """Why; it stays on this machine and its stick."""

    def elector(self, number: int) -> Elector:
        """The line of the roll."""
        return Elector(number, self.surname, self.given_names, born=self.born, note=self.reason)

    def tag(self, salt: bytes) -> bytes:
        """By which the town hall sees that two machines added one person; the salt is that of the roll."""
        return person_tag(salt, self.surname, self.given_names, self.born)


def person_of(line: Added | Elector) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """What tells one person from another, however the name was typed: surname, given names, birth date."""
    return plain_words(line.surname), plain_words(line.given_names), line.born


def spare_numbers(definition: Definition, roll: Roll, machine: str) -> Spare:
    """The numbers that the machines of a station may give, one machine after the other in the definition's order.

    Args:
        definition: Says how many each may add.
        roll: Of the station.
        machine: Name of this machine.
    """
    last, each = roll.electors[-1].number, definition.additions
    own: tuple[int, ...] = ()
    others: list[int] = []
    for place, name in enumerate(definition.stations[roll.station].machines):
        numbers = tuple(last + 1 + place * each + count for count in range(each))
        if name == machine:
            own = numbers
        else:
            others += numbers
    return Spare(own, tuple(others))


def pack_added(added: Added | None) -> bytes:
    """A row: whoever was added, or nobody; always of the same size."""
    content = b"" if added is None else canonical(added.to_content())
    return (len(content).to_bytes(2, "big") + content).ljust(ADDED_SIZE, b"\0")


def unpack_added(row: bytes) -> Added:
    """Read the row of somebody who was added.

    Raises:
        Refused: V-1 codes, the row is damaged.
    """
    content = row[2 : 2 + int.from_bytes(row[:2], "big")]
    return Added.from_content(decode(content, "added elector"), "added elector")
