"""Equal Shares against the rule told naively, voter by voter; ties; completion."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.rules import Completion, Rule, RuleParameters, Satisfaction
from keys.findings import Refused
from tally.count.counting import count
from tally.count.data import ApprovalProfile, Totals
from tally.count.endowment import Ask, Run, Shop
from tally.count.outcome import Outcome, Reason, TieDecision
from tests.simulator.real_votes import swiecie


def profile(votes: list[set[int]], costs: tuple[int, ...], blank: int = 0) -> ApprovalProfile:
    groups: dict[tuple[int, ...], int] = {}
    for vote in votes:
        key = tuple(sorted(vote))
        groups[key] = groups.get(key, 0) + 1
    names = tuple(f"p{option}" for option in range(len(costs)))
    return ApprovalProfile(names, tuple(sorted(groups.items())), blank=blank, costs=costs)


def shares(
    data: ApprovalProfile,
    budget: int,
    completion: Completion = Completion.NONE,
    measure: Satisfaction = Satisfaction.COST,
    *decisions: TieDecision,
) -> Outcome:
    parameters = RuleParameters(budget=budget, completion=completion, satisfaction=measure)
    return count(Rule.BUDGET_EQUAL_SHARES, parameters, data, decisions)


def price(money: list[Fraction], supporters: list[int], cost: int) -> Fraction | None:
    """Least price at which the supporters can pay, each at most what they have."""
    if sum(money[voter] for voter in supporters) < cost:
        return None
    due, left = Fraction(cost), sorted(money[voter] for voter in supporters)
    while left[0] * len(left) < due:
        due -= left.pop(0)
    return due / len(left)


def ends(
    votes: list[set[int]], costs: tuple[int, ...], share: Fraction, measure: Satisfaction
) -> set[frozenset[int]]:
    """Every set of projects that the rule may end in, equals in every order."""
    found: set[frozenset[int]] = set()
    paths: list[tuple[list[Fraction], frozenset[int]]] = [([share] * len(votes), frozenset())]
    while paths:
        money, bought = paths.pop()
        gains: dict[int, tuple[Fraction, Fraction]] = {}
        for option, cost in enumerate(costs):
            supporters = [voter for voter, vote in enumerate(votes) if option in vote]
            if option in bought or not supporters:
                continue
            if (least := price(money, supporters, cost)) is not None:
                gains[option] = (least / cost if measure is Satisfaction.COST else least, least)
        if not gains:
            found.add(bought)
            continue
        best = min(gain for gain, _ in gains.values())
        for option, (gain, least) in gains.items():
            if gain == best:
                after = [
                    held - min(held, least) if option in votes[voter] else held
                    for voter, held in enumerate(money)
                ]
                paths.append((after, bought | {option}))
    return found


cases = st.integers(1, 4).flatmap(
    lambda options: st.tuples(
        st.lists(st.sets(st.integers(0, options - 1), min_size=1), min_size=1, max_size=6),
        st.tuples(*[st.integers(1, 12)] * options),
        st.integers(1, 24),
        st.sampled_from(Satisfaction),
    )
)


@settings(max_examples=250, deadline=None)
@given(cases)
def test_agrees_with_the_definition(case: tuple[list[set[int]], tuple[int, ...], int, Satisfaction]) -> None:
    votes, costs, budget, measure = case
    expected = ends(votes, costs, Fraction(budget, len(votes)), measure)
    outcome = shares(profile(votes, costs), budget, Completion.NONE, measure)
    assert bool(outcome.ties) == (len(expected) > 1)
    if outcome.ties:
        assert any(set(outcome.winners) <= end for end in expected)
        assert all(any(option in end for end in expected) for option in outcome.ties[0].options)
    else:
        assert {frozenset(outcome.winners)} == expected
    assert outcome.figures["spent"] <= budget


@settings(max_examples=100, deadline=None)
@given(cases, st.sampled_from(Completion), st.randoms(use_true_random=False))
def test_completion_by_raising_the_shares(
    case: tuple[list[set[int]], tuple[int, ...], int, Satisfaction], completion: Completion, draw: object
) -> None:
    votes, costs, budget, measure = case
    data = profile(votes, costs)
    decisions: list[TieDecision] = []
    outcome = shares(data, budget, completion, measure)
    while outcome.ties:
        order = list(outcome.ties[0].options)
        draw.shuffle(order)  # type: ignore[attr-defined]
        decisions.append(TieDecision(outcome.ties[0].step, tuple(order), Reason.LOT))
        outcome = shares(data, budget, completion, measure, *decisions)
    spent = sum(costs[option] for option in outcome.winners)
    assert spent == outcome.figures["spent"] <= budget
    assert len(set(outcome.winners)) == len(outcome.winners)
    supported = {option for vote in votes for option in vote}
    assert set(outcome.winners) <= supported
    raised = outcome.figures.get("raised by", 0)
    if completion in {Completion.NONE, Completion.ADD1}:
        assert frozenset(outcome.winners) in ends(
            votes, costs, Fraction(budget, len(votes)) + raised, measure
        )
    else:
        assert all(costs[option] > budget - spent for option in supported - set(outcome.winners))
    if completion is Completion.ADD1 and any(
        costs[o] <= budget - spent for o in supported - set(outcome.winners)
    ):
        over = ends(votes, costs, Fraction(budget, len(votes)) + raised + 1, measure)
        assert any(sum(costs[option] for option in end) > budget for end in over)


def raised(
    votes: list[set[int]], costs: tuple[int, ...], budget: int, measure: Satisfaction
) -> tuple[frozenset[int], int] | None:
    """What add1 funds, and the raise, trying one raise after the other; None where a tie is met."""
    supported = set().union(*votes)
    funded: frozenset[int] | None = None
    for level in range(10_000):
        found = ends(votes, costs, Fraction(budget, len(votes)) + level, measure)
        if len(found) > 1:
            return None
        (after,) = found
        if sum(costs[option] for option in after) > budget:
            return (funded, level - 1) if funded is not None else None
        funded, left = after, budget - sum(costs[option] for option in after)
        if all(option in funded or costs[option] > left for option in supported):
            return funded, level
    raise AssertionError("add1 does not end")


@settings(max_examples=80, deadline=None)
@given(cases, st.integers(1, 9))
def test_leaping_over_raises_funds_what_trying_each_of_them_does(
    case: tuple[list[set[int]], tuple[int, ...], int, Satisfaction], scale: int
) -> None:
    votes, costs, budget, measure = case
    costs, budget = tuple(cost * scale + cost % 2 for cost in costs), budget * scale
    expected = raised(votes, costs, budget, measure)
    if expected is not None:
        outcome = shares(profile(votes, costs), budget, Completion.ADD1, measure)
        assert (frozenset(outcome.winners), outcome.figures["raised by"], outcome.ties) == (*expected, ())


def test_a_small_vote_of_much_money_and_many_ties_takes_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """39 real ballots of Świecie: 15,026 raises, each with ties, once took longer than anybody waits."""
    real = swiecie().sample(39)
    votes = [{option for option, value in enumerate(ballot) if value} for ballot in real.ballots]
    costs = tuple(option.cost or 0 for option in real.contest.options)
    runs: list[Fraction] = []
    own = Shop.run

    def counted(self: Shop, share: Fraction, ask: Ask) -> Run:
        runs.append(share)
        return own(self, share, ask)

    monkeypatch.setattr(Shop, "run", counted)
    outcome = shares(profile(votes, costs), real.contest.terms.budget or 0, Completion.ADD1)
    assert (outcome.figures["raised by"], outcome.figures["spent"], outcome.ties) == (15_026, 1_006_337, ())
    assert len(runs) < 300


def test_projects_that_share_no_supporter_are_bought_in_any_order() -> None:
    """Twelve equal projects of twelve voters each alone: 12! orders, one end."""
    voters = [{option} for option in range(12)]
    assert len(shares(profile(voters, (5,) * 12), 60).winners) == 12


def test_a_tie_that_changes_nothing_is_none() -> None:
    data = profile([{0, 1}, {0, 1}], (10, 10))
    assert set(shares(data, 20).names) == {"p0", "p1"}


def test_a_tie_that_matters_waits_for_its_decision() -> None:
    data = profile([{0, 1}, {0, 1}], (10, 10))
    outcome = shares(data, 15)
    (tie,) = outcome.ties
    assert (tie.step, outcome.tied, outcome.names) == ("raise-0-purchase-1", ("p0", "p1"), ())
    decision = TieDecision(tie.step, (1, 0), Reason.LOT)
    assert shares(data, 15, Completion.NONE, Satisfaction.COST, decision).names == ("p1",)


def test_free_projects_and_unsupported_ones() -> None:
    data = profile([{0}, {1}], (0, 5, 1))
    outcome = shares(data, 10)
    assert outcome.names == ("p0", "p1")
    assert outcome.rounds[0].rows[-1][-1] == "no vote"


def test_blank_ballots_have_no_share() -> None:
    data = profile([{0}, {0}], (10,), blank=5)
    assert shares(data, 10).names == ("p0",)
    assert shares(ApprovalProfile(("p0",), (), blank=5, costs=(10,)), 10).names == ()


def test_a_rare_supporter_and_a_large_budget_end_soon() -> None:
    data = profile([{0}, {0, 1}, {0}], (1, 90_000_000))
    outcome = shares(data, 90_000_000, Completion.ADD1)
    assert outcome.names == ("p0",)


def test_the_measure_must_be_stated_and_ballots_whole() -> None:
    data = profile([{0}], (1,))
    with pytest.raises(Refused, match="satisfaction"):
        count(Rule.BUDGET_EQUAL_SHARES, RuleParameters(budget=1), data)
    with pytest.raises(Refused, match="whole-approvals"):
        count(
            Rule.BUDGET_EQUAL_SHARES,
            RuleParameters(budget=1, satisfaction=Satisfaction.COST),
            Totals(("p0",), (1,), 1, costs=(1,)),
        )


@settings(max_examples=150, deadline=None)
@given(cases, st.integers(1, 60))
def test_raises_that_are_skipped_would_have_changed_nothing(
    case: tuple[list[set[int]], tuple[int, ...], int, Satisfaction], most: int
) -> None:
    votes, costs, budget, measure = case
    data = profile(votes, costs)
    shop = Shop(data.groups, costs, measure)
    share = Fraction(budget, len(votes))
    run = shop.run(share, lambda _bought, _tied: None)
    for level in range(1, min(run.next_raise, most)):
        assert shop.run(share + level, lambda _bought, _tied: None).ends == run.ends


def test_a_tie_is_decided_once_also_where_its_share_is_tried_again() -> None:
    ballots = ApprovalProfile(
        options=("Ana", "Bo", "Cy", "Dee", "Eli"),
        groups=(((0, 1, 2, 3), 1), ((1,), 1), ((2,), 1)),
        costs=(0, 1, 5, 3, 0),
    )
    parameters = RuleParameters(budget=5, completion=Completion.ADD1, satisfaction=Satisfaction.COST)
    (tie,) = count(Rule.BUDGET_EQUAL_SHARES, parameters, ballots).ties
    decision = TieDecision(tie.step, (1, 2), Reason.LOT)
    decided = count(Rule.BUDGET_EQUAL_SHARES, parameters, ballots, [decision])
    assert (decided.ties, decided.names, decided.decided) == ((), ("Ana", "Bo"), (decision,))


def test_a_lot_that_was_drawn_holds_for_the_shares_that_follow() -> None:
    """The same four stand equal at the second raise, where the order matters, and at the third: one lot is enough."""
    data = profile([{0, 3}, {2}, {0, 1, 2, 3}, {1}], (6, 9, 1, 8))
    (tie,) = shares(data, 16, Completion.ADD1).ties
    assert (tie.step, tie.options) == ("raise-2-purchase-1", (0, 1, 2, 3))
    decision = TieDecision(tie.step, (0, 1, 2, 3), Reason.LOT)
    outcome = shares(data, 16, Completion.ADD1, Satisfaction.COST, decision)
    assert (outcome.ties, outcome.decided) == ((), (decision,))
    assert outcome.figures["spent"] == 16
