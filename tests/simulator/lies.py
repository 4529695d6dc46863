"""Lies: what an insider, or several together, do to a public folder. The authority publishes it again afterwards."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.crypto.credentials import sort_credentials
from keys.crypto.group import base_mul, scalar
from keys.crypto.randomness import system_draw
from keys.crypto.transcript import sha256
from keys.crypto.trustees import partial_decrypt
from keys.desk.language import Language
from keys.election.archive import Step
from keys.election.ballot_form import Ballot
from keys.election.box import set_digest
from keys.election.decision import Decision, DecisionKind
from keys.election.documents import credentials_from_json, credentials_to_json, result_to_json
from keys.election.enrolment import Confirmation, Enrolment
from keys.election.events import Kind, Stage
from keys.election.manifest import Manifest
from keys.election.opening import Decryption, Request
from keys.election.receipt import Receipt
from keys.election.report import ClosingReport
from keys.election.result import Result, TiedStep
from keys.election.statement import Mode, StatementType, read_statement, sign_statement
from keys.election.verification import verify_ballots
from keys.paper.document import Block, Text
from keys.paper.frame import code_of, paper
from keys.paper.groups import fingerprint_text
from keys.paper.pages import render_a4
from tests.simulator.contest import flip
from tests.simulator.forgery import Forgery
from tests.simulator.vote import NOW

REQUEST = "decryptions/request.cose"
Lie = Callable[[Forgery], None]


def result(path: str, **fields: object) -> Lie:
    return lambda forgery: forgery.change(f"results/{path}.cose", Result, **fields)


def exclusion_removed(forgery: Forgery) -> None:
    forgery.remove(forgery.decision(DecisionKind.EXCLUSION))


def exclusion_never_taken(forgery: Forgery) -> None:
    exclusion_removed(forgery)
    forgery.reopen()


def exclusion_dated_late(forgery: Forgery) -> None:
    path = forgery.decision(DecisionKind.EXCLUSION)
    forgery.change(path, Decision, at=NOW + 6001)
    old = forgery.record(REQUEST, Request)
    fingerprint = read_statement(forgery.read(path)).fingerprint
    forgery.sign(REQUEST, replace(old, decisions=(fingerprint,)))
    forgery.reopen()


def exclusion_not_in_request(forgery: Forgery) -> None:
    forgery.sign(REQUEST, replace(forgery.record(REQUEST, Request), decisions=()))
    forgery.reopen()


def decision_about_nothing(forgery: Forgery) -> None:
    content = Decision(DecisionKind.FIGURES, 9, "no such machine", NOW).to_content()
    forgery.write("decisions/x.cose", forgery.vote.signed(StatementType.DECISION, content))


def decision_by_a_machine(forgery: Forgery) -> None:
    forgery.sign_as_machine(forgery.decision(DecisionKind.EXCLUSION))


def tie_decided_otherwise(forgery: Forgery) -> None:
    forgery.change(forgery.decision(DecisionKind.TIE), Decision, order=(0, 1))


def tie_decision_removed(forgery: Forgery) -> None:
    forgery.remove(forgery.decision(DecisionKind.TIE))


def tie_decision_for_no_tie(forgery: Forgery) -> None:
    content = Decision(DecisionKind.TIE, 0, "why not", NOW, "place-1", (0, 1), "lot").to_content()
    forgery.write("decisions/x.cose", forgery.vote.signed(StatementType.DECISION, content))


def tie_called_open(forgery: Forgery) -> None:
    forgery.change("results/lardenne.cose", Result, ties=(TiedStep("place-1", (0, 1)),))


def other_totals_in_archive(forgery: Forgery) -> None:
    steps = forgery.steps("lardenne")
    steps[-1] = Step(Kind.RESULT, (result_to_json((4, 5, 3)),))
    forgery.archive("lardenne", steps)


def archive_with_more_bytes(forgery: Forgery) -> None:
    forgery.write("archives/ville.bel", forgery.read("archives/ville.bel") + bytes(512))


def credential_added(forgery: Forgery) -> None:
    """A credential that no machine enrolled, for a ballot to come."""
    steps = forgery.steps("ville")
    election, trustees, listed = steps[0].documents
    points = [*credentials_from_json(listed), base_mul(scalar(2022))]
    credentials = credentials_to_json(sort_credentials(points))
    forgery.archive("ville", [Step(Kind.SETUP, (election, trustees, credentials)), *steps[1:]])
    forgery.reopen()


def ballot_with_another_signature(forgery: Forgery) -> None:
    steps = forgery.steps("ville")
    steps[1] = Step(Kind.BALLOT, (flip(steps[1].documents[0], b'"proof":{"challenge":"'),))
    forgery.archive("ville", steps)
    forgery.reopen()


def manifest_of_somebody_else(forgery: Forgery) -> None:
    old = read_statement(forgery.read("manifest.cose"))
    forgery.write("manifest.cose", sign_statement(old.header, old.content, Ed25519PrivateKey.generate()))


def ballot_dropped(forgery: Forgery) -> None:
    steps = forgery.steps("roguet")
    forgery.archive("roguet", [*steps[:1], *steps[2:]])


def ballot_dropped_together(forgery: Forgery) -> None:
    """The authority and all trustees: total, decryptions and result are made anew for the ballots that are left."""
    forgery.keep_ballots("ville", _without_the_one_that_has_a_receipt(forgery))
    forgery.reopen()


def _without_the_one_that_has_a_receipt(forgery: Forgery) -> Callable[[list[bytes]], list[bytes]]:
    """Of the visit whose ballots the simulator keeps, so that always the same machine lacks one."""
    mine = forgery.vote.cast.ballots[0].credential
    return lambda ballots: [raw for raw in ballots if Ballot.parse(raw).unsigned.credential.raw != mine]


def few_ballots_opened(forgery: Forgery) -> None:
    forgery.keep_ballots("roguet", lambda ballots: ballots[:4])
    forgery.reopen()


def ballot_twice(forgery: Forgery) -> None:
    forgery.keep_ballots("ville", lambda ballots: [ballots[0], *ballots])
    forgery.reopen()


def ballots_in_another_order(forgery: Forgery) -> None:
    forgery.keep_ballots("ville", lambda ballots: ballots[::-1])
    forgery.reopen()


def opened_without_request(forgery: Forgery) -> None:
    """Trustees open other archives than the one request that the authority signed."""
    forgery.keep_ballots("ville", _without_the_one_that_has_a_receipt(forgery))
    forgery.reopen(request=False)


def ballot_dropped_with_its_machine(forgery: Forgery) -> None:
    """Authority, trustees and the machine together; yet the machine has as many ballots in each contest."""
    path = forgery.report(0, StatementType.CLOSING_REPORT)
    forgery.keep_ballots("roguet", lambda ballots: ballots[1:])
    forgery.change(path, ClosingReport, ballots=11, marks=11, signatures=11, set_digest=_digest(forgery, 0))
    forgery.reopen()


def _digest(forgery: Forgery, machine: int) -> bytes:
    """Digest of what the archives hold of a machine."""
    dossier = forgery.dossier()
    trackers = {}
    for contest in dossier.manifest.styles[dossier.manifest.machines[machine].station]:
        own = dossier.credentials_of(machine, contest)
        name = dossier.manifest.definition.contests[contest].id
        ballots = [step.documents[0] for step in forgery.steps(name) if step.kind is Kind.BALLOT]
        trackers[contest] = [
            sha256(raw) for raw in ballots if Ballot.parse(raw).unsigned.credential.raw in own
        ]
    return set_digest(trackers)


def closing_exchanged(forgery: Forgery) -> None:
    path = forgery.report(0, StatementType.CLOSING_REPORT)
    forgery.change(path, ClosingReport, set_digest=bytes(32))


def closing_exchanged_before_request(forgery: Forgery) -> None:
    closing_exchanged(forgery)
    forgery.reopen()


def signatures_missing(forgery: Forgery) -> None:
    path = forgery.report(1, StatementType.CLOSING_REPORT)
    forgery.change(path, ClosingReport, signatures=11)
    forgery.reopen()


def pause_removed(forgery: Forgery) -> None:
    forgery.remove(forgery.report(0, StatementType.PAUSE_REPORT))


def two_closings(forgery: Forgery) -> None:
    path = forgery.report(0, StatementType.CLOSING_REPORT)
    content = replace(forgery.record(path, ClosingReport), closed=1).to_content()
    forgery.write("reports/x.cose", forgery.vote.signed(StatementType.CLOSING_REPORT, content, 0))


def closing_of_another_machine(forgery: Forgery) -> None:
    path = forgery.report(0, StatementType.CLOSING_REPORT)
    content = dict(read_statement(forgery.read(path)).content)
    forgery.write(path, forgery.vote.signed(StatementType.CLOSING_REPORT, content, 1))


def proofs_missing(forgery: Forgery) -> None:
    path = "decryptions/trustee-0.cose"
    old = forgery.record(path, Decryption)
    first = replace(old.contests[0], bound_proofs=old.contests[0].bound_proofs[:-64])
    forgery.sign(path, replace(old, contests=(first, *old.contests[1:])))


def proofs_cut_off(forgery: Forgery) -> None:
    path = "decryptions/trustee-0.cose"
    old = forgery.record(path, Decryption)
    first = replace(old.contests[0], bound_proofs=old.contests[0].bound_proofs[:-1])
    forgery.sign(path, replace(old, contests=(first, *old.contests[1:])))


def proofs_of_another_total(forgery: Forgery) -> None:
    path = "decryptions/trustee-1.cose"
    old = forgery.record(path, Decryption)
    other = replace(old.contests[0], bound_proofs=old.contests[1].bound_proofs)
    forgery.sign(path, replace(old, contests=(other, *old.contests[1:])))


def decryption_not_signed(forgery: Forgery) -> None:
    """The archive holds another decryption than the trustee signed, though one with sound proofs of its own."""
    steps = forgery.steps("ville")
    archive = verify_ballots(io.BytesIO(forgery.read("archives/ville.bel")), expected=Stage.COMPLETE)
    at = next(n for n, step in enumerate(steps) if step.kind is Kind.PARTIAL_DECRYPTION)
    secret = forgery.vote.trustees[0].secret
    partial = partial_decrypt(secret, archive.sums, archive.contest.fingerprint, system_draw)
    steps[at] = Step(Kind.PARTIAL_DECRYPTION, (partial.to_json(),), (1,))
    forgery.archive("ville", steps)
    forgery.recount()


def answer_to_another_request(forgery: Forgery) -> None:
    forgery.change("decryptions/trustee-0.cose", Decryption, request=bytes(32))


def answer_twice(forgery: Forgery) -> None:
    forgery.write("decryptions/trustee-9.cose", forgery.read("decryptions/trustee-0.cose"))


def one_trustee_only(forgery: Forgery) -> None:
    forgery.remove("decryptions/trustee-1.cose")


def request_by_a_machine(forgery: Forgery) -> None:
    forgery.sign_as_machine(REQUEST)


def request_for_one_contest(forgery: Forgery) -> None:
    old = forgery.record(REQUEST, Request)
    forgery.sign(REQUEST, replace(old, contests=old.contests[:1]))


def confirmation_missing(forgery: Forgery) -> None:
    forgery.remove("confirmations/trustee-1.cose")


def machine_not_confirmed(forgery: Forgery) -> None:
    forgery.remove("confirmations/machine-0.cose")


def confirmation_of_another_manifest(forgery: Forgery) -> None:
    forgery.change("confirmations/trustee-0.cose", Confirmation, manifest=bytes(32))


def enrolment_exchanged(forgery: Forgery) -> None:
    """A machine with another key, and credentials of whoever made it."""
    old = read_statement(forgery.read("enrolments/m1.cose"))
    key = Ed25519PrivateKey.generate()
    content = replace(
        Enrolment.from_content(old.content, "enrolment"), public_key=key.public_key().public_bytes_raw()
    )
    forgery.write("enrolments/m1.cose", sign_statement(old.header, content.to_content(), key))


def credentials_shared(forgery: Forgery) -> None:
    """The spare brings the credentials of its neighbour."""
    other = forgery.record("enrolments/m2.cose", Enrolment)
    old = read_statement(forgery.read("enrolments/m2bis.cose"))
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    content = replace(
        Enrolment.from_content(old.content, "enrolment"), public_key=public, credentials=other.credentials
    )
    forgery.write("enrolments/m2bis.cose", sign_statement(old.header, content.to_content(), key))


def manifest_with_another_threshold(forgery: Forgery) -> None:
    old = read_statement(forgery.read("manifest.cose"))
    manifest = Manifest.from_content(old.content, "manifest")
    changed = replace(manifest, definition=replace(manifest.definition, threshold=1))
    raw = sign_statement(old.header, changed.to_content(), forgery.vote.authority.signing)
    forgery.write("manifest.cose", raw)


def trackers_altered(forgery: Forgery) -> None:
    lines = forgery.read("trackers/ville.txt").splitlines(keepends=True)
    forgery.write("trackers/ville.txt", b"".join(lines[1:]))


def trackers_exchanged(forgery: Forgery) -> None:
    """The lists of two contests, each under the name of the other."""
    one, other = "trackers/ville.txt", "trackers/roguet.txt"
    first = forgery.read(one)
    forgery.write(one, forgery.read(other))
    forgery.write(other, first)


def table_altered(forgery: Forgery) -> None:
    data = forgery.read("results.json")
    forgery.write("results.json", data.replace(b'"votes": 16', b'"votes": 61'))


def sheet_altered(forgery: Forgery) -> None:
    data = forgery.read("results.csv")
    assert b",16,1" in data
    forgery.write("results.csv", data.replace(b",16,1", b",16,0"))


def page_altered(forgery: Forgery) -> None:
    data = forgery.read("index.html")
    shown = b'data-label="Voix" class="number">%d<'
    assert shown % 16 in data
    forgery.write("index.html", data.replace(shown % 16, shown % 61))


def page_with_another_key(forgery: Forgery) -> None:
    """With this page, receipts of another machine would hold."""
    data = forgery.read("index.html")
    keys = [entry.public_key.hex().encode() for entry in forgery.dossier().manifest.machines]
    forgery.write("index.html", data.replace(keys[0], keys[1]))


def minutes_of_another_result(forgery: Forgery) -> None:
    """The minutes are printed with the code of a forged result, which is then put back."""
    honest = forgery.read("results/ville.cose")
    forgery.change("results/ville.cose", Result, winners=(1,))
    names = ("ville", "roguet", "lardenne")
    statements = [read_statement(forgery.read(f"results/{name}.cose")) for name in names]
    forgery.write("results/ville.cose", honest)
    forgery.write("minutes.pdf", _page(forgery, [code_of(item, "Result") for item in statements]))


def minutes_without_codes(forgery: Forgery) -> None:
    forgery.write("minutes.pdf", _page(forgery, [Text("Arbres")]))


def minutes_with_half_the_codes(forgery: Forgery) -> None:
    statement = read_statement(forgery.read("results/ville.cose"))
    forgery.write("minutes.pdf", _page(forgery, [code_of(statement, "Result")]))


def minutes_with_a_receipt(forgery: Forgery) -> None:
    """A code of something that is not in the folder, among the right ones."""
    names = ("ville", "roguet", "lardenne")
    statements = [read_statement(forgery.read(f"results/{name}.cose")) for name in names]
    receipt = Receipt((bytes(16),), bytes(10)).to_content()
    statements.append(read_statement(forgery.vote.signed(StatementType.RECEIPT, receipt, 0)))
    forgery.write("minutes.pdf", _page(forgery, [code_of(item, "Code") for item in statements]))


def minutes_of_other_tables(forgery: Forgery) -> None:
    """The right codes over the digest of another results.json."""
    forgery.write("minutes.pdf", _page(forgery, _result_codes(forgery), b"{}"))


def minutes_with_two_digests(forgery: Forgery) -> None:
    """The right digest at the foot, and another in the text."""
    other = Text(f"Empreinte de results.json {fingerprint_text(hashlib.sha256(b'{}').digest())}")
    forgery.write("minutes.pdf", _page(forgery, [*_result_codes(forgery), other]))


def minutes_written_anew(forgery: Forgery) -> None:
    """No lie: other words, with the right codes and the right digest."""
    forgery.write("minutes.pdf", _page(forgery, _result_codes(forgery)))


def _result_codes(forgery: Forgery) -> list[Block]:
    names = ("ville", "roguet", "lardenne")
    return [code_of(read_statement(forgery.read(f"results/{name}.cose")), "Code") for name in names]


def _page(forgery: Forgery, blocks: list[Block], tables: bytes | None = None) -> bytes:
    dossier = forgery.dossier()
    digest = fingerprint_text(hashlib.sha256(tables or forgery.read("results.json")).digest())
    return render_a4(
        paper(
            dossier.manifest.definition,
            Mode.OFFICIAL,
            dossier.fingerprint,
            Language("fr"),
            "Procès-verbal",
            blocks,
            data=f"Empreinte de results.json {digest}",
        )
    )


def cast_ballot_was_opened(forgery: Forgery) -> None:
    """The machine told a voter that this visit was a check, and cast it."""
    content = forgery.vote.cast.to_content()
    forgery.write("challenges/x.cose", forgery.vote.signed(StatementType.CHALLENGE, content, 1))


def challenge_of_other_choices(forgery: Forgery) -> None:
    """The machine had prepared another vote than it shows."""
    cast = forgery.vote.cast
    shown = replace(cast.ballots[0], selection=(0, 1, 0))
    content = replace(cast, ballots=(shown, *cast.ballots[1:])).to_content()
    forgery.write("challenges/x.cose", forgery.vote.signed(StatementType.CHALLENGE, content, 1))


def challenge_of_half_a_visit(forgery: Forgery) -> None:
    cast = forgery.vote.cast
    content = replace(cast, ballots=cast.ballots[:1]).to_content()
    forgery.write("challenges/x.cose", forgery.vote.signed(StatementType.CHALLENGE, content, 1))


def report_among_decisions(forgery: Forgery) -> None:
    forgery.write("decisions/x.cose", forgery.read("reports/m1-1.cose"))
