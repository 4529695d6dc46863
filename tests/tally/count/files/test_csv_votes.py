"""Votes as CSV: sums, rankings, grades."""

from __future__ import annotations

import pytest

from keys.findings import Refused
from tally.count.data import GradeProfile, RankProfile, Totals
from tally.count.files.csv_votes import read_csv


def test_sums() -> None:
    data = read_csv("option,votes\nAna,5\n(blank),2\n(invalid),1\nBo,3\n(electors),40\n", "x.csv")
    assert data == Totals(("Ana", "Bo"), (5, 3), ballots=11, blank=2, invalid=1, electors=40)


def test_sums_with_costs_and_several_marks_a_ballot() -> None:
    data = read_csv("Option;Votes;Cost\nTrees;5;100.0\nSwings;5;20\n(ballots);6;\n", "x.csv")
    assert data == Totals(("Trees", "Swings"), (5, 5), ballots=6, costs=(100, 20))


def test_rankings() -> None:
    data = read_csv("count,rank1,rank2,rank3\n3,Ana,Bo,\n2,Cy,Ana=Bo,\n1,,Bo,\n4,,,\n5,Bo,Bo,\n", "x.csv")
    assert isinstance(data, RankProfile)
    assert data.options == ("Ana", "Bo", "Cy")
    assert data.groups == ((((0,), (1,)), 3), (((1,),), 1), (((2,), (0, 1)), 2))
    assert (data.blank, data.invalid) == (4, 5)


def test_rankings_without_numbers() -> None:
    data = read_csv("choice1,choice2\nAna,Bo\nAna,Bo\n", "x.csv")
    assert isinstance(data, RankProfile)
    assert data.groups == ((((0,), (1,)), 2),)


def test_grades() -> None:
    data = read_csv('"",Ana,"Bo, jr"\n17,5,1\n18,5,1\n19,,6\n', "x.csv")
    assert isinstance(data, GradeProfile)
    assert data.options == ("Ana", "Bo, jr")
    assert data.groups == (((0, 6), 1), ((5, 1), 2))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "T-411"),
        ("name,age\nAna,5\n", "T-411"),
        ("option,votes,colour\nAna,5,red\n", "T-411"),
        ("option,votes\nAna,5\nAna,5\n", "T-412"),
        ("option,votes\nAna,-5\n", "T-411"),
        ("option,votes\nAna,5.5\n", "T-411"),
        ("option,votes,cost\nAna,5,1.5\n", "T-413"),
        ("option,votes\nAna,5\n(ballots),4\n", "T-401"),
        ("option,votes\nAna,5,6\n", "T-411"),
        ('option,votes\n"Ana,5\n', "T-411"),
        ("count,rank1,rank3\n1,Ana,Bo\n", "T-411"),
        ("colour,rank1\nred,Ana\n", "T-411"),
        ("count,rank1\nmany,Ana\n", "T-411"),
        ("ballot,Ana,Ana\n1,2,3\n", "T-412"),
        ("ballot,Ana,Bo\n1,good,3\n", "T-411"),
    ],
)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_csv(text, "wrong.csv")
    assert refusal.value.code == code
