"""Budgets spent in order of votes, checked against every order of equals."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.rules import Rule, RuleParameters
from keys.findings import Refused
from tally.count.counting import count
from tally.count.data import Totals
from tally.count.outcome import Reason, TieDecision


def budget(votes: tuple[int, ...], costs: tuple[int, ...]) -> Totals:
    names = tuple(f"p{index}" for index in range(len(votes)))
    return Totals(names, votes, ballots=max((*votes, 1)), costs=costs)


def outcomes(
    votes: tuple[int, ...], costs: tuple[int, ...], money: int, skip: bool, most: int
) -> set[frozenset[int]]:
    """Every set that some order of equals funds: the rule told naively."""
    found = set()
    for order in permutations(range(len(votes))):
        if any(votes[before] < votes[after] for before, after in pairwise(order)):
            continue
        left = money
        funded: set[int] = set()
        for option in order:
            if not votes[option] or len(funded) == most:
                break
            if costs[option] <= left:
                left -= costs[option]
                funded.add(option)
            elif not skip:
                break
        found.add(frozenset(funded))
    return found


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), min_size=1, max_size=6),
    st.integers(1, 14),
    st.booleans(),
    st.integers(1, 6),
)
def test_a_tie_is_reported_exactly_when_the_funded_sets_differ(
    projects: list[tuple[int, int]], money: int, skip: bool, most: int
) -> None:
    votes, costs = tuple(p[0] for p in projects), tuple(p[1] for p in projects)
    rule = Rule.BUDGET_GREEDY if skip else Rule.BUDGET_NO_SKIP
    outcome = count(rule, RuleParameters(budget=money, max_winners=most), budget(votes, costs))
    expected = outcomes(votes, costs, money, skip, most)
    assert bool(outcome.ties) == (len(expected) > 1)
    always = frozenset.intersection(*expected)
    if not outcome.ties:
        assert {frozenset(outcome.winners)} == expected
    else:
        tied = set(outcome.ties[0].options)
        assert set(outcome.winners) <= always
        assert tied.isdisjoint(always & {option for option in always if votes[option] >= votes[min(tied)]})
        assert all(any(option in funded for funded in expected) for option in tied if skip)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), min_size=1, max_size=6),
    st.integers(1, 14),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_decided_step_by_step_it_ends_in_one_of_the_results(
    projects: list[tuple[int, int]], money: int, skip: bool, draw: object
) -> None:
    votes, costs = tuple(p[0] for p in projects), tuple(p[1] for p in projects)
    rule = Rule.BUDGET_GREEDY if skip else Rule.BUDGET_NO_SKIP
    decisions: list[TieDecision] = []
    outcome = count(rule, RuleParameters(budget=money), budget(votes, costs))
    while outcome.ties:
        order = list(outcome.ties[0].options)
        draw.shuffle(order)  # type: ignore[attr-defined]
        decisions.append(TieDecision(outcome.ties[0].step, tuple(order), Reason.LOT))
        outcome = count(rule, RuleParameters(budget=money), budget(votes, costs), decisions)
    assert frozenset(outcome.winners) in outcomes(votes, costs, money, skip, 6)
    assert outcome.figures["spent"] == sum(costs[option] for option in outcome.winners)
    assert outcome.figures["spent"] + outcome.figures["left"] == money


def test_skip_goes_on_and_no_skip_stops() -> None:
    data = budget((5, 4, 3), (60, 50, 40))
    assert count(Rule.BUDGET_GREEDY, RuleParameters(budget=100), data).names == ("p0", "p2")
    assert count(Rule.BUDGET_NO_SKIP, RuleParameters(budget=100), data).names == ("p0",)


def test_votes_per_cost_puts_what_is_free_first_and_the_cheap_before_the_dear() -> None:
    data = budget((5, 4, 1, 3), (100, 50, 0, 30))
    assert count(Rule.BUDGET_GREEDY_COST, RuleParameters(budget=100), data).names == ("p2", "p3", "p1")


def test_votes_per_cost_compares_exact_fractions() -> None:
    data = budget((10**16 + 1, 10**16), (10**16 + 1, 10**16))
    assert count(Rule.BUDGET_GREEDY_COST, RuleParameters(budget=10**16 + 5), data).tied == ("p0", "p1")
    nearly = budget((10**16 + 2, 10**16), (10**16 + 1, 10**16))
    assert count(Rule.BUDGET_GREEDY_COST, RuleParameters(budget=10**16 + 5), nearly).names == ("p0",)


def test_small_one_beside_two_large_equals_is_not_tied() -> None:
    outcome = count(Rule.BUDGET_GREEDY, RuleParameters(budget=100), budget((2, 2, 2), (60, 60, 40)))
    assert outcome.names == ("p2",)
    assert outcome.tied == ("p0", "p1")


def test_no_project_without_a_vote_is_funded() -> None:
    outcome = count(Rule.BUDGET_GREEDY, RuleParameters(budget=100), budget((1, 0), (10, 10)))
    assert outcome.names == ("p0",)
    assert outcome.rounds[0].rows[-1][3] == "no vote"


@pytest.mark.parametrize("rule", [Rule.BUDGET_GREEDY, Rule.BUDGET_NO_SKIP, Rule.BUDGET_GREEDY_COST])
def test_budget_and_costs_must_be_stated(rule: Rule) -> None:
    with pytest.raises(Refused, match="budget"):
        count(rule, RuleParameters(), budget((1,), (1,)))
    with pytest.raises(Refused, match="costs"):
        count(rule, RuleParameters(budget=1), Totals(("a",), (1,), ballots=1))
