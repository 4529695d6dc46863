"""After the announcement of the closing nobody reads how many have voted; the desk names papers still to be printed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from keys.desk.cards import Card
from keys.desk.language import Language
from keys.election.report import PauseReport
from station import questions as q
from station.checks.readiness import BY_HAND, check
from station.day import Day
from station.disk.state import State
from station.faces.face import OfficeFace
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from station.papers.reportpapers import report_paper
from station.printing import letterhead
from station.wording.checklines import text_of
from station.wording.pages import page_of
from tests.simulator.ready import GOOD
from tests.station.app.conftest import OCTOBER_4, DeskPrinter, office_of, two_cards

HIDDEN = "***"
ENGLISH = Language("en")


def words(office: Office) -> str:
    """All that the page of the moment shows."""
    return str(OfficeFace(office, lambda: OCTOBER_4).page(85, 24))


def voted(office: Office) -> int | None:
    """What the desk says."""
    question = office.question
    assert isinstance(question, q.AskPerson)
    return question.voted


def test_the_number_stays_hidden_over_a_pause_until_the_announcement_is_taken_back(
    at_desk: Office, cards: tuple[Card, ...]
) -> None:
    assert voted(at_desk) == 0
    at_desk.answer(d.Announce(on=True))
    assert voted(at_desk) is None
    two_cards(at_desk, t.Purpose.PAUSE, cards)
    assert isinstance(at_desk.question, t.ShowPause)
    assert at_desk.question.marks is None
    assert HIDDEN in words(at_desk)
    two_cards(at_desk, t.Purpose.REOPEN, cards)
    assert voted(at_desk) is None
    at_desk.answer(d.Announce(on=True))
    at_desk.answer(d.Announce(on=False))
    assert voted(at_desk) == 0
    two_cards(at_desk, t.Purpose.PAUSE, cards)
    assert isinstance(at_desk.question, t.ShowPause)
    assert at_desk.question.marks == 0
    assert HIDDEN not in words(at_desk)


def test_an_announced_station_pauses_and_reopens_without_the_number(
    at_desk: Office, cards: tuple[Card, ...], day: Day
) -> None:
    two_cards(at_desk, t.Purpose.PAUSE, cards)
    two_cards(at_desk, t.Purpose.REOPEN, cards)
    at_desk.answer(d.Announce(on=True))
    two_cards(at_desk, t.Purpose.PAUSE, cards)
    two_cards(at_desk, t.Purpose.REOPEN, cards)
    links = [PauseReport.from_content(report.content, "report") for report in day.reports()[1:]]
    assert [link.marks for link in links] == [0, 0, None, None]
    papers = [str(report_paper(letterhead(day, "en"), report)) for report in day.reports()]
    assert ["not shown between the announcement" in paper for paper in papers] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_the_room_that_is_left_would_tell_the_number(at_desk: Office) -> None:
    face = OfficeFace(at_desk, lambda: OCTOBER_4)
    question = at_desk.question
    assert isinstance(question, q.AskPerson)
    short = dataclasses.replace(question, room=3)
    frame = face.frame(85, 24)
    assert "Il reste 3 places de vote." in str(page_of(short, frame))
    hidden = str(page_of(dataclasses.replace(short, voted=None), frame))
    assert "Il reste peu de places de vote." in hidden
    assert "3 places" not in hidden


@pytest.mark.parametrize("hidden", [False, True])
def test_the_check_before_a_reopening_tells_the_number_only_while_it_may_be_known(hidden: bool) -> None:
    facts = dataclasses.replace(GOOD, votes=317, marks=317, free=883, free_bytes=100 << 20)
    facts = dataclasses.replace(facts, state=State.PAUSED, hidden=hidden)
    said = " ".join(text_of(line, ENGLISH) for line in check(facts, BY_HAND))
    assert ("317" in said, "883" in said) == (not hidden, not hidden)


def test_the_number_stays_hidden_over_a_power_cut(
    at_desk: Office, day: Day, printer: DeskPrinter, tmp_path: Path
) -> None:
    at_desk.answer(d.Announce(on=True))
    again = office_of(day, printer, tmp_path / "stick")
    assert day.state is State.INTERRUPTED
    assert isinstance(again.question, t.ShowPower)
    assert again.question.hidden
    assert words(again).count(HIDDEN) == 2


def test_without_an_announcement_a_power_cut_hides_nothing(
    at_desk: Office, day: Day, printer: DeskPrinter, tmp_path: Path
) -> None:
    assert at_desk.question
    again = office_of(day, printer, tmp_path / "stick")
    assert isinstance(again.question, t.ShowPower)
    assert not again.question.hidden
    assert HIDDEN not in words(again)
