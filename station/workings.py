"""A machine's store, manifest, keys and stick: what every step of its day uses."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from keys.desk.cards import Card
from keys.desk.passphrase import seal
from keys.election.draft import open_draft
from keys.election.manifest import Manifest, open_manifest
from keys.election.marks import MARKS_PURPOSE, Marks, SealedMarks
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
from keys.findings import Misuse, Refused, Unreadable
from station.booth import Booth, BoothContest, booth_contests
from station.disk.filesystem import check_filesystem
from station.disk.plan import Counts
from station.disk.state import State
from station.machine import MachineKeys, open_keys
from station.recognition import recognitions
from station.recorder import Recorder
from station.reports import own_reports
from station.sticks.copying import Copying, copy_folder
from station.sticks.place import StickPlace
from station.sticks.stick import About
from station.sticks.stickwriter import PATIENCE, Stick, StickState
from station.store import Store

__all__ = ["Workings"]


class Workings:
    """One machine in one mode, its store open."""

    def __init__(self, folder: Path, mode: Mode, store: Store, clock: Callable[[], int]) -> None:
        self.folder = folder
        self.mode = mode
        self.store = store
        self._clock = clock
        self._keys: MachineKeys | None = None
        self._copying: Copying | None = None
        self._stick: tuple[StickPlace, float] | None = None
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
        """All reports on this machine's own day so far, in their order."""
        return own_reports(self.store)

    def taken_over(self) -> tuple[Statement, ...]:
        """What this machine signed about others that stopped for good."""
        found = (read_statement(raw) for raw in self.store.reports())
        return tuple(item for item in found if item.header.type is StatementType.INTERRUPTED)

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
        self._end_copying()
        self._begin_copying()

    def lock(self) -> None:
        """Forget the keys; a stick that is in is kept up again from the next `unlock` on."""
        self._end_copying()
        self._keys = None
        self.store.sign_with(None)

    def recorder(self) -> Recorder:
        """The path of a vote, while the keys are open."""
        keys = self._open_keys
        booth = Booth.of(
            self.manifest, self.fingerprint, self.mode, self.machine, keys.credential_seed, keys.signing
        )
        return Recorder(self.store, booth, secrets.token_bytes, self._clock)

    def use_stick(self, stick: Path, patience: float = PATIENCE) -> None:
        """Keep a copy on a stick from now on; it is brought up to date at once.

        Args:
            stick: Its folder, which must be there.
            patience: Seconds that "recorded" waits for the copy.

        Raises:
            Misuse: The keys are not open.
            Unreadable: There is no such folder.
        """
        place = StickPlace(stick, self.folder)
        if not place.is_there():
            raise Unreadable(f"There is no stick at {stick}.")
        self._open_keys  # noqa: B018 - refused before anything is kept
        self._end_copying()
        self._stick = (place, patience)
        self._begin_copying()

    def _begin_copying(self) -> None:
        if self._stick is None:
            return
        place, patience = self._stick
        known = recognitions(self.folder, self.mode)
        about = About(self.mode, self.fingerprint, self.machine, known.salt, known.rows)
        name = self.manifest.machines[self.machine].name
        folder = copy_folder(place.folder, self.mode.name.lower(), name)
        key = self._open_keys.stick_key
        self._copying = Copying(place, folder, about, key, self._clock, patience)
        self._copying.renew(self.store)
        self._watch()

    def _end_copying(self) -> None:
        if self._copying is not None:
            self._copying.stop()
        self._copying = None
        self._watch()

    def drop_stick(self) -> None:
        """Keep no copy any more; what is begun is finished."""
        self._stick = None
        self._end_copying()

    def stick_state(self) -> StickState:
        """Look at the stick: whether there is a copy on it, and since when it is behind."""
        if self._copying is not None:
            with suppress(Refused, Unreadable):  # the disk failed: a screen says so in its turn
                self._copying.look(self.store)
        return StickState(Stick.NONE) if self._copying is None else self._copying.state

    def reopen_store(self) -> Store:
        """Open the same file again after a failure closed it; the mark in it says what was recorded."""
        self.store = Store.open(self.store.path)
        if self._keys is not None:
            self.store.sign_with(self._keys.signing)
        self._watch()
        if self._copying is not None:
            self._copying.renew(self.store)
        return self.store

    @property
    def _open_keys(self) -> MachineKeys:
        if self._keys is None:
            raise Misuse("two cards are needed first")
        return self._keys

    @property
    def _contests(self) -> tuple[BoothContest, ...]:
        return booth_contests(self.manifest, self.station)

    def _watch(self) -> None:
        """Have each vote copied to the stick, if there is one."""
        copying, store = self._copying, self.store
        store.on_vote = None if copying is None else lambda vote: copying.voted(store, vote)

    def _noted(self, files: Mapping[str, bytes] | None = None, added: int | None = None) -> None:
        if self._copying is not None:
            self._copying.noted(self.store, files or {}, added)

    def _noted_anew(self) -> None:
        if self._copying is not None:
            self._copying.renew(self.store)

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

    def _marks(self, marks: Marks, machine: int | None = None) -> bytes:
        sealed = seal(canonical(marks.to_content()), self.manifest.authority_box_key, MARKS_PURPOSE)
        return self._sign(StatementType.MARKS, SealedMarks(sealed, machine)).raw
