"""An officer's card on the screen: in groups, checked as it is typed; what is wrong is named, and typed anew alone."""

from __future__ import annotations

import pytest

from keys.desk.cards import GROUPS, Card, check_group
from keys.election.statement import Mode
from keys.findings import Refused
from keys.paper.codes import encode
from keys.paper.crockford import ALPHABET
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.cardtask import CardTask
from station.officers.office import Office
from station.recognition import recognise
from tests.simulator.polling import PollingPlaces
from tests.station.app.conftest import Play
from tests.station.app.test_printed import opened

WRONG = "Ce groupe est faux. Relisez le groupe 3."


def wrong_at_once(group: str, number: int) -> str:
    """A group with one other character."""
    changed = group[:3] + ALPHABET[(ALPHABET.index(group[3]) + 1) % 32]
    with pytest.raises(Refused):
        check_group(number, changed)
    return changed


def wrong_unseen(group: str, number: int) -> str:
    """A group with one other character that its own check does not notice (`keys.desk.cards`)."""
    changed = ALPHABET[ALPHABET.index(group[0]) ^ 9] + group[1:]
    check_group(number, changed)
    return changed


@pytest.fixture
def at_cards(office: Office, cards: tuple[Card, ...]) -> Office:
    """Two cards are asked for, to pause."""
    opened(office, cards)
    office.answer(d.Begin(t.Purpose.PAUSE))
    return office


@pytest.mark.asyncio
async def test_a_wrong_group_is_named_at_once_and_typed_anew_alone(
    at_cards: Office, cards: tuple[Card, ...], play: Play
) -> None:
    groups = cards[0].groups
    async with play(at_cards, (80, 24)) as terminal:
        assert "[ ____ ____ ____ ____ ____ ____ ____ ____ ]" in terminal.text
        await terminal.type("".join(groups[:2]) + wrong_at_once(groups[2], 3))
        assert WRONG in terminal.text
        assert "[ **** **** ____ ____ ____ ____ ____ ____ ]" in terminal.text
        await terminal.type("".join(groups[2:7]))
        assert WRONG not in terminal.text
        assert "[ **** **** **** **** **** **** **** ____ ]" in terminal.text
        await terminal.press("enter")
        assert "32 signes en 8 groupes ; vous en avez tapé 28" in terminal.flat
        await terminal.type(groups[7])
        await terminal.press("enter")
        assert "Personne 1 : carte 1 lue" in terminal.text


@pytest.mark.asyncio
async def test_a_group_that_only_the_whole_card_shows_wrong_is_emptied_and_the_others_stay(
    at_cards: Office, cards: tuple[Card, ...], play: Play
) -> None:
    groups = list(cards[0].groups)
    async with play(at_cards, (80, 24)) as terminal:
        await terminal.type("".join([*groups[:2], wrong_unseen(groups[2], 3), *groups[3:]]))
        await terminal.press("enter")
        assert WRONG in terminal.text
        assert "[ **** **** ____ **** **** **** **** **** ]" in terminal.text
        await terminal.type(groups[2])
        await terminal.press("enter")
        assert "Personne 1 : carte 1 lue" in terminal.text


@pytest.mark.asyncio
async def test_a_card_shown_to_the_reader_after_a_mistake_is_read(
    at_cards: Office, cards: tuple[Card, ...], play: Play
) -> None:
    groups = list(cards[0].groups)
    (code,) = cards[1].code
    async with play(at_cards, (80, 24)) as terminal:
        await terminal.type("".join([*groups[:2], wrong_unseen(groups[2], 3), *groups[3:]]))
        await terminal.press("enter")
        await terminal.scan(code)
        assert "Personne 1 : carte 2 lue" in terminal.text


def problem(office: Office, text: str, mode: Mode = Mode.OFFICIAL) -> t.Problem | None:
    """What a text in the place of a card is answered."""
    folder = office.day.folder
    task = CardTask(t.Purpose.PAUSE, lambda card: recognise(folder, mode, card))
    task.take(text, "")
    return task.question.problem


@pytest.mark.asyncio
async def test_a_line_of_the_check_that_is_looked_at_again_says_so_until_the_focus_moves(
    office: Office, play: Play
) -> None:
    office.answer(d.Go(t.Place.READINESS))
    async with play(office, (80, 24)) as terminal:
        assert "Revérifié" not in terminal.text
        await terminal.choose("Journal : chaque ligne")
        assert "Revérifié : " in terminal.text
        await terminal.press("down")
        assert "Revérifié" not in terminal.text
        await terminal.choose("Liste d'émargement papier")
        assert "Revérifié" not in terminal.text, "ticked by hand, not looked at"
        await terminal.choose("Tout revérifier")
        assert "Revérifié : " in terminal.text


def test_every_kind_of_mistake_is_told_apart_and_nothing_of_the_card_is_said(
    office: Office, cards: tuple[Card, ...], polling: PollingPlaces
) -> None:
    groups = list(cards[0].groups)
    other, _ = polling.two("m1")
    (code,) = cards[0].code
    assert problem(office, cards[0].text) is None
    assert problem(office, code) is None
    assert problem(office, other.text) == t.Problem("S-101")
    assert problem(office, " ".join(groups[:4])) == t.Problem("S-121", "16")
    assert problem(office, "4T8W - M2RK") == t.Problem("S-121", "8")
    assert problem(office, code[: len(code) // 2]) == t.Problem("no-card")
    for number in range(1, GROUPS + 1):
        typed = [*groups[: number - 1], wrong_at_once(groups[number - 1], number), *groups[number:]]
        assert problem(office, " ".join(typed)) == t.Problem("S-120", str(number))
        typed[number - 1] = wrong_unseen(groups[number - 1], number)
        assert problem(office, " ".join(typed)) == t.Problem("S-120", str(number))


@pytest.mark.asyncio
async def test_two_cards_at_once_are_told_from_one_that_is_not_whole(
    at_cards: Office, cards: tuple[Card, ...], play: Play
) -> None:
    async with play(at_cards, (80, 24)) as terminal:
        await terminal.type(cards[0].text + cards[1].text)
        await terminal.press("enter")
        assert "C'est plus d'une carte." in terminal.flat
        await terminal.type(cards[0].text[:-5])
        await terminal.press("enter")
        assert "vous en avez tapé 28" in terminal.flat


def test_a_code_of_something_else_is_no_card(at_cards: Office) -> None:
    (receipt,) = encode(bytes(range(90)))
    assert problem(at_cards, receipt) == t.Problem("no-card")


@pytest.mark.asyncio
async def test_enter_on_two_namesakes_says_how_to_choose_one(
    office: Office, cards: tuple[Card, ...], play: Play
) -> None:
    opened(office, cards)
    office.answer(d.Go(t.Place.DESK))
    async with play(office, (80, 24)) as terminal:
        await terminal.type("dupont marie")
        await terminal.press("enter")
        assert "2 personnes trouvées" in terminal.text
        await terminal.press("enter")
        assert "allez à la bonne avec Bas, puis Entrée" in terminal.flat
        await terminal.type("martin")
        await terminal.press("enter")
        assert "2 personnes trouvées" not in terminal.text
