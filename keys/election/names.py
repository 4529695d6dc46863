"""Names of people as they are compared: the same letters whatever the accents, case, hyphens and apostrophes."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["plain_words"]

# Letters that are not a plain letter with a sign on it, as Unicode decomposes them.
_SPELT_OUT = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŀ": "l"}
)
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_SPLIT = re.compile(r"[\W_]+")


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in plain small letters: no accents, no case, no hyphens."""
    folded = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_SPELT_OUT)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(word for word in _SPLIT.split(_APOSTROPHES.sub(" ", bare)) if word)
