"""Schulze: the paper's example, ties, agreement with chains found naively."""

from __future__ import annotations

from itertools import pairwise as pairwise_steps
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.rules import Rule, RuleParameters
from tally.count.counting import count
from tally.count.data import Ranking, RankProfile, rankings
from tally.count.outcome import Reason, TieDecision
from tally.count.schulze import pairwise

PAPER = (
    (5, "ACBED"),
    (5, "ADECB"),
    (8, "BEDAC"),
    (3, "CABED"),
    (7, "CAEBD"),
    (2, "CBADE"),
    (7, "DCEBA"),
    (8, "EBADC"),
)


def paper() -> RankProfile:
    groups = tuple(sorted((tuple(("ABCDE".index(c),) for c in order), number) for number, order in PAPER))
    return RankProfile(tuple("ABCDE"), groups)


def test_example_of_the_paper() -> None:
    """Schulze 2011, section 3: 45 voters, five candidates, E > A > C > B > D."""
    outcome = count(Rule.SCHULZE, RuleParameters(seats=5), paper())
    assert outcome.names == ("E", "A", "C", "B", "D")
    table = pairwise(paper())
    assert table[0] == [0, 20, 26, 30, 22]
    chains = {row[0]: row[1:] for row in outcome.rounds[1].rows}
    assert chains["A"] == ("", 28, 28, 30, 24)
    assert chains["E"] == (25, 28, 28, 31, "")


def test_cycle_of_equal_strength_is_a_tie() -> None:
    profile = rankings([((0,), (1,), (2,)), ((1,), (2,), (0,)), ((2,), (0,), (1,))], tuple("ABC"))
    outcome = count(Rule.SCHULZE, RuleParameters(), profile)
    assert outcome.tied == ("A", "B", "C")
    decided = count(Rule.SCHULZE, RuleParameters(), profile, [TieDecision("place-1", (1, 2, 0), Reason.LOT)])
    assert decided.names == ("B",)


def test_shared_ranks_prefer_neither_and_unranked_are_last() -> None:
    profile = rankings([((0, 1),), ((1,), (0,))], tuple("ABC"))
    assert pairwise(profile) == [[0, 0, 2], [1, 0, 2], [0, 0, 0]]
    outcome = count(Rule.SCHULZE, RuleParameters(seats=3), profile)
    assert outcome.names == ("B", "A")


weak = st.lists(st.integers(0, 3), min_size=4, max_size=4).map(
    lambda ranks: tuple(
        group
        for rank in sorted(set(ranks))
        if (group := tuple(option for option in range(4) if ranks[option] == rank)) and rank < 3
    )
)


@settings(max_examples=200, deadline=None)
@given(st.lists(weak.filter(bool), min_size=1, max_size=7))
def test_winners_are_those_whom_no_stronger_chain_beats(votes: list[Ranking]) -> None:
    profile = rankings(votes, tuple("ABCD"))
    table = pairwise(profile)

    def chain(start: int, end: int) -> int:
        others = [option for option in range(4) if option not in {start, end}]
        best = 0
        for length in range(3):
            for middle in permutations(others, length):
                way = (start, *middle, end)
                steps = [table[a][b] if table[a][b] > table[b][a] else 0 for a, b in pairwise_steps(way)]
                best = max(best, min(steps))
        return best

    ranked = {option for ranking in votes for group in ranking for option in group}
    unbeaten = {a for a in ranked if not any(chain(b, a) > chain(a, b) for b in ranked if b != a)}
    outcome = count(Rule.SCHULZE, RuleParameters(), profile)
    found = set(outcome.winners) | {option for tie in outcome.ties for option in tie.options}
    assert found == unbeaten
    assert bool(outcome.ties) == (len(unbeaten) > 1)
