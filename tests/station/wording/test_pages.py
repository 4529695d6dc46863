"""Every question has a page, in every language and size, with one next step."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from keys.desk.catalogue import available
from keys.desk.chosen import Chosen
from keys.desk.language import Language
from keys.desk.spending import Spending
from keys.election.list_place import ListPlace
from keys.election.statement import Mode, StatementType
from station import questions as q
from station.checks.readiness import BY_HAND, Verdict, check
from station.disk.plan import Paper
from station.disk.proxies import ProxyFault
from station.disk.state import State
from station.officers import deeds as d
from station.officers import package as p
from station.officers import switchoff
from station.officers import takingover as over
from station.officers import tasks as t
from station.visits import contest_questions as c
from station.visits.chosen import ContestLine
from station.widgets.layout import spread, wrap
from station.widgets.pieces import piece_of
from station.wording.frame import Frame
from station.wording.page import Field, Item, Line, Page, Verb, Words
from station.wording.pages import page_of
from tests.simulator.hall import PEOPLE, contest, definition
from tests.simulator.ready import every_line

SIZES = {"42x12": (42, 12), "56x16": (56, 16), "85x24": (85, 24), "170x48": (170, 48)}
LINES = (
    ContestLine(0, "Saint-Cyprien", (Chosen("Un verger"), Chosen("Des bancs")), 3, 10),
    ContestLine(1, "Conseil du quartier", (), 1, 3),
)
PIN = q.PinField()
COPY = q.CopyNote(q.Copy.UP_TO_DATE, 0)
MARKS = c.AskMarks(
    0,
    "Saint-Cyprien",
    (
        c.OptionLine(0, "Un verger", "Un verger", 40_000, (), 1),
        c.OptionLine(1, "Des bancs", "Des bancs", 0, (), 0),
    ),
    1,
    2,
    400_000,
    "EUR",
)

REPORTS = tuple(
    q.ReportPaper(kind, "7K2M - 9XQD", 1_791_100_800, paper)
    for kind in (
        StatementType.ZERO_REPORT,
        StatementType.PAUSE_REPORT,
        StatementType.REOPENING_REPORT,
        StatementType.CLOSING_REPORT,
        StatementType.INTERRUPTED,
    )
    for paper in Paper
)
OPTIONS = MARKS.options
POINTS = c.AskPoints(0, "Saint-Cyprien", OPTIONS, 1, 7, 400_000, "EUR", each=3)
RANKS = c.AskRanks(0, "Saint-Cyprien", OPTIONS, 2, 2, None, None)
GRADES = c.AskGrades(0, "Saint-Cyprien", OPTIONS, 1, 2, None, None, grades=("Plus tard", "Maintenant"))


def questions() -> Iterator[q.Question]:
    """At least one of each kind, and one of each variant."""
    yield q.ChooseLanguage(("fr", "en"), "fr", first=True)
    yield q.ChooseLanguage(("fr", "en"), "en", first=False)
    yield q.ListContests(LINES, 1)
    yield MARKS
    for notice in c.Notice:
        yield dataclasses.replace(MARKS, notice=notice, moved=("A", "B"), least=2)
    for limited in spending():
        yield limited
        yield from (dataclasses.replace(limited, notice=notice, over=12_500) for notice in c.Notice)
    yield dataclasses.replace(MARKS, most=1, options=MARKS.options[:1])
    yield dataclasses.replace(MARKS, least=1, most=9)
    for question in (POINTS, RANKS, GRADES):
        yield question
        yield from (dataclasses.replace(question, notice=notice) for notice in c.Notice)
    yield dataclasses.replace(POINTS, each=12, most=12, least=3)
    yield dataclasses.replace(RANKS, least=2)
    yield dataclasses.replace(RANKS, least=1, most=2, options=OPTIONS * 6)
    yield dataclasses.replace(GRADES, grades=tuple(str(grade) for grade in range(1, 8)))
    yield c.ConfirmBlank("Saint-Cyprien", 2)
    yield from (c.Incomplete("Saint-Cyprien", missing, missing > 1) for missing in (1, 2))
    yield q.Review(LINES, void_slip=1)
    yield q.Review(tuple(dataclasses.replace(line, spending=Spending(40, 60, "EUR")) for line in LINES))
    yield q.Review(LINES[1:] * 12)
    yield from (q.CheckCode("K7QD 93MX T0VB 5WHN", 1, printed) for printed in (True, False))
    yield q.CheckCode("K7QD 93MX T0VB 5WHN", 1, True, again=True)
    yield from (q.Decide(can_check) for can_check in (True, False))
    yield from (q.Decide(can_check=True, can_vote=can_vote, printed=True) for can_vote in (True, False))
    for by_officers in (True, False):
        yield from (q.Opened(b"statement", printed, LINES, by_officers) for printed in (True, False))
    yield from (
        q.Recorded(b"statement", ("4T8W - M2RK",), ("A",), printed) for printed in (None, True, False)
    )
    for printer in (True, False):
        yield q.Recorded(b"statement", ("4T8W - M2RK",) * 3, ("A", "B", "C"), None, printer)
    yield q.Recorded(b"statement", ("4T8W - M2RK",), ("A",), None, printer=False)
    for pin in (PIN, q.PinField(wrong=True), q.PinField(wrong=True, wait=30)):
        yield from (q.HandBack(pin, printed) for printed in (None, True, False))
        yield q.HandBack(pin, False, printer=False)
        yield q.Covered(pin)
        yield q.Stopped(pin)
        yield q.Stopped(pin, is_check=True)
        yield q.InDoubt(True, pin, None)
        yield q.InDoubt(False, pin, None)
    yield q.Covered(None)
    yield q.InDoubt(None, PIN, None)
    for people in ((), tuple(PEOPLE.values())[:1], tuple(PEOPLE.values())):
        yield q.AskPerson("x", people, True, None, 131, 1204, 5)
    yield from (q.AskPerson("x", (), True, (3, refusal), 131, 1204, 50) for refusal in q.Refusal)
    for person in desk_people():
        yield q.AskPerson("x", (person,), True, None, 131, 1204, 5)
        yield q.AskPerson("x", (person, PEOPLE[3]), True, None, 131, 1204, 70)
    for stations in (None, (), (0,), (0, 9)):
        asked = q.Elsewhere("Dupont", "14/03/1958", stations, printed=None if stations is None else True)
        yield q.AskPerson("x", (), True, None, 131, 1204, 70, elsewhere=asked)
        yield q.AskPerson("x", (PEOPLE[1],), True, None, 131, 1204, 70, elsewhere=asked)
    yield from (q.AskPerson("x", (), True, None, 1, 2, 3, additions=left) for left in (0, 2))
    yield from (q.AskPerson("", (), False, None, 1, 2, 3, news=news) for news in q.News)
    noted = dataclasses.replace(PEOPLE[1], proxy="MARTIN Paul", proxy_at_desk=True)
    yield from (q.AskPerson("x", (found,), True, None, 1, 2, 3, proxies=True) for found in (PEOPLE[1], noted))
    yield q.AskPerson("", (), False, None, 131, 1204, 70, elsewhere=q.Elsewhere("", ""))
    yield q.AskPerson("", (), False, None, None, 1204, 70, due=REPORTS)
    yield q.ShowHandOver(132)
    yield q.ShowHandOver(132, by_proxy=True)
    yield q.ShowHandOver(132, unlimited=True, letters=q.Letters.LARGE, sizes=tuple(q.Letters))
    yield q.SignHere(132, "DUPONT Marie")
    yield q.SignHere(245, "MARTIN Paul", "DUPONT Marie", ListPlace(7, 12), 132, COPY)
    yield from officers()


def spending() -> Iterator[c.AskMarks]:
    """Under a spending limit: of money alone, and of two choices at most."""
    left = Spending(40_000, 52_500, "EUR")
    dear = c.OptionLine(2, "Une piste", "Une piste", 65_000, (), 0, fits=False)
    money = dataclasses.replace(MARKS, options=(*OPTIONS, dear), most=3, spending=left)
    yield from (money, dataclasses.replace(money, most=2))


def desk_people() -> Iterator[q.Person]:
    """Whoever may stand at the desk."""
    principals = (q.Principal(245, "MARTIN Paul"), q.Principal(246, "ROUX Zoé", q.Refusal.VOTED))
    for refusal in (None, *q.Refusal):
        yield q.Person(133, "Dupont", "Marie", refusal=refusal, struck_off="2026-09-12", note="déménagement")
        yield q.Person(133, "Dupont", "Marie", refusal=refusal, principals=principals)
        yield q.Person(133, "Dupont", "Marie", refusal=refusal, proxy="MARTIN Paul", birth_name="Roux")


def officers() -> Iterator[q.Question]:
    """What officers are asked outside a visit."""
    yield from (p.ShowUnloaded(), p.ShowUnloaded(t.Problem("no-package", "06-a")))
    yield from (p.ShowUnloaded(t.Problem(code)) for code in ("load-stick", "load", "V-101", "S-103", "S-109"))
    groups = ("····", "····", *("3F9K",) * 11)
    yield from (p.AskPoster(groups, (0, 1), problem) for problem in (None, t.Problem("V-119")))
    yield from (p.ShowLoaded(1204, 1, "confirmation-official-06-a.cose", done) for done in (True, False))
    for state in (State.PREPARED, State.OPEN):
        yield from (t.ShowStart(state, state is State.OPEN, 1204, 1, checked) for checked in (True, False))
    problems = [
        None,
        *(t.Problem(code, "4") for code in ("S-120", "S-101", "S-102", "S-121", "S-105", "S-901")),
    ]
    for purpose in t.Purpose:
        for step in t.CardStep:
            held = min(step.value, 2)
            yield t.AskCards(purpose, step, (1, 3)[:held], ("Claire MARTIN", "")[:held], problems[step.value])
    yield from (t.AskCards(t.Purpose.OPEN, t.CardStep.FIRST, (), (), problem) for problem in problems)
    for named in (
        t.Named("DUPONT Marie", born="1958-03-14"),
        t.Named("DUPONT Marie", 132, proxy="MARTIN Paul"),
    ):
        yield t.AskCards(t.Purpose.ADD, t.CardStep.FIRST, (), (), named=named)
    yield from (switchoff.AskOff(state) for state in (State.OPEN, State.CLOSED))
    yield t.AskReason(t.Purpose.UNDO)
    yield t.AskReason(t.Purpose.UNDO, t.Problem("named", "Dupont, Marie"), "Marie Dupont")
    yield from (t.ShowZero("7K2M - 9XQD", 1204, 0, 0, 1, printed, not printed) for printed in (True, False))
    yield from (t.ShowPause(1_791_100_800, 204, 1204, 1, printed) for printed in (True, False))
    yield t.ShowPause(1_791_100_800, None, 1204, 1, True)
    for code in ("whole", "born", "S-304", "S-305"):
        yield t.AskAddition(3, (("surname", "Dupont"),), t.Problem(code))
    yield t.AskAddition(1)
    yield t.AskProxy(5, "DUPONT Marie")
    yield t.AskProxy(5, "", "7", t.Problem("S-301"))
    yield from (t.AskProxy(5, "DUPONT Marie", "7", t.Problem("S-306", fault)) for fault in ProxyFault)
    yield t.AskIncident(0, "15:07")
    yield t.AskIncident(0, "15:07", left_unsigned=True)
    yield t.AskIncident(2, "15:07", "The power failed.", problem=t.Problem("hour"))
    yield t.AskIncident(2, "15:07", problem=t.Problem("noted"))
    yield t.AskIncident(2, "15:07", "", "Dupont left", ("Dupont",), "(name removed) left", t.Problem("name"))
    for place in (t.Place.CLOSING, t.Place.SIGNATURES):
        yield t.AskEarly(1_791_100_800, 1_791_129_600, place, t.Problem("reason"))
    yield from readiness()
    for printed in (None, True, False):
        yield t.AskReprint(REPORTS, printed)
    yield t.ShowStart(State.PREPARED, False, 1204, 1, can_take_over=True, carried=131)
    yield over.AskTakeover((), t.Problem("copies"))
    yield over.AskTakeover(("06-a", "06-b"))
    yield over.AskDeadSignatures("06-a", (("first", ""),), t.Problem("counts"))
    yield over.ShowTakenOver("06-a", 131, adopted=True)
    yield from (over.ShowTakenOver("06-a", 1, (131, 131, 130), printed) for printed in (True, False))
    yield t.ShowPower(211, 211, True)
    yield t.ShowPower(211, 211, True, hidden=True)
    yield t.ShowPower(211, 210, False)
    yield t.ShowPower(211, 211, True, noted=1_791_100_800)
    yield from (t.ShowCopy("/media/isoloir"), t.ShowCopy("/media/isoloir", balanced=False))
    yield t.ShowCopy(problem=t.Problem("copy"))
    yield from (t.ShowPower(211, 211, True, 257, recorded) for recorded in (True, False, None))
    yield t.ShowFault(188)
    yield t.ShowFault(188, has_box=False)
    yield t.ShowFault(None)
    yield from (
        t.AskClosing(1_791_100_800, due, announced) for due in (True, False) for announced in (True, False)
    )
    yield t.AskSignatures()
    yield t.AskSignatures(carried=131)
    yield t.AskSignatures(None, (("first", ""),), t.Problem("counts"))
    yield from (t.AskSignatures((273, marks, 273)) for marks in (273, 272))
    yield from (t.AskSignatures((273, 273, 273), slips=slips) for slips in (273, 0))
    for printed in (True, False):
        figures = (1204, 273, 273, 273, 4)
        problem = t.Problem("stick")
        yield t.ShowClosed(*figures, ("3F9K",) * 13, "7K2M - 9XQD", printed, 2, problem, of_its_own=printed)
    yield t.ShowExport("ISOLOIR-06", 273)


def readiness() -> Iterator[q.Question]:
    """Every line of the readiness check, whatever it can say."""
    for facts in every_line():
        lines = check(facts, frozenset())
        yield t.ShowReadiness(t.Purpose.OPEN, lines)
        yield t.ShowReadiness(t.Purpose.REOPEN, check(facts, BY_HAND), t.Problem("list"))


def test_the_check_begins_at_a_line_that_stops_the_opening() -> None:
    seen = set()
    for question in readiness():
        assert isinstance(question, t.ShowReadiness)
        focus = page_of(question, frame("fr", "85x24")).focus
        assert focus is not None
        stops = [place for place, line in enumerate(question.lines) if line.stops]
        to_do = [place for place in stops if question.lines[place].verdict is Verdict.TO_DO]
        assert not to_do or focus == to_do[0]
        seen.add(bool(to_do))
    assert seen == {True, False}


def test_two_pins_that_differ_are_both_typed_anew_from_the_first() -> None:
    asked = t.AskCards(t.Purpose.OPEN, t.CardStep.PIN, (1, 3), ("", ""), None)
    differ = dataclasses.replace(asked, problem=t.Problem("differ"))
    first, again = (page_of(question, frame("en", "85x24")) for question in (asked, differ))
    assert first.key != again.key, "a page of another key starts at its own focus"
    assert again.focus == 0


def frame(code: str, size: str) -> Frame:
    width, height = SIZES[size]
    return Frame(
        Language(code),
        definition(contest("a", "AB")),
        0,
        Mode.OFFICIAL,
        State.OPEN,
        1_791_100_800,
        1,
        width,
        height,
    )


def focusable(page: Page) -> list[Item]:
    return [item for item in page.items if isinstance(item, Line | Verb | Field)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", available())
def test_every_question_has_a_page(code: str, size: str) -> None:
    for question in questions():
        page = page_of(question, frame(code, size))
        assert page.title
        assert page.hint
        assert not page.voter or cell_len(page.hint) <= SIZES[size][0] - 2, page.hint
        texts = [getattr(item, "text", "") + getattr(item, "label", "") for item in page.items]
        assert all(
            texts[place]
            for place, item in enumerate(page.items)
            if isinstance(item, Words | Line | Verb | Field)
        )
        if page.focus is not None and not page.any_key:
            assert page.focus < max(len(focusable(page)), 1)


@pytest.mark.parametrize("code", available())
def test_the_fixed_rows_fit_the_smallest_screens(code: str) -> None:
    for question in questions():
        page = page_of(question, frame(code, "42x12"))
        width = 40 if page.voter else 78
        notes = [
            page.note,
            page.problem,
            page.notice,
            *page.notes.values(),
            page.note_at(0) if page.note_at else "",
        ]
        assert cell_len(page.hint) <= width, page.hint
        assert len(wrap(page.title, width)) <= 2, page.title
        assert all(len(wrap(note, width)) <= 2 for note in notes), notes


def test_a_topic_that_was_left_blank_says_so_in_the_list() -> None:
    blank = dataclasses.replace(LINES[1], left_blank=True)
    page = page_of(q.ListContests((LINES[1], blank), 0), frame("fr", "85x24"))
    assert [item.right for item in page.items if isinstance(item, Line)] == ["-", "blanc"]


def test_a_vote_of_two_days_says_on_which_it_closes() -> None:
    asked = t.ShowStart(State.PREPARED, False, 1204, 1, False)
    shown = frame("en", "85x24")
    assert "close at 18:00" in str(page_of(asked, shown).items)
    two_days = dataclasses.replace(shown.definition, closes="2026-10-05T18:00")
    items = page_of(asked, dataclasses.replace(shown, definition=two_days)).items
    assert "close on 5 Oct at 18:00" in str(items)


def test_every_kind_of_question_is_drawn_here() -> None:
    kinds = {type(question) for question in questions()}
    declared = {
        kind
        for module in (q, c, t, over, p, switchoff)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, q.Question) and kind not in {q.Question, c.AskContest}
    }
    assert kinds == declared


def test_voters_see_no_clock_no_name_and_no_number_of_voters() -> None:
    for question in questions():
        page = page_of(question, frame("fr", "85x24"))
        if page.voter:
            shown = repr(page)
            assert "10:00" not in shown
            assert "DUPONT" not in shown
            assert "1 204" not in shown


def test_only_the_two_buttons_start_without_a_focus() -> None:
    unfocused = {
        type(question) for question in questions() if page_of(question, frame("fr", "85x24")).focus is None
    }
    assert unfocused == {q.Decide}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", available())
def test_a_rehearsal_and_a_demonstration_say_so_on_every_page_and_nothing_covers_it(
    code: str, size: str
) -> None:
    plain = frame(code, size)
    rehearsal = dataclasses.replace(plain, mode=Mode.REHEARSAL)
    shown = dataclasses.replace(plain, definition=dataclasses.replace(plain.definition, demonstration=True))
    checked = dataclasses.replace(plain, is_check=True)
    for question in questions():
        for played in (rehearsal, shown, checked):
            page = page_of(question, played)
            width = max(played.width, 42 if page.voter else 80) - 2
            assert page.left == played.banner
            assert played.banner in spread(page.left, page.right, width)
    assert len({rehearsal.banner, shown.banner, checked.banner, ""}) == 4
    both = page_of(q.Decide(can_check=True), dataclasses.replace(rehearsal, is_check=True))
    assert both.right == rehearsal.banner or (plain.small and not both.right)


@pytest.mark.parametrize("code", available())
def test_the_place_for_the_pin_is_in_view_on_the_smallest_screen(code: str) -> None:
    small = frame(code, "42x12")
    for checked in (small, dataclasses.replace(small, is_check=True)):
        page = page_of(q.Covered(PIN), checked)
        rows = sum(len(piece_of(item).rows(40)) for item in page.items)
        assert rows <= 12 - len(wrap(page.title, 40)) - 3


def test_many_contests_left_blank_are_one_row_where_a_ballot_is_opened() -> None:
    plain = frame("en", "85x24")
    few = page_of(q.Opened(b"statement", False, (LINES[0], *LINES[1:] * 4)), plain)
    many = page_of(q.Opened(b"statement", False, (LINES[0], *LINES[1:] * 5)), plain)
    assert len(few.items) - len(many.items) == 3
    assert "5 topics without a choice: blank" in [getattr(item, "text", "") for item in many.items]


ENDED = {
    "recorded": q.Recorded(b"statement", ("4T8W - M2RK",), ("A",), None),
    "handed back": q.HandBack(PIN, None),
    "stopped": q.Stopped(PIN),
    "recorded after a failure": q.InDoubt(True, PIN, None),
    "not recorded after a failure": q.InDoubt(False, PIN, None),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ENDED)
def test_help_fits_what_has_become_of_the_vote(name: str, size: str) -> None:
    before = page_of(q.Review(LINES), frame("en", size))
    assert before.help[0] == "Nothing is recorded until you confirm it on a separate screen."
    page = page_of(ENDED[name], frame("en", size))
    said = " ".join(page.help)
    assert "Nothing is recorded" not in said
    recorded = "Your vote is recorded." in said or "Your vote IS recorded." in said
    assert recorded is (name not in {"stopped", "not recorded after a failure"})
    assert ("Your vote is NOT recorded." in said) is not recorded
    assert not any("Esc" in words for words in page.keys_help)


def test_nobody_is_told_of_paper_or_of_a_code_that_is_not_there() -> None:
    plain = frame("en", "85x24")
    for question in (
        q.Recorded(b"statement", ("4T8W - M2RK",), ("A",), None, printer=False),
        q.Recorded(b"statement", ("4T8W - M2RK",) * 2, ("A", "B"), None, printer=False),
        q.HandBack(PIN, False, printer=False),
        q.InDoubt(True, PIN, False, printer=False),
    ):
        page = page_of(question, plain)
        words = " ".join(getattr(item, "text", getattr(item, "label", "")) for item in page.items)
        assert "print" not in words.lower() + page.hint
        assert "of your receipt:" not in words
        assert "Take your receipt" not in words
        assert "p" not in page.keys
    for printed in (True, False):
        page = page_of(q.Decide(can_check=True, printed=printed), plain)
        about = " ".join(item.below for item in page.items if isinstance(item, Verb))
        assert ("compare it with the slip" in about) is printed
        assert ("compare" in about) is printed


@pytest.mark.parametrize("printed", [None, False, True])
def test_nobody_is_told_to_take_a_receipt_that_was_not_printed(printed: bool | None) -> None:
    page = page_of(q.HandBack(PIN, printed), frame("en", "85x24"))
    words = " ".join(item.text for item in page.items if isinstance(item, Words))
    assert ("Take your receipt" in words) is (printed is True)
    assert ("No receipt was printed" in words) is (printed is not True)


def test_every_page_of_officers_has_help_of_its_own() -> None:
    shown = frame("en", "85x24")
    phone = dataclasses.replace(shown, definition=dataclasses.replace(shown.definition, help_phone=""))
    pages = [page_of(question, phone) for question in questions()]
    assert not {page.key for page in pages if not page.voter and not page.help}


@pytest.mark.parametrize(("slips", "first"), [(None, d.Begin), (273, d.Begin), (0, d.CountAgain)])
def test_entry_slips_that_differ_are_told_before_the_box_is_closed(
    slips: int | None, first: type[d.Begin | d.CountAgain]
) -> None:
    page = page_of(t.AskSignatures((273, 273, 273), slips=slips), frame("en", "85x24"))
    text = " ".join(item.text for item in page.items if isinstance(item, Words))
    assert "The three numbers are equal." in text
    assert ("The entry slips differ from the votes." in text) == (slips == 0)
    assert isinstance(next(item.answer for item in page.items if isinstance(item, Verb)), first)


@pytest.mark.parametrize("phone", ["05 36 49 10 10", "+420 5 36 49 10 10", "+420 536 491 010, 536 491 011"])
@pytest.mark.parametrize("code", available())
def test_the_last_row_of_officers_has_the_telephone_and_the_number_of_the_file(code: str, phone: str) -> None:
    wide = frame(code, "85x24")
    shown = dataclasses.replace(wide.definition, help_phone=phone)
    page = page_of(t.AskSignatures(), dataclasses.replace(wide, width=80, manifest=12, definition=shown))
    assert cell_len(page.hint) <= 78
    assert phone in page.hint
    assert page.hint.endswith("12")
