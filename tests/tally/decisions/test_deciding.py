"""Decisions: what each may do and when, who must sign it, and what follows."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from keys.desk.language import Language
from keys.desk.together import Together
from keys.election.decision import Decision, DecisionKind
from keys.election.report import ClosingReport
from keys.election.result import Result
from keys.election.statement import StatementType, read_statement
from keys.findings import FINDINGS, Misuse, Refused, Severity
from keys.opened import begin_anew, remembered
from tally.cli import cli
from tally.decisions.deciding import collect_signatures, decide, waiting
from tally.minutes.remarks import decisions
from tally.standing import read_standing
from tally.step import Step
from tally.verify import verify_folder
from tests.simulator.office import BOARD, NOW, Office, failed

K = DecisionKind
M1, M1BIS, M2, M3 = range(4)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Sealed; all machines have closed and none has come."""
    office = Office.sealed(tmp_path_factory.mktemp("deciding") / "all")
    office.hold("m2", range(1, 9), as_name="m2-found")
    for name in ("m1", "m2", "m3"):
        office.hold(name)
    return office


@pytest.fixture
def office(sealed: Office, tmp_path: Path) -> Office:
    return sealed.copy(tmp_path / "office")


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A vote whose decisions and results need two members of the board; all boxes are in."""
    office = Office.sealed(tmp_path_factory.mktemp("signing") / "all", signers=2)
    for name in ("m1", "m2", "m3"):
        office.hold(name)
        office.bring(name)
    return office


@pytest.fixture
def board(signing: Office, tmp_path: Path) -> Office:
    return signing.copy(tmp_path / "office")


def ready(office: Office, *names: str) -> None:
    """Bring some boxes, and leave the other machines out."""
    for name in names:
        office.bring(name)
    for at, machine in enumerate(office.dossier.manifest.machines):
        if machine.name not in names:
            office.decide(K.EXCLUSION, at)


def opened_without_m1bis(board: Office) -> None:
    """All members of the board leave a machine out, and the trustees open the rest."""
    board.decide(K.EXCLUSION, M1BIS)
    path = next((board.folder / "decisions").iterdir())
    collect_signatures(board.workspace, [board.sign(name, path) for name in BOARD])
    board.request()
    board.answer()


def digest_of(office: Office, name: str) -> bytes:
    path = next((office.root / "stick" / name).glob("*closing-report.cose"))
    return ClosingReport.from_content(read_statement(path.read_bytes()).content, "closing").set_digest


def test_a_decision_takes_effect_with_the_board(board: Office) -> None:
    fingerprint = board.decide(K.EXCLUSION, M1BIS, "never opened")
    path = next((board.folder / "decisions").iterdir())
    assert board.dossier.excluded() == frozenset()
    assert [item.missing for item in waiting(board.dossier)] == [2]
    with pytest.raises(Refused, match=r"V-210 machine m1bis|V-403 machine m1bis"):
        board.request()
    assert collect_signatures(board.workspace, [board.sign("Chloé", path)])[0] == 1
    taken, left = collect_signatures(board.workspace, [board.sign("Chloé", path)])
    assert (taken, [item.missing for item in left]) == (0, [1])
    assert board.dossier.excluded() == frozenset()
    assert collect_signatures(board.workspace, [board.sign("Emma", path)]) == (1, ())
    assert board.dossier.excluded() == {M1BIS}
    (signed,) = board.dossier.effective_decisions()
    assert (signed.fingerprint, signed.board) == (fingerprint, frozenset({0, 2}))


def test_signatures_of_nobody_and_of_nothing_are_refused(board: Office, tmp_path: Path) -> None:
    board.decide(K.EXCLUSION, M1BIS)
    path = next((board.folder / "decisions").iterdir())
    signed = board.sign("Chloé", path) / path.name
    raw = bytearray(signed.read_bytes())
    raw[-1] ^= 1
    (tmp_path / "changed.cose").write_bytes(raw)
    with pytest.raises(Refused, match="V-102"):
        collect_signatures(board.workspace, [tmp_path / "changed.cose"])
    with pytest.raises(Refused, match="V-103"):
        collect_signatures(board.workspace, [path])
    path.unlink()
    with pytest.raises(Refused, match="V-606"):
        collect_signatures(board.workspace, [signed])
    assert list((board.folder / "decisions").iterdir()) == []


def test_a_signature_that_comes_after_the_request_changes_nothing(board: Office) -> None:
    board.decide(K.EXCLUSION, M1BIS)
    board.decide(K.EXCLUSION, M2)
    first, second = sorted(
        (board.folder / "decisions").iterdir(),
        key=lambda path: read_statement(path.read_bytes()).content[2],
    )
    for name in ("Chloé", "Driss"):
        collect_signatures(board.workspace, [board.sign(name, first) / first.name])
    collect_signatures(board.workspace, [board.sign("Chloé", second) / second.name])
    board.request()
    with pytest.raises(Refused, match="T-204"):
        collect_signatures(board.workspace, [board.sign("Driss", second) / second.name])
    assert board.dossier.excluded() == {M1BIS}


def test_results_wait_for_the_board(board: Office) -> None:
    opened_without_m1bis(board)
    first = board.certify()
    assert (first.minutes, first.missing) == (None, 2)
    with pytest.raises(Refused, match="T-206"):
        board.publish()
    papers = sorted((board.folder / "results").glob("*.cose"))
    assert board.certify(board.sign("Chloé", *papers)).missing == 1
    done = board.certify(board.sign("Emma", *papers))
    assert done.missing == 0
    assert done.minutes is not None
    public = board.publish()
    assert failed(public) == {}
    (board.folder / "results" / "ville.board-2.cose").unlink()
    assert board.certify().missing == 1
    assert not (board.folder / "minutes.pdf").exists()


def test_a_signature_under_another_result_is_refused(board: Office) -> None:
    opened_without_m1bis(board)
    board.certify()
    paper = board.folder / "results" / "ville.cose"
    result = Result.from_content(read_statement(paper.read_bytes()).content, "result")
    other = dataclasses.replace(result, winners=(2,))
    forged = board.root / "ville.cose"
    forged.write_bytes(
        board.authority.sign(StatementType.RESULT, board.workspace.mode, board.dossier.fingerprint, other)
    )
    with pytest.raises(Refused, match="V-610"):
        board.certify(board.sign("Chloé", forged))


def test_verification_counts_the_signers_of_a_result(board: Office) -> None:
    opened_without_m1bis(board)
    board.certify()
    papers = sorted((board.folder / "results").glob("*.cose"))
    board.certify(*(board.sign(name, *papers) for name in ("Chloé", "Driss")))
    public = board.publish()
    (public / "results" / "ville.board-0.cose").unlink()
    assert "V-622" in failed(public)["board"]


def test_exclusion_only_once_and_only_before_the_request(office: Office) -> None:
    ready(office, "m1", "m2", "m3")
    with pytest.raises(Refused, match="T-302"):
        office.decide(K.EXCLUSION, M1BIS)
    office.request()
    with pytest.raises(Refused, match="T-204"):
        office.decide(K.EXCLUSION, M2)


def test_few_ballots_only_where_there_are_few(office: Office) -> None:
    ready(office, "m1", "m2")
    with pytest.raises(Refused, match=r"T-302 contest ville.*its ballots are enough: 24"):
        office.decide(K.FEW_BALLOTS, 0)
    with pytest.raises(Refused, match="V-406 contest lardenne"):
        office.request()
    office.decide(K.FEW_BALLOTS, 1)
    with pytest.raises(Refused, match="T-302"):
        office.decide(K.FEW_BALLOTS, 1)
    office.request()


def test_correction_needs_a_report(office: Office) -> None:
    ready(office, "m1", "m2", "m3")
    office.request()
    office.decide(K.CORRECTION, M1, "12:40 was meant, not 12:04")
    with pytest.raises(Refused, match="T-302"):
        office.decide(K.CORRECTION, M1BIS)


@pytest.mark.parametrize("closing", [{"signatures": 11}, {"slips": 11}], ids=["signatures", "slips"])
def test_figures_stop_the_certification_until_a_decision(tmp_path: Path, closing: dict[str, int]) -> None:
    office = Office.sealed(tmp_path / "office")
    office.hold("m1", **closing)  # type: ignore[arg-type]
    for name in ("m2", "m3"):
        office.hold(name)
    ready(office, "m1", "m2", "m3")
    office.request()
    office.answer()
    with pytest.raises(Refused, match=r"T-203 machine m1.*marks 12, ballots 12"):
        office.certify()
    with pytest.raises(Refused, match=r"T-302 machine m2.*its figures agree"):
        office.decide(K.FIGURES, M2)
    office.decide(K.FIGURES, M1, "one person left without signing")
    assert office.certify().minutes is not None
    assert failed(office.publish()) == {}
    words = str(decisions(office.dossier, Together([Language("en")])))
    assert "Figures of machine m1 differ, and are accepted (12 marks, 12 ballots, 1" in words


def test_one_person_on_two_machines_stops_the_certification_until_a_decision(
    office: Office,
) -> None:
    office.hold("m1bis", range(12, 15))
    ready(office, "m1", "m1bis", "m2", "m3")
    office.request()
    office.answer()
    with pytest.raises(Refused, match=r"T-207 machines m1 and m1bis: .*roll number 12"):
        office.certify()
    with pytest.raises(Refused, match="T-302"):
        office.decide(K.FIGURES, M2)
    office.decide(K.FIGURES, M1BIS, "a second person of the same name was marked")
    assert office.certify().minutes is not None


def test_a_late_box_is_taken_in_by_a_decision(office: Office) -> None:
    ready(office, "m1", "m2")
    office.decide(K.FEW_BALLOTS, 1)
    office.request()
    office.answer()
    first = office.certify()
    with pytest.raises(Refused, match="T-209 machine m3"):
        office.bring("m3")
    with pytest.raises(Refused, match="V-606"):
        office.decide(K.LATE_BOX, M1)
    with pytest.raises(Refused, match="T-302"):
        office.decide(K.LATE_BOX, M3, before=(M1,), after=(M1, M3))
    office.decide(K.LATE_BOX, M3)
    assert read_standing(office.workspace, NOW).board.step is Step.LATE
    with pytest.raises(Refused, match="T-206"):
        office.certify()
    office.bring("m3")
    assert read_standing(office.workspace, NOW).board.step is Step.AGAIN
    with pytest.raises(Misuse, match="requested already"):
        office.request()
    office.request(again=True)
    assert read_standing(office.workspace, NOW).board.step is Step.ANSWER
    assert not (office.folder / "minutes.pdf").exists()
    office.answer()
    again = office.certify()
    assert [item.totals.ballots for item in first.counted] == [24, 0]
    assert [item.totals.ballots for item in again.counted] == [36, 12]
    public = office.publish()
    assert {path.name for path in (public / "decryptions").iterdir()} >= {
        "request-1.cose",
        "request-1-trustee-0.cose",
        "request-1-trustee-1.cose",
    }
    assert failed(public) == {}
    assert verify_folder(public).findings == ()
    (public / "decryptions" / "request-1-trustee-1.cose").write_bytes(
        (public / "decryptions" / "trustee-1.cose").read_bytes()
    )
    assert failed(public)["reopenings"] == {"V-407"}


def test_a_second_opening_needs_the_decision_and_enough_ballots(office: Office) -> None:
    office.hold("m1bis", range(13, 15))
    ready(office, "m1", "m2", "m3")
    office.request()
    office.answer()
    with pytest.raises(Misuse, match="nothing was requested yet"):
        office.copy(office.root.parent / "other").workspace.root.joinpath("decryptions/request.cose").unlink()
        dataclasses.replace(office, root=office.root.parent / "other").request(again=True)
    office.decide(K.LATE_BOX, M1BIS)
    office.bring("m1bis")
    with pytest.raises(Refused, match=r"V-624 contest ville.*ballots more: 2, needed: 5"):
        office.request(again=True)
    assert (office.folder / "decryptions" / "request.cose").exists()
    assert not (office.folder / "decryptions" / "request-1.cose").exists()


def test_trustees_refuse_a_second_opening_that_is_not_decided(office: Office) -> None:
    """An insider exchanges the request and hides the first: the trustees remember."""
    ready(office, "m1", "m2")
    office.decide(K.FEW_BALLOTS, 1)
    before = office.copy(office.root.parent / "before")
    office.request()
    office.answer()
    other = dataclasses.replace(before, root=before.root)
    for path in (other.folder / "decisions").iterdir():
        if read_statement(path.read_bytes()).content[2] == M3:
            path.unlink()
    other.bring("m3")
    for trustee in other.trustees:
        memory = (office.root / trustee.name / "opened.json").read_bytes()
        (other.root / trustee.name / "opened.json").write_bytes(memory)
    other.request()
    with pytest.raises(Refused, match=r"K-103.*no effective decision names both sets"):
        other.answer()


def test_a_trustee_without_memory_states_it_and_whoever_verifies_is_told(office: Office) -> None:
    ready(office, "m1", "m2", "m3")
    office.request()
    trustee = office.root / office.trustees[0].name
    with pytest.raises(Misuse, match="sound"):
        begin_anew(trustee)
    (trustee / "opened.json").unlink()
    with pytest.raises(Refused, match="K-104"):
        office.answer()
    begin_anew(trustee)
    assert remembered(trustee) is None
    office.answer()
    assert remembered(trustee) is None, "what is remembered from now on does not go back to the beginning"
    office.certify()
    public = office.publish()
    report = verify_folder(public)
    assert report.accepted
    assert CliRunner().invoke(cli, ["verify", str(public)]).exit_code == 0, "a warning refuses nothing"
    assert [(item.code, item.subject) for item in report.findings] == [("V-627", "trustee 1")]
    assert FINDINGS["V-627"].severity is Severity.WARNING


def test_the_officer_counts_no_answer_of_a_trustee_who_opened_something_unknown_here(office: Office) -> None:
    """The folder was put back to an earlier copy, and the trustee remembers what is missing in it."""
    ready(office, "m1", "m2")
    office.decide(K.FEW_BALLOTS, 1)
    office.request()
    before = office.copy(office.root.parent / "before")
    office.answer()
    office.decide(K.LATE_BOX, M3)
    office.bring("m3")
    office.request(again=True)
    for path in (office.folder / "decryptions").glob("request-1*"):
        path.unlink()
    with pytest.raises(Refused, match=r"V-626 trustee 1.*not published"):
        office.answer()
    before.answer()  # the twin: the same trustees, who have opened nothing else


def test_of_two_boxes_the_board_keeps_one(office: Office) -> None:
    ready(office, "m1", "m2", "m3")
    with pytest.raises(Refused, match="T-302"):
        office.decide(K.BOX, M2, digest=digest_of(office, "m2"))
    with pytest.raises(Refused, match="T-201"):
        office.bring("m2-found")
    with pytest.raises(Refused, match="T-201"):
        office.request()
    with pytest.raises(Refused, match="T-302"):
        office.decide(K.BOX, M2, digest=bytes(32))
    office.decide(K.BOX, M2, digest=digest_of(office, "m2-found"))
    with pytest.raises(Refused, match="T-208"):
        office.bring("m2")
    with pytest.raises(Refused, match="T-201"):
        office.request()
    office.bring("m2-found")
    with pytest.raises(Refused, match="T-208"):
        office.bring("m2")
    office.request()
    office.answer()
    assert office.certify().counted[0].totals.ballots == 12 + 8 + 12
    assert failed(office.publish()) == {}


def test_the_first_box_may_stay(office: Office) -> None:
    ready(office, "m1", "m2", "m3")
    with pytest.raises(Refused, match="T-201"):
        office.bring("m2-found")
    office.decide(K.BOX, M2, digest=digest_of(office, "m2"))
    with pytest.raises(Refused, match="T-208"):
        office.bring("m2-found")
    with pytest.raises(Refused, match="T-302"):
        office.decide(K.BOX, M2, digest=digest_of(office, "m2-found"))
    office.request()
    with pytest.raises(Refused, match="T-204"):
        office.decide(K.BOX, M2, digest=digest_of(office, "m2-found"))


def test_a_decision_is_read_again_when_it_is_made(office: Office) -> None:
    for content in ({"subject": 4}, {"kind": K.BOX, "subject": M2}, {"kind": K.TIE, "subject": 0}):
        plain = Decision(K.EXCLUSION, M1, "x", 1)
        with pytest.raises(Refused, match="V-606"):
            decide(office.workspace, office.authority, dataclasses.replace(plain, **content))  # type: ignore[arg-type]
