"""A stick that was pulled out: the folder that is left on the machine's own disk gets no copy and no box."""

from __future__ import annotations

import shutil
import tempfile
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from keys.desk import mounts
from keys.findings import Unreadable
from station.commands.given import stick_at
from station.day import Closing, Day
from station.officers.outgoing import Outgoing
from station.officers.tasks import Problem, ShowClosed, ShowExport
from station.ports import Printer
from station.sticks.place import StickPlace
from station.sticks.stickwriter import COPY, Stick
from tests.simulator.walking import cast


@pytest.fixture
def in_or_out(tmp_path: Path) -> Iterator[Path]:
    """A stick on a disk of its own, seen through a link: while the link is there, it is in."""
    disk = Path(tempfile.mkdtemp(dir="/dev/shm"))
    (tmp_path / "stick").symlink_to(disk)
    yield tmp_path / "stick"
    shutil.rmtree(disk)


def pull(stick: Path) -> Path:
    """The stick is out, and the folder over which it was mounted is left; gives where the stick is."""
    disk = stick.readlink()
    stick.unlink()
    stick.mkdir()
    return disk


def put_back(stick: Path, disk: Path) -> None:
    stick.rmdir()
    stick.symlink_to(disk)


def test_an_empty_folder_that_a_stick_left_is_no_stick(in_or_out: Path, tmp_path: Path) -> None:
    place = StickPlace(in_or_out, tmp_path)
    assert place.is_there()
    disk = pull(in_or_out)
    assert not place.is_there()
    assert StickPlace(in_or_out, tmp_path).is_there(), "nobody has seen a stick there: a folder like another"
    put_back(in_or_out, disk)
    assert place.is_there()
    in_or_out.unlink()
    assert not place.is_there()


def test_where_sticks_are_mounted_it_is_none_from_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "media" / "isoloir").mkdir(parents=True)
    assert StickPlace(tmp_path / "media" / "isoloir", tmp_path).is_there()
    monkeypatch.setattr(mounts, "PLACES", (tmp_path / "media",))
    assert not StickPlace(tmp_path / "media" / "isoloir", tmp_path).is_there()


def test_no_vote_is_copied_to_the_machines_own_disk(day: Day, in_or_out: Path) -> None:
    day.use_stick(in_or_out, patience=60)
    day.open()
    cast(day, 1)
    assert day.stick_state().stick is Stick.UP_TO_DATE
    disk = pull(in_or_out)
    cast(day, 2)
    day.give_proxy(5, 2)
    assert day.stick_state().stick is Stick.BEHIND
    assert list(in_or_out.iterdir()) == []
    before = next(disk.rglob(COPY)).read_bytes()
    put_back(in_or_out, disk)
    assert day.stick_state().stick is Stick.UP_TO_DATE
    assert next(disk.rglob(COPY)).read_bytes() != before


def test_the_box_is_not_copied_to_the_machines_own_disk(day: Day, in_or_out: Path) -> None:
    """The officers are told to put the stick in, and then it is there."""
    outgoing = Outgoing(day, typing.cast("Printer", None), stick_at(in_or_out, day.folder))
    day.open()
    day.close(Closing(0))
    assert isinstance(outgoing.copy(), ShowExport)
    disk = pull(in_or_out)
    shutil.rmtree(disk / day.export_name)
    refused = outgoing.copy()
    assert isinstance(refused, ShowClosed)
    assert refused.problem == Problem("stick")
    assert list(in_or_out.iterdir()) == []
    put_back(in_or_out, disk)
    assert isinstance(outgoing.copy(), ShowExport)
    assert (disk / day.export_name / "box.sqlite").exists()


def test_no_command_makes_the_place_of_a_stick(
    day: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.open()
    day.close(Closing(0))
    (tmp_path / "media").mkdir()
    monkeypatch.setattr(mounts, "PLACES", (tmp_path / "media",))
    with pytest.raises(Unreadable, match="There is no stick"):
        day.export(tmp_path / "media" / "isoloir" / "box")
    assert list((tmp_path / "media").iterdir()) == []
    with pytest.raises(Unreadable, match="There is no stick"):
        day.use_stick(tmp_path / "media")
    day.export(tmp_path / "elsewhere" / "box")
    assert (tmp_path / "elsewhere" / "box" / "box.sqlite").exists()
