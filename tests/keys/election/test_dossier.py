"""The dossier: papers that fit together are read, each lie among them is refused with its finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from keys.crypto.group import base_mul, scalar
from keys.election.decision import DecisionKind
from keys.election.dossier import Dossier, read_dossier
from keys.election.receipt import Receipt
from keys.election.report import ZeroReport
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from keys.findings import Refused
from tests.simulator.papers import DEFINITION, Papers

OFFICIAL, REHEARSAL = Papers(), Papers(Mode.REHEARSAL)
FILES = OFFICIAL.files
ZERO = OFFICIAL.zero(0)
OTHER_ZERO = OFFICIAL.zero(0, lambda report: replace(report, opened=1))
PAUSE = OFFICIAL.pause(0, ZERO.fingerprint)
REOPENING = OFFICIAL.pause(0, PAUSE.fingerprint, reopening=True)
CLOSING = OFFICIAL.closing(0, ZERO.fingerprint, ZERO.fingerprint)
AFTER_PAUSE = OFFICIAL.closing(0, REOPENING.fingerprint, ZERO.fingerprint)


def read(changes: dict[str, Statement | bytes | None], mode: Mode = Mode.OFFICIAL) -> Dossier:
    files = dict(FILES if mode is Mode.OFFICIAL else REHEARSAL.files)
    for path, new in changes.items():
        if new is None:
            del files[path]
        else:
            files[path] = new if isinstance(new, bytes) else new.raw
    return read_dossier(files, mode)


def test_papers_that_fit() -> None:
    dossier = read({})
    assert dossier.fingerprint == OFFICIAL.context
    assert dossier.confirmed_machines == dossier.confirmed_trustees == {0, 1}
    assert dossier.days[0].closing_fingerprint == CLOSING.fingerprint
    assert [enrolment.machine for enrolment in dossier.enrolments] == ["m1", "m2"]
    assert (dossier.machines_of(0), dossier.machines_of(1)) == ((0, 1), (0,))
    assert len(dossier.credentials_of(0, 1)) == 3 and not dossier.credentials_of(1, 1)


def test_papers_of_a_rehearsal_fit() -> None:
    assert read({}, Mode.REHEARSAL).mode is Mode.REHEARSAL
    with pytest.raises(Refused, match=r"V-154.*REHEARSAL"):
        read_dossier(FILES, Mode.REHEARSAL)


def test_the_order_of_files_does_not_matter() -> None:
    assert read_dossier(dict(reversed(FILES.items())), Mode.OFFICIAL).days == read({}).days


def test_a_day_with_pauses() -> None:
    for links in ([], [PAUSE], [PAUSE, REOPENING]):
        changes: dict[str, Statement | bytes | None] = {
            f"reports/l{n}.cose": link for n, link in enumerate(links)
        }
        last = [ZERO, *links][-1].fingerprint
        changes["reports/closing-0.cose"] = OFFICIAL.closing(0, last, ZERO.fingerprint)
        assert read(changes).days[0].closing is not None
        changes["reports/closing-0.cose"] = None
        assert read(changes).days[0].closing is None


def test_a_machine_that_never_opened() -> None:
    day = read({"reports/zero-1.cose": None, "reports/closing-1.cose": None}).days[1]
    assert (day.zero, day.closing) == (None, None)


def _receipt() -> Statement:
    content = Receipt((bytes(16),), bytes(10))
    return OFFICIAL.after("machine 0 0", StatementType.RECEIPT, Role.MACHINE, content, 0)


def _retyped(statement: Statement, who: str, signer: int) -> Statement:
    content = OFFICIAL.zero(0).content
    record = ZeroReport.from_content(content, "zero")
    return OFFICIAL.after(who, statement.header.type, Role.MACHINE, record, signer)


LIES: dict[str, tuple[str, dict[str, Callable[[], Statement | bytes] | None]]] = {
    "draft missing": ("V-208", {"draft.cose": None}),
    "manifest missing": ("V-208", {"manifest.cose": None}),
    "draft exchanged": ("V-103", {"draft.cose": lambda: Papers(definition=replace(DEFINITION, town="Agen")).draft}),
    "manifest for the draft": ("V-103", {"draft.cose": OFFICIAL.manifest}),
    "file that is no statement": ("V-101 challenges/x.cose", {"challenges/x.cose": lambda: b"x"}),
    "enrolment missing": ("V-202", {"enrolments/m2.cose": None}),
    "enrolment of the rehearsal": ("V-132", {"enrolments/m2.cose": lambda: REHEARSAL.enrolment(1)}),
    "enrolment exchanged": ("V-201.*machines", {
        "enrolments/m2.cose": lambda: OFFICIAL.enrolment(1, lambda item: replace(item, cards=4))}),
    "trustee exchanged": ("V-201.*trustees", {
        "trustees/t1.cose": lambda: OFFICIAL.trustee(1, signer="somebody")}),
    "board exchanged": ("V-201.*board", {"trustees/t2.cose": lambda: OFFICIAL.member(0, signer="somebody")}),
    "confirmation among the trustees": ("V-103", {
        "trustees/x.cose": lambda: OFFICIAL.confirmation(0, Role.TRUSTEE)}),
    "confirmation of another manifest": ("V-209", {"confirmations/m0.cose": lambda: OFFICIAL.confirmation(
        0, Role.MACHINE, lambda item: replace(item, manifest=bytes(32)))}),
    "confirmation of other keys": ("V-209", {"confirmations/t1.cose": lambda: OFFICIAL.confirmation(
        1, Role.TRUSTEE, lambda item: replace(item, handed_in=bytes(32)))}),
    "confirmation of the rehearsal": ("V-136", {
        "confirmations/m0.cose": lambda: REHEARSAL.confirmation(0, Role.MACHINE)}),
    "report as confirmation": ("V-103", {"confirmations/m0.cose": lambda: ZERO}),
    "decision as confirmation": ("V-103", {"confirmations/m0.cose": lambda: OFFICIAL.decision(Role.BOARD, 0)}),
    "confirmation as report": ("V-103.*no report", {
        "reports/x.cose": lambda: OFFICIAL.confirmation(0, Role.MACHINE)}),
    "receipt as report": ("V-103.*no report", {"reports/x.cose": _receipt}),
    "report of the rehearsal": ("V-137.*mode", {"reports/zero-0.cose": lambda: REHEARSAL.zero(0)}),
    "report by another machine": ("V-102", {"reports/zero-0.cose": lambda: _retyped(ZERO, "machine 0 1", 0)}),
    "report of machine 7": ("V-207", {"reports/x.cose": lambda: _retyped(ZERO, "machine 0 0", 7)}),
    "two openings": ("V-402.*2 zero", {"reports/x.cose": lambda: OTHER_ZERO}),
    "the same opening twice": ("V-402.*2 zero", {"reports/x.cose": lambda: ZERO}),
    "two closings": ("V-402.*2 closing", {"reports/x.cose": lambda: AFTER_PAUSE}),
    "closing without opening": ("V-401.*without an opening", {"reports/zero-0.cose": None}),
    "opening with another key": ("V-401.*another key", {"reports/zero-0.cose": lambda: OFFICIAL.zero(
        0, lambda report: replace(report, machine_key=base_mul(scalar(3)).raw))}),
    "opening exchanged": ("V-401.*does not follow", {"reports/zero-0.cose": lambda: OTHER_ZERO}),
    "pause left out of the chain": ("V-401.*does not follow", {"reports/x.cose": lambda: PAUSE}),
    "pause missing": ("V-401", {"reports/closing-0.cose": lambda: AFTER_PAUSE}),
    "reopening that follows nothing": ("V-401.*follows none", {"reports/x.cose": lambda: REOPENING}),
    "two that follow the same": ("V-401.*same one", {
        "reports/x.cose": lambda: PAUSE, "reports/y.cose": lambda: OFFICIAL.pause(0, ZERO.fingerprint, 2)}),
    "pause in a pause": ("V-401.*pause in a pause", {
        "reports/x.cose": lambda: PAUSE, "reports/y.cose": lambda: OFFICIAL.pause(0, PAUSE.fingerprint)}),
    "closing that names another opening": ("V-401.*does not follow", {
        "reports/closing-0.cose": lambda: OFFICIAL.closing(0, ZERO.fingerprint, bytes(32))}),
    "report among the decisions": ("V-103", {"decisions/x.cose": lambda: ZERO}),
    "decision of a stranger": ("V-207", {"decisions/x.cose": lambda: OFFICIAL.decision(Role.BOARD, 2)}),
    "decision of the rehearsal": ("V-144", {"decisions/x.cose": lambda: REHEARSAL.decision(Role.AUTHORITY)}),
}  # fmt: skip


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_refused(name: str) -> None:
    said, changes = LIES[name]
    with pytest.raises(Refused, match=said):
        read({path: new and new() for path, new in changes.items()})


@pytest.mark.parametrize("path", sorted(FILES))
def test_a_bit_in_each_file(path: str) -> None:
    """A bit in the middle of each part: the header, the content, the signature."""
    raw = FILES[path]
    for at in (0, 3, 40, len(raw) // 2, len(raw) - 70, len(raw) - 1):
        changed = bytearray(raw)
        changed[at] ^= 1
        with pytest.raises(Refused):
            read({path: bytes(changed)})


def test_a_decision_needs_its_signers() -> None:
    authority, one, two = (
        OFFICIAL.decision(Role.AUTHORITY),
        OFFICIAL.decision(Role.BOARD, 0),
        OFFICIAL.decision(Role.BOARD, 1),
    )
    alone = read({"decisions/a.cose": authority})
    assert alone.excluded() == frozenset() and len(alone.decisions) == 1
    assert read({"decisions/b.cose": one, "decisions/c.cose": two}).excluded() == frozenset()
    both = read({"decisions/a.cose": authority, "decisions/b.cose": two})
    assert both.excluded() == {1}
    (signed,) = both.effective_decisions()
    assert signed.decision.kind is DecisionKind.EXCLUSION
    assert signed.by_authority and signed.board == {1}
    other = OFFICIAL.decision(Role.BOARD, 0, "Une autre raison")
    assert read({"decisions/a.cose": authority, "decisions/b.cose": other}).excluded() == frozenset()


def test_two_signers_are_two_people() -> None:
    papers = Papers(definition=replace(DEFINITION, signers=2))
    files = papers.files
    decision = {
        "decisions/a.cose": papers.decision(Role.AUTHORITY).raw,
        "decisions/b.cose": papers.decision(Role.BOARD, 0).raw,
        "decisions/c.cose": papers.decision(Role.BOARD, 0).raw,
    }
    assert read_dossier(files | decision, Mode.OFFICIAL).excluded() == frozenset()
    decision["decisions/c.cose"] = papers.decision(Role.BOARD, 1).raw
    assert read_dossier(files | decision, Mode.OFFICIAL).excluded() == {1}


def test_other_folders_are_handed_on_unopened() -> None:
    receipt = _receipt()
    dossier = read({"challenges/x.cose": receipt})
    assert dossier.others == {"challenges/x.cose": read_statement(receipt.raw)}
    assert dossier.open(receipt, StatementType.RECEIPT, Role.MACHINE) == receipt.content
    with pytest.raises(Refused, match="V-103"):
        dossier.open(receipt, StatementType.CHALLENGE, Role.MACHINE)
