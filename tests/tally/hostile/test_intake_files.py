"""Files from sticks: only plain ones, within their size, read once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from keys.findings import Refused
from tally.hostile.intake import read_box, read_file


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def _link_to_good(path: Path) -> None:
    good = path.with_name("good")
    good.write_bytes(b"SQLite format 3\0".ljust(8192, b"\0"))
    path.symlink_to(good)


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [_fifo, _link, _link_to_good, _folder])
def test_what_is_no_plain_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "planted.box"
    make(path)
    with pytest.raises(Refused, match=r"T-101 planted\.box"):
        read_box(path, contests={0: 1408})
    with pytest.raises(Refused, match="T-101"):
        read_file(path, 1000)


def test_device_is_no_plain_file() -> None:
    with pytest.raises(Refused, match="T-101"):
        read_file(Path("/dev/zero"), 1000)


def test_sizes_of_plain_files(tmp_path: Path) -> None:
    path = tmp_path / "statement.cose"
    path.write_bytes(b"x" * 1000)
    assert read_file(path, 1000) == b"x" * 1000
    with pytest.raises(Refused, match=r"T-102 statement\.cose"):
        read_file(path, 999)
    path.write_bytes(b"")
    with pytest.raises(Refused, match="T-102"):
        read_file(path, 1000)


def test_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "grows.cose"
    path.write_bytes(b"x" * 10)
    read = os.read

    def growing(handle: int, count: int) -> bytes:
        with path.open("ab") as more:
            more.write(b"y")
        return read(handle, count)

    monkeypatch.setattr(os, "read", growing)
    with pytest.raises(Refused, match=r"T-102.*changed"):
        read_file(path, 1000)
