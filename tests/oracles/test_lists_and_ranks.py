"""Lists, pairs and grades against votelib and interregnum, and the faults of theirs that we know of."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.rules import Rule, RuleParameters
from tally.count.counting import count
from tally.count.data import RankProfile, Totals, grade_sheets, rankings
from tally.count.files.blt import read_blt
from tests.published.line import text

proportional: Any = import_module("votelib.evaluate.proportional")
condorcet: Any = import_module("votelib.evaluate.condorcet")
cardinal: Any = import_module("votelib.evaluate.cardinal")
core: Any = import_module("votelib.evaluate.core")
convert: Any = import_module("votelib.convert")
averages: Any = import_module("interregnum.methods.singlevote.highest_averages")
transferable: Any = import_module("interregnum.methods.preferential.transferable_vote")

votes_of_lists = st.lists(st.integers(1, 500), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(votes_of_lists, st.integers(1, 30), st.sampled_from([Rule.DHONDT, Rule.SAINTE_LAGUE]))
def test_highest_averages(votes: list[int], places: int, rule: Rule) -> None:
    names = tuple(f"L{index}" for index in range(len(votes)))
    outcome = count(rule, RuleParameters(seats=places), Totals(names, tuple(votes), sum(votes)))
    divisor = "dhondt" if rule is Rule.DHONDT else "sainte_lague"
    result = averages.HighestAveragesAllocator(divisor).calc(
        list(zip(names, votes, strict=True)), places, random_seed=1
    )
    if not result.deterministic:  # it draws lots among equals, also where all of them get a seat
        return
    if (
        outcome.ties
    ):  # its rule for equal quotients is the larger list, for every divisor; ours a lot by German law
        assert rule is Rule.SAINTE_LAGUE
        return
    theirs = {candidate.name: candidate.seats for candidate in result.allocation}
    assert dict(zip(names, outcome.seats, strict=True)) == {name: theirs.get(name, 0) for name in names}
    name = "d_hondt" if rule is Rule.DHONDT else "sainte_lague"
    other = proportional.HighestAverages(name).evaluate(dict(zip(names, votes, strict=True)), places)
    if set(other) <= set(names):  # else it reports equal averages, which the law decides for the larger list
        assert {name: other.get(name, 0) for name in names} == dict(zip(names, outcome.seats, strict=True))


@settings(max_examples=150, deadline=None)
@given(votes_of_lists, st.integers(1, 30))
def test_largest_remainder(votes: list[int], places: int) -> None:
    names = tuple(f"L{index}" for index in range(len(votes)))
    outcome = count(
        Rule.LARGEST_REMAINDER, RuleParameters(seats=places), Totals(names, tuple(votes), sum(votes))
    )
    if outcome.ties:
        return
    theirs = proportional.LargestRemainder("hare").evaluate(dict(zip(names, votes, strict=True)), places)
    assert {name: theirs.get(name, 0) for name in names} == dict(zip(names, outcome.seats, strict=True))


orders = st.lists(st.permutations(range(4)), min_size=1, max_size=15)


def profile_of(votes: list[list[int]]) -> RankProfile:
    return rankings([tuple((option,) for option in order) for order in votes], tuple("ABCD"))


@settings(max_examples=200, deadline=None)
@given(orders)
def test_schulze_where_votelib_sees_one_winner_and_so_do_we(votes: list[list[int]]) -> None:
    profile = profile_of(votes)
    ranked = {tuple("ABCD"[group[0]] for group in ranking): number for ranking, number in profile.groups}
    outcome = count(Rule.SCHULZE, RuleParameters(), profile)
    if outcome.ties:
        return
    theirs = condorcet.Schulze().evaluate(convert.RankedToCondorcetVotes().convert(ranked), 1)
    assert tuple(theirs) == outcome.names


def votelib_grades(sheets: list[tuple[int, ...]]) -> tuple[str, ...]:
    votes: dict[frozenset[tuple[str, int]], int] = {}
    for sheet in sheets:
        key = frozenset(zip("ABC", sheet, strict=True))
        votes[key] = votes.get(key, 0) + 1
    return tuple(cardinal.MajorityJudgment().evaluate(votes, 1))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=1, max_size=12))
def test_majority_judgement_where_one_majority_grade_is_the_highest(
    sheets: list[tuple[int, int, int]],
) -> None:
    outcome = count(Rule.MAJORITY_JUDGEMENT, RuleParameters(), grade_sheets(sheets, ("A", "B", "C")))
    highest = sorted(outcome.totals, reverse=True)
    if highest[0] > highest[1]:
        assert votelib_grades(list(sheets)) == outcome.names


def test_votelib_takes_several_middle_grades_away_at_once() -> None:
    """Their fault, shown as theirs: without its middle grade 2, B is left with 1 next to it, and C with 2."""
    sheets = [(1, 2, 1), (1, 3, 1), (2, 1, 2), (2, 1, 2), (2, 1, 2), (2, 2, 2), (2, 3, 3)]
    profile = grade_sheets(sheets, ("A", "B", "C"))
    assert count(Rule.MAJORITY_JUDGEMENT, RuleParameters(), profile).names == ("C",)
    assert votelib_grades(list(sheets)) == ("B",)


def test_votelib_raises_where_grades_are_equal() -> None:
    """Their fault, shown as theirs: a tie is not reported as one."""
    sheets = [(1, 2, 1), (2, 1, 1)]
    profile = grade_sheets(sheets, ("A", "B", "C"))
    assert count(Rule.MAJORITY_JUDGEMENT, RuleParameters(), profile).tied == ("A", "B")
    with pytest.raises(core.VotingSystemError):
        votelib_grades(list(sheets))


def interregnum_stv(profile: RankProfile, seats: int) -> set[str]:
    preference: Any = import_module("interregnum.methods.types.preference").Preference
    votes = [
        preference(number, [profile.options[group[0]] for group in ranking])
        for ranking, number in profile.groups
    ]
    method = transferable.SingleTransferableVoteAllocator("droop", "weighted_inclusive_gregory", "noop")
    result = method.calc(votes, seats, random_seed=1)
    return {candidate.name for candidate in result.allocation if candidate.seats}


def test_interregnum_passes_on_papers_of_an_exact_quota() -> None:
    """Their fault, shown as theirs: elected with a surplus of 0, A still passes on every paper at full value."""
    groups = ((((0,), (2,)), 34), (((1,),), 33), (((2,),), 32), (((3,), (1,)), 1))
    profile = RankProfile(tuple("ABCD"), groups)
    assert set(count(Rule.STV_SCOTTISH, RuleParameters(seats=2), profile).names) == {"A", "B"}
    assert interregnum_stv(profile, 2) == {"A", "C"}


@pytest.mark.parametrize("ward", ["calton", "craigton", "govan", "langside", "springburn"])
def test_wards_of_glasgow(ward: str) -> None:
    file = read_blt(text(f"glasgow-2007/{ward}.blt"), ward)
    outcome = count(Rule.STV_SCOTTISH, RuleParameters(seats=file.seats), file.profile)
    assert interregnum_stv(file.profile, file.seats) == set(outcome.names)
