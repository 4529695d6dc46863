"""Faults of a Sunday on the screen: what happened, what is safe, what to do."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

import station.disk.database
from keys.findings import Unreadable
from station.day import Day
from station.disk.database import Database
from station.disk.plan import Paper
from station.disk.state import State
from station.faces.faultface import FaultFace
from station.officers.office import Office
from station.printing import StationPrinter
from station.running import _fault
from tests.simulator.terminal import PIN
from tests.simulator.tmux import Tmux
from tests.station.app.conftest import CLOSES, OCTOBER_4, Play
from tests.station.app.test_tasks import Machine, day, desk, hand_over, machine, to_review

__all__ = ["day", "desk", "machine"]

HOUR = 3600


# The stick


@pytest.mark.asyncio
async def test_the_stick_is_pulled_out_and_comes_back(desk: Office, machine: Machine, play: Play) -> None:
    away = machine.stick.with_name("pulled")
    async with play(desk) as terminal:
        assert "Clé USB : copie à jour" in terminal.text
        machine.stick.rename(away)
        await terminal.type("132")
        await terminal.press("enter", "enter")
        assert "personne n° 132" in terminal.text
        await terminal.press("enter", "enter", "up", "enter")
        await terminal.press("enter")
        await terminal.press("enter", "down", "enter")
        assert "Votre vote est enregistré." in terminal.text, "a stick never stops voting"
        await terminal.press("enter")
        await terminal.type(PIN)
        await terminal.press("enter")
        warned = "PAS DE CLÉ : en cas de panne, les votes depuis"
        assert warned in terminal.text
        await terminal.press("enter")
        assert warned in terminal.text
        await terminal.type("133")
        await terminal.press("enter", "enter")
        assert warned in terminal.text, "before the voter sits down"
        await terminal.press("escape")
        away.rename(machine.stick)
        await terminal.type("133")
        await terminal.press("enter")
        assert "Clé USB : copie à jour" in terminal.text
        await terminal.press("enter")
        assert "Clé USB" not in terminal.text
        assert warned not in terminal.text


@pytest.mark.asyncio
async def test_the_box_cannot_be_copied_without_a_stick_and_is_safe(
    desk: Office, machine: Machine, play: Play
) -> None:
    machine.now = CLOSES
    async with play(desk) as terminal:
        await terminal.press("f8")
        await terminal.choose("Plus personne dans la file")
        for _ in range(2):
            await terminal.press("down")
            await terminal.type("0")
            await terminal.press("down")
        await terminal.choose("Comparer")
        await terminal.press("enter")
        await terminal.show_cards(machine.cards, pin=False)
        machine.stick.rename(machine.stick.with_name("pulled"))
        await terminal.choose("Copier sur la clé USB")
        assert "Aucune clé" in terminal.flat
        machine.stick.write_bytes(b"a file where a folder should be")
        await terminal.choose("Copier sur la clé USB")
        assert "L'urne est intacte dans la machine." in terminal.flat
        machine.stick.unlink()
        machine.stick.mkdir()
        await terminal.choose("Copier sur la clé USB")
        assert "Copie terminée et relue." in terminal.text
        await terminal.press("escape")
        assert "Le bureau est fermé." in terminal.text


# The disk


@pytest.mark.asyncio
@pytest.mark.parametrize("recorded", [False, True])
async def test_a_disk_that_fails_at_the_vote_says_whether_it_is_recorded(
    desk: Office, day: Day, play: Play, monkeypatch: pytest.MonkeyPatch, recorded: bool
) -> None:
    to_review(desk, 0)
    real, calls = Database.execute, 0

    def full(self: Database, statement: str, values: tuple[object, ...] = ()) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise sqlite3.OperationalError("database or disk is full")
        real(self, statement, values)

    def gone(_: Path) -> None:
        monkeypatch.undo()
        raise OSError(5, "Input/output error")

    async with play(desk) as terminal:
        await terminal.press("enter")
        await terminal.press("enter", "down")
        if recorded:
            monkeypatch.setattr(station.disk.database, "scrub", gone)
        else:
            monkeypatch.setattr(Database, "execute", full)
        await terminal.press("enter")
        wanted = "EST enregistré" if recorded else "N'EST PAS enregistré"
        assert f"Votre vote {wanted}." in terminal.flat
        assert "Clarifier" not in terminal.text
        monkeypatch.undo()
        await terminal.type(PIN)
        await terminal.press("enter")
        assert ("Faites signer" if recorded else "Votants 0 sur 6") in terminal.text
    assert day.counts().marks == int(recorded)


@pytest.mark.asyncio
async def test_a_disk_that_fails_elsewhere_ends_on_a_page_of_our_own(
    desk: Office, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_review(desk, 0)

    def full(self: Database, statement: str, values: tuple[object, ...] = ()) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    async with play(desk) as terminal:
        await terminal.press("f12")
        await terminal.type(PIN)
        monkeypatch.setattr(Database, "execute", full)
        await terminal.press("enter")
        assert terminal.app.faulted
        face = terminal.app._face
    monkeypatch.undo()
    after = FaultFace(_fault(desk, face))  # type: ignore[arg-type]  # play draws an office
    async with play(after) as terminal:
        assert "Restez ici." in terminal.flat, "first a page for the voter alone"
        await terminal.type(PIN)
        await terminal.press("enter")
        for words in ("La machine s'est arrêtée.", "Aucun choix", "Redémarrez.", "05 36 49 10 10"):
            assert words in terminal.flat


def test_a_report_whose_page_cannot_be_kept_is_printed_all_the_same(
    desk: Office, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise Unreadable(f"{path} could not be written: No space left on device")

    monkeypatch.setattr("station.printing.write_whole", full)
    pages: list[bytes] = []

    def handing(pdf: bytes) -> bool:
        pages.append(pdf)
        return True

    printer = StationPrinter(day, lambda: OCTOBER_4, handing, roll=False)
    assert printer.report(day.pause(), Paper.NEVER) is Paper.PRINTED
    assert len(pages) == 1


# The printer


@pytest.mark.asyncio
async def test_the_printer_is_out_all_day_and_everybody_is_told_in_time(
    machine: Machine, day: Day, play: Play
) -> None:
    machine.printer.works = False
    stopped = "L'imprimante s'est arrêtée."
    async with play(machine.open(machine.office(day))) as terminal:
        assert "Rapport d'ouverture, dim. 4 oct. 10:00 à imprimer" in terminal.flat
        assert stopped in terminal.flat
        await terminal.type("132")
        await terminal.press("enter", "enter")
        assert stopped in terminal.flat, "before the voter sits down"
        await terminal.press("enter", "enter", "up", "enter")
        await terminal.press("enter")
        assert "Recopiez ou photographiez ce code" in terminal.text
        await terminal.press("enter", "down", "enter")
        assert "Votre vote est enregistré." in terminal.text
        await terminal.press("p")
        assert "Pas de papier. Recopiez le code" in terminal.text
        await terminal.press("enter")
        await terminal.type(PIN)
        await terminal.press("enter", "enter")
        assert stopped in terminal.flat, "a receipt that nobody saw come out"
        machine.printer.works = True
        await terminal.press("f9", "enter")
        await terminal.press("escape")
        assert "Votants 1 sur 6" in terminal.text
        assert "à imprimer" not in terminal.flat
        await terminal.type("133")
        await terminal.press("enter", "enter")
        assert stopped not in terminal.flat


# The clock


@pytest.mark.asyncio
@pytest.mark.parametrize(("jump", "stops"), [(-2 * HOUR, True), (2 * HOUR, False), (26 * HOUR, False)])
async def test_the_clock_jumps_in_a_pause(
    desk: Office, machine: Machine, day: Day, play: Play, jump: int, stops: bool
) -> None:
    async with play(desk) as terminal:
        await terminal.press("f6")
        await terminal.show_cards(machine.cards, pin=False)
        machine.now += jump
        await terminal.press("enter")
        assert ("Vérification" in terminal.text) is (jump != 2 * HOUR)
        if stops:
            assert "> À FAIRE" in terminal.text
            assert "Horloge en retard : 4 oct. 2026, 08:00" in terminal.flat
            assert "Réglez l'horloge" in terminal.flat
            machine.now = OCTOBER_4 + 60
            await terminal.press("enter")
        if jump != 2 * HOUR:
            await terminal.choose("Liste d'émargement papier")
            await terminal.choose("[ Rouvrir")
        await terminal.show_cards(machine.cards)
        assert "Votants 0 sur 6" in terminal.text
    assert day.state is State.OPEN


@pytest.mark.asyncio
@pytest.mark.parametrize("jump", [-20 * HOUR, 20 * HOUR])
async def test_a_clock_that_jumps_while_people_vote_stops_nobody_and_closes_nothing(
    desk: Office, machine: Machine, day: Day, play: Play, jump: int
) -> None:
    to_review(desk, 0)
    machine.now += jump
    async with play(desk) as terminal:
        await terminal.press("enter")
        await terminal.press("enter", "down", "enter")
        assert "Votre vote est enregistré." in terminal.text
        await terminal.press("enter")
        await terminal.type(PIN)
        await terminal.press("enter", "enter")
        assert "Votants 1 sur 6" in terminal.text
        await terminal.press("f8")
        early = "AVANT l'heure prévue" in terminal.flat
        assert early is (jump < 0)
        await terminal.press("escape")
        hand_over(desk, 133)
    assert day.state is State.OPEN


# A second copy


def test_a_second_copy_of_the_app_says_where_the_first_is(folder: Path, day: Day, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("station")), "run", "--dir", str(day.folder)]
    with Tmux(
        tmp_path, ["sh", "-c", f"{' '.join(command)}; echo status $?; sleep 60"], folder, (85, 24)
    ) as seen:
        words = " ".join(seen.expect("status 1").split())
    french = (
        "Le vote est déjà ouvert dans une autre fenêtre.",
        "Rien n'est perdu",
        "Revenez à la fenêtre ouverte",
    )
    english = (
        "The vote is already open in another window.",
        "Nothing is lost",
        "Go back to the window that is open",
    )
    for wanted in ("S-201", *french, *english):
        assert wanted in words
    assert "Traceback" not in words
    day.note_incident("the first one works on")
    assert day.store.events()
