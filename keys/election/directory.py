"""Who votes where, for somebody who stands at the wrong station: an index of the whole roll without its names.

A row is six bytes of HMAC(key, surname, birth date) and the station; the key is drawn for one machine and sealed with
the rows. One exact question has one answer, and no name can be read off. It is no secret from whoever holds an opened
package and guesses: a name with the 36,500 birth dates of a century is tried in less than a second. What it gives
away then is the station of a person whose name and birth date were guessed, which the paper lists say too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Self

from keys.crypto.transcript import prf
from keys.election.names import plain_words
from keys.election.record import Bytes32, Key, Record, Size
from keys.election.roll import ElectorStatus, Roll
from keys.findings import Refused

__all__ = ["DIRECTORY_PURPOSE", "Directory"]

DIRECTORY_PURPOSE = b"isoloir/directory/1"
"""What a directory is sealed for."""
_TAG, _STATION = 6, 2
_ROW = _TAG + _STATION


@dataclass(frozen=True, slots=True)
class Directory(Record):
    """Stations by surname and birth date."""

    key: Annotated[Bytes32, Key(1)]
    rows: Annotated[bytes, Key(2), Size(0, 8_000_000)]
    """Of 8 bytes each, rising, each once: 6 of the tag, 2 of the index of the station."""

    @classmethod
    def of(cls, rolls: Iterable[Roll], random_bytes: Callable[[int], bytes]) -> Self:
        """The directory of all rolls; whoever is struck off, or without a birth date, is not in it.

        Args:
            rolls: Of all stations.
            random_bytes: Draws the key.
        """
        key = random_bytes(32)
        rows = set()
        for roll in rolls:
            for elector in roll.electors:
                if elector.born and elector.status is ElectorStatus.ENTITLED:
                    for name in {elector.surname, elector.birth_name} - {""}:
                        rows.add(_tag(key, name, elector.born) + roll.station.to_bytes(_STATION, "big"))
        return cls(key, b"".join(sorted(rows)))

    def check(self, stations: int) -> None:
        """Check that the rows are whole, rising and each once, as the search needs them, and name stations that exist.

        Args:
            stations: How many the vote has.

        Raises:
            Refused: V-104.
        """
        rows = [self.rows[at : at + _ROW] for at in range(0, len(self.rows), _ROW)]
        rising = all(one < other for one, other in pairwise(rows))
        if not rising or any(len(row) != _ROW for row in rows):
            raise Refused("V-104", "directory", "rows that are not whole, or out of order")
        if any(_station(row) >= stations for row in rows):
            raise Refused("V-104", "directory", "a station that the vote does not have")

    def stations(self, surname: str, born: str) -> tuple[int, ...]:
        """The stations at which somebody of this surname, in use or at birth, and birth date may vote.

        Args:
            surname: As it is spoken: accents, case and hyphens do not matter.
            born: ISO date.
        """
        if not plain_words(surname) or not born:
            return ()
        tag = _tag(self.key, surname, born)
        rows = range(0, len(self.rows), _ROW)
        at = bisect_left(rows, tag, key=lambda place: self.rows[place : place + _TAG])
        found = []
        while at < len(rows) and self.rows[rows[at] : rows[at] + _TAG] == tag:
            found.append(_station(self.rows[rows[at] : rows[at] + _ROW]))
            at += 1
        return tuple(found)


def _tag(key: bytes, surname: str, born: str) -> bytes:
    return prf(key, "isoloir directory", "".join(plain_words(surname)).encode(), born.encode())[:_TAG]


def _station(row: bytes) -> int:
    return int.from_bytes(row[_TAG:], "big")
