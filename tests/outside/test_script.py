"""scripts/outside-verifier: what it does without fetching anything."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.outside.tool import Tool

SCRIPT = Path(__file__).parents[2] / "scripts" / "outside-verifier"


def program(folder: Path, version: str) -> Path:
    """A program that answers like belenios-tool, and shows its arguments and the switch it needs."""
    path = folder / "some tool"
    path.write_text(
        f'#!/bin/sh\nif [ "$1" = --version ]; then echo {version}; else echo "$LWT_ASYNC_METHOD|$*"; fi\n'
    )
    path.chmod(0o755)
    return path


def run(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    script = checkout / "scripts" / "outside-verifier"
    script.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(SCRIPT, script)
    return subprocess.run(
        [script], env=os.environ | environment, cwd="/", capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("version", ["3.0", "3.3.0", "10.1"])
def test_a_program_can_be_named(version: str, tmp_path: Path) -> None:
    checkout = tmp_path / "a checkout"
    done = run(checkout, ISOLOIR_BELENIOS=str(program(tmp_path, version)))
    assert (done.returncode, version in done.stderr) == (0, True)
    launcher = Path(done.stdout.strip())
    assert launcher == checkout / ".cache" / "belenios" / "belenios-tool"
    assert Tool(launcher).run("election", "a b", folder=tmp_path) == "none|election a b\n"
    again = run(checkout)
    assert (again.returncode, again.stdout) == (0, done.stdout)


@pytest.mark.parametrize("version", ["2.5.1", "unknown", '""'])
def test_another_program_is_refused(version: str, tmp_path: Path) -> None:
    done = run(tmp_path / "checkout", ISOLOIR_BELENIOS=str(program(tmp_path, version)))
    assert (done.returncode, done.stdout) == (3, "")
    assert "3.0 or later" in done.stderr
    assert not (tmp_path / "checkout" / ".cache" / "belenios" / "belenios-tool").exists()


def test_without_apt_it_says_what_to_do(tmp_path: Path) -> None:
    needed = ("env", "bash", "dirname", "grep", "head")
    (tmp_path / "bin").mkdir()
    for name in needed:
        found = shutil.which(name)
        assert found is not None
        (tmp_path / "bin" / name).symlink_to(found)
    done = run(tmp_path / "checkout", ISOLOIR_BELENIOS="", PATH=str(tmp_path / "bin"))
    assert (done.returncode, done.stdout) == (3, "")
    assert "set ISOLOIR_BELENIOS" in done.stderr
