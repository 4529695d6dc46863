"""Points the whole way: chosen, filled into slots, added under encryption, opened, counted, verified."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from keys.election.rules import Form
from tally.verify import Status, verify_folder
from tests.simulator.forms import contest_of, hold_forms
from tests.simulator.holding import Held
from tests.simulator.opened_sheet import check_shown
from tests.simulator.real_votes import RealVote, toulouse_2019

BALLOTS = 40
SMALL = contest_of("ecole", Form.POINTS, "plurality", ("Cour", "Banc", "Préau"), 1, 5, points_each=3)
BESIDE = ((3, 1, 0), (0, 1, 0), (), (1, 1, 1))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    real = toulouse_2019().sample(BALLOTS)
    votes = [{0: ballot, 1: BESIDE[at % 4]} for at, ballot in enumerate(real.ballots)]
    made = hold_forms(tmp_path_factory.mktemp("points"), (real.contest, SMALL), votes)
    made.publish()
    return made


def test_a_sample_of_toulouse_2019_is_counted_exactly(held: Held) -> None:
    real = toulouse_2019().sample(BALLOTS)
    assert len(real.ballots) == BALLOTS
    counted = held.counted()
    assert counted[0].totals.votes == real.totals()
    assert counted[0].outcome.figures["spent"] <= 1_000_000
    assert counted[1].totals.votes == (40, 30, 10)
    assert (counted[1].totals.ballots, counted[1].totals.blank) == (40, 10)


def test_the_public_folder_is_verified(held: Held) -> None:
    report = verify_folder(held.public, fingerprint=held.fingerprint)
    assert {step.status for step in report.steps} == {Status.OK}, report.findings
    assert report.accepted


def test_a_check_of_the_machine_shows_points_as_its_sheet_does(held: Held) -> None:
    check_shown(held, (toulouse_2019().sample(BALLOTS), RealVote(SMALL, BESIDE)))


def test_one_point_more_in_the_tables_is_refused(held: Held, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    for path in held.public.rglob("*"):
        target = folder / path.relative_to(held.public)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            target.write_bytes(path.read_bytes())
    tables = json.loads((folder / "results.json").read_bytes())
    tables["contests"][1]["options"][0]["votes"] += 1
    text = json.dumps(tables, ensure_ascii=False, indent=1) + "\n"
    (folder / "results.json").write_text(text, encoding="utf-8")
    report = verify_folder(folder, fingerprint=held.fingerprint)
    assert {finding.code for finding in report.findings} == {"V-603", "V-612", "V-614"}
