"""Points by rank: Borda, and Talence's exactly three while the money lasts."""

from __future__ import annotations

from dataclasses import replace

from keys.election.rules import Rule, RuleParameters
from tally.count.counting import count
from tally.count.data import RankProfile, rankings

ORDERS = [((0,), (1,), (2,)), ((0,), (2,), (1,)), ((1,), (2,), (3,)), ((3,), (0,), (1,))]
THREE = RuleParameters(exactly=3)


def profile(*more: tuple[tuple[int, ...], ...]) -> RankProfile:
    return rankings([*ORDERS, *more], tuple("ABCD"))


def test_three_points_two_one() -> None:
    outcome = count(Rule.RANKED_POINTS, replace(THREE, seats=2), profile())
    assert outcome.totals == (8, 7, 5, 4) or sum(outcome.totals) == 24
    assert outcome.totals == (3 + 3 + 0 + 2, 2 + 1 + 3 + 1, 1 + 2 + 2, 1 + 3)
    assert outcome.names == ("A", "B")


def test_without_a_number_it_is_bordas_count() -> None:
    outcome = count(Rule.RANKED_POINTS, RuleParameters(), rankings([((0,), (1,)), ((1,),)], tuple("ABC")))
    assert outcome.totals == (3, 2 + 3, 0)
    assert outcome.names == ("B",)


def test_ballots_that_do_not_rank_exactly_three_are_counted_as_invalid() -> None:
    outcome = count(
        Rule.RANKED_POINTS, THREE, profile(((0,),), ((0,), (1, 2), (3,)), ((0,), (1,), (2,), (3,)))
    )
    assert outcome.figures["invalid"] == 3
    assert outcome.figures["valid"] == 4
    assert outcome.figures["ballots"] == 7
    assert "Ballots that do not rank as the rule requires: 3." in str(outcome.rounds[0].sentences[0])


def test_winners_in_order_of_points_while_the_money_lasts() -> None:
    data = replace(profile(), costs=(50, 40, 20, 10))
    money = replace(THREE, budget=100)
    assert count(Rule.RANKED_POINTS, money, data).names == ("A", "B")
    assert count(Rule.RANKED_POINTS, replace(money, max_winners=1), data).names == ("A",)
    outcome = count(Rule.RANKED_POINTS, replace(money, budget=120), data)
    assert outcome.names == ("A", "B", "C", "D")
    assert outcome.figures["left"] == 0


def test_stated_points() -> None:
    outcome = count(Rule.RANKED_POINTS, RuleParameters(points=(10, 1)), profile())
    assert outcome.totals == (10 + 10 + 1, 1 + 10, 1 + 1, 10)


def test_equal_points_for_the_last_place_are_a_tie() -> None:
    data = rankings([((0,), (1,)), ((1,), (0,))], ("A", "B"))
    assert count(Rule.RANKED_POINTS, RuleParameters(), data).tied == ("A", "B")
