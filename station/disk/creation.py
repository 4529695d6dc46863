"""Making a store: every row that the day will fill is there from the start, with random bytes where a ballot will be.

The file is written under another name, synced and renamed: a store exists whole or not at all.
"""

from __future__ import annotations

import dataclasses
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from importlib import resources
from pathlib import Path

from keys.election.directory import Directory
from keys.election.roll import Elector, Roll
from keys.findings import Refused, Unreadable
from station.disk.additions import Spare, pack_added
from station.disk.journal import lay_out, sync_folder
from station.disk.log import EVENT_SIZE
from station.disk.plan import Counter, Mark, Settings, StorePlan
from station.disk.state import State

__all__ = [
    "APPLICATION_ID",
    "ELECTOR_COLUMNS",
    "EVENTS",
    "HOURS",
    "USER_VERSION",
    "create_store",
    "slot_table",
]

APPLICATION_ID = 0x49534F53
"""``ISOS``."""
USER_VERSION = 5
PAGE_SIZE = 4096
EVENTS = 1000
"""Rows of the log."""
HOURS = 400
"""Rows of the turnout: as many as a closing report holds."""
ELECTOR_COLUMNS = tuple(field.name for field in dataclasses.fields(Elector))
"""Columns of the roll: the fields of the record, in their order."""
_NO_ADDITIONS = Spare()
_BALLAST = 2 * 1024 * 1024
"""Bytes set free inside the file, for reports: a full disk must not stop a closing."""
_OLDEST = (3, 37)
"""First SQLite with strict tables."""


def slot_table(contest: int) -> str:
    """Name of the table that holds a contest's slots."""
    return f"slot_{int(contest)}"


def create_store(
    path: Path,
    plan: StorePlan,
    roll: Roll,
    settings: Settings,
    random_bytes: Callable[[int], bytes],
    directory: Directory | None = None,
    spare: Spare = _NO_ADDITIONS,
) -> None:
    """Write a new store in the state `prepared`, with the journal that belongs to it.

    Args:
        path: Of the file, which must not be there.
        plan: Its slots.
        roll: The station's.
        settings: What was loaded.
        random_bytes: Gives n random bytes; fills the free slots.
        directory: Who votes at which station.
        spare: Numbers for electors who are added on the spot.

    Raises:
        Refused: S-212, the file is there already.
        Unreadable: The disk is full or cannot be written, or SQLite is too old.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        raise Unreadable(f"SQLite {sqlite3.sqlite_version} is too old; 3.37 or later is needed.")
    if path.exists():
        raise Refused("S-212", str(path))
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            _write(connection, plan, roll, settings, random_bytes)
            _write_spare(connection, spare)
            if directory is not None:
                connection.execute("INSERT INTO directory VALUES (1, ?, ?)", (directory.key, directory.rows))
        _sync(part)
        part.rename(path)
        sync_folder(path.parent)
        lay_out(path, plan.journal_size)
    except (OSError, sqlite3.Error) as error:
        raise Unreadable(f"The store {path} cannot be made: {error}.") from None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(
    connection: sqlite3.Connection,
    plan: StorePlan,
    roll: Roll,
    settings: Settings,
    random_bytes: Callable[[int], bytes],
) -> None:
    for pragma in (
        f"page_size={PAGE_SIZE}",
        "encoding='UTF-8'",
        "auto_vacuum=NONE",
        f"application_id={APPLICATION_ID}",
        f"user_version={USER_VERSION}",
        # Nobody reads this file before it is renamed, so it needs no journal yet.
        "journal_mode=OFF",
        "synchronous=OFF",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(resources.files("station").joinpath("schema.sql").read_text(encoding="utf-8"))
    connection.execute("BEGIN")
    _write_slots(connection, plan, random_bytes)
    _write_roll(connection, roll)
    connection.execute(
        "INSERT INTO setting VALUES (1, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            settings.manifest,
            settings.draft,
            int(settings.mode),
            settings.machine,
            roll.station,
            roll.salt,
            str(State.PREPARED),
        ),
    )
    connection.executemany("INSERT INTO counter VALUES (?, '000000')", [(str(name),) for name in Counter])
    connection.executemany("INSERT INTO turnout VALUES (?, '000000')", [(hour,) for hour in range(HOURS)])
    filler = bytes(EVENT_SIZE)
    connection.executemany("INSERT INTO event VALUES (?, 0, ?)", ((place, filler) for place in range(EVENTS)))
    connection.execute("INSERT INTO report (place, raw) VALUES (0, zeroblob(?))", (_BALLAST,))
    connection.execute("DELETE FROM report")
    connection.execute("COMMIT")


def _write_slots(
    connection: sqlite3.Connection, plan: StorePlan, random_bytes: Callable[[int], bytes]
) -> None:
    for item in plan.contests:
        connection.execute("INSERT INTO plan VALUES (?, ?, ?)", (item.contest, item.slots, item.body_size))
        table = slot_table(item.contest)
        connection.execute(
            f"CREATE TABLE {table} (slot INTEGER PRIMARY KEY, "
            f"used INTEGER NOT NULL CHECK (used IN (0, 1)), "
            f"body BLOB NOT NULL CHECK (length(body) = {int(item.body_size)})) STRICT"
        )
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, 0, ?)",  # noqa: S608 - the name is made of a number
            ((slot, random_bytes(item.body_size)) for slot in range(item.slots)),
        )


def _write_roll(connection: sqlite3.Connection, roll: Roll) -> None:
    _write_lines(connection, roll.electors, 0, Mark.NONE)


def _write_spare(connection: sqlite3.Connection, spare: Spare) -> None:
    for added, numbers in enumerate((spare.own, spare.others), 1):
        _write_lines(connection, (Elector(number, "", "") for number in numbers), added, Mark.SPARE)
    rows = ((number, pack_added(None)) for number in (*spare.own, *spare.others))
    connection.executemany("INSERT INTO addition VALUES (?, ?)", rows)


def _write_lines(connection: sqlite3.Connection, electors: Iterable[Elector], added: int, mark: Mark) -> None:
    names = ", ".join((*ELECTOR_COLUMNS, "added", "mark"))
    places = ", ".join("?" for _ in (*ELECTOR_COLUMNS, "added", "mark"))
    connection.executemany(
        f"INSERT INTO elector ({names}) VALUES ({places})",  # noqa: S608 - fixed names
        (
            (*(getattr(elector, column) for column in ELECTOR_COLUMNS), added, str(mark))
            for elector in electors
        ),
    )
