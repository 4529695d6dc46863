"""The child process that lets SQLite look at a box from a stick, and nothing else.

Run as a script by `tally.hostile.intake`: the plan as JSON in the last argument, the file's bytes on stdin, the
answer in our own framing on stdout. It imports the standard library and `tally.hostile.confined` alone, lowers its own
limits before it reads a byte, opens no file, and ends. Imported, it is only the two pure functions
`check_header` and `read_rows`.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tally.hostile.confined import lower_limits

__all__ = ["Plan", "Rejected", "check_header", "read_rows"]

Row = tuple[int, bytes, bytes]
"""Contest, tracker, body."""

TRACKER = 32
_COLUMNS = frozenset({"contest", "tracker", "body"})
_LIMITS = {
    "LENGTH": 1 << 20,
    "SQL_LENGTH": 4096,
    "COLUMN": 16,
    "EXPR_DEPTH": 10,
    "COMPOUND_SELECT": 2,
    "VDBE_OP": 2000,
    "FUNCTION_ARG": 8,
    "ATTACHED": 0,
    "LIKE_PATTERN_LENGTH": 50,
    "VARIABLE_NUMBER": 8,
    "TRIGGER_DEPTH": 1,
}
_CONFIG = {
    "DEFENSIVE": True,
    "TRUSTED_SCHEMA": False,
    "ENABLE_TRIGGER": False,
    "ENABLE_VIEW": False,
    "DQS_DDL": False,
    "DQS_DML": False,
}  # each is SQLITE_DBCONFIG_…; Python offers them from 3.12 on
_PRAGMAS = ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0", "temp_store=MEMORY")


class Rejected(Exception):
    """The file is not a box: code of the finding, and the detail."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the box may hold."""

    sizes: dict[int, int]
    """Size of a body in bytes, by index of the contest."""
    most: int
    """Most ballots in a contest."""
    schema: str
    application_id: int
    user_version: int
    page_size: int
    seconds: float
    """Time that SQLite may take."""


def check_header(data: bytes, plan: Plan) -> None:
    """Check the first 100 bytes (SQLite file format, section 1.3): written at once, complete, in our form.

    Raises:
        Rejected: T-103 with the first field that is wrong.
    """
    if len(data) < 2 * plan.page_size or data[:16] != b"SQLite format 3\0":
        raise Rejected("T-103", "it does not start as a database does")

    def number(at: int) -> int:
        return int.from_bytes(data[at : at + 4], "big")

    fields = (
        ("page size", int.from_bytes(data[16:18], "big"), plan.page_size),
        ("way of writing", data[18], 1),  # 2 is a write-ahead log beside the file
        ("way of reading", data[19], 1),
        ("reserved space of a page", data[20], 0),
        ("payload fractions", tuple(data[21:24]), (64, 32, 32)),
        ("length in bytes", len(data), number(28) * plan.page_size),
        ("first free page", number(32), 0),
        ("number of free pages", number(36), 0),
        ("schema format", number(44), 4),
        ("automatic vacuum", (number(52), number(64)), (0, 0)),
        ("encoding", number(56), 1),
        ("user version", number(60), plan.user_version),
        ("application id", number(68), plan.application_id),
        ("reserved bytes", data[72:92], bytes(20)),
        ("version-valid-for", number(92), number(24)),
    )
    for name, found, expected in fields:
        if found != expected:
            raise Rejected("T-103", f"{name} is {found!r}, expected {expected!r}")


def read_rows(data: bytes, plan: Plan) -> list[Row]:
    """Read all rows of a box whose header was checked, strictly rising by contest and tracker.

    Raises:
        Rejected: T-104 to T-109.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        return list(_open_and_read(connection, data, plan))
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            raise Rejected("T-109", f"not finished after {plan.seconds:.0f} seconds") from None
        raise Rejected(
            "T-105", f"SQLite says {getattr(error, 'sqlite_errorname', type(error).__name__)}"
        ) from None
    except MemoryError:
        raise Rejected("T-109", "it needs more memory than any box does") from None
    finally:
        connection.close()


def _open_and_read(connection: sqlite3.Connection, data: bytes, plan: Plan) -> Iterator[Row]:
    connection.deserialize(data)
    for name, value in _LIMITS.items():
        connection.setlimit(getattr(sqlite3, f"SQLITE_LIMIT_{name}"), value)
    if hasattr(connection, "setconfig"):
        for name, switch in _CONFIG.items():
            connection.setconfig(getattr(sqlite3, f"SQLITE_DBCONFIG_{name}"), switch)
    end = time.monotonic() + plan.seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, 1_000)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    _check_schema(connection, plan)
    if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        raise Rejected("T-105", "its pages contradict each other")
    connection.set_authorizer(_authorize)
    yield from _checked_rows(connection.execute("SELECT contest, tracker, body FROM ballot"), plan)


def _check_schema(connection: sqlite3.Connection, plan: Plan) -> None:
    query = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema LIMIT 2"
    if connection.execute(query).fetchall() != [("table", "ballot", "ballot", 2, plan.schema)]:
        raise Rejected("T-104")


def _authorize(action: int, first: str | None, second: str | None, *_rest: str | None) -> int:
    if action == sqlite3.SQLITE_SELECT or (
        action == sqlite3.SQLITE_READ and first == "ballot" and second in _COLUMNS
    ):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _checked_rows(cursor: sqlite3.Cursor, plan: Plan) -> Iterator[Row]:
    last: tuple[int, bytes] = (-1, b"")
    count = 0
    for contest, tracker, body in cursor:
        if type(contest) is not int or type(tracker) is not bytes or type(body) is not bytes:
            raise Rejected("T-106", "a value is of another kind")
        if contest not in plan.sizes:
            raise Rejected("T-106", "it holds a contest that this station does not vote in")
        if len(tracker) != TRACKER or len(body) != plan.sizes[contest]:
            found = f"{len(tracker)} and {len(body)}"
            raise Rejected("T-106", f"lengths {found}, expected {TRACKER} and {plan.sizes[contest]}")
        if (contest, tracker) <= last:
            raise Rejected("T-107")
        count = count + 1 if contest == last[0] else 1
        if count > plan.most:
            raise Rejected("T-108", f"more than {plan.most} in one contest")
        last = (contest, tracker)
        yield contest, tracker, body


def _main() -> None:
    request: dict[str, Any] = json.loads(sys.argv[-1])
    size = request.pop("bytes")
    request["sizes"] = {int(contest): body for contest, body in request["sizes"].items()}
    plan = Plan(**request)
    # The file is held twice (as read and as SQLite's copy), its rows once more, and once joined.
    lower_limits((512 << 20) + 6 * size)
    seconds = int(plan.seconds) + 30
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    data = sys.stdin.buffer.read(size)
    try:
        rows = read_rows(data, plan)
        parts = [b"rows", len(rows).to_bytes(4, "big")]
        for contest, tracker, body in rows:
            parts += [contest.to_bytes(2, "big"), tracker, body]
    except Rejected as rejected:
        code, *detail = rejected.args
        parts = [b"fail", code.encode(), "".join(detail).encode()]
    sys.stdout.buffer.writelines(parts)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main()
