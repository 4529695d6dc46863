"""Data for every rule, drawn by hypothesis."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from keys.election.rules import Completion, Rule, RuleParameters, Satisfaction
from tally.count.counting import count
from tally.count.data import Data, Totals, approvals, grade_sheets, rankings
from tally.count.outcome import Outcome, Reason, TieDecision

__all__ = ["Case", "cases", "decide"]

Case = tuple[Rule, RuleParameters, Data]

NAMES = ("Ana", "Bo", "Cy", "Dee", "Eli")
_RANKS = {Rule.STV_SCOTTISH, Rule.STV_MEEK, Rule.IRV, Rule.SCHULZE, Rule.RANKED_POINTS}
_BUDGETS = {Rule.BUDGET_GREEDY, Rule.BUDGET_GREEDY_COST, Rule.BUDGET_NO_SKIP, Rule.BUDGET_EQUAL_SHARES}


def _parameters(rule: Rule, draw: st.DrawFn) -> RuleParameters:
    seats = draw(st.integers(1, 4))
    if rule in {Rule.PLURALITY, Rule.TWO_ROUND, Rule.YES_NO, Rule.IRV}:
        return RuleParameters()
    if rule is Rule.BUDGET_EQUAL_SHARES:
        return RuleParameters(
            budget=draw(st.integers(1, 30)),
            satisfaction=draw(st.sampled_from(Satisfaction)),
            completion=draw(st.sampled_from(Completion)),
        )
    if rule in _BUDGETS:
        return RuleParameters(budget=draw(st.integers(1, 30)))
    return RuleParameters(seats=seats)


def _data(rule: Rule, draw: st.DrawFn) -> Data:
    size = 2 if rule is Rule.YES_NO else len(NAMES)
    names = NAMES[:size]
    blank, invalid = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    costs = (
        tuple(draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))) if rule in _BUDGETS else None
    )
    if rule in _RANKS:
        order = st.permutations(range(size)).flatmap(lambda p: st.integers(1, size).map(lambda n: p[:n]))
        votes = draw(st.lists(order, max_size=15))
        return rankings((tuple((option,) for option in vote) for vote in votes), names, blank, invalid)
    if rule is Rule.MAJORITY_JUDGEMENT:
        return grade_sheets(
            draw(st.lists(st.tuples(*[st.integers(0, 3)] * size), max_size=15)), names, blank, invalid
        )
    sets = st.sets(st.integers(0, size - 1), min_size=1)
    profile = replace(approvals(draw(st.lists(sets, max_size=15)), names, blank, invalid), costs=costs)
    if rule is Rule.BUDGET_EQUAL_SHARES or draw(st.booleans()):
        return profile
    totals = profile.totals()
    return Totals(names, totals.votes, totals.ballots, blank, invalid, costs=costs)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A rule, its parameters and votes for it."""
    rule = draw(st.sampled_from(Rule))
    return rule, _parameters(rule, draw), _data(rule, draw)


def decide(case: Case) -> Outcome:
    """Count to the end; equals in the order of the question."""
    rule, parameters, data = case
    decisions: list[TieDecision] = []
    outcome = count(rule, parameters, data)
    while outcome.ties:
        decisions.append(TieDecision(outcome.ties[0].step, outcome.ties[0].options, Reason.LOT))
        outcome = count(rule, parameters, data, decisions)
    return outcome
