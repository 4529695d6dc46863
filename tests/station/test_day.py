"""The day of a machine: every step of its state machine, the chain of its reports, and what a crash leaves."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from keys.election.report import ClosingReport, PauseReport, ZeroReport
from keys.election.statement import Mode, StatementType
from keys.findings import Misuse, Refused, Unreadable
from station.day import Closing, Day, open_day
from station.disk.log import EventKind
from station.disk.state import State
from station.reports import MOST_INCIDENTS, incidents_of, stops_of
from station.store import Store
from tests.simulator.polling import PollingPlaces
from tests.simulator.walking import STEPS, Clock, cast, check_chain, refused, walk

# The state machine (storyboard, section 6)

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


@pytest.mark.parametrize("state", list(MOVES))
@pytest.mark.parametrize("step", list(STEPS))
def test_every_step_from_every_state(day: Day, state: State, step: str) -> None:
    for way in WAYS[state]:
        walk(day, way)
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
        walk(day, way)
    if state.takes_votes:
        cast(day, 1)
        assert day.counts().marks == 1
    else:
        assert refused(lambda: cast(day, 1)) == "S-209"
        assert day.counts().marks == 0


@pytest.mark.parametrize("state", list(MOVES))
def test_export_after_closing_alone(day: Day, state: State, tmp_path: Path) -> None:
    for way in WAYS[state]:
        walk(day, way)
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
    assert (zero.opened, zero.electors, zero.ballots, zero.marks) == (clock.now, 11, 0, 0)
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

    monkeypatch.setattr("station.workings.check_filesystem", unsuited)
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
        (incident,) = incidents_of(day.store)
        assert "redémarrée" in incident.text
        assert (incident.at % 900, clock.now - incident.at < 900) == (0, True)
        day.unlock(polling.two("m1"))
        assert refused(lambda: cast(day, 2)) == "S-209"
        day.reopen("the power failed")
        cast(day, 2)
        day.close(Closing(2))
        check_chain(day)
        closing = ClosingReport.from_content(day.reports()[-1].content, "")
        assert closing.incidents == (incident,)


def test_a_stop_never_makes_the_incidents_too_many_to_close(day: Day) -> None:
    day.open()
    for number in range(MOST_INCIDENTS - 1):
        day.store.add_event(EventKind.INCIDENT, 900, f"no. {number}")
    for stops in (1, 1, 1):
        assert day.note_interruption()
        assert len(stops_of(day.store)) == stops
        day.reopen()
    day.close(Closing(0))
    closing = ClosingReport.from_content(day.reports()[-1].content, "")
    assert len(closing.incidents) == MOST_INCIDENTS


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
