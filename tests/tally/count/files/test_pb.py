"""The .pb reader: real files agree with themselves; every lie is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.findings import Refused
from tally.count.files.pb import read_pb

DATA = Path(__file__).parents[3] / "data"
FILES = sorted(DATA.glob("*/*.pb"))

GOOD = """META
key;value
num_projects;3
num_votes;3
budget;1000.0
vote_type;approval
max_length;2
PROJECTS
project_id;cost;votes;name
1;100;2;Trees
2;200.00;1;"A ""quiet""; street"
3;300;0;Swings
VOTES
voter_id;vote
a;1,2
b;1
c;
"""


def test_all_real_files_are_read() -> None:
    assert len(FILES) == 26
    assert (
        sum(len(read_pb(path.read_bytes().decode(), path.name).voters) for path in FILES)
        == 2751 + 2718 + 2602 + 2553 + 1494 + 7014 + 4532
    )


def test_toulouse_2022_has_the_published_votes() -> None:
    files = [read_pb(path.read_bytes().decode(), path.name) for path in DATA.glob("toulouse-2022/*.pb")]
    assert len(files) == 20
    assert sum(len(file.voters) for file in files) == 7014
    assert sum(len(file.projects) for file in files) == 199
    assert sum(sum(file.votes()) for file in files) == 11606
    for file in files:
        assert file.votes() == tuple(project.votes for project in file.projects)
        assert file.budget == 400_000


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_small_file(ending: str, mark: str) -> None:
    file = read_pb(mark + GOOD.replace("\n", ending), "small.pb")
    assert [project.name for project in file.projects] == ["Trees", 'A "quiet"; street', "Swings"]
    assert [project.cost for project in file.projects] == [100, 200, 300]
    assert [voter.approvals for voter in file.voters] == [(0, 1), (0,), ()]
    assert file.votes() == (2, 1, 0)
    assert file.limit("max_length") == 2


LIES = {
    "fewer votes than stated": ("num_votes;3", "num_votes;4", "T-412"),
    "fewer projects than stated": ("num_projects;3", "num_projects;4", "T-412"),
    "unknown project": ("b;1\n", "b;7\n", "T-412"),
    "project twice on a ballot": ("a;1,2", "a;1,1", "T-412"),
    "project listed twice": ("2;200.00", "1;200.00", "T-412"),
    "voter twice": ("b;1\n", "a;1\n", "T-412"),
    "votes column too high": ("1;100;2", "1;100;3", "T-412"),
    "more projects than max_length": ("a;1,2", "a;1,2,3", "T-412"),
    "budget not whole": ("budget;1000.0", "budget;1000.5", "T-413"),
    "cost not whole": ("1;100;", "1;100.01;", "T-413"),
    "cost negative": ("1;100;", "1;-100;", "T-411"),
    "budget missing": ("budget;1000.0\n", "", "T-411"),
    "budget twice": ("budget;1000.0\n", "budget;1000.0\nbudget;2000\n", "T-411"),
    "more after a count": ("num_votes;3", "num_votes;3;4", "T-411"),
    "more after the budget": ("budget;1000.0", "budget;1000.0;1", "T-411"),
    "limits that no ballot meets": ("max_length;2", "min_length;3\nmax_length;2", "T-412"),
    "more to choose than there is": ("max_length;2", "min_length;4", "T-412"),
    "a ballot over the spending limit": ("max_length;2", "max_sum_cost;299", "T-412"),
    "a ballot below the least to spend": ("max_length;2", "min_sum_cost;101", "T-412"),
    "a spending limit that no ballot meets": ("max_length;2", "max_sum_cost;99.0", "T-412"),
    "a spending limit below two projects": ("max_length;2", "min_length;2\nmax_sum_cost;299", "T-412"),
    "a spending limit below the least": ("max_length;2", "max_sum_cost;300\nmin_sum_cost;301", "T-412"),
    "a spending limit not whole": ("max_length;2", "max_sum_cost;300.5", "T-413"),
    "a spending limit in words": ("max_length;2", "max_sum_cost;all", "T-411"),
    "limit in words": ("max_length;2", "max_length;two", "T-411"),
    "project named by a digit of another script": ("b;1\n", "b;١\n", "T-412"),
    "budget in words": ("budget;1000.0", "budget;many", "T-411"),
    "budget with foreign digits": ("budget;1000.0", "budget;١٠٠٠", "T-411"),
    "budget of a thousand digits": ("budget;1000.0", "budget;" + "9" * 1000, "T-411"),
    "unknown vote type": ("vote_type;approval", "vote_type;feeling", "T-411"),
    "no votes section": (GOOD[GOOD.index("VOTES") :], "", "T-411"),
    "sections out of order": ("META\n", "VOTES\n", "T-411"),
    "text before META": ("META\n", "hello\nMETA\n", "T-411"),
    "field missing": ("3;300;0;Swings", "3;300;0", "T-411"),
    "field too many": ("b;1\n", "b;1;1\n", "T-411"),
    "column missing": ("project_id;cost;votes;name", "project_id;price;votes;name", "T-411"),
    "column twice": ("project_id;cost;votes;name", "project_id;cost;cost;name", "T-411"),
    "open quote": ("3;300;0;Swings", '3;300;0;"Swings', "T-411"),
    "text after a quote": ("3;300;0;Swings", '3;300;0;"Swi"ngs', "T-411"),
    "escape sequence in a name": ("Swings", "Swi\x1b[2Jngs", "T-411"),
    "comma in a project id": ("3;300;0;Swings", "3,4;300;0;Swings", "T-411"),
    "ballot without a voter": ("b;1\n", ";1\n", "T-411"),
    "empty": (GOOD, "", "T-411"),
}


@pytest.mark.parametrize(("good", "bad", "code"), LIES.values(), ids=LIES.keys())
def test_lies_are_refused(good: str, bad: str, code: str) -> None:
    assert GOOD.count(good) >= 1
    with pytest.raises(Refused) as refusal:
        read_pb(GOOD.replace(good, bad, 1), "lie.pb")
    assert refusal.value.code == code
    assert "lie.pb" in str(refusal.value)


@pytest.mark.parametrize("written", ["300", "300.0", ""])
def test_a_ballot_of_exactly_the_spending_limit(written: str) -> None:
    file = read_pb(GOOD.replace("max_length;2", f"min_sum_cost;100\nmax_sum_cost;{written}"), "small.pb")
    assert file.limit("max_sum_cost") == (300 if written else None)


def test_refusal_names_the_line() -> None:
    over = r"line 15: .*: a ballot whose projects cost 300, but max_sum_cost is 250"
    with pytest.raises(Refused, match=over):
        read_pb(GOOD.replace("max_length;2", "max_sum_cost;250"), "small.pb")


POINTS = """META
num_projects;2
num_votes;2
budget;10
vote_type;cumulative
max_points;3
max_sum_points;4
PROJECTS
project_id;cost;score
x;1;4
y;2;2
VOTES
voter_id;points;vote
1;3,1;x,y
2;1,1;y,x
"""


def test_points() -> None:
    file = read_pb(POINTS, "points.pb")
    assert file.points() == (4, 2)
    assert file.votes() == (2, 2)
    assert file.projects[0].name == "x"


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("1;3,1;", "1;4,0;"),
        ("1;3,1;", "1;3,2;"),
        ("1;3,1;", "1;3;"),
        ("2;1,1;", "2;1,1,1;"),
        ("x;1;4", "x;1;5"),
    ],
    ids=["over max_points", "over max_sum_points", "points missing", "points too many", "score too high"],
)
def test_points_that_lie_are_refused(good: str, bad: str) -> None:
    with pytest.raises(Refused, match="T-412"):
        read_pb(POINTS.replace(good, bad), "points.pb")
