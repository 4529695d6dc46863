"""Who may know whom: the contracts, and their twin at run time; and the budgets of files and functions."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("keys", "station", "tally")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

MAX_LINES, MAX_TEST_LINES, MAX_FUNCTION = 300, 500, 60
LONG_FILES = {
    "keys/findings.py",
}
"""Known offenders; this list may only become shorter (but for the table of findings, which is one table)."""
LONG_FUNCTIONS: set[str] = set()
LONG_TESTS = {"test_verify_forged.py"}


def test_the_contracts_are_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        (
            "keys.crypto.trustees",
            ("station", "tally", "textual", "sqlite3", "keys.election", "keys.desk", "keys.paper"),
        ),
        ("keys.election.dossier", ("station", "tally", "textual", "sqlite3", "keys.desk", "keys.paper")),
        ("keys.cli", ("station", "tally", "textual", "sqlite3")),
        ("station.cli", ("tally",)),
        ("station.store", ("textual", "tally")),
        ("station.recorder", ("textual", "tally")),
        ("station.session", ("textual", "tally")),
        ("tally.cli", ("station",)),
        ("tally.verify", ("station", "textual", "sqlite3", "sqlite_utils")),
        ("tally.count.counting", ("station", "textual", "sqlite3")),
    ],
)
def test_what_a_fresh_process_loads(module: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert module in loaded
    assert not loaded & set(absent)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_too_long() -> None:
    long = {path.relative_to(ROOT).as_posix() for path in SOURCES if _lines(path) > MAX_LINES}
    assert long <= LONG_FILES
    assert not {path.name for path in TESTS if _lines(path) > MAX_TEST_LINES} - LONG_TESTS


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            start = node.body[0].end_lineno if ast.get_docstring(node) else node.lineno
            assert start is not None
            yield f"{path.relative_to(ROOT).as_posix()}:{node.name}", node.end_lineno - start


def test_no_function_is_too_long() -> None:
    long = {name for path in SOURCES for name, lines in _functions(path) if lines > MAX_FUNCTION}
    assert long <= LONG_FUNCTIONS


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "shared", "common", "misc"}
    assert not [path for path in (*SOURCES, *TESTS) if drawers & {path.stem, *path.parent.parts[-3:]}]


def test_nothing_from_outside_is_checked_by_assert() -> None:
    asserts = {
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
    }
    assert not asserts
