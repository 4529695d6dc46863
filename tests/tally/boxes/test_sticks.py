"""The copy of the folder for trustees: whole or not at all, never over anything but an older copy of the same vote."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from tally.boxes.sticks import NotEmpty, copy_for_trustees


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder laid out as an officer's, with what must not be copied beside it."""
    folder = tmp_path / "official"
    (folder / "archives").mkdir(parents=True)
    for name in ("draft.cose", "manifest.cose", "archives/a.bel", "archives/b.part", "minutes.pdf"):
        (folder / name).write_bytes(name.encode())
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_copy_holds_papers_and_archives_alone(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "ISOLOIR" / "official"
    copy_for_trustees(root, target)
    assert names(target) == ["archives/a.bel", "draft.cose", "manifest.cose"]


def test_an_older_copy_of_this_vote_gives_way(root: Path, tmp_path: Path) -> None:
    copy_for_trustees(root, tmp_path / "copy")
    (root / "archives" / "a.bel").write_bytes(b"shuffled since")
    copy_for_trustees(root, tmp_path / "copy")
    assert (tmp_path / "copy" / "archives" / "a.bel").read_bytes() == b"shuffled since"
    assert not list(tmp_path.glob(".copy*"))


@pytest.mark.parametrize("change", ["another vote", "something else in it", "a file"])
def test_nothing_else_gives_way(root: Path, tmp_path: Path, change: str) -> None:
    target = tmp_path / "copy"
    copy_for_trustees(root, target)
    if change == "another vote":
        (target / "manifest.cose").write_bytes(b"manifest.cosf")
    elif change == "something else in it":
        (target / "photo.jpg").write_bytes(b"mine")
    else:
        shutil.rmtree(target)
        target.write_bytes(b"mine")
    before = names(tmp_path)
    with pytest.raises(NotEmpty):
        copy_for_trustees(root, target)
    assert names(tmp_path) == before


def test_a_full_stick_keeps_the_older_copy(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy"
    copy_for_trustees(root, target)
    kept = {name: (target / name).read_bytes() for name in names(target)}
    (root / "archives" / "a.bel").write_bytes(b"newer")

    def full(source: Path, _: Path) -> None:
        if Path(source).suffix == ".bel":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OSError, match="space"):
        copy_for_trustees(root, target)
    assert {name: (target / name).read_bytes() for name in names(target)} == kept
    assert not list(tmp_path.glob(".copy*"))
