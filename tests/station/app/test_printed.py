"""Which report was printed is known from the disk: after a kill, a restart, or a printer that failed half-way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from keys.desk.cards import Card
from keys.election.statement import Mode, Statement, StatementType
from keys.findings import Refused
from station import questions as q
from station.checks.readiness import Point
from station.day import Day, open_day
from station.disk.folder import mode_file
from station.disk.plan import Paper
from station.faces.face import OfficeFace
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from station.officers.outgoing import Outgoing
from station.reports import filed_reports
from station.wording.page import Line
from tests.simulator.dying import begin, killed_at
from tests.station.app.conftest import OCTOBER_4, DeskPrinter, office_of, two_cards


def opened(office: Office, cards: tuple[Card, ...]) -> None:
    """Open the station."""
    office.answer(d.Go(t.Place.READINESS))
    office.answer(d.CheckPoint(Point.LIST))
    two_cards(office, t.Purpose.OPEN, cards)


def due(office: Office) -> list[tuple[StatementType, Paper]]:
    """What the desk says is still to be printed."""
    office.answer(d.Go(t.Place.DESK))
    assert isinstance(office.question, q.AskPerson)
    return [(report.kind, report.paper) for report in office.question.due]


def words(office: Office) -> str:
    """All that the page of the moment shows."""
    return str(OfficeFace(office, lambda: OCTOBER_4).page(85, 24))


def test_a_report_that_was_never_printed_is_due_after_a_restart_until_it_is_printed(
    day: Day, printer: DeskPrinter, cards: tuple[Card, ...], tmp_path: Path
) -> None:
    printer.works = False
    office = office_of(day, printer, tmp_path)
    opened(office, cards)
    assert due(office) == [(StatementType.ZERO_REPORT, Paper.NEVER)]
    assert "à imprimer" in words(office)
    office.answer(d.Reprint(0))
    assert due(office) == [(StatementType.ZERO_REPORT, Paper.NEVER)], "the printer still fails"

    printer.works = True
    again = office_of(day, printer, tmp_path)
    assert isinstance(again.question, t.ShowPower)
    assert "1 rapport n'est peut-être pas encore imprimé" in words(again).replace("’", "'")
    two_cards(again, t.Purpose.REOPEN, cards)
    assert due(again) == [(StatementType.ZERO_REPORT, Paper.NEVER)]
    again.answer(d.Reprint(0))
    assert due(again) == []
    assert printer.printed == ["REOPENING_REPORT", "ZERO_REPORT"], "the first paper is no duplicate"
    assert day.store.papers() == (Paper.PRINTED, Paper.PRINTED)
    again.answer(d.Reprint(0))
    assert printer.printed[-1] == "ZERO_REPORT duplicate"


def test_the_list_of_reports_tells_their_hour_and_which_were_never_printed(
    day: Day, printer: DeskPrinter, cards: tuple[Card, ...], tmp_path: Path
) -> None:
    office = office_of(day, printer, tmp_path)
    opened(office, cards)
    printer.works = False
    two_cards(office, t.Purpose.PAUSE, cards)
    assert isinstance(office.question, t.ShowPause)
    assert not office.question.printed
    office.answer(d.Go(t.Place.REPRINT))
    page = OfficeFace(office, lambda: OCTOBER_4).page(85, 24)
    lines = [item for item in page.items if isinstance(item, Line)]
    assert [line.label for line in lines] == [
        "Rapport d’ouverture, dim. 4 oct. 10:00",
        "Rapport de pause, dim. 4 oct. 10:00",
    ]
    assert [line.right.split("   ")[0] for line in lines] == ["imprimé", "jamais imprimé"]
    assert page.focus == 1


def test_a_restart_remembers_what_was_printed(
    day: Day, printer: DeskPrinter, cards: tuple[Card, ...], tmp_path: Path
) -> None:
    office = office_of(day, printer, tmp_path)
    opened(office, cards)
    two_cards(office, t.Purpose.PAUSE, cards)
    again = office_of(day, printer, tmp_path)
    assert isinstance(again.question, t.ShowPause)
    assert (again.question.printed, again.question.unprinted) == (True, 0)


class Tray:
    """A printer of one process that another can look into; it takes so many of two copies."""

    def __init__(self, path: Path, takes: Paper = Paper.PRINTED) -> None:
        self._path = path
        self._takes = takes

    def __getattr__(self, name: str) -> Callable[..., bool]:
        raise AssertionError(name)

    def report(self, report: Statement, known: Paper) -> Paper:
        if self._takes is not Paper.NEVER:
            with self._path.open("ab") as tray:
                tray.write(b"1")
        return self._takes


@pytest.mark.parametrize("takes", Paper)
def test_killed_at_any_step_the_disk_never_says_what_is_not_so(
    folder: Path, tmp_path: Path, cards: tuple[Card, ...], takes: Paper
) -> None:
    with open_day(folder, Mode.OFFICIAL, lambda: OCTOBER_4) as day:
        day.unlock(cards[:2])
        day.open()
    tray = tmp_path / "tray"

    def work() -> None:
        with open_day(folder, Mode.OFFICIAL, lambda: OCTOBER_4) as day:
            begin()
            Outgoing(day, Tray(tray, takes), lambda: None).report(day.reports()[0])  # type: ignore[arg-type]

    seen = set()
    killed, step = True, 0
    while killed:
        tray.unlink(missing_ok=True)
        with open_day(folder, Mode.OFFICIAL, lambda: OCTOBER_4) as day:
            day.store.note_paper(0, Paper.NEVER)
        killed = killed_at(step, work, wait=True)
        step += 1
        with open_day(folder, Mode.OFFICIAL, lambda: OCTOBER_4) as day:
            (filed,) = filed_reports(day.store)
        seen.add(filed.paper)
        if tray.exists():
            assert filed.paper is not Paper.NEVER
        else:
            assert filed.paper is not Paper.PRINTED
    assert filed.paper is takes, "at its end"
    assert seen == {Paper.NEVER, Paper.PERHAPS, takes}
    assert step > 4


def test_a_report_that_is_perhaps_printed_comes_out_again_as_a_duplicate(
    day: Day, printer: DeskPrinter, cards: tuple[Card, ...], tmp_path: Path
) -> None:
    office = office_of(day, printer, tmp_path)
    opened(office, cards)
    day.store.note_paper(0, Paper.PERHAPS)
    assert due(office) == [(StatementType.ZERO_REPORT, Paper.PERHAPS)]
    assert "peut-être imprimé" in words(office)
    office.answer(d.Reprint(0))
    assert printer.printed[-1] == "ZERO_REPORT duplicate"
    assert due(office) == []


def test_a_letter_that_is_none_of_these_is_damage(folder: Path, cards: tuple[Card, ...]) -> None:
    with open_day(folder, Mode.OFFICIAL, lambda: OCTOBER_4) as day:
        day.unlock(cards[:2])
        day.open()
    with closing(sqlite3.connect(mode_file(folder, Mode.OFFICIAL, "db"))) as store:
        store.execute("PRAGMA ignore_check_constraints = 1")
        store.execute("UPDATE report SET paper = 'Q'")
        store.commit()
    with pytest.raises(Refused, match="S-202"), open_day(folder, Mode.OFFICIAL, lambda: OCTOBER_4):
        pass
