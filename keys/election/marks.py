"""The marks of a machine: who voted on it, sealed to the authority alone, for the comparison of figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.crypto.transcript import prf
from keys.election.names import plain_words
from keys.election.record import Bytes16, Count, Key, Record, Size

__all__ = ["MARKS_PURPOSE", "AddedElector", "Marks", "SealedMarks", "person_tag"]

MARKS_PURPOSE = b"isoloir/marks/1"
"""What marks are sealed for."""

_Numbers = tuple[Annotated[int, Size(1, 1_000_000)], ...]


@dataclass(frozen=True, slots=True)
class AddedElector(Record):
    """Somebody who was added to the roll on the spot, without a name."""

    number: Annotated[int, Key(1), Size(1, 1_000_000)]
    person: Annotated[Bytes16, Key(2)]
    """Of `person_tag`: the same on every machine of the station."""
    counted: Annotated[bool, Key(3)]
    """This machine's report counts them among its additions."""


@dataclass(frozen=True, slots=True)
class Marks(Record):
    """Roll numbers, rising: no order of voting is in them."""

    station: Annotated[Count, Key(1)]
    voted: Annotated[_Numbers, Key(2), Size(0, 2000)]
    carried: Annotated[_Numbers, Key(3), Size(0, 3000)] = ()
    """Voted on another machine, as this one was told."""
    added: Annotated[tuple[AddedElector, ...], Key(4), Size(0, 1000)] = ()
    """By rising number."""


@dataclass(frozen=True, slots=True)
class SealedMarks(Record):
    """What a machine exports beside its box."""

    sealed: Annotated[bytes, Key(1), Size(1, 100_000)]
    """`Marks` (CBOR), HPKE-sealed to the authority's box key."""
    machine: Annotated[Count | None, Key(2)] = None
    """Index of the machine whose marks they are, where a spare signs for one that gave up."""


def person_tag(salt: bytes, surname: str, given_names: str, born: str) -> bytes:
    """By which two machines of a station show that they added one person, however the name was typed.

    Args:
        salt: Of the station's roll.
        surname: As the officers wrote it.
        given_names: The same.
        born: ISO date.

    Returns:
        16 bytes; whoever has the salt can try names, so that it is sealed with the marks.
    """
    names = (" ".join(plain_words(name)).encode() for name in (surname, given_names))
    return prf(salt, "isoloir added elector", *names, born.encode())[:16]
