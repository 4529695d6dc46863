"""What somebody at the keyboard, a scanner or the window can do that nobody meant; and what a crash gives away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from textual import events
from textual.app import App

from keys.findings import Misuse
from station.app import StationApp
from station.faces.face import OfficeFace
from station.faces.faultface import Fault, FaultFace
from station.filling.marks import Marks
from station.officers.office import Office
from station.recorder import Recorder
from station.running import check_environment
from station.screens.page_screen import PageScreen
from station.session import Session
from station.visits.booklet import Booklet
from station.visits.choices import Choices
from station.visits.envelope import Envelope
from station.visits.stages import Stage
from station.visits.visit import Visit
from station.widgets.pieces import Piece
from tests.simulator.terminal import PIN, Terminal
from tests.station.app.conftest import Play

pytestmark = pytest.mark.asyncio
CANARY = "canary-7f3a9c"


def stage(office: Office) -> Stage:
    assert office.session is not None
    return office.session.stage


async def test_control_keys_do_nothing(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        before = terminal.rows()
        for letter in "abcdefghijklmnopqrstuvwxyz":
            if letter not in "im":  # tab and enter on a terminal
                await terminal.press(f"ctrl+{letter}")
        await terminal.press(
            "ctrl+backslash", "ctrl+@", "alt+x", "f3", "f7", "f8", "f9", "f10", "insert", "delete"
        )
        assert terminal.rows()[:-3] == before[:-3]
        assert "Touche sans effet." in terminal.text
        assert "F1 : demander de l'aide." in terminal.flat
        assert isinstance(terminal.app.screen, PageScreen)
        assert not terminal.app.faulted


async def test_mouse_and_paste_are_dropped(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        before = terminal.text
        terminal.app.post_message(events.Paste("4711\n" * 200_000))
        driver = terminal.app._driver
        assert driver is not None
        for kind in (events.MouseDown, events.MouseUp, events.MouseScrollDown):
            driver.send_message(kind(None, 5, 8, 0, 0, 1, False, False, False))
        await terminal.settle()
        assert terminal.text == before


async def test_a_held_enter_cannot_run_through_two_screens(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        await terminal.choose("Continuer")
        assert stage(in_booth) is Stage.REVIEWING
        await terminal.press(*["enter"] * 80, pace=0.03)
        assert stage(in_booth) is Stage.REVIEWING
        await terminal.press("enter")
        await terminal.press(*["enter"] * 80, pace=0.5)
        assert stage(in_booth) is Stage.COMMITTED


async def test_keys_that_come_with_a_new_screen_are_dropped(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        await terminal.choose("Continuer")
        await terminal.choose("Continuer avec ces choix")
        await terminal.press("down", "up", "escape", pace=0.1)
        assert stage(in_booth) is Stage.COMMITTED


async def test_a_scanner_cannot_type_into_the_voters_screen(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        before = [row for row in terminal.rows() if "[" in row]
        await terminal.press(*"ISO1123412341234", pace=0.002)
        after = [row for row in terminal.rows() if "[" in row]
        assert [row.replace(">", " ") for row in after] == [row.replace(">", " ") for row in before]


PAGES = {"contest": (), "review": (1,), "slip": (1, 2), "buttons": (1, 2, 3), "pin": (1, 2, 3, 4)}
"""How far the visit has gone."""


async def go_to(terminal: Terminal, page: str) -> None:
    for step in PAGES[page]:
        if step < 4:
            await terminal.choose(("Continuer", "Continuer avec ces choix", "J'ai")[step - 1])
        else:
            await terminal.choose("[ Voter ]")
            await terminal.choose("Terminer")


@pytest.mark.parametrize("page", PAGES)
async def test_what_nobody_meant_leaves_every_page_of_a_visit_as_it_is(
    in_booth: Office, play: Play, page: str
) -> None:
    async with play(in_booth) as terminal:
        await go_to(terminal, page)
        before, text = in_booth.question, terminal.rows()[:-3]
        await terminal.press(*(f"ctrl+{letter}" for letter in "cqpzds"), "ctrl+backslash", "alt+1", "f8")
        terminal.app.post_message(events.Paste("1\n" * 500_000))
        driver = terminal.app._driver
        assert driver is not None
        for kind in (events.MouseDown, events.MouseUp, events.MouseScrollDown):
            driver.send_message(kind(None, 5, 8, 0, 0, 1, False, False, False))
        await terminal.settle()
        await terminal.resize(20, 5)
        await terminal.press("enter", "1", "down", "enter")
        await terminal.resize(85, 24)
        assert in_booth.question == before
        assert terminal.rows()[:-3] == text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("code", ["ISO1123412341234", "1123412341234", "98123412"])
async def test_a_scanner_chooses_nothing_and_confirms_nothing(
    in_booth: Office, play: Play, page: str, code: str
) -> None:
    async with play(in_booth) as terminal:
        await go_to(terminal, page)
        before = in_booth.question
        terminal._now += 5
        await terminal.press(*code, "enter", pace=0.004)
        assert in_booth.question == before
        await terminal.press(*["backspace"] * 2, pace=0.3)
        if page == "pin":
            await terminal.type(PIN)
            await terminal.press("enter")
            assert stage(in_booth) is Stage.SIGNING


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (41, 12), (42, 11)])
async def test_a_window_too_small_loses_nothing(in_booth: Office, play: Play, size: tuple[int, int]) -> None:
    async with play(in_booth) as terminal:
        before = terminal.text
        await terminal.resize(*size)
        if size[0] >= 20:
            assert "Écran trop petit. Appelez un membre du bureau." in terminal.flat
        await terminal.press("enter", "1", "enter", "escape")
        await terminal.resize(85, 24)
        assert terminal.text == before


@pytest.mark.parametrize("name", ["TEXTUAL_DEBUG", "TEXTUAL_PRESS", "TEXTUAL_DRIVER", "TEXTUAL_ANYTHING"])
async def test_side_doors_in_the_environment_are_refused(name: str) -> None:
    check_environment({"TERM": "linux"})
    with pytest.raises(Misuse, match=name):
        check_environment({"TERM": "linux", name: "1"})


HANDLERS: list[tuple[type[Any], str, tuple[str, ...]]] = [
    (StationApp, "draw", ("enter",)),
    (StationApp, "_press", ("enter",)),
    (StationApp, "_own_key", ("enter",)),
    (StationApp, "send", ("enter",)),
    (StationApp, "_send_now", ("enter",)),
    (StationApp, "_fit", ("enter",)),
    (StationApp, "_wait", ("enter",)),
    (StationApp, "_without_effect", ("z",)),
    (StationApp, "toggle_contrast", ("f4",)),
    (PageScreen, "show", ("enter",)),
    (PageScreen, "_rebuild", ("f1",)),
    (PageScreen, "move", ("down",)),
    (PageScreen, "focus_place", ("down",)),
    (PageScreen, "_settle", ("down",)),
    (PageScreen, "draw_rows", ("down",)),
    (PageScreen, "say", ("z",)),
    (Piece, "render", ("down",)),
    (Piece, "rows", ("down",)),
    (Piece, "get_content_height", ("down",)),
    (Piece, "on_focus", ("down",)),
    (Piece, "on_blur", ("down",)),
    (Piece, "change", ("enter",)),
    (OfficeFace, "page", ("enter",)),
    (OfficeFace, "answer", ("enter",)),
    (OfficeFace, "is_slow", ("enter",)),
    (Office, "answer", ("enter",)),
    (Session, "answer", ("enter",)),
    (Visit, "answer", ("enter",)),
    (Booklet, "answer", ("enter",)),
    (Marks, "tick", ("enter",)),
    (Marks, "ask", ("enter",)),
    (Choices, "lines", ("down", "down", "down", "down", "enter")),
    (Recorder, "prepare", ("down", "down", "down", "down", "enter", "enter")),
    (Envelope, "print_slip", ("down", "down", "down", "down", "enter", "enter")),
]


@pytest.mark.parametrize(
    ("owner", "name", "keys"), HANDLERS, ids=[f"{o.__name__}.{n}" for o, n, _ in HANDLERS]
)
async def test_a_crash_gives_no_choice_away(
    in_booth: Office,
    play: Play,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    owner: type[Any],
    name: str,
    keys: tuple[str, ...],
) -> None:
    async with play(in_booth) as terminal:
        monkeypatch.setattr(owner, name, _crashing(getattr(owner, name)))
        for key in keys:
            terminal._now += 3
            driver = terminal.app._driver
            assert driver is not None
            driver.send_message(events.Key(key, key if len(key) == 1 else None))
            await asyncio.sleep(0.05)
        for _ in range(200):
            await asyncio.sleep(0.01)
            if terminal.app.faulted:
                break
        monkeypatch.undo()
        assert terminal.app.faulted
    assert terminal.app.return_code == 1
    assert not terminal.app._exit_renderables
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err
    assert "Traceback" not in said.out + said.err


def _crashing(function: Callable[..., Any]) -> Callable[..., Any]:
    def crash(*arguments: object, **named: object) -> None:
        choice = CANARY
        raise RuntimeError(f"{choice} {arguments} {named}")

    async def crash_later(*arguments: object, **named: object) -> None:
        crash(*arguments, **named)

    return crash_later if asyncio.iscoroutinefunction(function) else crash


async def test_after_a_crash_the_voter_is_told_first_and_officers_behind_the_pin(
    in_booth: Office, play: Play
) -> None:
    async with play(in_booth) as terminal:
        face = OfficeFace(in_booth, lambda: 0)
        fault = FaultFace(Fault(face.frame(0, 0), 188, in_booth.voter_lock))
    async with play(fault) as terminal:
        assert "La machine s'est arrêtée." in terminal.text
        assert "Restez ici." in terminal.text
        assert "188" not in terminal.text
        await terminal.press("down", "down", "escape", "f6")
        await terminal.type("0000")
        await terminal.press("enter")
        assert "188" not in terminal.text
        await terminal.type(PIN)
        await terminal.press("enter")
        assert "Tous les votes enregistrés avant l'arrêt sont gardés : 188." in terminal.text
        assert "S-901" in terminal.text
        await terminal.choose("Redémarrer la machine")
    assert fault.restart is True


async def test_a_crash_at_the_desk_needs_no_pin(office: Office, play: Play) -> None:
    fault = FaultFace(Fault(OfficeFace(office, lambda: 0).frame(0, 0), None, office.voter_lock))
    async with play(fault) as terminal:
        assert "Ce qui est sûr" in terminal.text
        await terminal.choose("Éteindre la machine")
    assert fault.restart is False


async def test_there_is_no_palette_and_no_binding_left() -> None:
    assert not StationApp.ENABLE_COMMAND_PALETTE
    assert not list(StationApp._merged_bindings or ())
    assert StationApp._handle_exception is not App._handle_exception
