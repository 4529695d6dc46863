"""What the pages of officers say where somebody who only read the screen once stumbled."""

from __future__ import annotations

import dataclasses
import re

import pytest

from keys.desk.language import Language
from keys.election.statement import Mode
from station import questions as q
from station.checks.facts import Facts
from station.checks.readiness import BY_HAND, Point, check
from station.cli import cli
from station.disk.state import State
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.switchoff import AskOff
from station.wording.frame import Frame
from station.wording.page import Line, Page, Verb, Words
from station.wording.pages import page_of
from station.wording.problems import SHOWN
from tests.simulator.hall import definition
from tests.simulator.ready import GOOD
from tests.station.wording.test_pages import REPORTS, questions

OFFLINE = dataclasses.replace(GOOD, encrypted=True)


def frame(*, printer: bool = True) -> Frame:
    """Of a machine, with or without a printer."""
    return Frame(
        Language("en"),
        definition(),
        0,
        Mode.OFFICIAL,
        State.PREPARED,
        1_791_100_800,
        1,
        80,
        24,
        printer=printer,
    )


def drawn(question: q.Question, *, printer: bool = True) -> Page:
    """The page of a question, in English."""
    return page_of(question, frame(printer=printer))


def words(page: Page) -> str:
    """All that it says."""
    said = [getattr(item, "text", getattr(item, "label", "")) for item in page.items]
    below = [item.below for item in page.items if isinstance(item, Verb)]
    return "\n".join([page.title, *said, *below, page.problem, page.note]).replace("\u00a0", " ")


def checked(facts: Facts, ticks: frozenset[Point] = BY_HAND) -> Page:
    """The page of the readiness check."""
    return drawn(t.ShowReadiness(t.Purpose.OPEN, check(facts, ticks)))


def test_the_check_says_first_whether_the_station_may_open() -> None:
    assert checked(GOOD).title == "Check: everything is OK. You may open."
    assert checked(dataclasses.replace(GOOD, mains=False)).title == "Check: you may open."
    once = checked(GOOD, frozenset())
    assert once.title == "Check: you may NOT open yet. 1 line stops the opening."
    twice = checked(dataclasses.replace(GOOD, same_machine=False), frozenset())
    assert twice.title == "Check: you may NOT open yet. 2 lines stop the opening."


def test_every_line_that_is_to_do_says_whether_it_stops_the_opening() -> None:
    page = checked(dataclasses.replace(GOOD, mains=False), frozenset())
    lines = {line.key: line.right for line in page.items if isinstance(line, Line)}
    assert lines[Point.LIST] == "stops the opening   [ ]"
    assert lines[Point.CARDS] == "may be left   [ ]"
    assert lines[Point.POWER] == "may be left"
    assert lines[Point.CLOCK] == ""
    assert page.note == "15 OK, 0 to look at, 3 to do."


@pytest.mark.parametrize(
    ("to_do", "said"),
    [(0, "machine: done"), (1, "you may open, 1 line is still to do"), (4, "4 lines are still to do")],
)
def test_the_start_page_says_done_only_of_a_check_without_a_line_to_do(to_do: int, said: str) -> None:
    page = drawn(t.ShowStart(State.PREPARED, False, 1204, 1, checked=True, to_do=to_do))
    assert said in words(page)
    assert ("machine: done" in words(page)) is (to_do == 0)
    opened = drawn(t.ShowStart(State.OPEN, True, 1204, 1, to_do=to_do))
    assert "machine: done" in words(opened)


@pytest.mark.parametrize("counts", [None, (273, 273, 273), (273, 273, 272)])
def test_from_the_counts_a_button_leads_back(counts: tuple[int, int, int] | None) -> None:
    page = drawn(t.AskSignatures(counts))
    last = page.items[-1]
    assert last == Verb("Go back, do not close", d.Leave())


def test_reopening_says_that_another_pin_begins() -> None:
    asked = t.AskCards(t.Purpose.REOPEN, t.CardStep.PIN, (1, 2), ("", ""))
    assert "The PIN of before ends now." in words(drawn(asked))
    first = dataclasses.replace(asked, purpose=t.Purpose.OPEN)
    assert "before" not in words(drawn(first))
    desk = q.AskPerson("", (), False, None, 131, 1204, 70, news=q.News.REOPENED)
    assert "The station is REOPENED. From now on only the new PIN works" in words(drawn(desk))
    assert "REOPENED" not in words(drawn(dataclasses.replace(desk, news=None)))


def test_the_closed_page_promises_no_result_that_the_station_does_not_have() -> None:
    closed = t.ShowClosed(1204, 273, 273, 273, 4, ("3F9K",) * 13, "7K2M - 9XQD", True)
    assert "town hall. This station has no result of its own. The town hall knows" in words(drawn(closed))
    own = words(drawn(dataclasses.replace(closed, of_its_own=True)))
    assert "This neighbourhood's result will be announced at the town hall." in own
    assert "no result of its own" not in own


def test_a_code_that_is_copied_by_hand_stands_in_even_rows() -> None:
    closed = t.ShowClosed(
        1204, 273, 273, 273, 4, tuple(f"{n:04}" for n in range(1, 14)), "7K2M - 9XQD", False
    )
    rows = [item.text.split() for item in drawn(closed).items if isinstance(item, Words) and "0" in item.text]
    copied = [row[1:] for row in rows if row[0] in {"1:", "6:", "10:"}]
    assert [len(row) for row in copied] == [5, 4, 4]
    assert [group for row in copied for group in row] == list(closed.groups)
    assert "0001 0002 0003 ..." in words(drawn(dataclasses.replace(closed, printed=True)))


@pytest.mark.parametrize(
    "question",
    [
        t.ShowZero("7K2M - 9XQD", 1204, 0, 0, 1, False, True),
        t.ShowPause(1_791_100_800, 204, 1204, 1, False, 1),
        t.ShowClosed(1204, 273, 273, 273, 4, ("3F9K",) * 13, "7K2M - 9XQD", False, 1),
        t.ShowStart(State.PREPARED, False, 1204, 1, True, 0, 1),
        t.ShowExport("/media/isoloir", 131),
        t.AskReprint((), False),
        q.ShowHandOver(132),
        q.AskPerson("", (), False, None, 131, 1204, 70, due=REPORTS),
    ],
    ids=lambda question: type(question).__name__,
)
def test_without_a_printer_nobody_is_sent_to_one(question: q.Question) -> None:
    said = words(drawn(question, printer=False))
    for forbidden in (
        "put in a paper roll",
        "has no paper",
        "take your paper",
        "Print the",
        "to be printed",
        "printed yet",
    ):
        assert forbidden not in said


def test_no_page_names_a_command() -> None:
    """In French, where the words of a command are no words."""
    named = re.compile("|".join(f"station {name}\\b" for name in cli.commands))
    problems = (t.AskSignatures(None, (), t.Problem(code)) for code in (*SHOWN, "list", "paper"))
    french = dataclasses.replace(frame(), language=Language("fr"))
    for question in (*questions(), *problems):
        assert not named.search(words(page_of(question, french)))


def test_a_rehearsal_is_not_offered_inside_itself() -> None:
    plain = frame()
    inside = page_of(
        t.ShowStart(State.PREPARED, False, 12, 1), dataclasses.replace(plain, mode=Mode.REHEARSAL)
    )
    words = [item.text for item in inside.items if isinstance(item, Words)]
    assert "Rehearse the vote (optional): under way" in words


def test_whoever_switches_off_is_asked_and_a_rehearsal_is_left_at_once() -> None:
    plain = frame()
    rehearsal = dataclasses.replace(plain, mode=Mode.REHEARSAL)
    assert plain.switch_off().answer == d.Go(t.Place.OFF)
    assert plain.switch_off(at_once=True).answer == d.SwitchOff()
    assert rehearsal.switch_off().answer == d.SwitchOff()
    for state, said in ((State.OPEN, "The station is OPEN."), (State.PAUSED, "Nothing is lost")):
        page = page_of(AskOff(state), plain)
        assert any(said in item.text for item in page.items if isinstance(item, Words))
        assert [item.answer for item in page.items if isinstance(item, Verb)] == [d.Leave(), d.SwitchOff()]
        assert page.keys["escape"] == d.Leave()


def test_a_proxy_is_let_in_as_a_proxy() -> None:
    titles = [page_of(q.ShowHandOver(5, by_proxy=by), frame()).title for by in (False, True)]
    assert titles == ["Hand over to person no. 5", "Hand over to whoever votes for no. 5"]
