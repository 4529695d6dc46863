"""What we write: .pb with the funded projects, tables as CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keys.election.rules import Rule, RuleParameters
from keys.findings import Misuse
from tally.cli import cli
from tally.count.counting import count
from tally.count.data import Totals
from tally.count.files.alone import count_file
from tally.count.files.pb import read_pb
from tally.count.files.pb_write import write_pb
from tally.count.files.tables import tables_csv
from tally.count.outcome_json import outcome_to_json
from tests.tally.count.schema import check

DATA = Path(__file__).parents[3] / "data"


@pytest.mark.parametrize("path", sorted(DATA.glob("*/*.pb")), ids=lambda path: str(path.stem))
def test_pb_is_written_with_what_is_funded_and_read_again(path: Path) -> None:
    file = read_pb(path.read_bytes().decode(), path.name)
    outcome = count_file(path, "budget-no-skip")
    again = read_pb(write_pb(file, outcome, {"rule": "greedy-no-skip"}), path.name)
    assert again.voters == file.voters
    assert again.meta == {**file.meta, "rule": "greedy-no-skip"}
    funded = {again.projects[option].id for option in outcome.winners}
    assert {project.id for project in again.projects if project.selected == 1} == funded
    for before, after in zip(file.projects, again.projects, strict=True):
        assert (after.id, after.name, after.cost, after.category) == (
            before.id,
            before.name,
            before.cost,
            before.category,
        )
        assert before.votes in {None, after.votes}
    assert all(project.selected is None for project in read_pb(write_pb(file), path.name).projects)


def test_tables() -> None:
    outcome = count_file(DATA / "burlington-2009/mayor.toi", "irv")
    files = tables_csv(outcome)
    assert list(files) == ["totals.csv", *(each.step + ".csv" for each in outcome.rounds)]
    totals = list(csv.reader(io.StringIO(files["totals.csv"])))
    assert totals[0] == ["Option", "Votes", "Won", "Tied"]
    assert ["Bob Kiss", "2585", "1", "0"] in totals
    last = list(csv.reader(io.StringIO(files[outcome.rounds[-1].step + ".csv"])))
    assert last[1:] == [["Bob Kiss", "4313"], ["Kurt Wright", "4060"], ["Exhausted", "607"]]
    assert files["totals.csv"].endswith("\r\n")


def test_a_name_is_never_a_formula() -> None:
    data = Totals(('=cmd|"x"', "+1", "B"), (3, 2, 1), 6)
    files = tables_csv(count(Rule.PLURALITY, RuleParameters(), data))
    rows = list(csv.reader(io.StringIO(files["result.csv"])))
    assert [row[0] for row in rows[1:3]] == ['\'=cmd|"x"', "'+1"]


def test_seats_of_lists() -> None:
    files = tables_csv(count(Rule.DHONDT, RuleParameters(seats=3), Totals(("A", "B"), (2, 1), 3)))
    assert files["totals.csv"] == "Option,Votes,Seats,Tied\r\nA,2,2,0\r\nB,1,1,0\r\n"


def count_out(path: Path, out: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["count", str(path), "--out", str(out), *more])


def test_a_counted_file_is_written_for_others_and_counted_again_alike(tmp_path: Path) -> None:
    path, out = DATA / "toulouse-2022/06-saint-cyprien.pb", tmp_path / "out"
    assert count_out(path, out, "--rule", "budget-equal-shares", "--budget", "300000").exit_code == 0
    names = {str(found.relative_to(out)) for found in out.rglob("*") if found.is_file()}
    assert names == {
        "outcome.json",
        "outcome.schema.json",
        "06-saint-cyprien.pb",
        "tables/totals.csv",
        "tables/purchases.csv",
    }
    content, schema = (json.loads((out / name).read_text("utf-8")) for name in sorted(names)[1:3])
    check(content, schema, schema)
    again = read_pb((out / "06-saint-cyprien.pb").read_text("utf-8"), "again")
    assert (again.meta["rule"], again.budget) == ("equalshares", 300_000)
    assert [project.id for project in again.projects if project.selected == 1] == sorted(
        content["winner_ids"]
    )
    recounted = count_file(out / "06-saint-cyprien.pb", "budget-equal-shares")
    assert outcome_to_json(recounted) == content


@pytest.mark.parametrize("name", ["glasgow-2007/calton.blt", "burlington-2009/mayor.toi"])
def test_rankings_are_written_as_blt(name: str, tmp_path: Path) -> None:
    assert count_out(DATA / name, tmp_path / "out", "--rule", "irv").exit_code == 0
    (written,) = (tmp_path / "out").glob("*.blt")
    first, again = count_file(DATA / name, "irv"), count_file(written, "irv")
    assert (again.names, again.totals, again.rounds) == (first.names, first.totals, first.rounds)


def test_nothing_is_overwritten_and_out_belongs_to_a_file(tmp_path: Path) -> None:
    path = DATA / "lists-2011/mieres.csv"
    (tmp_path / "own.txt").write_text("mine", "utf-8")
    given = ("--rule", "dhondt", "--seats", "21")
    assert isinstance(count_out(path, tmp_path, *given).exception, Misuse)
    assert isinstance(count_out(path, tmp_path / "own.txt", *given).exception, Misuse)
    assert isinstance(count_out(path, tmp_path / "out", "--dir", str(tmp_path)).exception, Misuse)
    assert [found.name for found in tmp_path.iterdir()] == ["own.txt"]
    refused = count_out(path, tmp_path / "out", "--rule", "irv")
    assert refused.exit_code == 1 and not (tmp_path / "out").exists()
