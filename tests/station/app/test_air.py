"""A page that just fits without air is shown without; one that is longer, or shorter, keeps it."""

from __future__ import annotations

import dataclasses

import pytest

from station import answers as a
from station.faces.face import Face
from station.widgets.air import fits_without_air_alone
from station.wording.page import Line, Page, Verb, Words
from tests.simulator.booth_face import BoothFace
from tests.station.app.conftest import Play
from tests.station.app.test_focus import PLACES

PAGE = Page(
    "list",
    "Fifteen topics",
    (
        Words("Left out means blank."),
        *(Line(f"Topic {number}", a.OpenContest(number)) for number in range(15)),
        Verb("Review", a.Done()),
    ),
    "left",
    "right",
    "hint",
)
"""3 fixed rows, title, paragraph, 15 lines, button: 21 rows; 4 of air."""


@pytest.mark.parametrize(("height", "alone"), [(20, False), (21, True), (24, True), (25, False)])
def test_air_goes_where_the_page_fits_without_it_alone(height: int, alone: bool) -> None:
    assert fits_without_air_alone(PAGE, 85, height) is alone


def test_paragraphs_that_take_turns_and_lines_beside_each_other_count_once() -> None:
    turns = tuple(Words("Hello", shown_for=code) for code in ("fr", "en", "de"))
    said = dataclasses.replace(PAGE, items=(*turns, *PAGE.items[1:]))
    line = Line("Topic", a.OpenContest(1), column=True)
    columns = (*PAGE.items[:-2], line, line, line)
    beside = dataclasses.replace(PAGE, items=(*columns, PAGE.items[-1]))
    for page in (said, beside):
        assert not fits_without_air_alone(page, 85, 20)
        assert fits_without_air_alone(page, 85, 21)


@pytest.mark.asyncio
async def test_fifteen_contests_and_the_way_on_are_one_screen(play: Play) -> None:
    face: Face = BoothFace(*PLACES)
    async with play(face) as terminal:
        assert "15 Lieu 15" in terminal.text
        assert "Relire mes choix" in terminal.text
        await terminal.resize(85, 30)
        rows = terminal.text.split("\n")
        assert rows[1] == ""
        assert "Relire mes choix" in terminal.text
