"""Budgets against pabutools, which lists every outcome when it is asked to."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.rules import Completion, Rule, RuleParameters, Satisfaction
from tally.count.counting import count
from tally.count.data import ApprovalProfile, approvals
from tally.count.files.alone import count_file
from tally.count.files.pb import read_pb
from tests.published.line import DATA, text

election: Any = import_module("pabutools.election")
rules: Any = import_module("pabutools.rules")

MEASURES = {Satisfaction.COST: "Cost_Sat", Satisfaction.CARDINALITY: "Cardinality_Sat"}


def theirs(data: ApprovalProfile, budget: int) -> tuple[Any, Any]:
    projects = [
        election.Project(name, cost) for name, cost in zip(data.options, data.costs or (), strict=True)
    ]
    ballots = [
        election.ApprovalBallot([projects[option] for option in vote])
        for vote, number in data.groups
        for _ in range(number)
    ]
    instance = election.Instance(projects, budget_limit=budget)
    return instance, election.ApprovalProfile(ballots, instance=instance).as_multiprofile()


def names(outcome: Any) -> frozenset[str]:
    return frozenset(str(project) for project in outcome)


cases = st.tuples(
    st.lists(st.sets(st.integers(0, 3), min_size=1), min_size=1, max_size=7),
    st.tuples(*[st.integers(1, 12)] * 4),
    st.integers(1, 30),
)


def with_costs(votes: list[set[int]], costs: tuple[int, ...]) -> ApprovalProfile:
    grouped = approvals(votes, tuple("abcd"))
    return ApprovalProfile(grouped.options, grouped.groups, costs=costs)


@settings(max_examples=150, deadline=None)
@given(cases, st.sampled_from(Satisfaction))
def test_equal_shares(case: tuple[list[set[int]], tuple[int, ...], int], measure: Satisfaction) -> None:
    votes, costs, budget = case
    data = with_costs(votes, costs)
    instance, profile = theirs(data, budget)
    sets = rules.method_of_equal_shares(
        instance, profile, sat_class=getattr(election, MEASURES[measure]), resoluteness=False
    )
    parameters = RuleParameters(budget=budget, satisfaction=measure)
    outcome = count(Rule.BUDGET_EQUAL_SHARES, parameters, data)
    found = {names(each) for each in sets}
    assert bool(outcome.ties) == (len(found) > 1)
    if not outcome.ties:
        assert {frozenset(outcome.names)} == found


@settings(max_examples=150, deadline=None)
@given(cases)
def test_greedy(case: tuple[list[set[int]], tuple[int, ...], int]) -> None:
    votes, costs, budget = case
    data = with_costs(votes, costs)
    instance, profile = theirs(data, budget)
    sets = rules.greedy_utilitarian_welfare(
        instance, profile, sat_class=election.Cost_Sat, resoluteness=False
    )
    outcome = count(Rule.BUDGET_GREEDY, RuleParameters(budget=budget), data)
    supported = {data.options[option] for vote in votes for option in vote}
    found = {names(each) & supported for each in sets}
    if not outcome.ties:
        assert frozenset(outcome.names) in found
    else:
        assert len(found) > 1


@pytest.mark.parametrize("measure", Satisfaction)
def test_swiecie(measure: Satisfaction) -> None:
    file = read_pb(text("budgets/swiecie-2023.pb"), "swiecie")
    grouped = approvals(
        [voter.approvals for voter in file.voters], tuple(project.id for project in file.projects)
    )
    data = ApprovalProfile(
        grouped.options, grouped.groups, costs=tuple(project.cost for project in file.projects)
    )
    instance, profile = theirs(data, file.budget)
    other = rules.method_of_equal_shares(
        instance, profile, sat_class=getattr(election, MEASURES[measure]), voter_budget_increment=1
    )
    parameters = RuleParameters(budget=file.budget, satisfaction=measure, completion=Completion.ADD1)
    assert frozenset(count(Rule.BUDGET_EQUAL_SHARES, parameters, data).names) == names(other)


@pytest.mark.parametrize("path", sorted(DATA.glob("toulouse-2022/*.pb"))[:6], ids=lambda path: str(path.stem))
def test_toulouse(path: Any) -> None:
    instance, profile = election.parse_pabulib(str(path))
    other = rules.greedy_utilitarian_welfare(instance, profile, sat_class=election.Cost_Sat)
    outcome = count_file(path, "budget-greedy")
    assert {outcome.ids[option] for option in outcome.winners} == names(other)
