"""The copy of the officer's folder: whole, compared, never over another one; and the database in other tools."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest
import sqlite_utils

import tally.backup
from keys.findings import Misuse, Refused, Unreadable
from tally.backup import back_up, count_files
from tally.boxes.database import BoxRow, open_boxes

NOW = 1_795_300_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = tmp_path / "office"
    (office / "official" / "reports").mkdir(parents=True)
    (office / "official" / "reports" / "m1-1.cose").write_bytes(b"report" * 1000)
    (office / "authority.key").write_bytes(b"wrapped")
    (office / "authority.key").chmod(0o600)
    (office / "official.db").write_bytes(bytes(range(256)) * 40)
    (office / ".lock").touch()
    (tmp_path / "safe").mkdir()
    return office


def test_the_copy_is_the_folder_again(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    done = back_up(folder, tmp_path / "safe", NOW, lambda what, count: told.append((what, count)))
    assert done.files == count_files(folder) == 3
    assert told == [("writing", 1), ("writing", 2), ("writing", 3)] + [("comparing", n) for n in (1, 2, 3)]
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600
    assert done.path.name == "isoloir-20261121-222640.zip"
    with zipfile.ZipFile(done.path) as archive:
        archive.extractall(tmp_path / "again")
    for path in folder.rglob("*"):
        again = tmp_path / "again" / path.relative_to(folder)
        assert path.name == ".lock" or path.is_dir() or again.read_bytes() == path.read_bytes()
    assert [path.name for path in (tmp_path / "safe").iterdir()] == [done.path.name]


@pytest.mark.parametrize("at", [0, 1, 4, 8])
def test_a_disk_that_writes_other_bytes_is_found_out(
    at: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = tally.backup._write

    def failing(source: Path, part: Path, progress: object) -> tuple[dict[str, bytes], bytes]:
        digests = honest(source, part, lambda *_: None)
        data = bytearray(part.read_bytes())
        data[data.index(b"authority.key") + len("authority.key") + at] ^= 1
        part.write_bytes(data)
        return digests

    monkeypatch.setattr(tally.backup, "_write", failing)
    with pytest.raises(Refused, match="T-811"):
        back_up(folder, tmp_path / "safe", NOW)
    assert not list((tmp_path / "safe").iterdir())


def test_a_copy_never_replaces_another_nor_lies_in_what_it_copies(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "safe", NOW)
    with pytest.raises(Misuse, match="there already"):
        back_up(folder, tmp_path / "safe", NOW)
    with pytest.raises(Misuse, match="itself"):
        back_up(folder, folder / "official", NOW)
    with pytest.raises(Unreadable, match="not a folder"):
        back_up(folder, tmp_path / "nowhere", NOW)


def test_stopped_half_way_nothing_is_left(folder: Path, tmp_path: Path) -> None:
    def stop(what: str, count: int) -> None:
        if count == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(folder, tmp_path / "safe", NOW, stop)
    assert not list((tmp_path / "safe").iterdir())


def test_the_views_of_the_boxes_open_in_sqlite_utils(tmp_path: Path) -> None:
    path = tmp_path / "official.db"

    def box(machine: int, name: str, station: str, marks: int, signatures: int) -> BoxRow:
        return BoxRow(machine, name, station, marks, marks, signatures, 40, b"s", b"f", b"c", NOW)

    with open_boxes(path) as boxes:
        boxes.add(box(0, "m1", "b1", 10, 10), {0: ((b"t1", b"x"),), 1: ((b"t2", b"x"),)})
        boxes.add(box(1, "m1bis", "b1", 5, 4), {0: ((b"t3", b"x"),)})
    database = sqlite_utils.Database(path)
    assert sorted(database.view_names()) == ["contest", "figures", "station", "turnout"]
    assert list(database["turnout"].rows) == [{"station": "b1", "electors": 40, "marks": 15, "percent": 37.5}]
    assert [(row["machine"], row["signatures_over_marks"]) for row in database["figures"].rows] == [
        ("m1", 0),
        ("m1bis", -1),
    ]
    assert list(database["contest"].rows) == [
        {"number": 0, "ballots": 2, "machines": 2},
        {"number": 1, "ballots": 1, "machines": 1},
    ]
    database.close()
