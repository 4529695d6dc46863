"""Plurality, two rounds, yes or no, block, approval: winners, ties, decisions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from keys.election.rules import Base, Rule, RuleParameters, Support, TiePolicy
from keys.findings import Refused
from tally.count.counting import count
from tally.count.data import Totals
from tally.count.outcome import Reason, TieDecision

ABC = ("Ana", "Bo", "Cy")
ONE = RuleParameters()


def totals(
    *votes: int, blank: int = 0, electors: int | None = None, options: tuple[str, ...] = ABC
) -> Totals:
    return Totals(options, votes, ballots=sum(votes) + blank, blank=blank, electors=electors)


def test_most_votes_win() -> None:
    outcome = count(Rule.PLURALITY, ONE, totals(3, 5, 4, blank=2))
    assert outcome.names == ("Bo",)
    assert outcome.tied == ()
    assert outcome.figures["ballots"] == 14
    assert outcome.figures["valid"] == 12


def test_tie_for_first_is_a_result_until_it_is_decided() -> None:
    data = totals(5, 5, 4)
    outcome = count(Rule.PLURALITY, ONE, data)
    assert outcome.names == ()
    assert outcome.tied == ("Ana", "Bo")
    (tie,) = outcome.ties
    assert (tie.step, tie.places) == ("place-1", 1)
    decided = count(Rule.PLURALITY, ONE, data, [TieDecision("place-1", (1, 0), Reason.LOT)])
    assert decided.names == ("Bo",)
    assert decided.ties == ()
    assert any("lot drawn in public" in str(sentence) for sentence in decided.rounds[0].sentences)


@pytest.mark.parametrize(
    ("step", "order"),
    [
        ("place-1", (1, 2)),
        ("place-2", (1, 0)),
        ("place-1", (1,)),
        ("place-1", (1, 0, 2)),
        ("place-1", (1, 1)),
    ],
    ids=["other options", "other step", "one missing", "one too many", "one twice"],
)
def test_decision_that_fits_no_tie_is_refused(step: str, order: tuple[int, ...]) -> None:
    with pytest.raises(Refused, match="T-402"):
        count(Rule.PLURALITY, ONE, totals(5, 5, 4), [TieDecision(step, order, Reason.LOT)])


def test_decision_without_any_tie_is_refused() -> None:
    with pytest.raises(Refused, match="T-402"):
        count(Rule.PLURALITY, ONE, totals(5, 6, 4), [TieDecision("place-1", (0, 1), Reason.LOT)])


def test_order_of_the_definition_decides_and_is_said() -> None:
    eldest = RuleParameters(ties=TiePolicy.AGE, tie_order=(2, 1, 0))
    outcome = count(Rule.PLURALITY, eldest, totals(5, 5, 4))
    assert outcome.names == ("Bo",)
    assert outcome.decided == (TieDecision("place-1", (1, 0), Reason.AGE),)


@pytest.mark.parametrize("rule", [Rule.PLURALITY, Rule.BLOCK, Rule.APPROVAL])
def test_nobody_wins_without_a_vote(rule: Rule) -> None:
    parameters = RuleParameters(seats=2) if rule is Rule.BLOCK else ONE
    outcome = count(rule, parameters, totals(0, 0, 0, blank=4))
    assert (outcome.names, outcome.tied) == ((), ())


def test_block_fills_seats_and_leaves_one_empty_for_want_of_votes() -> None:
    assert count(Rule.BLOCK, RuleParameters(seats=2), totals(3, 5, 4)).names == ("Bo", "Cy")
    assert count(Rule.BLOCK, RuleParameters(seats=3), totals(3, 5, 0)).names == ("Bo", "Ana")


@pytest.mark.parametrize(
    ("votes", "terms", "said"),
    [
        ((3, 5, 4), ONE, "Bo has the most votes, 5 of 12, and is elected."),
        ((0, 0, 0), ONE, "No option has the votes needed; nobody is elected."),
        (
            (3, 5, 4),
            RuleParameters(seats=1, threshold=Fraction(1, 2)),
            "No option has the votes needed; nobody is elected.",
        ),
        (
            (0, 5, 0),
            RuleParameters(seats=2),
            "Places filled: 1 of 2 (Bo); no other option has the votes needed.",
        ),
    ],
    ids=["one place", "no vote", "below the threshold", "a place left"],
)
def test_approval_says_who_won_without_a_wrong_plural(
    votes: tuple[int, ...], terms: RuleParameters, said: str
) -> None:
    assert str(count(Rule.APPROVAL, terms, totals(*votes)).verdict) == said


def test_block_ties_only_at_the_last_seat() -> None:
    assert count(Rule.BLOCK, RuleParameters(seats=2), totals(5, 5, 4)).tied == ()
    outcome = count(Rule.BLOCK, RuleParameters(seats=2), totals(5, 4, 4))
    assert (outcome.names, outcome.tied) == (("Ana",), ("Bo", "Cy"))
    assert outcome.ties[0].step == "place-2"


def test_block_with_several_places_at_stake() -> None:
    data = totals(1, 1, 1)
    (tie,) = count(Rule.BLOCK, RuleParameters(seats=2), data).ties
    assert (tie.step, tie.places) == ("places-1-2", 2)
    decided = count(Rule.BLOCK, RuleParameters(seats=2), data, [TieDecision(tie.step, (2, 0, 1), Reason.LOT)])
    assert decided.names == ("Cy", "Ana")


def test_approval_with_threshold() -> None:
    half = RuleParameters(threshold=Fraction(1, 2))
    data = Totals(ABC, (6, 5, 4), ballots=11, blank=1)
    assert count(Rule.APPROVAL, half, data).names == ("Ana", "Bo")
    of_all = RuleParameters(threshold=Fraction(1, 2), threshold_base=Base.VOTERS)
    assert count(Rule.APPROVAL, of_all, data).names == ("Ana",)


def test_first_round_needs_more_than_half() -> None:
    assert count(Rule.TWO_ROUND, ONE, totals(6, 3, 2)).names == ("Ana",)
    exactly_half = count(Rule.TWO_ROUND, ONE, totals(5, 3, 2))
    assert exactly_half.names == ()
    assert exactly_half.onward == (0, 1)


def test_first_round_also_needs_a_quarter_of_the_electors() -> None:
    quarter = RuleParameters(support=Fraction(1, 4))
    assert count(Rule.TWO_ROUND, quarter, totals(6, 3, 2, electors=24)).names == ("Ana",)
    assert count(Rule.TWO_ROUND, quarter, totals(6, 3, 2, electors=25)).onward == (0, 1)
    with pytest.raises(Refused, match="T-403"):
        count(Rule.TWO_ROUND, quarter, totals(6, 3, 2))


def test_second_round_of_all_above_a_tenth_or_of_the_two_ahead() -> None:
    tenth = RuleParameters(threshold=Fraction(1, 10))
    assert count(Rule.TWO_ROUND, tenth, totals(45, 35, 20)).onward == (0, 1, 2)
    assert count(Rule.TWO_ROUND, tenth, totals(46, 45, 9)).onward == (0, 1)
    tied = count(Rule.TWO_ROUND, ONE, totals(4, 3, 3))
    assert tied.tied == ("Bo", "Cy")


@pytest.mark.parametrize(
    ("yes", "no", "winners"),
    [(6, 5, ("Yes",)), (5, 5, ("No",)), (0, 0, ("No",))],
    ids=["more", "as many", "none"],
)
def test_yes_needs_more_than_no(yes: int, no: int, winners: tuple[str, ...]) -> None:
    data = totals(yes, no, blank=3, options=("Yes", "No"))
    assert count(Rule.YES_NO, ONE, data).names == winners


@pytest.mark.parametrize(
    ("base", "counts", "share", "held"),
    [
        (Base.ELECTORS, Support.VOTERS, Fraction(1, 2), True),
        (Base.ELECTORS, Support.VOTERS, Fraction(51, 100), False),
        (Base.ELECTORS, Support.VALID, Fraction(1, 2), False),
        (Base.ELECTORS, Support.YES, Fraction(1, 4), True),
        (Base.VOTERS, Support.YES, Fraction(1, 2), True),
        (Base.VOTERS, Support.YES, Fraction(2, 3), False),
        (Base.VALID, Support.YES, Fraction(3, 5), True),
        (Base.VALID, Support.YES, Fraction(61, 90), False),
    ],
)
def test_quorum(base: Base, counts: Support, share: Fraction, held: bool) -> None:
    data = Totals(("Yes", "No"), (27, 18), ballots=50, blank=4, invalid=1, electors=100)
    parameters = RuleParameters(quorum=share, quorum_base=base, quorum_counts=counts)
    assert count(Rule.YES_NO, parameters, data).names == (("Yes",) if held else ())


def test_qualified_majority_is_reached_not_passed() -> None:
    data = totals(6, 3, options=("Yes", "No"))
    two_thirds = RuleParameters(majority=Fraction(2, 3), qualified=True)
    assert count(Rule.YES_NO, two_thirds, data).names == ("Yes",)
    assert count(Rule.YES_NO, RuleParameters(majority=Fraction(2, 3)), data).names == ("No",)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Totals(ABC, (1, 2), ballots=3),
        lambda: Totals(("A", "A", "B"), (1, 1, 1), ballots=3),
        lambda: Totals(ABC, (4, 0, 0), ballots=3),
        lambda: Totals(ABC, (3, 0, 0), ballots=3, blank=1),
        lambda: Totals(ABC, (-1, 0, 0), ballots=3),
        lambda: Totals(ABC, (1, 1, 1), ballots=3, blank=2, invalid=2),
        lambda: Totals(ABC, (1, 1, 1), ballots=3, electors=2),
        lambda: Totals(ABC, (2, 2, 2), ballots=3, most=1),
        lambda: Totals(ABC, (1, 1, 1), ballots=3, costs=(1, 2)),
        lambda: Totals((), (), ballots=0),
    ],
)
def test_totals_that_contradict_themselves_are_refused(wrong: Callable[[], Totals]) -> None:
    with pytest.raises(Refused, match="T-401"):
        wrong()
