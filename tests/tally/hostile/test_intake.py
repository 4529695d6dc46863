"""Intake of boxes: every hostile file refused with its finding, without side effects."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from keys.election.box import APPLICATION_ID, PAGE_SIZE, SCHEMA, USER_VERSION
from keys.findings import Refused, Unreadable
from station.sticks.box import make_box
from tally.hostile import intake
from tally.hostile.box_reader import Plan, Rejected, _checked_rows, check_header, read_rows
from tally.hostile.intake import Box, largest_box, read_box

SIZES = {0: 1408, 3: 2560}
Rows = list[tuple[int, bytes, bytes]]


def make_rows(count: int, sizes: dict[int, int] | None = None, seed: int = 1) -> Rows:
    draw = random.Random(seed)
    bodies = [(c, draw.randbytes(size)) for c, size in (sizes or SIZES).items() for _ in range(count)]
    return sorted((contest, hashlib.sha256(body).digest(), body) for contest, body in bodies)


def write_box(
    path: Path,
    rows: Rows,
    *,
    schema: str = SCHEMA,
    before: tuple[str, ...] = (),
    pragmas: dict[str, str | int] | None = None,
) -> Path:
    settings: dict[str, str | int] = {
        "page_size": PAGE_SIZE,
        "encoding": "'UTF-8'",
        "auto_vacuum": "NONE",
        "application_id": APPLICATION_ID,
        "user_version": USER_VERSION,
        "journal_mode": "OFF",
    }
    settings.update(pragmas or {})
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name, value in settings.items():
            connection.execute(f"PRAGMA {name}={value}")
        connection.execute("BEGIN")
        connection.execute(schema)
        connection.executemany("INSERT INTO ballot VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")
        for statement in before:
            connection.execute(statement)
    return path


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return write_box(tmp_path / "06-a.box", make_rows(30))


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in folder.rglob("*")
    }


def refused(path: Path, code: str, **plan: int) -> Refused:
    """The finding with which a box is refused, after looking that nothing was touched."""
    before = tree(path.parent)
    with pytest.raises(Refused) as caught:
        read_box(path, contests=SIZES, **plan)
    assert tree(path.parent) == before
    assert caught.value.code == code, str(caught.value)
    assert caught.value.subject == path.name
    return caught.value


def patched(path: Path, at: int, new: bytes) -> None:
    data = bytearray(path.read_bytes())
    assert data[at : at + len(new)] != new
    data[at : at + len(new)] = new
    path.write_bytes(data)


def test_a_good_box_is_read_whole(box: Path) -> None:
    rows = make_rows(30)
    expected = {c: tuple((t, b) for contest, t, b in rows if contest == c) for c in SIZES}
    assert read_box(box, contests=SIZES) == Box(expected, hashlib.sha256(box.read_bytes()).digest())


@pytest.mark.parametrize("count", [0, 1, 30])
def test_what_a_station_writes_is_read(tmp_path: Path, count: int) -> None:
    rows = make_rows(count)
    written = {contest: {tracker: body for c, tracker, body in rows if c == contest} for contest in SIZES}
    path = tmp_path / "06-a.box"
    path.write_bytes(make_box(written))
    found = read_box(path, contests=SIZES, max_ballots=30)
    assert {contest: dict(ballots) for contest, ballots in found.ballots.items()} == written


def test_an_empty_box_has_every_contest(tmp_path: Path) -> None:
    path = write_box(tmp_path / "empty.box", [])
    assert read_box(path, contests=SIZES).ballots == {0: (), 3: ()}


@pytest.mark.parametrize("size", [64, 470, 950, 1002, 4000, 4600, 12000, 62000])
def test_the_largest_box_of_a_plan_fits_its_limit(tmp_path: Path, size: int) -> None:
    path = write_box(tmp_path / "full.box", make_rows(80, {0: size}))
    assert path.stat().st_size <= largest_box({0: size}, 80)
    assert len(read_box(path, contests={0: size}, max_ballots=80).ballots[0]) == 80


def test_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"none\.box: No such file"):
        read_box(tmp_path / "none.box", contests=SIZES)


@pytest.mark.parametrize("suffix", ["-wal", "-journal", "-shm"])
def test_stray_file_beside(box: Path, suffix: str) -> None:
    box.with_name(box.name + suffix).write_bytes(b"")
    assert refused(box, "T-110").detail == box.name + suffix


def test_real_write_ahead_log_beside(tmp_path: Path) -> None:
    path = write_box(tmp_path / "live.box", make_rows(5), pragmas={"journal_mode": "WAL"})
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA wal_autocheckpoint=0")
        writer.execute("DELETE FROM ballot WHERE contest = 0")
        refused(path, "T-110")
        alone = tmp_path / "alone" / "live.box"
        alone.parent.mkdir()
        alone.write_bytes(path.read_bytes())
        assert "way of writing is 2" in refused(alone, "T-103").detail


def _journal(pages: dict[int, bytes], total: int, super_journal: str = "") -> bytes:
    """A rollback journal as a crash leaves it: header, pages with checksums, name of a super-journal."""
    nonce = 7
    head = struct.pack(">8s5I", bytes.fromhex("d9d505f920a163d7"), len(pages), nonce, total, 512, PAGE_SIZE)
    body = head.ljust(512, b"\0")
    for number, page in pages.items():
        checksum = (nonce + sum(page[at] for at in range(PAGE_SIZE - 200, 0, -200))) % 2**32
        body += struct.pack(">I", number) + page + struct.pack(">I", checksum)
    if super_journal:
        name = super_journal.encode()
        locked = struct.pack(">I", (1 << 30) // PAGE_SIZE + 1)
        body += locked + name + struct.pack(">II", len(name), sum(name)) + bytes.fromhex("d9d505f920a163d7")
    return body


def test_forged_journal_rewrites_for_sqlite_but_not_for_us(box: Path, tmp_path: Path) -> None:
    empty = write_box(tmp_path / "none", []).read_bytes()
    forged = _journal({1: empty[:PAGE_SIZE], 2: empty[PAGE_SIZE:]}, 2)
    box.with_name(box.name + "-journal").write_bytes(forged)
    refused(box, "T-110")
    with closing(sqlite3.connect(box)) as naive:  # the trap is real: any other program loses all ballots
        assert naive.execute("SELECT count(*) FROM ballot").fetchone() == (0,)


def test_forged_super_journal_deletes_for_sqlite_but_not_for_us(box: Path, tmp_path: Path) -> None:
    victim = tmp_path / "notes"
    victim.write_bytes(b"precious notes")
    first = box.read_bytes()
    forged = _journal({1: first[:PAGE_SIZE]}, len(first) // PAGE_SIZE, str(victim))
    box.with_name(box.name + "-journal").write_bytes(forged)
    refused(box, "T-110")
    with closing(sqlite3.connect(box)) as naive:
        naive.execute("SELECT count(*) FROM ballot").fetchone()
    assert not victim.exists()  # the trap is real


HEADER = {
    "magic": (0, b"s"),
    "page-size": (16, b"\x08\x00"),
    "write-ahead-log-writing": (18, b"\x02"),
    "write-ahead-log-reading": (19, b"\x02"),
    "reserved-space": (20, b"\x08"),
    "payload-fraction": (21, b"\x41"),
    "page-count": (31, b"\x01"),
    "free-page": (35, b"\x03"),
    "free-pages": (39, b"\x01"),
    "schema-format": (47, b"\x03"),
    "automatic-vacuum": (55, b"\x03"),
    "encoding": (59, b"\x02"),
    "user-version": (63, b"\x07"),
    "incremental-vacuum": (67, b"\x01"),
    "application-id": (68, b"\x00"),
    "reserved-first": (72, b"\x01"),
    "reserved-last": (91, b"\x01"),
    "version-valid-for": (95, b"\xee"),
}


@pytest.mark.parametrize(("at", "new"), HEADER.values(), ids=list(HEADER))
def test_changed_header(box: Path, at: int, new: bytes) -> None:
    patched(box, at, new)
    refused(box, "T-103")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="truncated"),
        pytest.param(lambda data: data[:PAGE_SIZE], id="first-page-only"),
        pytest.param(lambda data: data[:-1], id="one-byte-short"),
        pytest.param(lambda data: data + b"\0", id="one-byte-more"),
        pytest.param(lambda data: data + bytes(PAGE_SIZE), id="junk-page"),
        pytest.param(lambda data: b"PK\x03\x04" * 3000, id="another-format"),
    ],
)
def test_wrong_length(box: Path, change: Callable[[bytes], bytes]) -> None:
    box.write_bytes(change(box.read_bytes()))
    refused(box, "T-103")


def test_empty_and_huge_files(tmp_path: Path) -> None:
    path = tmp_path / "size.box"
    path.write_bytes(b"")
    refused(path, "T-102")
    with path.open("wb") as huge:
        huge.truncate(1 << 40)  # a hole: takes no room
    with pytest.raises(Refused, match="T-102"):
        read_box(path, contests=SIZES)


def test_real_files_with_other_settings(tmp_path: Path) -> None:
    rows = make_rows(10)
    others: dict[str, str | int] = {"page_size": 1024, "auto_vacuum": "FULL", "encoding": "'UTF-16le'"}
    for pragma, value in others.items():
        refused(write_box(tmp_path / f"{pragma}.box", rows, pragmas={pragma: value}), "T-103")
    free = write_box(tmp_path / "free.box", rows, before=("DELETE FROM ballot WHERE contest = 3",))
    assert "free page" in refused(free, "T-103").detail


COLUMNS = "contest INTEGER NOT NULL, tracker BLOB NOT NULL, body BLOB NOT NULL"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (a)",
        "CREATE INDEX more ON ballot (body)",
        "CREATE TRIGGER more AFTER INSERT ON ballot BEGIN DELETE FROM ballot; END",
        "CREATE VIEW more AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
        "ALTER TABLE ballot ADD COLUMN more BLOB",
    ],
)
def test_something_beside_the_table(tmp_path: Path, statement: str) -> None:
    refused(write_box(tmp_path / "more.box", make_rows(3), before=(statement,)), "T-104")


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param(f"CREATE TABLE ballot ({COLUMNS}, PRIMARY KEY (contest, tracker))", id="rowid"),
        pytest.param(SCHEMA.replace("STRICT, ", ""), id="not-strict"),
        pytest.param(SCHEMA.replace("ballot (", "ballot  ("), id="one-space-more"),
    ],
)
def test_another_table(tmp_path: Path, schema: str) -> None:
    refused(write_box(tmp_path / "other.box", make_rows(3), schema=schema), "T-104")


ENDLESS = (
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) "
    "SELECT n AS contest, n AS tracker, n AS body"
)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(f"CREATE VIEW ballot AS {ENDLESS} FROM r", id="endless-view"),
        pytest.param(
            "CREATE VIEW ballot AS SELECT 0 contest, zeroblob(900000000) tracker, 1 body", id="zeroblob-view"
        ),
        pytest.param(
            "CREATE TABLE ballot (contest INTEGER, tracker BLOB, body TEXT AS (hex(zeroblob(400000000))))",
            id="generated-column",
        ),
    ],
)
def test_bombs_in_the_schema(tmp_path: Path, statement: str) -> None:
    path = write_box(
        tmp_path / "bomb.box",
        [],
        before=("DROP TABLE ballot", "VACUUM", "CREATE TABLE filler (a)", statement),
    )
    refused(path, "T-104")


def test_view_disguised_as_the_table(box: Path) -> None:
    """The row of the schema says what we expect; its page is not the table."""
    with closing(sqlite3.connect(box, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_schema SET rootpage = 3")
    refused(box, "T-104")


def test_contest_that_is_not_in_the_plan(tmp_path: Path) -> None:
    refused(write_box(tmp_path / "b.box", make_rows(3, {0: 1408, 2: 2560})), "T-106")


@pytest.mark.parametrize("change", [-1, 1])
def test_lengths(tmp_path: Path, change: int) -> None:
    contest, tracker, body = make_rows(1)[0]
    refused(write_box(tmp_path / "b.box", [(contest, tracker, bytes(1408 + change))]), "T-106")
    refused(write_box(tmp_path / "t.box", [(contest, bytes(32 + change), body)]), "T-106")


@pytest.mark.parametrize("column", [0, 1, 2])
def test_value_of_another_kind(tmp_path: Path, column: int) -> None:
    """SQLite does not check a STRICT column when it reads; newer ones do in their check of integrity."""
    row: list[object] = list(make_rows(1)[0])
    row[column] = "x" * 1408
    path = tmp_path / "kind.box"
    write_box(path, [tuple(row)], schema=SCHEMA.replace("STRICT, ", ""))  # type: ignore[list-item]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_schema SET sql = ?", (SCHEMA,))
    with pytest.raises(Refused) as caught:
        read_box(path, contests=SIZES)
    assert caught.value.code in {"T-105", "T-106"}
    with pytest.raises(Rejected, match="another kind"):
        list(_checked_rows(iter([tuple(row)]), _plan(SIZES)))  # type: ignore[arg-type]


def test_too_many(box: Path) -> None:
    assert len(read_box(box, contests=SIZES, max_ballots=30).ballots[0]) == 30
    assert "more than 29" in refused(box, "T-108", max_ballots=29).detail


def test_a_ballot_twice(tmp_path: Path) -> None:
    rows = make_rows(3)
    path = write_box(tmp_path / "twice.box", rows)
    data = path.read_bytes()
    twice = data.replace(rows[1][1], rows[0][1])
    assert twice != data
    path.write_bytes(twice)
    refused(path, "T-105")  # integrity_check sees the order of the keys


def test_rows_out_of_order_are_seen_without_sqlite() -> None:
    rows = make_rows(2)
    plan = _plan(SIZES)

    assert list(_checked_rows(iter(rows), plan)) == rows  # type: ignore[arg-type]
    for wrong in (rows[::-1], rows[:1] * 2):
        with pytest.raises(Rejected, match="T-107"):
            list(_checked_rows(iter(wrong), plan))  # type: ignore[arg-type]


def _plan(sizes: dict[int, int], seconds: float = 5) -> Plan:
    return Plan(dict(sizes), 2000, SCHEMA, APPLICATION_ID, USER_VERSION, PAGE_SIZE, seconds)


def test_time_runs_out(tmp_path: Path) -> None:
    data = write_box(tmp_path / "b.box", make_rows(400)).read_bytes()
    with pytest.raises(Rejected) as caught:
        read_rows(data, _plan(SIZES, seconds=-1))
    assert caught.value.args[0] == "T-109"


ANSWERS = {
    "nothing": b"",
    "unknown": b"what" + bytes(4),
    "finding-of-another-room": b"failV-101",
    "finding-unknown": b"failT-199",
    "more-rows-than-bytes": b"rows" + b"\xff\xff\xff\xff",
    "cut-off": b"rows" + b"\0\0\0\1" + b"\0\0" + bytes(32 + 1407),
    "trailing": b"rows" + bytes(4) + b"x",
    "contest-unknown": b"rows" + b"\0\0\0\1" + b"\0\1" + bytes(32 + 1408),
    "row-twice": b"rows" + b"\0\0\0\2" + (b"\0\0" + bytes(32 + 1408)) * 2,
}


@pytest.mark.parametrize("name", list(ANSWERS))
def test_child_that_was_taken_over_is_not_believed(
    box: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    child = tmp_path / "child.py"
    child.write_text(f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({ANSWERS[name]!r})")
    monkeypatch.setattr(intake, "_READER", child)
    refused(box, "T-109")


@pytest.mark.parametrize("code", ["import os; os.abort()", "import sys; sys.exit(3)", "0 / 0"])
def test_child_that_dies(box: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    child = tmp_path / "child.py"
    child.write_text(code)
    monkeypatch.setattr(intake, "_READER", child)
    refused(box, "T-109")


def test_child_can_open_nothing_and_take_no_more_memory(
    box: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The limits hold in the child itself: what it tries after lowering them fails."""
    source = intake._READER.read_text()
    attempt = """
    found = []
    for attempt in (lambda: open("/etc/passwd"), lambda: open("{}", "w"), lambda: bytearray(2 << 30)):
        try:
            attempt()
            found.append("done")
        except (OSError, MemoryError) as error:
            found.append(type(error).__name__)
    sys.stdout.write("failT-109" + " ".join(found))
    sys.stdout.flush()
    return
    data = """.format(tmp_path / "written")
    spy = tmp_path / "spy.py"
    spy.write_text(source.replace("\n    data = ", attempt, 1))
    assert spy.read_text() != source
    monkeypatch.setattr(intake, "_READER", spy)
    assert refused(box, "T-109").detail == "OSError OSError MemoryError"
    assert not (tmp_path / "written").exists()


def _mutate(data: bytes, draw: random.Random) -> bytes:
    mutant = bytearray(data)
    kind = draw.randrange(7)
    at = draw.randrange(len(mutant))
    if kind == 0:
        mutant[at] ^= 1 << draw.randrange(8)
    elif kind == 1:
        mutant[at : at + 16] = draw.randbytes(len(mutant[at : at + 16]))
    elif kind == 2:
        page = PAGE_SIZE * draw.randrange(1, len(mutant) // PAGE_SIZE)
        mutant[page + draw.randrange(12)] = draw.randrange(256)  # the head of a page
    elif kind == 3:
        first, second = (PAGE_SIZE * draw.randrange(len(mutant) // PAGE_SIZE) for _ in range(2))
        mutant[first : first + PAGE_SIZE] = mutant[second : second + PAGE_SIZE]
    elif kind == 4:
        mutant[draw.randrange(100)] = draw.randrange(256)
    elif kind == 5:
        mutant[100 + draw.randrange(300)] = draw.randrange(256)
    else:
        page = PAGE_SIZE * draw.randrange(1, len(mutant) // PAGE_SIZE)
        mutant[page + draw.randrange(8, 60)] = draw.randrange(256)  # pointers to cells
    return bytes(mutant)


def test_mutated_files_give_the_same_rows_or_none(tmp_path: Path) -> None:
    """Whatever is accepted has the very rows that were written, once trackers are compared with bodies."""
    rows = make_rows(40)
    data = write_box(tmp_path / "b.box", rows).read_bytes()
    plan = _plan(SIZES)
    draw = random.Random(20221003)
    outcomes = {"refused": 0, "other bodies": 0, "same rows": 0}
    for _ in range(500):
        mutant = _mutate(data, draw)
        try:
            check_header(mutant, plan)
            found = read_rows(mutant, plan)
        except Rejected:
            outcomes["refused"] += 1
            continue
        if any(hashlib.sha256(body).digest() != tracker for _, tracker, body in found):
            outcomes["other bodies"] += 1  # the caller sees this
            continue
        assert found == rows
        outcomes["same rows"] += 1
    assert all(count > 20 for count in outcomes.values()), outcomes


@pytest.mark.parametrize("seed", range(12))
def test_mutated_files_through_the_child(tmp_path: Path, seed: int) -> None:
    rows = make_rows(20)
    path = write_box(tmp_path / "b.box", rows)
    path.write_bytes(_mutate(path.read_bytes(), random.Random(seed)))
    try:
        found = read_box(path, contests=SIZES)
    except Refused as refusal:
        assert refusal.code in {"T-103", "T-104", "T-105", "T-106", "T-107"}
        return
    pairs = [(c, t, b) for c, ballots in found.ballots.items() for t, b in ballots]
    assert [pair[:2] for pair in pairs] == [row[:2] for row in rows] or any(
        hashlib.sha256(body).digest() != tracker for _, tracker, body in pairs
    )
