"""Seats for lists: exact averages, thresholds, ties, the bonus of the list ahead."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.rules import Base, Rule, RuleParameters, TiePolicy
from tally.count.counting import count
from tally.count.data import Totals
from tally.count.outcome import Outcome, Reason, TieDecision

LISTS = (Rule.DHONDT, Rule.SAINTE_LAGUE, Rule.LARGEST_REMAINDER, Rule.MAJORITY_BONUS)


def lists(*votes: int, blank: int = 0, invalid: int = 0) -> Totals:
    names = tuple(f"L{index}" for index in range(len(votes)))
    return Totals(names, votes, sum(votes) + blank + invalid, blank, invalid, most=1)


def seats(rule: Rule, places: int, data: Totals, **more: Fraction) -> tuple[int, ...]:
    outcome = count(rule, RuleParameters(seats=places, **more), data)  # type: ignore[arg-type]
    assert not outcome.ties
    return outcome.seats


def test_textbook_examples() -> None:
    data = lists(53_000, 24_000, 23_000)
    assert seats(Rule.DHONDT, 7, data) == (4, 2, 1)
    assert seats(Rule.SAINTE_LAGUE, 7, data) == (3, 2, 2)
    assert seats(Rule.LARGEST_REMAINDER, 7, data) == (4, 2, 1)


def test_alabama_paradox_of_the_largest_remainder() -> None:
    data = lists(6, 6, 2)
    assert seats(Rule.LARGEST_REMAINDER, 10, data) == (4, 4, 2)
    assert seats(Rule.LARGEST_REMAINDER, 11, data) == (5, 5, 1)


def test_barcelona_differs_from_integer_division() -> None:
    votes = (174122, 134193, 104475, 62979, 33900)
    assert seats(Rule.DHONDT, 41, lists(*votes)) == (14, 11, 9, 5, 2)
    assert (
        votes[2] // 9 == votes[0] // 15
    )  # whole quotients stand equal: the larger list would take the last seat
    assert Fraction(votes[2], 9) > Fraction(votes[0], 15)


def test_threshold_is_reached_by_exactly_the_share() -> None:
    share = {"threshold": Fraction(1, 20)}
    assert seats(Rule.DHONDT, 20, lists(950, 50), **share) == (19, 1)
    assert seats(Rule.DHONDT, 20, lists(951, 49), **share) == (20, 0)


def test_threshold_of_valid_and_blank() -> None:
    data = lists(940, 50, blank=30)
    with_blank = RuleParameters(seats=20, threshold=Fraction(1, 20), threshold_base=Base.VALID_OR_BLANK)
    assert count(Rule.DHONDT, with_blank, data).seats == (20, 0)
    assert seats(Rule.DHONDT, 20, data, threshold=Fraction(1, 20)) == (19, 1)


@pytest.mark.parametrize("rule", LISTS)
def test_single_list_takes_every_seat(rule: Rule) -> None:
    assert seats(rule, 9, lists(1, blank=700)) == (9,)


@pytest.mark.parametrize("rule", LISTS)
def test_no_votes_no_seats(rule: Rule) -> None:
    outcome = count(rule, RuleParameters(seats=9), lists(0, 0, blank=7))
    assert (outcome.seats, outcome.winners, outcome.ties) == ((0, 0), (), ())


@pytest.mark.parametrize("rule", LISTS[:3])
def test_same_votes_and_an_odd_seat_are_a_tie(rule: Rule) -> None:
    data = lists(100, 100)
    outcome = count(rule, RuleParameters(seats=3), data)
    (tie,) = outcome.ties
    assert (outcome.seats, tie.options, tie.places) == ((1, 1), (0, 1), 1)
    decided = count(rule, RuleParameters(seats=3), data, [TieDecision(tie.step, (1, 0), Reason.LOT)])
    assert decided.seats == (1, 2)
    assert decided.winners == (1, 0)


def test_equal_averages_of_unequal_lists() -> None:
    data = lists(60, 30)
    assert seats(Rule.DHONDT, 2, data) == (2, 0)
    sentences = count(Rule.DHONDT, RuleParameters(seats=2), data).rounds[0].sentences
    assert "the one with more votes comes first" in str(sentences[0])
    assert count(Rule.SAINTE_LAGUE, RuleParameters(seats=2), lists(90, 30)).tied == ("L0", "L1")


def test_law_puts_the_larger_first_then_the_lot_between_the_others() -> None:
    data = lists(60, 30, 30)
    outcome = count(Rule.DHONDT, RuleParameters(seats=3), data)
    assert outcome.seats == (2, 0, 0)
    assert outcome.ties[0].options == (1, 2)
    assert outcome.ties[0].step == "seat-3"


def bonus(places: int, *votes: int, **more: object) -> Outcome:
    return count(Rule.MAJORITY_BONUS, RuleParameters(seats=places, **more), lists(*votes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("places", "votes", "expected"),
    [
        (9, (400, 350, 250), (7, 1, 1)),
        (9, (590, 410), (7, 2)),
        (9, (600, 400), (8, 1)),
        (10, (600, 400), (8, 2)),
        (3, (600, 400), (2, 1)),
        (9, (590, 361, 49), (8, 1, 0)),
        (9, (550, 400, 50), (7, 2, 0)),
    ],
    ids=["three lists", "two lists", "equal averages", "even", "three seats", "below 5 %", "5 % but no seat"],
)
def test_half_of_the_seats_to_the_list_ahead(
    places: int, votes: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert bonus(places, *votes).seats == expected


def test_bonus_and_threshold_can_be_stated() -> None:
    assert bonus(20, 960, 40).seats == (20, 0)
    assert bonus(60, 960, 40, threshold=Fraction(0)).seats == (59, 1)
    assert bonus(20, 500, 500 - 20, bonus=Fraction(1, 4)).seats == (13, 7)


def test_lists_equal_at_the_head() -> None:
    tied = bonus(9, 300, 300, 100)
    assert (tied.tied, tied.seats) == (("L0", "L1"), (0, 0, 0))
    eldest = bonus(9, 300, 300, 100, ties=TiePolicy.AGE, tie_order=(1, 0, 2))
    assert eldest.seats[1] > eldest.seats[0]
    assert eldest.decided[0].reason is Reason.AGE


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(LISTS),
    st.lists(st.integers(0, 40), min_size=1, max_size=6),
    st.integers(1, 25),
    st.fractions(0, Fraction(1, 4), max_denominator=20),
)
def test_all_seats_are_given_or_wait_for_a_tie(
    rule: Rule, votes: list[int], places: int, share: Fraction
) -> None:
    outcome = count(rule, RuleParameters(seats=places, threshold=share), lists(*votes))
    admitted = [v for v in votes if v and v >= share * sum(votes)]
    if outcome.ties:
        assert sum(outcome.seats) + outcome.ties[0].places == places or rule is Rule.MAJORITY_BONUS
    else:
        assert sum(outcome.seats) == (places if admitted else 0)
    for option, won in enumerate(outcome.seats):
        assert not won or (votes[option] and votes[option] >= share * sum(votes))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(1, 20))
def test_dhondt_agrees_with_the_table_of_quotients(votes: list[int], places: int) -> None:
    outcome = count(Rule.DHONDT, RuleParameters(seats=places), lists(*votes))
    quotients = sorted(
        ((Fraction(v, n), v, option) for option, v in enumerate(votes) for n in range(1, places + 1)),
        reverse=True,
    )
    cut = quotients[places - 1][:2]
    beyond = [q for q in quotients[places:] if q[:2] == cut]
    assert bool(outcome.ties) == bool(beyond)
    if not beyond:
        expected = [0] * len(votes)
        for _, _, option in quotients[:places]:
            expected[option] += 1
        assert list(outcome.seats) == expected
