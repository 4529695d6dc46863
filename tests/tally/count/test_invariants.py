"""What must hold for every rule: nothing depends on an order, nothing is lost, nothing is rounded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.rules import Rule, RuleParameters, Satisfaction
from tally.count.counting import count
from tally.count.data import (
    ApprovalProfile,
    Data,
    GradeProfile,
    RankProfile,
    Totals,
    approvals,
    grade_sheets,
    rankings,
)
from tally.count.outcome import Outcome
from tests.tally.count.cases import Case, cases, decide

LARGE = [2**15 - 1, 2**15, 2**31 - 1, 2**31, 2**53, 2**53 + 1]


def rename(data: Data, order: tuple[int, ...]) -> Data:
    """The same votes with the options in another order: place i holds option order[i]."""
    place = {option: position for position, option in enumerate(order)}
    common = {
        "options": tuple(data.options[option] for option in order),
        "costs": None if data.costs is None else tuple(data.costs[option] for option in order),
    }
    if isinstance(data, Totals):
        return replace(data, votes=tuple(data.votes[option] for option in order), **common)  # type: ignore[arg-type]
    if isinstance(data, GradeProfile):
        sheets = sorted((tuple(sheet[option] for option in order), number) for sheet, number in data.groups)
        return replace(data, groups=tuple(sheets), **common)  # type: ignore[arg-type]
    if isinstance(data, ApprovalProfile):
        sets = sorted(
            (tuple(sorted(place[option] for option in vote)), number) for vote, number in data.groups
        )
        return replace(data, groups=tuple(sets), **common)  # type: ignore[arg-type]
    ranks = sorted(
        (tuple(tuple(sorted(place[option] for option in group)) for group in vote), number)
        for vote, number in data.groups
    )
    return replace(data, groups=tuple(ranks), **common)  # type: ignore[arg-type]


def essence(outcome: Outcome) -> tuple[object, ...]:
    """What an outcome says, by names."""
    return (
        frozenset(outcome.names),
        frozenset(outcome.tied),
        dict(zip(outcome.options, outcome.totals, strict=True)),
        dict(zip(outcome.options, outcome.seats, strict=False)),
        {outcome.options[option] for option in outcome.onward},
        dict(outcome.figures),
        [tie.step for tie in outcome.ties],
    )


@settings(max_examples=400, deadline=None)
@given(cases(), st.permutations(range(5)))
def test_order_of_options_changes_nothing(case: Case, order: list[int]) -> None:
    rule, parameters, data = case
    if rule is Rule.YES_NO:
        return
    other = rename(data, tuple(order))
    assert essence(count(rule, parameters, other)) == essence(count(rule, parameters, data))


@settings(max_examples=200, deadline=None)
@given(cases())
def test_ballots_are_conserved_and_every_round_is_a_table(case: Case) -> None:
    rule, parameters, data = case
    outcome = count(rule, parameters, data)
    figures = outcome.figures
    assert figures["ballots"] == figures["valid"] + figures["blank"] + figures["invalid"] == data.ballots
    assert len({each.step for each in outcome.rounds}) == len(outcome.rounds)
    for each in outcome.rounds:
        assert all(len(row) == len(each.columns) for row in each.rows)
        assert " " not in each.step
        for sentence in (*each.sentences, each.title):
            assert "{" not in str(sentence)
    waiting = {option for tie in outcome.ties if "surplus" not in tie.step for option in tie.options}
    assert outcome.seats or waiting.isdisjoint(outcome.winners)
    assert len(set(outcome.winners)) == len(outcome.winners)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_every_tie_can_be_decided_and_the_decision_is_shown(case: Case) -> None:
    before = count(*case)
    outcome = decide(case)
    assert not outcome.ties
    assert set(before.winners) <= set(outcome.winners)
    said = [str(sentence) for each in outcome.rounds for sentence in each.sentences]
    for decision in outcome.decided:
        names = ", ".join(outcome.options[option] for option in decision.order)
        assert any("lot drawn in public" in sentence and names in sentence for sentence in said)


@settings(max_examples=150, deadline=None)
@given(cases(), st.integers(1, 3))
def test_splitting_a_group_of_ballots_changes_nothing(case: Case, part: int) -> None:
    rule, parameters, data = case
    if isinstance(data, Totals):
        return
    groups: list[object] = []
    for vote, number in data.groups:
        groups += [(vote, min(part, number)), (vote, number - part)] if number > part else [(vote, number)]
    split = replace(data, groups=tuple(reversed(groups)))  # type: ignore[arg-type]
    assert essence(count(rule, parameters, split)) == essence(count(rule, parameters, data))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.permutations(range(4)), min_size=1, max_size=12), st.randoms())
def test_order_of_ballots_changes_nothing(votes: list[list[int]], draw: object) -> None:
    mixed = list(votes)
    draw.shuffle(mixed)  # type: ignore[attr-defined]
    names = ("A", "B", "C", "D")
    ranked = [tuple((option,) for option in vote) for vote in votes]
    again = [tuple((option,) for option in vote) for vote in mixed]
    assert rankings(ranked, names) == rankings(again, names)
    assert approvals([vote[:2] for vote in votes], names) == approvals([vote[1::-1] for vote in mixed], names)
    assert grade_sheets(votes, names) == grade_sheets(mixed, names)


@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms())
def test_ballots_opened_one_by_one_may_come_from_stations_in_any_order(case: Case, draw: object) -> None:
    """What shuffles leave has no order and no station: counted from single ballots, the result is the same."""
    rule, parameters, data = case
    if isinstance(data, Totals):
        return
    single: list[Any] = [(vote, 1) for vote, number in data.groups for _ in range(number)]
    draw.shuffle(single)  # type: ignore[attr-defined]
    apart = replace(data, groups=tuple(single))  # type: ignore[arg-type]
    assert essence(count(rule, parameters, apart)) == essence(count(rule, parameters, data))


@settings(max_examples=300, deadline=None)
@given(cases(), st.sampled_from(LARGE))
def test_large_electorates_give_the_result_of_small_ones(case: Case, factor: int) -> None:
    """Multiplying every ballot changes no result of a rule that only compares."""
    rule, parameters, data = case
    if rule in {Rule.STV_SCOTTISH, Rule.STV_MEEK, Rule.BUDGET_EQUAL_SHARES}:
        return
    if isinstance(data, Totals):
        many: Data = replace(
            data,
            votes=tuple(votes * factor for votes in data.votes),
            ballots=data.ballots * factor,
            blank=data.blank * factor,
            invalid=data.invalid * factor,
        )
    else:
        groups = tuple((vote, number * factor) for vote, number in data.groups)
        many = replace(data, groups=groups)  # type: ignore[arg-type]
    few, found = count(rule, parameters, data), count(rule, parameters, many)
    assert (found.winners, found.tied, found.seats, found.onward) == (
        few.winners,
        few.tied,
        few.seats,
        few.onward,
    )


ONE = RuleParameters(seats=1)
MONEY = RuleParameters(budget=10)


@pytest.mark.parametrize("large", LARGE)
@pytest.mark.parametrize(
    ("rule", "parameters"),
    [
        (Rule.PLURALITY, RuleParameters()),
        (Rule.BLOCK, ONE),
        (Rule.APPROVAL, RuleParameters()),
        (Rule.DHONDT, ONE),
        (Rule.SAINTE_LAGUE, ONE),
        (Rule.LARGEST_REMAINDER, ONE),
        (Rule.MAJORITY_BONUS, ONE),
        (Rule.YES_NO, RuleParameters()),
        (Rule.TWO_ROUND, RuleParameters()),
        (Rule.BUDGET_GREEDY, MONEY),
        (Rule.BUDGET_GREEDY_COST, MONEY),
        (Rule.BUDGET_NO_SKIP, MONEY),
    ],
)
def test_one_vote_decides_among_any_number(rule: Rule, parameters: RuleParameters, large: int) -> None:
    ahead = Totals(("A", "B"), (large + 1, large), 2 * large + 1, costs=(10, 10))
    behind = Totals(("A", "B"), (large, large + 1), 2 * large + 1, costs=(10, 10))
    even = Totals(("A", "B"), (large, large), 2 * large, costs=(10, 10))
    assert count(rule, parameters, ahead).names == ("A",)
    assert count(rule, parameters, behind).names == ("B",)
    outcome = count(rule, parameters, even)
    if rule is Rule.YES_NO:
        assert outcome.names == ("B",)
    elif rule is Rule.TWO_ROUND:
        assert outcome.onward == (0, 1)
    else:
        assert outcome.tied == ("A", "B")


@pytest.mark.parametrize("large", LARGE)
@pytest.mark.parametrize(
    "rule", [Rule.STV_SCOTTISH, Rule.STV_MEEK, Rule.IRV, Rule.SCHULZE, Rule.RANKED_POINTS]
)
def test_one_ranking_decides_among_any_number(rule: Rule, large: int) -> None:
    parameters = RuleParameters() if rule is Rule.IRV else ONE
    groups = ((((0,), (1,)), large + 1), (((1,), (0,)), large))
    assert count(rule, parameters, RankProfile(("A", "B"), groups)).names == ("A",)
    even = RankProfile(("A", "B"), ((groups[0][0], large), groups[1]))
    assert count(rule, parameters, even).tied == ("A", "B")


@pytest.mark.parametrize("large", LARGE)
def test_one_sheet_of_grades_decides_among_any_number(large: int) -> None:
    sheets = (((1, 3), large), ((3, 1), large + 1))
    assert count(Rule.MAJORITY_JUDGEMENT, ONE, GradeProfile(("A", "B"), sheets)).names == ("A",)
    even = GradeProfile(("A", "B"), ((sheets[0][0], large), (sheets[1][0], large)))
    assert count(Rule.MAJORITY_JUDGEMENT, ONE, even).tied == ("A", "B")


@pytest.mark.parametrize("large", LARGE)
def test_one_voter_decides_among_any_number_for_equal_shares(large: int) -> None:
    parameters = RuleParameters(budget=10, satisfaction=Satisfaction.COST)
    groups = (((0,), large + 1), ((0, 1), large), ((1,), large))
    data = ApprovalProfile(("A", "B"), groups, costs=(6, 6))
    assert count(Rule.BUDGET_EQUAL_SHARES, parameters, data).names == ("A",)
    even = replace(data, groups=(((0,), large), *groups[1:]))
    assert count(Rule.BUDGET_EQUAL_SHARES, parameters, even).tied == ("A", "B")
