"""Refusals that name the line of a file, and the numbers and words found in it."""

from __future__ import annotations

import re
import unicodedata
from typing import NoReturn

from keys.findings import Refused

__all__ = ["amount", "clean_word", "contradiction", "malformed", "whole"]

_AMOUNT = re.compile(r"(\d{1,18})(?:\.(\d{1,18}))?")
_WHOLE = re.compile(r"\d{1,18}")


def malformed(name: str, line: int, what: str) -> NoReturn:
    """Refuse a line that cannot be read (T-411)."""
    raise Refused("T-411", f"{name}, line {line}", what)


def contradiction(name: str, line: int | None, what: str) -> NoReturn:
    """Refuse a file that says one thing and holds another (T-412)."""
    raise Refused("T-412", name if line is None else f"{name}, line {line}", what)


def whole(name: str, line: int, field: str, text: str) -> int:
    """Read a whole number of at most 18 digits."""
    if not text.isascii() or not _WHOLE.fullmatch(text):
        malformed(name, line, f"{field}: a whole number was expected, found {text[:40]!r}")
    return int(text)


def amount(name: str, line: int, field: str, text: str) -> int:
    """Read money in whole units: `400000` and `400000.0` are, `400000.5` is not (T-413)."""
    found = _AMOUNT.fullmatch(text) if text.isascii() else None
    if found is None:
        malformed(name, line, f"{field}: an amount was expected, found {text[:40]!r}")
    if (found[2] or "").strip("0"):
        raise Refused("T-413", f"{name}, line {line}", f"{field} is {text}")
    return int(found[1])


def clean_word(name: str, line: int, text: str) -> str:
    """Read a name: one line of visible characters, blanks at its ends removed.

    Control characters are refused: they could redraw a screen or forge a line of a report.
    """
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in text):
        malformed(name, line, "a control character inside a name")
    return text.strip()
