"""A table of the definition file that knows where it stands: reads values, notes every mistake, goes on.

A value that cannot be used leaves a note and gives a stand-in of the right type, so that one reading
finds all mistakes; nothing is made of the stand-ins, because any note refuses the whole.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

__all__ = ["IDENTIFIER", "Log", "Note", "Table"]

IDENTIFIER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
"""What may be the name of a file on any stick."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOMENT = "%Y-%m-%dT%H:%M"
_MAX_AMOUNT = 2**53


@dataclass(frozen=True, slots=True)
class Note:
    """A mistake or a warning, and where it stands."""

    path: str
    """``contest saint-cyprien, option 3, cost``."""
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}" if self.path else self.text


@dataclass(slots=True)
class Log:
    """Everything noted while a file is read."""

    mistakes: list[Note] = field(default_factory=list)
    gaps: list[tuple[str, str]] = field(default_factory=list)
    """Language and path of each text that is missing in a language of the vote."""


class Table:
    """A TOML table and its path."""

    def __init__(self, values: Mapping[str, object], path: str, log: Log) -> None:
        self._values = values
        self._known: set[str] = set()
        self._unsound: set[str] = set()
        self.path = path
        self.log = log

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def at(self, name: str) -> str:
        """The path of a key of this table."""
        return ", ".join(part for part in (self.path, name) if part)

    def mistake(self, name: str, text: str) -> None:
        """Note a mistake at a key."""
        self._unsound.add(name)
        self.log.mistakes.append(Note(self.at(name), text))

    def sound(self, *names: str) -> bool:
        """Whether no mistake was noted at these keys, so that more can be asked of their values."""
        return not self._unsound.intersection(names)

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for name in self._values:
            if name not in self._known:
                near = difflib.get_close_matches(name, sorted(self._known), n=1, cutoff=0.7)
                hint = f"; did you mean {near[0]}?" if near else ""
                self.log.mistakes.append(Note(self.at(name), f"there is no such setting here{hint}"))

    def raw(self, name: str, *, required: bool = False) -> object | None:
        """The value as TOML gave it, or None."""
        self._known.add(name)
        value = self._values.get(name)
        if value is None and required:
            self.mistake(name, "missing")
        return value

    def text(self, name: str, most: int, *, default: str | None = None) -> str:
        """A line of 1 to `most` characters; required where there is no default."""
        value = self.raw(name, required=default is None)
        if value is None or (value == default == ""):
            return default or ""
        return self._line(name, value, most)

    def identifier(self, name: str = "id") -> str:
        """A name for files: letters, digits, dots, dashes; a bare number will do."""
        value = self.raw(name, required=True)
        if value is None:
            return ""
        return self.checked_identifier(name, value)

    def checked_identifier(self, name: str, value: object) -> str:
        """The same for a value in a list."""
        if type(value) is int:
            value = str(value)
        if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
            self.mistake(name, f"{_shown(value)} is not made of 1 to 64 letters a-z, digits, dots and dashes")
            return ""
        return value

    def whole(self, name: str, least: int, most: int, *, default: int | None = None) -> int:
        """A whole number; required where there is no default."""
        value = self.raw(name, required=default is None)
        if value is None:
            return least if default is None else default
        number = whole_number(value)
        if number is None:
            self.mistake(name, f"{_shown(value)} is not a whole number")
            return least
        if not least <= number <= most:
            self.mistake(name, f"{number} is not within {least} and {most}")
            return least
        return number

    def amount(self, name: str) -> int | None:
        """An amount of money in whole units, if stated."""
        if name not in self._values:
            self._known.add(name)
            return None
        return self.whole(name, 0, _MAX_AMOUNT)

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self.raw(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.mistake(name, f"{_shown(value)} is neither true nor false")
            return default
        return value

    def choice(self, name: str, allowed: Sequence[str], *, default: str | None = None) -> str:
        """One of several words; required where there is no default."""
        value = self.raw(name, required=default is None)
        if value is None:
            return default or ""
        if value not in allowed:
            self.mistake(name, f"{_shown(value)} is none of {', '.join(allowed)}")
            return default or ""
        return str(value)

    def items(self, name: str, *, required: bool = False) -> list[object]:
        """A list of anything; empty where there is none."""
        value = self.raw(name, required=required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.mistake(name, f"{_shown(value)} is not a list; write it as [ … ]")
            return []
        if required and not value:
            self.mistake(name, "the list is empty")
        return value

    def lines(self, name: str, items: int, most: int, *, required: bool = False) -> tuple[str, ...]:
        """A list of at most `items` lines, each once, of at most `most` characters."""
        values = self.items(name, required=required)
        if len(values) > items:
            self.mistake(name, f"{len(values)} entries, at most {items}")
        found = [self._line(name, value, most) for value in values]
        for again in sorted({line for line in found if line and found.count(line) > 1}):
            self.mistake(name, f"{_shown(again)} stands there twice")
        return tuple(found)

    def moment(self, name: str) -> str:
        """A local date and time of day, ``2022-10-03T08:00``."""
        value = self.raw(name, required=True)
        if value is None:
            return ""
        if isinstance(value, str):
            try:
                value = datetime.strptime(value.replace(" ", "T"), _MOMENT)
            except ValueError:
                self.mistake(name, f"{_shown(value)} is not a date and time like 2022-10-03T08:00")
                return ""
        if not isinstance(value, datetime):
            hint = "the time of day is missing" if isinstance(value, date) else "not a date and time"
            self.mistake(name, f"{hint}; write 2022-10-03T08:00")
            return ""
        if value.tzinfo is not None or value.second or value.microsecond:
            self.mistake(name, "write the town's own time, in hours and minutes, like 2022-10-03T08:00")
            return ""
        return value.strftime(_MOMENT) if value.year >= 1000 else value.isoformat()[:16]

    def texts(
        self, name: str, languages: Sequence[str], most: int, *, required: bool
    ) -> dict[str, str] | None:
        """A text in the languages of the vote: a line in its first one, or a table by language.

        Args:
            name: Of the key.
            languages: Of the vote; empty if they are not known because of another mistake.
            most: Most characters in a language.
            required: Whether it must be there, at least in the first language.
        """
        value = self.raw(name, required=required)
        return None if value is None else self.in_languages(name, value, languages, most)

    def in_languages(self, name: str, value: object, languages: Sequence[str], most: int) -> dict[str, str]:
        """The same for a value, such as one in a list; arguments as of `texts`."""
        first = languages[0] if languages else "fr"
        table = value if isinstance(value, dict) else {first: value}
        found = {}
        for code, words in table.items():
            if languages and code not in languages:
                self.mistake(name, f"{_shown(code)} is not one of the languages of the vote")
            found[code] = self._line(name, words, most)
        if languages and first not in found:
            self.mistake(name, f"missing in the first language, {first}")
        self.log.gaps += [(code, self.at(name)) for code in languages if code not in found]
        # In the order of the languages, so that the same definition is the same record.
        return {code: found[code] for code in (languages or found) if code in found}

    def tables(self, name: str, most: int, *, by_id: bool = True) -> list[Table]:
        """At least one table ([[name]]); each is called by its id, or by its number."""
        values = self.raw(name, required=True)
        if values is None:
            return []
        heading = f"{self.path.split(' ')[0]}.{name}" if self.path else name
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.mistake(name, f"not a list of tables; write each as [[{heading}]]")
            return []
        if len(values) > most:
            self.mistake(name, f"{len(values)} entries, at most {most}")
        found = []
        for number, value in enumerate(values, 1):
            id_ = value.get("id") if by_id else None
            called = id_ if isinstance(id_, str) and IDENTIFIER.fullmatch(id_) else number
            found.append(Table(value, self.at(f"{name} {called}"), self.log))
        return found

    def table(self, name: str, *, required: bool = True) -> Table:
        """A table ([name])."""
        value = self.raw(name, required=required)
        if value is not None and not isinstance(value, dict):
            self.mistake(name, f"not a table; write it as [{name}]")
        return Table(value if isinstance(value, dict) else {}, self.at(name), self.log)

    def _line(self, name: str, value: object, most: int) -> str:
        if not isinstance(value, str):
            self.mistake(name, f"{_shown(value)} is not a text; put it in quotes")
            return ""
        line = unicodedata.normalize("NFC", _BLANKS.sub(" ", value).strip())
        if not 1 <= len(line) <= most:
            self.mistake(name, f"{len(line)} characters, 1 to {most} are possible")
        hidden = next((c for c in line if unicodedata.category(c) in _INVISIBLE), None)
        if hidden is not None:
            self.mistake(name, f"it holds a character that cannot be seen (U+{ord(hidden):04X})")
        return line


def whole_number(value: object) -> int | None:
    """A whole number, also when it is written 400000.0; None if it is none."""
    if type(value) is int and abs(value) <= _MAX_AMOUNT:
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < _MAX_AMOUNT:
        return int(value)
    return None


def _shown(value: object) -> str:
    if type(value) is int and abs(value) > _MAX_AMOUNT:
        return "a number with far too many digits"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"
