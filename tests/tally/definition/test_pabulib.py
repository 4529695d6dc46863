"""Votes from .pb files: Toulouse 2022 whole, and files that cannot become a vote."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from keys.election.forms import Shape
from keys.findings import Misuse, Refused
from tally.count.files.pb import PbFile, read_pb
from tally.definition.file import read_definition, write_definition
from tally.definition.pabulib import PabulibVote, from_pabulib

DATA = Path(__file__).parents[2] / "data"
SMALL = """META
key;value
country;France
unit;Agen
subunit;{place}
instance;2024
num_projects;3
num_votes;3
budget;1000.0
vote_type;approval
date_begin;01.02.2024
date_end;03.02.2024
max_length;2
PROJECTS
project_id;cost;votes;name
10;500;2;{name}
9;400;0;Des bancs
2;300;2;Un arbre
VOTES
voter_id;vote
b-2;10,2
a-10;2
a-9;10
"""


def small(place: str = "3 - Centre", name: str = "Une fontaine") -> PbFile:
    return read_pb(SMALL.format(place=place, name=name), "small.pb")


@cache
def toulouse() -> PabulibVote:
    paths = sorted((DATA / "toulouse-2022").glob("*.pb"), reverse=True)
    return from_pabulib([(path.name, read_pb(path.read_text(), path.name)) for path in paths])


def test_toulouse_is_twenty_contests_in_order() -> None:
    vote = toulouse()
    definition = vote.definition
    assert definition.title == {"fr": "Budget participatif Toulouse 2022"}
    assert (definition.opens, definition.closes) == ("2022-10-03T08:00", "2022-10-31T20:00")
    assert definition.demonstration
    assert [station.id for station in definition.stations] == [f"{number:02}" for number in range(1, 21)]
    assert [contest.stations for contest in definition.contests] == [(number,) for number in range(20)]
    assert definition.contests[5].id == "saint-cyprien"
    assert {(c.least, c.most, c.terms.budget, c.currency, c.rule, c.form) for c in definition.contests} == {
        (1, 3, 400_000, "EUR", "budget-greedy", "marks")
    }
    assert sum(len(contest.options) for contest in definition.contests) == 199
    assert sum(map(len, vote.electors)) == 7_014


def test_toulouse_choices_give_the_published_votes() -> None:
    vote = toulouse()
    for choices, published in zip(vote.choices, vote.published, strict=True):
        totals = tuple(sum(option in chosen for chosen in choices) for option in range(len(published)))
        assert totals == published
    assert sum(sum(filter(None, published)) for published in vote.published) == 11_606


def test_toulouse_names_are_short_enough_for_every_screen() -> None:
    for contest in toulouse().definition.contests:
        shorts = [option.short_name for option in contest.options]
        assert all(shorts) or not any(shorts)
        for option in contest.options:
            short = (option.short_name or option.name)["fr"]
            assert len(short) <= 60
            assert short == option.name["fr"] or short.endswith("…")


def test_definition_is_the_one_of_its_file() -> None:
    definition = toulouse().definition
    assert read_definition(write_definition(definition), "written")[0] == definition


def test_order_follows_ids_and_says_nothing_of_votes() -> None:
    vote = from_pabulib([("small.pb", small())])
    assert [option.id for option in vote.definition.contests[0].options] == ["2", "9", "10"]
    assert [(e.number, e.reference) for e in vote.electors[0]] == [(1, "a-9"), (2, "a-10"), (3, "b-2")]
    assert vote.choices == (((2,), (0,), (0, 2)),)
    assert vote.published == ((2, 0, 2),)
    assert vote.definition.stations[0].id == "03"


def test_places_without_numbers_and_alike() -> None:
    files = [(name, small(place)) for name, place in (("b.pb", "Centre / Est"), ("a.pb", "Centre / Ouest"))]
    vote = from_pabulib(files)
    assert [(s.id, s.name) for s in vote.definition.stations] == [
        ("01", "Centre / Ouest"),
        ("02", "Centre / Est"),
    ]
    assert [contest.id for contest in vote.definition.contests] == ["centre", "centre-2"]


def test_long_names_that_begin_alike_stay_apart() -> None:
    long = "Des arbres le long de la rue de la République et sur la place, "
    text = SMALL.format(place="Centre", name=long + "au nord").replace("Des bancs", long + "au sud")
    options = from_pabulib([("x.pb", read_pb(text, "x.pb"))]).definition.contests[0].options
    shorts = [(option.short_name or {})["fr"] for option in options]
    assert shorts == [
        "Un arbre",
        "Des arbres le long de la rue de la République et sur la…",
        "Des arbres le long de la rue de la République et sur… (10)",
    ]


def test_points_become_a_contest_of_points() -> None:
    pb = read_pb((DATA / "budgets" / "toulouse-2019.pb").read_text(), "toulouse-2019.pb")
    vote = from_pabulib([("toulouse-2019.pb", pb)])
    contest = vote.definition.contests[0]
    assert (contest.form, contest.least, contest.most, contest.points_each) == ("points", 1, 7, 3)
    shape, selections = Shape.of(contest), vote.selections[0]
    assert len(selections) == 1494
    assert {shape.flaw(selection or shape.blank) for selection in selections} == {None}
    totals = tuple(sum(column) for column in zip(*filter(None, selections), strict=True))
    assert totals == vote.published[0]
    assert vote.choices[0][0] == tuple(at for at, points in enumerate(selections[0]) if points)


def test_other_ballots_are_refused() -> None:
    text = SMALL.replace("vote_type;approval", "vote_type;ordinal").format(place="C", name="F")
    with pytest.raises(Refused, match=r"T-502 .*its ballots are ordinal"):
        from_pabulib([("x.pb", read_pb(text, "x.pb"))])


def test_what_a_definition_cannot_hold_is_refused() -> None:
    with pytest.raises(
        Refused, match=r"T-501 .*\n  contest centre, option 3, name: the same as that of option 1"
    ):
        from_pabulib([("x.pb", small(name="un arbre"))])
    with pytest.raises(Refused, match=r"T-501 .*\n  station 03, id: '03' is used by two stations"):
        from_pabulib([("x.pb", small()), ("y.pb", small("3 - Nord"))])
    points = read_pb((DATA / "budgets" / "tysiaclecie-2024.pb").read_text(), "tysiaclecie-2024.pb")
    with pytest.raises(Refused, match=r"T-501 [^%]*at most 240 in all"):
        from_pabulib([("tysiaclecie-2024.pb", points)])
    big = read_pb((DATA / "budgets" / "ochota-2019.pb").read_text(), "ochota-2019.pb")
    with pytest.raises(Refused, match=r"T-501 .*\n  station 01, electors: 2751 is not within 1 and 2000"):
        from_pabulib([("ochota-2019.pb", big)])


def test_dates() -> None:
    year = SMALL.replace("date_begin;01.02.2024\n", "").replace("03.02.2024", "2025")
    definition = from_pabulib([("x.pb", read_pb(year.format(place="C", name="F"), "x.pb"))]).definition
    assert (definition.opens, definition.closes) == ("2024-01-01T08:00", "2025-12-31T20:00")
    bad = SMALL.replace("03.02.2024", "février")
    with pytest.raises(Refused, match=r"T-502 x\.pb: .*date_end: a date"):
        from_pabulib([("x.pb", read_pb(bad.format(place="C", name="F"), "x.pb"))])


def test_no_file() -> None:
    with pytest.raises(Misuse):
        from_pabulib([])
