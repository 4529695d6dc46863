"""The list of trackers of a contest, as it is published and hung on the door."""

from __future__ import annotations

from collections.abc import Iterable

from keys.paper import crockford

__all__ = ["tracker_lines"]

_SHORT = 5
"""Bytes of a tracker behind its short code of 8 characters."""


def tracker_lines(trackers: Iterable[bytes]) -> bytes:
    """Write the list: a line a ballot with its short code, two blanks, the tracker in hexadecimal digits.

    Args:
        trackers: 32 bytes each, in the order of the archive.
    """
    rows = [f"{crockford.encode(tracker[:_SHORT])}  {tracker.hex()}\n" for tracker in trackers]
    return "".join(rows).encode("ascii")
