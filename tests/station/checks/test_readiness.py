"""The readiness check: each case from its facts, what stops an opening, and what is signed of the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from keys.desk.catalogue import available
from keys.desk.language import Language
from keys.election.chain import read_day
from keys.election.report import PauseReport, ZeroReport
from keys.election.statement import StatementType
from station.checks.readiness import BY_HAND, Point, Verdict, check, stopping
from station.cli import cli
from station.day import Closing, Day
from station.disk.plan import Paper
from station.officers.readinesstask import ReadinessTask
from station.officers.tasks import Purpose
from station.printing import StationPrinter
from station.wording.checklines import note_of, remedy_of, text_of
from tests.simulator.ready import CASES, GOOD, good_machine
from tests.simulator.walking import Clock, check_chain
from tests.station.app.conftest import DeskPrinter

STOPS = {"file other", "box full", "box differ", "clock back", "disk full", "disk filesystem"}
GOOD_CASES = {"box equal", "stick own-copy", "file rehearsal", "box balanced"}


def test_a_good_machine_has_nothing_to_do() -> None:
    assert {line.verdict for line in check(GOOD, BY_HAND)} == {Verdict.OK}


@pytest.mark.parametrize("name", CASES)
def test_each_case_follows_from_its_facts_and_changes_one_line(name: str) -> None:
    point, case = name.split(" ")
    lines = check(replace(GOOD, **CASES[name]), BY_HAND)
    (line,) = (line for line in lines if line.point is Point(point))
    assert (line.case, line.stops) == (case, name in STOPS)
    assert (line.verdict is Verdict.OK) == (name in GOOD_CASES)
    others = [other for other in lines if other is not line and other.verdict is not Verdict.OK]
    assert not others
    for code in available():
        assert text_of(line, Language(code))
        assert bool(remedy_of(line, Language(code))) == (line.verdict is not Verdict.OK)


def test_a_demonstration_may_be_held_on_any_disk() -> None:
    lines = check(replace(GOOD, filesystem="it is vfat", demonstration=True), BY_HAND)
    assert not stopping(lines)


def test_without_the_paper_list_nothing_opens_and_without_cards_it_is_only_said() -> None:
    (line,) = stopping(check(GOOD, BY_HAND - {Point.LIST}))
    assert line.point is Point.LIST
    assert not stopping(check(GOOD, BY_HAND - {Point.CARDS}))


def test_what_steers_a_terminal_comes_into_no_report() -> None:
    lines = check(replace(GOOD, links=("wlan0\x1b[2J",)), BY_HAND)
    (line,) = (line for line in lines if line.point is Point.NETWORK)
    assert "\x1b" not in note_of(line, Language("fr"))


def _task(day: Day, clock: Clock, **changes: object) -> ReadinessTask:
    return ReadinessTask(day, good_machine(clock, **changes), DeskPrinter(), clock)


def test_what_was_passed_is_signed_at_the_opening(day: Day, clock: Clock) -> None:
    task = _task(day, clock, links=("wlan0",), closes=clock.now + 3600)
    task.begin(Purpose.OPEN)
    assert task.required(Purpose.OPEN)
    task.press(Point.LIST)
    assert not task.required(Purpose.OPEN)
    report = day.open((), task.passed(Purpose.OPEN))
    notes = ZeroReport.from_content(report.content, report.name).notes
    assert "À FAIRE - Réseau actif : wlan0".replace(" :", "\u00a0:") in notes
    assert len(notes) == 2, "the cards were not ticked"
    check_chain(day)


def test_reopening_on_another_day_needs_the_check_again_and_signs_it(day: Day, clock: Clock) -> None:
    task = _task(day, clock, closes=clock.now + 200_000)
    day.open()
    day.pause()
    assert not task.required(Purpose.REOPEN)
    clock.now += 86_400
    assert task.required(Purpose.REOPEN)
    task.begin(Purpose.REOPEN)
    task.press(Point.LIST)
    assert not task.required(Purpose.REOPEN)
    report = day.reopen("", (), task.passed(Purpose.REOPEN))
    assert report.header.type is StatementType.REOPENING_REPORT
    content = PauseReport.from_content(report.content, report.name)
    assert content.notes == task.passed(Purpose.REOPEN)
    assert content.notes
    check_chain(day)
    found = read_day(day.manifest.machines[day.machine], day.reports())
    assert found.passed[-len(content.notes) :] == content.notes


def test_a_reopening_without_notes_has_the_bytes_it_always_had(day: Day) -> None:
    day.open()
    day.pause()
    assert 6 not in day.reopen().content


def test_a_test_page_that_fails_is_said(day: Day, clock: Clock) -> None:
    printer = DeskPrinter()
    task = ReadinessTask(day, good_machine(clock), printer, clock)
    task.begin(Purpose.OPEN)
    printer.works = False
    lines = task.press(Point.PRINTER).lines
    assert [line.case for line in lines if line.point is Point.PRINTER] == ["failed"]
    printer.works = True
    lines = task.press(Point.PRINTER).lines
    assert [line.case for line in lines if line.point is Point.PRINTER] == ["good"]
    assert printer.printed == ["test page"]


def test_the_papers_of_the_check_are_printed(day: Day, clock: Clock, tmp_path: Path) -> None:
    pages: list[bytes] = []

    def handing(pdf: bytes) -> bool:
        pages.append(pdf)
        return True

    for roll in (True, False):
        printer = StationPrinter(day, clock, handing, roll=roll)
        assert printer.test_page()
        assert printer.readiness(check(GOOD, frozenset()))
        assert printer.signing_list() is not roll
    assert len(pages) == 5
    assert not any(tmp_path.rglob("*.pdf"))


def test_the_command_says_the_same_lines_and_its_status_is_1_while_one_stops(
    folder: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "check.pdf"
    words = ["check", "--dir", str(folder), "--json", "--out", str(paper)]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert [row["point"] for row in said["lines"]] == [point.value for point in Point]
    assert [item["subject"] for item in said["findings"]] == ["list"]
    assert {item["code"] for item in said["findings"]} == {"S-112"}
    assert paper.read_bytes().startswith(b"%PDF")
    assert CliRunner().invoke(cli, [*words, "--paper-list"]).exit_code == 0


def test_as_many_copies_are_printed_as_the_screens_say(day: Day, clock: Clock) -> None:
    pages: list[bytes] = []

    def handing(pdf: bytes) -> bool:
        pages.append(pdf)
        return len(pages) < 7

    printer = StationPrinter(day, clock, handing, roll=True)
    zero = day.open()
    assert printer.report(zero, Paper.NEVER) is Paper.PRINTED
    assert printer.report(zero, Paper.PRINTED) is Paper.PRINTED
    assert printer.report(day.pause(), Paper.NEVER) is Paper.PRINTED
    assert len(pages) == 4
    closed = day.close(Closing(0))
    assert printer.report(closed, Paper.NEVER) is Paper.PERHAPS, "the third copy found no paper"
    assert len(pages) == 7
