"""Every page of the voter, in every language, at four sizes of letters: nothing is cut, everything can be reached.

The contests are those of a real vote (Toulouse 2019, `tests/data`), with the longest title that its words allow.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Static

from keys.desk.catalogue import available
from keys.desk.chosen import Chosen
from keys.desk.language import Language
from keys.desk.spending import Spending
from station import answers as a
from station import questions as q
from station.visits import contest_questions as c
from station.visits.chosen import ContestLine
from station.widgets.layout import field_rows, line_rows, verb_rows, wrap
from station.wording.page import Field, Line, Page, Verb, Words
from station.wording.pages import page_of
from tests.simulator.terminal import Terminal
from tests.simulator.typed import as_typed
from tests.station.app.conftest import Play
from tests.station.wording.test_pages import GRADES, MARKS, POINTS, RANKS, frame, questions

SIZES = [(42, 12), (56, 16), (85, 24), (170, 48)]
NAMES = [f"{width}x{height}" for width, height in SIZES]
TITLE = "Réaménagement de la place du marché couvert, de ses abords et des allées Charles-de-Fitte"
_WORKERS = 80
"""Cells that the officers' pages need."""
BUDGET = Path(__file__).parents[2] / "data" / "budgets" / "toulouse-2019.pb"


def projects() -> tuple[c.OptionLine, ...]:
    lines = BUDGET.read_text("utf-8").partition("PROJECTS\n")[2].partition("VOTES\n")[0].splitlines()[1:]
    rows = [line.split(";") for line in lines]
    return tuple(
        c.OptionLine(place, row[4], row[4][:60], int(row[1]), (), place == 1)
        for place, row in enumerate(rows)
    )


def long_questions() -> list[q.Question]:
    """Contests and reviews with the names of a real vote, and the longest title."""
    real = projects()
    assert len(real) == 30
    shapes = (MARKS, POINTS, RANKS, GRADES)
    contests = [dataclasses.replace(question, title=TITLE, options=real) for question in shapes]
    contests += [dataclasses.replace(question, title=TITLE) for question in spending(real)]
    lists = tuple(
        dataclasses.replace(line, members=tuple(f"Prénom NOM-COMPOSÉ {seat}" for seat in range(1, 10)))
        for line in real[:3]
    )
    lines = tuple(ContestLine(place, f"{TITLE} {place}", (), 3, 10) for place in range(15))
    return [
        *contests,
        dataclasses.replace(MARKS, title=TITLE, options=lists, most=1),
        q.ListContests(lines, 7),
        q.ListContests(tuple(dataclasses.replace(line, chosen=(Chosen(real[2].name),)) for line in lines), 7),
        c.ConfirmBlank(TITLE, 2),
        c.Incomplete(TITLE, 2, False),
        q.Review((*filled(lines[:4]), lines[5])),
        q.Review(lines),
    ]


def spending(real: tuple[c.OptionLine, ...]) -> list[c.AskMarks]:
    """The same under a spending limit of millions, of which little is left: refused, and not."""
    spent = Spending(4_987_500, 5_000_000, "CZK")
    lines = tuple(
        dataclasses.replace(line, fits=bool(line.value) or (line.cost or 0) <= spent.left) for line in real
    )
    assert sum(not line.fits for line in lines) == 20
    asked = dataclasses.replace(MARKS, options=lines, most=30, currency="CZK", spending=spent)
    notices = (c.Notice.TOO_DEAR, c.Notice.BEYOND)
    return [asked, *(dataclasses.replace(asked, notice=notice, over=1_234_500) for notice in notices)]


def filled(lines: tuple[ContestLine, ...]) -> tuple[ContestLine, ...]:
    chosen = next(
        line for question in questions() if isinstance(question, q.Review) for line in question.lines
    )
    return tuple(dataclasses.replace(chosen, contest=line.contest, title=line.title) for line in lines)


@pytest.mark.parametrize("code", available())
@pytest.mark.parametrize("size", SIZES, ids=NAMES)
def test_no_word_of_a_page_is_cut(code: str, size: tuple[int, int]) -> None:
    sized = dataclasses.replace(frame(code, "85x24"), width=size[0], height=size[1])
    for question in (*questions(), *long_questions()):
        page = page_of(question, sized)
        width = size[0] - (2 if sized.small else 4)
        for item in page.items:
            if isinstance(item, Field) and (page.voter or size[0] >= _WORKERS):
                _check_field(item, width)
        if not page.voter:
            continue
        places = range(-1, sum(isinstance(item, Line) for item in page.items))
        notes = [page.note, page.problem, page.notice, page.screen_note, *page.notes.values()]
        notes += [page.note_at(place) for place in places] if page.note_at else []
        assert len(wrap(page.title, width)) <= 2, page.title
        assert cell_len(page.hint) <= size[0] - 2, page.hint
        assert all(len(wrap(note, size[0] - 2)) <= 2 for note in notes), notes
        for item in page.items:
            if isinstance(item, Line):
                _check_line(item, width)
            elif isinstance(item, Verb):
                _check_rows(verb_rows(item, width, focused=True), width, f"[ {item.label} ]{item.below}")


def _check_line(item: Line, width: int) -> None:
    """Whole while it has the focus, and no wider than the window with or without it."""
    rows = line_rows(item, width, focused=True)
    right = item.right + item.drawn
    assert rows[0].endswith(right), rows
    _check_rows(
        [rows[0].removesuffix(right), *rows[1:]], width, item.label + item.below + "".join(item.details)
    )
    assert all(cell_len(row) <= width for row in (*rows, *line_rows(item, width, focused=False)))


def _check_field(item: Field, width: int) -> None:
    """The whole label, its further rows below its first and not below the mark of the focus; then the box."""
    first, *rest = field_rows(item, "", width, focused=True, plain=False)
    assert first.startswith("> ")
    assert all(row.startswith("  ") for row in rest), rest
    assert "[ _" in [first, *rest][-1]
    _check_rows([first, *rest], width, item.label)


def _check_rows(rows: list[str], width: int, words: str) -> None:
    assert all(cell_len(row) <= width for row in rows), rows
    assert _same(words) in _same("".join(rows)), rows


class Gallery:
    """A face that shows one question after the other, and hears nothing."""

    finished = False
    patience = None

    language = Language("fr")
    question: q.Question = q.Stopped(q.PinField())

    def page(self, width: int, height: int) -> Page:
        page = page_of(self.question, dataclasses.replace(frame("fr", "85x24"), width=width, height=height))
        return dataclasses.replace(page, key=f"{page.key} {id(self.question)}")

    def answer(self, answer: a.Answer) -> None:
        raise AssertionError(answer)

    def is_slow(self, answer: a.Answer) -> bool:
        return False


@pytest.mark.asyncio
@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_everything_on_a_long_page_is_reached_and_seen(play: Play, size: tuple[int, int]) -> None:
    gallery = Gallery()
    async with play(gallery, size) as terminal:
        for gallery.question in long_questions():
            await terminal.app.draw()
            await terminal.settle()
            page = terminal.app.page_screen.page
            assert page is not None
            assert _same(page.title) in _same(terminal.text), f"title cut: {page.title}\n{terminal.text}"
            assert _same(page.hint) in _same(terminal.rows()[-1]), terminal.text
            stops = terminal.app.page_screen.stops
            for place in sorted({0, len(stops) // 2, len(stops) - 1}):
                await _check_stop(terminal, place)


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", [q.Recorded, q.ChooseLanguage])
async def test_arrows_alone_show_what_stands_beyond_the_first_and_the_last_stop(
    play: Play, kind: type[q.Question]
) -> None:
    gallery = Gallery()
    codes = tuple(f"CODE - {number:04}" for number in range(15))
    recorded = next(question for question in questions() if isinstance(question, q.Recorded))
    async with play(gallery, (42, 12)) as terminal:
        gallery.question = dataclasses.replace(recorded, codes=codes, titles=codes)
        if kind is q.ChooseLanguage:
            gallery.question = q.ChooseLanguage(tuple(available()), available()[0], first=True)
        await terminal.app.draw()
        await terminal.settle()
        page = terminal.app.page_screen.page
        assert page is not None
        words = [item.text for item in page.items if isinstance(item, Words)]
        for key in ("down", "up"):
            seen: set[str] = set()
            for _ in range(24):
                seen |= {text for text in words if _same(text) in _same(terminal.text)}
                await terminal.press(key)
            missing = [text for text in words if text.startswith("CODE") and text not in seen]
            assert not missing, key
        if kind is q.ChooseLanguage:
            await terminal.press(*["down"] * (len(available()) - terminal.app.page_screen.place))
            last = [piece for piece in terminal.app.page_screen.body.pieces if piece.display][-1].item
            assert isinstance(last, Words)
            assert _same(last.text) in _same(terminal.text)


async def _check_stop(terminal: Terminal, place: int) -> None:
    """It is seen while it has the focus, whole where there is room, and the note says where it is."""
    screen = terminal.app.page_screen
    screen.focus_place(place)
    await terminal.settle()
    stop, body = screen.stops[place], screen.body.region
    assert body.y <= stop.region.y < body.bottom, f"not in view: {stop.item}\n{terminal.text}"
    if stop.region.height <= body.height:
        assert stop.region.bottom <= body.bottom, f"not whole: {stop.item}\n{terminal.text}"
    note = str(screen.query_one("#note", Static).content)
    assert _same(note) in _same(terminal.text), f"note cut: {note}\n{terminal.text}"


def _same(text: str) -> str:
    return "".join(as_typed(text).split())
