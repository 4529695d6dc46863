"""The officers add somebody on the screen, note a proxy, and send on whoever stands at the wrong station."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keys.desk.cards import Card
from keys.election.report import ClosingReport
from keys.election.statement import Mode
from keys.paper.document import Table
from station import questions as q
from station.checks.readiness import Point
from station.day import Closing, Day, open_day
from station.disk.additions import Added
from station.disk.log import EventKind
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from station.officers.standing import show_standing
from station.papers.reportpapers import report_paper
from station.printing import letterhead
from tests.simulator.polling import PollingPlaces
from tests.simulator.ready import good_machine
from tests.simulator.terminal import PIN
from tests.station.app.conftest import CLOSES, OCTOBER_4, DeskPrinter, Play

pytestmark = pytest.mark.asyncio


@pytest.fixture
def cards(polling: PollingPlaces) -> tuple[Card, ...]:
    return polling.cards["m1", Mode.OFFICIAL]


@pytest.fixture
def day(tmp_path: Path, polling: PollingPlaces) -> Iterator[Day]:
    """A day of a station that may add two electors; a second station has people of the same names."""
    with open_day(polling.loaded(tmp_path)[0], Mode.OFFICIAL, lambda: OCTOBER_4) as opened:
        yield opened


@pytest.fixture
def desk(day: Day, printer: DeskPrinter, cards: tuple[Card, ...]) -> Office:
    office = Office(
        day,
        printer,
        clock=lambda: OCTOBER_4,
        stick=lambda: None,
        shuffle=lambda count: tuple(range(count)),
        closes=CLOSES,
        probe=good_machine(lambda: OCTOBER_4),
    )
    shown = (d.CardTyped(card.text) for card in cards[:2])
    check = (d.Begin(t.Purpose.OPEN), d.CheckPoint(Point.LIST))
    for answer in (
        *check,
        d.Begin(t.Purpose.OPEN),
        *shown,
        d.PinChosen(PIN, PIN),
        d.Confirm(),
        d.Go(t.Place.DESK),
    ):
        office.answer(answer)
    return office


async def test_somebody_is_added_with_two_cards(
    desk: Office, day: Day, cards: tuple[Card, ...], play: Play
) -> None:
    async with play(desk) as terminal:
        await terminal.type("emile")
        await terminal.press("enter")
        await terminal.choose("Ajouter une personne")
        for text in ("Emile", "Zoe", "3/2/2001"):
            await terminal.type(text)
            await terminal.press("enter")
        await terminal.press("enter")
        assert "Tapez le nom, la date de naissance et la raison." in terminal.flat
        await terminal.type("decision du 12 septembre")
        await terminal.press("enter")
        assert "Ajouter une personne : deux cartes" in terminal.flat
        assert "EMILE Zoe, né(e) le 3 février 2001" in terminal.flat
        assert day.counts().additions == 0
        await terminal.show_cards(cards, pin=False)
        assert day.counts().additions == 1
        assert "n° 13  EMILE Zoe" in terminal.text, "who was added is shown at once"
        assert "Écrivez son nom et ce numéro à la fin de la liste papier." in terminal.flat
        await terminal.choose("n° 13")
        await terminal.choose("Laisser la place")
        await terminal.press("enter", "r")
        for label in ("Continuer avec ces choix", "J'ai", "[ Voter ]"):
            await terminal.choose(label)
        await terminal.choose("Terminer")
        await terminal.type(PIN)
        await terminal.press("enter")
        assert "n° 13  EMILE Zoe" in terminal.text
        assert "Page" not in terminal.text, "the printed list has no such line"
        await terminal.choose("Départ sans signature")
        assert "Une personne est partie après le vote" in terminal.flat
        await terminal.press("enter")
        assert "Votants 1 sur 12" in terminal.text
    incidents = [event.text for event in day.store.events() if event.kind is EventKind.INCIDENT]
    assert incidents == ["Une personne est partie après le vote, sans signer la liste."]


async def test_the_other_station_is_named_and_its_address_printed(
    desk: Office, printer: DeskPrinter, play: Play
) -> None:
    async with play(desk) as terminal:
        await terminal.type("nom99")
        await terminal.press("enter")
        await terminal.choose("Élargir la recherche")
        await terminal.type("5/3/1958")
        await terminal.press("enter")
        assert "Aucun bureau n'a ce nom" in terminal.flat
        await terminal.type("nom5")  # the focus is on the name, the name at birth may be another
        await terminal.press("down")
        await terminal.type("5/3/1958")
        await terminal.press("enter")
        assert "AUTRE BUREAU : cette personne vote à : Bureau 2 Lardenne." in terminal.flat
        await terminal.choose("Imprimer l'adresse")
        assert printer.printed[-1] == "address 1"


async def test_somebody_votes_for_another_with_two_cards(
    desk: Office, day: Day, cards: tuple[Card, ...], play: Play
) -> None:
    async with play(desk) as terminal:
        await terminal.type("5")
        await terminal.press("enter")
        await terminal.choose("Quelqu'un vote pour cette personne")
        assert "Procuration pour le n° 5, NOM5 Camille" in terminal.flat
        for typed, said in (
            ("5", "Personne n'est sa propre procuration."),
            ("99", "Le n° 99 n'est pas sur cette liste."),
            ("11", "n° 11 est RADIÉ"),
        ):
            await terminal.press(*["backspace"] * 3)
            await terminal.type(typed)
            await terminal.press("enter")
            assert said in terminal.flat
        await terminal.press(*["backspace"] * 3)
        await terminal.type("2")
        await terminal.press("enter")
        assert "Noter une procuration : deux cartes" in terminal.flat
        assert "NOM2 Camille peut voter pour le n° 5, NOM5 Camille." in terminal.flat
        assert not day.store.desk_proxies()
        await terminal.show_cards(cards, pin=False)
        assert day.store.desk_proxies() == {5: 2}
        assert "NOM2 Camille peut voter pour le n° 5" in terminal.flat
        assert "Voter pour soi" not in terminal.text
        await terminal.choose("Reprendre la procuration")
        assert "n° 5  NOM5 Camille" in terminal.text
        assert not day.store.desk_proxies()


async def test_the_list_says_who_signs_beside_whose_number(desk: Office, day: Day, play: Play) -> None:
    day.give_proxy(5, 2)
    async with play(desk) as terminal:
        await terminal.type("2")
        await terminal.press("enter")
        assert "NOM2 Camille, vote aussi pour le n° 5" in terminal.flat
        assert "Quelqu'un vote pour cette personne" not in terminal.text, "a proxy is not passed on"
        await terminal.choose("Voter pour le n° 5")
        assert "Laisser la place à qui vote pour le n° 5" in terminal.flat
        await terminal.choose("Laisser la place")
        await terminal.press("enter", "r")
        for label in ("Continuer avec ces choix", "J'ai", "[ Voter ]"):
            await terminal.choose(label)
        await terminal.choose("Terminer")
        await terminal.type(PIN)
        await terminal.press("enter")
        assert "NOM2 Camille signe en face du n° 5." in terminal.flat
    assert day.counts().desk_proxies == 1


async def test_desk_pause_and_closing_count_the_same_electors(desk: Office, day: Day) -> None:
    """Of 12 lines one is struck off; one is added."""
    day.add_elector(Added("Emile", "Zoe", "2001-02-03", "decision"))
    assert desk.session is not None
    at_desk = desk.session.question
    assert isinstance(at_desk, q.AskPerson)
    day.pause("lunch")
    paused = show_standing(day, at_work=False, checked=True, to_do=0)
    assert isinstance(paused, t.ShowPause)
    report = day.close(Closing(0))
    closed = show_standing(day, at_work=False, checked=True, to_do=0)
    assert isinstance(closed, t.ShowClosed)
    assert at_desk.electors == paused.electors == closed.electors == 12
    content = ClosingReport.from_content(report.content, report.name)
    assert (content.electors, content.additions) == (11, 1)
    (table,) = (block for block in report_paper(letterhead(day), report).blocks if isinstance(block, Table))
    assert table.rows[0][0] == "12"
