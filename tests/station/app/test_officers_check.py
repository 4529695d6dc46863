"""The officers' own check of the machine: every page says that it is one, and speaks to officers."""

from __future__ import annotations

import pytest

from station.officers.office import Office
from tests.simulator.terminal import PIN, Terminal
from tests.station.app.conftest import DeskPrinter, Play
from tests.station.app.test_day import let_in

pytestmark = pytest.mark.asyncio
BANNER = "CONTRÔLE PAR LE BUREAU : AUCUN VOTE"


def is_for_officers(terminal: Terminal) -> bool:
    """The first row names the check, and nobody is told to call a poll worker."""
    assert "ppelez un membre du bureau" not in terminal.flat
    assert "demandez au bureau" not in terminal.flat.lower()
    return BANNER in terminal.text.splitlines()[0]


@pytest.mark.parametrize(("size", "prints"), [((42, 12), True), ((85, 24), False)])
async def test_every_page_of_a_check_says_so(
    at_desk: Office, printer: DeskPrinter, play: Play, size: tuple[int, int], prints: bool
) -> None:
    printer.works = prints
    async with play(at_desk) as terminal:
        await terminal.press("f10")
        await terminal.resize(*size)
        assert is_for_officers(terminal)
        assert "Ce passage est un contrôle fait par le bureau." in terminal.flat or size == (42, 12)
        await terminal.press("escape")
        assert "F12, puis votre code et Entrée" in terminal.flat
        await terminal.press("f1")
        assert is_for_officers(terminal)
        await terminal.press("x", "enter")
        assert is_for_officers(terminal)
        await terminal.app.time_passed()
        await terminal.settle()
        assert is_for_officers(terminal)
        await terminal.press("x", "enter")
        for step in ("Continuer", "Continuer avec ces choix", "continuer"):
            await terminal.choose(step)
            assert is_for_officers(terminal)
        assert "La plupart des gens" not in terminal.flat
        assert "[ Voter ]" not in terminal.text
        await terminal.choose("Vérifier la machine")
        assert is_for_officers(terminal)
        await terminal.press("f12")
        assert is_for_officers(terminal)
        assert "Votre code termine le contrôle" in terminal.flat
        await terminal.press("escape")
        await terminal.choose("Terminer le contrôle")
        assert BANNER in terminal.text.splitlines()[0]
        await terminal.type(PIN)
        await terminal.press("enter")
        await terminal.resize(85, 24)
        assert BANNER not in terminal.text
        await let_in(terminal, "132")
        assert BANNER not in terminal.text
        assert "Personne ne verra vos choix." in terminal.text
