"""Pages as numbered lines: what is said of each, and that everything on it can be reached by typing."""

from __future__ import annotations

import re

import pytest

from keys.desk.catalogue import available
from keys.desk.language import Language
from station import answers as a
from station.faces.listing import (
    Reply,
    Spoken,
    item_rows,
    meaning,
    page_parts,
    parted,
    step_of,
    step_rows,
    stops,
)
from station.wording.lines import aloud, letters_row, lines_help
from station.wording.page import Drawing, Field, Line, Page, Sign, Verb, Words
from station.wording.pages import page_of
from tests.station.wording.test_pages import GRADES, POINTS, RANKS, frame, questions

DRAWN = set("│─┌┐└┘├┤▀▄█■●")


def pages(code: str) -> list[Page]:
    return [page_of(question, frame(code, "85x24")) for question in questions()]


@pytest.mark.parametrize("code", available())
def test_every_page_is_said_in_short_rows_without_drawings(code: str) -> None:
    for page in pages(code):
        letters = letters_row(page, Language(code))
        parts = page_parts(aloud(page, Language(code)), {}, head=page.left, note=page.note, letters=letters)
        rows = [row for part in parts for row in part]
        assert all(0 < len(row) <= 79 and row.isprintable() for row in rows), rows
        assert not DRAWN & set("".join(rows))


@pytest.mark.parametrize("code", available())
def test_everything_on_a_page_has_its_number(code: str) -> None:
    for page in pages(code):
        for number, item in enumerate(stops(page), start=1):
            meant = meaning(page, str(number), {})
            if isinstance(item, Line):
                assert item.number in {"", str(number)}, "the screen has another number"
                assert meant in {item, item.answer, *(step.answer for step in item.steps if step.label)}
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
            assert meaning(page, letters.get(key, key), {}) == Spoken((words,))


@pytest.mark.parametrize("question", [POINTS, RANKS, GRADES], ids=["points", "ranks", "grades"])
def test_what_arrows_do_on_a_line_can_be_typed(question: object) -> None:
    page = page_of(question, frame("fr", "85x24"))  # type: ignore[arg-type]
    for number, line in enumerate(stops(page), start=1):
        if not isinstance(line, Line):
            continue
        by_number = {step.number: step.answer for step in line.steps if step.label}
        assert by_number
        alone = len(by_number) == 1
        assert meaning(page, str(number), {}) is (by_number["1"] if alone else line)
        assert {step_of(line, place) for place in by_number} == set(by_number.values())
        listed = [row for row in step_rows(line) if ") " in row[:3]]
        assert len(listed) == (0 if line.ask else len(by_number))
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
    line = Line(
        "a\x1b[2Jb\u202ec", a.Done(), right="1\u00a0€   x [ y ]", sign=Sign.TICKED, details=("d\x07",)
    )
    page = Page("k", "t\x9b", (line, Drawing(("▀",)), Words("w", of_screen=True)), "l", "r", "h")
    assert item_rows(page, {}) == [["1) a[2Jbc, 1 €, x [ y"], [], []]
    assert page_parts(page, {}, head="h\x07") == [["h", "t"], ["1) a[2Jbc, 1 €, x [ y"], [], [], []]


def test_no_number_stands_before_what_is_no_choice() -> None:
    """Steps are numbered on a screen; to the ear their numbers would be those of the choices."""
    for code in ("fr", "en"):
        for question in questions():
            page = aloud(page_of(question, frame(code, "85x24")), Language(code))
            for item, rows in zip(page.items, item_rows(page, {}), strict=True):
                assert not (isinstance(item, Words) and re.match(r"\d+[.)]", "".join(rows))), rows


def test_signs_are_words_and_nothing_given_is_said_of_a_change_alone() -> None:
    lines = (
        Line("Oak", a.Tick(0), sign=Sign.TICKED, right="€ 1"),
        Line("Elm", a.Tick(1), sign=Sign.UNCHOSEN),
        Line("Ash", a.Tick(2), mark=" 2nd "),
        Line("Fir  \u00a0tree", a.Tick(3), mark=" -  ", right="-"),
        Line("Yew", a.Tick(4), right="€ 2   0 points", nothing="0 points"),
    )
    page = Page("k", "t", lines, "l", "r", "h")
    said = [row for rows in item_rows(aloud(page, Language("en")), {}) for row in rows]
    assert said == ["1) Oak, chosen, € 1", "2) Elm", "3) Ash, 2nd", "4) Fir tree", "5) Yew, € 2"]
    changed = [row for rows in item_rows(aloud(page, Language("en"), changed=True), {}) for row in rows]
    assert changed == ["1) Oak, chosen, € 1", "2) Elm, not chosen", *said[2:4], "5) Yew, € 2, 0 points"]


def test_columns_are_parted_by_commas_and_a_code_by_blanks() -> None:
    items = (Words("Votes 0   Marks 0"), Words("4T8W   M2RK", apart=True), Words("A bank.  A tree"))
    page = Page("k", "t", (*items, Words("Oak", mark="4T8W - M2RK   ")), "l", "r", "h")
    assert [row for rows in item_rows(page, {}) for row in rows] == [
        "Votes 0, Marks 0",
        "4T8W M2RK",
        "A bank. A tree",
        "4T8W - M2RK, Oak",
    ]


def test_a_long_page_comes_in_screens_and_no_part_is_broken() -> None:
    parts = [["a"], [], ["b", "c"], ["d"], ["e", "f", "g", "h", "i"]]
    assert parted(parts, 3) == [["a", "b", "c"], ["d"], ["e", "f", "g", "h", "i"]]
    assert parted(parts, 99) == [[row for part in parts for row in part]]


def test_what_means_nothing_is_said_to_mean_nothing() -> None:
    page = page_of(POINTS, frame("fr", "85x24"))
    for text in ("0", "x", "1x", "99999999999999999999", "²", "1 2 3", "-1", "++", "?1"):
        assert meaning(page, text, {}) is Reply.WRONG
    assert meaning(page, "  ", {}) is Reply.AGAIN
    assert meaning(page, "?", {}) is Reply.HELP
