"""The town's list taken in on the officer's screen: shown before it is kept, kept whole or not at all."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tally.roll.kept import kept_roll
from tests.simulator.office import NOW, Office
from tests.simulator.polling import definition, drafted
from tests.tally.app.conftest import Sit

pytestmark = pytest.mark.asyncio

_LIST = (
    "Numéro;Nom;Prénoms;Né le;Bureau;Téléphone\n1;DUPONT;Anne;14/03/1958;b1;05\n2;ROUX;Bilal;1960-02-01;b2;\n"
)


@pytest.fixture
def draft(tmp_path: Path) -> Office:
    """A draft without registers, and a stick with a list."""
    workspace, _, stick = drafted(tmp_path, definition())
    for path in workspace.private.glob("roll-*"):
        path.unlink()
    (stick / "liste.csv").write_text(_LIST, "utf-8")
    authority = workspace.open_authority(b"a passphrase for tests")
    return Office(tmp_path, authority, (), {}, {}, NOW)


async def test_a_list_is_shown_and_then_kept(draft: Office, sit: Sit) -> None:
    async with sit(draft) as seat:
        assert "n'en ont pas encore : Bureau 1 Roguet et Bureau 2 Lardenne." in seat.flat
        await seat.choose("Recevoir les listes électorales")
        await seat.choose("stick")
        await seat.until("La liste est-elle bien lue ?")
        assert "Téléphone laissée de côté" in seat.flat and "Bureau 2 Lardenne : 1" in seat.flat
        await seat.press("pagedown", "escape")
        await seat.until("n'en ont pas encore")
        assert not list(draft.workspace.private.glob("roll-*"))
        await seat.choose("Recevoir les listes électorales")
        await seat.choose("stick")
        await seat.choose("Recevoir cette liste")
        await seat.until("Reçu. Électeurs : 2 ; bureaux : 2 sur 2.")
        await seat.press("enter")
        await seat.until("Les listes électorales sont reçues.")
    electors = kept_roll(draft.workspace, definition(), 1).electors
    assert [(item.number, item.surname) for item in electors] == [(2, "ROUX")]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("14/03/1958", "14 mars", "ligne 2 : « 14 mars » n'est pas une date"),
        (";b2;", ";b9;", "ligne 3 : il n'y a pas de bureau « b9 »"),
        ("Numéro", "Rang", "aucune colonne ne contient le numéro de la liste papier"),
        ("2;ROUX", "deux;ROUX", "ligne 3 : « deux » n'est pas un nombre"),
    ],
)
async def test_one_wrong_cell_keeps_the_whole_list_out(
    draft: Office, sit: Sit, before: str, after: str, said: str
) -> None:
    path = draft.root / "stick" / "liste.csv"
    path.write_text(_LIST.replace(before, after), "utf-8")
    async with sit(dataclasses.replace(draft)) as seat:
        await seat.choose("Recevoir les listes électorales")
        await seat.choose("stick")
        await seat.until("l'écarte tout entière. (1 erreur)")
        assert said in seat.flat
    assert not list(draft.workspace.private.glob("roll-*"))


async def test_a_stick_without_a_list(draft: Office, sit: Sit) -> None:
    (draft.root / "stick" / "liste.csv").unlink()
    async with sit(draft) as seat:
        await seat.choose("Recevoir les listes électorales")
        await seat.choose("stick")
        await seat.until("Il n'y a pas de liste (CSV)")
