"""The rehearsal twin: held to its end without one official key, and never taken for the vote.

What machines and papers refuse is tested beside them (`tests/station/test_loading.py`, `test_machine.py`,
`tests/keys/election/test_sealing.py`, `test_dossier.py`, `tests/tally/check/test_kinds.py`); here is what comes on
sticks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tests.simulator.vote
from keys.decrypting import decrypt
from keys.election.statement import Mode, StatementType, read_statement
from keys.findings import Misuse, Refused
from keys.opened import new_memory
from tally.boxes.merge import import_box
from tally.opening.answers import collect_decryptions
from tally.preparing.defining import collect_confirmations, seal_vote
from tally.verify import verify_folder
from tally.verify.report import Status
from tally.workspace import Workspace
from tests.simulator.vote import NOW, HeldVote, hold_vote


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rehearsal") / "town"


@pytest.fixture(scope="module")
def held(root: Path) -> Iterator[HeldVote]:
    """A rehearsal; as soon as it is sealed all official keys of machines and trustees are deleted."""

    def seal(*given: Any) -> object:
        sealed = seal_vote(*given)
        secrets = [*root.rglob("official.secret"), *root.rglob("trustee.key")]
        assert len(secrets) == 5, "three machines and two trustees"
        for path in secrets:
            path.unlink()
        return sealed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tests.simulator.vote, "seal_vote", seal)
        patch.setattr(tests.simulator.vote, "open_trustee", lambda *_: None)
        root.mkdir()
        yield hold_vote(root, Mode.REHEARSAL)


def test_it_is_held_to_the_end_without_official_keys(held: HeldVote, root: Path) -> None:
    report = verify_folder(held.public, mode=Mode.REHEARSAL, fingerprint=held.fingerprint)
    assert not [step for step in report.steps if step.status is Status.FAILED]
    assert not [*root.rglob("official.secret"), *root.rglob("trustee.key")]
    for folder in ("Anne", "Bilal"):
        assert (root / folder / "opened.json").read_bytes() == b"{}"


def test_it_is_not_the_vote(held: HeldVote) -> None:
    report = verify_folder(held.public, fingerprint=held.fingerprint)
    failed = {
        refused.code for step in report.steps if step.status is Status.FAILED for refused in step.findings
    }
    assert "V-154" in failed


@pytest.fixture
def official(held: HeldVote) -> Workspace:
    return Workspace(held.folder, Mode.OFFICIAL)


def test_its_box_is_not_taken_in(held: HeldVote, official: Workspace, root: Path) -> None:
    box = next(path for path in (root / "stick").rglob("m1") if path.is_dir())
    with pytest.raises(Refused, match=r"T-114.*rehearsal"):
        import_box(official, box, lambda *_: pytest.fail("no digest is asked for"), NOW + 5000)
    assert not official.boxes.exists() or not (official.root / "reports").exists()


def test_its_confirmation_confirms_nothing(held: HeldVote, official: Workspace, root: Path) -> None:
    paper = next((held.folder / "rehearsal" / "confirmations").iterdir())
    before = sorted(path.name for path in official.root.rglob("*"))
    taken, missing = collect_confirmations(held.folder, [paper])
    assert (taken, len(missing)) == (1, 5), "it is kept with the rehearsal"
    assert sorted(path.name for path in official.root.rglob("*")) == before


def test_its_request_opens_nothing(held: HeldVote, official: Workspace, tmp_path: Path) -> None:
    target = official.root / "decryptions" / "request.cose"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes((held.folder / "rehearsal" / "decryptions" / "request.cose").read_bytes())
    new_memory(tmp_path)
    try:
        with pytest.raises(Refused, match=r"V-(143|207)"):  # another mode, and nobody's trustee
            decrypt(held.trustees[0], official.root, tmp_path)
        with pytest.raises(Misuse, match="no trace"):
            decrypt(held.trustees[0], official.root, tmp_path, Mode.REHEARSAL)
        part = next(
            path
            for path in (held.folder / "rehearsal" / "decryptions").iterdir()
            if read_statement(path.read_bytes()).header.type is StatementType.DECRYPTION
        )
        with pytest.raises(Refused, match="V-143"):
            collect_decryptions(official, [part])
    finally:
        target.unlink()
