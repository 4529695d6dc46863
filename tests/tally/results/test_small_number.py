"""The small number: what few people voted is not opened unless decided, and nobody sees how one station voted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from keys.election.decision import DecisionKind
from keys.election.dossier import read_dossier
from keys.election.layout import read_statements
from keys.election.statement import Mode
from keys.findings import Refused
from tally.results.all_contests import counted_contests
from tests.simulator import office as simulated
from tests.simulator.office import Office
from tests.simulator.vote import HeldVote

M1, M1BIS, M2 = range(3)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Nothing is held yet; the small number is 5."""
    return Office.sealed(tmp_path_factory.mktemp("small"))


def third_alone(sealed: Office, root: Path, voters: int) -> Office:
    """The third station, which has a contest of its own, is the only one that voted."""
    office = sealed.copy(root)
    office.hold("m3", range(1, voters + 1))
    office.bring("m3")
    for at in (M1, M1BIS, M2):
        office.decide(DecisionKind.EXCLUSION, at)
    return office


@pytest.mark.parametrize("voters", [1, 4])
def test_a_nearly_empty_box_waits_for_a_decision(sealed: Office, tmp_path: Path, voters: int) -> None:
    office = third_alone(sealed, tmp_path / "few", voters)
    with pytest.raises(Refused, match="V-406"):
        office.request()
    assert not list((office.folder / "archives").glob("*.bel"))
    assert not (office.folder / "decryptions" / "request.cose").exists()


def test_unanimous_voters_are_opened_from_the_small_number_on(
    sealed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard counts ballots: that all are alike is known to nobody before, and is the result."""
    monkeypatch.setattr(simulated, "_OWN", ((1, 0),) * 3)
    office = third_alone(sealed, tmp_path / "alike", 5)
    office.request()
    office.answer()
    own = counted_contests(office.workspace, office.dossier)[0][1]
    assert (own.totals.ballots, own.totals.votes, own.outcome.winners) == (5, (5, 0), (0,))


def test_no_table_says_how_one_station_voted(held_vote: HeldVote) -> None:
    dossier = read_dossier(read_statements(held_vote.public), Mode.OFFICIAL)
    tables = json.loads((held_vote.public / "results.json").read_bytes())
    names = {item.id for item in dossier.manifest.definition.stations}
    for contest in tables["contests"]:
        keys = {key for option in contest["options"] for key in option} | set(contest)
        assert not {key for key in keys if "station" in key or "machine" in key or key in names}
    assert b"station" not in (held_vote.public / "results.csv").read_bytes().splitlines()[0]
