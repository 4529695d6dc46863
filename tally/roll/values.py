"""Values of a list of electors: dates, numbers and words as towns write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from keys.findings import Fact

__all__ = ["read_birth", "read_day", "read_no", "read_number", "read_words", "read_yes"]

_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,7}", re.ASCII)
_GARBLED = re.compile(r"Ã[\u0080-\u00bf\u0152-\u2122]|\ufffd")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NO = frozenset({"", "0", "-", "n", "no", "non", "nein", "não", "nao", "nu", "ne", "ei", "false", "faux"})
_YES = frozenset(
    {
        "1",
        "x",
        "o",
        "y",
        "oui",
        "yes",
        "ja",
        "j",
        "si",
        "sí",
        "sì",
        "sim",
        "da",
        "ano",
        "jah",
        "òc",
        "true",
        "vrai",
    }
)
_OLDEST = 1880


def read_words(text: str, most: int) -> str:
    """Words on one line, in composed letters.

    Raises:
        ValueError: More than `most` letters, letters that cannot be seen, or letters read in a wrong
        encoding.
    """
    words = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(words) > most:
        raise ValueError(f"{len(words)} letters, at most {most}")
    if any(unicodedata.category(letter) in _HIDDEN for letter in words):
        raise ValueError("a letter that cannot be seen")
    if _GARBLED.search(words):
        raise ValueError(Fact("garbled letters; save the list again as CSV, UTF-8"))
    return words


def read_number(text: str) -> int:
    """A number of the roll.

    Raises:
        ValueError: It is none of 1 to 1,000,000.
    """
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= 1_000_000:
        raise ValueError(Fact("'{text}' is not a number from 1 to 1000000", text=text[:40]))
    return int(text)


def read_birth(text: str, before: str) -> tuple[str, str]:
    """A date of birth, in the French or the ISO form.

    Args:
        text: ``14/03/1958``, ``14.03.1958`` or ``1958-03-14``; registers write 00 for a day or month that
            nobody knows.
        before: ISO date of the vote.

    Returns:
        The ISO date, or nothing where it is not whole; and then the year.

    Raises:
        ValueError: It is no date, or nobody of this age votes.
    """
    if not text:
        return "", ""
    french, iso = _FRENCH.fullmatch(text), _ISO.fullmatch(text)
    if french:
        day, month, year = (int(part) for part in french.groups())
    elif iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        raise ValueError(Fact("'{text}' is not a date like 14/03/1958 or 1958-03-14", text=text[:40]))
    if not _OLDEST <= year <= int(before[:4]):
        raise ValueError(f"born in {year}, of which no elector can be")
    if day == 0 and month <= 12:
        return "", str(year)
    try:
        born = date(year, month, day).isoformat()
    except ValueError:
        raise ValueError(f"'{text[:40]}' is no day of the calendar (day/month/year)") from None
    if born >= before:
        raise ValueError(f"born on {born}, after the vote")
    return born, ""


def read_day(text: str, before: str) -> str:
    """A day before the vote, in the French or the ISO form.

    Args:
        text: As `read_birth` takes it.
        before: ISO date of the vote.

    Returns:
        The ISO date.

    Raises:
        ValueError: It is no such day.
    """
    try:
        day, _ = read_birth(text, before)
    except ValueError:
        day = ""
    if not day:
        raise ValueError(f"'{text[:40]}' is no day before the vote, like 14/03/2026 or 2026-03-14")
    return day


def read_yes(text: str) -> bool:
    """Whether a cell says yes and no more."""
    return text.casefold() in _YES


def read_no(text: str) -> bool:
    """Whether a cell says no."""
    return text.casefold() in _NO
