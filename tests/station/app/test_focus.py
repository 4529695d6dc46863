"""The focus comes back to where it was, whatever lay on top of the page in between."""

from __future__ import annotations

import pytest

from station.officers.office import Office
from tests.simulator.booth_face import BoothFace
from tests.simulator.hall import contest
from tests.simulator.terminal import PIN, Terminal
from tests.station.app.conftest import Play
from tests.station.app.test_day import let_in

pytestmark = pytest.mark.asyncio

PLACES = tuple(
    contest(f"lieu {number}", ("Un verger", "Des bancs", "Une cour", "Un abri")) for number in range(1, 16)
)


def focused(terminal: Terminal) -> str:
    """The row with the focus, without its price or its state."""
    rows = [row for row in terminal.rows() if row.lstrip().startswith(">")]
    assert len(rows) == 1, terminal.text
    return " ".join(rows[0].split())


async def cover_and_come_back(terminal: Terminal) -> None:
    await terminal.app.time_passed()
    await terminal.settle()
    assert "Êtes-vous encore là ?" in terminal.text
    await terminal.press("x")


async def help_before_the_cover(terminal: Terminal) -> None:
    await terminal.press("f1")
    await terminal.app.time_passed()
    await terminal.settle()
    await terminal.press("f1", "x", "x")


async def too_small_and_back(terminal: Terminal) -> None:
    await terminal.resize(20, 5)
    await terminal.press("down", "enter")
    await terminal.resize(85, 24)


async def keys(terminal: Terminal, *names: str) -> None:
    await terminal.press(*names)


async def resized(terminal: Terminal) -> None:
    await terminal.resize(42, 12)
    await terminal.resize(85, 24)


INTERRUPTIONS = {
    "help": lambda terminal: keys(terminal, "f1", "escape"),
    "help twice": lambda terminal: keys(terminal, "f1", "x", "f1", "enter"),
    "language": lambda terminal: keys(terminal, "f2", "escape"),
    "language chosen": lambda terminal: keys(terminal, "f2", "enter"),
    "help on the languages": lambda terminal: keys(terminal, "f2", "f1", "x", "escape"),
    "contrast": lambda terminal: keys(terminal, "f4"),
    "called worker": lambda terminal: keys(terminal, "f12", "escape"),
    "cover": cover_and_come_back,
    "help before the cover": help_before_the_cover,
    "too small": too_small_and_back,
    "small letters and large": resized,
}


async def test_what_lies_on_top_leaves_the_focus_where_it_was(play: Play) -> None:
    face = BoothFace(*PLACES)
    async with play(face) as terminal:
        await terminal.press("8")
        for name, interrupt in INTERRUPTIONS.items():
            assert "8 Lieu 8" in focused(terminal)
            await interrupt(terminal)
            assert "8 Lieu 8" in focused(terminal), f"in the list of contests, after {name}"
        await terminal.press("enter", "down", "down")
        for name, interrupt in INTERRUPTIONS.items():
            assert "Une cour" in focused(terminal)
            await interrupt(terminal)
            assert "Une cour" in focused(terminal), f"in a contest, after {name}"
        await terminal.press("enter")
        await terminal.choose("Continuer")
        assert "9 Lieu 9" in focused(terminal), "and the list goes on to the next"


async def test_another_language_leaves_the_focus_where_it_was(play: Play) -> None:
    face = BoothFace(*PLACES)
    async with play(face) as terminal:
        await terminal.press("3", "enter", "down", "f2", "down", "enter")
        assert "English" in terminal.text
        assert "Des bancs" in focused(terminal)


async def test_a_new_page_begins_at_its_first_line(play: Play) -> None:
    face = BoothFace(*PLACES)
    async with play(face) as terminal:
        await terminal.press("3", "enter", "down", "down", "f1", "x")
        await terminal.choose("Continuer")
        await terminal.press("3", "enter")
        assert "Un verger" in focused(terminal)


async def test_help_keeps_what_officers_had_typed_and_time_wipes_it(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.type("dup")
        await terminal.press("f1", "x")
        await terminal.type("o")
        assert "dupo" in terminal.text
        await terminal.press("f1")
        await terminal.app.time_passed()
        await terminal.settle()
        assert "dupo" not in terminal.text


async def test_the_next_voter_begins_at_the_first_line(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        await terminal.press("down", "down", "f12")
        await terminal.type(PIN)
        await terminal.press("enter")
        await let_in(terminal, "133")
        await terminal.press("enter")
        assert "1 Clarifier" in focused(terminal)


async def test_digits_go_to_the_line_of_that_number_wherever_the_focus_is(play: Play) -> None:
    face = BoothFace(*PLACES)
    async with play(face) as terminal:
        await terminal.press("5")
        assert "5 Lieu 5" in focused(terminal), "not 15: nobody pressed 1"
        await terminal.press("1", "5")
        assert "15 Lieu 15" in focused(terminal)
        await terminal.press("1", "up", "down", "2")
        assert "> 2 Lieu 2" in focused(terminal)
