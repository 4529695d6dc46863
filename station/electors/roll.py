"""Finding people on the roll: by number, by the town's reference, by name.

A name is found whatever its accents, case, hyphens and apostrophes, in any order of its parts, by the beginnings of
parts, and run together ("le-gall", "legall"); "St" and "Ste" are "Saint" and "Sainte". Whoever has such a name at birth
comes after those who use it.
Namesakes are always given together: it is for the worker to choose.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keys.election.names import plain_words
from keys.election.roll import Elector, ElectorStatus
from keys.findings import Refused
from keys.paper.keyboard import readings
from station.disk.plan import Mark
from station.store import Store

__all__ = ["Electors", "Found", "Standing", "read_born", "spellings"]


class Standing(StrEnum):
    """Whether somebody may vote now, and why not."""

    ENTITLED = "entitled"
    VOTED_HERE = "voted here"
    VOTED_ELSEWHERE = "voted elsewhere"
    STRUCK_OFF = "struck off"


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the roll as it stands now."""

    elector: Elector
    standing: Standing


_IN_FULL = {"st": "saint", "ste": "sainte"}
"""What stands for what, both ways, as a whole word of a name."""
_NEAR = 0.75
"""How like two names are, from 0 to 1, so that one may be the other mistyped or misheard."""
_MOST_LIKE = 12
_DIGITS = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class _Line:
    """What of a line is searched."""

    number: int
    surname: tuple[str, ...]
    given: tuple[str, ...]
    birth_name: tuple[str, ...]
    reference: str

    def has_name(self, words: tuple[str, ...]) -> bool:
        """Whether every word begins a part of the name of its own, or they are parts of it run together."""
        if _each_begins(words, self.surname + self.given):
            return True
        wholes = (_run_together(self.surname), _run_together(self.given))
        orders = (wholes[0] + wholes[1], wholes[1] + wholes[0])
        return len("".join(words)) > 2 and any(whole.startswith(_run_together(words)) for whole in orders)

    def has_birth_name(self, words: tuple[str, ...]) -> bool:
        """Whether the words are in the name, that at birth among it."""
        return _each_begins(words, self.surname + self.given + self.birth_name)

    def holds(self, words: tuple[str, ...]) -> bool:
        """Whether every word is somewhere inside a part of the name."""
        parts = self.surname + self.given + self.birth_name
        return all(any(word in part or _same(word, part) for part in parts) for word in words)

    def likeness(self, words: tuple[str, ...]) -> float:
        """How like each word is to the part of the name that it is most like; the least of them, from 0 to 1."""
        parts = self.surname + self.given + self.birth_name
        return min(max((_ratio(word, part) for part in parts), default=0.0) for word in words)


def _same(word: str, part: str) -> bool:
    """Whether two words are one, in full or not."""
    return _IN_FULL.get(word, word) == _IN_FULL.get(part, part)


def _run_together(words: Sequence[str]) -> str:
    """Words of a name as one; a word alone may be the beginning of another one."""
    return "".join(_IN_FULL.get(word, word) if len(words) > 1 else word for word in words)


def _ratio(word: str, part: str) -> float:
    if abs(len(word) - len(part)) > 2:
        return 0.0
    return difflib.SequenceMatcher(None, word, part, autojunk=False).ratio()


def read_born(text: str) -> str:
    """A birth date as it is read from an identity document; empty where it is none.

    Args:
        text: ``14/03/1958``, ``14.3.1958``, ``14 03 1958``, ``14031958`` or ``1958-03-14``.
    """
    parts = re.findall(r"[0-9]+", text)
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) == 3 and len(parts[0]) == 4:
        parts.reverse()
    if len(parts) != 3 or len(parts[2]) != 4 or re.search(r"[^\W\d]", text):
        return ""
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
    except ValueError:
        return ""


def spellings(surname: str) -> tuple[str, ...]:
    """A surname in plain words, and what it may be in full or short: Saint, St; Sainte, Ste."""
    words = plain_words(surname)
    short = {full: word for word, full in _IN_FULL.items()}
    return tuple(
        dict.fromkeys(" ".join(as_.get(word, word) for word in words) for as_ in ({}, _IN_FULL, short))
    )


def _each_begins(words: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether every word begins another one of the parts; the longest words choose first."""
    left = list(parts)
    for word in sorted(words, key=len, reverse=True):
        fitting = [part for part in left if part.startswith(word) or _same(word, part)]
        if not fitting:
            return False
        left.remove(min(fitting, key=len))
    return True


class Electors:
    """The roll of a store, ready to be searched; the names are read once, the marks at each question."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._electors = {elector.number: elector for elector, _ in store.electors()}
        self._lines = sorted(
            (
                _Line(
                    elector.number,
                    plain_words(elector.surname),
                    plain_words(elector.given_names),
                    plain_words(elector.birth_name),
                    elector.reference.casefold(),
                )
                for elector in self._electors.values()
            ),
            key=lambda line: (line.surname, line.given, line.number),
        )

    def find(self, number: int) -> Found:
        """The person of a roll number.

        Raises:
            Refused: S-302, the number is not on the roll.
        """
        elector = self._electors.get(number)
        if elector is None:
            raise Refused("S-302", f"number {number}", "not on the register")
        return Found(elector, self._standing(elector))

    def search(self, text: str) -> tuple[Found, ...]:
        """Everybody whom a text means, by name and then number; empty if nobody.

        Args:
            text: A roll number, the town's reference of a person, or any parts of a name.
        """
        typed = text.strip()
        for reading in readings(typed):
            if _DIGITS.fullmatch(reading) and int(reading) in self._electors:
                return (self.find(int(reading)),)
            referred = [line.number for line in self._lines if line.reference == reading.casefold()]
            if referred and reading:
                return tuple(self.find(number) for number in referred)
        words = plain_words(typed)
        if not words:
            return ()
        numbers = [line.number for line in self._lines if line.has_name(words)]
        numbers += [
            line.number for line in self._lines if line.has_birth_name(words) and not line.has_name(words)
        ]
        return tuple(self.find(number) for number in numbers)

    def widely(self, text: str) -> tuple[Found, ...]:
        """Everybody whose name holds the words of a text, or is like it: misheard, mistyped, cut in the middle.

        Args:
            text: Any parts of a name.
        """
        words = plain_words(text)
        if not words:
            return ()
        held = [line.number for line in self._lines if line.holds(words)]
        like = sorted(
            ((line.likeness(words), line.number) for line in self._lines if line.number not in held),
            key=lambda pair: (-pair[0], pair[1]),
        )
        numbers = held + [number for near, number in like if near >= _NEAR]
        return tuple(self.find(number) for number in numbers[:_MOST_LIKE])

    def principals(self, holder: int) -> tuple[Found, ...]:
        """For whom a person may vote, by rising number."""
        return tuple(
            self.find(number) for number, elector in self._electors.items() if elector.proxy == holder
        )

    def _standing(self, elector: Elector) -> Standing:
        mark = self._store.mark_of(elector.number)
        if mark is Mark.VOTED:
            return Standing.VOTED_HERE
        if mark is Mark.CARRIED:
            return Standing.VOTED_ELSEWHERE
        if elector.status is ElectorStatus.STRUCK_OFF:
            return Standing.STRUCK_OFF
        return Standing.ENTITLED
