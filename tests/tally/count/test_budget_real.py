"""Real participatory budgets against their published results."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.election.rules import Rule, RuleParameters
from tally.count.counting import count
from tally.count.data import Totals
from tally.count.files.pb import PbFile, read_pb
from tally.count.outcome import Reason, TieDecision

DATA = Path(__file__).parents[2] / "data"


def load(path: str) -> tuple[PbFile, Totals]:
    file = read_pb((DATA / path).read_bytes().decode(), path)
    blank = sum(not voter.approvals for voter in file.voters)
    each = max(max(voter.points or (1,)) for voter in file.voters)
    return file, Totals(
        tuple(project.id for project in file.projects),
        file.points(),
        ballots=len(file.voters),
        blank=blank,
        costs=tuple(project.cost for project in file.projects),
        each=each,
    )


@pytest.mark.parametrize(
    ("path", "projects", "spent"),
    [
        ("budgets/ochota-2019.pb", 10, 549_720),
        ("budgets/zoliborz-2022.pb", 24, 1_867_500),
        ("budgets/tysiaclecie-2024.pb", 8, 630_900),
    ],
)
def test_greedy_funds_what_the_city_selected(path: str, projects: int, spent: int) -> None:
    file, totals = load(path)
    outcome = count(Rule.BUDGET_GREEDY, RuleParameters(budget=file.budget), totals)
    assert not outcome.ties
    assert set(outcome.names) == {project.id for project in file.projects if project.selected == 1}
    assert (len(outcome.winners), outcome.figures["spent"]) == (projects, spent)


def test_saint_cyprien() -> None:
    _, totals = load("toulouse-2022/06-saint-cyprien.pb")
    published = dict(zip(totals.options, totals.votes, strict=True))
    expected = {
        "34": 206,
        "38": 161,
        "39": 135,
        "32": 100,
        "40": 76,
        "36": 52,
        "35": 19,
        "33": 11,
        "37": 9,
        "31": 9,
    }
    assert published == expected
    greedy = count(Rule.BUDGET_GREEDY, RuleParameters(budget=400_000), totals)
    assert (set(greedy.names), greedy.figures["spent"]) == ({"34", "35", "38", "40"}, 399_000)
    block = count(Rule.BLOCK, RuleParameters(seats=9), totals)
    assert set(block.tied) == {"31", "37"}
    assert len(block.winners) == 8


def test_fontaine_lestang_ends_in_a_tie_that_a_lot_decides() -> None:
    _, totals = load("toulouse-2022/16-fontaine-lestang.pb")
    parameters = RuleParameters(budget=400_000)
    outcome = count(Rule.BUDGET_GREEDY, parameters, totals)
    assert set(outcome.tied) == {"54", "57"}
    assert outcome.figures["left"] == 95_000
    (tie,) = outcome.ties
    results = {}
    for order in (tie.options, tie.options[::-1]):
        decided = count(Rule.BUDGET_GREEDY, parameters, totals, [TieDecision(tie.step, order, Reason.LOT)])
        assert not decided.ties
        results[totals.options[order[0]]] = (
            set(decided.names) - set(outcome.names),
            decided.figures["spent"],
        )
    assert results["54"][0] >= {"54"}
    assert "57" not in results["54"][0]
    assert results["57"][0] >= {"57"}
    assert "54" not in results["57"][0]


@pytest.mark.parametrize("rule", [Rule.BUDGET_GREEDY, Rule.BUDGET_NO_SKIP])
def test_the_other_neighbourhoods_have_one_result(rule: Rule) -> None:
    paths = sorted(path.name for path in DATA.glob("toulouse-2022/*.pb"))
    tied = [
        path
        for path in paths
        if count(rule, RuleParameters(budget=400_000), load(f"toulouse-2022/{path}")[1]).ties
    ]
    assert tied == (["16-fontaine-lestang.pb"] if rule is Rule.BUDGET_GREEDY else [])


def test_toulouse_2019_points_and_voters_are_the_published_ones() -> None:
    file, totals = load("budgets/toulouse-2019.pb")
    assert len(file.voters) == 1494
    assert file.points() == tuple(project.score for project in file.projects)
    assert file.votes() == tuple(project.votes for project in file.projects)
    assert (totals.each, max(sum(voter.points or ()) for voter in file.voters)) == (3, 7)
