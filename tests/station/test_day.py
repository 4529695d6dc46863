"""The day of a machine: every step of its state machine, the chain of its reports, and what a crash leaves."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys.desk.passphrase import open_sealed
from keys.election.box import set_digest
from keys.election.chain import read_day
from keys.election.marks import MARKS_PURPOSE, Marks, SealedMarks
from keys.election.report import ClosingReport, PauseReport, ZeroReport
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from keys.findings import Misuse, Refused, Unreadable
from keys.paper.codes import encode
from station.box import write_box
from station.day import Closing, Day, open_day
from station.log import EventKind, check_log
from station.plan import Counter
from station.script import ScriptedVisit, play
from station.scripted import scripted_session
from station.state import State
from station.store import Store
from station.turnout import merged_turnout
from tally.workspace import Workspace
from tests.simulator.polling import NOW, PASSPHRASE, PollingPlaces


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path, polling: PollingPlaces) -> Path:
    """A machine that is loaded."""
    return polling.loaded(tmp_path)[0]


@pytest.fixture
def day(folder: Path, polling: PollingPlaces, clock: Clock) -> Iterator[Day]:
    """Its day, the keys open."""
    with open_day(folder, Mode.OFFICIAL, clock) as opened:
        opened.unlock(polling.two("m1"))
        yield opened


def cast(day: Day, *electors: int, choice: tuple[int, ...] = (1, 0, 0)) -> None:
    recorder = day.recorder()
    for elector in electors:
        recorder.cast(recorder.prepare({0: choice}), elector)


def refused(step: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        step()
    return caught.value.code


def check_chain(day: Day) -> None:
    """The reports as the tally checks them, and the log as the machine signed it."""
    machine = day.manifest.machines[day.machine]
    for report in day.reports():
        report.expect(report.header.type, day.mode, day.fingerprint, Role.MACHINE)
        report.verify(machine.public_key)
    read_day(machine, day.reports())
    check_log(day.store.events(), machine.public_key)


# The state machine (storyboard, section 6)

STEPS: dict[str, Callable[[Day], object]] = {
    "open": lambda day: day.open(),
    "undo": lambda day: day.undo_opening("the wrong day"),
    "pause": lambda day: day.pause("lunch"),
    "reopen": lambda day: day.reopen(),
    "announce": lambda day: day.announce(),
    "keep open": lambda day: day.announce(on=False),
    "close": lambda day: day.close(Closing(0)),
}
MOVES: dict[State, dict[str, State]] = {
    State.PREPARED: {"open": State.OPEN},
    State.OPEN: {
        "undo": State.PREPARED,
        "pause": State.PAUSED,
        "announce": State.ANNOUNCED,
        "close": State.CLOSED,
    },
    State.ANNOUNCED: {"pause": State.PAUSED, "keep open": State.OPEN, "close": State.CLOSED},
    State.PAUSED: {"reopen": State.OPEN, "close": State.CLOSED},
    State.INTERRUPTED: {"reopen": State.OPEN, "close": State.CLOSED},
    State.CLOSED: {},
}
WAYS: dict[State, tuple[str, ...]] = {
    State.PREPARED: (),
    State.OPEN: ("open",),
    State.ANNOUNCED: ("open", "announce"),
    State.PAUSED: ("open", "pause"),
    State.INTERRUPTED: ("open", "cut"),
    State.CLOSED: ("open", "close"),
}


def _walk(day: Day, way: str) -> None:
    if way == "cut":
        assert day.note_interruption()
    else:
        STEPS[way](day)


@pytest.mark.parametrize("state", list(MOVES))
@pytest.mark.parametrize("step", list(STEPS))
def test_every_step_from_every_state(day: Day, state: State, step: str) -> None:
    for way in WAYS[state]:
        _walk(day, way)
    assert day.state is state
    before = (day.store.reports(), day.store.events())
    if step in MOVES[state]:
        STEPS[step](day)
        assert day.state is MOVES[state][step]
    else:
        assert refused(lambda: STEPS[step](day)) in {"S-105", "S-209"}
        assert day.state is state
        assert (day.store.reports(), day.store.events()) == before
    check_chain(day)


@pytest.mark.parametrize("state", list(MOVES))
def test_votes_are_taken_while_it_is_open_alone(day: Day, state: State) -> None:
    for way in WAYS[state]:
        _walk(day, way)
    if state.takes_votes:
        cast(day, 1)
        assert day.counts().marks == 1
    else:
        assert refused(lambda: cast(day, 1)) == "S-209"
        assert day.counts().marks == 0


@pytest.mark.parametrize("state", list(MOVES))
def test_export_after_closing_alone(day: Day, state: State, tmp_path: Path) -> None:
    for way in WAYS[state]:
        _walk(day, way)
    if state is State.CLOSED:
        day.export(tmp_path / "stick")
    else:
        assert refused(lambda: day.export(tmp_path / "stick")) == "S-105"
        assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize("step", ["open", "pause", "undo", "reopen", "close"])
def test_nothing_is_signed_without_two_cards(folder: Path, clock: Clock, step: str, day: Day) -> None:
    for way in {"open": (), "reopen": ("open", "pause")}.get(step, ("open",)):
        STEPS[way](day)
    day.lock()
    before = day.state
    assert not day.unlocked
    with pytest.raises(Misuse):
        STEPS[step](day)
    assert day.state is before


# Opening


def test_the_zero_report_says_what_is_in_the_box(day: Day, clock: Clock) -> None:
    report = day.open(("Claire MARTIN", "Hugo LEROUX"), ("without a printer",))
    zero = ZeroReport.from_content(report.content, "zero")
    assert (zero.opened, zero.electors, zero.ballots, zero.marks) == (clock.now, 12, 0, 0)
    assert zero.capacity == 14
    assert zero.machine_key == day.manifest.machines[day.machine].public_key
    assert zero.officers == ("Claire MARTIN", "Hugo LEROUX")
    assert zero.notes[0] == "without a printer"
    assert zero.carried_from is None
    assert report.header.context == day.fingerprint


def test_undoing_is_reported_and_the_box_opens_again(day: Day, clock: Clock) -> None:
    day.open()
    clock.now += 60
    undone = day.undo_opening("the wrong day")
    assert PauseReport.from_content(undone.content, "").reason == "the wrong day"
    clock.now += 3600
    again = day.open()
    assert again.header.type is StatementType.REOPENING_REPORT
    assert day.store.opened == clock.now
    cast(day, 1)
    assert refused(lambda: day.undo_opening("again")) == "S-105"
    day.close(Closing(1))
    check_chain(day)
    assert [item.header.type for item in day.reports()] == [
        StatementType.ZERO_REPORT,
        StatementType.PAUSE_REPORT,
        StatementType.REOPENING_REPORT,
        StatementType.CLOSING_REPORT,
    ]


def test_a_real_vote_needs_a_disk_that_keeps_no_copies(
    tmp_path: Path, polling: PollingPlaces, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsuited(_: Path) -> None:
        raise Refused("S-205", "/", "it is vfat; ext4 or xfs was expected")

    monkeypatch.setattr("station.day.check_filesystem", unsuited)
    folder, _ = polling.loaded(tmp_path)
    with open_day(folder, Mode.OFFICIAL, clock) as demonstration:
        demonstration.unlock(polling.two("m1"))
        zero = ZeroReport.from_content(demonstration.open().content, "")
        assert any("vfat" in note for note in zero.notes)


# Days, pauses, faults


def test_pause_and_reopening_over_days(folder: Path, polling: PollingPlaces, clock: Clock, day: Day) -> None:
    day.open()
    cast(day, 1, 2)
    for night in range(3):
        clock.now += 8 * 3600
        pause = day.pause(f"night {night}")
        content = PauseReport.from_content(pause.content, "")
        assert content.marks == 2 + night
        clock.now += 12 * 3600
        again = PauseReport.from_content(day.reopen().content, "")
        assert again.previous == pause.fingerprint
        cast(day, 3 + night)
    day.pause()
    day.close(Closing(5))
    check_chain(day)
    closing = ClosingReport.from_content(day.reports()[-1].content, "")
    assert closing.previous == day.reports()[-2].fingerprint
    assert closing.marks == closing.ballots == 5
    assert sum(closing.turnout) == 5


def test_the_machine_may_be_switched_off_in_a_pause(
    folder: Path, polling: PollingPlaces, clock: Clock
) -> None:
    for marks in range(3):
        with open_day(folder, Mode.OFFICIAL, clock) as day:
            assert not day.note_interruption()
            assert not day.unlocked
            day.unlock(polling.two("m1"))
            day.open() if marks == 0 else day.reopen("the next day")
            cast(day, marks + 1)
            day.pause()
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        assert day.state is State.PAUSED
        assert day.counts().marks == 3
        check_chain(day)


def test_an_interruption_is_found_at_the_start(folder: Path, polling: PollingPlaces, clock: Clock) -> None:
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.open()
        cast(day, 1)
        day.announce()
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        assert day.note_interruption()
        assert not day.note_interruption()
        assert day.state is State.INTERRUPTED
        assert day.store.events()[-1].kind is EventKind.INTERRUPTED
        day.unlock(polling.two("m1"))
        assert refused(lambda: cast(day, 2)) == "S-209"
        day.reopen("the power failed")
        cast(day, 2)
        day.close(Closing(2))
        check_chain(day)


def test_a_power_cut_inside_a_step_leaves_it_undone(
    day: Day, clock: Clock, folder: Path, polling: PollingPlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Report, state and log line are one transaction: whichever write fails, none of them is there."""
    for step, states in (("open", ()), ("pause", ("open",)), ("close", ("open",))):
        for failing in ("_write_state", "_write_event", "_write_report"):
            copy = folder.parent / f"{step}{failing}"
            shutil.copytree(polling.machine("m1"), copy / "m1")
            machine, _ = polling.loaded(copy)
            with open_day(machine, Mode.OFFICIAL, clock) as other:
                other.unlock(polling.two("m1"))
                for way in states:
                    STEPS[way](other)
                before = (other.state, other.store.reports(), other.store.events())
                with monkeypatch.context() as patched:
                    patched.setattr(Store, failing, _power_cut)
                    with pytest.raises(Unreadable):
                        STEPS[step](other)
            with open_day(machine, Mode.OFFICIAL, clock) as other:
                assert (other.state, other.store.reports(), other.store.events()) == before
                other.unlock(polling.two("m1"))
                STEPS[step](other)
                check_chain(other)


def _power_cut(*_: object) -> None:
    raise sqlite3.OperationalError("disk I/O error")


def test_marks_and_ballots_that_differ_stop_everything(
    folder: Path, polling: PollingPlaces, clock: Clock, day: Day
) -> None:
    day.open()
    cast(day, 1, 2)
    day.pause()
    day.store.close()
    with closing(sqlite3.connect(folder / "official.db", isolation_level=None)) as connection:
        connection.execute("UPDATE elector SET mark = 'V' WHERE number = 5")
    with pytest.raises(Refused) as caught, open_day(folder, Mode.OFFICIAL, clock):
        pass
    assert caught.value.code == "S-203"
    with open_day(folder, Mode.OFFICIAL, clock, held=True) as held:
        held.unlock(polling.two("m1"))
        assert not held.counts().balanced
        assert refused(held.reopen) == "S-203"
        assert refused(lambda: held.close(Closing(3))) == "S-203"
        held.note_incident("the box is not in order")
        assert len(held.reports()) == 2
        assert held.state is State.PAUSED


# Incidents


def test_incidents_stand_in_the_closing_report_by_the_quarter_of_an_hour(day: Day, clock: Clock) -> None:
    day.open()
    clock.now += 1234
    day.note_incident("The lamp failed.")
    cast(day, 1)
    closing_report = ClosingReport.from_content(day.close(Closing(1)).content, "")
    (incident,) = closing_report.incidents
    assert incident.text == "The lamp failed."
    assert incident.at % 900 == 0
    assert 0 <= clock.now - incident.at < 900
    assert refused(lambda: day.note_incident("too late")) == "S-105"


@pytest.mark.parametrize(
    "text", ["", " \n", "x" * 401, "steers \x1b[2J the terminal", "turns \u202e round", "\ud800"]
)
def test_an_incident_that_no_report_could_hold_is_refused_at_once(day: Day, text: str) -> None:
    day.open()
    assert refused(lambda: day.note_incident(text)) == "S-108"
    day.close(Closing(0))


@pytest.mark.parametrize("text", ["x" * 400, "œ" * 400, "short"])
def test_however_many_incidents_the_station_can_be_closed_on_paper(day: Day, text: str) -> None:
    day.open()
    try:
        for _ in range(1000):
            day.note_incident(text)
    except Refused as refusal:
        assert refusal.code == "S-208"
    report = day.close(Closing(0))
    assert encode(report.raw)
    assert 10 <= len(ClosingReport.from_content(report.content, "").incidents) <= 200


# Closing


def test_the_closing_report_counts_what_happened(day: Day, clock: Clock) -> None:
    day.open()
    recorder = day.recorder()
    for _ in range(2):
        recorder.open(recorder.prepare({0: (1, 1, 0)}))
    session, pin = scripted_session(day)
    play(session, day.manifest.definition, ScriptedVisit(4, {"ville": ("1",)}, checks=1), pin)
    cast(day, 1, 2, 3)
    for counter in (Counter.LEFT, Counter.TIMED_OUT, Counter.UNSIGNED):
        day.store.count_up(counter)
    clock.now += 7 * 3600
    report = day.close(Closing(3, 1, ("A", "B")))
    content = ClosingReport.from_content(report.content, "")
    assert (content.closed, content.electors) == (clock.now, 12)
    assert (content.marks, content.ballots, content.signatures, content.slips) == (4, 4, 3, 1)
    assert (content.challenges, content.cancelled, content.unsigned) == (3, 2, 1)
    assert content.officers == ("A", "B")
    assert content.zero_report == day.reports()[0].fingerprint
    assert content.turnout == (4,)


def test_the_digest_is_of_the_ballots_and_of_nothing_else(day: Day) -> None:
    day.open()
    cast(day, 1, 2)
    recorder = day.recorder()
    recorder.open(recorder.prepare({0: (0, 1, 0)}))
    content = ClosingReport.from_content(day.close(Closing(2)).content, "")
    box = write_box(day.store, day.recorder()._booth.contests)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(box.data)
        rows = connection.execute("SELECT contest, tracker FROM ballot").fetchall()
    trackers = {contest: [tracker for at, tracker in rows if at == contest] for contest in (0, 1)}
    assert [len(found) for found in trackers.values()] == [2, 2]
    assert content.set_digest == set_digest(trackers)


def test_a_closed_machine_still_gives_its_reports(
    folder: Path, polling: PollingPlaces, clock: Clock, day: Day
) -> None:
    day.open()
    report = day.close(Closing(0))
    day.store.close()
    with open_day(folder, Mode.OFFICIAL, clock, held=True) as later:
        assert not later.unlocked
        assert later.report(StatementType.CLOSING_REPORT) == report
        assert later.report(StatementType.PAUSE_REPORT) is None
        assert [item.fingerprint for item in later.reports()][-1] == report.fingerprint


# Export


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _open_marks(raw: bytes, polling: PollingPlaces, day: Day) -> Marks:
    statement: Statement = read_statement(raw)
    statement.expect(StatementType.MARKS, day.mode, day.fingerprint, Role.MACHINE)
    statement.verify(day.manifest.machines[day.machine].public_key)
    sealed = SealedMarks.from_content(statement.content, "").sealed
    authority = Workspace(polling.office).open_authority(PASSPHRASE)
    return Marks.from_content(cbor2.loads(open_sealed(sealed, authority.box, MARKS_PURPOSE)), "")


def test_exports_are_the_same_bytes_but_for_the_sealing_of_marks(
    day: Day, tmp_path: Path, polling: PollingPlaces
) -> None:
    day.open()
    cast(day, 5, 2, 9)
    day.pause()
    day.reopen()
    day.close(Closing(3))
    for name in ("first", "second", "first"):
        day.export(tmp_path / name)
    first, second = _files(tmp_path / "first"), _files(tmp_path / "second")
    assert sorted(first) == [
        "01-zero-report.cose",
        "02-pause-report.cose",
        "03-reopening-report.cose",
        "04-closing-report.cose",
        "box.sqlite",
        "marks.cose",
    ]
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == ["marks.cose"]
    assert _open_marks(first["marks.cose"], polling, day) == Marks(0, (2, 5, 9))
    assert _open_marks(second["marks.cose"], polling, day) == Marks(0, (2, 5, 9))


def test_a_full_log_stops_no_copy(day: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day.open()
    day.close(Closing(0))

    def full(*_: object) -> None:
        raise Refused("S-208", "log")

    monkeypatch.setattr(day.store, "add_event", full)
    day.export(tmp_path / "stick")
    assert (tmp_path / "stick" / "box.sqlite").exists()


def test_marks_carried_over_are_told_apart(day: Day, tmp_path: Path, polling: PollingPlaces) -> None:
    day.store.carry_over([7, 8])
    zero = ZeroReport.from_content(day.open().content, "")
    assert (zero.marks, zero.electors) == (2, 12)
    assert refused(lambda: cast(day, 7)) == "S-301"
    cast(day, 1)
    content = ClosingReport.from_content(day.close(Closing(1)).content, "")
    assert (content.marks, content.carried, content.ballots) == (1, 2, 1)
    day.export(tmp_path / "stick")
    marks = _open_marks((tmp_path / "stick" / "marks.cose").read_bytes(), polling, day)
    assert marks == Marks(0, (1,), (7, 8))


def test_the_rehearsal_of_a_machine_is_another_day(
    tmp_path: Path, polling: PollingPlaces, clock: Clock
) -> None:
    folder, _ = polling.loaded(tmp_path, mode=Mode.REHEARSAL)
    polling.loaded(tmp_path)
    with open_day(folder, Mode.REHEARSAL, clock) as rehearsal:
        assert refused(lambda: rehearsal.unlock(polling.two("m1"))) == "S-101"
        rehearsal.unlock(polling.two("m1", Mode.REHEARSAL))
        report = rehearsal.open()
        cast(rehearsal, 1)
        rehearsal.close(Closing(1))
        assert {item.header.mode for item in rehearsal.reports()} == {Mode.REHEARSAL}
        assert report.header.context == polling.fingerprints[Mode.REHEARSAL]
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        assert day.state is State.PREPARED
        assert day.counts().marks == 0


def test_nothing_loaded(polling: PollingPlaces, clock: Clock) -> None:
    with pytest.raises(Refused) as caught, open_day(polling.machine("m2"), Mode.OFFICIAL, clock):
        pass
    assert caught.value.code == "S-104"


# Turnout


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(1, 30))
def test_turnout_is_told_in_no_small_figure(hours: list[int], small: int) -> None:
    told = merged_turnout(hours, small)
    assert len(told) == len(hours)
    assert sum(told) == sum(hours)
    if sum(hours) >= small:
        assert all(figure == 0 or figure >= small for figure in told)
    else:
        assert sum(1 for figure in told if figure) <= 1


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(1, 30))
def test_a_figure_stands_at_an_hour_that_had_it_or_after(hours: list[int], small: int) -> None:
    """Up to any hour no more is told than had voted by then, but for what is left over at the end."""
    told = merged_turnout(hours, small)
    last = max((at for at, figure in enumerate(told) if figure), default=0)
    for at in range(last):
        assert sum(told[: at + 1]) <= sum(hours[: at + 1])
