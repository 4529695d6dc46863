"""The store: what a vote writes, what it refuses, and what its file says of the order of votes (nothing)."""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import station.disk.database
from keys.election.statement import Mode
from keys.findings import Misuse, Refused, Unreadable
from station.disk.database import Database
from station.disk.journal import journal_path, scrub
from station.disk.log import EventKind, check_log
from station.disk.plan import Counter, InDoubt, Mark
from station.disk.state import State
from station.store import Store

MakeStore = Callable[..., Store]
Bodies = Callable[[Store, int], dict[int, tuple[int, bytes]]]


def journal_is_zero(store: Store) -> bool:
    data = journal_path(store.path).read_bytes()
    return len(data) >= store.plan.journal_size and data.count(0) == len(data)


def everything(path: Path) -> list[str]:
    """The whole content of a closed store, as SQL text."""
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_what_was_loaded_is_there_after_opening_again(make_store: MakeStore) -> None:
    store = make_store(state=State.PREPARED)
    roll, settings, plan = store.roll(), store.settings, store.plan
    store.close()
    with Store.open(store.path) as again:
        assert (again.roll(), again.settings, again.plan) == (roll, settings, plan)
        assert (again.station, again.state, again.opened) == (5, State.PREPARED, None)
        assert again.settings.mode is Mode.REHEARSAL


def test_a_vote_is_a_mark_and_a_ballot_in_every_contest(make_store: MakeStore, bodies: Bodies) -> None:
    store = make_store()
    ballots = bodies(store, 4)
    store.record(4, ballots, hour=2)
    store.close()
    with Store.open(store.path) as again:
        assert again.mark_of(4) is Mark.VOTED
        assert again.mark_of(5) is Mark.NONE
        for contest, row in ballots.items():
            assert list(again.ballots(contest)) == [row]
            assert row[0] not in again.free_slots(contest)
            assert again.ballot_in(contest, row[0]) == row[1]
        counts = again.counts()
        assert (counts.electors, counts.marks, counts.carried, counts.free) == (7, 1, 0, 7)
        assert again.turnout() == (0, 0, 1)


@pytest.mark.parametrize(
    ("elector", "code"), [(3, "S-302"), (99, "S-302"), (1, "S-301"), (2, "S-301")],
    ids=["struck off", "not on the register", "voted here", "voted elsewhere"],
)  # fmt: skip
def test_who_may_not_vote_is_refused_and_nothing_is_written(
    make_store: MakeStore, bodies: Bodies, elector: int, code: str
) -> None:
    store = make_store(state=State.PREPARED)
    store.take_over([2], 0, "", None)
    store.advance(State.OPEN, 3600, EventKind.OPENED)
    store.record(1, bodies(store, 1), 0)
    with pytest.raises(Refused) as refusal:
        store.record(elector, bodies(store, 4), 0)
    assert refusal.value.code == code
    assert journal_is_zero(store)
    counts = store.counts()
    assert (counts.marks, counts.carried, set(counts.ballots.values())) == (1, 1, {1})
    store.record(4, bodies(store, 4), 0)


@pytest.mark.parametrize("state", [State.PREPARED, State.PAUSED, State.INTERRUPTED, State.CLOSED])
def test_a_station_that_is_not_open_takes_no_vote(
    make_store: MakeStore, bodies: Bodies, state: State
) -> None:
    store = make_store(state=state)
    with pytest.raises(Refused) as refusal:
        store.record(4, bodies(store, 4), 0)
    assert refusal.value.code == "S-209"
    assert store.counts().marks == 0


def test_ballots_that_do_not_fit_the_plan_are_refused_whole(make_store: MakeStore, bodies: Bodies) -> None:
    store = make_store()
    store.record(1, bodies(store, 1), 0)
    right = bodies(store, 4)
    (first, (slot, body)), *_ = right.items()
    used_slot = bodies(store, 1)[first][0]
    for wrong in (
        {first: (slot, body)},
        right | {9: (0, body)},
        right | {first: (slot, body[:-1])},
        right | {first: (used_slot, body)},
        right | {first: (8, body)},
        right | {first: (-1, body)},
    ):
        with pytest.raises(Misuse):
            store.record(4, wrong, 0)
    assert store.counts().marks == 1
    store.record(4, right, 0)


def test_a_store_is_full_when_every_slot_is_used(make_store: MakeStore, bodies: Bodies) -> None:
    store = make_store(slots=2)
    store.record(1, bodies(store, 1), 0)
    assert store.counts().free == 1
    store.record(2, bodies(store, 2), 0)
    assert store.counts().free == 0
    assert store.free_slots(1) == ()
    with pytest.raises(Misuse):
        store.record(4, bodies(store, 4), 0)
    assert store.mark_of(4) is Mark.NONE


def test_the_live_file_is_the_same_for_every_order_of_the_same_votes(
    make_store: MakeStore, bodies: Bodies
) -> None:
    files = set()
    for run, order in enumerate(itertools.permutations((1, 2, 4, 5))):
        randomness = _constant()
        store = make_store(name=f"{run}.db", random_bytes=randomness)
        for number in order:
            store.record(number, bodies(store, number), 0)
        store.close()
        files.add(store.path.read_bytes())
    assert len(files) == 1


def test_other_slots_make_another_live_file(make_store: MakeStore, bodies: Bodies) -> None:
    files = set()
    for run, source in enumerate((1, 2)):
        store = make_store(name=f"{run}.db", random_bytes=_constant())
        store.record(1, bodies(store, source), 0)
        store.close()
        files.add(store.path.read_bytes())
    assert len(files) == 2


def _constant() -> Callable[[int], bytes]:
    return lambda length: bytes(itertools.islice(itertools.cycle(range(251)), length))


def test_a_vote_changes_the_roll_the_slots_and_the_turnout_alone(
    make_store: MakeStore, bodies: Bodies
) -> None:
    store = make_store()
    store.close()
    before = everything(store.path)
    with Store.open(store.path) as again:
        again.record(4, bodies(again, 4), 1)
    after = everything(store.path)
    assert len(before) == len(after), "no row was added"
    changed = {new.split()[2] for old, new in zip(before, after, strict=True) if old != new}
    assert changed == {'"elector"', '"slot_1"', '"slot_4"', '"turnout"'}


def test_the_journal_is_zero_after_every_change(make_store: MakeStore, bodies: Bodies) -> None:
    store = make_store()
    inode = journal_path(store.path).stat().st_ino
    store.record(1, bodies(store, 1), 0)
    assert journal_is_zero(store)
    store.count_up(Counter.CHALLENGES)
    assert journal_is_zero(store)
    store.add_event(EventKind.INCIDENT, 5, "panne")
    assert journal_is_zero(store)
    store.advance(State.PAUSED, 5, EventKind.PAUSED, b"report" * 900)
    assert journal_is_zero(store)
    with pytest.raises(Refused):
        store.take_over([2, 1], 0, "", None)
    assert journal_is_zero(store), "what was taken back too"
    assert store.mark_of(2) is Mark.NONE
    store.close()
    Store.open(store.path).close()
    assert journal_is_zero(store)
    assert journal_path(store.path).stat().st_ino == inode, "the file was never deleted"


def test_without_the_scrub_the_journal_would_name_the_vote(
    make_store: MakeStore, bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store()
    monkeypatch.setattr(station.disk.database, "scrub", lambda path: None)
    store.record(1, bodies(store, 1), 0)
    assert not journal_is_zero(store)
    assert b"Nom1" in journal_path(store.path).read_bytes()
    monkeypatch.undo()
    store.close()
    Store.open(store.path).close()
    assert journal_is_zero(store), "the next start makes up for it"


def test_no_file_grows_during_a_day(make_store: MakeStore, bodies: Bodies) -> None:
    """A full disk then stops neither a vote nor the closing."""
    store = make_store(slots=40, electors=40)
    sizes = (store.path.stat().st_size, journal_path(store.path).stat().st_size)
    store.sign_with(Ed25519PrivateKey.generate())
    for number in range(1, 41):
        if number != 3:
            store.record(number, bodies(store, number), number)
            store.count_up(Counter.UNSIGNED)
            store.add_event(EventKind.INCIDENT, number, "x" * 400)
    for number in range(20):
        state, kind = ((State.PAUSED, EventKind.PAUSED), (State.OPEN, EventKind.REOPENED))[number % 2]
        store.advance(state, 100 + number, kind, bytes([number]) * 60_000)
    store.advance(State.CLOSED, 9000, EventKind.CLOSED)
    assert (store.path.stat().st_size, journal_path(store.path).stat().st_size) == sizes
    assert len(store.reports()) == 20


def test_a_second_copy_is_refused(make_store: MakeStore, bodies: Bodies) -> None:
    store = make_store()
    with pytest.raises(Refused) as refusal:
        Store.open(store.path)
    assert refusal.value.code == "S-201"
    script = (
        "import sys\nfrom pathlib import Path\nfrom keys.findings import Refused\nfrom station.store import Store\n"
        "try:\n    Store.open(Path(sys.argv[1]))\nexcept Refused as refused:\n    print(refused.code)\n"
    )
    command = [sys.executable, "-c", script, str(store.path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "S-201\n"
    store.record(1, bodies(store, 1), 0)
    store.close()
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == ""


def test_a_store_is_never_overwritten(make_store: MakeStore) -> None:
    store = make_store()
    with pytest.raises(Refused) as refusal:
        make_store()
    assert refusal.value.code == "S-212"
    assert store.state is State.OPEN


# A failing disk


def _gone(path: Path) -> None:
    raise OSError(5, "Input/output error")


def test_an_error_before_the_commit_leaves_no_vote(
    make_store: MakeStore, bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store()
    real = Database.execute
    calls = 0

    def failing(self: Database, statement: str, values: tuple[object, ...] = ()) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise sqlite3.OperationalError("disk I/O error")
        real(self, statement, values)

    monkeypatch.setattr(Database, "execute", failing)
    with pytest.raises(InDoubt):
        store.record(1, bodies(store, 1), 0)
    monkeypatch.undo()
    with Store.open(store.path) as again:
        assert again.mark_of(1) is Mark.NONE
        assert again.counts().ballots == {1: 0, 4: 0}
        assert journal_is_zero(again)
        again.record(1, bodies(again, 1), 0)


def test_an_error_after_the_commit_leaves_the_vote(
    make_store: MakeStore, bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store()
    monkeypatch.setattr(station.disk.database, "scrub", _gone)
    with pytest.raises(InDoubt):
        store.record(1, bodies(store, 1), 0)
    monkeypatch.undo()
    with Store.open(store.path) as again:
        assert again.mark_of(1) is Mark.VOTED
        assert again.counts().ballots == {1: 1, 4: 1}


def test_what_the_disk_changes_is_noticed_before_recorded_is_said(
    make_store: MakeStore, bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store()
    ballots = bodies(store, 1)

    def scrub_and_spoil(path: Path) -> None:
        scrub(path)
        at = path.read_bytes().index(ballots[4][1]) + 100
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes([ballots[4][1][100] ^ 1]))
            os.fsync(file.fileno())

    monkeypatch.setattr(station.disk.database, "scrub", scrub_and_spoil)
    with pytest.raises(InDoubt):
        store.record(1, ballots, 0)


def test_a_store_that_failed_answers_nothing_until_it_is_opened_again(
    make_store: MakeStore, bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store()
    monkeypatch.setattr(station.disk.database, "scrub", _gone)
    with pytest.raises(Unreadable):
        store.count_up(Counter.LEFT)
    monkeypatch.undo()
    with pytest.raises(Unreadable):
        store.mark_of(1)
    with pytest.raises(InDoubt):
        store.record(1, bodies(store, 1), 0)
    with Store.open(store.path) as again:
        assert again.counters()[Counter.LEFT] == 1


# A damaged file


def _change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "damage",
    ["UPDATE slot_4 SET used = 0", "UPDATE slot_1 SET used = 1", "UPDATE elector SET mark = 'V' WHERE number = 2"],
    ids=["a ballot too few", "ballots too many", "a mark too many"],
)  # fmt: skip
def test_marks_and_ballots_that_differ_hold_the_station(
    make_store: MakeStore, bodies: Bodies, damage: str
) -> None:
    store = make_store()
    store.record(1, bodies(store, 1), 0)
    store.close()
    _change(store.path, damage)
    with pytest.raises(Refused) as refusal:
        Store.open(store.path)
    assert refusal.value.code == "S-203"
    with Store.open(store.path, held=True) as held:
        with pytest.raises(Refused) as refusal:
            held.record(4, bodies(held, 4), 0)
        assert refusal.value.code == "S-203"
        held.advance(State.INTERRUPTED, 4000, EventKind.INTERRUPTED)
        with pytest.raises(Refused) as refusal:
            held.advance(State.OPEN, 4001, EventKind.OPENED)
        assert refusal.value.code == "S-203"
        held.add_event(EventKind.INCIDENT, 4002, "held")


def test_a_value_that_was_never_written_is_damage(make_store: MakeStore) -> None:
    store = make_store()
    store.close()
    _change(store.path, "DELETE FROM setting")
    with pytest.raises(Refused) as refusal:
        Store.open(store.path)
    assert refusal.value.code == "S-202"


def test_a_file_that_is_no_store_is_refused_with_its_own_finding(
    make_store: MakeStore, tmp_path: Path
) -> None:
    store = make_store()
    store.close()
    whole = store.path.read_bytes()
    broken = tmp_path / "broken.db"
    cases: list[tuple[bytes, set[str]]] = [
        (b"", {"S-206"}),
        (b"not a database at all" * 500, {"S-206"}),
        (whole[: len(whole) // 2], {"S-202"}),
        (whole[:4096] + bytes(4096) + whole[8192:], {"S-202"}),
        (whole[:68] + b"ISOB" + whole[72:], {"S-206"}),
    ]
    for content, codes in cases:
        broken.write_bytes(content)
        with pytest.raises(Refused) as refusal:
            Store.open(broken)
        assert refusal.value.code in codes
    with pytest.raises(Unreadable):
        Store.open(tmp_path / "nothing.db")
    Store.open(store.path).close()


# State, figures, log


def test_an_opening_is_undone_only_while_the_box_is_empty(make_store: MakeStore, bodies: Bodies) -> None:
    store = make_store()
    assert store.opened == 3600
    store.advance(State.PREPARED, 3700, EventKind.OPENING_UNDONE)
    assert store.opened is None
    store.advance(State.OPEN, 3800, EventKind.OPENED)
    assert store.opened == 3800
    store.record(1, bodies(store, 1), 0)
    with pytest.raises(Refused) as refusal:
        store.advance(State.PREPARED, 3900, EventKind.OPENING_UNDONE)
    assert refusal.value.code == "S-209"
    assert store.state is State.OPEN


def test_a_step_of_the_day_is_written_whole_or_not_at_all(make_store: MakeStore) -> None:
    store = make_store()
    store.advance(State.PAUSED, 4000, EventKind.PAUSED, b"pause report")
    assert (store.state, store.reports()) == (State.PAUSED, (b"pause report",))
    assert [event.kind for event in store.events()] == [EventKind.OPENED, EventKind.PAUSED]
    with pytest.raises(Refused) as refusal:
        store.advance(State.PREPARED, 4001, EventKind.OPENING_UNDONE, b"another")
    assert refusal.value.code == "S-209"
    assert (store.state, store.reports()) == (State.PAUSED, (b"pause report",))
    assert len(store.events()) == 2


def test_closed_is_the_end(make_store: MakeStore) -> None:
    store = make_store(state=State.CLOSED)
    before = store.counters()
    with pytest.raises(Refused) as refusal:
        store.count_up(Counter.CHALLENGES)
    assert (refusal.value.code, store.counters()) == ("S-209", before)
    for state in set(State) - {State.WIPED}:
        with pytest.raises(Refused) as refusal:
            store.advance(state, 9, EventKind.OPENED)
        assert refusal.value.code == "S-209"


def test_the_log_is_chained_and_signed(make_store: MakeStore) -> None:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    store = make_store(state=State.PREPARED)
    store.add_event(EventKind.INTERRUPTED, 10, "courant coupé")
    store.sign_with(key)
    store.add_event(EventKind.REOPENED, 20)
    store.close()
    with Store.open(store.path) as again:
        events = again.events()
        assert [(event.kind, event.at, event.text) for event in events] == [
            (EventKind.INTERRUPTED, 10, "courant coupé"),
            (EventKind.REOPENED, 20, ""),
        ]
        check_log(events, public)
        for wrong in (events[1:], events[::-1], (*events, events[1])):
            with pytest.raises(Refused) as refusal:
                check_log(wrong, public)
            assert refusal.value.code == "S-207"
        with pytest.raises(Refused):
            check_log(events, Ed25519PrivateKey.generate().public_key().public_bytes_raw())


def test_incidents_cannot_fill_the_rows_that_the_day_needs(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.disk.creation.EVENTS", 103)
    store = make_store(state=State.PREPARED)
    for number in range(3):
        store.add_event(EventKind.INCIDENT, number)
    with pytest.raises(Refused) as refusal:
        store.add_event(EventKind.INCIDENT, 4)
    assert refusal.value.code == "S-208"
    store.add_event(EventKind.CLOSED, 5)


def test_counters_start_at_nothing_and_never_grow(make_store: MakeStore) -> None:
    store = make_store()
    assert set(store.counters().values()) == {0}
    for _ in range(11):
        store.count_up(Counter.TIMED_OUT)
    assert store.counters()[Counter.TIMED_OUT] == 11
    assert sum(store.counters().values()) == 11


@pytest.mark.parametrize(("hour", "row"), [(-5, 0), (0, 0), (399, 399), (4000, 399)])
def test_no_hour_stops_a_vote(make_store: MakeStore, bodies: Bodies, hour: int, row: int) -> None:
    store = make_store()
    store.record(1, bodies(store, 1), hour)
    assert store.turnout() == (0,) * row + (1,)
