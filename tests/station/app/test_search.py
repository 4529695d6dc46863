"""The search at the desk on the screen: scanners, namesakes, and nothing of it left for the voter."""

from __future__ import annotations

import gc

import pytest

from station.officers.office import Office
from station.questions import Question
from station.store import Store
from station.widgets.pieces import Piece
from station.wording.page import Page
from tests.station.app.conftest import Play
from tests.station.app.test_day import vote

pytestmark = pytest.mark.asyncio


async def test_without_leave_the_button_does_not_exist(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.type("nobody")
        await terminal.press("enter")
        assert "Aucune personne trouvée" in terminal.flat
        assert "Ajouter" not in terminal.text


async def test_enter_on_an_empty_search_says_what_to_do(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.press("enter")
        assert "Tapez d'abord un numéro, un nom ou un code." in terminal.flat
        await terminal.type("132")
        await terminal.press("enter")
        assert "n° 132" in terminal.text
        assert "Tapez d'abord" not in terminal.flat


async def test_a_scanner_finds_the_field_wherever_the_focus_is(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.type("dupont")
        await terminal.press("enter", "down", "down")
        await terminal.press(*"132", "enter", pace=0.001)
        await terminal.press("enter")
        assert "n° 132" in terminal.text
        assert "n° 133" not in terminal.text


async def test_letters_that_are_typed_ask_nothing_of_the_disk(
    at_desk: Office, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    queries = type(at_desk.day.store)._rows

    def noting(store: Store, query: str, parameters: tuple[object, ...] = ()) -> object:
        asked.append(query)
        return queries(store, query, parameters)

    async with play(at_desk) as terminal:
        monkeypatch.setattr(Store, "_rows", noting)
        await terminal.type("dupont")
        assert not asked
        await terminal.press("enter")
        assert asked


async def test_left_and_right_choose_between_namesakes(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.type("dupont marie")
        await terminal.press("enter")
        assert "> no" not in terminal.text, "somebody has to read the date of birth"
        await terminal.press("right")
        assert "> n° 133" in terminal.text
        await terminal.press("left")
        assert "> n° 132" in terminal.text
        await terminal.press("right", "enter")
        assert "LAISSER LA PLACE À LA PERSONNE N° 133" in terminal.flat.upper()


async def test_no_screen_holds_a_name_while_a_voter_is_at_the_machine(at_desk: Office, play: Play) -> None:
    elsewhere = [item for item in gc.get_objects() if isinstance(item, Page | Question)]  # of other tests

    def names() -> list[str]:
        gc.collect()
        known = set(map(id, elsewhere))
        questions = [item for item in gc.get_objects() if isinstance(item, Page | Question)]
        held = [item for item in questions if id(item) not in known]
        shown = [repr(item.item) for item in gc.get_objects() if isinstance(item, Piece)]
        return [text for text in (*map(repr, held), *shown) if "DUPONT" in text or "Dupont" in text]

    async with play(at_desk) as terminal:
        await terminal.type("dupont marie")
        await terminal.press("enter", "left")
        assert names(), "they are seen while the worker looks"
        await terminal.press("enter")
        await terminal.choose("Laisser la place")
        assert not names()
        await vote(terminal, 1)
        assert not names()
        assert "DUPONT" not in terminal.text


async def test_what_was_typed_is_wiped_after_two_minutes(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await terminal.type("dupont")
        assert "dupont" in terminal.text
        await terminal.app.time_passed()
        await terminal.settle()
        assert "dupont" not in terminal.text
        await terminal.type("dupont")
        await terminal.press("enter")
        assert "DUPONT" in terminal.text
        await terminal.app.time_passed()
        await terminal.settle()
        assert "dupont" not in terminal.text.lower()


async def test_where_proxies_are_only_on_the_list_nobody_is_asked_for_one(
    at_desk: Office, play: Play
) -> None:
    async with play(at_desk) as terminal:
        await terminal.type("132")
        await terminal.press("enter")
        assert "DUPONT Marie" in terminal.text
        assert "Quelqu'un vote pour cette personne" not in terminal.text
