"""Tables of results and lists of trackers: their exact bytes, and the published schema."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from tally.trackers import tracker_lines
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
    schema = json.loads(resources.files("tally").joinpath("results.schema.json").read_text("utf-8"))
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


def test_list_of_trackers() -> None:
    trackers = [bytes(32), bytes(range(32)), b"\xff" * 32]
    assert tracker_lines(trackers).decode("ascii") == (
        f"00000000  {'00' * 32}\n000G40R4  {bytes(range(32)).hex()}\nZZZZZZZZ  {'ff' * 32}\n"
    )
    assert tracker_lines([]) == b""
