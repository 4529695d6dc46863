"""After the publication on the officer's screens: the order to the machines, and the office that retires."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.desk.files import load_statement
from keys.election.decision import DecisionKind
from keys.election.destruction import DestructionOrder
from tally.retiring import what_is_left
from tests.simulator.office import NOW, Office
from tests.tally.app.conftest import PASSPHRASE, Seat, Sit

pytestmark = pytest.mark.asyncio


@pytest.fixture
def published(office: Office) -> Office:
    """An office whose public folder lies on the stick."""
    for name in ("m1", "m2", "m3"):
        office.bring(name)
    office.decide(DecisionKind.EXCLUSION, 1)
    office.request()
    office.answer()
    office.certify()
    below = office.root / "stick" / "ISOLOIR"
    below.mkdir()
    office.publish().rename(below / "public")
    return office


async def order(seat: Seat, day: str) -> None:
    await seat.choose("Ordonner la destruction")
    await seat.until("Quel jour le délai de recours")
    await seat.type(day)
    await seat.choose("bien ce jour")
    await seat.choose("stick")
    await seat.until("La phrase de passe")
    await seat.type(PASSPHRASE)
    await seat.until("destruction-order.cose")
    await seat.press("enter")


async def retire(seat: Seat, town: str) -> None:
    await seat.choose("Détruire les données privées de la mairie")
    await seat.until("dossier publié")
    await seat.choose("stick")
    await seat.until("Le rapport de ce qui est détruit")
    await seat.choose("stick")
    await seat.until("tapez le nom de la commune")
    await seat.type(town)


async def test_the_order_then_the_end_of_the_office(published: Office, sit: Sit) -> None:
    office, stick = published, published.root / "stick"
    async with sit(office) as seat:
        assert "> 8. Après le délai de recours" in seat.text
        await seat.choose("Ordonner la destruction")
        for wrong, words in (("31 juin", "Ce n'est pas une date"), ("4/10/2026", "pas encore terminé")):
            await seat.type(wrong)
            await seat.until(words)
            await seat.press("ctrl+u")
        await seat.press("escape")
        await order(seat, "05/10/2026")
        signed = load_statement(stick / "destruction-order.cose")
        assert DestructionOrder.from_content(signed.content, "order").not_before == 1_791_151_200
        await retire(seat, "Toulouse")
        await seat.until("Ce n'est pas le nom")
        assert what_is_left(office.workspace) and not office.workspace.retired.exists()
        await seat.press("ctrl+u")
        await seat.type("Agen")
        await seat.until("La phrase de passe")
        await seat.type(PASSPHRASE)
        await seat.until("Fichiers détruits")
        await seat.press("enter")
        assert "Détruits : listes électorales" in seat.flat and "Sauvegarder" not in seat.text
        await seat.choose("Écrire le rapport")
        await seat.choose("stick")
        await seat.until("Imprimez-le et gardez-le")
    assert (stick / "destruction-town-hall.pdf").exists() and not what_is_left(office.workspace)


async def test_before_its_day_the_order_is_copied_and_nothing_retires(published: Office, sit: Sit) -> None:
    assert published.clock < NOW + 30 * 86_400
    async with sit(published) as seat:
        await order(seat, "31/12/2026")
        assert (
            "31 décembre 2026" in seat.flat and "Détruire les données privées de la mairie" not in seat.text
        )
        (published.root / "stick" / "destruction-order.cose").unlink()
        await seat.choose("ordre pour les machines")
        await seat.choose("stick")
        await seat.until("Portez-le à chaque machine")
    assert (published.root / "stick" / "destruction-order.cose").exists()


async def test_one_changed_byte_of_what_is_published_keeps_the_office(published: Office, sit: Sit) -> None:
    path = published.root / "stick" / "ISOLOIR" / "public" / "results.csv"
    path.write_bytes(path.read_bytes()[:-1] + b"0")
    async with sit(published) as seat:
        await order(seat, "05/10/2026")
        await retire(seat, "Agen")
        await seat.until("La phrase de passe")
        await seat.type(PASSPHRASE)
        await seat.until("T-728")
    assert what_is_left(published.workspace) and not published.workspace.retired.exists()


async def test_what_was_stopped_goes_on(published: Office, sit: Sit, tmp_path: Path) -> None:
    from tally.retiring import begin_retiring, order_destruction

    order_destruction(published.workspace, published.authority, NOW, NOW)
    public = published.root / "stick" / "ISOLOIR" / "public"
    begin_retiring(published.workspace, public, published.authority, published.now())
    async with sit(published) as seat:
        assert "a été interrompue" in seat.flat
        await seat.choose("Continuer la destruction")
        await seat.choose("stick")
        await seat.until("Fichiers détruits")
    assert not what_is_left(published.workspace)
