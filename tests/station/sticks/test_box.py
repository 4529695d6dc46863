"""The box: the same bytes for the same ballots whatever happened, and a stick that can be pulled out."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import station.sticks.box
from keys.election.box import APPLICATION_ID, PAGE_SIZE, SCHEMA, USER_VERSION, set_digest
from keys.election.packing import unpack
from keys.findings import Refused, Unreadable
from station.booth import Booth
from station.disk.log import EventKind
from station.disk.plan import Counter
from station.disk.state import State
from station.recorder import Recorder
from station.sticks.box import StickFull, copy_to_stick, make_box, write_box
from station.store import Store

MakeStore = Callable[..., Store]
Rows = dict[int, dict[bytes, bytes]]

ROWS: Rows = {
    contest: {
        hashlib.sha256(bytes([contest, number])).digest(): bytes([contest, number]) * 700
        for number in range(40)
    }
    for contest in (1, 4)
}


def shuffled(rows: Rows, seed: int) -> Rows:
    order = random.Random(seed)
    contests = list(rows)
    order.shuffle(contests)
    result: Rows = {}
    for contest in contests:
        items = list(rows[contest].items())
        order.shuffle(items)
        result[contest] = dict(items)
    return result


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_order_gives_the_same_file(seed: int) -> None:
    assert make_box(shuffled(ROWS, seed)) == make_box(ROWS)


def test_another_ballot_gives_another_file() -> None:
    tracker = next(iter(ROWS[4]))
    changed = {**ROWS, 4: {**ROWS[4], tracker: ROWS[4][tracker][:-1] + b"\xff"}}
    fewer = {**ROWS, 4: {key: body for key, body in ROWS[4].items() if key != tracker}}
    assert len({make_box(ROWS), make_box(changed), make_box(fewer)}) == 3


def test_the_file_says_what_it_is_and_nothing_more(tmp_path: Path) -> None:
    data = make_box(ROWS)
    assert data[18:20] == b"\x01\x01", "no write-ahead log"
    assert int.from_bytes(data[28:32], "big") * PAGE_SIZE == len(data)
    assert data[24:28] == data[92:100][:4] == bytes(4), "no count of changes"
    assert data[96:100] == bytes(4), "no version of SQLite"
    (tmp_path / "box").write_bytes(data)
    with closing(sqlite3.connect(tmp_path / "box")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (USER_VERSION,)
        assert connection.execute("SELECT sql FROM sqlite_schema").fetchall() == [(SCHEMA,)]
        stored = connection.execute("SELECT contest, tracker, body FROM ballot").fetchall()
    assert stored == [(contest, *row) for contest in sorted(ROWS) for row in sorted(ROWS[contest].items())]


@pytest.fixture(scope="module")
def votes(booth: Booth) -> list[dict[int, bytes]]:
    """Six real visits: for each, the packed ballot by contest, for the slot of the same number."""
    from keys.crypto.group import base_mul
    from keys.crypto.randomness import SeededDraw
    from keys.election.forms import make_ballot_of
    from keys.election.packing import pack

    made = []
    for slot in range(6):
        draw = SeededDraw(bytes([slot]) * 32)
        visit = {}
        for item in booth.contests:
            secret = booth.secret(item, slot)
            chosen, key = item.shape.blank, base_mul(secret)
            unsigned = make_ballot_of(item.shape, item.params, item.fingerprint, key, chosen, draw)
            visit[item.contest] = pack(unsigned.sign(secret, draw))
        made.append(visit)
    return made


def cast_all(store: Store, votes: list[dict[int, bytes]], order: list[int], shift: int = 0) -> None:
    numbers = [1, 2, 4, 5, 6, 7]
    for number, vote in zip(numbers, order, strict=True):
        row = {contest: ((vote + shift) % 8, body) for contest, body in votes[vote].items()}
        store.record(number, row, 0)


def test_the_export_is_the_same_after_every_history(
    make_store: MakeStore, booth: Booth, votes: list[dict[int, bytes]]
) -> None:
    plain = make_store(name="plain.db")
    cast_all(plain, votes, [0, 1, 2, 3, 4, 5])
    expected = write_box(plain, booth.contests)
    plain.close()

    messy = make_store(name="messy.db", random_bytes=os.urandom)
    messy.advance(State.PREPARED, 1, EventKind.OPENING_UNDONE)
    messy.advance(State.OPEN, 2, EventKind.OPENED)
    order = [5, 0, 3, 1, 4, 2]
    for number, vote in zip([7, 1, 4, 6, 2, 5], order, strict=True):
        messy.record(number, {contest: (7 - vote, body) for contest, body in votes[vote].items()}, vote)
        messy.count_up(Counter.LEFT)
        messy.add_event(EventKind.INCIDENT, 5, "x" * (50 * vote))
        with pytest.raises(Refused):
            messy.record(3, {contest: (0, body) for contest, body in votes[vote].items()}, 0)
        messy.close()
        messy = Store.open(messy.path)
        messy.advance(State.PAUSED, 6, EventKind.PAUSED, bytes(3000 + vote))
        messy.advance(State.OPEN, 7, EventKind.REOPENED)
    found = write_box(messy, booth.contests)
    messy.close()
    assert found.data == expected.data
    assert (found.set_digest, found.file_digest) == (expected.set_digest, expected.file_digest)
    assert dict(found.ballots) == {1: 6, 4: 6}
    assert found.file_digest == hashlib.sha256(found.data).digest()


def test_the_set_digest_is_that_of_the_trackers(
    make_store: MakeStore, booth: Booth, votes: list[dict[int, bytes]]
) -> None:
    with make_store() as store:
        cast_all(store, votes, [2, 0, 1, 5, 4, 3])
        info = write_box(store, booth.contests)
    trackers = {
        item.contest: [unpack(vote[item.contest], item.params, item.fingerprint).tracker for vote in votes]
        for item in booth.contests
    }
    assert info.set_digest == set_digest(trackers)


def test_an_empty_box_has_every_contest(make_store: MakeStore, booth: Booth) -> None:
    with make_store() as store:
        info = write_box(store, booth.contests)
    assert dict(info.ballots) == {1: 0, 4: 0}
    assert info.set_digest == set_digest({1: [], 4: []})
    assert info.set_digest != set_digest({1: []})


@pytest.mark.parametrize("part", ["credential", "hash", "choice", "proof", "signature"])
def test_a_ballot_that_changed_on_the_disk_stops_the_export(
    make_store: MakeStore, booth: Booth, votes: list[dict[int, bytes]], part: str
) -> None:
    at = {"credential": 3, "hash": 40, "choice": 70, "proof": 900, "signature": -1}[part]
    store = make_store()
    cast_all(store, votes, [0, 1, 2, 3, 4, 5])
    write_box(store, booth.contests)
    store.close()
    body = bytearray(votes[3][4])
    body[at] ^= 1
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("UPDATE slot_4 SET body = ? WHERE slot = 3", (bytes(body),))
        connection.commit()
    with Store.open(store.path) as again, pytest.raises(Refused) as refusal:
        write_box(again, booth.contests)
    assert refusal.value.code == "S-210"
    assert refusal.value.subject == "slot 3 of contest 4"


def test_a_box_of_a_recorder_can_be_read_by_its_trackers(
    make_store: MakeStore, booth: Booth, randomness: Callable[[int], bytes]
) -> None:
    with make_store() as store:
        recorder = Recorder(store, booth, randomness, lambda: 0)
        recorder.cast(recorder.prepare({1: (1, 0, 0)}), 1)
        info = write_box(store, booth.contests)
        with pytest.raises(Refused):
            write_box(store, [replace(item, fingerprint="x" * 43) for item in booth.contests])
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(info.data)
        rows = connection.execute("SELECT contest, tracker, body FROM ballot").fetchall()
    for (contest, tracker, body), item in zip(rows, booth.contests, strict=True):
        assert contest == item.contest
        assert unpack(body, item.params, item.fingerprint).tracker == tracker


# The stick


def test_files_are_on_the_stick_whole_and_alone(tmp_path: Path) -> None:
    folder = tmp_path / "ISOLOIR" / "boxes"
    files = {"box": os.urandom(300_000), "marks": b"sealed", "empty": b""}
    copy_to_stick(files, folder)
    copy_to_stick(files, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


def test_a_stick_that_keeps_something_else_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = station.sticks.box._read_from_disk
    monkeypatch.setattr(station.sticks.box, "_read_from_disk", lambda path: real(path)[:-1])
    with pytest.raises(Refused) as refusal:
        copy_to_stick({"box": b"ballots"}, tmp_path)
    assert refusal.value.code == "S-211"


def test_a_stick_that_fails_keeps_what_was_there_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_to_stick({"box": b"first"}, tmp_path)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StickFull, match="No space left"):
        copy_to_stick({"box": b"second"}, tmp_path)

    def gone(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", gone)
    with pytest.raises(Unreadable, match="Input/output") as refusal:
        copy_to_stick({"box": b"second"}, tmp_path)
    assert not isinstance(refusal.value, StickFull)
    monkeypatch.undo()
    assert (tmp_path / "box").read_bytes() == b"first"


def test_a_link_on_the_stick_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "box").symlink_to(victim)
    (folder / "marks.part").symlink_to(victim)
    copy_to_stick({"box": b"ballots"}, folder)
    assert not (folder / "box").is_symlink()
    with pytest.raises(Unreadable):
        copy_to_stick({"marks": b"marks"}, folder)
    assert victim.read_bytes() == b"precious"
