"""Undoes what a keyboard layout does to a code that a scanner types.

A scanner works as a keyboard and leaves the factory set to US. On a machine set to another layout its digit
keys give what they give unshifted there; I, S and O stay where they are on all layouts listed. Each layout
maps digits one to one, so the text says itself which it is. With Caps Lock on, letters change case, accented
ones too, or digits stay digits. Source: xkeyboard-config (fr, be, cz, hu); French Apple keyboards are as be.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from string import ascii_lowercase

from keys.findings import Refused
from keys.paper.codes import PREFIX

__all__ = ["LAYOUTS", "holds_code", "read_typed", "readings", "undo"]

LAYOUTS: dict[str, str] = {
    "us": "0123456789",
    "fr": "à&é\"'(-è_ç",
    "be": "à&é\"'(§è!ç",
    "cz": "é+ěščřžýáí",
    "hu": "ö123456789",
}
"""What the keys 0 to 9 give, by layout, in the order of the digits."""

_TABLES = {name: {sign: str(digit) for digit, sign in enumerate(signs)} for name, signs in LAYOUTS.items()}
_SWAPPED = {
    "us": {},
    "fr": {"q": "a", "a": "q", "z": "w", "w": "z", ",": "m", ")": "-"},
    "be": {"q": "a", "a": "q", "z": "w", "w": "z", ",": "m", ")": "-"},
    "cz": {"z": "y", "y": "z", "=": "-"},
    "hu": {"z": "y", "y": "z", "ü": "-"},
}
"""What else moves, of the signs that a town's reference is made of: what is typed, and what the scanner meant."""
_SIGNS = re.escape("".join(sorted(set("".join(LAYOUTS.values())))))
_ONES = re.escape("".join(sorted({signs[1] for signs in LAYOUTS.values()})))
_START = re.compile(rf"(?<![a-z])iso\s*(?=[{_ONES}])")
_LONG = re.compile(rf"(?<![a-z])iso\s*(?:[{_SIGNS}]\s*){{20}}")
"""No reference of a town, and no standard, goes on like this."""
_CONTINUED = re.compile(rf"\s*[{_SIGNS}][{_SIGNS}\s]*")


def undo(text: str) -> str:
    """The text of one code as it was printed, from what a scanner or a person typed.

    Blanks and line breaks are dropped, case and layout are undone.

    Raises:
        Refused: V-110, no layout gives these signs.
    """
    plain = "".join(unicodedata.normalize("NFC", text).lower().split())
    if not plain.startswith("iso"):
        raise Refused("V-110", "typed code", f"it does not start with {PREFIX}")
    typed = plain[3:]
    for table in _TABLES.values():
        if all(sign in table for sign in typed):
            return "ISO" + "".join(table[sign] for sign in typed)
    known = "".join(LAYOUTS.values())
    strange = next((place for place, sign in enumerate(typed, start=4) if sign not in known), None)
    detail = "signs of different keyboards" if strange is None else f"character {strange} is no digit"
    raise Refused("V-110", "typed code", detail)


def readings(text: str) -> tuple[str, ...]:
    """What a scanner may have meant that typed a short reference: the text itself first, then by layout.

    Args:
        text: Digits, letters and hyphens, as a scanner or a person typed them.
    """
    plain = unicodedata.normalize("NFC", text).lower()
    found = [text]
    for name, digits in _TABLES.items():
        table = {**{sign: sign for sign in ascii_lowercase}, **_SWAPPED[name], **digits}
        if all(sign in table for sign in plain):
            found.append("".join(table[sign] for sign in plain))
    return tuple(dict.fromkeys(found))


def read_typed(text: str) -> tuple[str, ...]:
    """All codes in a text that was typed or pasted, in order, each as it was printed.

    A code runs to the end of its line and over the lines that follow as long as they hold nothing but digits
    (of the keyboard it was typed on); other words around it are passed over.

    Raises:
        Refused: V-110, a line that starts like a code goes on with something else.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    places = [*(match.start() for match in _START.finditer(lowered)), len(lowered)]
    return tuple(undo(_first_code(lowered[start:end])) for start, end in pairwise(places))


def holds_code(text: str) -> bool:
    """Whether a text has the beginning of a code of ours in it, on whatever keyboard it was typed."""
    return _LONG.search(unicodedata.normalize("NFC", text).lower()) is not None


def _first_code(piece: str) -> str:
    lines = piece.splitlines()
    count = next((i for i, line in enumerate(lines) if i and not _CONTINUED.fullmatch(line)), len(lines))
    return "".join(lines[:count])
