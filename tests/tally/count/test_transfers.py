"""Counts by transfers: known faults of others, ties, conservation of votes at every stage."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.rules import Rule, RuleParameters
from tally.count.counting import count
from tally.count.data import RankProfile, rankings
from tally.count.outcome import Outcome, Reason, TieDecision

LETTERS = "ABCDEF"


def ballots(*groups: str, options: int = 4, blank: int = 0, withdrawn: str = "") -> RankProfile:
    """Rankings such as "34 A>C" or "2 A=B>C"."""
    found = []
    for group in groups:
        number, order = group.split(" ")
        ranking = tuple(
            tuple(LETTERS.index(letter) for letter in rank.split("=")) for rank in order.split(">")
        )
        found.append((ranking, int(number)))
    gone = frozenset(LETTERS.index(letter) for letter in withdrawn)
    return RankProfile(tuple(LETTERS[:options]), tuple(sorted(found)), blank=blank, withdrawn=gone)


def stv(profile: RankProfile, seats: int, *decisions: TieDecision, rule: Rule = Rule.STV_SCOTTISH) -> Outcome:
    return count(rule, RuleParameters(seats=seats), profile, decisions)


def irv(profile: RankProfile, *decisions: TieDecision) -> Outcome:
    return count(Rule.IRV, RuleParameters(), profile, decisions)


def test_exactly_the_quota_passes_nothing_on() -> None:
    """Interregnum 0.4: a surplus of exactly 0 passed on every paper at full value and elected A, C."""
    outcome = stv(ballots("34 A>C", "33 B", "32 C", "1 D>B"), 2)
    assert outcome.figures["quota"] == 34
    assert outcome.names == ("A", "B")


def test_exhausted_papers_are_nobody() -> None:
    """Votelib: exhausted papers stood among the candidates, and two of them fell at once."""
    outcome = stv(ballots("9 A", "5 B", "4 C>B", "6 D"), 1)
    excluded = [str(stage.title) for stage in outcome.rounds]
    assert excluded[1] == "Exclusion of C"
    assert excluded[2] == "Exclusion of D"
    assert outcome.names == ("A",)


def test_surplus_is_cut_to_five_places() -> None:
    outcome = stv(ballots("7 A>B", "2 B", "3 C", "1 D"), 2)
    assert outcome.figures["quota"] == 5
    second = {row[0]: row[1] for row in outcome.rounds[1].rows}
    assert second["B"] == 2 + 7 * Fraction(28571, 100_000)
    assert second["Lost to rounding"] == 2 - 7 * Fraction(28571, 100_000)


def test_equals_by_the_last_stage_at_which_they_differed() -> None:
    profile = ballots("7 A", "6 B", "4 C>D", "5 D", "1 E>C", options=5)
    outcome = stv(profile, 2)
    said = " ".join(str(s) for stage in outcome.rounds for s in stage.sentences)
    assert "last stage at which they differed names C" in said
    assert not outcome.ties


def test_equal_at_every_stage_is_a_tie_for_exclusion() -> None:
    profile = ballots("5 A", "3 B>A", "3 C>A", "4 D")
    outcome = stv(profile, 1)
    (tie,) = outcome.ties
    assert (tie.step, tie.options) == ("stage-2-exclude", (1, 2))
    decided = stv(profile, 1, TieDecision(tie.step, (2, 1), Reason.LOT))
    assert str(decided.rounds[1].title) == "Exclusion of B"
    assert decided.names == ("A",)


def test_withdrawn_options_are_passed_over_and_never_win() -> None:
    profile = ballots("6 A>B", "2 B", "5 C", withdrawn="A")
    for rule in (Rule.STV_SCOTTISH, Rule.STV_MEEK, Rule.SCHULZE):
        assert stv(profile, 1, rule=rule).names == ("B",)
    assert irv(profile).names == ("B",)


@pytest.mark.parametrize("rule", [Rule.STV_SCOTTISH, Rule.STV_MEEK, Rule.SCHULZE, Rule.IRV])
def test_what_is_passed_over_is_said(rule: Rule) -> None:
    profile = ballots("6 A>B", "2 B>A", "5 C", "1 B", withdrawn="A")
    parameters = RuleParameters() if rule is Rule.IRV else RuleParameters(seats=1)
    text = "Ballots that rank a withdrawn option, which is passed over: 8."
    said = {str(line) for each in count(rule, parameters, profile).rounds for line in each.sentences}
    assert text in said
    whole = count(rule, parameters, replace(profile, withdrawn=frozenset()))
    assert text not in {str(line) for each in whole.rounds for line in each.sentences}


def test_shared_ranks_end_a_paper_and_are_said() -> None:
    outcome = stv(ballots("5 A", "4 B", "2 C>A=B", "1 A=C"), 1)
    said = " ".join(str(s) for s in outcome.rounds[0].sentences)
    assert "Ballots without a single first preference, which do not count: 1." in said
    assert "Ballots that rank several options alike, which count only up to there: 2." in said
    assert outcome.figures["quota"] == 11 // 2 + 1
    assert outcome.figures["unclear"] == 1


@pytest.mark.parametrize("rule", [Rule.STV_SCOTTISH, Rule.STV_MEEK])
def test_no_ballots_elect_nobody(rule: Rule) -> None:
    outcome = stv(RankProfile(("A", "B"), (), blank=3), 1, rule=rule)
    assert (outcome.winners, outcome.ties) == ((), ())
    assert irv(RankProfile(("A", "B"), (), blank=3)).winners == ()


def test_meek_keeps_only_what_is_needed() -> None:
    outcome = stv(ballots("4 A>B", "2 C", options=3), 2, rule=Rule.STV_MEEK)
    assert set(outcome.names) == {"A", "C"}
    keeps = {row[0]: row[2] for row in outcome.rounds[1].rows}
    assert keeps["A"] == Fraction(500_000_001, 10**9)


def test_meek_ties_within_the_surplus() -> None:
    outcome = stv(ballots("4 A", "3 B", "3 C", options=3), 1, rule=Rule.STV_MEEK)
    (tie,) = outcome.ties
    assert (tie.step, tie.options) == ("round-1-exclude", (1, 2))
    decided = stv(
        ballots("4 A", "3 B>C", "3 C", options=3),
        1,
        TieDecision(tie.step, (2, 1), Reason.LOT),
        rule=Rule.STV_MEEK,
    )
    assert decided.names == ("C",)


def test_run_off_excludes_small_equals_together() -> None:
    outcome = irv(ballots("5 A", "4 B", "1 C>B", "1 D>B"))
    assert not outcome.ties
    assert outcome.names == ("B",)
    assert len(outcome.rounds) == 2


def test_run_off_ties_where_it_matters() -> None:
    profile = ballots("4 A", "3 B>C", "3 C>A", options=3)
    outcome = irv(profile)
    assert (outcome.tied, outcome.ties[0].step) == (("B", "C"), "round-1-exclude")
    assert irv(profile, TieDecision("round-1-exclude", (1, 2), Reason.LOT)).names == ("A",)
    assert irv(profile, TieDecision("round-1-exclude", (2, 1), Reason.LOT)).names == ("C",)
    assert irv(ballots("2 A", "2 B", options=2)).tied == ("A", "B")


ranking = st.permutations(range(5)).flatmap(
    lambda order: st.integers(1, 5).map(lambda length: tuple(order[:length]))
)
electorate = st.lists(ranking, min_size=1, max_size=40)


def decide(rule: Rule, seats: int, profile: RankProfile) -> Outcome:
    """Count to the end, equals in the order of the question."""
    decisions: list[TieDecision] = []
    outcome = stv(profile, seats, rule=rule)
    while outcome.ties:
        decisions.append(TieDecision(outcome.ties[0].step, outcome.ties[0].options, Reason.LOT))
        outcome = stv(profile, seats, *decisions, rule=rule)
    return outcome


@settings(max_examples=120, deadline=None)
@given(electorate, st.integers(1, 4), st.sampled_from([1, 2**15, 2**31 - 1, 2**53 + 1]))
def test_votes_are_conserved_at_every_stage(votes: list[tuple[int, ...]], seats: int, factor: int) -> None:
    once = rankings((tuple((option,) for option in order) for order in votes), tuple("ABCDE"))
    profile = RankProfile(once.options, tuple((order, number * factor) for order, number in once.groups))
    scottish = decide(Rule.STV_SCOTTISH, seats, profile)
    assert len(scottish.winners) == seats
    for stage in scottish.rounds:
        assert sum(row[1] for row in stage.rows) == profile.valid  # type: ignore[misc]
        assert all(row[1] >= 0 for row in stage.rows)  # type: ignore[operator]
    meek = decide(Rule.STV_MEEK, seats, profile)
    assert len(meek.winners) == seats
    for stage in meek.rounds[:-1]:
        rest = stage.sentences[-1].args["rest"]
        assert sum(row[1] for row in stage.rows) + rest == profile.valid  # type: ignore[misc, operator]


@settings(max_examples=120, deadline=None)
@given(electorate)
def test_run_off_conserves_votes_and_elects_a_majority(votes: list[tuple[int, ...]]) -> None:
    profile = rankings((tuple((option,) for option in order) for order in votes), tuple("ABCDE"))
    outcome = irv(profile)
    for each in outcome.rounds:
        assert sum(row[1] for row in each.rows) == profile.valid  # type: ignore[misc]
    if outcome.winners:
        last = {row[0]: row[1] for row in outcome.rounds[-1].rows}
        assert 2 * last[outcome.names[0]] > sum(v for name, v in last.items() if name != "Exhausted")  # type: ignore[operator, misc]
