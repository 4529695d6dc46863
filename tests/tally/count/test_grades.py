"""Majority judgement against its definition: take the middlemost grade away, one ballot at a time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.rules import Rule, RuleParameters
from keys.findings import Refused
from tally.count.counting import count
from tally.count.data import GradeProfile, grade_sheets
from tally.count.outcome import Reason, TieDecision


def value(grades: list[int]) -> list[int]:
    """The majority value, told naively."""
    left, found = sorted(max(grade, 1) for grade in grades), []
    while left:
        found.append(left.pop((len(left) - 1) // 2))
    return found


@settings(max_examples=300, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda options: st.lists(st.tuples(*[st.integers(0, 4)] * options), min_size=1, max_size=9)
    ),
    st.sampled_from([1, 2, 3]),
)
def test_agrees_with_the_definition(sheets: list[tuple[int, ...]], seats: int) -> None:
    options = tuple("ABCD"[: len(sheets[0])])
    outcome = count(Rule.MAJORITY_JUDGEMENT, RuleParameters(seats=seats), grade_sheets(sheets, options))
    values = [value([sheet[option] for sheet in sheets]) for option in range(len(options))]
    ranked = sorted(values, reverse=True)
    places = min(seats, len(options))
    tied = places < len(options) and ranked[places - 1] == ranked[places]
    assert bool(outcome.ties) == tied
    if tied:
        assert all(values[option] == ranked[places - 1] for option in outcome.ties[0].options)
    sure = [found for found in ranked[:places] if not tied or found > ranked[places]]
    assert [values[option] for option in outcome.winners] == sure


@pytest.mark.parametrize("factor", [1, 2**15, 2**31, 2**53 + 1])
def test_one_ballot_decides_among_any_number(factor: int) -> None:
    groups = (((1, 2), 1), ((2, 1), factor), ((1, 2), factor))
    profile = GradeProfile(("A", "B"), groups)
    assert count(Rule.MAJORITY_JUDGEMENT, RuleParameters(), profile).names == ("B",)
    even = GradeProfile(("A", "B"), groups[1:])
    outcome = count(Rule.MAJORITY_JUDGEMENT, RuleParameters(), even)
    assert outcome.tied == ("A", "B")
    decided = count(
        Rule.MAJORITY_JUDGEMENT, RuleParameters(), even, [TieDecision("place-1", (1, 0), Reason.LOT)]
    )
    assert decided.names == ("B",)


def test_no_grade_is_the_worst_and_shown() -> None:
    profile = grade_sheets([(0, 1), (3, 3)], ("A", "B"))
    outcome = count(Rule.MAJORITY_JUDGEMENT, RuleParameters(grades=("bad", "fair", "good")), profile)
    assert outcome.tied == ("A", "B")
    assert outcome.rounds[0].columns == ("Option", "bad", "fair", "good", "Of these not given")
    assert outcome.rounds[0].rows[0] == ("A", 1, 0, 1, 1)


def test_grade_beyond_the_scale_is_refused() -> None:
    with pytest.raises(Refused, match="T-403"):
        count(
            Rule.MAJORITY_JUDGEMENT,
            RuleParameters(grades=("bad", "good")),
            grade_sheets([(3, 1)], ("A", "B")),
        )


def test_blank_ballots_alone_elect_nobody() -> None:
    outcome = count(Rule.MAJORITY_JUDGEMENT, RuleParameters(), GradeProfile(("A", "B"), (), blank=5))
    assert (outcome.winners, outcome.ties, outcome.figures["ballots"]) == ((), (), 5)
