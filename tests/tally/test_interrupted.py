"""At the town hall: the box of a machine that died is taken from its spare, and counted as its own."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from keys.confirming import confirm
from keys.decrypting import decrypt
from keys.election.decision import Decision, DecisionKind
from keys.election.dossier import read_dossier
from keys.election.interruption import Interrupted
from keys.election.layout import read_statements
from keys.election.report import ClosingReport
from keys.election.statement import Mode, StatementType, read_statement, sign_statement
from keys.holding import open_trustee
from station.day import Closing, open_day
from station.machine import open_keys
from station.sticks.takeover import find_copies
from tally.boxes.database import open_boxes
from tally.boxes.merge import import_box, suspended
from tally.decisions.deciding import decide
from tally.opening.answers import collect_decryptions, open_totals, request_opening
from tally.preparing.defining import collect_confirmations
from tally.publication.certify import certify
from tally.publication.publish import publish
from tally.verify import verify_folder
from tally.workspace import Workspace
from tests.simulator.polling import NOW, PASSPHRASE, PollingPlaces, seal_polling
from tests.simulator.walking import Clock, cast, refused


@pytest.fixture
def vote(tmp_path: Path) -> PollingPlaces:
    """A vote of its own, so that boxes can be imported into its office."""
    return seal_polling(tmp_path / "vote")


def _loaded(polling: PollingPlaces, into: Path, name: str) -> Path:
    folder, loaded = polling.loaded(into, name)
    (into / f"{name}-confirms.cose").write_bytes(loaded.confirmation)
    return folder


@pytest.fixture
def hall(tmp_path: Path, vote: PollingPlaces) -> Workspace:
    """The office; `out` has both boxes, `late` what the disk of the dead machine gives when it is found."""
    polling, clock, stick = vote, Clock(), tmp_path / "stick"
    stick.mkdir()
    dead, spare = (_loaded(polling, tmp_path, name) for name in ("m1", "m1-spare"))
    with open_day(dead, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.use_stick(stick)
        day.open()
        cast(day, 1, 2, 3)
        shutil.copytree(stick, tmp_path / "stick-at-noon")
        cast(day, 4)
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        (noon,) = find_copies(tmp_path / "stick-at-noon")
        day.take_over(noon, polling.two("m1"), Closing(3))
        day.open()
        cast(day, 5, 6)
        day.close(Closing(2))
        day.export(tmp_path / "out")
    with open_day(dead, Mode.OFFICIAL, clock) as day:  # found later: one vote longer
        day.unlock(polling.two("m1"))
        day.close(Closing(4))
        day.export(tmp_path / "late")
    return Workspace(polling.office)


def _import(hall: Workspace, source: Path) -> tuple[str, int]:
    done = import_box(hall, source, lambda *_: None, NOW + 100)
    return done.machine, done.ballots


@pytest.mark.parametrize("order", [("out", "out/box-official-m1"), ("out/box-official-m1", "out")])
def test_both_boxes_are_imported_in_any_order(
    hall: Workspace, tmp_path: Path, order: tuple[str, str]
) -> None:
    found = dict(_import(hall, tmp_path / name) for name in order)
    assert found == {"m1": 3, "m1-spare": 2}
    dossier = read_dossier(read_statements(hall.root), Mode.OFFICIAL)
    dead, spare = dossier.days[0], dossier.days[1]
    assert dead.closing is not None
    assert spare.closing is not None
    assert spare.zero is not None
    assert (dead.closing.ballots, spare.closing.ballots, spare.closing.carried) == (3, 2, 3)
    assert spare.zero.carried_from == dead.closing_fingerprint
    for name in order:
        assert import_box(hall, tmp_path / name, lambda *_: None, NOW + 200).verdict.name == "ALREADY_IN"


@pytest.mark.parametrize("late_first", [False, True])
def test_the_disk_of_the_dead_machine_is_another_box(
    hall: Workspace, tmp_path: Path, late_first: bool
) -> None:
    """The longer version is for the board: the machine is suspended, whichever came first."""
    sources = [tmp_path / "late", tmp_path / "out" / "box-official-m1"]
    first, second = sources if late_first else sources[::-1]
    _import(hall, first)
    assert refused(lambda: _import(hall, second)) == "T-201"


@pytest.mark.parametrize("spare_first", [False, True])
def test_the_board_decides_for_the_longer_box_of_the_disk(
    hall: Workspace, tmp_path: Path, spare_first: bool
) -> None:
    """Its one vote more counts; the marks that the spare carried over from the stick stay as they were."""
    short, late, spare = tmp_path / "out" / "box-official-m1", tmp_path / "late", tmp_path / "out"
    if spare_first:
        _import(hall, spare)
    _import(hall, short)
    assert refused(lambda: _import(hall, late)) == "T-201"
    closings = (read_statement(path.read_bytes()) for path in sorted(late.glob("*.cose")))
    (closing,) = (item for item in closings if item.header.type is StatementType.CLOSING_REPORT)
    digest = ClosingReport.from_content(closing.content, "").set_digest
    authority = hall.open_authority(PASSPHRASE)
    decide(hall, authority, Decision(DecisionKind.BOX, 0, "the disk was read", NOW + 120, digest=digest))
    assert refused(lambda: _import(hall, short)) == "T-208"
    assert _import(hall, late) == ("m1", 4)
    if not spare_first:
        assert _import(hall, spare) == ("m1-spare", 2)
    dossier = hall.dossier()
    dead, other = dossier.days[0].closing, dossier.days[1].closing
    assert dead is not None
    assert other is not None
    assert (dead.ballots, other.ballots, other.carried) == (4, 2, 3)
    with open_boxes(hall.boxes) as boxes:
        assert suspended(dossier, boxes) == frozenset()


def test_a_spare_speaks_for_no_machine_of_another_station(
    hall: Workspace, vote: PollingPlaces, tmp_path: Path
) -> None:
    box = tmp_path / "out" / "box-official-m1"
    (statement,) = [
        item
        for item in (read_statement(path.read_bytes()) for path in box.glob("0*.cose"))
        if item.header.type is StatementType.INTERRUPTED
    ]
    content = Interrupted.from_content(statement.content, "")
    keys = open_keys(tmp_path / "m1-spare", Mode.OFFICIAL, vote.two("m1-spare"))
    for machine in (1, 2, 7):
        lie = Interrupted(machine, content.closing)
        raw = sign_statement(statement.header, lie.to_content(), keys.signing)
        target = tmp_path / f"lie-{machine}"
        shutil.copytree(box, target)
        for path in target.glob("0*.cose"):
            if read_statement(path.read_bytes()).header.type is StatementType.INTERRUPTED:
                path.write_bytes(raw)
        assert refused(partial(_import, hall, target)) in {"V-401", "V-207", "V-103"}
    assert _import(hall, box) == ("m1", 3)


def test_the_vote_is_counted_with_both_boxes_and_verified(
    hall: Workspace, vote: PollingPlaces, tmp_path: Path
) -> None:
    """Everybody who was told "recorded" while the stick was in is counted once, on the one machine or the other."""
    trustee = open_trustee(vote.root / "Anne", PASSPHRASE)
    _loaded(vote, tmp_path, "m2")
    (tmp_path / "Anne-confirms.cose").write_bytes(confirm(trustee, hall.root))
    collect_confirmations(hall.folder, list(tmp_path.glob("*-confirms.cose")))
    for name in ("out", "out/box-official-m1"):
        _import(hall, tmp_path / name)
    authority = hall.open_authority(PASSPHRASE)
    decide(hall, authority, Decision(DecisionKind.EXCLUSION, 2, "the other station never opened", NOW + 150))
    request = request_opening(hall, authority, NOW + 200)
    assert [(item.ballots, item.machines) for item in request.contests] == [(5, (0, 1)), (5, (0, 1))]
    (tmp_path / "opens.cose").write_bytes(decrypt(trustee, hall.root, vote.root / "Anne"))
    collect_decryptions(hall, [tmp_path / "opens.cose"])
    open_totals(hall)
    certify(hall, authority, NOW + 300)
    publish(hall, tmp_path / "public", authority, NOW + 400)
    report = verify_folder(tmp_path / "public", fingerprint=vote.fingerprints[Mode.OFFICIAL])
    assert report.accepted
    assert {contest.id: contest.ballots for contest in report.summary} == {"ville": 5, "roguet": 5}
    (interrupted,) = [
        path
        for path in (tmp_path / "public" / "reports").iterdir()
        if read_statement(path.read_bytes()).header.type is StatementType.INTERRUPTED
    ]
    interrupted.unlink()
    assert not verify_folder(tmp_path / "public").accepted
