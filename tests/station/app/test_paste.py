"""What is pasted: a card into the officers' field, and nothing anywhere else."""

from __future__ import annotations

import pytest
from textual import events

from keys.desk.cards import Card
from station.checks.readiness import Point
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from tests.simulator.terminal import Terminal
from tests.station.app.conftest import Play

pytestmark = pytest.mark.asyncio


async def paste(terminal: Terminal, text: str) -> str:
    """Paste after looking at the page for a while; gives what stood there before."""
    await terminal.press("backspace")
    before = terminal.text
    terminal.app.post_message(events.Paste(text))
    await terminal.settle()
    return before


async def test_a_card_is_pasted(office: Office, cards: tuple[Card, ...], play: Play) -> None:
    office.answer(d.Begin(t.Purpose.OPEN))
    office.answer(d.CheckPoint(Point.LIST))
    office.answer(d.Begin(t.Purpose.OPEN))
    async with play(office) as terminal:
        await paste(terminal, cards[0].text + "\n")
        assert " ".join(["****"] * 8) in terminal.text
        await terminal.press("enter")
        assert "carte 1 lue" in terminal.text


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "3H73\n2FFN", "\x1b[2J", ""], ids=["long", "two", "steers", "none"]
)
async def test_nothing_else_is_pasted(office: Office, play: Play, text: str) -> None:
    office.answer(d.Begin(t.Purpose.OPEN))
    office.answer(d.CheckPoint(Point.LIST))
    office.answer(d.Begin(t.Purpose.OPEN))
    async with play(office) as terminal:
        assert await paste(terminal, text) == terminal.text


async def test_nothing_is_pasted_where_a_voter_is(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        assert await paste(terminal, "4711") == terminal.text


async def test_nothing_is_pasted_where_a_voter_was(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        await terminal.choose("Continuer")
        await terminal.choose("Continuer avec ces choix")
        await terminal.press("enter")
        await terminal.choose("Voter")
        await terminal.choose("Terminer")
        assert "Membre du bureau, votre code" in terminal.text
        assert await paste(terminal, "4711") == terminal.text
