"""The voter's screens: keyboard alone, from 42x12 to 170x48, and nobody loses a choice by accident."""

from __future__ import annotations

import pytest

from station import answers as a
from station.officers.office import Office
from station.session import Session
from station.visits.stages import Stage
from tests.simulator.terminal import PIN, Terminal
from tests.station.app.conftest import DeskPrinter, Play
from tests.station.app.test_day import hand_back, let_in, vote

pytestmark = pytest.mark.asyncio
SIZES = [(42, 12), (56, 16), (85, 24), (170, 48)]


async def to_the_booth(terminal: Terminal, number: str = "132") -> None:
    await let_in(terminal, number)


def session(office: Office) -> Session:
    assert office.session is not None
    return office.session


@pytest.mark.parametrize("size", SIZES, ids=[f"{width}x{height}" for width, height in SIZES])
async def test_up_down_and_enter_do_the_whole_visit(
    at_desk: Office, play: Play, size: tuple[int, int]
) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.resize(*size)
        assert "Français" in terminal.text
        await terminal.press("enter")
        for _ in range(3):
            await terminal.press("enter", "down")
        await terminal.choose("Continuer")
        assert "Rien n'est" in terminal.flat
        await terminal.choose("Continuer avec ces choix")
        await terminal.choose("continuer")
        assert session(at_desk).stage is Stage.DECIDING
        await terminal.press("enter")
        assert session(at_desk).stage is Stage.DECIDING, "no button has the focus at first"
        await terminal.press("down", "enter")
        assert "Votre vote est enregistré." in terminal.text
        assert ("▀" in terminal.text) == (size == (170, 48)), "the square code is whole or not there"
        await terminal.press("enter")
        await terminal.type(PIN)
        await terminal.press("enter")
        assert session(at_desk).stage is Stage.SIGNING
        await terminal.resize(85, 24)
        await terminal.press("enter")
        assert "Votants 1 sur 6" in terminal.text


async def test_a_choice_too_many_changes_nothing(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.press("enter", "1", "enter", "2", "enter", "3", "enter")
        before = [row for row in terminal.rows() if "[x]" in row]
        await terminal.press("4", "enter")
        assert "Vous avez déjà 3 choix. Décochez-en un d'abord." in terminal.text
        assert len([row for row in terminal.rows() if "[x]" in row]) == len(before) == 3
        await terminal.press("1", "enter")
        assert "2 choix sur 3. Ligne 1 sur 4." in terminal.text


async def test_what_became_of_a_key_is_said_until_the_focus_moves(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.press("enter", "1", "enter", "2", "enter", "3", "enter", "4", "enter")
        assert "Vous avez déjà 3 choix." in terminal.text
        await terminal.press("up")
        assert "3 choix sur 3. Ligne 3 sur 4." in terminal.text
        await terminal.press("x")
        assert "Touche sans effet." in terminal.text
        await terminal.press("down")
        assert "3 choix sur 3. Ligne 4 sur 4." in terminal.text


async def test_enter_before_anything_is_chosen_says_to_choose(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.press("enter", "1", "enter")
        for label in ("Continuer", "Continuer avec ces choix", "J'ai"):
            await terminal.choose(label)
        for key in ("enter", "x"):
            await terminal.press(key)
            assert "Choisissez avec les flèches haut et bas, puis Entrée." in terminal.text
            assert "Touche sans effet" not in terminal.text


async def test_blank_asks_first_and_reads_blank_at_review(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.press("enter", "enter")
        await terminal.choose("Voter blanc ici")
        assert "Effacer votre choix et voter blanc ?" in terminal.text
        await terminal.press("enter")
        assert "1 choix sur 3" in terminal.text
        await terminal.choose("Voter blanc ici")
        await terminal.choose("Voter blanc")
        assert "AUCUN CHOIX. Ce sera un vote blanc." in terminal.text


async def test_another_language_keeps_the_choices(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.press("enter", "enter", "f2", "down")
        assert "Line 2 of 2." in terminal.text, "in the language that has the focus"
        assert "Enter: choose" in terminal.rows()[-1]
        await terminal.choose("English")
        assert "choose 1, 2 or 3" in terminal.text
        assert "€40,000" in terminal.text
        assert sum("[x]" in row for row in terminal.rows()) == 1


async def test_checking_the_machine_shows_what_it_had_prepared(
    at_desk: Office, printer: DeskPrinter, play: Play
) -> None:
    printer.works = False
    async with play(at_desk, (170, 48)) as terminal:
        await to_the_booth(terminal)
        await terminal.press("enter", "enter")
        await terminal.choose("Continuer")
        await terminal.choose("Continuer avec ces choix")
        assert "Recopiez ou photographiez ce code" in terminal.text
        await terminal.choose("J'ai le code")
        await terminal.choose("Vérifier la machine")
        assert "Ces choix ne sont PAS comptés." in terminal.text
        assert "La feuille s'imprime." not in terminal.text
        assert "Clarifier les priorités" in terminal.text
        assert "▀" in terminal.text
        await terminal.press("enter")
        assert "BONJOUR" in terminal.text
    assert at_desk.day.counts().marks == 0


async def test_the_cover_hides_the_choices_and_the_worker_ends_the_visit(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.press("enter", "enter", "f12")
        assert "[x]" not in terminal.text
        await terminal.press("escape")
        assert sum("[x]" in row for row in terminal.rows()) == 1
        await terminal.press("f12")
        await terminal.type("0000")
        await terminal.press("enter")
        assert "Mauvais code." in terminal.text
        await terminal.type(PIN)
        await terminal.press("enter")
        assert "Votants 0 sur 6" in terminal.text
        assert "Passage interrompu. Aucun vote n'a été enregistré." in terminal.text
        await let_in(terminal, "132")
        await terminal.press("enter")
        assert "[x]" not in terminal.text


@pytest.mark.parametrize("size", [(42, 12), (85, 24)])
async def test_only_esc_leaves_the_cover_of_a_worker_and_nothing_else_wipes_the_pin(
    at_desk: Office, play: Play, size: tuple[int, int]
) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.resize(*size)
        await terminal.press("enter", "enter", "f12")
        assert "[x]" not in terminal.text
        assert ("0-9 code" if size == (42, 12) else "0 à 9 : code du bureau") in terminal.text.splitlines()[
            -1
        ]
        assert "Échap" in terminal.text.splitlines()[-1]
        await terminal.type(PIN[:2])
        await terminal.press(
            "up", "down", "left", "right", "tab", "pagedown", "home", "x", "space", "f2", "f8"
        )
        assert "[ **____ ]" in terminal.text
        assert session(at_desk).stage is Stage.COVERED
        await terminal.press("escape")
        assert session(at_desk).stage is Stage.CHOOSING
        await terminal.press("f12", "enter", "enter", "enter", "enter")
        assert "Tapez d'abord le code, puis Entrée." in terminal.flat
        assert "Attendez" not in terminal.text, "nothing typed is no wrong PIN"
        await terminal.type(PIN)
        await terminal.press("enter")
        assert session(at_desk).stage is Stage.WAITING


async def test_a_wrong_pin_is_said_until_the_next_is_typed(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        await terminal.press("f12")
        await terminal.type("0000")
        await terminal.press("enter")
        assert "Mauvais code." in terminal.text
        await terminal.type("4")
        assert "Mauvais code." not in terminal.text
        assert "[ *_____ ]" in terminal.text


async def test_the_wait_after_wrong_pins_stays_said_whatever_is_pressed(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        await terminal.press("f12")
        for _ in range(3):
            await terminal.type("0000")
            await terminal.press("enter")
        assert "Mauvais code. Attendez 15 secondes." in terminal.flat
        await terminal.press("4", "enter", "x")
        assert "Mauvais code. Attendez 15 secondes." in terminal.flat
        assert "Touche sans effet" not in terminal.text


async def test_the_cover_counts_down_by_tens_and_a_key_begins_anew(in_booth: Office, play: Play) -> None:
    async with play(in_booth) as terminal:
        await terminal.press("f12")
        await terminal.type("47")
        for left in (50, 40, 30, 20, 10):
            terminal.app.count_down()
            await terminal.settle()
            assert f"Sans réponse dans {left} secondes" in terminal.text
        assert "[ **____ ]" in terminal.text
        terminal.app.count_down()
        await terminal.settle()
        assert "dans 10 secondes" in terminal.text
        await terminal.press("1")
        assert "dans 60 secondes" in terminal.text


async def test_an_early_enter_on_the_code_is_answered_and_counts_when_it_may(
    in_booth: Office, play: Play
) -> None:
    async with play(in_booth) as terminal:
        await terminal.choose("Continuer")
        await terminal.choose("Continuer avec ces choix")
        waiting = "Un instant, puis Entrée pour continuer."
        assert waiting in terminal.text
        await terminal.app.quiet_over("slip 2")
        assert waiting in terminal.text, "of another page"
        await terminal.press("enter", pace=1.0)
        assert session(in_booth).stage is Stage.COMMITTED
        await terminal.app.quiet_over("slip 1")
        await terminal.settle()
        assert session(in_booth).stage is Stage.DECIDING
        await terminal.press("escape")
        await terminal.choose("Continuer avec ces choix")
        await terminal.app.quiet_over("slip 2")
        await terminal.settle()
        assert session(in_booth).stage is Stage.COMMITTED, "nobody pressed Enter"
        assert waiting not in terminal.text


async def test_time_covers_then_stops(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.press("enter", "enter")
        await terminal.app.time_passed()
        await terminal.settle()
        assert "Êtes-vous encore là ?" in terminal.text
        assert "60 secondes" in terminal.text
        await terminal.app.time_passed()
        await terminal.settle()
        assert "Votre vote N'EST PAS enregistré." in terminal.flat
        assert session(at_desk).stage is Stage.STOPPED


async def test_a_screen_that_nobody_touches_comes_to_rest(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.settle()
        laid_out: list[object] = []
        screen = terminal.app.page_screen
        screen.screen_layout_refresh_signal.subscribe(screen.body, laid_out.append)
        for _ in range(5):
            await terminal.settle()
        assert not laid_out, "an old laptop would run hot and empty"
        screen.refresh(layout=True)
        await terminal.settle()
        assert laid_out, "the signal is heard"


async def test_the_next_voter_starts_in_the_communes_language_and_contrast(
    at_desk: Office, play: Play
) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.press("f4")
        assert terminal.app.screen.has_class("light")
        await terminal.choose("English")
        await terminal.press("enter")
        await terminal.choose("Continue")
        await terminal.choose("Continue with these choices")
        await terminal.choose("I have")
        await terminal.choose("[ Vote ]")
        await terminal.choose("Finish")
        await terminal.type(PIN)
        await terminal.press("enter")
        await terminal.choose("A signé")
        await let_in(terminal, "133")
        assert "Choisissez votre langue" in terminal.text
        assert not terminal.app.screen.has_class("light")


async def test_help_is_one_key_away_and_any_key_leads_back(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        await to_the_booth(terminal)
        await terminal.press("enter", "enter", "f1")
        assert "Rien n'est enregistré avant que vous confirmiez" in terminal.flat
        await terminal.press("x")
        assert sum("[x]" in row for row in terminal.rows()) == 1


async def test_two_voters_one_after_the_other(at_desk: Office, play: Play) -> None:
    async with play(at_desk) as terminal:
        for number in ("131", "136"):
            await let_in(terminal, number)
            await vote(terminal, 2)
            await hand_back(terminal)
        assert "Votants 2 sur 6" in terminal.text
        await terminal.type("131")
        await terminal.press("enter")
        assert "A DÉJÀ VOTÉ : n° 131" in terminal.flat
        assert "Un vote enregistré ne s'annule pas." in terminal.flat


async def test_after_a_wrong_pin_digits_count_at_once(in_booth: Office, play: Play) -> None:
    for answer in (a.Done(), a.Done(), a.SlipInHand(), a.Vote(), a.Finish()):
        in_booth.answer(answer)
    async with play(in_booth) as terminal:
        await terminal.type("0000")
        await terminal.press("enter")
        assert "Mauvais code." in terminal.text
        await terminal.press(*PIN, pace=0.05)
        assert "****" in terminal.text
        await terminal.press("enter")
        assert "n° 132" in terminal.text


async def test_the_help_says_how_the_choices_are_hidden_and_f12_hides_them(
    in_booth: Office, play: Play
) -> None:
    async with play(in_booth) as terminal:
        await terminal.press("f1")
        assert "Appuyez d'abord sur F12 : vos choix sont cachés." in terminal.flat
        await terminal.press("f1", "f12")
        assert "Vos choix sont cachés." in terminal.flat
        assert "Clarifier" not in terminal.text
        await terminal.press("escape")
        assert "Clarifier" in terminal.text
