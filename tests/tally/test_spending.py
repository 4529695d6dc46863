"""A spending limit per voter in the definition: where it can stand, and where a .pb file tells it."""

# ruff: noqa: E501  (the table of mistakes has one line for each)

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.election.forms import Flaw, Shape
from keys.election.rules import Form
from keys.election.verification import Sheets
from keys.findings import Refused
from tally.count.files.pb import PbFile, read_pb
from tally.definition.file import read_definition, write_definition
from tally.definition.pabulib import from_pabulib
from tally.results.judging import judge
from tests.tally.definition.test_definition_file import GREEDY, changed, mistakes, read, warnings
from tests.tally.definition.test_pabulib import SMALL

OCHOTA = Path(__file__).parents[1] / "data" / "budgets" / "ochota-2019.pb"
FORM = 'form = "whole-approvals"\n'
LIMIT = f"{FORM}spend = 200000\nchoose = [1, 3]"
SPENDING = changed(("choose = [1, 3]", LIMIT))


def limited(*changes: tuple[str, str]) -> str:
    return changed(("choose = [1, 3]", LIMIT), *changes)


def test_a_limit_is_read_and_written() -> None:
    definition, notes = read_definition(SPENDING, "election.toml")
    contest = definition.contests[0]
    assert (contest.form, contest.spend, contest.most, notes) == ("whole-approvals", 200_000, 3, ())
    assert Shape.of(contest).spend == 200_000
    assert "spend = 200000\n" in write_definition(definition)
    assert read(write_definition(definition)) == definition
    assert read(limited(("200000", "200000.0"))) == definition
    assert "spend" not in write_definition(read())


def test_with_a_limit_nobody_need_say_how_many() -> None:
    contest = read(limited(("\nchoose = [1, 3]", ""))).contests[0]
    assert (contest.least, contest.most) == (1, 3)


MISTAKES = {
    "of marks": (limited((FORM, "")), 'spend: no ballot of the form marks can be held to a spending limit; write form = "whole-approvals", and every ballot is published'),
    "of points": (limited((FORM, 'form = "points"\npoints_each = 1\n')), "spend: no ballot of the form points can be held to"),
    "of ranks": (limited(('rule = "budget-greedy"', 'rule = "ranked-points"'), (FORM, "")), "spend: no ballot of the form whole-ranks can be held to a spending limit; the rule ranked-points has no ballots of approvals"),
    "below the cheapest": (limited(("200000", "13999")), "spend: the cheapest option costs 14000, more than the limit of 13999: nobody could vote"),
    "below the cheapest two": (limited(("200000", "113999"), ("[1, 3]", "[2, 3]")), "spend: the 2 cheapest options cost 114000, more than the limit of 113999: nobody could vote"),
    "without a cost": (limited(("  cost = 14000\n", "")), "option 2, cost: missing, as money is shared out"),
    "without a currency": (limited(('currency = "EUR"\n', "")), "currency: missing"),
    "in words": (limited(("200000", '"much"')), "spend: 'much' is not a whole number"),
    "below 0": (limited(("200000", "-1")), "spend: -1 is not within 0 and"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_limit_that_cannot_be_kept_is_refused(name: str) -> None:
    text, expected = MISTAKES[name]
    (found,) = mistakes(text)
    assert found.startswith(f"{GREEDY}, {expected}"), found


def test_the_cheapest_ballot_may_cost_exactly_the_limit() -> None:
    assert read(limited(("200000", "14000"))).contests[0].spend == 14_000
    assert read(limited(("200000", "114000"), ("[1, 3]", "[2, 3]"))).contests[0].spend == 114_000


def test_what_the_day_may_regret() -> None:
    option = f"{GREEDY}, option 1, cost: more than a voter may spend: nobody can choose it"
    assert warnings(limited(("200000", "174999"))) == [option]
    assert warnings(limited(("200000", "289000"))) == [
        f"{GREEDY}, spend: all options together cost no more: it limits nothing"
    ]
    assert warnings(limited(("200000", "288999"))) == []
    assert warnings(limited(("budget = 400000.0", "budget = 199999"))) == [
        f"{GREEDY}, spend: 200000 is more than the whole budget, 199999"
    ]
    (few,) = warnings(limited(("electors = 436", "electors = 5")))
    assert few.startswith(
        f"{GREEDY}, choose: a ballot can be filled in up to 6 ways by 5 electors, and every ballot"
    )
    assert warnings(limited(("electors = 436", "electors = 5"), ("200000", "175000")))
    assert warnings(limited(("electors = 436", "electors = 6"))) == []


def pb(*changes: tuple[str, str]) -> PbFile:
    text = SMALL.format(place="3 - Centre", name="Une fontaine")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_pb(text, "small.pb")


def test_a_pb_file_tells_its_limit() -> None:
    contest = from_pabulib([("small.pb", pb(("max_length;2", "max_sum_cost;800.0")))]).definition.contests[0]
    assert (contest.form, contest.spend, contest.least, contest.most) == ("whole-approvals", 800, 1, 3)
    plain = from_pabulib([("small.pb", pb())]).definition.contests[0]
    assert (plain.form, plain.spend) == ("marks", None)


def test_a_limit_that_no_ballot_can_pass_is_none() -> None:
    for written, form in (("1200", "marks"), ("1199", "whole-approvals")):
        vote = from_pabulib([("small.pb", pb(("max_length;2", f"max_sum_cost;{written}")))])
        assert vote.definition.contests[0].form == form


def test_limits_that_no_definition_can_say_are_refused() -> None:
    least = ("max_length;2", "min_sum_cost;300")
    assert from_pabulib([("small.pb", pb(least))]).definition.contests[0].spend is None
    with pytest.raises(Refused, match=r"T-502 small\.pb: .*min_sum_cost: no vote asks"):
        from_pabulib([("small.pb", pb(least, ("9;400;0", "9;299;0")))])
    points = [("vote_type;approval", "vote_type;cumulative"), ("voter_id;vote", "voter_id;vote;points")]
    points += [("b-2;10,2", "b-2;10,2;1,1"), ("a-10;2", "a-10;2;1"), ("a-9;10", "a-9;10;1")]
    assert from_pabulib([("small.pb", pb(*points))]).definition.contests[0].form == "points"
    with pytest.raises(Refused, match=r"T-502 small\.pb: .*max_sum_cost: ballots that are cumulative"):
        from_pabulib([("small.pb", pb(*points, ("max_length;2", "max_sum_cost;800")))])


def test_ochota_2019_is_a_vote_with_its_limit() -> None:
    """Real: 2,751 ballots, no project chosen beyond 550,560; one spends exactly that."""
    text = OCHOTA.read_text("utf-8")
    file = read_pb(text, OCHOTA.name)
    spent = [sum(file.projects[option].cost for option in voter.approvals) for voter in file.voters]
    assert (max(spent), spent.count(550_560), len(spent)) == (550_560, 1, 2751)
    assert file.limit("max_sum_cost") == file.budget == 550_560
    with pytest.raises(
        Refused, match=r"T-412 .*line .*: a ballot whose projects cost 550560, but max_sum_cost is 550559"
    ):
        read_pb(text.replace("max_sum_cost;550560", "max_sum_cost;550559"), OCHOTA.name)


ballots = st.lists(st.lists(st.integers(0, 1), min_size=6, max_size=6).map(tuple), max_size=40)
prices = st.lists(st.integers(0, 100), min_size=6, max_size=6).map(tuple)


@settings(max_examples=200, deadline=None)
@given(ballots, prices, st.integers(0, 600), st.randoms(use_true_random=False))
def test_what_is_counted_is_what_keeps_the_limit_in_any_order(
    cast: list[tuple[int, ...]], costs: tuple[int, ...], spend: int, order: Random
) -> None:
    shape = Shape(Form.APPROVALS, 6, 1, 6, 1, spend, costs)
    free = replace(shape, spend=None)
    names = tuple("ABCDEF")
    kept = [
        ballot
        for ballot in cast
        if sum(cost for cost, tick in zip(costs, ballot, strict=True) if tick) <= spend
    ]
    shuffled = order.sample(cast, len(cast))
    values = tuple(free.choices(ballot) for ballot in shuffled)
    profile, flaws = judge(shape, Sheets(values, (True,) * len(values)), names)
    alone, none = judge(free, Sheets(tuple(map(free.choices, kept)), (True,) * len(kept)), names)
    assert profile == replace(alone, invalid=len(cast) - len(kept))
    assert (flaws, none) == ({Flaw.TOO_DEAR: len(cast) - len(kept)} if len(cast) > len(kept) else {}, {})
