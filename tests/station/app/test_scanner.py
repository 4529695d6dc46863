"""A scanner aimed at the wrong moment: on the officers' pages it presses nothing, and no card is shown or kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keys.desk.cards import Card
from keys.findings import Refused
from station import answers as a
from station.day import Day
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from station.reports import incidents_of
from station.visits.stages import Stage
from tests.simulator.lines import Person, Reader
from tests.simulator.terminal import PIN, Terminal
from tests.station.app.conftest import Play
from tests.station.app.test_plain import Read, read, stage

__all__ = ["read"]

WIPED = "C'est effacé : ne montrez une carte que là où elle est demandée."
FORMS: dict[str, Callable[[Card], str]] = {
    "groups": lambda card: card.text,
    "code": lambda card: card.code[0],
    "code, French keys": lambda card: (
        card.code[0].lower().translate(str.maketrans("0123456789", "à&é\"'(-è_ç"))
    ),
}


def send(office: Office, *answers: a.Answer) -> None:
    for answer in answers:
        office.answer(answer)


async def aim(terminal: Terminal, text: str) -> None:
    """Hold a code to the scanner: it types as scanners do, and Enter."""
    terminal._now += 5
    keys = ("space" if letter == " " else letter for letter in text)
    await terminal.press(*keys, "enter", pace=0.004)


@pytest.mark.asyncio
async def test_it_ticks_no_line_of_the_check(office: Office, cards: tuple[Card, ...], play: Play) -> None:
    office.answer(d.Go(t.Place.READINESS))
    async with play(office) as terminal:
        assert "> À FAIRE Liste d'émargement papier" in terminal.text
        await aim(terminal, cards[0].text)
        question = office.question
        assert isinstance(question, t.ShowReadiness)
        assert "list" in [line.point.value for line in question.lines if line.stops]
        await terminal.press("enter")
        assert "> OK      Liste d'émargement papier" in terminal.text


@pytest.mark.asyncio
async def test_it_presses_no_button(at_desk: Office, cards: tuple[Card, ...], play: Play) -> None:
    send(at_desk, a.Search("132"), a.Choose(132))
    async with play(at_desk) as terminal:
        await aim(terminal, cards[0].text)
        assert stage(at_desk) is Stage.UNLOCKED
        send(at_desk, a.HandOver(), a.LanguageChosen("fr"), a.Done(), a.Done(), a.SlipInHand(), a.Vote())
        send(at_desk, a.Finish(), a.PinTyped(PIN))
        await terminal.app.draw()
        await aim(terminal, cards[0].text)
        assert stage(at_desk) is Stage.SIGNING
        await terminal.press("enter")
        assert stage(at_desk) is Stage.WAITING, "a person presses it"


@pytest.mark.asyncio
@pytest.mark.parametrize("form", FORMS)
async def test_a_card_is_neither_shown_nor_kept_where_none_is_asked_for(
    at_desk: Office, cards: tuple[Card, ...], play: Play, form: str
) -> None:
    """In the search, an incident, a reason, and as the name of who holds it."""
    text = FORMS[form](cards[0])
    async with play(at_desk) as terminal:
        for place in (t.Place.DESK, t.Place.INCIDENT, t.Place.UNDO, t.Place.CLOSING):
            at_desk.answer(d.Go(place))
            await terminal.app.draw()
            await aim(terminal, text)
            assert WIPED in terminal.flat, place
            assert text[:20] not in terminal.text
            assert not any(len(typed) > 20 for typed in terminal.app.page_screen.typed.values())
        at_desk.answer(d.Begin(t.Purpose.PAUSE))
        await terminal.app.draw()
        await terminal.press("up")
        for letter in text:
            await terminal.press("space" if letter == " " else letter, pace=0.004)
        assert text[:20] not in terminal.text, "also before Enter"
        await terminal.press("enter")
        assert WIPED in terminal.flat
        await aim(terminal, text)
        assert "carte 1 lue, sans nom" in terminal.flat
    assert not incidents_of(at_desk.day.store)


@pytest.mark.parametrize("form", FORMS)
def test_plain_lines_say_so_too_and_clear_what_was_typed(
    at_desk: Office, cards: tuple[Card, ...], read: Read, form: str
) -> None:
    text = FORMS[form](cards[0])

    def person(reader: Reader) -> Person:
        yield text
        assert WIPED in reader.flat
        assert text[:20] not in reader.seen
        yield "132"
        assert "2) n° 132 DUPONT Marie, n'a pas encore voté" in reader.flat

    read(at_desk, person)


def test_no_card_comes_into_the_log(day: Day, cards: tuple[Card, ...]) -> None:
    for form in FORMS.values():
        with pytest.raises(Refused, match="S-108"):
            day.note_incident(f"Found: {form(cards[0])} on the table")
    day.note_incident(f"Found: {' '.join(cards[0].groups[:7])} 0001 on the table, ISO 14001")
