"""`keys trustee` in rounds and `keys ceremony`, as trustees type them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from keys.cli import cli
from keys.election.ceremony import CeremonyMessage, CeremonyStep
from keys.election.statement import StatementType, read_statement
from keys.findings import Misuse
from keys.holding import open_trustee
from keys.paper.groups import fingerprint_text
from tests.simulator.papers import DEFINITION, Papers

NAMES = ("Anne Roux", "Bilal", "Chloé")
DRAFT = Papers(definition=replace(DEFINITION, trustees=NAMES, threshold=2)).draft


pytestmark = pytest.mark.usefixtures("quick_passphrases")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "draft.cose").write_bytes(DRAFT.raw)
    for at, name in enumerate(NAMES, 1):
        (tmp_path / f"words-{at}").write_text(f"the words of {name}\n")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--json"])


def done(*arguments: object) -> dict[str, Any]:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def refused(result: Result) -> str:
    assert result.exit_code == 1, result.output
    code: str = json.loads(result.stdout)["findings"][0]["code"]
    return code


def misused(result: Result) -> bool:
    return isinstance(result.exception, Misuse)


def first(root: Path, at: int) -> dict[str, Any]:
    return done(
        "trustee", root / "draft.cose", "--name", NAMES[at - 1], "--dir", root / f"t{at}", "--out", root / "stick",
        "--passphrase-file", root / f"words-{at}", "--paper", fingerprint_text(DRAFT.fingerprint),
    )  # fmt: skip


def later(root: Path, at: int) -> list[object]:
    return [
        "trustee", root / "draft.cose", "--dir", root / f"t{at}", "--from", root / "stick", "--out", root / "stick",
        "--passphrase-file", root / f"words-{at}",
    ]  # fmt: skip


def test_three_rounds(root: Path) -> None:
    assert first(root, 1)["waiting_for"] == ["Bilal", "Chloé"]
    assert refused(run(*later(root, 1))) == "K-111"
    for at in (2, 3):
        assert not first(root, at)["finished"]
    assert done(*later(root, 1))["waiting_for"] == ["Bilal", "Chloé"]
    assert done(*later(root, 1))["waiting_for"] == ["Bilal", "Chloé"]
    assert done(*later(root, 2))["waiting_for"] == ["Chloé"]
    assert done(*later(root, 3))["finished"]
    for at in (1, 2, 3):
        before = {path: path.read_bytes() for path in (root / "stick").iterdir()}
        assert done(*later(root, at))["finished"]
        again = {path: path.read_bytes() for path in (root / "stick").iterdir()}
        assert before.items() <= again.items()
    assert sorted(path.name for path in (root / "stick").iterdir()) == sorted(
        f"trustee-{at}-{what}.cose" for at in (1, 2, 3) for what in ("certificate", "commitments", "shares", "file")
    )  # fmt: skip


def test_what_is_needed_when(root: Path) -> None:
    base = ["trustee", root / "draft.cose", "--dir", root / "t1", "--out", root / "stick"]
    assert misused(run(*base, "--passphrase-file", root / "words-1"))
    first(root, 1)
    named = [*base, "--name", "Bilal", "--passphrase-file", root / "words-1"]
    assert misused(run(*named, "--paper", fingerprint_text(DRAFT.fingerprint))), "the folder is taken"
    wrong = run(*base, "--from", root / "stick", "--passphrase-file", root / "words-2")
    assert refused(wrong) == "K-101"
    other = ["--name", "Bilal", "--dir", root / "t2", "--passphrase-file", root / "words-2"]
    sheet = run("trustee", root / "draft.cose", "--out", root / "stick", *other,
                "--paper", fingerprint_text(bytes(32)))  # fmt: skip
    assert refused(sheet) == "V-119"
    assert not (root / "t2").exists()


def test_a_ceremony_on_one_machine(root: Path) -> None:
    words = [part for at in (1, 2, 3) for part in ("--passphrase-file", root / f"words-{at}")]
    common = ["ceremony", root / "draft.cose", "--dir", root / "all", "--out", root / "stick",
              "--paper", fingerprint_text(DRAFT.fingerprint)]  # fmt: skip
    assert misused(run(*common, *words[:4])), "a passphrase for each"
    same = ["--passphrase-file", root / "words-1"] * 3
    assert misused(run(*common, *same)), "nobody shares a passphrase"
    answer = done(*common, *words)
    for name, folder in answer["trustees"].items():
        assert open_trustee(Path(folder), f"the words of {name}".encode()).name == name
    said = [read_statement(Path(path).read_bytes()) for path in answer["files"]]
    messages = [
        CeremonyMessage.from_content(item.content, "")
        for item in said
        if item.header.type is StatementType.CEREMONY
    ]
    assert all(item.one_machine for item in messages)
    assert {item.step for item in messages} == set(CeremonyStep) - {CeremonyStep.DRY_RUN}
    assert all(item.content[4] for item in said if item.header.type is StatementType.TRUSTEE)
    assert misused(run(*common, *words)), "never twice into the same folders"
