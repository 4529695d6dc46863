"""The live store of a machine: roll, slots, log and reports in one file, so that a vote is one transaction.

A cast overwrites one free slot in each contest and one letter of the roll. Nothing in the file says in which order:
no row is added, no row grows, nothing is counted by ballot. After each commit the journal is overwritten
(`station.disk.journal`), and what was written is read back from the disk before anybody is told "recorded".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Self

from keys.election.directory import Directory
from keys.election.roll import ElectorStatus, Roll
from keys.election.statement import Mode
from keys.findings import Refused, Unreadable
from station.disk.additions import Spare
from station.disk.creation import create_store, slot_table
from station.disk.database import Database
from station.disk.journal import lay_out
from station.disk.log import EventKind
from station.disk.plan import ContestSlots, Counter, Counts, InDoubt, Mark, Settings, StorePlan
from station.disk.rollbook import RollBook
from station.disk.state import State, check_move
from station.disk.vote import Vote, check_vote, read_back, write_vote

__all__ = ["InDoubt", "Store"]

_NO_ADDITIONS = Spare()


class Store(RollBook):
    """An open store; it holds the only lock on its file until `close`.

    Attributes:
        plan: Its slots.
        settings: What was loaded.
        station: Index of the station whose roll it holds.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        rows = self._rows("SELECT contest, slots, body_size FROM plan ORDER BY contest")
        self.plan = StorePlan(tuple(ContestSlots(*row) for row in rows))
        fields = self._rows("SELECT manifest, draft, mode, machine, station FROM setting")[0]
        manifest, draft, mode, machine, self.station = fields
        self.settings = Settings(manifest, draft, Mode(mode), machine)
        lay_out(database.path, self.plan.journal_size)
        self._free = {item.contest: self._read_free(item.contest) for item in self.plan.contests}
        self._held = not self.counts().balanced
        self.on_vote: Callable[[Vote], None] | None = None
        """Told each vote once it is on the disk and read back; whatever it does, the vote is recorded."""

    @classmethod
    def create(
        cls,
        path: Path,
        plan: StorePlan,
        roll: Roll,
        settings: Settings,
        random_bytes: Callable[[int], bytes],
        directory: Directory | None = None,
        spare: Spare = _NO_ADDITIONS,
    ) -> Self:
        """Make a store and open it; see `station.disk.creation.create_store`."""
        create_store(path, plan, roll, settings, random_bytes, directory, spare)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, held: bool = False) -> Self:
        """Open a store: let SQLite undo what was unfinished, overwrite the journal, check everything.

        Args:
            path: Of the file.
            held: Open it even if marks and ballots differ, for reports and the copy to the stick; no vote then.

        Raises:
            Refused: S-201, S-202, S-203, S-206.
            Unreadable: The file cannot be read or written.
        """
        database = Database(path)
        try:
            store = cls(database)
            if not held:
                store.check_balance()
        except OSError as error:
            database.close()
            raise Unreadable(f"The store {path} cannot be opened: {error.strerror}.") from None
        except (ValueError, TypeError, IndexError):
            database.close()
            raise Refused("S-202", str(path), "a value is none that is written there") from None
        except BaseException:
            database.close()
            raise
        return store

    # The vote

    def record(self, elector: int, ballots: Mapping[int, tuple[int, bytes]], hour: int) -> None:
        """Record one visit: the mark and one ballot in every contest, or nothing at all.

        Args:
            elector: Number on the roll.
            ballots: Slot and packed ballot by contest, one in every contest of the plan.
            hour: Whole hours since the opening.

        Raises:
            Refused: S-203, S-209, S-301, S-302: nothing was written.
            Misuse: A slot or body that the plan does not have: nothing was written.
            InDoubt: Something failed on the way to the disk; the store is closed.
        """
        vote = Vote(elector, ballots, hour)
        try:
            with self._database.transaction():
                if not self.state.takes_votes:
                    raise Refused("S-209", "station", f"it is {self.state}")
                if self._held:
                    self.check_balance()
                check_vote(self._database, self.plan, vote)
                write_vote(self._database, vote)
            read_back(self._database, vote)
            for contest, (slot, _) in ballots.items():
                self._free[contest].remove(slot)
        except (sqlite3.Error, OSError, Unreadable) as error:
            self.close()
            raise InDoubt(type(error).__name__) from None
        if self.on_vote is not None:
            self.on_vote(vote)

    def ballots(self, contest: int) -> Iterator[tuple[int, bytes]]:
        """Slot and packed ballot of every used slot of a contest, by slot."""
        query = f"SELECT slot, body FROM {slot_table(contest)} WHERE used = 1 ORDER BY slot"  # noqa: S608
        yield from self._rows(query)

    def ballot_in(self, contest: int, slot: int) -> bytes | None:
        """The packed ballot in a slot; None if the slot is free."""
        query = f"SELECT body FROM {slot_table(contest)} WHERE slot = ? AND used = 1"  # noqa: S608
        body = self._one(query, (slot,))
        return None if body is None else bytes(body)

    def free_slots(self, contest: int) -> tuple[int, ...]:
        """The slots of a contest that a ballot can take, rising."""
        return tuple(sorted(self._free[contest]))

    def _read_free(self, contest: int) -> set[int]:
        query = f"SELECT slot FROM {slot_table(contest)} WHERE used = 0"  # noqa: S608 - made of a number
        return {slot for (slot,) in self._rows(query)}

    # State and figures

    @property
    def state(self) -> State:
        """How far the day is."""
        return State(self._one("SELECT state FROM setting"))

    def count_up(self, counter: Counter) -> None:
        """Add one to a counter.

        Raises:
            Refused: S-209, the closing report has signed the counters.
        """
        if self.state in {State.CLOSED, State.WIPED}:
            raise Refused("S-209", "counter", f"the station is {self.state}")
        super().count_up(counter)

    @property
    def opened(self) -> int | None:
        """Unix seconds of the opening; None before it."""
        at = self._one("SELECT opened FROM setting")
        return None if at is None else int(at)

    def advance(
        self, state: State, at: int, kind: EventKind, report: bytes | None = None, text: str = ""
    ) -> None:
        """Go on to another state together with its line of the log and its report: all of it, or nothing.

        An opening is undone only while the box is empty.

        Args:
            state: The next one.
            at: Unix seconds.
            kind: What the log says.
            report: The signed report of the step, if it has one.
            text: What the log says beside the kind, if it says more.

        Raises:
            Refused: S-209, the step is out of turn; S-203, the figures forbid to open; S-208, the log is full.
        """
        with self._database.writing():
            self._write_state(state, at)
            self._write_event(kind, at, text)
            if report is not None:
                self._write_report(report)

    def _write_state(self, state: State, at: int) -> None:
        now = self.state
        check_move(now, state)
        if state is State.PREPARED and any((self.counts().marks, *self.counts().ballots.values())):
            raise Refused("S-209", "station", "an opening can be undone only while the box is empty")
        if state.takes_votes:
            self.check_balance()
        if State.PREPARED in {now, state}:
            opened = at if state is State.OPEN else None
            self._database.execute("UPDATE setting SET opened = ?", (opened,))
        self._database.execute("UPDATE setting SET state = ?", (str(state),))

    def counts(self) -> Counts:
        """The figures of this machine now."""
        marks = dict(self._rows("SELECT mark, count(*) FROM elector GROUP BY mark"))
        ballots = {item.contest: item.slots - len(self._free[item.contest]) for item in self.plan.contests}
        entitled = "SELECT count(*) FROM elector WHERE added = 0 AND status = ?"
        return Counts(
            electors=self._one(entitled, (ElectorStatus.ENTITLED,)),
            additions=len(self.counted_additions()),
            desk_proxies=self.proxy_votes(),
            marks=marks.get(Mark.VOTED, 0),
            carried=marks.get(Mark.CARRIED, 0),
            ballots=ballots,
            capacity={item.contest: item.slots for item in self.plan.contests},
        )

    def check_balance(self) -> None:
        """Check on the disk that there are as many ballots as marks in every contest.

        Raises:
            Refused: S-203 with both figures.
        """
        self._free = {item.contest: self._read_free(item.contest) for item in self.plan.contests}
        counts = self.counts()
        for contest, ballots in counts.ballots.items():
            if ballots != counts.marks:
                raise Refused("S-203", f"contest {contest}", f"ballots {ballots}, marks {counts.marks}")
