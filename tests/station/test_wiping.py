"""A machine is wiped on the town hall's order, its report first; stopped anywhere, it goes on, or nothing changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from keys.desk.language import Language
from keys.election.destruction import Destroyed, DestructionOrder, DestructionReport
from keys.election.hours import closing_hour
from keys.election.statement import Mode, Statement, StatementType, read_statement
from keys.findings import Misuse, Unreadable
from keys.paper.destruction import destruction_paper
from station.cli import cli
from station.day import Closing, open_day
from station.disk.folder import wiped_file
from station.wiping import begin_wipe, finish_wipe, wiped_report
from tally.workspace import Workspace
from tests.simulator.dying import killed_at
from tests.simulator.polling import NOW, PASSPHRASE, PollingPlaces, definition
from tests.simulator.walking import Clock, refused

LATER = NOW + 40 * 86_400
PUBLIC = {
    "draft.cose",
    "machine.json",
    "official.enrolment.cose",
    "rehearsal.enrolment.cose",
    "official.wiped.cose",
}


def ordered(polling: PollingPlaces, not_before: int = LATER, mode: Mode = Mode.OFFICIAL) -> Statement:
    authority = Workspace(polling.office).open_authority(PASSPHRASE)
    order = DestructionOrder(NOW, not_before)
    raw = authority.sign(StatementType.DESTRUCTION_ORDER, mode, polling.fingerprints[mode], order)
    return read_statement(raw)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def closed(folder: Path, polling: PollingPlaces, clock: Clock, stick: Path) -> Path:
    """A machine that held its vote, with a copy on its stick, and exported."""
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.use_stick(stick)
        day.open()
        recorder = day.recorder()
        for elector in (1, 2):
            recorder.cast(recorder.prepare({0: (1, 0, 0), 1: (1, 0)}), elector)
        day.close(Closing(2))
        day.export(stick / "box")
    return folder


def begin(
    folder: Path, polling: PollingPlaces, order: Statement | None, now: int = LATER, stick: Path | None = None
) -> Statement:
    with open_day(folder, Mode.OFFICIAL, lambda: now, held=True) as day:
        day.unlock(polling.two("m1"))
        return begin_wipe(day, order, stick, now, ("Anne", "Bilal"))


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_report_first_then_nothing_private_is_left(closed: Path, polling: PollingPlaces, stick: Path) -> None:
    order = ordered(polling)
    report = begin(closed, polling, order, stick=stick)
    assert (closed / "official.db").exists(), "nothing is destroyed before the report is handed out"
    said = DestructionReport.from_content(report.content, "report")
    assert {Destroyed.KEYS, Destroyed.BOX, Destroyed.ROLL, Destroyed.STICK_COPY} <= set(said.destroyed)
    assert (said.order, said.officers, said.at) == (order.fingerprint, ("Anne", "Bilal"), LATER)
    assert said.closing is not None
    assert finish_wipe(closed, Mode.OFFICIAL, stick) > 6
    assert set(content(closed)) == PUBLIC
    assert not list((stick / "copies").iterdir())
    assert (stick / "box").is_dir(), "what was exported belongs to the town hall"
    assert wiped_report(closed, Mode.OFFICIAL) == report
    assert refused(lambda: open_day(closed, Mode.OFFICIAL, lambda: LATER).__enter__()) == "V-161"
    assert finish_wipe(closed, Mode.OFFICIAL, stick) == 0


def test_every_byte_is_overwritten_before_its_name_goes(
    closed: Path, polling: PollingPlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(closed)
    begin(closed, polling, ordered(polling))
    gone: dict[str, bytes] = {}
    honest = Path.unlink

    def look(path: Path, missing_ok: bool = False) -> None:
        gone[path.name] = path.read_bytes()
        honest(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", look)
    finish_wipe(closed, Mode.OFFICIAL, None)
    assert {"official.secret", "official.cards", "official.db", "official.db-journal"} <= set(gone)
    for name, data in gone.items():
        old = before.get(name, b"")
        assert len(data) == len(old)
        if name.endswith((".secret", ".cards", ".db")):
            assert not any(old[at : at + 32] == data[at : at + 32] for at in range(0, len(old) - 31, 4096))
    assert b"Nom1" in before["official.db"]


def spoilt(polling: PollingPlaces) -> Iterator[tuple[str, Statement | None, int, str]]:
    order = ordered(polling)
    flipped = bytearray(order.raw)
    flipped[-1] ^= 1
    yield "one bit", read_statement(bytes(flipped)), LATER, "V-102"
    yield "no order", None, LATER, "V-160"
    yield "a second early", order, LATER - 1, "V-160"
    (draft, _) = Workspace(polling.office).draft()
    ends = closing_hour(draft.definition)
    yield "for a day before the vote ends", ordered(polling, ends - 1), LATER, "V-160"
    yield "of the rehearsal", ordered(polling, mode=Mode.REHEARSAL), LATER, "V-158"


def test_another_order_destroys_nothing(
    closed: Path, polling: PollingPlaces, another_vote: PollingPlaces
) -> None:
    before = content(closed)
    cases = [*spoilt(polling), ("of another vote", ordered(another_vote), LATER, "V-103")]
    for what, order, now, code in cases:
        assert refused(lambda order=order, now=now: begin(closed, polling, order, now)) == code, what  # type: ignore[misc]
        assert refused(lambda: finish_wipe(closed, Mode.OFFICIAL, None)) == "S-105"
    assert content(closed) == before


def test_an_order_for_the_very_end_of_the_vote_is_followed(closed: Path, polling: PollingPlaces) -> None:
    """The twin of the one for a second before."""
    (draft, _) = Workspace(polling.office).draft()
    ends = closing_hour(draft.definition)
    assert (
        begin(closed, polling, ordered(polling, ends), ends).header.type is StatementType.DESTRUCTION_REPORT
    )


def test_a_box_that_is_open_or_was_never_copied_stays(
    folder: Path, polling: PollingPlaces, clock: Clock, stick: Path
) -> None:
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.open()
        cast_all = day.recorder()
        cast_all.cast(cast_all.prepare({0: (1, 0, 0), 1: (1, 0)}), 1)
    assert refused(lambda: begin(folder, polling, ordered(polling))) == "S-105"
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.close(Closing(1))
    assert refused(lambda: begin(folder, polling, ordered(polling))) == "S-141"
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.export(stick)
    begin(folder, polling, ordered(polling))


def test_a_spare_that_never_opened_is_wiped_too(folder: Path, polling: PollingPlaces) -> None:
    report = begin(folder, polling, ordered(polling))
    assert DestructionReport.from_content(report.content, "report").closing is None
    finish_wipe(folder, Mode.OFFICIAL, None)
    assert set(content(folder)) == PUBLIC


def test_a_rehearsal_is_wiped_at_any_time_and_leaves_the_vote_alone(
    tmp_path: Path, polling: PollingPlaces
) -> None:
    folder, _ = polling.loaded(tmp_path)
    polling.loaded(tmp_path, mode=Mode.REHEARSAL)
    vote = {name: data for name, data in content(folder).items() if not name.startswith("rehearsal.")}
    with open_day(folder, Mode.REHEARSAL, lambda: NOW) as day:
        day.unlock(polling.two("m1", Mode.REHEARSAL))
        begin_wipe(day, None, None, NOW)
    finish_wipe(folder, Mode.REHEARSAL, None)
    left = content(folder)
    assert {name for name in left if name.startswith("rehearsal.")} == {
        "rehearsal.enrolment.cose",
        "rehearsal.wiped.cose",
    }
    assert {name: left[name] for name in vote} == vote
    with open_day(folder, Mode.OFFICIAL, lambda: NOW) as day:
        day.unlock(polling.two("m1"))


@pytest.mark.parametrize("at", [-1, 60])
def test_a_report_that_is_not_its_own_destroys_nothing(
    at: int, closed: Path, polling: PollingPlaces, tmp_path: Path
) -> None:
    twin = tmp_path / "twin"
    shutil.copytree(closed, twin)
    raw = bytearray(begin(twin, polling, ordered(polling)).raw)
    raw[at] ^= 1
    before = content(closed)
    wiped_file(closed, Mode.OFFICIAL).write_bytes(raw)
    assert refused(lambda: finish_wipe(closed, Mode.OFFICIAL, None)) in {"V-101", "V-102"}
    wiped_file(closed, Mode.OFFICIAL).unlink()
    assert content(closed) == before


def test_killed_at_any_step_all_is_there_or_it_goes_on(
    closed: Path, polling: PollingPlaces, stick: Path, tmp_path: Path
) -> None:
    before, order, step, untouched = content(closed), ordered(polling), 0, 0
    while True:
        root = tmp_path / f"killed-{step}"
        folder, copy = root / "m1", root / "stick"
        shutil.copytree(closed, folder)
        shutil.copytree(stick, copy)

        def work(folder: Path = folder, copy: Path = copy) -> None:
            begin(folder, polling, order, stick=copy)
            finish_wipe(folder, Mode.OFFICIAL, copy)

        killed = killed_at(step, work)
        report = wiped_report(folder, Mode.OFFICIAL)
        if report is None:
            untouched += 1
            kept = {name: data for name, data in content(folder).items() if not name.endswith(".part")}
            assert kept == before
            begin(folder, polling, order, stick=copy)
        finish_wipe(folder, Mode.OFFICIAL, copy)
        assert set(content(folder)) == PUBLIC
        assert not list((copy / "copies").iterdir())
        shutil.rmtree(root)
        if not killed:
            break
        step += 1
    assert 3 < untouched < step - 20


@pytest.mark.parametrize("with_copy", [True, False])
def test_the_paper_says_whether_the_copy_on_the_stick_is_destroyed_too(
    closed: Path, polling: PollingPlaces, stick: Path, with_copy: bool
) -> None:
    report = begin(closed, polling, ordered(polling), stick=stick if with_copy else None)
    words = repr(destruction_paper(definition(), report, Language("en"), "m1"))
    assert ("The copy of its votes on the stick is destroyed too." in words) is with_copy
    assert "Its keys and box of the rehearsal are destroyed too." in words
    assert "boxes of machines that it took over" not in words


def test_the_command_asks_first_hands_out_its_report_and_goes_on_without_cards(
    closed: Path, polling: PollingPlaces, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick / "order.cose").write_bytes(ordered(polling).raw)
    cards: list[str] = []
    for card in polling.two("m1"):
        path = stick / f"card-{card.share.index}.txt"
        path.write_text(card.text)
        cards += ["--card", str(path)]
    for module in ("station.commands.wiping", "station.commands.given"):
        monkeypatch.setattr(f"{module}.now", lambda: LATER)
    where = ["wipe", "--dir", str(closed), "--out", str(stick)]
    before = content(closed)
    unasked = CliRunner().invoke(cli, [*where, str(stick / "order.cose"), *cards])
    assert isinstance(unasked.exception, Misuse)
    nowhere = CliRunner().invoke(
        cli, [*where[:-1], str(stick / "gone"), str(stick / "order.cose"), *cards, "--yes"]
    )
    assert isinstance(nowhere.exception, Unreadable)
    assert content(closed) == before
    with monkeypatch.context() as stopped:
        stopped.setattr(
            "station.commands.wiping.finish_wipe", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        assert CliRunner().invoke(cli, [*where, str(stick / "order.cose"), *cards, "--yes"]).exit_code == 1
    assert (stick / "destruction-official-m1.pdf").read_bytes().startswith(b"%PDF")
    assert (closed / "official.db").exists()
    again = CliRunner().invoke(cli, [*where, "--stick", str(stick)])
    assert again.exit_code == 0, again.output
    assert "cryptsetup erase" in again.output
    report = read_statement((stick / "destruction-official-m1.cose").read_bytes())
    assert report == wiped_report(closed, Mode.OFFICIAL)
    assert {name.split("/")[0] for name in content(closed)} == {*PUBLIC, "papers"}
    assert "wiped" in CliRunner().invoke(cli, ["status", "--dir", str(closed)]).output
