"""What nobody meant at the officers' pages: what was typed stays, and nothing is pressed."""

from __future__ import annotations

import pytest
from textual import events

from station import answers as a
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from tests.simulator.terminal import Terminal
from tests.station.app.conftest import Play

pytestmark = pytest.mark.asyncio
PLACES = (t.Place.DESK, t.Place.INCIDENT, t.Place.CLOSING, t.Place.REPRINT)


async def harm(terminal: Terminal) -> None:
    """Control keys, the mouse, a pasted megabyte, and a window made too small and large again."""
    await terminal.press(*(f"ctrl+{letter}" for letter in "acdlnopqvwxz"), "ctrl+backslash", "alt+x", "f3")
    driver = terminal.app._driver
    assert driver is not None
    for kind in (events.MouseDown, events.MouseUp, events.MouseScrollDown):
        driver.send_message(kind(None, 5, 8, 0, 0, 1, False, False, False))
    terminal.app.post_message(events.Paste("1\n" * 500_000))
    for size in ((20, 5), (79, 24), (80, 23)):
        await terminal.resize(*size)
        assert size[0] < 79 or "Fenêtre trop petite" in terminal.flat
        await terminal.press("enter", "1", "down", "enter")
    await terminal.resize(85, 24)


@pytest.mark.parametrize("place", PLACES, ids=[place.value for place in PLACES])
async def test_what_nobody_meant_leaves_every_page_as_it_is(
    at_desk: Office, play: Play, place: t.Place
) -> None:
    at_desk.answer(d.Go(place))
    async with play(at_desk) as terminal:
        if place is not t.Place.REPRINT:
            await terminal.type("77")
        await terminal.press("left")
        before, typed = at_desk.question, terminal.app.page_screen.typed
        rows = terminal.rows()[:-3]
        await harm(terminal)
        assert at_desk.question == before
        assert terminal.app.page_screen.typed == typed
        assert terminal.rows()[:-3] == rows


async def test_a_person_who_was_let_in_is_still_the_one(at_desk: Office, play: Play) -> None:
    for answer in (a.Search("132"), a.Choose(132)):
        at_desk.answer(answer)
    async with play(at_desk) as terminal:
        before, rows = at_desk.question, terminal.rows()[:-3]
        await harm(terminal)
        assert at_desk.question == before
        assert terminal.rows()[:-3] == rows
