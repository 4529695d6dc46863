"""Every ballot form on the screen: keys of its own, Up, Down and Enter alone, and nothing lost by a key too many."""

from __future__ import annotations

import pytest

from keys.election.definition import Contest, Terms
from keys.election.rules import Form
from station.visits.stages import Stage
from tests.simulator.booth_face import BoothFace
from tests.simulator.hall import contest
from tests.simulator.terminal import Terminal
from tests.station.app.conftest import Play

pytestmark = pytest.mark.asyncio

TEAM = ("Karim HADDAD", "Sylvie COSTE", "Jean VIDAL", "Rose MARTY", "Alain PRAT", "Inès LOPEZ", "Luc FABRE")
PROJECTS = ("Une piste pour les vélos", "Un verger au lac", "Rénover le terrain", "Des bancs", "Un abri")
POINTS = contest("budget", PROJECTS, most=7, costs=(60, 25, 40, 12, 35), form=Form.POINTS, points_each=3)
RANKS = contest("trois projets", PROJECTS, form=Form.RANKS, terms=Terms(exactly=3))
LISTS = contest("conseil", ("Liste A", "Liste B"), most=1, members=(TEAM, TEAM[::-1]))
GRADES = contest(
    "idées", PROJECTS, most=5, form=Form.GRADES, terms=Terms(grades=("Plus tard", "Bientôt", "Maintenant"))
)
APPROVALS = contest("partage", PROJECTS, most=5, form=Form.APPROVALS)
LONG = contest("ville", [f"Projet {n}" for n in range(1, 31)], most=7, form=Form.POINTS, points_each=3)


async def vote(terminal: Terminal, face: BoothFace) -> tuple[int, ...]:
    """From the contest to the recorded vote; what was recorded in its only contest."""
    await terminal.choose("Continuer")
    await terminal.choose("Continuer avec ces choix")
    await terminal.choose("continuer")
    await terminal.choose("[ Voter ]")
    assert face.session.stage is Stage.RECORDED
    return face.recorder.cast_for[1][0]


async def test_points_are_added_taken_away_and_set(play: Play) -> None:
    face = BoothFace(POINTS)
    async with play(face) as terminal:
        await terminal.press("right", "right", "right", "right")
        assert "3 points au plus par choix." in terminal.text
        assert "3 points  * * *" in terminal.text
        await terminal.press("down", "3", "down", "enter", "enter")
        assert "Il ne reste plus de points. Enlevez-en d'abord ailleurs." in terminal.text
        await terminal.press("9")
        assert "3 points au plus par choix." in terminal.text
        await terminal.press("up", "left", "down", "down", "2")
        assert "Il vous reste 1 point." in terminal.text
        await terminal.press("up", "right", "backspace", "up", "right")
        assert "7 points donnés sur 7. Ligne 2 sur 5." in terminal.text
        await terminal.press("backspace")
        of_lines = terminal.rows()[-1]
        await terminal.press("tab")
        assert terminal.rows()[-1] != of_lines, "a button has other keys"
        assert "valider" in terminal.rows()[-1]
        await terminal.press("up")
        assert terminal.rows()[-1] == of_lines
        await terminal.choose("Continuer")
        assert "Budget : 6 points sur 7" in terminal.text
        assert "- Un verger au lac : 2 points" in terminal.text
        assert "Vous pouvez encore donner 1 point. Ce n'est pas obligé." in terminal.text
        await terminal.choose("Budget")
        assert await vote(terminal, face) == (3, 2, 1, 0, 0)


async def test_a_ranking_is_made_changed_and_never_spoilt(play: Play) -> None:
    face = BoothFace(RANKS)
    async with play(face) as terminal:
        await terminal.press("down", "enter", "down", "down", "enter")
        assert "3e    (à choisir)" in terminal.text
        await terminal.press("plus")
        assert "1er   Des bancs" in terminal.text
        await terminal.press("minus")
        assert "2e    Des bancs" in terminal.text
        await terminal.choose("Continuer")
        assert "Il manque 1 choix. Complétez, ou votez blanc." in terminal.text
        await terminal.press("escape")
        assert "2 rangs donnés sur 3." in terminal.text
        await terminal.choose("Continuer")
        await terminal.choose("Voter blanc ici")
        assert "AUCUN CHOIX. Ce sera un vote blanc." in terminal.text
        await terminal.choose("Trois Projets")
        assert await vote(terminal, face) == ()


async def test_ranks_that_follow_move_up_and_it_is_said(play: Play) -> None:
    face = BoothFace(RANKS)
    async with play(face, (42, 12)) as terminal:
        await terminal.press("enter", "down", "enter", "down", "enter", "down")
        assert "1er 1   2e 2   3e 3" in terminal.text
        await terminal.press("enter")
        assert "Vous avez déjà classé 3 choix. Enlevez-en un d'abord." in terminal.flat
        await terminal.press("up", "up", "left")
        assert "Les suivants sont montés d'un rang." in terminal.flat
        await terminal.choose("Continuer")
        await terminal.choose("Compléter mes choix")
        await terminal.choose("Un abri")
        assert await vote(terminal, face) == (1, 0, 2, 0, 3)


async def test_a_list_shows_its_members_and_the_choice_moves(play: Play) -> None:
    face = BoothFace(LISTS)
    async with play(face) as terminal:
        assert "choisissez une liste, ou votez blanc." in terminal.text
        assert "liste conduite par Luc FABRE" in terminal.text
        assert terminal.text.count("Sylvie COSTE") == 1
        await terminal.press("enter", "down", "enter")
        assert "« Liste B » est choisi à la place de « Liste A »." in terminal.text
        await terminal.choose("Continuer")
        assert "- Liste B (7 personnes)" in terminal.text
        await terminal.choose("Conseil")
        assert await vote(terminal, face) == (0, 1)


async def test_all_members_pass_the_smallest_screen(play: Play) -> None:
    seen = ""
    async with play(BoothFace(LISTS, LISTS), (42, 12)) as terminal:
        await terminal.press("enter", "down")
        for _ in range(4):
            seen += terminal.text
            await terminal.press("down")
    assert all(name in seen for name in TEAM)


async def test_grades_are_raised_lowered_and_set(play: Play) -> None:
    face = BoothFace(GRADES)
    async with play(face) as terminal:
        assert "1 Plus tard   2 Bientôt   3 Maintenant" in terminal.text
        await terminal.press("right", "right", "right", "right", "left", "down", "3", "down", "9")
        assert "Les mentions vont de 1 à 3 ; 0 enlève la mention." in terminal.text
        await terminal.press("enter", "enter", "enter", "enter")
        assert "2 mentions données sur 5. Ligne 3 sur 5." in terminal.text
        await terminal.press("1", "up")
        assert "Maintenant. 3 mentions données sur 5. Ligne 2 sur 5." in terminal.text
        await terminal.choose("Continuer")
        assert "- Un verger au lac : Maintenant" in terminal.text
        assert "2 choix sans mention : ils comptent comme s'ils avaient la plus basse." in terminal.text
        await terminal.choose("Idées")
        assert await vote(terminal, face) == (2, 3, 1, 0, 0)


@pytest.mark.parametrize(
    ("held", "size", "selection"),
    [
        (POINTS, (42, 12), (2, 1, 1, 1, 1)),
        (RANKS, (56, 16), (0, 1, 2, 3, 0)),
        (GRADES, (42, 12), (2, 1, 1, 1, 1)),
        (APPROVALS, (170, 48), (0, 1, 1, 1, 1)),
    ],
    ids=["points", "ranks", "grades", "approvals"],
)
async def test_up_down_and_enter_fill_in_every_form(
    play: Play, held: Contest, size: tuple[int, int], selection: tuple[int, ...]
) -> None:
    """Enter on every option, cleared by the question of the blank vote, and all over again."""
    face = BoothFace(held)
    async with play(face, size) as terminal:
        for _ in range(5):
            await terminal.press("enter", "down")
        await terminal.choose("Voter blanc ici")
        await terminal.choose("Effacer, et choisir de nouveau")
        assert face.session.stage is Stage.CHOOSING
        for name in PROJECTS:
            await terminal.choose(name[:12])
            if held is RANKS and name == PROJECTS[3]:
                break
        await terminal.choose(PROJECTS[0][:12])
        if held is RANKS:
            await terminal.choose(PROJECTS[3][:12])
        assert await vote(terminal, face) == selection


async def test_a_note_of_two_rows_does_not_push_the_focus_out(play: Play) -> None:
    async with play(BoothFace(LONG), (42, 12)) as terminal:
        await terminal.press("3", "down", "3", "down", "1", "down", "down", "down")
        while not terminal.rows()[-3].startswith(" >"):
            await terminal.press("down")
        focused = [row for row in terminal.rows() if row.startswith(" >")]
        for key, said in (
            ("right", "Il ne reste plus de points. Enlevez-en d'abord ailleurs."),
            ("x", "Touche sans effet."),
        ):
            await terminal.press(key)
            assert said in terminal.flat
            assert [row for row in terminal.rows() if row.startswith(" >")] == focused
            await terminal.press("up", "down")


async def test_help_longer_than_the_screen_is_read_to_its_end(play: Play) -> None:
    async with play(BoothFace(POINTS), (42, 12)) as terminal:
        await terminal.press("f1")
        assert "sur un écran à part" not in terminal.flat
        assert terminal.rows()[-2].endswith("plus bas")
        await terminal.press("down")
        assert "sur un écran à part" in terminal.flat
        assert "plus bas" not in terminal.rows()[-2]
        await terminal.press("down")
        assert "0 point donné sur 7. Ligne 1 sur 5." in terminal.text


async def test_a_page_turned_takes_the_focus_along(play: Play) -> None:
    face = BoothFace(LONG)
    async with play(face, (42, 12)) as terminal:
        for _ in range(5):
            await terminal.press("pagedown")
            focused = [row for row in terminal.rows() if row.lstrip().startswith(">")]
            assert len(focused) == 1
            await terminal.press("1")
            assert "[1]" in "".join(row for row in terminal.rows() if row.lstrip().startswith(">"))
        await terminal.press("pageup", "2")
        rows = [row for row in terminal.rows() if row.lstrip().startswith(">")]
        assert len(rows) == 1
        assert "[2]" in rows[0]
