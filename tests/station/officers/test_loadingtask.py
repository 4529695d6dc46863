"""Loading on the screen: the package on the stick, two groups of the poster, two cards; every failure is told."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from keys.desk.cards import Card
from keys.election.statement import Mode, Role, StatementType, read_statement
from keys.findings import Misuse, Unreadable
from keys.paper.groups import HIDDEN, fingerprint_groups
from station.day import open_day
from station.disk.folder import mode_file
from station.loading import NoPackage, find_package, fingerprints
from station.officers import deeds as d
from station.officers.loadingtask import LoadingTask
from station.officers.package import (
    AskPoster,
    LoadFile,
    PosterTyped,
    ShowLoaded,
    ShowUnloaded,
    WriteConfirmation,
)
from station.officers.tasks import AskCards, CardStep, Place, Problem, Purpose
from tests.simulator.commands import Machine
from tests.simulator.polling import LOADED, PollingPlaces


@dataclass
class Room:
    """A machine that has enrolled, and the stick of the town hall."""

    polling: PollingPlaces
    folder: Path
    stick: Path
    mode: Mode = Mode.OFFICIAL

    @property
    def package(self) -> Path:
        return self.stick / "packages" / "m1"

    def task(self) -> LoadingTask:
        return LoadingTask(
            self.folder,
            self.mode,
            stick=lambda: self.stick if self.stick.exists() else None,
            clock=lambda: LOADED,
            random_bytes=secrets.token_bytes,
            randbelow=lambda _: 0,
        )

    def groups(self, mode: Mode) -> PosterTyped:
        """What stands on a poster in the place of the first two groups."""
        return PosterTyped(*fingerprint_groups(self.polling.fingerprints[mode])[:2])

    def at_cards(self) -> LoadingTask:
        task = self.task()
        task.answer(LoadFile())
        task.answer(self.groups(self.mode))
        return task

    def show(self, task: LoadingTask, *cards: Card) -> None:
        for card in cards or self.polling.two("m1", self.mode):
            task.answer(d.CardTyped(card.text))

    @property
    def electors(self) -> int:
        """One of 12 is struck off; in the rehearsal nobody is."""
        return 11 if self.mode is Mode.OFFICIAL else 12

    @property
    def is_loaded(self) -> bool:
        return mode_file(self.folder, self.mode, "db").exists()


@pytest.fixture(params=list(Mode), ids=["vote", "rehearsal"])
def room(request: pytest.FixtureRequest, tmp_path: Path, polling: PollingPlaces) -> Room:
    folder: Path = shutil.copytree(polling.machine("m1"), tmp_path / "m1")
    stick = tmp_path / "stick"
    shutil.copytree(polling.package("m1"), stick / "packages" / "m1")
    return Room(polling, folder, stick, request.param)


def test_from_the_stick_to_the_start_page(room: Room) -> None:
    task = room.task()
    assert task.question == ShowUnloaded()
    task.answer(LoadFile())
    asked = task.question
    assert isinstance(asked, AskPoster)
    assert asked.shown[:2] == (HIDDEN, HIDDEN)
    assert asked.shown[2:] == fingerprint_groups(room.polling.fingerprints[room.mode])[2:]
    task.answer(room.groups(room.mode))
    assert task.question == AskCards(Purpose.LOAD, CardStep.FIRST, (), ())
    room.show(task)
    assert not room.is_loaded, "nothing before the last step"
    task.answer(LoadFile())
    name = f"confirmation-{room.mode.name.lower()}-m1.cose"
    assert task.question == ShowLoaded(room.electors, 1, name, written=True)
    statement = read_statement((room.stick / name).read_bytes())
    statement.expect(
        StatementType.CONFIRMATION, room.mode, room.polling.fingerprints[room.mode], Role.MACHINE
    )
    assert not task.ended
    task.answer(d.Go(Place.START))
    assert task.ended
    with open_day(room.folder, room.mode, lambda: LOADED) as day:
        assert day.counts().electors == room.electors


def test_groups_of_another_paper_load_nothing(room: Room) -> None:
    (twin,) = set(Mode) - {room.mode}
    task = room.task()
    task.answer(LoadFile())
    for typed, code in (
        (PosterTyped("0000", "0000"), "V-119"),
        (PosterTyped("0u00", "0000"), "V-118"),
        (room.groups(twin), "V-156"),
    ):
        task.answer(typed)
        asked = task.question
        assert isinstance(asked, AskPoster)
        assert asked.problem == Problem(code)
    task.answer(room.groups(room.mode))
    assert task.asks_cards
    task.answer(d.Leave())
    assert task.question == ShowUnloaded()
    assert not room.is_loaded


def test_no_stick_and_no_package_for_this_machine(room: Room) -> None:
    task = room.task()
    room.package.rename(room.package.with_name("m2"))
    task.answer(LoadFile())
    assert task.question == ShowUnloaded(Problem("no-package", "m1"))
    room.stick.rename(room.stick.with_name("pulled"))
    task.answer(LoadFile())
    assert task.question == ShowUnloaded(Problem("load-stick"))
    task.answer(d.SwitchOff())
    assert task.ended
    assert task.loaded is None


def test_wrong_cards(room: Room) -> None:
    (twin,) = set(Mode) - {room.mode}
    task = room.at_cards()
    first, second = room.polling.two("m1", room.mode)
    for shown, code in (
        ((room.polling.two("m2", room.mode)[0],), "S-101"),
        ((room.polling.two("m1", twin)[0],), "S-110"),
        ((first, first), "S-102"),
    ):
        room.show(task, *shown)
        asked = task.question
        assert isinstance(asked, AskCards)
        assert asked.problem == Problem(code)
        with pytest.raises(Misuse):
            task.answer(LoadFile())
    room.show(task, second)
    task.forget()
    assert task.question == ShowUnloaded(), "nobody pressed a key for long"
    assert not room.is_loaded


@pytest.mark.parametrize("which", ["manifest", "roll"])
def test_a_damaged_file(room: Room, which: str) -> None:
    names = {
        "manifest": "manifest.cose" if room.mode is Mode.OFFICIAL else "rehearsal.cose",
        "roll": f"roll-{room.mode.name.lower()}.cose",
    }
    path = room.package / names[which]
    task = room.at_cards()
    room.show(task)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    task.answer(LoadFile())
    asked = task.question
    assert isinstance(asked, ShowUnloaded)
    assert asked.problem is not None
    assert asked.problem.code in {"V-101", "V-102", "V-119"}
    assert not room.is_loaded
    path.write_bytes(whole)
    task = room.at_cards()
    room.show(task)
    path.unlink()
    task.answer(LoadFile())
    assert task.question == ShowUnloaded(Problem("load"))
    assert not room.is_loaded


def test_the_confirmation_is_written_again_where_the_stick_was_out(room: Room) -> None:
    task = room.at_cards()
    room.show(task)
    away = room.stick.with_name("pulled")
    name = f"confirmation-{room.mode.name.lower()}-m1.cose"
    (room.stick / name).mkdir()
    task.answer(LoadFile())
    assert task.question == ShowLoaded(room.electors, 1, name, written=False)
    assert room.is_loaded
    room.stick.rename(away)
    task.answer(WriteConfirmation())
    assert task.question == ShowLoaded(room.electors, 1, name, written=False)
    away.rename(room.stick)
    (room.stick / name).rmdir()
    task.answer(WriteConfirmation())
    assert task.question == ShowLoaded(room.electors, 1, name, written=True)


@pytest.mark.parametrize("place", ["m1", "packages/m1", "ISOLOIR/packages/m1"])
def test_where_on_a_stick_a_package_is_found(tmp_path: Path, polling: PollingPlaces, place: str) -> None:
    stick = tmp_path / "stick"
    (stick / "else").mkdir(parents=True)
    with pytest.raises(NoPackage):
        find_package(stick, polling.machine("m1"))
    shutil.copytree(polling.package("m1"), stick / place)
    assert find_package(stick, polling.machine("m1")) == stick / place
    assert find_package(stick / place, polling.machine("m1")) == stick / place
    with pytest.raises(NoPackage):
        find_package(stick, polling.machine("m2"))
    (stick / "else" / "m1").mkdir()
    (stick / "else" / "m1" / "manifest.cose").write_bytes(b"no statement")
    assert find_package(stick, polling.machine("m1")) == stick / place, "what can be read comes first"
    shutil.rmtree(stick / place)
    with pytest.raises(Unreadable):
        fingerprints(find_package(stick, polling.machine("m1")).with_name("none"), Mode.OFFICIAL)


def test_the_command_finds_it_on_the_stick_too(machine: Machine) -> None:
    shutil.copytree(machine.polling.package("m1"), machine.root / "stick" / "packages" / "m1")
    paper = "".join(fingerprint_groups(machine.polling.fingerprints[Mode.OFFICIAL]))
    words = ("load", machine.root / "stick", "--paper", paper, "--out", machine.root / "stick")
    assert machine.do(*words).status == 0
    assert (machine.root / "stick" / "confirmation-official-m1.cose").exists()
