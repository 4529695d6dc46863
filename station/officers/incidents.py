"""Incidents as officers write them: the hour they give, and the names that must not stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from keys.election.names import plain_words
from keys.election.roll import Elector

__all__ = ["hour_of", "names_in", "without"]

_HOUR = re.compile(r"\s*(\d{1,2})\s*[:hH.]?\s*(\d{2})\s*", re.ASCII)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SHORTEST = 3
"""Letters of a part of a name that is looked for alone."""


def hour_of(typed: str, now: int, zone: ZoneInfo) -> int | None:
    """The moment of today that was typed as hour and minute; None if it is none, or later than now.

    Args:
        typed: ``15:07``, ``15h07``, ``1507``.
        now: Unix seconds.
        zone: Of the vote.
    """
    found = _HOUR.fullmatch(typed)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    today = datetime.fromtimestamp(now, zone)
    moment = today.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    return int(moment.timestamp()) if moment <= today else None


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


def without(text: str, names: Iterable[str], instead: str) -> str:
    """A text with its names taken out; several side by side leave one sign."""
    wanted = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    if not wanted:
        return text
    one = rf"(?<!\w)(?:{wanted})(?!\w)"
    return re.sub(rf"{one}(?:\s+{one})*", lambda _: instead, text)
