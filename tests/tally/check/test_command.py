"""The command: sentence first, exit status, JSON, the town's language."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keys.election.statement import StatementType
from keys.paper.codes import encode
from keys.paper.groups import check_code, fingerprint_text
from tally.cli import cli
from tests.tally.check.town import Town


def run(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)], input=typed)


@pytest.fixture(scope="module")
def receipt(town: Town) -> str:
    (text,) = encode(town.sign(StatementType.RECEIPT, town.receipt(town.visits[0]), signer=0))
    return text


def test_the_sentence_comes_first_in_the_language_of_the_town(root: Path, receipt: str) -> None:
    done = run(receipt, "--against", root)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "Ce bulletin est dans l’urne du bureau 06 Saint-Cyprien."
    english = run("-", "--against", root, "--lang", "en", typed=receipt)
    assert english.stdout.splitlines()[0] == "This ballot is in the box of station 06 Saint-Cyprien."


def test_a_refusal_has_exit_status_1_and_a_finding(root: Path, receipt: str) -> None:
    changed = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    done = run(changed, "--against", root, "--json")
    assert done.exit_code == 1
    answer = json.loads(done.stdout)
    assert not answer["holds"]
    assert [row["code"] for row in answer["findings"]] == ["T-712"]
    assert answer["codes"][0]["finding"] == "T-712"
    several = run(receipt, changed, "--against", root, "--lang", "en")
    assert several.exit_code == 1
    assert several.stdout.splitlines()[0] == "1 code of 2 is refused."


def test_a_refusal_is_said_in_the_language_of_the_answer(root: Path, receipt: str) -> None:
    french, english = (run(receipt[:-1], "--against", root, "--lang", code) for code in ("fr", "en"))
    assert french.exit_code == english.exit_code == 1
    assert "Scan the square code again" in english.stderr
    assert "Scannez de nouveau le code carré" in french.stderr
    assert french.stderr.startswith("V-111 ")


def test_alone_it_holds_nothing(receipt: str) -> None:
    done = run(receipt, "--json")
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert not answer["holds"]
    assert answer["codes"][0]["state"] == "not checked"


def test_the_poster_and_the_slip(root: Path, town: Town, receipt: str) -> None:
    right = run(receipt, "--against", root, "--fingerprint", fingerprint_text(town.fingerprint), "--json")
    assert right.exit_code == 0
    wrong = run(receipt, "--against", root, "--fingerprint", fingerprint_text(bytes(32)), "--json")
    assert wrong.exit_code == 1
    assert [row["code"] for row in json.loads(wrong.stdout)["findings"]] == ["V-119"]
    assert "poster" in json.loads(wrong.stdout)["sentence"]
    opened = encode(town.sign(StatementType.CHALLENGE, town.challenge(0), signer=0))
    slip = check_code(town.challenge(0).commitment)
    assert run(*opened, "--against", root, "--slip", slip).exit_code == 0
    assert run(*opened, "--against", root, "--slip", check_code(bytes(10))).exit_code == 1


def test_the_folder_beside_the_right_one_is_told_from_one_that_was_changed(
    root: Path, receipt: str, tmp_path: Path
) -> None:
    (tmp_path / "downloads").mkdir()
    beside = run(receipt, "--against", tmp_path / "downloads", "--lang", "en")
    assert beside.exit_code == 1
    assert beside.stdout.splitlines()[0].startswith("This is not a whole public folder: take the one")
    shutil.copytree(root, tmp_path / "changed")
    (tmp_path / "changed" / "draft.cose").write_bytes(b"")
    changed = run(receipt, "--against", tmp_path / "changed", "--lang", "en")
    assert changed.exit_code == 1
    assert changed.stdout.splitlines()[0].startswith("The public folder itself does not hold together")


def test_a_fingerprint_that_was_mistyped_is_said_in_the_language_of_the_answer(
    root: Path, town: Town, receipt: str
) -> None:
    typed = fingerprint_text(town.fingerprint)
    for wrong in (
        typed[:-1],
        typed[:-1] + ("H" if typed[-1] != "H" else "G"),
        typed.replace(typed[0], "U", 1),
    ):
        done = run(receipt, "--against", root, "--fingerprint", wrong, "--lang", "fr")
        assert done.exit_code == 1
        assert done.stdout.startswith("Ce n’est pas un de nos codes")
        assert done.stderr.startswith("V-118 ") and "mistyped" not in done.stderr
