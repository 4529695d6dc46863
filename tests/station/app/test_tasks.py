"""Twelve tasks of a Sunday, each with the most keys that it may take; cards come from the scanner."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from keys.desk.cards import Card
from keys.election.statement import Mode
from station import answers as a
from station.day import Day, open_day
from station.disk.state import State
from station.officers.office import Office
from station.visits.stages import Stage
from tests.simulator.ready import good_machine
from tests.simulator.terminal import PIN, Terminal
from tests.simulator.town import Loaded, load_machine
from tests.station.app.conftest import CLOSES, OCTOBER_4, DeskPrinter, Play, open_desk

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def at_most(terminal: Terminal, most: int) -> AsyncIterator[None]:
    """What is done in here takes so many keys at most."""
    before = terminal.keys
    yield
    used = terminal.keys - before
    assert used <= most, f"{used} keys, {most} at most"


@dataclass
class Machine:
    """An office, what it printed, and its clock, which the test moves."""

    folder: Path
    cards: tuple[Card, ...]
    stick: Path
    now: int = OCTOBER_4

    def __post_init__(self) -> None:
        self.printer = DeskPrinter()

    def office(self, day: Day) -> Office:
        """As at each start of the program."""
        return Office(
            day,
            self.printer,
            clock=lambda: self.now,
            stick=lambda: self.stick if self.stick.exists() else None,
            shuffle=lambda count: tuple(range(count)),
            closes=CLOSES,
            probe=good_machine(lambda: self.now),
        )

    def open(self, office: Office) -> Office:
        """Two officers have opened the desk."""
        return open_desk(office, self.cards)


@pytest.fixture
def machine(folder: Path, cards: tuple[Card, ...], tmp_path: Path) -> Machine:
    (tmp_path / "stick").mkdir()
    return Machine(folder, cards, tmp_path / "stick")


@pytest.fixture
def day(machine: Machine) -> Iterator[Day]:
    with open_day(machine.folder, Mode.OFFICIAL, lambda: machine.now) as opened:
        yield opened


@pytest.fixture
def desk(machine: Machine, day: Day) -> Office:
    return machine.open(machine.office(day))


@pytest.fixture(scope="session")
def fifteen(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load_machine(tmp_path_factory.mktemp("fifteen"), contests=15)


def hand_over(office: Office, number: int) -> None:
    for answer in (a.Search(str(number)), a.Choose(number), a.HandOver()):
        office.answer(answer)


def to_review(office: Office, *ticks: int) -> None:
    """A voter has chosen the language, ticked, and is at the review."""
    hand_over(office, 132)
    for answer in (a.LanguageChosen("fr"), *map(a.Tick, ticks), a.Done()):
        office.answer(answer)


def stage(office: Office) -> Stage:
    assert office.session is not None
    return office.session.stage


async def test_open(machine: Machine, day: Day, play: Play) -> None:
    async with play(machine.office(day)) as terminal:
        async with at_most(terminal, 18):
            await terminal.press("enter")
            assert "Vérification" in terminal.text
            await terminal.choose("Liste d'émargement papier")
            await terminal.choose("Cartes :")
            await terminal.choose("Ouvrir le bureau")
            await terminal.show_cards(machine.cards)
            await terminal.press("enter")
        assert "Votants 0 sur 6" in terminal.text
    assert day.state is State.OPEN
    assert machine.printer.printed == ["ZERO_REPORT"]


@pytest.mark.parametrize(("search", "most"), [("dupont marie", 16), ("133", 6)])
async def test_find_a_homonym(desk: Office, play: Play, search: str, most: int) -> None:
    async with play(desk) as terminal, at_most(terminal, most):
        await terminal.type(search)
        await terminal.press("enter", *(["right"] if search != "133" else []), "enter", "enter")
        assert "BONJOUR" in terminal.text
    assert desk.session is not None
    assert desk.session._desk.number == 133


async def test_vote_blank(desk: Office, day: Day, play: Play) -> None:
    hand_over(desk, 132)
    async with play(desk) as terminal, at_most(terminal, 7):
        await terminal.press("enter", "up", "enter")
        assert "AUCUN CHOIX. Ce sera un vote blanc." in terminal.text
        await terminal.press("enter")
        await terminal.press("enter", "down", "enter")
        assert "Votre vote est enregistré." in terminal.text
    assert day.counts().marks == 1


async def test_correct_a_choice(desk: Office, play: Play) -> None:
    to_review(desk, 0)
    async with play(desk) as terminal, at_most(terminal, 7):
        await terminal.press("up", "enter", "enter", "down", "enter", "tab", "enter")
        assert "Relisez vos choix." in terminal.text
        assert "Aire de jeux pour enfants" in terminal.text
        assert "Clarifier les priorités" not in terminal.text


async def test_leave_out_14_of_15_contests(fifteen: Loaded, tmp_path: Path, play: Play) -> None:
    folder = shutil.copytree(fifteen.folder, tmp_path / "fifteen")
    machine = Machine(folder, fifteen.cards, tmp_path / "none")
    with open_day(folder, Mode.OFFICIAL, lambda: OCTOBER_4) as day:
        office = machine.open(machine.office(day))
        hand_over(office, 132)
        office.answer(a.LanguageChosen("fr"))
        async with play(office) as terminal, at_most(terminal, 6):
            assert "Sujets avec un choix : 0 sur 15" in terminal.text
            await terminal.press("enter", "enter", "tab", "enter", "r")
            assert "14 sujets sans choix : blancs" in terminal.text
            await terminal.press("enter")
            assert stage(office) is Stage.COMMITTED


async def test_challenge(desk: Office, machine: Machine, day: Day, play: Play) -> None:
    to_review(desk, 0)
    async with play(desk) as terminal, at_most(terminal, 6):
        await terminal.press("enter")
        await terminal.press("enter", "down", "down", "enter")
        assert "Ces choix ne sont PAS comptés." in terminal.text
        assert "La feuille s'imprime." in terminal.text
        await terminal.press("enter")
        assert "BONJOUR" in terminal.text
    assert machine.printer.printed[-2:] == ["slip 1", "sheet"]
    assert day.counts().marks == 0


async def test_cancel_before_the_voter_sits_down(desk: Office, play: Play) -> None:
    async with play(desk) as terminal:
        for last, most in (("escape", 6), ("down", 8)):
            async with at_most(terminal, most):
                await terminal.type("132")
                await terminal.press("enter", "enter")
                assert "personne n° 132" in terminal.text
                await terminal.press(*(["escape"] if last == "escape" else ["down", "down", "enter"]))
                assert "Votants 0 sur 6" in terminal.text


async def test_cancel_at_the_machine(desk: Office, play: Play) -> None:
    to_review(desk, 0)
    async with play(desk) as terminal, at_most(terminal, 6):
        await terminal.press("f12")
        assert "Clarifier" not in terminal.text
        await terminal.type(PIN)
        await terminal.press("enter")
        assert "Votants 0 sur 6" in terminal.text


async def test_pause_and_reopen(desk: Office, machine: Machine, day: Day, play: Play) -> None:
    async with play(desk) as terminal:
        async with at_most(terminal, 2):
            await terminal.press("f6")
            await terminal.show_cards(machine.cards, pin=False)
            assert "Le vote est en pause" in terminal.text
        assert machine.printer.printed[-1] == "PAUSE_REPORT"
        async with at_most(terminal, 12):
            await terminal.press("enter")
            await terminal.show_cards(machine.cards)
            assert "Votants 0 sur 6" in terminal.text
    assert day.state is State.OPEN


@pytest.mark.parametrize("voted", [False, True], ids=["before the vote", "after it"])
async def test_power_cut_in_the_middle_of_a_visit(
    desk: Office, machine: Machine, day: Day, play: Play, voted: bool
) -> None:
    to_review(desk, 0)
    async with play(desk) as terminal:
        await terminal.press("enter")
        await terminal.press("enter")
        if voted:
            await terminal.press("down", "enter")
    async with play(machine.office(day)) as terminal, at_most(terminal, 18):
        assert "Clarifier" not in terminal.text
        await terminal.type("132")
        await terminal.press("enter")
        said = "EST enregistré" if voted else "N'EST PAS enregistré"
        assert f"N° 132 : le vote {said}." in terminal.text
        await terminal.press("down", "down", "enter")
        await terminal.show_cards(machine.cards)
        assert f"Votants {int(voted)} sur 6" in terminal.text
    assert day.counts().marks == int(voted)


async def test_reprint(desk: Office, machine: Machine, play: Play) -> None:
    async with play(desk) as terminal, at_most(terminal, 3):
        await terminal.press("f9", "enter")
        assert "Impression en cours." in terminal.text
        await terminal.press("escape")
        assert "Votants 0 sur 6" in terminal.text
    assert machine.printer.printed[-1] == "ZERO_REPORT duplicate"


async def test_close_and_export(desk: Office, machine: Machine, day: Day, play: Play) -> None:
    machine.now = CLOSES + 600
    async with play(desk) as terminal:
        async with at_most(terminal, 14):
            await terminal.press("f8")
            await terminal.choose("Plus personne dans la file")
            await terminal.press("down")
            await terminal.type("0")
            await terminal.press("down", "down")
            await terminal.type("0")
            await terminal.choose("Comparer")
            await terminal.press("enter")
            await terminal.show_cards(machine.cards, pin=False)
            assert "Le bureau est fermé." in terminal.text
        assert day.state is State.CLOSED
        assert machine.printer.printed[-1] == "CLOSING_REPORT"
        async with at_most(terminal, 3):
            await terminal.press("enter")
            assert "Copie terminée et relue." in terminal.text
            await terminal.choose("Imprimer la liste des codes")
    assert machine.printer.printed[-1] == "trackers"
    assert list(machine.stick.rglob("box.sqlite"))
