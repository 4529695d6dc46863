"""A box that is not closed leaves the machine too: from the page after an error, and where votes and marks differ."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from keys.election.statement import Mode
from station import answers as a
from station.day import Day, open_day
from station.disk.folder import mode_file
from station.disk.plan import Mark
from station.disk.state import State
from station.faces.face import Face, OfficeFace
from station.faces.faultface import Fault, FaultFace
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from station.running import run_station
from station.sticks.takeover import find_copies
from station.wording.page import Verb
from tests.station.app.conftest import Play, two_cards
from tests.station.app.test_tasks import Machine, machine, to_review

__all__ = ["machine"]

COPY = "Copier sur la clé USB"


@contextmanager
def _opened(machine: Machine, *, held: bool = False) -> Iterator[Day]:
    with open_day(machine.folder, Mode.OFFICIAL, lambda: machine.now, held=held) as day:
        yield day


def _offices(machine: Machine) -> Callable[[Mode], AbstractContextManager[Office]]:
    @contextmanager
    def office(_: Mode) -> Iterator[Office]:
        with _opened(machine) as day:
            yield machine.office(day)

    return office


def _one_vote(machine: Machine) -> None:
    with _opened(machine) as day:
        office = machine.open(machine.office(day))
        to_review(office, 0)
        for answer in (a.Done(), a.SlipInHand(), a.Vote()):
            office.answer(answer)


def _labels(face: Face) -> set[str]:
    return {item.label for item in face.page(85, 24).items if isinstance(item, Verb)}


def test_from_the_page_after_an_error_the_box_goes_to_the_stick(machine: Machine) -> None:
    _one_vote(machine)
    seen = []

    def show(face: Face, _: Callable[[], float]) -> bool:
        seen.append(type(face))
        if isinstance(face, FaultFace):
            assert COPY in _labels(face)
            face.answer(d.CopyToStick())
            return False
        assert isinstance(face, OfficeFace)
        office = face._office
        if len(seen) == 1:
            return True
        asked = office.question
        assert isinstance(asked, t.AskCards)
        assert asked.purpose is t.Purpose.COPY
        for card in machine.cards[:2]:
            office.answer(d.CardTyped(card.text))
        office.answer(d.Confirm())
        assert office.question == t.ShowCopy(str(machine.stick))
        assert not office.day.unlocked
        office.answer(d.Go(t.Place.START))
        assert isinstance(office.question, t.ShowPower)
        office.answer(d.SwitchOff())
        return False

    assert run_station(_offices(machine), Mode.OFFICIAL, show) == 0
    assert seen == [OfficeFace, FaultFace, OfficeFace]
    (copy,) = find_copies(machine.stick)
    assert "06-a" in str(copy)


def test_before_the_opening_there_is_nothing_to_copy(machine: Machine) -> None:
    with _opened(machine) as day:
        frame = OfficeFace(machine.office(day), lambda: 0).frame(85, 24)
        assert frame.state is State.PREPARED
        assert COPY not in _labels(FaultFace(Fault(frame, 0, None)))


def test_without_a_stick_the_page_says_so_and_the_box_stays(machine: Machine) -> None:
    _one_vote(machine)
    machine.stick.rename(machine.stick.with_name("pulled"))
    with _opened(machine) as day:
        office = machine.office(day)
        two_cards(office, t.Purpose.COPY, machine.cards)
        assert office.question == t.ShowCopy(problem=t.Problem("stick"))
        assert not day.unlocked
        machine.stick.write_bytes(b"a file where a folder should be")
        two_cards(office, t.Purpose.COPY, machine.cards)
        assert office.question == t.ShowCopy(problem=t.Problem("copy"))
        assert day.counts().marks == 1
        machine.stick.unlink()
        machine.stick.mkdir()
        two_cards(office, t.Purpose.REOPEN, machine.cards)
        assert day.state is State.OPEN


@pytest.mark.asyncio
async def test_a_box_that_is_not_in_order_is_copied_and_stays_held(machine: Machine, play: Play) -> None:
    _one_vote(machine)
    with sqlite3.connect(mode_file(machine.folder, Mode.OFFICIAL, "db")) as store:
        store.execute("UPDATE elector SET mark = ? WHERE number = 133", (str(Mark.VOTED),))
    store.close()
    with _opened(machine, held=True) as day:
        async with play(machine.office(day)) as terminal:
            assert "L'urne N'EST PAS en ordre" in terminal.flat
            assert "Rouvrir" not in terminal.text
            await terminal.choose(COPY)
            await terminal.show_cards(machine.cards, pin=False)
            assert "L'urne est sur la clé USB, scellée." in terminal.text
            assert "La mairie décide" in terminal.flat
            await terminal.press("escape")
            assert "L'urne N'EST PAS en ordre" in terminal.flat
    assert find_copies(machine.stick)
