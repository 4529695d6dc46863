"""Nothing is written where a stick should be and none is in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from keys.desk import mounts
from keys.desk.files import write_whole
from keys.desk.mounts import check_mounted, make_folder
from keys.findings import Unreadable

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk of its own on every Linux


@pytest.fixture
def other_disk() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where sticks appear, and where none is in: the folder of the last one is left."""
    monkeypatch.setattr(mounts, "PLACES", (tmp_path / "media", MEMORY))
    (tmp_path / "media" / "left").mkdir(parents=True)
    return tmp_path / "media"


@pytest.mark.parametrize("name", ["", "left", "left/box", "anne/ISOLOIR/box"])
def test_no_folder_is_made_where_no_stick_is_in(media: Path, name: str) -> None:
    for work in (check_mounted, make_folder, lambda folder: write_whole(folder / "file", b"x")):
        with pytest.raises(Unreadable, match="There is no stick at"):
            work(media / name)
    assert [path.name for path in media.rglob("*")] == ["left"]


def test_a_link_that_leads_there_is_no_way_round(media: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(media / "anne")
    with pytest.raises(Unreadable):
        make_folder(tmp_path / "link" / "box")
    assert not (media / "anne").exists()


def test_on_a_disk_of_its_own_it_is_made(media: Path, other_disk: Path) -> None:
    make_folder(other_disk / "ISOLOIR" / "box")
    write_whole(other_disk / "ISOLOIR" / "box" / "file", b"x")
    assert (other_disk / "ISOLOIR" / "box" / "file").read_bytes() == b"x"


def test_a_folder_elsewhere_is_taken_as_it_is(media: Path, tmp_path: Path) -> None:
    write_whole(tmp_path / "mediathek" / "box" / "file", b"x")
    assert (tmp_path / "mediathek" / "box" / "file").read_bytes() == b"x"
