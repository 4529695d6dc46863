"""The day of a machine: open, pause, reopen, close, export. What commands and screens both call.

Every step writes a signed report that names the one before it. Keys are in memory only between
`unlock` and `lock`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from keys.desk.cards import Card
from keys.desk.town import speaks
from keys.election.destruction import DestructionReport
from keys.election.statement import Mode, Statement, StatementType
from keys.findings import Refused
from station.disk.folder import mode_file, wiped_file
from station.disk.log import EventKind
from station.disk.state import State
from station.electors.rollkeeping import RollKeeping
from station.inuse import in_use
from station.reports import (
    Closing,
    by_quarter,
    check_incident,
    closing_content,
    link_content,
    marks_content,
    zero_content,
)
from station.sticks.box import copy_to_stick, write_box
from station.sticks.copying import report_files
from station.sticks.exporting import Takeover, box_files, copy_taken_boxes, settle_boxes, stage_box
from station.sticks.succession import Succession, succeed
from station.sticks.takeover import interrupted_content, read_dead_machine
from station.store import Store

__all__ = ["Closing", "Day", "open_day"]


class Day(RollKeeping):
    """The steps of the day of one machine, in one mode."""

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
        taken = self.taken_over()
        carried_from = taken[-1].fingerprint if taken else None
        disk = self._disk_notes()
        passed = tuple(notes) or disk
        content = zero_content(self.store, key, now, passed, officers, carried_from)
        if self.report(StatementType.ZERO_REPORT) is not None:
            reopened = (StatementType.REOPENING_REPORT, State.OPEN, EventKind.REOPENED)
            return self._link(*reopened, "", officers, content.notes)
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

    def reopen(self, reason: str = "", officers: Sequence[str] = (), notes: Sequence[str] = ()) -> Statement:
        """Go on after a pause or a fault; the report signs what went before, and what was passed at the check."""
        self._require(State.PAUSED, State.INTERRUPTED)
        self.store.check_balance()
        reopened = (StatementType.REOPENING_REPORT, State.OPEN, EventKind.REOPENED)
        return self._link(*reopened, reason, officers, notes)

    def note_interruption(self) -> bool:
        """At the start of the program: an open station was cut off; it stands among the incidents, if there is room.

        Returns:
            Whether it was.
        """
        if self.state not in {State.OPEN, State.ANNOUNCED}:
            return False
        say = speaks(self.manifest.definition).say
        text = say("The machine had stopped. It was started again.")
        try:
            check_incident(self.store, text)
        except Refused:  # so many already: the log says it alone
            text = ""
        self.store.advance(State.INTERRUPTED, self._clock(), EventKind.INTERRUPTED, text=text)
        return True

    def announce(self, on: bool = True) -> None:
        """Announce the closing: the queue finishes; or take the announcement back.

        Raises:
            Refused: S-105, not open, or not announced.
        """
        self._require(State.OPEN if on else State.ANNOUNCED)
        kind = EventKind.ANNOUNCED if on else EventKind.ANNOUNCEMENT_UNDONE
        self.store.advance(State.ANNOUNCED if on else State.OPEN, self._clock(), kind)

    @property
    def closing_announced(self) -> bool:
        """Whether the closing was announced and not taken back, also over a pause or a power cut since then."""
        on, off = EventKind.ANNOUNCED, EventKind.ANNOUNCEMENT_UNDONE
        return [event.kind for event in self.store.events() if event.kind in {on, off}][-1:] == [on]

    def note_incident(self, text: str, at: int | None = None) -> None:
        """Write an incident into the log, its hour by quarters; it goes into the closing report.

        Args:
            text: What happened.
            at: When, Unix seconds, not later than now; now where it is not given.

        Raises:
            Refused: S-105, the box is closed; S-108, no text that can be kept; S-208, there are too many.
        """
        self._require(*(state for state in State if state not in {State.CLOSED, State.WIPED}))
        check_incident(self.store, text)
        now = self._clock()
        self.store.add_event(EventKind.INCIDENT, by_quarter(now if at is None else min(at, now)), text)
        self._noted()

    def close(self, closing: Closing) -> Statement:
        """Close the box for good, and sign its digest.

        Raises:
            Refused: S-105 not open; S-203 marks and ballots differ.
        """
        self._require(State.OPEN, State.ANNOUNCED, State.PAUSED, State.INTERRUPTED)
        now = self._clock()
        self.store.check_balance()
        box = write_box(self.store, self._contests)
        small = self.manifest.definition.small_number
        content = closing_content(self.store, closing, now, box.set_digest, box.file_digest, small)
        report = self._sign(StatementType.CLOSING_REPORT, content)
        self._advance(report, State.CLOSED, EventKind.CLOSED, now)
        return report

    @property
    def export_name(self) -> str:
        """Name of the folder that this machine's box has on a stick."""
        return f"box-{self.mode.name.lower()}-{self.manifest.machines[self.machine].name}"

    def export(self, folder: Path) -> None:
        """Copy box, reports and sealed marks to a folder, read back; as often as wanted.

        Raises:
            Refused: S-105, not closed yet.
            Unreadable: The stick is full or gone; the box stays safe on the machine.
        """
        self._require(State.CLOSED)
        box = write_box(self.store, self._contests)
        files = box_files(box.data, self._marks(marks_content(self.store)), self.reports())
        copy_to_stick(files, folder)
        settle_boxes(self.folder, self.mode, self.store)
        copy_taken_boxes(self.folder, self.mode, folder)
        with suppress(Refused):  # a full log stops no copy
            self.store.add_event(EventKind.EXPORTED, self._clock())

    def take_over(self, copy: Path, cards: Sequence[Card], closing: Closing) -> Takeover:
        """Close the box of a machine that stopped for good from its stick, and carry its marks over.

        Args:
            copy: Folder of its copy on the stick (`station.sticks.takeover.find_copies`).
            cards: Two of the machine that stopped; this machine's own were shown to `unlock`.
            closing: The signatures of those who voted there.

        Returns:
            What was signed (nothing, where that machine had closed itself), and where its box lies.

        Raises:
            Refused: S-131, S-132, S-101, S-102, S-105; nothing has changed then.
        """
        self._require(*(state for state in State if state is not State.WIPED))
        dead = read_dead_machine(
            copy, self.manifest, self.fingerprint, self.mode, self.machine, self.store.roll(),
            self.store.plan, self._contests, cards,
        )  # fmt: skip
        now, statement = self._clock(), None
        closed, most = self.state is State.CLOSED, self.manifest.definition.proxies
        taken = succeed(dead, self.store.electors(), closed=closed, most=most)
        if not dead.closed:
            counts, small = self.counts(), self.manifest.definition.small_number
            notes = self._notes_on(taken)
            additions = len(taken.counted)
            content = interrupted_content(dead, closing, now, counts.electors, additions, small, notes)
            statement = self._sign(StatementType.INTERRUPTED, content)
        reports = (*dead.reports, statement) if statement else dead.reports
        marks = taken.marks_of(dead, self.store.roll().salt)
        files = box_files(dead.box.data, self._marks(marks, dead.machine), reports)
        name, raw = self.manifest.machines[dead.machine].name, statement.raw if statement else None
        stage_box(self.folder, self.mode, name, files)
        said = reports[-1].fingerprint.hex()
        self.store.take_over(
            taken.carried, now, said, raw,
            adopted=taken.adopted, proxies=taken.proxies, counted_there=taken.counted_there,
        )  # fmt: skip
        self._noted_anew()
        (folder,) = settle_boxes(self.folder, self.mode, self.store)
        return Takeover(dead.machine, statement, folder, bool(taken.adopted or taken.proxies))

    def _notes_on(self, taken: Succession) -> tuple[str, ...]:
        """What the report on a machine that stopped says of people who were added and voted on both machines."""
        if not taken.twice:
            return ()
        say = speaks(self.manifest.definition).say
        pairs = ", ".join(f"{there} = {here}" for there, here in taken.twice[:20])
        return (say("Added to the register on both machines, and marked on both: {numbers}", numbers=pairs),)

    def sign_destruction(self, content: DestructionReport) -> Statement:
        """Sign what is about to be destroyed (`station.wiping`)."""
        return self._sign(StatementType.DESTRUCTION_REPORT, content)

    def _advance(self, report: Statement, state: State, event: EventKind, now: int) -> None:
        """Report, state and log line in one transaction: a step is taken whole or not at all."""
        self.store.advance(state, now, event, report.raw)
        self._noted(report_files(self.store.reports()))

    def _link(
        self,
        type_: StatementType,
        state: State,
        event: EventKind,
        reason: str,
        officers: Sequence[str],
        notes: Sequence[str] = (),
    ) -> Statement:
        now = self._clock()
        hidden = self.closing_announced
        content = link_content(self.store, now, reason, tuple(officers), tuple(notes), hidden=hidden)
        report = self._sign(type_, content)
        self._advance(report, state, event, now)
        return report


@contextmanager
def open_day(folder: Path, mode: Mode, clock: Callable[[], int], *, held: bool = False) -> Iterator[Day]:
    """Open the store of a machine.

    Args:
        folder: Of the machine.
        mode: Official or rehearsal.
        clock: Gives Unix seconds.
        held: Open it even if marks and ballots differ, for reports only.

    Raises:
        Refused: S-104 nothing is loaded, V-161 it was wiped, S-213 the store of the rehearsal for the vote, S-2 codes
            for a store that is damaged or in use.
    """
    if wiped_file(folder, mode).exists():
        raise Refused("V-161", str(folder))
    path = mode_file(folder, mode, "db")
    if not path.exists():
        raise Refused("S-104", str(folder))
    try:
        store = Store.open(path, held=held)
    except Refused as refused:
        if refused.code == "S-201":
            raise in_use(folder, refused) from None
        raise
    if store.settings.mode is not mode:
        store.close()
        raise Refused("S-213", str(path), f"it is of the {store.settings.mode.name.lower()} vote")
    day = Day(folder, mode, store, clock)
    try:
        yield day
    finally:
        day.drop_stick()
        day.lock()
        day.store.close()
