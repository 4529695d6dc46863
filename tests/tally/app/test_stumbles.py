"""What made somebody stumble who only read the officer's screens: each is told now, with its next step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from keys.desk.files import folder_lock
from keys.election.decision import DecisionKind
from keys.findings import Refused, Unreadable
from keys.paper.groups import fingerprint_groups, fingerprint_text
from tally.boxes.database import open_boxes
from tally.screens import afterwards
from tally.screens.decisions import Decisions
from tally.screens.home import Home
from tally.screens.telling import problem_words
from tally.step import Step
from tests.simulator.office import Office
from tests.tally.app.conftest import Sit
from tests.tally.app.test_evening import digest_of, sign, type_groups
from tests.tally.app.test_paper_and_shuffles import type_paper

pytestmark = pytest.mark.asyncio

_FIGURES = (14, 9, 9, 1, 0, 5, 3, 2, 9, 0, 1, 5, 3)


async def test_the_box_that_the_board_chose_is_asked_for(office: Office, sit: Sit) -> None:
    (office.root / "m2-box").rename(office.root / "stick" / "m2-again")
    office.bring("m2")
    with pytest.raises(Refused, match="T-201"):
        office.bring("m2-again")
    async with sit(office) as seat:
        assert "La commission choisit" in seat.flat
        await seat.press("enter")  # the first row is the next step: to decide
        await seat.choose("Choisir entre deux urnes")
        await seat.choose(fingerprint_text(digest_of(office, "m2-again"))[:20])
        await seat.type("the board, after both papers were read")
        await seat.choose("Signer cette décision")
        await sign(seat)
        assert isinstance(seat.app.screen, Decisions) and "Choisir entre deux urnes" not in seat.text
        await seat.press("escape")
        assert "La commission a choisi une urne de la machine m2. Branchez sa clé USB" in seat.flat
        shutil.rmtree(office.root / "stick" / "m2")
        for name in ("m1", "m3"):
            shutil.rmtree(office.root / "stick" / name)
        await seat.choose("Recevoir des urnes")
        await seat.choose("stick")
        await seat.until("Rapport de clôture de la machine m2,")
        await type_groups(seat, fingerprint_groups(digest_of(office, "m2-again")))
        await seat.until("C'est fait.")
        assert "La clé USB peut être retirée." in seat.flat
        await seat.press("enter")
        assert "EN SUSPENS" not in seat.text


async def test_a_stick_pulled_out_between_two_boxes(office: Office, sit: Sit) -> None:
    async with sit(office) as seat:
        await seat.choose("Recevoir des urnes")
        await seat.choose("stick")
        await seat.until("Rapport de clôture de la machine m1,")
        groups = fingerprint_groups(digest_of(office, "m1"))
        (office.root / "stick").rename(office.root / "pocket")
        await type_groups(seat, groups)
        await seat.until("Cela n'a pas été fait.")
        assert "Il n'y est pas, ou n'y est plus." in seat.flat and "T-111" not in seat.flat
        await seat.press("enter")
        await seat.until("L'urne de la machine m1 est reçue.")
    with open_boxes(office.workspace.boxes) as boxes:
        assert [row.name for row in boxes.all()] == ["m1"]


async def test_a_count_on_paper_that_differs_is_not_typed_again_whole(office: Office, sit: Sit) -> None:
    office.decide(DecisionKind.EXCLUSION, office.dossier.manifest.machine_named("m3"))
    async with sit(office) as seat:
        await type_paper(seat, "Anne Roux", _FIGURES)
        await seat.until("Conservé.")
        await seat.press("enter")
        assert "Décompte sur papier : Bureau 3 (saisi une fois)" in seat.flat
        await type_paper(seat, "Bilal Sy", (*_FIGURES[:5], 4, *_FIGURES[6:]))
        await seat.until("ville 1")
        await seat.press("enter")
        await seat.until("Décompte sur papier : Bureau 3")
        assert seat.app.focused is not None and seat.app.focused.id == "figure-5"
        await seat.press("delete", "5")
        await seat.choose("Ce sont les chiffres du papier")
        await seat.until("Les deux saisies sont identiques")  # the passphrase was asked once
        await seat.press("enter")
        await seat.until("QUE FAIRE MAINTENANT")
        assert seat.app.desk.sealed.board.questions[0].kind is DecisionKind.EXCLUSION


async def test_what_would_come_too_late_is_decided_before_the_trustees_are_asked(
    office: Office, sit: Sit
) -> None:
    for name in ("m1", "m2"):
        office.bring(name)
    for machine in (1, 3):
        office.decide(DecisionKind.EXCLUSION, machine)
    async with sit(office) as seat:
        board = seat.app.desk.sealed.board
        assert board.step is Step.FIRST and [item.kind for item in board.questions] == [
            DecisionKind.FEW_BALLOTS
        ]
        assert "il reste d'abord à décider" in seat.flat
        await seat.press("enter")
        await seat.until("Ouvrir un scrutin qui a peu de bulletins")
    office.decide(DecisionKind.FEW_BALLOTS, 1)
    async with sit(office) as seat:
        assert seat.app.desk.sealed.board.step is Step.REQUEST


async def test_two_officers_at_once(office: Office, sit: Sit) -> None:
    async with sit(office) as seat:
        with folder_lock(office.folder.parent):
            await seat.choose("Recevoir des urnes")
            await seat.choose("stick")
            await seat.until("Quelqu'un d'autre travaille dans ce dossier")
            assert "Attendez la fin de ce travail" in seat.flat
            await seat.press("enter")
        assert "bureaux : 0 sur 3" in seat.flat
        office.bring("m3")
        home = seat.app.screen
        assert isinstance(home, Home)
        home.look()
        await seat.until("Quelqu'un d'autre a travaillé dans ce dossier")
        assert "bureaux : 1 sur 3" in seat.flat
        assert not seat.app.desk.is_stale()


async def test_a_full_stick_at_the_end_of_the_office(
    office: Office, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(office) as seat:

        def full(*_: object) -> Path:
            try:
                raise OSError(28, "No space left on device")
            except OSError:
                raise Unreadable("x could not be written", Path("/media/x")) from None

        monkeypatch.setattr(afterwards, "hand_out_report", full)
        ended = afterwards._destroy(seat.app.desk, Path("/media"))
        assert not isinstance(ended, str)
        happened, safe, _ = problem_words(ended.errors[0], seat.app.desk, ended.kept)
        assert "plus de place" in happened and "/media/x" in happened
        assert "Le rapport est signé" in safe and "Continuer la destruction" in safe and "moitié" not in safe
        own = Unreadable("x", office.folder / "minutes.pdf")
        own.__context__ = OSError(28, "No space left on device")
        assert "disque de cet ordinateur qui est plein" in problem_words(own, seat.app.desk)[2]
