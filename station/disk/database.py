"""The store's file as SQLite holds it: its settings, its only lock, its transactions, and reading back from the disk.

Order matters when it is opened. `locking_mode` comes before anything is read: SQLite rolls an unfinished transaction
back when it first reads, and only in this mode leaves the journal in place, to be overwritten, where it would
otherwise delete it and give its blocks back with what stands in them.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from keys.findings import Refused, Unreadable
from station.disk.creation import APPLICATION_ID, USER_VERSION
from station.disk.journal import lay_out, scrub

__all__ = ["Database"]

_PRAGMAS = (
    "locking_mode=EXCLUSIVE",
    "journal_mode=PERSIST",
    "synchronous=EXTRA",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "mmap_size=0",
    "cache_spill=OFF",  # the file changes in COMMIT alone, so what is given up before it needs no journal
    "cell_size_check=ON",
    "trusted_schema=OFF",
)
_LOCKED = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED"})
_NOT_OURS = frozenset({"SQLITE_NOTADB"})


class Database:
    """An open file; nobody else can read or write it until `close`.

    Attributes:
        path: Of the file.
    """

    def __init__(self, path: Path) -> None:
        """Open a file: undo what was unfinished, take the lock, overwrite the journal, check every page.

        Raises:
            Refused: S-201, S-202, S-206.
            Unreadable: There is no such file, or it cannot be read or written.
        """
        self.path = path
        self._descriptor = -1
        if not path.is_file():
            raise Unreadable(f"There is no store at {path}.")
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=0
            )
        except sqlite3.Error as error:
            self._explain(error)
        try:
            self._take()
        except sqlite3.Error as error:
            self.close()
            self._explain(error)
        except OSError as error:
            self.close()
            raise Unreadable(f"The store {path} cannot be opened: {error.strerror}.") from None
        except BaseException:
            self.close()
            raise

    def _take(self) -> None:
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN EXCLUSIVE")
        self._connection.execute("COMMIT")
        # Closing any descriptor of the file would give up the lock that SQLite holds: this one stays until `close`.
        self._descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        lay_out(self.path, 1)
        scrub(self.path)
        marks = (self.one("PRAGMA application_id"), self.one("PRAGMA user_version"))
        if marks != (APPLICATION_ID, USER_VERSION):
            raise Refused("S-206", str(self.path))
        found = self.one("PRAGMA integrity_check(1)")
        if found != "ok":
            raise Refused("S-202", str(self.path), "its pages contradict each other")

    def _explain(self, error: sqlite3.Error) -> NoReturn:
        name = getattr(error, "sqlite_errorname", "")
        if name in _LOCKED:
            raise Refused("S-201", str(self.path)) from None
        if name in _NOT_OURS:
            raise Refused("S-206", str(self.path)) from None
        if name.startswith("SQLITE_CORRUPT"):
            raise Refused("S-202", str(self.path)) from None
        raise Unreadable(f"The store {self.path} cannot be opened: {error}.") from None

    def close(self) -> None:
        """Close the file and give up the lock; what is not committed is undone. May be called twice."""
        with suppress(sqlite3.Error):
            self._connection.close()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is executed inside, or nothing; the journal is overwritten when it is left.

        An error of SQLite or of the disk closes the file: what then holds is known only by opening it again. The
        journal is left alone in that case, because it may be what undoes the rest.

        Raises:
            sqlite3.Error: From SQLite.
            OSError: From the disk.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except (sqlite3.Error, OSError):
                raise
            except BaseException:
                self._connection.execute("ROLLBACK")
                scrub(self.path)
                raise
            self._connection.execute("COMMIT")
            scrub(self.path)
        except (sqlite3.Error, OSError):
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that is no cast.

        Raises:
            Unreadable: It failed, and the file is closed.
        """
        try:
            with self.transaction():
                yield
        except (sqlite3.Error, OSError) as error:
            raise Unreadable(f"The store {self.path} cannot be written: {error}.") from None

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> None:
        """Execute a statement inside a transaction."""
        self._connection.execute(statement, values)

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """All rows of a query.

        Raises:
            sqlite3.Error: From SQLite.
        """
        return self._connection.execute(query, values).fetchall()

    def one(self, query: str, values: tuple[Any, ...] = ()) -> Any:
        """The first value of the first row, or None if there is no row.

        Raises:
            sqlite3.Error: From SQLite.
        """
        row = self._connection.execute(query, values).fetchone()
        return None if row is None else row[0]

    def drop_caches(self) -> None:
        """Let the next reading come from the disk, as far as the system allows."""
        self._connection.execute("PRAGMA shrink_memory")
        os.posix_fadvise(self._descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
