"""A station on paper typed in by two people, and trustees' shuffles taken in, on the officer's screens."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from keys.election.decision import DecisionKind
from keys.election.definition import Contest, Option, Station, Terms
from keys.shuffling import shuffle_ballots
from tests.simulator.office import Office
from tests.tally.app.conftest import PASSPHRASE, Seat, Sit

pytestmark = pytest.mark.asyncio

_FIGURES = (14, 9, 9, 1, 0, 5, 3, 2, 9, 0, 1, 5, 3)
"""Electors, signatures; ballots, blank, invalid and three options; ballots, blank, invalid and two options."""


async def type_paper(seat: Seat, name: str, figures: tuple[int, ...]) -> None:
    """Type a whole form and sign it."""
    await seat.choose("Saisir un décompte sur papier")
    await seat.until("l'une après l'autre")
    await seat.choose("Bureau 3")
    await seat.until("Décompte sur papier : Bureau 3")
    await seat.type(name)
    await seat.type("No power all day")
    for figure in figures:
        await seat.type(str(figure))
    await seat.choose("Ce sont les chiffres du papier")
    await seat.until("La phrase de passe")
    await seat.type(PASSPHRASE)


async def test_two_people_type_the_paper_of_a_station(office: Office, sit: Sit) -> None:
    office.decide(DecisionKind.EXCLUSION, office.dossier.manifest.machine_named("m3"))
    async with sit(office) as seat:
        await type_paper(seat, "Anne Roux", _FIGURES)
        await seat.until("Conservé.")
        await seat.press("enter")
        await type_paper(seat, "Bilal Sy", (*_FIGURES[:5], 4, *_FIGURES[6:]))  # one figure is another
        await seat.until("ville 1")
        assert not list((office.folder / "paper").glob("*.cose"))
        await seat.press("enter")
        await seat.until("Décompte sur papier : Bureau 3")
        await seat.press("delete", "5")
        await seat.choose("Ce sont les chiffres du papier")
        await seat.until("Les deux saisies sont identiques")
        await seat.press("enter")
        await seat.choose("Saisir un décompte sur papier")
        await seat.until("Bureau 3 (saisi deux fois)")
        await seat.press("escape")
        await seat.choose("Décisions")
        await seat.choose("Compter un bureau sur papier")
        await seat.until("Qui a décidé")
        await seat.choose_field("#reason")
        await seat.type("the board, at eight")
        await seat.choose("Signer cette décision")
        await seat.until("La phrase de passe")
        await seat.type(PASSPHRASE)
        await seat.until("La décision est signée")
        await seat.press("enter")
    assert [item.kind for item in office.dossier.decided(DecisionKind.PAPER)] == [DecisionKind.PAPER]


async def test_a_form_that_is_not_whole_is_not_kept(office: Office, sit: Sit) -> None:
    async with sit(office) as seat:
        await seat.choose("Saisir un décompte sur papier")
        await seat.choose("Bureau 3")
        await seat.until("Décompte sur papier : Bureau 3")
        await seat.type("Anne Roux")
        await seat.type("No power")
        await seat.type("12x")
        await seat.choose("Ce sont les chiffres du papier")
        await seat.until("Ce champ est vide")
        assert seat.app.focused is not None and seat.app.focused.id == "figure-0"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One station whose ballots are opened one by one; the request to the trustees is signed."""
    options = tuple(Option(str(at), {"fr": name}) for at, name in enumerate(("Arbres", "Bancs", "Cour"), 1))
    contest = Contest(
        "ville", {"fr": "Ville"}, "approval", 1, 3, options, (0,), Terms(seats=1), "whole-approvals"
    )
    office = Office.sealed(
        tmp_path_factory.mktemp("whole"),
        contests=(contest,),
        stations=(Station("b1", "Bureau 1", "", 14, ("m1",)),),
        small_number=1,
    )
    office.hold("m1", range(1, 7))
    office.bring("m1")
    office.request()
    return office


async def test_shuffles_are_taken_in_one_after_the_other(whole: Office, sit: Sit, tmp_path: Path) -> None:
    office = whole.copy(tmp_path / "all")
    async with sit(office) as seat:
        await seat.choose("Dépositaires")
        assert "Prochain dépositaire : Anne" in seat.flat
        for at, (name, then) in enumerate(
            [("Anne", "Prochain dépositaire : Bilal"), ("Bilal", "Les mélanges sont terminés")]
        ):
            made = shuffle_ballots(office.trustees[at], office.folder, office.root / name)
            (office.root / "stick" / f"{name}-shuffles.cose").write_bytes(made)
            await seat.choose("Recevoir un mélange")
            await seat.choose("stick")
            await seat.until(then)
            await seat.press("enter")
            await seat.until("A mélangé" if at == 0 else "Recevoir des réponses")
        office.answer()
    assert [item.outcome.winners for item in office_counted(office)] == [(0,)]


def office_counted(office: Office):  # type: ignore[no-untyped-def]
    from tally.results.all_contests import counted_contests

    return counted_contests(office.workspace, office.dossier)[0]


async def test_one_bit_of_a_shuffle_is_refused(whole: Office, sit: Sit, tmp_path: Path) -> None:
    office = dataclasses.replace(whole.copy(tmp_path / "all"))
    made = bytearray(shuffle_ballots(office.trustees[0], office.folder, office.root / "Anne"))
    made[len(made) // 2] ^= 1
    (office.root / "stick" / "Anne-shuffles.cose").write_bytes(bytes(made))
    async with sit(office) as seat:
        await seat.choose("Dépositaires")
        await seat.choose("Recevoir un mélange")
        await seat.choose("stick")
        await seat.until("V-102")
        await seat.press("enter")
        await seat.until("Prochain dépositaire : Anne")
