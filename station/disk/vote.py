"""One vote on the disk: the mark and a ballot in every contest, in one transaction, and read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from keys.election.roll import ElectorStatus
from keys.findings import Misuse, Refused
from station.disk.creation import HOURS, slot_table
from station.disk.database import Database
from station.disk.plan import Mark, StorePlan

__all__ = ["Vote", "check_vote", "read_back", "write_vote"]


@dataclass(frozen=True, slots=True)
class Vote:
    """What one visit writes."""

    elector: int
    """Number on the roll."""
    ballots: Mapping[int, tuple[int, bytes]]
    """Slot and packed ballot by contest."""
    hour: int
    """Whole hours since the opening; what is outside the table counts in its first or last row."""


def check_vote(database: Database, plan: StorePlan, vote: Vote) -> None:
    """Check that a vote can be written as it is; writes nothing.

    Raises:
        Refused: S-301, S-302: this person may not vote (again).
        Misuse: The ballots are not one free slot and one body of its size in every contest.
    """
    subject = f"number {vote.elector}"
    rows = database.rows("SELECT status, mark FROM elector WHERE number = ?", (vote.elector,))
    if not rows:
        raise Refused("S-302", subject, "not on the register")
    status, mark = rows[0]
    if mark == Mark.VOTED:
        raise Refused("S-301", subject, "on this machine")
    if mark == Mark.CARRIED:
        raise Refused("S-301", subject, "on another machine")
    if mark == Mark.SPARE:
        raise Refused("S-302", subject, "not on the register")
    if status != ElectorStatus.ENTITLED:
        raise Refused("S-302", subject, "struck off")
    if set(vote.ballots) != {item.contest for item in plan.contests}:
        raise Misuse("A vote has one ballot in every contest of its style.")
    for item in plan.contests:
        slot, body = vote.ballots[item.contest]
        query = f"SELECT used FROM {slot_table(item.contest)} WHERE slot = ?"  # noqa: S608 - made of a number
        if len(body) != item.body_size or database.one(query, (slot,)) != 0:
            raise Misuse(f"Contest {item.contest}: the ballot does not fit a free slot.")


def write_vote(database: Database, vote: Vote) -> None:
    """Write a vote that was checked, inside a transaction."""
    database.execute("UPDATE elector SET mark = ? WHERE number = ?", (str(Mark.VOTED), vote.elector))
    for contest, (slot, body) in vote.ballots.items():
        update = f"UPDATE {slot_table(contest)} SET used = 1, body = ? WHERE slot = ?"  # noqa: S608
        database.execute(update, (body, slot))
    hour = min(max(vote.hour, 0), HOURS - 1)
    database.execute("UPDATE turnout SET marks = printf('%06d', marks + 1) WHERE hour = ?", (hour,))


def read_back(database: Database, vote: Vote) -> None:
    """Read a vote from the disk after its transaction.

    Raises:
        sqlite3.DatabaseError: What came back is not what was written.
    """
    database.drop_caches()
    same = database.one("SELECT mark FROM elector WHERE number = ?", (vote.elector,)) == Mark.VOTED
    for contest, (slot, body) in vote.ballots.items():
        query = f"SELECT used, body FROM {slot_table(contest)} WHERE slot = ?"  # noqa: S608
        same = same and database.rows(query, (slot,)) == [(1, body)]
    if not same:
        raise sqlite3.DatabaseError("what came back is not what was written")
