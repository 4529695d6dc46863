"""Every published result is obtained, and `scripts/published` says so; a wrong one is not passed over."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from keys.desk import passphrase
from tests.published.line import Line
from tests.published.results import lines, report
from tests.published.whole import WHOLE, report_whole

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_of_the_notes_is_left_out() -> None:
    assert len(lines()) == 45


@pytest.mark.parametrize("line", [pytest.param(line, id=line.what) for line in lines()])
def test_published_result_is_obtained(line: Line) -> None:
    assert line.obtain() == line.expected


def test_a_difference_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    line = next(line for line in lines() if line.what.startswith("Mieres"))
    assert report([line]) == 0
    assert report([replace(line, expected="9/6/4/2")]) == 1
    assert "DIFFER  Mieres" in capsys.readouterr().out


def test_a_vote_goes_the_whole_way_and_a_difference_is_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a few ballots; `scripts/published --whole` takes all of them."""
    monkeypatch.setattr(passphrase, "_LOG_N", 4)
    vote = next(vote for vote in WHOLE if vote.name == "ochota")
    assert report_whole([vote], workers=1, sample=6) == 0
    said = capsys.readouterr().out
    assert "tally verify accepts, belenios-tool accepts" in said and "DIFFER" not in said
    assert report_whole([replace(vote, vote=lambda: vote.vote().sample(6))], workers=1) == 1
    assert "DIFFER  expected  10 projects, 549720, as selected" in capsys.readouterr().out


def test_the_script_runs_from_any_folder(tmp_path: Path) -> None:
    run = subprocess.run(
        [str(ROOT / "scripts" / "published")], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "45 of 45 published results obtained." in run.stdout
    assert "DIFFER" not in run.stdout
