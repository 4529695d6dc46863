"""Pages as numbered lines: what is said of each, and that everything on it can be reached by typing."""

from __future__ import annotations

import pytest

from keys.desk.catalogue import available
from keys.desk.language import Language
from station import answers as a
from station.listing import Reply, Spoken, item_rows, meaning, page_rows, step_of, step_rows, stops
from station.page import Drawing, Field, Line, Page, Sign, Verb, Words
from station.wording.lines import letters_row, lines_help
from station.wording.pages import page_of
from tests.station.wording.test_pages import GRADES, POINTS, RANKS, frame, questions

DRAWN = set("│─┌┐└┘├┤▀▄█■●")


def pages(code: str) -> list[Page]:
    return [page_of(question, frame(code, "85x24")) for question in questions()]


@pytest.mark.parametrize("code", available())
def test_every_page_is_said_in_short_rows_without_drawings(code: str) -> None:
    for page in pages(code):
        rows = page_rows(page, {}, page.note, letters_row(page, Language(code)))
        assert all(0 < len(row) <= 79 and row.isprintable() for row in rows), rows
        assert not DRAWN & set("".join(rows))


@pytest.mark.parametrize("code", available())
def test_everything_on_a_page_has_its_number(code: str) -> None:
    for page in pages(code):
        for number, item in enumerate(stops(page), start=1):
            meant = meaning(page, str(number), {})
            if isinstance(item, Line):
                assert item.number in {"", str(number)}, "the screen has another number"
                assert meant in {item, item.answer}
            elif isinstance(item, Field):
                assert meant is item
            else:
                assert isinstance(item, Verb)
                assert isinstance(meant, a.Answer)
        assert meaning(page, str(len(stops(page)) + 1), {}) is Reply.WRONG


def test_every_key_of_a_page_has_its_letters() -> None:
    letters = {"escape": "b", "f2": "L", "f12": "w"}
    for page in pages("fr"):
        for key, answer in page.keys.items():
            assert meaning(page, letters.get(key, key), {}) == answer
        for key, words in page.notes.items():
            assert meaning(page, letters.get(key, key), {}) == Spoken(words)


@pytest.mark.parametrize("question", [POINTS, RANKS, GRADES], ids=["points", "ranks", "grades"])
def test_what_arrows_do_on_a_line_can_be_typed(question: object) -> None:
    page = page_of(question, frame("fr", "85x24"))  # type: ignore[arg-type]
    for number, line in enumerate(stops(page), start=1):
        if not isinstance(line, Line):
            continue
        assert meaning(page, str(number), {}) is line
        by_number = {step.number: step.answer for step in line.steps if step.label}
        assert by_number
        assert {step_of(line, place) for place in by_number} == set(by_number.values())
        assert len([row for row in step_rows(line) if ") " in row[:3]]) == len(by_number)
        for key, sign in (("right", "+"), ("left", "-")):
            wanted = [step.answer for step in line.steps if sign in step.keys or key in step.keys]
            assert meaning(page, f"{number}{sign}", {}) in wanted
        for place, answer in by_number.items():
            assert meaning(page, f"{number} {place}", {}) == answer
        assert meaning(page, f"{number} 77", {}) is Reply.WRONG


def test_help_names_the_letters_that_work() -> None:
    page = page_of(POINTS, frame("en", "85x24"))
    assert "2+" in " ".join(lines_help(page, Language("en")))
    assert "+ or -" in letters_row(page, Language("en"))
    assert "w: call a poll worker" in letters_row(page, Language("en"))


def test_what_steers_a_terminal_is_left_out() -> None:
    line = Line("a\x1b[2Jb\u202ec", a.Done(), right="1\u00a0€   x [ y ]", sign=Sign.TICKED, detail="d\x07")
    page = Page("k", "t\x9b", (line, Drawing(("▀",)), Words("w", of_screen=True)), "l", "r", "h")
    assert item_rows(page, {}) == [["1) [x] a[2Jbc, 1 €, x [ y"], [], []]
    assert page_rows(page, {}, "", "") == ["l   r", "t", "1) [x] a[2Jbc, 1 €, x [ y"]


def test_what_means_nothing_is_said_to_mean_nothing() -> None:
    page = page_of(POINTS, frame("fr", "85x24"))
    for text in ("0", "x", "1x", "99999999999999999999", "²", "1 2 3", "-1", "++", "?1"):
        assert meaning(page, text, {}) is Reply.WRONG
    assert meaning(page, "  ", {}) is Reply.AGAIN
    assert meaning(page, "?", {}) is Reply.HELP
