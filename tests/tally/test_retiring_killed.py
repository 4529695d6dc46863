"""`tally retire` is stopped by SIGKILL before every step on the disk: all is there, or the next run ends it."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

import tally.commands.retiring
from keys.election.statement import read_statement
from tally.cli import cli
from tally.retiring import begin_retiring, finish_retiring, order_destruction, retired_report
from tally.workspace import Workspace
from tests.simulator.dying import begin, killed_at
from tests.simulator.vote import NOW, HeldVote
from tests.tally.test_retiring import LATER, content, is_private

_HANDED_OUT = ("destruction-town-hall.cose", "destruction-town-hall.pdf")


@pytest.fixture
def ordered(held_vote: HeldVote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the office, whose order is signed, a stick, and the passphrase."""
    shutil.copytree(held_vote.folder, tmp_path / "start" / "office")
    (tmp_path / "start" / "stick").mkdir()
    order_destruction(Workspace(tmp_path / "start" / "office"), held_vote.authority, LATER, NOW)
    (tmp_path / "words").write_text("a passphrase for tests\n")
    monkeypatch.setattr(tally.commands.retiring, "now", lambda: LATER)
    return tmp_path / "start"


def retire(root: Path, *more: str) -> None:
    where = ["retire", "--dir", str(root / "office"), "--out", str(root / "stick")]
    done = CliRunner().invoke(cli, [*where, *more])
    assert done.exit_code == 0, done.output


def check_destroyed(root: Path, before: dict[str, bytes]) -> None:
    """Nothing private is left, nothing public is lost."""
    office = Workspace(root / "office")
    after, report = content(office.folder), retired_report(office)
    assert report is not None
    assert not any(map(is_private, after))
    public = {name: data for name, data in before.items() if not is_private(name)}
    assert {name: data for name, data in after.items() if not name.startswith("destruction/")} == {
        name: data for name, data in public.items() if not name.startswith("destruction/")
    }
    assert set(after) - set(public) <= {"destruction/report.cose", "destruction/report.pdf"}


def test_killed_before_every_step_until_the_report_is_kept(
    ordered: Path, held_vote: HeldVote, tmp_path: Path
) -> None:
    """The turning point: without the report nothing has changed, and with it the next run needs no key."""
    before = content(ordered / "office")
    step, untouched = 0, 0
    while True:
        root = tmp_path / f"killed-{step}"
        shutil.copytree(ordered, root)
        office = Workspace(root / "office")

        def work(office: Workspace = office) -> None:
            os.open = _from_the_report(os.open)  # type: ignore[assignment]
            begin_retiring(office, held_vote.public, held_vote.authority, LATER)

        killed = killed_at(step, work, wait=True)
        if retired_report(office) is None:
            untouched += 1
            kept = {name: data for name, data in content(office.folder).items() if not name.endswith(".part")}
            assert kept == before
            begin_retiring(office, held_vote.public, held_vote.authority, LATER)
        finish_retiring(office)
        check_destroyed(root, before)
        shutil.rmtree(root)
        if not killed:
            break
        step += 1
    assert 2 < untouched <= step


def _from_the_report(honest: object) -> object:
    """Count steps from the first file that is opened for writing: before it only the vote is read."""

    def call(path: object, flags: int, *given: int, **named: int) -> object:
        if flags & os.O_EXCL:
            begin()
        return honest(path, flags, *given, **named)  # type: ignore[operator]

    return call


def test_killed_before_every_step_after_the_report(
    ordered: Path, held_vote: HeldVote, tmp_path: Path
) -> None:
    begin_retiring(Workspace(ordered / "office"), held_vote.public, held_vote.authority, LATER)
    private = [name for name in content(ordered / "office") if is_private(name)]
    for name in sorted(private)[6:]:
        (ordered / "office" / name).unlink()  # a small office: every step is one run
    before = content(ordered / "office")
    step, left = 0, []
    while True:
        root = tmp_path / f"killed-{step}"
        shutil.copytree(ordered, root)
        office = Workspace(root / "office")
        killed = killed_at(step, partial(finish_retiring, office))
        left.append(sum(map(is_private, content(office.folder))))
        finish_retiring(office)
        check_destroyed(root, before)
        shutil.rmtree(root)
        if not killed:
            break
        step += 1
    assert left == sorted(left, reverse=True)
    assert left[0] == sum(map(is_private, before))
    assert left[-1] == 0
    assert len(set(left)) == left[0] + 1, "it was killed between any two files"


def test_killed_while_the_report_is_handed_out(ordered: Path, held_vote: HeldVote, tmp_path: Path) -> None:
    """Nothing is destroyed before report and paper are on the stick; the next run hands them out."""
    before = content(ordered / "office")
    begin_retiring(Workspace(ordered / "office"), held_vote.public, held_vote.authority, LATER)
    for step in (0, 5, 11, 18):
        root = tmp_path / f"killed-{step}"
        shutil.copytree(ordered, root)
        assert killed_at(step, partial(retire, root))
        if not all((root / "stick" / name).exists() for name in _HANDED_OUT):
            assert content(root / "office").items() >= before.items()
        retire(root)
        check_destroyed(root, before)
        report = retired_report(Workspace(root / "office"))
        assert report is not None
        assert (root / "stick" / _HANDED_OUT[0]).read_bytes() == report.raw
        assert (root / "stick" / _HANDED_OUT[1]).read_bytes().startswith(b"%PDF")


def test_the_order_is_killed_at_every_step(held_vote: HeldVote, tmp_path: Path, ordered: Path) -> None:
    """The order that was signed first, or the later one, whole."""
    step, changed = 0, 0
    first = (ordered / "office" / "destruction" / "order.cose").read_bytes()
    while True:
        root = tmp_path / f"killed-{step}"
        shutil.copytree(ordered, root)
        office = Workspace(root / "office")
        later = partial(order_destruction, office, held_vote.authority, LATER + 60, NOW)
        killed = killed_at(step, later)
        now = (office.destruction / "order.cose").read_bytes()
        read_statement(now)
        changed += now != first
        later()
        assert (office.destruction / "order.cose").read_bytes() != first
        shutil.rmtree(root)
        if not killed:
            break
        step += 1
    assert 0 < changed <= step
