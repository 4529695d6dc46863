"""The table of findings: every code that is raised is in it, every row is raised, every row says it well."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from keys.cli import cli as keys_cli
from keys.desk.language import Language
from keys.findings import FINDINGS, Misuse, Refused, Severity
from tally.cli import cli as tally_cli

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[STVK]-\d{3}")
SOURCES = sorted(
    path
    for package in ("keys", "station", "tally")
    for path in (ROOT / package).rglob("*.py")
    if path != ROOT / "keys" / "findings.py"
)


def _codes() -> dict[str, set[str]]:
    """Codes that stand as strings of their own in the programs, with the files; tables by code are not raising."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        keys = {id(key) for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
        for node in nodes:
            if not isinstance(node, ast.Constant) or id(node) in keys or not isinstance(node.value, str):
                continue
            if CODE.fullmatch(node.value):
                found.setdefault(node.value, set()).add(path.relative_to(ROOT).as_posix())
    return found


def test_every_code_that_is_raised_is_in_the_table() -> None:
    assert not {code: files for code, files in _codes().items() if code not in FINDINGS}


def test_every_row_is_raised_somewhere() -> None:
    assert not set(FINDINGS) - set(_codes())


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_a_row_says_it_well(code: str) -> None:
    finding = FINDINGS[code]
    assert CODE.fullmatch(code)
    assert finding.title and finding.title == finding.title.strip()
    assert finding.title[-1] not in ".:;!?"
    assert not finding.title[0].isupper()
    for sentence in (finding.meaning, finding.remedy):
        assert sentence[0].isupper() and sentence.endswith(".") and ".." not in sentence
        assert sentence == " ".join(sentence.split())
    assert isinstance(finding.severity, Severity)


def test_no_code_stands_twice_in_the_source() -> None:
    tree = ast.parse((ROOT / "keys" / "findings.py").read_text(encoding="utf-8"))
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    codes = [key.value for table in tables for key in table.keys if isinstance(key, ast.Constant)]
    assert len(codes) == len(set(codes)) == len(FINDINGS)


def test_a_refusal_in_one_line() -> None:
    said = str(Refused("V-102", "receipt of machine 3", "detail"))
    assert said == (
        "V-102 receipt of machine 3: signature does not match: detail. The content was changed, or was signed "
        "with another key: somebody else's, or the one for rehearsals. Ask the signer for the original; do not use "
        "this one."
    )
    assert str(Refused("V-102", "x")).startswith("V-102 x: signature does not match. The content")


@pytest.mark.parametrize("program", ["keys", "tally"])
def test_the_table_is_printed_by_both_commands_in_the_language_that_is_asked_for(program: str) -> None:
    group = {"keys": keys_cli, "tally": tally_cli}[program]
    french = CliRunner().invoke(group, ["findings", "--lang", "fr"])
    assert french.exit_code == 0
    assert all(f"\n{code}  " in f"\n{french.stdout}" for code in FINDINGS)
    assert Language("fr").wording(FINDINGS["T-803"].meaning) in french.stdout
    rows = json.loads(CliRunner().invoke(group, ["findings", "--json"]).stdout)
    assert rows["T-803"]["remedy"] == FINDINGS["T-803"].remedy
    assert isinstance(CliRunner().invoke(group, ["findings", "--lang", "xx"]).exception, Misuse)
