"""The office orders the machines to be wiped, and retires: what is public stays, what is private goes, report first."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

import tally.commands.retiring
from keys.election.destruction import Destroyed, DestructionReport, check_order
from keys.election.statement import Mode, read_statement
from keys.findings import Misuse
from tally.cli import cli
from tally.retiring import begin_retiring, finish_retiring, order_destruction, retired_report
from tally.workspace import Workspace
from tests.simulator.vote import NOW, HeldVote
from tests.simulator.walking import refused

DAY = 86_400
LATER = NOW + 30 * DAY


@pytest.fixture
def office(held_vote: HeldVote, tmp_path: Path) -> Workspace:
    shutil.copytree(held_vote.folder, tmp_path / "office")
    return Workspace(tmp_path / "office")


@pytest.fixture
def public(held_vote: HeldVote, tmp_path: Path) -> Path:
    shutil.copytree(held_vote.public, tmp_path / "public")
    return tmp_path / "public"


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def is_private(name: str) -> bool:
    return name.startswith(("private/", "packages/", "official.db", "rehearsal.db", "authority.key"))


def test_the_order_is_signed_for_this_vote_and_not_before_it_is_certified(
    office: Workspace, held_vote: HeldVote
) -> None:
    order = order_destruction(office, held_vote.authority, LATER, NOW)
    sealed = office.dossier().manifest
    check_order(order, Mode.OFFICIAL, held_vote.fingerprint, sealed, LATER)
    early = refused(lambda: check_order(order, Mode.OFFICIAL, held_vote.fingerprint, sealed, LATER - 1))
    assert early == "V-160"
    flipped = bytearray(order.raw)
    flipped[-1] ^= 1
    changed = read_statement(bytes(flipped))
    assert (
        refused(lambda: check_order(changed, Mode.OFFICIAL, held_vote.fingerprint, sealed, LATER)) == "V-102"
    )
    with pytest.raises(Misuse, match="before the vote"):
        order_destruction(office, held_vote.authority, NOW - 300 * DAY, NOW)
    (office.root / "minutes.pdf").unlink()
    assert refused(lambda: order_destruction(office, held_vote.authority, LATER, NOW)) == "T-206"


def test_what_is_private_goes_and_what_is_public_stays(
    office: Workspace, public: Path, held_vote: HeldVote
) -> None:
    order = order_destruction(office, held_vote.authority, LATER, NOW)
    before = content(office.folder)
    assert {"private", "packages"} <= {name.split("/")[0] for name in before if is_private(name)}
    report = begin_retiring(office, public, held_vote.authority, LATER)
    said = DestructionReport.from_content(report.content, "report")
    published = read_statement((public / "publication.cose").read_bytes())
    assert (said.order, said.publication) == (order.fingerprint, published.fingerprint)
    assert {Destroyed.AUTHORITY_KEYS, Destroyed.ROLLS, Destroyed.SEALED_MARKS} <= set(said.destroyed)
    assert content(office.folder).items() >= before.items(), "nothing is destroyed before the report is kept"
    assert finish_retiring(office) == sum(map(is_private, before))
    after = content(office.folder)
    assert after == {
        **{name: data for name, data in before.items() if not is_private(name)},
        "destruction/report.cose": report.raw,
    }
    assert not (office.folder / "private").exists()
    assert retired_report(office) == report
    assert finish_retiring(office) == 0
    assert refused(office.dossier) == refused(lambda: office.open_authority(b"x")) == "V-161"
    assert content(public) == content(held_vote.public)


def test_without_order_day_or_public_folder_nothing_is_destroyed(
    office: Workspace, public: Path, held_vote: HeldVote
) -> None:
    def begin(now: int = LATER) -> str:
        code = refused(lambda: begin_retiring(office, public, held_vote.authority, now))
        assert refused(lambda: finish_retiring(office)) == "V-160"
        return code

    assert begin() == "V-160"
    order_destruction(office, held_vote.authority, LATER, NOW)
    before = content(office.folder)
    assert begin(LATER - 1) == "V-160"
    archive = next((public / "archives").iterdir())
    data = bytearray(archive.read_bytes())
    data[100] ^= 1
    archive.write_bytes(data)
    assert begin() == "T-728"
    data[100] ^= 1
    archive.write_bytes(data)
    stray = public / "note.txt"
    stray.write_text("mine")
    assert begin() == "T-728"
    stray.unlink()
    (public / "publication.cose").rename(public.parent / "publication.cose")
    assert begin() == "T-728"
    (public.parent / "publication.cose").rename(public / "publication.cose")
    assert content(office.folder) == before
    begin_retiring(office, public, held_vote.authority, LATER)


def test_a_report_that_the_authority_did_not_sign_destroys_nothing(
    office: Workspace, public: Path, held_vote: HeldVote
) -> None:
    order_destruction(office, held_vote.authority, LATER, NOW)
    raw = bytearray(begin_retiring(office, public, held_vote.authority, LATER).raw)
    raw[-1] ^= 1
    office.retired.write_bytes(raw)
    before = content(office.folder)
    assert refused(lambda: finish_retiring(office)) == "V-102"
    assert content(office.folder) == before


@pytest.mark.parametrize("stop", range(4))
def test_stopped_it_goes_on_from_the_report_without_the_key(
    stop: int,
    office: Workspace,
    public: Path,
    held_vote: HeldVote,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order_destruction(office, held_vote.authority, LATER, NOW)
    report = begin_retiring(office, public, held_vote.authority, LATER)
    count, honest = 0, Path.unlink

    def failing(path: Path, missing_ok: bool = False) -> None:
        nonlocal count
        count += 1
        if count > stop:
            raise KeyboardInterrupt
        honest(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", failing)
        with pytest.raises(KeyboardInterrupt):
            finish_retiring(office)
    stick = tmp_path / "stick"
    stick.mkdir()
    done = CliRunner().invoke(cli, ["retire", "--dir", str(office.folder), "--out", str(stick), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["report"] == report.fingerprint.hex()
    assert not any(map(is_private, content(office.folder)))
    assert (stick / "destruction-town-hall.cose").read_bytes() == report.raw
    assert (stick / "destruction-town-hall.pdf").read_bytes().startswith(b"%PDF")


def test_the_command_asks_before_and_tally_check_knows_its_papers(
    office: Workspace, public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "words").write_text("a passphrase for tests\n")
    monkeypatch.setattr(tally.commands.retiring, "now", lambda: LATER)
    given = ["retire", "--dir", str(office.folder), "--out", str(tmp_path)]
    words = ["--passphrase-file", str(tmp_path / "words")]

    def run(*more: str, words: list[str] = words) -> int:
        return CliRunner().invoke(cli, [*given, *more, *words]).exit_code

    assert isinstance(CliRunner().invoke(cli, [*given, "--order", *words]).exception, Misuse)
    assert run("--order", "--from", "2026-12-01") == 0
    assert isinstance(CliRunner().invoke(cli, [*given, "--public", str(public), *words]).exception, Misuse)
    assert any(map(is_private, content(office.folder)))
    assert run("--public", str(public), "--yes") == 0
    for name, sentence in (
        ("destruction-order.cose", "Destruction order: it is genuine."),
        ("destruction-town-hall.cose", "Destruction report: it is genuine."),
        ("destruction-town-hall.pdf", "Destruction report: it is genuine."),
    ):
        told = CliRunner().invoke(
            cli, ["check", str(tmp_path / name), "--against", str(public), "--lang", "en"]
        )
        assert (told.exit_code, told.stdout.splitlines()[0]) == (0, sentence)
        told_day = "   - Not to be followed before: 1 Dec 2026, 00:00" in told.stdout.splitlines()
        assert told_day == name.startswith("destruction-order")
    page = pypdfium2.PdfDocument(tmp_path / "destruction-town-hall.pdf")[0].get_textpage().get_text_range()
    assert "Responsable du scrutin" in page
