"""Every lie is refused where it should be, and the table says so."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from keys.findings import FINDINGS
from tally.verify.steps import STEPS
from tests.lies import table
from tests.lies.bystep import NEVER_ALONE, is_alone
from tests.lies.lie import Lie, Point
from tests.lies.table import LIES, README, ROOT, page, run
from tests.lies.worlds import Worlds
from tests.outside.tool import Tool
from tests.tally.page.browser import Browser

_LINES = README.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: f"{lie.told}-{lie.name}")
def test_lie_is_refused_as_the_table_says(
    lie: Lie, worlds: Worlds, outside: Tool, browser: Browser, tmp_path: Path
) -> None:
    """The lie itself is the only thing that can show: whoever can play along signs everything else anew."""
    row = run(lie, worlds, tmp_path, outside, browser)
    assert row.refused == dict(lie.refused)
    assert row.line in _LINES


def test_the_table_holds_nothing_else() -> None:
    """All but the last columns, which the other test compares."""
    rows = [table.Row(lie.name, lie.who, lie.told, dict(lie.refused), lie.unseen, "", "") for lie in LIES]
    wanted = page(rows).splitlines()
    assert len(_LINES) == len(wanted)
    lies = {row.line for row in rows}
    for line, other in zip(_LINES, wanted, strict=True):
        assert line.startswith(other.removesuffix(" |  |  |")) if other in lies else line == other


def test_there_are_enough_and_each_has_a_name() -> None:
    assert sum(bool(lie.refused) for lie in LIES) >= 60
    assert len({(lie.told, lie.name) for lie in LIES}) == len(LIES)
    assert {lie.told for lie in LIES} == set(Point)
    assert {code for lie in LIES for code in lie.refused.values()} <= set(FINDINGS)


def test_what_nobody_refuses_is_said_why() -> None:
    assert {lie.name for lie in LIES if not lie.refused} == {"the same stick twice"}
    assert all(bool(lie.unseen) is not bool(lie.refused) for lie in LIES)


def test_every_step_of_a_verification_has_a_lie_that_it_alone_refuses() -> None:
    alone = {row.name: [lie.name for lie in LIES if is_alone(row.name, lie)] for row in STEPS}
    assert {name for name, lies in alone.items() if not lies} == set(NEVER_ALONE)
    together = {step for lie in LIES if lie.told is Point.VERIFY for step in lie.refused}
    assert set(NEVER_ALONE) - together == {"forms"}


def test_the_script_tells_the_lies_it_is_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], worlds: Worlds
) -> None:
    monkeypatch.setattr(table, "Worlds", lambda _: worlds)
    few = tuple(lie for lie in LIES if lie.name in {"box cut off", "closing report missing"})
    monkeypatch.setattr(table, "LIES", few)
    assert table.main(["--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["lie"], row["refused"], row["outside"]) for row in told] == [
        (lie.name, dict(lie.refused), "not its business") for lie in few
    ]
    monkeypatch.setattr(table, "LIES", (Lie("x", "x", Point.IMPORT, {"import": "T-999"}, few[0].office),))
    assert table.main([]) == 1
    assert "not as expected: x" in capsys.readouterr().err


def test_the_script_runs_from_any_folder(tmp_path: Path) -> None:
    command = [str(ROOT / "scripts" / "lies"), "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "--write" in done.stdout
