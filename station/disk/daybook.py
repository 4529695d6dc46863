"""What a machine writes down about its day: log, reports, counters, turnout. Never who voted what, or when.

The lower half of the store; `station.store` adds the roll and the votes in the same file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.findings import Refused, Unreadable
from station.disk.database import Database
from station.disk.log import Event, EventKind, next_event, pack_event, unpack_event
from station.disk.plan import Counter, Paper

__all__ = ["Daybook"]

_KEPT_FOR_THE_DAY = 100
"""Rows of the log that incidents cannot take."""


class Daybook:
    """The log, the reports and the counters of an open store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key: Ed25519PrivateKey | None = None

    @property
    def path(self) -> Path:
        """Of the file."""
        return self._database.path

    def close(self) -> None:
        """Close the file and give up the lock; may be called twice."""
        self._database.close()
        self._key = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def count_up(self, counter: Counter) -> None:
        """Add one to a counter."""
        change = "UPDATE counter SET value = printf('%06d', value + 1) WHERE name = ?"
        with self._database.writing():
            self._database.execute(change, (str(counter),))

    def counters(self) -> dict[Counter, int]:
        """All counters."""
        return {Counter(name): int(value) for name, value in self._rows("SELECT name, value FROM counter")}

    def turnout(self) -> tuple[int, ...]:
        """Marks by hour since the opening, up to the last hour that has any."""
        hours = [int(marks) for (marks,) in self._rows("SELECT marks FROM turnout ORDER BY hour")]
        while hours and not hours[-1]:
            hours.pop()
        return tuple(hours)

    def sign_with(self, key: Ed25519PrivateKey | None) -> None:
        """Sign the events from now on with the machine's key, once two officers opened it; None forgets it."""
        self._key = key

    def add_event(self, kind: EventKind, at: int, text: str = "") -> Event:
        """Write a line of the log.

        Args:
            kind: What happened.
            at: Unix seconds.
            text: Short; never a choice, nobody's name.

        Raises:
            Refused: S-208, the log is full (its last rows are kept for the closing).
        """
        with self._database.writing():
            return self._write_event(kind, at, text)

    def _write_event(self, kind: EventKind, at: int, text: str) -> Event:
        free, place = self._rows("SELECT count(*), min(place) FROM event WHERE used = 0")[0]
        if free <= (_KEPT_FOR_THE_DAY if kind is EventKind.INCIDENT else 0):
            raise Refused("S-208", "log")
        last = self._one("SELECT body FROM event WHERE place = ? - 1", (place,))
        event = next_event(unpack_event(last) if last else None, kind, at, text, self._key)
        change = "UPDATE event SET used = 1, body = ? WHERE place = ?"
        self._database.execute(change, (pack_event(event), place))
        return event

    def events(self) -> tuple[Event, ...]:
        """The log; `station.disk.log.check_log` checks it against the machine's key."""
        rows = self._rows("SELECT body FROM event WHERE used = 1 ORDER BY place")
        return tuple(unpack_event(body) for (body,) in rows)

    def first_at(self, kind: EventKind) -> int | None:
        """When something happened for the first time, Unix seconds; None where it never did."""
        return next((event.at for event in self.events() if event.kind is kind), None)

    def last_at(self) -> int:
        """The latest hour in the log, Unix seconds; 0 where it is empty."""
        return max((event.at for event in self.events()), default=0)

    def _write_report(self, raw: bytes) -> None:
        self._database.execute("INSERT INTO report (place, raw) SELECT count(*), ? FROM report", (raw,))

    def reports(self) -> tuple[bytes, ...]:
        """The signed reports, in the order in which they were made."""
        return tuple(raw for (raw,) in self._rows("SELECT raw FROM report ORDER BY place"))

    def papers(self) -> tuple[Paper, ...]:
        """What is known of the paper of each report, in the same order."""
        return tuple(Paper(paper) for (paper,) in self._rows("SELECT paper FROM report ORDER BY place"))

    def note_paper(self, place: int, paper: Paper) -> None:
        """Write down what became of the paper of a report; `place` counts the reports from 0."""
        with self._database.writing():
            self._database.execute("UPDATE report SET paper = ? WHERE place = ?", (str(paper), place))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise Unreadable(f"The store {self.path} cannot be read: {error}.") from None

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with self._reading():
            return self._database.rows(query, values)

    def _one(self, query: str, values: tuple[Any, ...] = ()) -> Any:
        with self._reading():
            return self._database.one(query, values)
