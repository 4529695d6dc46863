"""The day of a machine: open, pause, reopen, close, export. What commands and screens both call.

Every step writes a signed report that names the one before it. Keys are in memory only between
`unlock` and `lock`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from keys.desk.cards import Card
from keys.desk.passphrase import seal
from keys.election.draft import open_draft
from keys.election.manifest import Manifest, open_manifest
from keys.election.marks import MARKS_PURPOSE, SealedMarks
from keys.election.record import Record
from keys.election.statement import (
    Header,
    Mode,
    Role,
    Statement,
    StatementType,
    canonical,
    read_statement,
    sign_statement,
)
from keys.findings import Misuse, Refused
from station.booth import Booth, booth_contests
from station.box import copy_to_stick, write_box
from station.filesystem import check_filesystem
from station.log import EventKind
from station.machine import MachineKeys, mode_file, open_keys
from station.plan import Counts
from station.recorder import Recorder
from station.reports import (
    Closing,
    check_incident,
    closing_content,
    link_content,
    marks_content,
    zero_content,
)
from station.state import State
from station.store import Store

__all__ = ["Closing", "Day", "open_day"]


class Day:
    """One machine in one mode, its store open."""

    def __init__(self, folder: Path, mode: Mode, store: Store, clock: Callable[[], int]) -> None:
        self.folder = folder
        self.mode = mode
        self.store = store
        self._clock = clock
        self._keys: MachineKeys | None = None
        draft = read_statement(store.settings.draft)
        statement = read_statement(store.settings.manifest)
        self.manifest: Manifest = open_manifest(
            statement, mode, draft.fingerprint, open_draft(draft).authority_key
        )
        self.fingerprint = statement.fingerprint
        self.machine = store.settings.machine

    @property
    def station(self) -> int:
        """Index of the station."""
        return self.manifest.machines[self.machine].station

    @property
    def state(self) -> State:
        """How far the day is."""
        return self.store.state

    @property
    def unlocked(self) -> bool:
        """Whether two officers have opened the keys."""
        return self._keys is not None

    def counts(self) -> Counts:
        """The figures now."""
        return self.store.counts()

    def reports(self) -> tuple[Statement, ...]:
        """All reports so far, in their order."""
        return tuple(read_statement(raw) for raw in self.store.reports())

    def report(self, type_: StatementType) -> Statement | None:
        """The last report of a type."""
        found = [item for item in self.reports() if item.header.type is type_]
        return found[-1] if found else None

    def unlock(self, cards: Sequence[Card]) -> None:
        """Open the keys with two cards.

        Raises:
            Refused: S-101, S-102, S-120, K-101.
        """
        self._keys = open_keys(self.folder, self.mode, cards)
        self.store.sign_with(self._keys.signing)

    def lock(self) -> None:
        """Forget the keys."""
        self._keys = None
        self.store.sign_with(None)

    def open(self, officers: Sequence[str] = (), notes: Sequence[str] = ()) -> Statement:
        """Open the station on an empty box.

        Returns:
            The zero report; after an opening that was undone, the reopening report.

        Raises:
            Refused: S-105, it is not prepared, or the box is not empty.
        """
        self._require(State.PREPARED)
        now, officers = self._clock(), tuple(officers)
        key = self._open_keys.signing.public_key().public_bytes_raw()
        content = zero_content(self.store, key, now, (*notes, *self._disk_notes()), officers)
        if self.report(StatementType.ZERO_REPORT) is not None:
            return self._link(StatementType.REOPENING_REPORT, State.OPEN, EventKind.REOPENED, "", officers)
        report = self._sign(StatementType.ZERO_REPORT, content)
        self._advance(report, State.OPEN, EventKind.OPENED, now)
        return report

    def undo_opening(self, reason: str, officers: Sequence[str] = ()) -> Statement:
        """Take an opening back while the box is empty.

        Raises:
            Refused: S-105, there is a vote already.
        """
        self._require(State.OPEN)
        if self.counts().marks:
            raise Refused("S-105", "undoing the opening", "somebody has voted")
        undone = EventKind.OPENING_UNDONE
        return self._link(StatementType.PAUSE_REPORT, State.PREPARED, undone, reason, officers)

    def pause(self, reason: str = "", officers: Sequence[str] = ()) -> Statement:
        """Pause the vote; nobody can vote until it is reopened."""
        self._require(State.OPEN, State.ANNOUNCED)
        return self._link(StatementType.PAUSE_REPORT, State.PAUSED, EventKind.PAUSED, reason, officers)

    def reopen(self, reason: str = "", officers: Sequence[str] = ()) -> Statement:
        """Go on after a pause or a fault; the report signs what went before."""
        self._require(State.PAUSED, State.INTERRUPTED)
        self.store.check_balance()
        return self._link(StatementType.REOPENING_REPORT, State.OPEN, EventKind.REOPENED, reason, officers)

    def note_interruption(self) -> bool:
        """At the start of the program: an open station was cut off.

        Returns:
            Whether it was.
        """
        if self.state not in {State.OPEN, State.ANNOUNCED}:
            return False
        self.store.advance(State.INTERRUPTED, self._clock(), EventKind.INTERRUPTED)
        return True

    def announce(self, on: bool = True) -> None:
        """Announce the closing: the queue finishes; or take the announcement back.

        Raises:
            Refused: S-105, not open, or not announced.
        """
        self._require(State.OPEN if on else State.ANNOUNCED)
        kind = EventKind.ANNOUNCED if on else EventKind.ANNOUNCEMENT_UNDONE
        self.store.advance(State.ANNOUNCED if on else State.OPEN, self._clock(), kind)

    def note_incident(self, text: str) -> None:
        """Write an incident into the log; it goes into the closing report, its hour told by quarters.

        Raises:
            Refused: S-105, the box is closed; S-108, no text that can be kept; S-208, there are too many.
        """
        self._require(*(state for state in State if state not in {State.CLOSED, State.WIPED}))
        check_incident(self.store, text)
        self.store.add_event(EventKind.INCIDENT, self._clock(), text)

    def close(self, closing: Closing) -> Statement:
        """Close the box for good, and sign its digest.

        Raises:
            Refused: S-105 not open; S-203 marks and ballots differ.
        """
        self._require(State.OPEN, State.ANNOUNCED, State.PAUSED, State.INTERRUPTED)
        now = self._clock()
        self.store.check_balance()
        box = write_box(self.store, booth_contests(self.manifest, self.station))
        small = self.manifest.definition.small_number
        content = closing_content(self.store, closing, now, box.set_digest, box.file_digest, small)
        report = self._sign(StatementType.CLOSING_REPORT, content)
        self._advance(report, State.CLOSED, EventKind.CLOSED, now)
        return report

    def export(self, folder: Path) -> None:
        """Copy box, reports and sealed marks to a folder, read back; as often as wanted.

        Raises:
            Refused: S-105, not closed yet.
            Unreadable: The stick is full or gone; the box stays safe on the machine.
        """
        self._require(State.CLOSED)
        box = write_box(self.store, booth_contests(self.manifest, self.station))
        files = {"box.sqlite": box.data, "marks.cose": self._marks()}
        for number, report in enumerate(self.reports(), 1):
            kind = report.header.type.name.lower().replace("_", "-")
            files[f"{number:02}-{kind}.cose"] = report.raw
        copy_to_stick(files, folder)
        with suppress(Refused):  # a full log stops no copy
            self.store.add_event(EventKind.EXPORTED, self._clock())

    def recorder(self) -> Recorder:
        """The path of a vote, while the keys are open."""
        keys = self._open_keys
        booth = Booth.of(
            self.manifest, self.fingerprint, self.mode, self.machine, keys.credential_seed, keys.signing
        )
        return Recorder(self.store, booth, secrets.token_bytes, self._clock)

    def reopen_store(self) -> Store:
        """Open the same file again after a failure closed it; the mark in it says what was recorded."""
        self.store = Store.open(self.store.path)
        if self._keys is not None:
            self.store.sign_with(self._keys.signing)
        return self.store

    @property
    def _open_keys(self) -> MachineKeys:
        if self._keys is None:
            raise Misuse("two cards are needed first")
        return self._keys

    def _disk_notes(self) -> tuple[str, ...]:
        """A real vote is held on a file system that keeps no old copies; elsewhere the zero report says so.

        Raises:
            Refused: S-205, a real vote on another file system.
        """
        try:
            check_filesystem(self.folder)
        except Refused as refused:
            if self.mode is Mode.OFFICIAL and not self.manifest.definition.demonstration:
                raise
            return (f"{refused.finding.title}: {refused.detail}",)
        return ()

    def _require(self, *states: State) -> None:
        if self.state not in states:
            wanted = " or ".join(states)
            raise Refused("S-105", "station", f"it is {self.state}; for this it must be {wanted}")

    def _sign(self, type_: StatementType, content: Record) -> Statement:
        header = Header(type_, self.mode, self.fingerprint, Role.MACHINE, self.machine)
        return read_statement(sign_statement(header, content.to_content(), self._open_keys.signing))

    def _advance(self, report: Statement, state: State, event: EventKind, now: int) -> None:
        """Report, state and log line in one transaction: a step is taken whole or not at all."""
        self.store.advance(state, now, event, report.raw)

    def _link(
        self, type_: StatementType, state: State, event: EventKind, reason: str, officers: Sequence[str]
    ) -> Statement:
        now = self._clock()
        report = self._sign(type_, link_content(self.store, now, reason, tuple(officers)))
        self._advance(report, state, event, now)
        return report

    def _marks(self) -> bytes:
        marks = marks_content(self.store)
        sealed = seal(canonical(marks.to_content()), self.manifest.authority_box_key, MARKS_PURPOSE)
        return self._sign(StatementType.MARKS, SealedMarks(sealed)).raw


@contextmanager
def open_day(folder: Path, mode: Mode, clock: Callable[[], int], *, held: bool = False) -> Iterator[Day]:
    """Open the store of a machine.

    Args:
        folder: Of the machine.
        mode: Official or rehearsal.
        clock: Gives Unix seconds.
        held: Open it even if marks and ballots differ, for reports only.

    Raises:
        Refused: S-104 nothing is loaded, S-2 codes for a store that is damaged or in use.
    """
    path = mode_file(folder, mode, "db")
    if not path.exists():
        raise Refused("S-104", str(folder))
    day = Day(folder, mode, Store.open(path, held=held), clock)
    try:
        yield day
    finally:
        day.lock()
        day.store.close()
