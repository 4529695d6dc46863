"""Ballots that are opened whole, all the way: cast, shuffled by both trustees, opened, judged, counted, verified."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from keys.election.archive import ArchiveReader, ArchiveWriter
from keys.election.bundle import bundle
from keys.election.definition import Terms
from keys.election.events import Kind
from keys.election.forms import Flaw, Shape
from keys.election.parameters import read_parameters
from keys.election.rules import Form, Rule
from keys.election.verification import Sheets
from keys.findings import Refused
from keys.shuffling import shuffle_ballots
from tally.count.counting import count
from tally.count.spoilt import _REASONS
from tally.opening.shuffling import collect_shuffles
from tally.results.counted import count_contest
from tally.results.judging import judge
from tally.telling.tables import results_json
from tally.verify import Status, verify_folder
from tests.simulator.forms import contest_of, hold_forms
from tests.simulator.holding import Held
from tests.simulator.opened_sheet import check_shown
from tests.simulator.real_votes import RealVote, orsay, springburn, swiecie

BALLOTS = 40


def samples() -> tuple[RealVote, ...]:
    return orsay().sample(BALLOTS), springburn().sample(BALLOTS), swiecie().sample(BALLOTS)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    reals = samples()
    votes = [{at: real.ballots[n] for at, real in enumerate(reals)} for n in range(BALLOTS - 1)]
    blank: dict[int, tuple[int, ...]] = {0: (), 1: (), 2: ()}
    made = hold_forms(tmp_path_factory.mktemp("whole"), [real.contest for real in reals], [*votes, blank])
    made.publish()
    return made


def test_each_is_counted_as_its_ballots_are(held: Held) -> None:
    for real, counted in zip(samples(), held.counted(), strict=True):
        shape = Shape.of(real.contest)
        values = [shape.choices(ballot) for ballot in (*real.ballots[: BALLOTS - 1], shape.blank)]
        sheets = Sheets(tuple(sorted(values)), (True,) * BALLOTS)
        names = tuple(option.name["fr"] for option in real.contest.options)
        costs = tuple(option.cost or 0 for option in real.contest.options) if real.contest.currency else None
        profile, flaws = judge(shape, sheets, names, electors=BALLOTS, costs=costs)
        parameters, _ = read_parameters(real.contest.terms.table())
        assert counted.outcome == count(Rule(real.contest.rule), parameters, profile)
        assert (counted.totals.ballots, counted.totals.blank, counted.totals.invalid) == (BALLOTS, 1, 0)
        assert flaws == counted.flaws == {}


def test_the_public_folder_is_verified(held: Held) -> None:
    report = verify_folder(held.public, fingerprint=held.fingerprint)
    assert {step.status for step in report.steps} == {Status.OK}, report.findings


def _changed(held: Held, folder: Path, kind: Kind, drop: int) -> Path:
    """The public folder with one event of an archive left out, or with one bit of its document changed."""
    shutil.copytree(held.public, folder)
    path = folder / "archives" / "springburn.bel"
    with path.open("rb") as stream:
        steps = list(ArchiveReader(stream))
    places = [at for at, step in enumerate(steps) if step.kind is kind]
    if drop:
        del steps[places[0]]
    else:
        document = bytearray(steps[places[0]].documents[0])
        place = document.rindex(b'"') - 1  # the last digit of the last point
        document[place] ^= 1
        steps[places[0]] = replace(steps[places[0]], documents=(bytes(document),))
    with path.open("wb") as target:
        writer = ArchiveWriter(target, 1_795_300_010)
        for step in steps:
            writer.append(step)
    return folder


@pytest.mark.parametrize(
    ("drop", "code"), [(0, "V-334"), (1, "V-334")], ids=["one bit of a shuffle", "without the first shuffle"]
)
def test_changed_shuffles_are_refused(held: Held, tmp_path: Path, drop: int, code: str) -> None:
    folder = _changed(held, tmp_path / "public", Kind.SHUFFLE, drop)
    report = verify_folder(folder, fingerprint=held.fingerprint)
    assert not report.accepted
    failed = {step.name: {finding.code for finding in step.findings} for step in report.steps}
    assert failed["shuffles"] & {code, "V-333"}


def test_tables_name_no_ballot_invalid(held: Held) -> None:
    tables = json.loads((held.public / "results.json").read_bytes())
    assert [item["invalid"] for item in tables["contests"]] == [0, 0, 0]
    assert all("rounds" in item and item["rounds"] for item in tables["contests"])


def test_a_check_of_the_machine_shows_ranks_and_grades_as_its_sheet_does(held: Held) -> None:
    check_shown(held, samples())


def test_nobody_shuffles_twice_or_late(held: Held) -> None:
    with pytest.raises(Refused, match="V-307"):
        shuffle_ballots(held.trustees[0], held.workspace.root, held.root / "Anne")
    made = sorted((held.root / "stick").glob("*-shuffles.cose"))
    assert collect_shuffles(held.workspace, made).ended


def test_invalid_ballots_are_counted_by_reason() -> None:
    contest = contest_of("x", Form.RANKS, "stv-scottish", ("A", "B", "C"), 2, 3, terms=Terms(seats=1))
    shape = Shape.of(contest)
    packed = {
        (1, 2, 0): None,
        (0, 0, 0): None,
        (1, 1, 2): Flaw.TWICE,
        (1, 3, 0): Flaw.GAP,
        (1, 0, 0): Flaw.TOO_FEW,
        (1, 2, 63): Flaw.VALUE,
    }
    values = [bundle(selection, 6) for selection in packed]
    values += [(0, 0, 1), bundle((2, 1, 0), 6)]
    sheets = Sheets(tuple(values), (True,) * 7 + (False,))
    profile, flaws = judge(shape, sheets, ("A", "B", "C"))
    assert (profile.ballots, profile.valid, profile.blank, profile.invalid) == (8, 1, 1, 6)
    assert flaws == {
        Flaw.TWICE: 1, Flaw.GAP: 1, Flaw.TOO_FEW: 1, Flaw.VALUE: 1, Flaw.ENCODING: 2
    }  # fmt: skip


def test_invalid_ballots_have_a_table_of_their_own(held: Held) -> None:
    real = springburn().sample(BALLOTS)
    shape, dossier = Shape.of(real.contest), held.workspace.dossier()
    values = [shape.choices(ballot) for ballot in real.ballots[: BALLOTS - 2]]
    values += [bundle((1, 1) + (0,) * 8, 6), shape.choices(real.ballots[0])]
    sheets = Sheets(tuple(values), (True,) * (BALLOTS - 1) + (False,))
    counted = count_contest(dossier, 1, sheets, BALLOTS)
    first, *rest = counted.outcome.rounds
    assert (first.step, counted.totals.invalid, counted.totals.valid) == ("invalid", 2, BALLOTS - 2)
    assert {str(row[1]): row[0] for row in first.rows} == {
        "a rank given twice": 1,
        "not written in the canonical form of its choices": 1,
    }
    assert rest and set(_REASONS) == set(Flaw)
    row = json.loads(results_json(dossier, [counted], "fr"))["contests"][0]
    assert sum(row["invalid_by_reason"].values()) == row["invalid"] == 2
    good = Sheets((*values[:-2], *values[:2]), (True,) * BALLOTS)
    assert "invalid" not in [step.step for step in count_contest(dossier, 1, good, BALLOTS).outcome.rounds]
