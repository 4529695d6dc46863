"""A day on the screen, as a new poll worker and a voter play it."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.desk.cards import Card
from keys.paper.crockford import ALPHABET
from station.day import Day
from station.disk.state import State
from station.officers.office import Office
from tests.simulator.ready import good_machine
from tests.simulator.terminal import PIN, Terminal
from tests.station.app.conftest import OCTOBER_4, DeskPrinter, Play

pytestmark = pytest.mark.asyncio


async def open_station(terminal: Terminal) -> None:
    """The check, its one stopping line ticked, and on to the cards."""
    await terminal.choose("Vérifier la machine")
    await terminal.choose("Liste d'émargement papier")
    await terminal.choose("Cartes :")
    await terminal.choose("Ouvrir le bureau")


async def say_why(terminal: Terminal) -> None:
    """Before the planned hour."""
    assert "AVANT l'heure prévue" in terminal.text
    await terminal.type("plus personne")
    await terminal.press("enter")


async def let_in(terminal: Terminal, number: str) -> None:
    await terminal.type(number)
    await terminal.press("enter")
    await terminal.choose(f"n° {number}")
    await terminal.choose("Laisser la place")


async def vote(terminal: Terminal, *lines: int) -> None:
    await terminal.press("enter")
    for line in lines:
        await terminal.press(str(line), "enter")
    await terminal.choose("Continuer")
    await terminal.choose("Continuer avec ces choix")
    await terminal.choose("J'ai")
    await terminal.choose("[ Voter ]")


async def hand_back(terminal: Terminal) -> None:
    await terminal.choose("Terminer")
    await terminal.type(PIN)
    await terminal.press("enter")
    await terminal.choose("A signé")


async def test_a_whole_day(
    office: Office, cards: tuple[Card, ...], printer: DeskPrinter, play: Play, tmp_path: Path
) -> None:
    async with play(office) as terminal:
        assert "QUE FAIRE MAINTENANT" in terminal.text.upper()
        await open_station(terminal)
        await terminal.show_cards(cards)
        assert "L'urne est vide." in terminal.text
        assert printer.printed == ["ZERO_REPORT"]
        await terminal.choose("Accueillir")
        await let_in(terminal, "132")
        assert "DUPONT" not in terminal.text
        await vote(terminal, 1, 3)
        assert "Votre vote est enregistré. Merci." in terminal.text
        await terminal.press("P")  # as the screen names it
        assert "Votre reçu s'imprime." in terminal.text
        await hand_back(terminal)
        assert "Votants 1 sur 6" in terminal.text
        await terminal.press("f8")
        await say_why(terminal)
        await terminal.choose("Faire voter la file")
        assert "FERMETURE ANNONCÉE" in terminal.text
        assert "Votants" not in terminal.text
        await terminal.press("f8")
        await terminal.choose("Plus personne dans la file")
        for count in ("1", "1"):
            await terminal.press("down")
            await terminal.type(count)
            await terminal.press("down")
        await terminal.choose("Comparer")
        assert "Les trois nombres sont égaux." in terminal.text
        await terminal.choose("Fermer avec ces nombres")
        await terminal.show_cards(cards, pin=False)
        assert "Le bureau est fermé." in terminal.text
        await terminal.choose("Copier sur la clé")
        assert "Vous pouvez retirer la clé USB." in terminal.text
        await terminal.choose("Éteindre")
        assert "Revenir sans rien faire" in terminal.text
        await terminal.press("enter")
        assert not office.finished, "the way back has the focus"
        assert "Vous pouvez retirer la clé USB." in terminal.text
        for _ in range(2):
            await terminal.choose("Éteindre")
    assert office.finished
    assert printer.printed == ["ZERO_REPORT", "slip 1", "receipt", "CLOSING_REPORT"]
    assert (tmp_path / "stick" / office.day.export_name / "box.sqlite").exists()


async def test_pause_and_reopen(at_desk: Office, day: Day, cards: tuple[Card, ...], play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.press("f6")
        await terminal.show_cards(cards, pin=False)
        assert "Personne ne peut voter." in terminal.text
        assert (day.state, day.unlocked, at_desk.session) == (State.PAUSED, False, None)
        await terminal.choose("Rouvrir le bureau")
        await terminal.show_cards(cards[1:])
        assert "Votants 0 sur 6" in terminal.text
        assert day.state is State.OPEN


async def test_an_opening_can_be_undone_while_the_box_is_empty(
    office: Office, day: Day, cards: tuple[Card, ...], printer: DeskPrinter, play: Play
) -> None:
    async with play(office) as terminal:
        await open_station(terminal)
        await terminal.show_cards(cards)
        await terminal.choose("Annuler l'ouverture")
        await terminal.type("trop tot")
        await terminal.press("enter")
        await terminal.show_cards(cards, pin=False)
        assert day.state is State.PREPARED
        assert printer.printed == ["ZERO_REPORT", "PAUSE_REPORT"]


async def test_power_came_back(
    at_desk: Office, day: Day, cards: tuple[Card, ...], printer: DeskPrinter, play: Play
) -> None:
    async with play(at_desk) as terminal:
        await let_in(terminal, "132")
        await vote(terminal, 2)
    after = Office(
        day, printer, clock=lambda: OCTOBER_4, stick=lambda: None, shuffle=lambda count: tuple(range(count)),
        closes=0, probe=good_machine(lambda: OCTOBER_4),
    )  # fmt: skip
    async with play(after) as terminal:
        assert "Le courant est revenu." in terminal.text
        assert "Votes 1   Pointages 1" in terminal.text
        await terminal.press("enter")
        assert "Tapez des chiffres." in terminal.text
        assert "n° 0" not in terminal.text, "nobody typed a number"
        await terminal.type("9")
        assert "Tapez des chiffres." not in terminal.text
        await terminal.press("backspace")
        for number, words in (
            ("132", "le vote EST enregistré"),
            ("133", "le vote N'EST PAS"),
            ("9", "pas sur cette liste"),
        ):
            await terminal.type(number)
            await terminal.press("enter")
            assert words in terminal.flat
            await terminal.type("1")
            assert words not in terminal.flat, "it answered what was typed before"
            await terminal.press("backspace")
        await terminal.choose("Rouvrir le bureau : deux cartes")
        await terminal.show_cards(cards)
        assert "Votants 1 sur 6" in terminal.text


async def test_homonyms_stand_together_with_their_dates_of_birth(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.type("dupont marie")
        await terminal.press("enter")
        assert "2 personnes trouvées." in terminal.text
        assert "14 mars 1958" in terminal.text
        assert "2 juillet 1991" in terminal.text
        assert not any(row.lstrip().startswith("> no") for row in terminal.text.split("\n"))
        await terminal.type("le gall")
        await terminal.press("enter")
        assert "> n° 135" in terminal.text


async def test_wrong_cards_open_nothing_and_say_why(
    office: Office, day: Day, cards: tuple[Card, ...], play: Play
) -> None:
    async with play(office) as terminal:
        await open_station(terminal)
        await terminal.type("1234")
        assert "Relisez le groupe 1." in terminal.text
        await terminal.press("enter")
        assert "Une carte a 32 signes en 8 groupes" in terminal.text
        groups = list(cards[0].groups)
        next_to_it = ALPHABET[ALPHABET.index(groups[3][0]) ^ 1]  # such an exchange is always noticed
        groups[3] = next_to_it + groups[3][1:]
        await terminal.type(" ".join(groups[:4]))
        assert "Relisez le groupe 4." in terminal.text, "only that one is typed anew"
        await terminal.type(" ".join(cards[0].groups[3:]))
        await terminal.press("enter")
        assert "carte 1 lue" in terminal.text
        await terminal.type(cards[0].text)
        await terminal.press("enter")
        assert "il faut une autre personne" in terminal.text
        await terminal.press("down")
        await terminal.type(cards[1].text)
        await terminal.press("enter")
        assert "carte 2 lue" in terminal.text, "a scanner types into the field wherever the focus is"
        assert (day.state, day.unlocked) == (State.PREPARED, False)


async def test_counts_that_differ_show_no_figure_of_the_machine(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.press("f8")
        await say_why(terminal)
        await terminal.choose("Plus personne dans la file")
        await terminal.press("down")
        await terminal.type("5")
        await terminal.press("down", "down")
        await terminal.type("4")
        await terminal.choose("Comparer")
        assert "Les deux comptages diffèrent, et sont cachés maintenant." in terminal.text
        assert "Pointages machine" not in terminal.text
        await terminal.choose("Comparer")
        assert "Tapez des chiffres." in terminal.text, "neither of the two was left to be copied"
        await terminal.press("escape", "f8")
        await terminal.choose("Plus personne dans la file")
        await terminal.press("down")
        await terminal.type("3")
        await terminal.press("down", "down")
        await terminal.type("4")
        await terminal.choose("Comparer")
        await terminal.type("5")
        await terminal.press("down", "down")
        await terminal.type("5")
        await terminal.choose("Comparer")
        assert "Les trois nombres diffèrent." in terminal.text


async def test_an_incident_is_written_down(at_desk: Office, day: Day, play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.press("f7")
        await terminal.type("deux minutes")
        await terminal.choose("Coupure de courant")
        assert "Votants 0 sur 6" in terminal.text
        assert "L'incident est noté." in terminal.text
        await terminal.type("x")
        await terminal.press("enter")
        assert "L'incident est noté." not in terminal.text
    texts = [event.text for event in day.store.events() if event.kind.value == "incident"]
    assert texts == ["Coupure de courant. deux minutes"]


async def test_a_report_is_printed_again_as_a_duplicate(
    at_desk: Office, printer: DeskPrinter, play: Play
) -> None:
    async with play(at_desk) as terminal:
        await terminal.press("f9", "enter")
        assert printer.printed[-1] == "ZERO_REPORT duplicate"
        await terminal.choose("Revenir")
        assert "Votants 0 sur 6" in terminal.text


async def test_a_step_back_leads_where_it_came_from(
    at_desk: Office, cards: tuple[Card, ...], play: Play
) -> None:
    async with play(at_desk) as terminal:
        await terminal.press("f6")
        await terminal.show_cards(cards, pin=False)
        await terminal.choose("Fermer le bureau")
        await say_why(terminal)
        for count in ("3", "3"):
            await terminal.press("down")
            await terminal.type(count)
            await terminal.press("down")
        await terminal.choose("Comparer")
        await terminal.choose("Noter pourquoi")
        await terminal.press("escape")
        assert "Les trois nombres diffèrent." in terminal.text
        await terminal.press("escape")
        assert "Personne ne peut voter." in terminal.text


async def test_cards_that_are_refused_leave_the_keys_closed(
    at_desk: Office, day: Day, cards: tuple[Card, ...], play: Play
) -> None:
    async with play(at_desk) as terminal:
        await terminal.press("f6")
        await terminal.type(cards[0].text)
        await terminal.press("enter", "escape", "escape")
        assert "Votants 0 sur 6" in terminal.text
        assert day.state is State.OPEN
