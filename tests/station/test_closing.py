"""Incidents, closing, turnout and export of a machine."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys.desk.passphrase import open_sealed
from keys.election.box import set_digest
from keys.election.marks import MARKS_PURPOSE, Marks, SealedMarks
from keys.election.report import ClosingReport, ZeroReport
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from keys.findings import Refused
from keys.paper.codes import encode
from station.day import Closing, Day, open_day
from station.disk.plan import Counter
from station.disk.state import State
from station.script import ScriptedVisit, play
from station.scripted import scripted_session
from station.sticks.box import write_box
from station.turnout import merged_turnout
from tally.workspace import Workspace
from tests.simulator.polling import PASSPHRASE, PollingPlaces
from tests.simulator.walking import Clock, cast, refused

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
    recorder.open(recorder.prepare({0: (0, 0, 1)}), by_officers=True)
    session, pin = scripted_session(day)
    play(session, day.manifest.definition, ScriptedVisit(4, {"ville": ("1",)}, checks=1), pin)
    cast(day, 1, 2, 3)
    for counter in (Counter.LEFT, Counter.TIMED_OUT, Counter.UNSIGNED):
        day.store.count_up(counter)
    clock.now += 7 * 3600
    report = day.close(Closing(3, 1, ("A", "B")))
    content = ClosingReport.from_content(report.content, "")
    assert (content.closed, content.electors) == (clock.now, 11)
    assert (content.marks, content.ballots, content.signatures, content.slips) == (4, 4, 3, 1)
    assert (content.challenges, content.cancelled, content.unsigned) == (3, 2, 1)
    assert content.officer_checks == 1, "counted apart, and not among those of voters"
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
    day.store.take_over([7, 8], 0, "", None)
    zero = ZeroReport.from_content(day.open().content, "")
    assert (zero.marks, zero.electors) == (2, 11)
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
        assert refused(lambda: rehearsal.unlock(polling.two("m1"))) == "S-110"
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
