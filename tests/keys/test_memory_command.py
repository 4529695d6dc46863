"""`keys memory`: what a trustee opened, and another memory where it is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keys.cli import cli
from keys.election.reopening import Opening
from keys.findings import Misuse, Refused
from keys.opened import new_memory, remembered, remembering

ONE = Opening("1a" * 32, 10, (0, 1))


def _run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["memory", "--dir", str(folder), *arguments, "--json"])


def test_it_shows_what_was_opened(tmp_path: Path) -> None:
    new_memory(tmp_path)
    assert json.loads(_run(tmp_path).stdout) == {"known": True, "openings": [], "findings": []}
    with remembering(tmp_path, {"a": ONE}):
        pass
    assert json.loads(_run(tmp_path).stdout)["openings"] == [
        {"contest": "a", "head": ONE.head, "ballots": 10}
    ]


def test_it_is_begun_anew_only_where_it_is_lost(tmp_path: Path) -> None:
    new_memory(tmp_path)
    assert isinstance(_run(tmp_path, "--begin-anew").exception, Misuse)
    (tmp_path / "opened.json").write_bytes(b"{")
    assert _run(tmp_path).exit_code == 1
    done = _run(tmp_path, "--begin-anew")
    assert json.loads(done.stdout)["known"] is False
    assert "tell the board" in done.stderr
    with remembering(tmp_path, {"a": ONE}) as earlier:
        assert earlier is None
    with pytest.raises(Refused, match="K-103"), remembering(tmp_path, {"a": Opening("2b" * 32, 20, (0, 1))}):
        pytest.fail("what it opened since then it knows")
    assert remembered(tmp_path) is None
