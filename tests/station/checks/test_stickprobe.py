"""What the readiness check says of a stick before anybody votes: whose copies are on it, and whether one can be."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import station.checks.stickprobe
from keys.election.statement import Mode
from station.checks.facts import StickFact
from station.checks.stickprobe import copies_on, stick_state
from station.day import Day, open_day
from station.sticks.copying import COPIES
from tests.simulator.polling import PollingPlaces
from tests.simulator.walking import Clock


def copied(vote: PollingPlaces, into: Path, stick: Path, name: str, mode: Mode = Mode.OFFICIAL) -> None:
    """A machine of a vote keeps its copy on a stick."""
    folder, _ = vote.loaded(into, name, mode)
    stick.mkdir(exist_ok=True)
    with open_day(folder, mode, Clock()) as day:
        day.unlock(vote.two(name, mode))
        day.use_stick(stick)


def test_whose_copies_are_on_a_stick(
    day: Day, polling: PollingPlaces, another_vote: PollingPlaces, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert copies_on(stick, day) == (StickFact.EMPTY, ())
    copied(polling, tmp_path / "twin", stick, "m1", Mode.REHEARSAL)
    assert copies_on(stick, day) == (StickFact.EMPTY, ())
    day.use_stick(stick)
    day.drop_stick()
    assert copies_on(stick, day) == (StickFact.OWN_COPY, ())
    copied(polling, tmp_path / "other", stick, "m2")
    assert copies_on(stick, day) == (StickFact.OTHER_MACHINE, ("m2",))
    foreign = tmp_path / "foreign"
    copied(another_vote, tmp_path / "another", foreign, "m1")
    assert copies_on(foreign, day) == (StickFact.OTHER_VOTE, ())


def test_a_copy_that_cannot_be_read_is_not_taken_for_an_empty_stick(day: Day, tmp_path: Path) -> None:
    copy = tmp_path / COPIES / "official-m1"
    copy.mkdir(parents=True)
    for content in (b"", b"\xff" * 20_000):
        copy.joinpath("about.cbor").write_bytes(content)
        assert copies_on(tmp_path, day) == (StickFact.OTHER_VOTE, ())


def statvfs(flag: int, room: int) -> Callable[[object], SimpleNamespace]:
    return lambda _: SimpleNamespace(f_flag=flag, f_bavail=room, f_frsize=1)


@pytest.mark.parametrize(
    ("flag", "room", "found"),
    [
        (0, 1 << 30, StickFact.EMPTY),
        (0, 1 << 20, StickFact.FULL),
        (os.ST_RDONLY, 1 << 30, StickFact.READ_ONLY),
    ],
)
def test_a_stick_that_takes_nothing(
    day: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flag: int, room: int, found: StickFact
) -> None:
    monkeypatch.setattr(station.checks.stickprobe, "on_one_disk", lambda *_: False)
    monkeypatch.setattr(os, "statvfs", statvfs(flag, room))
    assert stick_state(tmp_path, day) == (found, ())


def test_a_folder_of_the_machine_s_own_disk_is_no_stick(day: Day, tmp_path: Path) -> None:
    assert stick_state(None, day)[0] is StickFact.NONE
    assert stick_state(tmp_path / "nowhere", day)[0] is StickFact.NONE
    assert stick_state(tmp_path, day)[0] is StickFact.SAME_DISK
