"""The boxes that are in: the officer's database of imported ballots. Every import is one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import sqlite_utils

from keys.findings import Refused

__all__ = ["BoxRow", "Boxes", "open_boxes"]


@dataclass(frozen=True, slots=True)
class BoxRow:
    """A box that is in."""

    machine: int
    name: str
    station: str
    ballots: int
    """In each contest."""
    marks: int
    signatures: int
    electors: int
    set_digest: bytes
    file_digest: bytes
    closing: bytes
    """Fingerprint of the closing report."""
    imported: int
    """Unix seconds."""


class Boxes:
    """The open database."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        self._db = database

    def get(self, machine: int) -> BoxRow | None:
        """The box of a machine, if it is in."""
        rows = list(self._db["box"].rows_where("machine = ?", [machine]))
        return BoxRow(**rows[0]) if rows else None

    def all(self) -> tuple[BoxRow, ...]:
        """All boxes, by machine."""
        return tuple(BoxRow(**row) for row in self._db["box"].rows_where(order_by="machine"))

    def suspended(self) -> dict[int, bytes]:
        """Machines of which two different boxes came, with the set digest of the one that is not in."""
        return {row["machine"]: row["other_set_digest"] for row in self._db.table("suspension").rows}

    def remove(self, machine: int) -> None:
        """Take out the box of a machine with all its ballots."""
        with self._db.conn:
            self._db.table("ballot").delete_where("machine = ?", [machine])
            self._db.table("box").delete_where("machine = ?", [machine])

    def add(self, box: BoxRow, ballots: dict[int, tuple[tuple[bytes, bytes], ...]]) -> None:
        """Take in a box with all its ballots, or nothing at all.

        Args:
            box: The box.
            ballots: Tracker and body by contest.
        """
        with self._db.conn:
            self._db.table("box").insert({name: getattr(box, name) for name in BoxRow.__slots__})
            for contest, rows in ballots.items():
                self._db.table("ballot").insert_all(
                    {"contest": contest, "tracker": tracker, "machine": box.machine, "body": body}
                    for tracker, body in rows
                )

    def suspend(self, machine: int, name: str, other_set_digest: bytes, at: int) -> None:
        """Note that another box of a machine came."""
        with self._db.conn:
            row = {"machine": machine, "name": name, "other_set_digest": other_set_digest, "at": at}
            self._db.table("suspension").insert(row, replace=True)

    def ballots(self, contest: int, without: frozenset[int]) -> Iterator[bytes]:
        """Packed ballots of a contest by rising tracker, but for the machines that are left out."""
        for row in self._db["ballot"].rows_where("contest = ?", [contest], order_by="tracker"):
            if row["machine"] not in without:
                yield row["body"]

    def ballots_of(self, contest: int, machine: int) -> Iterator[bytes]:
        """Packed ballots of one machine in a contest."""
        for row in self._db["ballot"].rows_where("contest = ? AND machine = ?", [contest, machine]):
            yield row["body"]

    def count(self, contest: int, without: frozenset[int]) -> int:
        """Number of ballots of a contest, but for the machines that are left out."""
        query = "SELECT machine, count(*) AS ballots FROM ballot WHERE contest = ? GROUP BY machine"
        rows = self._db.query(query, [contest])
        return sum(row["ballots"] for row in rows if row["machine"] not in without)


@contextmanager
def open_boxes(path: Path) -> Iterator[Boxes]:
    """Open the officer's own database, making it where it is missing.

    Raises:
        Refused: T-103, the file is no database.
    """
    import sqlite3

    schema = resources.files("tally.boxes").joinpath("boxes.sql").read_text()
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(schema)
        yield Boxes(sqlite_utils.Database(connection, execute_plugins=False))
    except sqlite3.DatabaseError as error:
        raise Refused("T-103", str(path), str(error)) from None
    finally:
        connection.close()
