"""The copy on a stick: the same slots as in the store, each sealed by itself, in places that never move.

A cast overwrites one sealed slot in each contest and two sealed records of the machine's state (marks, counters,
turnout, incidents); whoever is added to the roll has a sealed record of their own. Nothing grows and nothing is
numbered, so the file says as little of the order of votes as the store does. The key comes of the officers' cards and
of nothing else (`station.machine.open_stick_key`).

A write may be cut at any point. What a cast is about to write is named first (`pending`, without the elector), the
state is there twice, and reading counts: a vote is whole when its mark is there, else it is left out.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from keys.election.cbor import decode
from keys.election.record import Bytes32, Count, Key, Record, Size
from keys.election.report import Incident
from keys.election.statement import Mode, canonical
from keys.findings import Refused
from station.disk.additions import ADDED_SIZE
from station.disk.plan import Mark, StorePlan

__all__ = ["About", "Change", "Copied", "Layout", "MachineState", "NotedProxy", "read_copy"]

_NONCE, _TAG, _SECTOR = 12, 16, 512
_STATE_ROOM = 28_672
"""Bytes of a state record beyond those for each line of the roll: counters, turnout, incidents (at most 20,000)."""
_LINE = 1 + 13
"""Bytes of a line of the roll in it: a letter of the marks, and a proxy with two numbers of up to five bytes."""
_LABEL = "isoloir/stick copy/1"
_STATES = 2


@dataclass(frozen=True, slots=True)
class About(Record):
    """What stands on the stick in clear: whose copy it is, and by what its cards are recognised."""

    mode: Annotated[Mode, Key(1)]
    manifest: Annotated[Bytes32, Key(2)]
    machine: Annotated[Count, Key(3)]
    salt: Annotated[bytes, Key(4), Size(1, 64)]
    recognitions: Annotated[tuple[bytes, ...], Key(5), Size(2, 16)]


@dataclass(frozen=True, slots=True)
class NotedProxy(Record):
    """A proxy that was noted at the desk."""

    number: Annotated[Count, Key(1)]
    """Of the person who is voted for."""
    holder: Annotated[Count, Key(2)]
    """Of the person who votes for them."""


@dataclass(frozen=True, slots=True)
class MachineState(Record):
    """Everything of a machine's day beside its ballots and reports."""

    marks: Annotated[str, Key(1), Size(1, 3000)]
    """A letter a line of the roll (`station.disk.plan.Mark`) and of those who may be added, by rising number."""
    counters: Annotated[tuple[Count, ...], Key(2), Size(1, 20)]
    """In the order of `station.disk.plan.Counter`."""
    turnout: Annotated[tuple[Count, ...], Key(3), Size(0, 400)]
    incidents: Annotated[tuple[Incident, ...], Key(4), Size(0, 200)]
    desk_proxies: Annotated[Count, Key(5)] = 0
    """Votes by a proxy that was noted at the desk."""
    proxies: Annotated[tuple[NotedProxy, ...], Key(6), Size(0, 3000)] = ()
    """Those that were noted there, used or not, by rising number."""


Change = tuple[int, bytes]
"""Where in the file, and what."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each record stands; a function of the manifest and of the length of the roll."""

    about: About
    plan: StorePlan
    electors: int
    additions: int = 0
    """Lines, the last of all, for electors who are added on the spot."""

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._start(None)

    def whole(
        self,
        key: bytes,
        ballots: Mapping[int, Mapping[int, bytes]],
        state: MachineState,
        additions: Sequence[bytes] = (),
    ) -> Iterator[bytes]:
        """The whole file, piece by piece.

        Args:
            key: Of the stick, 32 bytes.
            ballots: Packed ballot by slot, by contest; a slot that is not named is free.
            state: Of the machine.
            additions: Rows of those who may be added, by rising number (`station.disk.additions.pack_added`).
        """
        yield self._seal(key, "pending", 0, 0, b"", self._pending_size)
        for copy in range(_STATES):
            yield self._seal_state(key, copy, state)
        for place, row in enumerate(additions):
            yield self._seal(key, "added", 0, place, row, ADDED_SIZE)
        for item in self.plan.contests:
            used = ballots.get(item.contest, {})
            for slot in range(item.slots):
                yield self._seal(key, "slot", item.contest, slot, used.get(slot, b""), item.body_size)

    def vote(
        self, key: bytes, ballots: Mapping[int, tuple[int, bytes]], state: MachineState
    ) -> tuple[tuple[Change, ...], ...]:
        """The writes of one vote, in steps: each is on the stick before the next begins.

        Args:
            key: Of the stick.
            ballots: Slot and packed ballot by contest.
            state: Of the machine after this vote.
        """
        named = canonical([[contest, slot] for contest, (slot, _) in sorted(ballots.items())])
        sizes = {item.contest: item.body_size for item in self.plan.contests}
        slots = tuple(
            (self._start(contest, slot), self._seal(key, "slot", contest, slot, body, sizes[contest]))
            for contest, (slot, body) in sorted(ballots.items())
        )
        before = (0, self._seal(key, "pending", 0, 0, named, self._pending_size))
        first, second = self.state(key, state)
        after = (0, self._seal(key, "pending", 0, 0, b"", self._pending_size))
        return (before,), slots, first, (*second, after)

    def state(self, key: bytes, state: MachineState) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
        """The writes of a state, in two steps."""
        first, second = (
            ((self._state_start(copy), self._seal_state(key, copy, state)),) for copy in range(_STATES)
        )
        return first, second

    def addition(self, key: bytes, place: int, row: bytes) -> tuple[Change, ...]:
        """The write of somebody who was added; on the stick before the state that has the line as taken."""
        return ((self._added_start(place), self._seal(key, "added", 0, place, row, ADDED_SIZE)),)

    # Where things stand

    @property
    def _pending_size(self) -> int:
        return 16 * len(self.plan.contests) + 16

    @property
    def _state_size(self) -> int:
        return self.electors * _LINE + _STATE_ROOM

    def _state_start(self, copy: int) -> int:
        return _room(self._pending_size) + copy * _room(self._state_size)

    def _added_start(self, place: int) -> int:
        return self._state_start(_STATES) + place * _room(ADDED_SIZE)

    def _start(self, contest: int | None, slot: int = 0) -> int:
        """Where a slot begins; without a contest, where the file ends."""
        at = self._added_start(self.additions)
        for item in self.plan.contests:
            if item.contest == contest:
                return at + slot * _room(item.body_size)
            at += item.slots * _room(item.body_size)
        return at

    # Sealing

    def _label(self, kind: str, contest: int, slot: int) -> bytes:
        about = self.about
        return canonical([_LABEL, int(about.mode), about.manifest, about.machine, kind, contest, slot])

    def _seal(self, key: bytes, kind: str, contest: int, slot: int, content: bytes, most: int) -> bytes:
        """Seal a record of a fixed size: its length in four bytes, the content, zeros.

        Raises:
            Refused: S-132, the content is longer than its place.
        """
        if len(content) > most:
            raise Refused("S-132", f"{kind} for the stick", f"{len(content)} bytes, at most {most}")
        plain = (len(content).to_bytes(4, "big") + content).ljust(4 + most, b"\0")
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, self._label(kind, contest, slot))
        return sealed.ljust(_room(most), b"\0")

    def _seal_state(self, key: bytes, copy: int, state: MachineState) -> bytes:
        return self._seal(key, "state", 0, copy, canonical(state.to_content()), self._state_size)

    def open(self, key: bytes, data: bytes, kind: str, contest: int, slot: int) -> bytes | None:
        """The content of a record; None if it was not sealed for this place, or was cut while it was written."""
        most, at = {
            "pending": (self._pending_size, 0),
            "state": (self._state_size, self._state_start(slot)),
            "added": (ADDED_SIZE, self._added_start(slot)),
        }.get(kind) or (self._body_size(contest), self._start(contest, slot))
        sealed = data[at : at + _NONCE + 4 + most + _TAG]
        try:
            plain = ChaCha20Poly1305(key).decrypt(
                sealed[:_NONCE], sealed[_NONCE:], self._label(kind, contest, slot)
            )
        except (InvalidTag, ValueError):
            return None
        return plain[4 : 4 + int.from_bytes(plain[:4], "big")]

    def _body_size(self, contest: int) -> int:
        return next(item.body_size for item in self.plan.contests if item.contest == contest)


def _room(most: int) -> int:
    """Bytes of a record in the file: whole sectors, so that writing one touches no other."""
    return -(-(_NONCE + 4 + most + _TAG) // _SECTOR) * _SECTOR


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: whole votes only."""

    ballots: Mapping[int, Mapping[int, bytes]]
    """Packed ballot by slot, by contest."""
    state: MachineState
    additions: tuple[bytes | None, ...] = ()
    """Row of every line for somebody who is added, by rising number; None where nobody was."""


def read_copy(layout: Layout, key: bytes, data: bytes) -> Copied:
    """Read a copy; a vote that was cut while it was written is left out, or taken in if its mark is there.

    Args:
        layout: Of this machine's copies.
        key: Of the stick.
        data: The whole file.

    Raises:
        Refused: S-132, it is damaged beyond what one cut can do, or the key is not its own.
    """
    if len(data) != layout.size:
        raise Refused("S-132", "copy on the stick", f"{len(data)} bytes, {layout.size} expected")
    state = _read_state(layout, key, data)
    pending = _read_pending(layout, key, data)
    ballots: dict[int, dict[int, bytes]] = {}
    for item in layout.plan.contests:
        found = ballots.setdefault(item.contest, {})
        for slot in range(item.slots):
            body = layout.open(key, data, "slot", item.contest, slot)
            if body is None and (item.contest, slot) not in pending:
                raise Refused("S-132", "copy on the stick", f"slot {slot} of contest {item.contest}")
            if body:
                found[slot] = body
    voted = state.marks.count(Mark.VOTED)
    if any(len(found) != voted for found in ballots.values()):
        for contest, slot in pending:
            ballots[contest].pop(slot, None)
    for contest, found in ballots.items():
        if len(found) != voted:
            raise Refused("S-132", f"contest {contest} on the stick", f"ballots {len(found)}, marks {voted}")
    return Copied(ballots, state, _read_additions(layout, key, data, state))


def _read_state(layout: Layout, key: bytes, data: bytes) -> MachineState:
    for copy in range(_STATES):
        content = layout.open(key, data, "state", 0, copy)
        if content is not None:
            state = MachineState.from_content(decode(content, "state on the stick"), "state on the stick")
            if len(state.marks) != layout.electors or set(state.marks) - {str(mark) for mark in Mark}:
                raise Refused("S-132", "marks on the stick")
            return state
    raise Refused("S-132", "state on the stick")


def _read_additions(layout: Layout, key: bytes, data: bytes, state: MachineState) -> tuple[bytes | None, ...]:
    """The rows of lines that are taken; one that was cut while it was written has a line that is not."""
    rows: list[bytes | None] = []
    for place, mark in enumerate(state.marks[layout.electors - layout.additions :]):
        row = None if mark == Mark.SPARE else layout.open(key, data, "added", 0, place)
        if row is None and mark != Mark.SPARE:
            raise Refused("S-132", "copy on the stick", f"elector who was added, {place + 1}")
        rows.append(row)
    return tuple(rows)


def _read_pending(layout: Layout, key: bytes, data: bytes) -> set[tuple[int, int]]:
    content = layout.open(key, data, "pending", 0, 0)
    if not content:
        return set()  # empty, or cut: then nothing after it was begun, or everything before it was done
    rows = decode(content, "pending vote on the stick")
    return {(contest, slot) for contest, slot in rows}
