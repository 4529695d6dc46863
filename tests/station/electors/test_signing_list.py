"""The paper list that people sign."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pypdfium2 import PdfDocument

from keys.election.list_place import LINES_A_PAGE, place
from keys.election.roll import Elector
from keys.paper.document import SigningLines
from keys.paper.pages import render_a4
from station.cli import cli
from station.day import Day
from station.electors.signing_list import signing_paper
from station.papers.letterhead import Letterhead
from station.printing import letterhead


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, (1, 1)), (20, (1, 20)), (21, (2, 1)), (132, (7, 12)), (1204, (61, 4))],
)
def test_every_page_has_as_many_lines(number: int, expected: tuple[int, int]) -> None:
    assert place(range(1, 1205), number) == expected


def test_lines_are_counted_by_place_and_not_by_number() -> None:
    numbers = [7, 30, 31, 500]
    assert [place(numbers, number) for number in numbers] == [(1, 1), (1, 2), (1, 3), (1, 4)]


@pytest.mark.parametrize("number", [0, 6, 8, 501])
def test_a_number_that_was_not_printed_has_no_line(number: int) -> None:
    assert place([7, 30, 31, 500], number) is None


def test_no_two_numbers_share_a_line() -> None:
    numbers = range(3, 300, 3)
    places = [place(numbers, number) for number in numbers]
    assert len(set(places)) == len(numbers)
    assert max(found.line for found in places if found) == LINES_A_PAGE


def _head(day: Day, language: str, **changes: Any) -> Letterhead:
    definition = replace(day.manifest.definition, **changes)
    return replace(letterhead(day, language), manifest=replace(day.manifest, definition=definition))


LONG = "De la Très Longue Famille de Quelque Part "


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everybody_is_printed_on_the_page_and_line_that_the_desk_tells(day: Day, language: str) -> None:
    numbers = [3 * at for at in range(1, 48)]
    electors = [Elector(number, LONG * 4, f"P{number}", "1958-03-14", note=LONG * 4) for number in numbers]
    titled = {"fr": LONG * 9, "en": LONG * 9}
    page = signing_paper(_head(day, language, title=titled, additions=0), day.station, electors)
    pages = [printed.get_textpage().get_text_range() for printed in PdfDocument(render_a4(page))]
    assert len(pages) == 3
    for number in numbers:
        found = place(numbers, number)
        assert found is not None
        # the line and the number of the person stand beside each other
        assert re.search(rf"^{found.line}\s+{number}\s", pages[found.page - 1], re.MULTILINE), number


def test_who_was_struck_off_keeps_a_line_and_cannot_sign_it(day: Day) -> None:
    electors = [elector for elector, _ in day.store.electors()]
    page = signing_paper(_head(day, "en", additions=0), day.station, electors).blocks[0]
    assert isinstance(page, SigningLines)
    assert len(page.rows) == len(electors)
    assert [row[0] for row in page.rows if row[4]] == ["11"]


def test_the_name_at_birth_stands_under_the_name(day: Day) -> None:
    married = Elector(1, "DUPONT", "Marie", "1958-03-14", birth_name="ROUX")
    single = Elector(2, "MARTIN", "Paul", "1958", note="the year alone is known")
    page = signing_paper(letterhead(day, "fr"), day.station, (married, single))
    block = page.blocks[0]
    assert isinstance(block, SigningLines)
    assert [row[2] for row in block.rows[:2]] == ["nom de naissance ROUX", "the year alone is known"]


def test_people_who_are_added_at_the_station_have_empty_lines(day: Day) -> None:
    electors = [elector for elector, _ in day.store.electors()]
    block = signing_paper(_head(day, "fr", additions=1), day.station, electors).blocks[0]
    assert isinstance(block, SigningLines)
    assert len(block.rows) == 2 * LINES_A_PAGE
    assert not any(any(row) for row in block.rows[len(electors) :])


def test_the_command_writes_the_list_for_its_owner_alone(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    done = CliRunner().invoke(cli, ["roll-list", "--dir", str(folder), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "Nom12 Camille" in PdfDocument(out)[0].get_textpage().get_text_range()
    assert out.stat().st_mode & 0o077 == 0
