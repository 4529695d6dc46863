"""Two cards of officers: what was said for one purpose is not printed for another."""

from __future__ import annotations

import pytest

from keys.desk.cards import Card
from keys.election.report import PauseReport
from keys.election.statement import StatementType
from keys.findings import Misuse
from station.day import Day
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office


def test_a_reason_that_was_dropped_stands_in_no_later_report(
    at_desk: Office, day: Day, cards: tuple[Card, ...]
) -> None:
    at_desk.answer(d.ReasonGiven("opened too early"))
    at_desk.answer(d.Leave())
    for answer in (d.Begin(t.Purpose.PAUSE), d.CardTyped(cards[0].text), d.CardTyped(cards[1].text)):
        at_desk.answer(answer)
    at_desk.answer(d.Confirm())
    report = day.report(StatementType.PAUSE_REPORT)
    assert report is not None
    assert PauseReport.from_content(report.content, report.name).reason == ""


def test_nothing_is_done_before_the_second_card(at_desk: Office, day: Day, cards: tuple[Card, ...]) -> None:
    with pytest.raises(Misuse):
        at_desk.answer(d.Confirm())
    at_desk.answer(d.Begin(t.Purpose.PAUSE))
    at_desk.answer(d.CardTyped(cards[0].text))
    with pytest.raises(Misuse):
        at_desk.answer(d.Confirm())
    assert day.report(StatementType.PAUSE_REPORT) is None


def test_a_reason_that_names_somebody_is_asked_again(at_desk: Office) -> None:
    named = d.ReasonGiven("dupont marie had the key")
    at_desk.answer(named)
    assert at_desk.question == t.AskReason(t.Purpose.UNDO, t.Problem("named", "dupont, marie"), named.text)
    at_desk.answer(named)
    assert isinstance(at_desk.question, t.AskCards), "typed a second time"
