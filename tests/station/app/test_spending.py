"""A spending limit in the booth: what is spent and left is said, too much is refused and nothing else happens."""

from __future__ import annotations

import pytest

from keys.election.rules import Form
from station.visits.stages import Stage
from tests.simulator.booth_face import BoothFace
from tests.simulator.hall import contest
from tests.simulator.lines import Person, Reader, read_through
from tests.simulator.terminal import Terminal
from tests.station.app.conftest import Play
from tests.station.app.test_forms import PROJECTS, vote

COSTS = (60_000, 25_000, 40_000, 12_000, 135_000)
BUDGET = contest("budget", PROJECTS, most=5, costs=COSTS, form=Form.APPROVALS, spend=100_000)


def focused(terminal: Terminal) -> str:
    (row,) = (row for row in terminal.text.split("\n") if row.lstrip().startswith("> "))
    return " ".join(row.split())


@pytest.mark.asyncio
async def test_what_is_spent_and_left_is_said_and_too_much_is_refused(play: Play) -> None:
    face = BoothFace(BUDGET)
    async with play(face) as terminal:
        assert "Budget : faites des choix pour 100 000 € au plus, ou votez blanc." in terminal.flat
        assert "Choix : 0 € sur 100 000 €, reste 100 000 €. Ligne 1 sur 5." in terminal.flat
        assert terminal.text.count("trop cher") == 1
        assert "Un abri trop cher 135 000 €" in terminal.flat
        await terminal.press("enter", "down", "enter")
        assert "Choix : 85 000 € sur 100 000 €, reste 15 000 €. Ligne 2 sur 5." in terminal.flat
        assert "Rénover le terrain trop cher 40 000 €" in terminal.flat
        assert "Des bancs 12 000 €" in terminal.flat
        await terminal.press("down", "enter")
        assert "25 000 € de trop. Décochez d'abord des choix pour au moins 25 000 €." in terminal.flat
        assert focused(terminal) == "> [ ] 3 Rénover le terrain trop cher 40 000 €"
        await terminal.press("up", "enter", "down", "enter")
        assert "Choix : 100 000 € sur 100 000 €, reste 0 €. Ligne 3 sur 5." in terminal.flat
        await terminal.press("down", "down", "enter")
        assert "Ce choix coûte à lui seul plus de 100 000 €, votre maximum." in terminal.flat
        await terminal.choose("Continuer")
        assert "Budget : 2 sur 5 possibles" in terminal.flat
        assert "- Rénover le terrain Choix : 100 000 € sur 100 000 €, reste 0 €." in terminal.flat
        await terminal.choose("Budget")
        assert await vote(terminal, face) == (1, 0, 1, 0, 0)


@pytest.mark.asyncio
@pytest.mark.parametrize("size", [(42, 12), (56, 16)])
async def test_the_smallest_screens_say_the_same(play: Play, size: tuple[int, int]) -> None:
    face = BoothFace(BUDGET)
    async with play(face, size) as terminal:
        await terminal.press("enter", "down", "enter", "down")
        assert "Choix : 85 000 sur 100 000 €, reste 15 000. Ligne 3 sur 5." in terminal.flat
        assert focused(terminal).startswith("> [ ] 3") and focused(terminal).endswith("trop cher")
        await terminal.press("enter")
        assert "25 000 € de trop. Décochez d'abord des choix pour au moins 25 000 €." in terminal.flat
        assert focused(terminal).startswith("> [ ] 3")
        await terminal.press("down", "enter")
        assert "Choix : 97 000 sur 100 000 €, reste 3 000. Ligne 4 sur 5." in terminal.flat
        await terminal.choose("Continuer")
        await terminal.choose("Budget")
        assert await vote(terminal, face) == (1, 1, 0, 1, 0)


@pytest.mark.asyncio
async def test_one_choice_moves_only_where_it_can_be_paid(play: Play) -> None:
    face = BoothFace(contest("un", PROJECTS, most=1, costs=COSTS, form=Form.APPROVALS, spend=59_999))
    async with play(face) as terminal:
        assert "Vos choix peuvent coûter au plus 59 999 € en tout." in terminal.flat
        await terminal.press("down", "enter", "down", "enter")
        assert "« Rénover le terrain » est choisi à la place de « Un verger au lac »." in terminal.flat
        await terminal.press("up", "up", "enter")
        assert "Ce choix coûte à lui seul plus de 59 999 €, votre maximum." in terminal.flat
        await terminal.choose("Continuer")
        assert "Choix : 40 000 € sur 59 999 €, reste 19 999 €." in terminal.flat
        await terminal.choose("Un")
        assert await vote(terminal, face) == (0, 0, 1, 0, 0)


def test_plain_lines_say_the_same() -> None:
    face, reader = BoothFace(BUDGET), Reader()

    def person(reader: Reader) -> Person:
        assert "Budget : faites des choix pour 100 000 € au plus, ou votez blanc." in reader.flat
        assert "5) Un abri, trop cher, 135 000 €" in reader.flat
        yield "1"
        yield "2"
        assert "3) Rénover le terrain, pas choisi, trop cher, 40 000 €" in reader.flat
        assert "Choix : 85 000 € sur 100 000 €, reste 15 000 €." in reader.flat
        assert reader.flat.count("Un abri") == reader.flat.count("Des bancs") == 1, (
            "said again, and nothing new"
        )
        yield "3"
        assert "25 000 € de trop. Décochez d'abord des choix pour au moins 25 000 €." in reader.flat
        assert "Rénover le terrain, choisi" not in reader.flat
        yield "2"
        assert "3) Rénover le terrain, pas choisi, 40 000 €" in reader.flat
        yield "3"
        assert "3) Rénover le terrain, choisi, 40 000 €" in reader.flat
        assert reader.flat.count("Choix : 100 000 € sur 100 000 €, reste 0 €.") == 1
        yield "6"
        assert "Choix : 100 000 € sur 100 000 €, reste 0 €." in reader.flat.partition("Relisez")[2]

    read_through(face, reader, person(reader))
    assert face.session.stage is Stage.REVIEWING
