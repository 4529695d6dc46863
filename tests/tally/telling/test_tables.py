"""Tables of results and lists of trackers: their exact bytes, and the published schema."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from importlib import resources

import pytest

from tally.results.all_contests import counted_contests
from tally.telling.tables import results_csv, results_json
from tally.telling.trackers import tracker_lines
from tally.workspace import Workspace
from tests.simulator.vote import HeldVote
from tests.tally.count.schema import check


def test_sheet_of_results(held_vote: HeldVote) -> None:
    assert (held_vote.public / "results.csv").read_bytes().decode().split("\r\n") == [
        "contest,option,name,votes,elected",
        "ville,1,Arbres,16,1",
        "ville,2,Bancs,8,0",
        "ville,3,Cour,8,0",
        "roguet,1,Dôme,4,1",
        "roguet,2,Été,6,1",
        "roguet,3,Fête,2,0",
        "lardenne,1,Oui,4,0",
        "lardenne,2,Non,4,1",
        "",
    ]


def test_results_follow_their_schema(held_vote: HeldVote) -> None:
    schema = json.loads(resources.files("tally.telling").joinpath("results.schema.json").read_text("utf-8"))
    found = json.loads((held_vote.public / "results.json").read_bytes())
    check(found, schema, schema)
    assert found["manifest"] == held_vote.fingerprint.hex()
    assert [contest["id"] for contest in found["contests"]] == ["ville", "roguet", "lardenne"]
    last = found["contests"][2]
    assert last["winners"] == ["2"]
    assert [(item["step"], item["order"], item["basis"]) for item in last["decisions"]] == [
        ("place-1", ["2", "1"], "lot")
    ]
    assert last["rounds"]
    found["contests"][0]["ballots"] = "24"
    with pytest.raises(ValueError, match="ballots"):
        check(found, schema, schema)


FORMULAS = ('=HYPERLINK("http://example.org","x")', "+1", "@SUM(1)")


def test_a_name_in_the_sheet_is_never_run_as_a_formula(held_vote: HeldVote) -> None:
    """Its twin in `results.json`, which no spreadsheet runs, is the name to the letter."""
    workspace = Workspace(held_vote.folder, held_vote.mode)
    dossier = workspace.dossier()
    counted, _ = counted_contests(workspace, dossier)
    definition = dossier.manifest.definition
    contest = definition.contests[0]
    options = [
        dataclasses.replace(option, name={definition.language: name})
        for option, name in zip(contest.options, FORMULAS, strict=True)
    ]
    hostile = dataclasses.replace(
        definition, contests=(dataclasses.replace(contest, options=tuple(options)), *definition.contests[1:])
    )
    dossier = dataclasses.replace(dossier, manifest=dataclasses.replace(dossier.manifest, definition=hostile))
    sheet = results_csv(dossier, counted, definition.language).decode()
    assert [row[2] for row in csv.reader(io.StringIO(sheet))][1:4] == [f"'{name}" for name in FORMULAS]
    found = json.loads(results_json(dossier, counted, definition.language))
    assert [option["name"] for option in found["contests"][0]["options"]] == list(FORMULAS)


def test_list_of_trackers() -> None:
    trackers = [bytes(32), bytes(range(32)), b"\xff" * 32]
    assert tracker_lines(trackers).decode("ascii") == (
        f"00000000  {'00' * 32}\n000G40R4  {bytes(range(32)).hex()}\nZZZZZZZZ  {'ff' * 32}\n"
    )
    assert tracker_lines([]) == b""
