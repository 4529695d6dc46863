"""Names of people as they are compared: the same letters whatever the accents, case, hyphens and apostrophes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from keys.election.roll import Elector

__all__ = ["names_in", "plain_words"]

# Letters that are not a plain letter with a sign on it, as Unicode decomposes them.
_SPELT_OUT = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŀ": "l"}
)
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_SPLIT = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SHORTEST = 3
"""Letters of a part of a name that is looked for alone."""


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in plain small letters: no accents, no case, no hyphens."""
    folded = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_SPELT_OUT)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(word for word in _SPLIT.split(_APOSTROPHES.sub(" ", bare)) if word)


def names_in(text: str, electors: Iterable[Elector]) -> tuple[str, ...]:
    """The words of a text that name somebody on the roll, as they stand in it, each once.

    A surname counts where it is written with a capital; surname and given name side by side count however they are
    written. A word that is a name and something else as well is found too: whoever writes decides.
    """
    surnames: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for elector in electors:
        family, given = plain_words(elector.surname), plain_words(elector.given_names)
        surnames.update(part for part in family if len(part) >= _SHORTEST)
        pairs.update((one, other) for one in family for other in given)
    words = [(found[0], plain_words(found[0])) for found in _WORD.finditer(text)]
    named = [word[0].isupper() and any(part in surnames for part in parts) for word, parts in words]
    for at in range(len(words) - 1):
        sides = [(one, other) for one in words[at][1] for other in words[at + 1][1]]
        if any(side in pairs or side[::-1] in pairs for side in sides):
            named[at] = named[at + 1] = True
    return tuple(dict.fromkeys(word for (word, _), is_name in zip(words, named, strict=True) if is_name))
