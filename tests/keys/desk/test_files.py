"""Files are whole or not there, private where they must be, and nothing but files is read."""

from __future__ import annotations

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from keys.desk.files import (
    folder_lock,
    load_statement,
    open_regular,
    read_bytes,
    write_private,
    write_whole,
)
from keys.findings import Misuse, Refused, Unreadable


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert read_bytes(path) == b"two"
    assert [item.name for item in path.parent.iterdir()] == ["file"]


def test_private_means_its_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        (tmp_path / ".secret.part").write_bytes(b"left over, readable by all")
        write_private(tmp_path / "secret", b"s")
        write_whole(tmp_path / "public", b"p")
    finally:
        os.umask(old)
    assert (_mode(tmp_path / "secret"), _mode(tmp_path / "public")) == (0o600, 0o644)


def test_a_private_file_stays_so_where_a_public_one_was(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"p")
    write_private(tmp_path / "file", b"s")
    assert _mode(tmp_path / "file") == 0o600


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if failing == "fsync" else Path, failing, fail)
    with pytest.raises(Unreadable, match="No space left"):
        write_whole(path, b"new")
    assert [item.name for item in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"


def test_a_planted_link_is_replaced_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / ".file.part").symlink_to(victim)
    (tmp_path / "file").symlink_to(victim)
    write_whole(tmp_path / "file", b"new")
    assert victim.read_bytes() == b"mine"
    assert not (tmp_path / "file").is_symlink()


def test_a_folder_cannot_be_overwritten(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(Unreadable, match="could not be written"):
        write_whole(tmp_path / "file", b"x")
    assert [item.name for item in tmp_path.iterdir()] == ["file"]


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert read_bytes(tmp_path / "file") == b"x"
    before = len(list(Path("/proc/self/fd").iterdir()))
    for name, said in {
        "link": "it is a link", "loop": "it is a link", "folder": "not a regular file", "pipe": "not a regular file",
        "nothing": "No such file",
    }.items():  # fmt: skip
        with pytest.raises(Unreadable, match=said):
            read_bytes(tmp_path / name)
    with pytest.raises(Unreadable, match="not a regular file"):
        read_bytes(Path("/dev/zero"))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_limit_is_a_limit(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(10))
    assert len(read_bytes(tmp_path / "file", 10)) == 10
    with pytest.raises(Unreadable, match="larger than 9 bytes"):
        read_bytes(tmp_path / "file", 9)


def test_a_disk_that_fails_while_reading(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with (
        pytest.raises(Unreadable, match="Input/output error"),
        open_regular(tmp_path / "file"),
    ):
        raise OSError(5, "Input/output error")


def test_a_statement_is_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "x.cose").write_bytes(b"x")
    with pytest.raises(Refused, match=r"V-101 .*x\.cose"):
        load_statement(tmp_path / "x.cose")


def _try(folder: Path, answers: multiprocessing.Queue[str]) -> None:
    try:
        with folder_lock(folder):
            answers.put("in")
    except Misuse:
        answers.put("out")


def _ask(folder: Path) -> str:
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=_try, args=(folder, answers))
    process.start()
    answer = answers.get(timeout=20)
    process.join()
    return answer


def test_one_command_a_folder(tmp_path: Path) -> None:
    with folder_lock(tmp_path):
        assert _ask(tmp_path) == "out"
        with pytest.raises(Misuse, match="another command"), folder_lock(tmp_path):
            pass
    assert _ask(tmp_path) == "in"


def test_a_lock_is_given_back_after_a_fault(tmp_path: Path) -> None:
    with pytest.raises(KeyError), folder_lock(tmp_path):
        raise KeyError
    assert _ask(tmp_path) == "in"


def test_a_lock_needs_a_folder_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be used"), folder_lock(tmp_path / "nothing"):
        pass
    (tmp_path / ".lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unreadable, match="cannot be used"), folder_lock(tmp_path):
        pass
    assert not (tmp_path / "elsewhere").exists()
