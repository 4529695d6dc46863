"""The whole evening on the screen: boxes, decisions, trustees, results, minutes, publication, a copy."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from pathlib import Path

import pytest
from textual import events

from keys.decrypting import decrypt
from keys.election.decision import DecisionKind
from keys.findings import Refused
from keys.paper.groups import HIDDEN, fingerprint_groups, fingerprint_text
from tally.boxes.database import open_boxes
from tests.simulator.office import Office
from tests.tally.app.conftest import PASSPHRASE, Seat, Sit

pytestmark = pytest.mark.asyncio


def digest_of(office: Office, name: str) -> bytes:
    """What the officer reads on the signed paper."""
    from keys.desk.files import load_statement
    from keys.election.report import ClosingReport
    from keys.election.statement import StatementType

    for path in (office.root / "stick" / name).glob("*.cose"):
        statement = load_statement(path)
        if statement.header.type is StatementType.CLOSING_REPORT:
            return ClosingReport.from_content(statement.content, path.name).set_digest
    raise AssertionError(name)


async def type_groups(seat: Seat, groups: tuple[str, ...]) -> None:
    """Type the groups that the screen hides."""
    shown = [part for row in seat.rows() for part in re.findall(rf"\b[0-9A-Z]{{4}}\b|{HIDDEN}", row)]
    shown = [part for part in shown if part == HIDDEN or part in groups]
    assert len(shown) == 13 and shown.count(HIDDEN) == 2
    for place, part in enumerate(shown):
        if part == HIDDEN:
            await seat.type(groups[place])


async def take_in(seat: Seat, office: Office, *names: str) -> None:
    """Take in the boxes of the stick that is in."""
    await seat.choose("Recevoir des urnes")
    await seat.until("Clés USB branchées")
    await seat.choose("stick")
    for name in names:
        await seat.until(f"Rapport de clôture de la machine {name},")
        await type_groups(seat, fingerprint_groups(digest_of(office, name)))
    await seat.until("C'est fait.")
    await seat.press("enter")


async def sign(seat: Seat) -> None:
    await seat.until("La phrase de passe")
    await seat.type(PASSPHRASE)
    await seat.until("C'est fait.")
    await seat.press("enter")


async def test_from_the_first_box_to_the_copy_in_the_safe(office: Office, sit: Sit, tmp_path: Path) -> None:
    async with sit(office) as seat:
        assert "> 2. Recevoir les urnes" in seat.text and "bureaux : 0 sur 3" in seat.text
        assert "MANQUE : Bureau 1 (m1, m1bis), Bureau 2 (m2), Bureau 3 (m3)" in seat.flat
        await take_in(seat, office, "m1", "m2", "m3")
        await seat.choose("Décisions")
        await seat.choose("Écarter une machine : machine m1bis")
        await seat.until("Qui a décidé")
        await seat.choose_field("#reason")
        await seat.type("Camille Nom4, at noon: it never opened")
        await seat.choose("Signer cette décision")
        await seat.until("Camille, Nom4")  # on the register: the same text again is meant so
        await seat.choose("Signer cette décision")
        await sign(seat)
        assert "Machine m1bis écartée" in seat.text or "Machine m1bis" in seat.text
        await seat.press("escape")
        assert "> 3. Demander l'ouverture" in seat.text
        await seat.choose("Demander l'ouverture")
        await seat.choose("Demander l'ouverture")
        await seat.choose_field("#place")
        await seat.type(str(tmp_path / "trustees"))
        await sign(seat)
        assert "> 4. Recevoir les réponses des dépositaires" in seat.text
        for at, trustee in enumerate(office.trustees):
            answer = decrypt(trustee, tmp_path / "trustees", office.root / trustee.name)
            (tmp_path / f"answer-{at}.cose").write_bytes(answer)
            await seat.choose("Recevoir des réponses")
            await seat.choose_field("#place")
            await seat.type(str(tmp_path / f"answer-{at}.cose"))
            await seat.until("Réponses des dépositaires")
            await seat.press("enter")
        await seat.choose("Ouvrir les totaux")
        await seat.until("sont ouverts et comptés")
        await seat.press("enter")
        await seat.until("1/2")
        assert "Bulletins : 36" in seat.flat and "█" in seat.text and "retenu" in seat.text
        await seat.press("right")
        assert "2/2" in seat.text and "Bulletins : 12" in seat.flat
        await seat.press("escape")
        await seat.choose("Certifier les résultats")
        await sign(seat)
        await seat.choose("Publier")
        await seat.choose_field("#place")
        await seat.type(str(tmp_path / "public"))
        await seat.until("La phrase de passe")
        await seat.type(PASSPHRASE)
        await seat.until("SHA-256")
        page = hashlib.sha256((tmp_path / "public" / "index.html").read_bytes()).hexdigest()
        assert page in seat.flat.replace(" ", "")
        await seat.press("enter")
        assert "> 8. Après le délai de recours" in seat.text
        safe = tmp_path / "safe"
        safe.mkdir()
        await seat.choose("Sauvegarder")
        await seat.choose_field("#place")
        await seat.type(str(safe))
        await seat.until("relu et comparé")
    assert (tmp_path / "public" / "publication.cose").exists()
    assert len(list(safe.glob("isoloir-*.zip"))) == 1


async def test_other_groups_leave_that_box_out_and_no_other(office: Office, sit: Sit) -> None:
    async with sit(office) as seat:
        await seat.choose("Recevoir des urnes")
        await seat.choose("stick")
        await seat.until("Rapport de clôture de la machine m1,")
        await seat.type("0000")
        await seat.type("ZZZZ")
        assert "Ce ne sont pas les groupes" in seat.flat
        await seat.press("escape")
        for name in ("m2", "m3"):
            await seat.until(f"Rapport de clôture de la machine {name},")
            await type_groups(seat, fingerprint_groups(digest_of(office, name)))
        await seat.until("Tout n'a pas été fait.")
        assert (
            "L'urne de la machine m1 n'est pas reçue" in seat.flat
            and "L'urne de la machine m3 est reçue" in seat.flat
        )
        await seat.press("enter")
        assert "bureaux : 2 sur 3" in seat.text and "MANQUE : Bureau 1 (m1, m1bis)" in seat.flat
    with open_boxes(office.workspace.boxes) as boxes:
        assert [row.name for row in boxes.all()] == ["m2", "m3"]


async def test_a_wrong_passphrase_signs_nothing(office: Office, sit: Sit) -> None:
    for name in ("m1", "m2", "m3"):
        office.bring(name)
    async with sit(office) as seat:
        await seat.leave_out_m1bis()
        await seat.type("not these words")
        await seat.until("n'ouvre pas les clés de l'autorité")
        assert "La phrase de passe" in seat.text and "not these words" not in seat.text
        assert not office.dossier.decisions
        await sign(seat)  # what was typed before is not lost
    assert len(office.dossier.decisions) == 1


async def test_a_key_pressed_twice_begins_once(office: Office, sit: Sit) -> None:
    async with sit(office) as seat:
        for _ in range(2):
            seat.app.post_message(events.Key("enter", "\r"))
        await seat.until("Clés USB branchées")
        await seat.press("escape")
        assert "QUE FAIRE MAINTENANT" in seat.text


async def test_a_stick_without_news_is_said_to_be_so(office: Office, sit: Sit) -> None:
    for name in ("m1", "m2", "m3"):
        office.bring(name)
    office.decide(DecisionKind.EXCLUSION, 1)
    office.request()
    async with sit(office) as seat:
        await seat.choose("Recevoir des réponses")
        await seat.choose("stick")
        await seat.until("Rien de nouveau dans")
        assert "Tout n'a pas été fait." in seat.text


async def test_a_box_that_was_changed_is_refused_and_the_others_stay(office: Office, sit: Sit) -> None:
    path = office.root / "stick" / "m2" / "box.sqlite"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    async with sit(office) as seat:
        await seat.choose("Recevoir des urnes")
        await seat.choose("stick")
        for name in ("m1", "m3"):
            await seat.until(f"Rapport de clôture de la machine {name},")
            await type_groups(seat, fingerprint_groups(digest_of(office, name)))
        await seat.until("Cela n'a pas été fait.")
        assert "T-1" in seat.text
        await seat.press("enter")
        await seat.until("Tout n'a pas été fait.")
        await seat.press("enter")
        await seat.choose("Tableau des bureaux")
        states = [row.split()[2] for row in seat.rows() if re.match(r" *Bureau \d", row)]
        assert states == ["MANQUE", "MANQUE", "urne"]  # the spare of the first is neither in nor left out


async def test_two_boxes_of_one_machine_are_for_the_board_to_choose(office: Office, sit: Sit) -> None:
    (office.root / "m2-box").rename(office.root / "stick" / "m2-again")
    for name in ("m1", "m2", "m3"):
        office.bring(name)
    with pytest.raises(Refused, match="T-201"):
        office.bring("m2-again")
    async with sit(office) as seat:
        await seat.choose("Tableau des bureaux")
        assert "EN SUSPENS" in seat.text and "85,7 %" in seat.text
        await seat.press("escape")
        await seat.choose("Décisions")
        await seat.choose("Choisir entre deux urnes : machine m2")
        await seat.until("Deux urnes différentes de cette machine")
        await seat.choose(fingerprint_text(digest_of(office, "m2"))[:20])
        assert "(x) " + fingerprint_text(digest_of(office, "m2"))[:20] in seat.text
        await seat.type("the board, after both papers were read")
        await seat.choose("Signer cette décision")
        await sign(seat)
        await seat.press("escape")
        await seat.choose("Tableau des bureaux")
        assert "EN SUSPENS" not in seat.text


async def test_the_board_names_a_box_that_was_taken_over(office: Office, sit: Sit) -> None:
    """A machine stopped, and another closed its box from the stick: a star in the row, and a sentence."""
    office.bring("m1")
    words = "son urne a été fermée sur une autre"
    async with sit(office) as seat:
        await seat.choose("Tableau")
        assert words not in seat.flat
        await seat.press("escape")
        desk = seat.app.desk
        days = [dataclasses.replace(day, stopped=day.closing is not None) for day in desk.sealed.dossier.days]
        dossier = dataclasses.replace(desk.sealed.dossier, days=tuple(days))
        desk.standing = dataclasses.replace(desk.sealed, dossier=dossier)
        await seat.choose("Tableau")
        assert words in seat.flat
        starred = [row for row in seat.rows() if " *" in row and "arrêtée" not in row]
        assert len(starred) == 1, seat.text
        await seat.press("enter")
        assert words in seat.flat


async def test_a_stick_that_was_pulled_out_or_is_empty_is_said_to_be_so(office: Office, sit: Sit) -> None:
    (office.root / "empty").mkdir()
    async with sit(office) as seat:
        for name, words in (("gone", "ou n'y est plus"), ("empty", "Rien de nouveau dans")):
            await seat.choose("Recevoir des urnes")
            await seat.choose_field("#place")
            await seat.type(str(office.root / name))
            await seat.until(words)
            await seat.press("enter")
            assert "bureaux : 0 sur 3" in seat.text
