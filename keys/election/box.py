"""The box: the form in which a machine's ballots leave it, and the digest that names their set.

A SQLite file with one table, written anew at closing from sorted rows, so that the same ballots give the
same bytes whatever the order in which they were cast. The station writes it, the tally reads it;
this module holds what both must agree on and opens no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from keys.crypto.transcript import tagged

__all__ = ["APPLICATION_ID", "MAX_BALLOTS", "PAGE_SIZE", "SCHEMA", "USER_VERSION", "set_digest"]

APPLICATION_ID = 0x49534F42
"""``ISOB``."""
USER_VERSION = 1
PAGE_SIZE = 4096
MAX_BALLOTS = 2000
"""Most ballots of a machine in a contest."""

SCHEMA = (
    "CREATE TABLE ballot (contest INTEGER NOT NULL, tracker BLOB NOT NULL, body BLOB NOT NULL, "
    "PRIMARY KEY (contest, tracker)) STRICT, WITHOUT ROWID"
)
"""The only statement of the schema, to the letter."""


def set_digest(trackers: Mapping[int, Iterable[bytes]]) -> bytes:
    """Digest of all ballots of a machine, 32 bytes; the order in which they are given does not matter.

    Args:
        trackers: 32-byte trackers by index of the contest (every contest of the style, also if empty).
    """
    parts: list[bytes] = []
    for contest in sorted(trackers):
        rows = sorted(trackers[contest])
        parts += [contest.to_bytes(2, "big"), len(rows).to_bytes(4, "big"), *rows]
    return tagged("isoloir set of ballots", *parts)
