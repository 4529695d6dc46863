"""Incidents as officers write them: the hour they give, and the names that are taken out of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

__all__ = ["hour_of", "is_of_a_stop", "without"]

_HOUR = re.compile(r"\s*(\d{1,2})\s*[:hH.]?\s*(\d{2})\s*", re.ASCII)
_LONG_CUT, _SOON_AFTER = 2 * 3600, 3600
"""Seconds before and after the machine was started again in which a power cut is taken for the one that stopped it."""


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


def is_of_a_stop(at: int, stops: Iterable[int]) -> bool:
    """Whether a power cut at a moment is one that the machine has noted by itself.

    Args:
        at: Unix seconds, as officers give the hour.
        stops: When the machine was started again after each stop.
    """
    return any(stop - _LONG_CUT <= at <= stop + _SOON_AFTER for stop in stops)


def without(text: str, names: Iterable[str], instead: str) -> str:
    """A text with its names taken out; several side by side leave one sign."""
    wanted = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    if not wanted:
        return text
    one = rf"(?<!\w)(?:{wanted})(?!\w)"
    return re.sub(rf"{one}(?:\s+{one})*", lambda _: instead, text)
