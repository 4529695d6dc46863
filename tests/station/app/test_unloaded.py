"""`station run` on a machine that has not loaded the file of the town hall: loading it is all that is offered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from keys.election.statement import Mode
from keys.paper.groups import HIDDEN, fingerprint_groups
from station.faces.face import Face, OfficeFace
from station.faces.loadingface import LoadingFace
from station.officers import deeds as d
from station.officers.office import Office
from station.officers.package import AskPoster
from station.running import office_of, run_station, unloaded_of
from station.wording.page import Verb
from tests.simulator.polling import PollingPlaces
from tests.simulator.ready import good_machine
from tests.station.app.conftest import OCTOBER_4, DeskPrinter, Play


@pytest.fixture
def folder(tmp_path: Path, polling: PollingPlaces) -> Path:
    """A machine that has enrolled, with the stick of the town hall beside it."""
    shutil.copytree(polling.package("m1"), tmp_path / "stick" / "m1")
    return shutil.copytree(polling.machine("m1"), tmp_path / "m1")


def _face(folder: Path) -> LoadingFace:
    face = unloaded_of(folder, Mode.OFFICIAL, lambda: folder.parent / "stick")
    assert face is not None
    return face


async def _to_cards(face: LoadingFace, play: Play, polling: PollingPlaces) -> None:
    groups = fingerprint_groups(polling.fingerprints[Mode.OFFICIAL])
    async with play(face) as terminal:
        assert [item.label for item in face.page(85, 24).items if isinstance(item, Verb)] == [
            "Charger le dossier",
            "Éteindre la machine",
        ]
        for words in ("NON CHARGÉ", "Recevoir le dossier de la mairie : à faire", "05 36 49 10 10"):
            assert words in terminal.flat
        assert "dossier scellé n" not in terminal.text
        await terminal.press("enter")
        asked = face._task.question
        assert isinstance(asked, AskPoster)
        assert HIDDEN in terminal.text
        for place in asked.hidden:
            assert f"Groupe {place + 1} :" in terminal.text
            await terminal.type("0000")
            await terminal.press("enter")
        assert "Les groupes tapés" in terminal.flat, terminal.text
        for place in asked.hidden:
            await terminal.type(groups[place])
            await terminal.press("enter")
        assert "Charger le dossier : deux cartes, deux personnes" in terminal.text
        await terminal.show_cards(polling.two("m1"), pin=False)
        assert "Le dossier de la mairie est chargé." in terminal.text
        assert "dossier scellé n° 1" in terminal.text
        assert "confirmation-official-m1.cose" in terminal.flat
        await terminal.press("enter")
    assert face.finished
    assert face.loaded


@pytest.mark.asyncio
async def test_the_file_is_loaded_on_the_screen(folder: Path, play: Play, polling: PollingPlaces) -> None:
    await _to_cards(_face(folder), play, polling)
    assert unloaded_of(folder, Mode.OFFICIAL, lambda: None) is None
    assert unloaded_of(folder, Mode.REHEARSAL, lambda: None) is not None


@pytest.mark.asyncio
async def test_without_a_stick_the_page_says_what_to_do(folder: Path, play: Play) -> None:
    face = unloaded_of(folder, Mode.OFFICIAL, lambda: None)
    assert face is not None
    async with play(face) as terminal:
        await terminal.press("enter")
        assert "Aucune clé USB. Branchez celle de la mairie." in terminal.flat
        assert "Charger le dossier" in terminal.text


def test_a_folder_that_never_enrolled_has_no_such_page(tmp_path: Path) -> None:
    assert unloaded_of(tmp_path, Mode.OFFICIAL, lambda: None) is None


@pytest.mark.parametrize("loads", [True, False])
def test_what_follows(folder: Path, polling: PollingPlaces, loads: bool) -> None:
    seen: list[type] = []

    @contextmanager
    def office(mode: Mode) -> Iterator[Office]:
        printer, probe = DeskPrinter(), good_machine(lambda: OCTOBER_4)
        with office_of(folder, mode, lambda _: printer, lambda: None, probe) as opened:
            yield opened

    def show(face: Face, _: Callable[[], float]) -> bool:
        seen.append(type(face))
        if isinstance(face, LoadingFace):
            if loads:
                polling.loaded(folder.parent)
                face._task.loaded = object()  # type: ignore[assignment]  # as the task notes it
                face._task.ended = True
            else:
                face.answer(d.SwitchOff())
        else:
            face.answer(d.SwitchOff())
        return False

    found = run_station(
        office, Mode.OFFICIAL, show, lambda mode: unloaded_of(folder, mode, lambda: folder.parent / "stick")
    )
    assert found == 0
    assert seen == ([LoadingFace, OfficeFace] if loads else [LoadingFace])


def test_where_even_this_page_fails_one_line_is_left(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def office(_: Mode) -> Iterator[Office]:
        raise AssertionError
        yield

    found = run_station(
        office, Mode.OFFICIAL, lambda *_: True, lambda mode: unloaded_of(folder, mode, lambda: None)
    )
    assert found == 1
    assert "05 36 49 10 10" in capsys.readouterr().out
