"""The roll in the store: who is on it, who voted, who was added on the spot.

The middle of the store; `station.store` adds the votes in the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from keys.election.directory import Directory
from keys.election.roll import Elector, ElectorStatus, Roll
from keys.findings import Misuse, Refused
from station.disk.additions import Added, pack_added, person_of, unpack_added
from station.disk.creation import ELECTOR_COLUMNS
from station.disk.daybook import Daybook
from station.disk.log import EventKind
from station.disk.plan import Mark
from station.disk.proxies import proxy_fault

__all__ = ["RollBook"]

_NONE: Mapping[int, Any] = MappingProxyType({})
_NOBODY = f"{0:07}"
_ADDITIONS = "SELECT number, body FROM addition JOIN elector USING (number)"
_FREE = f"{_ADDITIONS} WHERE added = 1 AND mark = '+'"
_ADDED = f"{_ADDITIONS} WHERE mark != '+'"


class RollBook(Daybook):
    """The roll of an open store, and its marks."""

    def roll(self) -> Roll:
        """The roll as it was loaded."""
        electors = tuple(elector for elector, _ in self._lines("added = 0"))
        station, salt = self._rows("SELECT station, roll_salt FROM setting")[0]
        return Roll(station, electors, salt)

    def electors(self) -> Iterator[tuple[Elector, Mark]]:
        """Everybody on the roll, added on the spot or not, with proxies noted at the desk and the mark, by number."""
        added = self.added()
        proxies = self.desk_proxies()
        for elector, mark in self._lines("mark != '+'"):
            person = added.get(elector.number)
            found = person.elector(elector.number) if person else elector
            proxy = proxies.get(elector.number)
            yield replace(found, proxy=proxy) if proxy else found, mark

    def _lines(self, where: str) -> Iterator[tuple[Elector, Mark]]:
        columns = ", ".join((*ELECTOR_COLUMNS, "mark"))
        query = f"SELECT {columns} FROM elector WHERE {where} ORDER BY number"  # noqa: S608 - fixed names
        for row in self._rows(query):
            *fields, mark = row
            fields[5] = ElectorStatus(fields[5])
            yield Elector(*fields), Mark(mark)

    def marks(self) -> str:
        """The letter of every line, those for additions among them, by rising number: as long as the day is long."""
        return "".join(mark for (mark,) in self._rows("SELECT mark FROM elector ORDER BY number"))

    def added(self) -> dict[int, Added]:
        """Who was added to the roll, here or on a machine that was taken over, by number."""
        return {number: unpack_added(row) for number, row in self._rows(_ADDED) if any(row)}

    def counted_additions(self) -> frozenset[int]:
        """Numbers of those whom this machine added and counts: nobody whom another machine counts too."""
        counted = (str(Mark.NONE), str(Mark.VOTED))
        rows = self._rows("SELECT number FROM elector WHERE added = 1 AND mark IN (?, ?)", counted)
        return frozenset(number for (number,) in rows)

    def additions(self) -> dict[int, bytes]:
        """The row of every line for somebody who is added, taken or not, by rising number."""
        return dict(self._rows(f"{_ADDITIONS} ORDER BY number"))

    def additions_left(self) -> int:
        """How many electors can still be added."""
        return int(self._one(f"SELECT count(*) FROM ({_FREE})"))  # noqa: S608 - made of fixed texts

    def add_elector(self, added: Added) -> int:
        """Add somebody to the roll; or nothing.

        No line of the log: its hour, or its place between other lines, would tell when this person voted.

        Args:
            added: What the officers wrote down.

        Returns:
            The number: the next one of this machine.

        Raises:
            Refused: S-304, none is left; S-305, this person is on the roll; V-104.
        """
        row = pack_added(added)
        self.check_new(added)
        with self._database.writing():
            number = self._one(f"SELECT min(number) FROM ({_FREE})")  # noqa: S608 - made of fixed texts
            self._write_added(number, row)
        return int(number)

    def _write_added(self, number: int, row: bytes) -> None:
        self._database.execute("UPDATE addition SET body = ? WHERE number = ?", (row, number))
        self._database.execute("UPDATE elector SET mark = ? WHERE number = ?", (str(Mark.NONE), number))

    def check_new(self, added: Added) -> None:
        """Check that somebody can be added.

        Raises:
            Refused: S-304, none is left; S-305, this person is on the roll.
        """
        if not self.additions_left():
            raise Refused("S-304", "additions")
        person = person_of(added)
        for elector, _ in self.electors():
            if person_of(elector) == person:
                raise Refused("S-305", f"number {elector.number}")

    def desk_proxies(self) -> dict[int, int]:
        """Who votes for whom, as it was noted at the desk: the proxy's number by that of the person."""
        rows = self._rows("SELECT number, desk_proxy FROM elector WHERE desk_proxy != ?", (_NOBODY,))
        return {number: int(proxy) for number, proxy in rows}

    def proxy_votes(self) -> int:
        """Votes by a proxy that was noted at the desk."""
        query = "SELECT count(*) FROM elector WHERE desk_proxy != ? AND mark = ?"
        return int(self._one(query, (_NOBODY, str(Mark.VOTED))))

    def give_proxy(self, number: int, holder: int, most: int) -> None:
        """Note who votes for somebody; without a line of the log, as for an addition.

        Args:
            number: Of the person who is voted for.
            holder: Of the person who votes for them.
            most: For how many others one person may vote.

        Raises:
            Refused: As `check_proxy`.
        """
        self.check_proxy(number, holder, most)
        with self._database.writing():
            self._write_proxy(number, holder)

    def check_proxy(self, number: int, holder: int, most: int) -> None:
        """Check that somebody may vote for a person.

        Raises:
            Refused: S-301, the person has voted; S-302, is not on the roll or struck off; S-306.
        """
        self._check_waiting(number)
        electors = {elector.number: elector for elector, _ in self.electors()}
        if electors[number].status is ElectorStatus.STRUCK_OFF:
            raise Refused("S-302", f"number {number}", "struck off")
        fault = proxy_fault(electors, number, holder, most)
        if fault is not None:
            raise Refused("S-306", f"number {holder}", fault.value)

    def take_proxy_back(self, number: int) -> None:
        """Forget a proxy that was noted at the desk and not used.

        Raises:
            Refused: S-301, the vote was cast; S-302.
            Misuse: There is none.
        """
        self._check_waiting(number)
        if number not in self.desk_proxies():
            raise Misuse("no proxy was noted for this person at the desk")
        with self._database.writing():
            self._write_proxy(number, 0)

    def _check_waiting(self, number: int) -> None:
        if self.mark_of(number) is not Mark.NONE:
            raise Refused("S-301", f"number {number}")

    def _write_proxy(self, number: int, holder: int) -> None:
        self._database.execute("UPDATE elector SET desk_proxy = ? WHERE number = ?", (f"{holder:07}", number))

    def directory(self) -> Directory | None:
        """Who votes at which station; None where it was loaded without."""
        rows = self._rows("SELECT key, rows FROM directory")
        return Directory(*rows[0]) if rows else None

    def mark_of(self, number: int) -> Mark:
        """The mark of an elector: the one answer to "is this person's vote recorded?".

        Raises:
            Refused: S-302, the number is not on the roll.
        """
        mark = self._one("SELECT mark FROM elector WHERE number = ?", (number,))
        if mark is None or mark == Mark.SPARE:
            raise Refused("S-302", f"number {number}", "not on the register")
        return Mark(mark)

    def _carry_over(self, numbers: Iterable[int]) -> None:
        for number in sorted(set(numbers)):
            mark = self._one("SELECT mark FROM elector WHERE number = ?", (number,))
            if mark is None:
                raise Refused("S-302", f"number {number}", "not on the register")
            if mark == Mark.VOTED:
                raise Refused("S-301", f"number {number}", "on this machine, so it cannot be carried over")
            change = "UPDATE elector SET mark = ? WHERE number = ?"
            self._database.execute(change, (str(Mark.CARRIED), number))

    def take_over(
        self,
        carried: Iterable[int],
        at: int,
        text: str,
        report: bytes | None,
        *,
        adopted: Mapping[int, Added] = _NONE,
        proxies: Mapping[int, int] = _NONE,
        counted_there: Iterable[int] = (),
    ) -> None:
        """Stand in for a machine that is given up: its marks, the statement on it and the line of the log, or nothing.

        Args:
            carried: Electors who voted on that machine.
            at: Unix seconds.
            text: What the log says of it.
            report: The signed statement on its interruption; None where it had closed itself.
            adopted: Whoever it had added to the roll, by number: they are on this roll now, if they were not before.
            proxies: Who votes for whom, as it was noted at its desk: the proxy's number by that of the person.
            counted_there: Lines of this machine for people whom that one has signed to have added.

        Raises:
            Refused: S-302 for a number that is not on the roll, S-301 if one of them voted here; S-208.
        """
        known = self.added()
        with self._database.writing():
            for number in sorted(adopted.keys() - known.keys()):
                self._write_added(number, pack_added(adopted[number]))
            for number, holder in sorted(proxies.items()):
                self._write_proxy(number, holder)
            for number in sorted(counted_there):
                self._database.execute("UPDATE elector SET added = 2 WHERE number = ?", (number,))
            self._carry_over(carried)
            self._write_event(EventKind.CARRIED_OVER, at, text)
            if report is not None:
                self._write_report(report)
