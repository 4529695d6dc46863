"""The program on the auditor's page, on a vote whose machines hold several contests each."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[3] / "tally" / "verify" / "README.md"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    path: Path = tmp_path_factory.mktemp("by-hand") / "audit.py"
    path.write_text(found[1], "utf-8")
    return path


def count(program: Path, public: Path, contest: str, machine: str) -> list[str]:
    command = [sys.executable, str(program), str(public), contest, machine]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.parametrize(("contest", "machine"), [("ville", "06"), ("minimes", "08")])
def test_a_box_of_two_contests_is_the_one_of_its_closing_report(
    program: Path, root: Path, contest: str, machine: str
) -> None:
    told = count(program, root, contest, machine)
    assert told[:2] == ["set of ballots: True 3", "total: True"]
    assert told[2].startswith("result: True ")


def test_a_box_beside_another_closing_report_is_not(program: Path, root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    shutil.copytree(root, folder)
    shutil.copyfile(folder / "reports" / "06-4.cose", folder / "reports" / "08-4.cose")
    assert count(program, folder, "minimes", "08")[0] == "set of ballots: False 3"
