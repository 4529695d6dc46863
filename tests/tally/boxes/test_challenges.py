"""Ballots that voters opened to check a machine are handed in; one that is in a box is fraud."""

from __future__ import annotations

from pathlib import Path

import pytest

from keys.election.challenge import Challenge
from keys.election.decision import DecisionKind
from keys.election.statement import Header, Mode, Role, StatementType, read_statement, sign_statement
from keys.findings import Refused
from keys.paper.codes import encode
from station.machine import open_keys
from tally.boxes.challenges import take_in
from tally.verify import Status, verify_folder
from tests.simulator.office import Office

K = DecisionKind
M1, M1BIS, M2, M3 = range(4)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Machine m2 casts what it opened."""
    office = Office.sealed(tmp_path_factory.mktemp("challenges") / "all")
    for name in ("m1", "m2", "m3"):
        challenge = office.hold(name, lies=name == "m2")
        (office.root / f"{name}.cose").write_bytes(challenge)
        office.bring(name)
    office.decide(K.EXCLUSION, M1BIS)
    return office


@pytest.fixture
def office(held: Office, tmp_path: Path) -> Office:
    return held.copy(tmp_path / "office")


def opened(office: Office) -> Office:
    office.request()
    office.answer()
    return office


def test_a_challenge_is_kept_and_published(office: Office) -> None:
    code = office.root / "code.txt"
    code.write_text("\n".join(encode((office.root / "m3.cose").read_bytes())))
    kept, findings = take_in(office.workspace, [office.root / "m1.cose", code])
    assert findings == []
    assert [path.split("-")[0] for path in kept] == ["challenges/m1", "challenges/m3"]
    again, _ = take_in(office.workspace, [office.root / "m1.cose"])
    assert again == kept[:1]
    opened(office).certify()
    public = office.publish()
    assert {f"challenges/{path.name}" for path in (public / "challenges").iterdir()} == set(kept)
    report = verify_folder(public)
    assert report.accepted
    assert (public / kept[0]).read_bytes() == (office.root / "m1.cose").read_bytes()


def test_a_checked_ballot_in_a_box_stops_the_certification(office: Office) -> None:
    _, findings = take_in(office.workspace, [office.root / "m2.cose"])
    assert [(item.code, item.detail) for item in findings] == [("V-608", "contest ville")]
    opened(office)
    with pytest.raises(Refused, match="V-608 challenges/m2-"):
        office.certify()
    with pytest.raises(Refused, match="T-302 machine m1"):
        office.decide(K.CHALLENGE, M1)
    office.decide(K.CHALLENGE, M2, "the board keeps the machine as evidence and certifies all the same")
    office.certify()
    report = verify_folder(office.publish())
    found = {step.name for step in report.steps if step.status is Status.FAILED}
    assert found == {"challenges"}, "a decision does not make the fraud disappear"


def test_a_machine_that_is_left_out_stops_nothing(office: Office) -> None:
    take_in(office.workspace, [office.root / "m2.cose"])
    office.decide(K.EXCLUSION, M2)
    assert opened(office).certify().minutes is not None
    assert verify_folder(office.publish()).accepted


def test_what_is_no_challenge_of_this_vote_is_refused(office: Office, tmp_path: Path) -> None:
    raw = bytearray((office.root / "m1.cose").read_bytes())
    raw[-1] ^= 1
    (tmp_path / "changed.cose").write_bytes(raw)
    with pytest.raises(Refused, match="V-102"):
        take_in(office.workspace, [tmp_path / "changed.cose"])
    with pytest.raises(Refused, match="V-103"):
        take_in(office.workspace, [office.folder / "reports" / "m1-1.cose"])
    assert not (office.folder / "challenges").exists()


@pytest.mark.parametrize("field", ["seed", "commitment"])
def test_a_challenge_that_cannot_be_made_again_is_refused(office: Office, tmp_path: Path, field: str) -> None:
    """The machine itself signs another one."""
    statement = read_statement((office.root / "m1.cose").read_bytes())
    content = Challenge.from_content(statement.content, "challenge").to_content()
    key = {"seed": 1, "commitment": 2}[field]
    content[key] = bytes([content[key][0] ^ 1]) + content[key][1:]
    signing = open_keys(office.root / "m1", Mode.OFFICIAL, office.cards["m1"]).signing
    header = Header(StatementType.CHALLENGE, Mode.OFFICIAL, statement.header.context, Role.MACHINE, M1)
    (tmp_path / "other.cose").write_bytes(sign_statement(header, content, signing))
    with pytest.raises(Refused, match="V-609"):
        take_in(office.workspace, [tmp_path / "other.cose"])
    assert not (office.folder / "challenges").exists()
