"""From the vote to its rehearsal and back: what the start says of it, and what the program opens."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from keys.election.statement import Mode
from keys.findings import Misuse
from station.answers import Answer
from station.day import Day, open_day
from station.disk.folder import mode_file, wiped_file
from station.faces.face import Face, OfficeFace
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from station.rehearsal import Rehearsal, RehearsalStep, rehearsal_of
from station.reports import Closing
from station.running import office_of, run_station
from tests.simulator.ready import good_machine
from tests.simulator.town import Loaded, load_rehearsal
from tests.station.app.conftest import OCTOBER_4, DeskPrinter, Play

OCTOBER_2 = OCTOBER_4 - 2 * 24 * 3600


@pytest.fixture(scope="module")
def twins(one_contest: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A machine that has loaded the vote and its rehearsal, and the cards of the rehearsal."""
    folder = shutil.copytree(one_contest.folder, tmp_path_factory.mktemp("twins") / "machine")
    return Loaded(folder, load_rehearsal(one_contest, folder))


@pytest.fixture
def both(twins: Loaded, tmp_path: Path) -> Path:
    return shutil.copytree(twins.folder, tmp_path / "both")


def rehearse(folder: Path, twins: Loaded, *steps: Callable[[Day], object]) -> None:
    with open_day(folder, Mode.REHEARSAL, lambda: OCTOBER_2) as day:
        day.unlock(twins.cards[:2])
        for step in steps:
            step(day)


def test_how_far_the_rehearsal_is(both: Path, folder: Path, twins: Loaded) -> None:
    assert rehearsal_of(folder) == Rehearsal(RehearsalStep.ABSENT)
    assert rehearsal_of(both) == Rehearsal(RehearsalStep.LOADED, can_run=True)
    rehearse(both, twins, Day.open)
    assert rehearsal_of(both) == Rehearsal(RehearsalStep.BEGUN, OCTOBER_2, can_run=True)
    rehearse(both, twins, lambda day: day.close(Closing(0)))
    assert rehearsal_of(both) == Rehearsal(RehearsalStep.DONE, OCTOBER_2, can_run=True)
    wiped_file(both, Mode.REHEARSAL).touch()
    assert rehearsal_of(both) == Rehearsal(RehearsalStep.DONE)


def test_a_rehearsal_that_cannot_be_read_is_not_offered(both: Path) -> None:
    with open_day(both, Mode.REHEARSAL, lambda: OCTOBER_2):
        assert rehearsal_of(both) == Rehearsal(RehearsalStep.ABSENT)
    mode_file(both, Mode.REHEARSAL, "db").write_bytes(b"no store")
    assert rehearsal_of(both) == Rehearsal(RehearsalStep.ABSENT)


def offices(folder: Path) -> Callable[[Mode], AbstractContextManager[Office]]:
    probe = good_machine(lambda: OCTOBER_4)
    return lambda mode: office_of(folder, mode, lambda _: DeskPrinter(), lambda: None, probe)


def shown(face: Face) -> str:
    return "\n".join(str(item) for item in face.page(85, 24).items)


def test_the_rehearsal_is_run_from_the_vote_and_leads_back(both: Path) -> None:
    pages: list[tuple[str, str]] = []
    answers: list[Answer] = [d.Rehearse(), d.SwitchOff(), d.SwitchOff()]

    def show(face: Face, _: object) -> bool:
        assert isinstance(face, OfficeFace)
        pages.append((face.page(85, 24).left, shown(face)))
        face.answer(answers[len(pages) - 1])
        return False

    assert run_station(offices(both), Mode.OFFICIAL, show) == 0
    (first, start), (second, rehearsal), (third, again) = pages
    assert (first, third) == ("Bureau 6 Saint-Cyprien",) * 2
    assert second.startswith("RÉPÉTITION")
    assert "Faire une répétition'" in start
    assert "Faire une répétition'" not in rehearsal
    assert "Quitter la répétition" in rehearsal
    assert again == start


def test_after_an_error_in_the_rehearsal_it_is_left_for_the_vote(both: Path) -> None:
    seen: list[str] = []

    def show(face: Face, _: object) -> bool:
        page = face.page(85, 24)
        seen.append(f"{page.key}, {page.left}")
        if page.key == "start" and len(seen) == 2:
            return True
        face.answer(d.Rehearse() if len(seen) == 1 else d.SwitchOff())
        return False

    assert run_station(offices(both), Mode.OFFICIAL, show) == 0
    assert [words.partition(",")[0] for words in seen] == ["start", "start", "fault", "start"]
    assert ["RÉPÉTITION" in words for words in seen] == [False, True, True, False]


def test_a_rehearsal_that_was_started_alone_ends(both: Path) -> None:
    seen = []

    def show(face: Face, _: object) -> bool:
        seen.append(face.page(85, 24).left)
        face.answer(d.SwitchOff())
        return False

    assert run_station(offices(both), Mode.REHEARSAL, show) == 0
    assert len(seen) == 1
    assert seen[0].startswith("RÉPÉTITION")


def test_an_open_station_rehearses_no_more(at_desk: Office) -> None:
    at_desk.answer(d.Go(t.Place.START))
    with pytest.raises(Misuse):
        at_desk.answer(d.Rehearse())
    assert not at_desk.finished


@pytest.mark.asyncio
async def test_the_start_says_what_was_done_and_when(
    both: Path, folder: Path, twins: Loaded, play: Play
) -> None:
    with offices(folder)(Mode.OFFICIAL) as office:
        async with play(office) as terminal:
            assert "1. Recevoir le dossier de la mairie : fait le 29 sept." in terminal.text
            assert "La répétition n'est pas chargée sur cette machine." in terminal.text
            assert "[ Faire une répétition ]" not in terminal.text
    rehearse(both, twins, Day.open, lambda day: day.close(Closing(0)))
    with offices(both)(Mode.OFFICIAL) as office:
        async with play(office) as terminal:
            assert "2. Faire une répétition du vote (facultatif) : fait le 2 oct." in terminal.text
            await terminal.choose("[ Faire une répétition ]")
        assert office.rehearse
        assert not office.day.unlocked
