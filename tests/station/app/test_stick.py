"""What the desk says of the copy on the stick."""

from __future__ import annotations

from pathlib import Path

import pytest

from station import answers as a
from station import questions as q
from station.officers import deeds as d
from station.officers.office import Office
from tests.simulator.terminal import Terminal
from tests.simulator.typed import as_typed
from tests.station.app.conftest import Play
from tests.station.app.test_sizes import Gallery


def note(office: Office) -> q.CopyNote:
    question = office.question
    assert isinstance(question, q.AskPerson)
    assert question.copy is not None
    return question.copy


def test_without_a_stick_the_desk_says_since_when_votes_could_be_lost(at_desk: Office) -> None:
    assert note(at_desk).copy is q.Copy.NONE
    assert note(at_desk).since == at_desk.day.store.opened


@pytest.mark.asyncio
async def test_an_idle_desk_says_what_became_of_the_stick(
    at_desk: Office, tmp_path: Path, play: Play
) -> None:
    async with play(at_desk) as terminal:
        await terminal.type("dup")
        assert "PAS DE CLÉ" in terminal.text
        (tmp_path / "stick").mkdir()
        await terminal.app.tick()
        await terminal.settle()
        assert "copie à jour" in terminal.text
        assert "PAS DE CLÉ" not in terminal.text
        await terminal.press("enter")
        assert "3 personnes trouvées" in terminal.flat, "what was typed is kept"


def test_a_stick_that_is_put_in_is_used_from_then_on(at_desk: Office, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    assert note(at_desk).copy is q.Copy.UP_TO_DATE
    assert list((tmp_path / "stick").rglob("slots.bin"))


class Copying(Gallery):
    """Takes a while, and remembers what stood on the screen meanwhile."""

    terminal: Terminal
    seen = ""

    def is_slow(self, answer: a.Answer) -> bool:
        return True

    def answer(self, answer: a.Answer) -> None:
        self.seen = as_typed(self.terminal.text)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("answer", "said"),
    [(d.CopyToStick(), "Copie en cours. Ne retirez pas la clé USB."), (d.PrintTrackers(), "Un instant...")],
)
async def test_while_it_copies_nobody_is_to_take_the_stick_out(
    play: Play, answer: a.Answer, said: str
) -> None:
    face = Copying()
    async with play(face) as terminal:
        face.terminal = terminal
        await terminal.app.send(answer)
        await terminal.settle()
        assert said in face.seen
