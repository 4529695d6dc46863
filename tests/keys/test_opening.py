"""A vote with two of three trustees: any two open it, each opens once, and nothing that shows one voter's choice."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from keys.checking import Shown
from keys.confirming import check_confirmed, confirm
from keys.crypto.trustees import Pedersen, Trustees
from keys.decrypting import decrypt
from keys.desk.files import load_statement
from keys.dry_run import dry_run
from keys.election.archive import outline
from keys.election.ceremony import CeremonyMessage
from keys.election.decision import Decision, DecisionKind
from keys.election.statement import Mode, StatementType, read_statement
from keys.findings import Misuse, Refused
from keys.holding import sign_message
from tally.boxes.database import Boxes
from tally.opening.answers import collect_decryptions, open_totals
from tally.verify import verify_folder
from tally.verify.report import Status
from tests.simulator.office import Office

M1, M1BIS, M2, M3 = range(4)
NAMES = ("Anne", "Bilal", "Chloé")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """All machines have closed; nobody but one voter came to the third."""
    office = Office.sealed(tmp_path_factory.mktemp("opening") / "all", trustees=NAMES, threshold=2)
    for name, voters in (("m1", range(1, 13)), ("m2", range(1, 13)), ("m3", range(1, 2))):
        office.hold(name, voters)
    return office


@pytest.fixture
def office(closed: Office, tmp_path: Path) -> Office:
    return closed.copy(tmp_path / "office")


def bring(office: Office, *names: str) -> None:
    """Bring boxes, and leave the other machines out."""
    for name in names:
        office.bring(name)
    for at, name in enumerate(("m1", "m1bis", "m2", "m3")):
        if name not in names:
            office.decide(DecisionKind.EXCLUSION, at)
    office.decide(DecisionKind.FEW_BALLOTS, 1)


def take_away(office: Office, kind: DecisionKind) -> None:
    """Remove the decisions of a kind from the folder."""
    for path in (office.folder / "decisions").glob("*.cose"):
        if load_statement(path).content[1] == kind:
            path.unlink()


def totals(office: Office) -> list[bytes]:
    """What the finished archives say."""
    found = []
    for path in sorted((office.folder / "archives").glob("*.bel")):
        with path.open("rb") as stream:
            result = outline(stream).result
        assert result is not None
        found.append(result.documents[0])
    return found


def remembered(office: Office, name: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads((office.root / name / "opened.json").read_bytes())
    return found


def test_any_two_open_and_the_folder_verifies(office: Office) -> None:
    bring(office, "m1", "m2", "m3")
    office.request()
    entries = Trustees.parse(office.dossier.manifest.trustees_json).entries
    assert [type(entry) for entry in entries] == [Pedersen]
    archives = {path: path.read_bytes() for path in (office.folder / "archives").iterdir()}
    found = []
    for pair in combinations(range(3), 2):
        for path, data in archives.items():
            path.write_bytes(data)
        for path in (office.folder / "decryptions").glob("trustee-*.cose"):
            path.unlink()
        office.answer(*pair)
        found.append(totals(office))
        assert sorted(path.name for path in (office.folder / "decryptions").glob("trustee-*")) == [
            f"trustee-{at}.cose" for at in pair
        ]
    assert found[0] == found[1] == found[2]
    office.certify()
    report = verify_folder(office.publish(), fingerprint=office.dossier.fingerprint)
    assert not [step for step in report.steps if step.status is Status.FAILED], report


def test_one_alone_opens_nothing(office: Office) -> None:
    bring(office, "m1", "m2", "m3")
    office.request()
    with pytest.raises(Refused, match=r"T-205"):
        office.answer(1)
    part = office.root / "stick" / "opens-1.cose"
    (office.root / "stick" / "again.cose").write_bytes(part.read_bytes())
    collect_decryptions(office.workspace, [office.root / "stick" / "again.cose"])
    with pytest.raises(Refused, match=r"T-205"):
        open_totals(office.workspace)


def test_a_box_of_one_voter_is_not_opened_alone(office: Office) -> None:
    """Nor is one voter's ballot handed as a total: its archive is the whole box, or it is not the one reported."""
    office.bring("m3")
    for at in (M1, M1BIS, M2):
        office.decide(DecisionKind.EXCLUSION, at)
    with pytest.raises(Refused, match="V-406"):
        office.request()
    office.decide(DecisionKind.FEW_BALLOTS, 0)
    office.decide(DecisionKind.FEW_BALLOTS, 1)
    office.request()
    take_away(office, DecisionKind.FEW_BALLOTS)
    with pytest.raises(Refused, match="V-406"):
        office.open(0)
    assert remembered(office, "Anne") == {}


def test_one_ballot_of_a_larger_box_is_not_opened(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(office, "m1", "m2")
    ballots = Boxes.ballots
    monkeypatch.setattr(Boxes, "ballots", lambda *given: list(ballots(*given))[:1])
    few = Decision(DecisionKind.FEW_BALLOTS, 0, "so that it passes", office.now())
    raw = office.authority.sign(StatementType.DECISION, Mode.OFFICIAL, office.dossier.fingerprint, few)
    office.workspace.write("decisions/few.cose", raw)
    office.request()
    with pytest.raises(Refused, match="V-404"):
        office.open(0)
    assert remembered(office, "Anne") == {}


def test_two_machines_then_three(office: Office) -> None:
    """Twenty-two stations, then the twenty-third: the difference would be what its voters chose."""
    bring(office, "m1", "m2")
    office.request()
    assert read_statement(office.open(0)).content[1] == read_statement(office.open(0)).content[1], "once more"
    office.answer(0, 1)
    memory = remembered(office, "Anne")
    assert [item["ballots"] for item in memory[office.dossier.manifest.uuids[0]]] == [24]
    for folder in ("decisions", "decryptions", "archives"):
        for path in (office.folder / folder).iterdir():
            path.unlink()
    office.bring("m3")
    office.decide(DecisionKind.EXCLUSION, M1BIS)
    office.decide(DecisionKind.FEW_BALLOTS, 1)
    office.request()
    for at in (0, 1):
        with pytest.raises(Refused, match="K-103"):
            office.open(at)
    assert remembered(office, "Anne") == memory


def test_a_request_before_a_machine_has_closed(office: Office) -> None:
    for name in ("m1", "m2", "m3"):
        office.bring(name)
    with pytest.raises(Refused, match=r"V-403 machine m1bis"):
        office.request()
    office.decide(DecisionKind.EXCLUSION, M1BIS)
    office.decide(DecisionKind.FEW_BALLOTS, 1)
    office.request()
    take_away(office, DecisionKind.EXCLUSION)
    with pytest.raises(Refused, match=r"V-403 machine m1bis"):
        office.open(0)
    assert remembered(office, "Anne") == {}


def test_who_is_asked_sees_what_is_opened_and_may_refuse(office: Office) -> None:
    bring(office, "m1", "m2", "m3")
    office.request()
    seen: list[Shown] = []

    def stop(shown: tuple[Shown, ...]) -> None:
        seen.extend(shown)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.open(0, stop)
    assert [(item.contest, item.ballots, item.machines) for item in seen] == [
        ("ville", 25, ("m1", "m2", "m3")),
        ("lardenne", 1, ("m3",)),
    ]
    assert not any(item.early for item in seen)
    assert remembered(office, "Anne") == {}


def test_a_machine_that_closed_early_is_a_warning(tmp_path: Path) -> None:
    """The day of the simulator is seven weeks after the announced one; here it is the day before."""
    office = Office.sealed(tmp_path / "office", closes="2026-11-30T18:00")
    office.hold("m1")
    for at in (M1BIS, M2, M3):
        office.decide(DecisionKind.EXCLUSION, at)
    office.bring("m1")
    office.decide(DecisionKind.FEW_BALLOTS, 1)
    office.request()
    seen: list[Shown] = []
    assert office.open(0, seen.extend)
    assert [item.early for item in seen] == [("m1",), ()]


def test_only_the_vote_that_was_confirmed_is_opened(office: Office) -> None:
    bring(office, "m1", "m2", "m3")
    office.request()
    anne = office.root / "Anne" / "confirmed"
    confirmed = anne.read_bytes()
    assert confirmed == office.dossier.fingerprint
    anne.write_bytes(bytes(32))
    with pytest.raises(Refused, match=r"K-115 trustee Anne"):
        office.open(0)
    anne.unlink()
    with pytest.raises(Refused, match=r"K-115 trustee Anne"):
        office.open(0)
    anne.write_bytes(confirmed)
    paper = office.folder / "confirmations" / "trustee-0.cose"
    kept = paper.read_bytes()
    paper.unlink()
    with pytest.raises(Refused, match=r"V-210 trustee Anne"):
        office.open(0)
    paper.write_bytes(kept)
    assert office.open(0)


def test_no_second_vote_is_confirmed(office: Office) -> None:
    anne = office.trustees[0]
    assert anne.folder is not None
    confirm(anne, office.folder)
    memory = anne.folder / "confirmed"
    before = memory.read_bytes()
    memory.write_bytes(bytes(32))
    with pytest.raises(Refused, match=r"K-115 trustee Anne"):
        confirm(anne, office.folder)
    assert memory.read_bytes() == bytes(32)
    memory.write_bytes(before)
    check_confirmed(anne.folder, office.dossier, 0)


def test_a_rehearsal_never_touches_the_memory(office: Office) -> None:
    with pytest.raises(Misuse, match="no trace"):
        decrypt(office.trustees[0], office.folder, office.root / "Anne", Mode.REHEARSAL)


# The dry run before the day.


def test_two_keys_open_a_made_up_number_together(office: Office) -> None:
    first = dry_run(office.trustees[0], office.folder, [])
    assert (first.opened, first.taking_part) == (False, ("Anne",))
    second = dry_run(office.trustees[2], office.folder, [read_statement(first.part)])
    assert (second.opened, second.taking_part) == (True, ("Anne", "Chloé"))
    everybody = [read_statement(item.part) for item in (first, second)]
    assert dry_run(office.trustees[1], office.folder, everybody).taking_part == NAMES
    assert remembered(office, "Anne") == {}


def test_a_key_that_does_not_belong_is_found_before_the_day(office: Office) -> None:
    anne, bilal, _ = office.trustees
    wrong = type(anne)(anne.name, bilal.secret, anne.signing)
    with pytest.raises(Refused, match=r"K-114 trustee Anne"):
        dry_run(wrong, office.folder, [])


def test_a_changed_part_names_its_trustee(office: Office) -> None:
    anne, bilal, _ = office.trustees
    part = read_statement(dry_run(anne, office.folder, []).part)
    content = CeremonyMessage.from_content(part.content, "part")
    at = content.message.index(b'"response":"') + 12
    digit = b"1" if content.message[at : at + 1] != b"1" else b"2"
    changed = content.message[:at] + digit + content.message[at + 1 :]
    for message in (changed, b"{"):
        lie = CeremonyMessage(content.step, "Anne", content.signing_key, message, content.rests_on)
        raw = sign_message(lie, office.dossier.manifest.draft, anne.signing)
        with pytest.raises(Refused, match=r"K-114 trustee Anne"):
            dry_run(bilal, office.folder, [read_statement(raw)])
    other = CeremonyMessage(content.step, "Anne", content.signing_key, content.message, (bytes(32),))
    raw = sign_message(other, office.dossier.manifest.draft, anne.signing)
    assert dry_run(bilal, office.folder, [read_statement(raw)]).taking_part == ("Bilal",)
