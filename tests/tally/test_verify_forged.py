"""Folders in which an insider lied and signed again: each is refused at the step that is there for it.

The authority signs every forged folder anew, so that nothing but the lie itself can show. What machines or trustees
must sign is signed with their keys: these tests lie in anybody's name, alone or together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.election.result import Publication
from keys.election.statement import Mode, read_statement, sign_statement
from keys.findings import Refused
from tally.published import read_folder
from tally.verify import Status, verify_folder
from tally.verify.archives import check_threshold
from tally.verify.case import Case, Several, need
from tally.verify.counting import check_forms
from tally.verify.steps import STEPS
from tests.simulator import board_lies as board
from tests.simulator import lies
from tests.simulator.forgery import Forgery
from tests.simulator.lies import Lie

pytestmark = pytest.mark.usefixtures("known_bytes_once")


def failed(forgery: Forgery) -> dict[str, str]:
    """Steps that failed, with their first code."""
    report = verify_folder(forgery.root, fingerprint=forgery.vote.fingerprint)
    assert not report.accepted
    return {step.name: step.findings[0].code for step in report.steps if step.status is Status.FAILED}


# The minutes of a folder that was opened anew still show the honest results.
_OLD = {"minutes": "V-614"}

LIES: dict[str, tuple[Lie, dict[str, str]]] = {
    # results
    "totals of two options swapped": (lies.result("ville", totals=(8, 16, 8)), {"results": "V-610", **_OLD}),
    "another winner": (lies.result("roguet", winners=(0, 1)), {"results": "V-610", **_OLD}),
    "another rule": (lies.result("ville", rule="plurality"), {"results": "V-610", **_OLD}),
    "another archive named": (lies.result("ville", head=bytes(32)), {"results": "V-610", **_OLD}),
    "a result for another contest": (lies.result("ville", contest=1), {"results": "V-610", **_OLD}),
    "votes on paper invented": (lies.result("ville", paper=(9, 0, 0)), {"results": "V-610", **_OLD}),
    "trackers altered": (lies.trackers_altered, {"trackers": "V-613"}),
    "results.json altered": (lies.table_altered, {"tables": "V-612"}),
    "results.csv altered": (lies.sheet_altered, {"tables": "V-612"}),
    "page altered": (lies.page_altered, {"page": "V-625"}),
    "page with another key": (lies.page_with_another_key, {"page": "V-625"}),
    "minutes of another result": (lies.minutes_of_another_result, {"minutes": "V-614"}),
    "minutes without codes": (lies.minutes_without_codes, {"minutes": "T-704"}),
    "minutes with half the codes": (lies.minutes_with_half_the_codes, {"minutes": "V-614"}),
    "minutes with a receipt": (lies.minutes_with_a_receipt, {"minutes": "V-614"}),
    # ties
    "tie decided otherwise afterwards": (
        lies.tie_decided_otherwise,
        {"results": "V-610", "ties": "V-611", "tables": "V-612"},
    ),
    "decision on a tie removed": (
        lies.tie_decision_removed,
        {"results": "V-610", "ties": "V-611", "tables": "V-612"},
    ),
    "decision where there is no tie": (lies.tie_decision_for_no_tie, {"count": "T-402"}),
    "decided tie called open": (lies.tie_called_open, {"ties": "V-611", **_OLD}),
    # decisions
    "exclusion removed": (
        lies.exclusion_removed,
        {"request": "V-407", "machines": "V-403", "heads": "V-407"},
    ),
    "exclusion never taken": (lies.exclusion_never_taken, {"machines": "V-403", "heads": "V-407", **_OLD}),
    "exclusion dated after the request": (lies.exclusion_dated_late, {"machines": "V-605", **_OLD}),
    "exclusion not in the request": (lies.exclusion_not_in_request, {"machines": "V-605", **_OLD}),
    "decision about nothing": (lies.decision_about_nothing, {"decisions": "V-606"}),
    "decision by a machine": (lies.decision_by_a_machine, {"statements": "V-101"}),
    "report among decisions": (lies.report_among_decisions, {"statements": "V-103"}),
    # what people decided
    "another box than decided": (board.other_box_than_decided, {"machines": "V-605", "chosen boxes": "V-623"}),
    "opened before without a decision": (board.opened_before_without_decision, {"reopenings": "V-624"}),
    "paper that nobody decided": (board.paper_nobody_decided, {"paper": "V-621"}),
    "signature of the board forged": (board.board_signature_forged, {"board": "V-102"}),
    # ballots
    "other totals in the archive": (lies.other_totals_in_archive, {"totals": "V-505"}),
    "bytes after the end of an archive": (lies.archive_with_more_bytes, {"archives": "V-301"}),
    "credential added": (lies.credential_added, {"setups": "V-340", **_OLD}),
    "ballot with another signature": (lies.ballot_with_another_signature, {"ballots": "V-321", **_OLD}),
    "ballot dropped": (
        lies.ballot_dropped,
        {"boxes": "V-404", "styles": "V-604", "sums": "V-330", "heads": "V-407", "trackers": "V-613"},
    ),
    "ballot dropped by authority and trustees": (
        lies.ballot_dropped_together,
        {"boxes": "V-404", "styles": "V-604", **_OLD},
    ),
    "ballot dropped with its machine": (
        lies.ballot_dropped_with_its_machine,
        {"boxes": "V-404", "styles": "V-604", **_OLD},
    ),
    "too few ballots": (
        lies.few_ballots_opened,
        {"boxes": "V-404", "styles": "V-604", "enough": "V-406", **_OLD},
    ),
    "ballot twice": (lies.ballot_twice, {"owners": "V-323", **_OLD}),
    "ballots in another order": (lies.ballots_in_another_order, {"owners": "V-324", **_OLD}),
    "opened without request": (
        lies.opened_without_request,
        {"answers": "V-407", "boxes": "V-404", "styles": "V-604", "heads": "V-407", **_OLD},
    ),
    # reports
    "closing report exchanged": (lies.closing_exchanged, {"request": "V-407", "boxes": "V-404"}),
    "closing report exchanged before the request": (
        lies.closing_exchanged_before_request,
        {"boxes": "V-404", **_OLD},
    ),
    "signatures missing": (lies.signatures_missing, {"figures": "V-615", **_OLD}),
    "pause removed from the chain": (lies.pause_removed, {"reports": "V-401"}),
    "two closings": (lies.two_closings, {"reports": "V-402"}),
    "closing of another machine": (lies.closing_of_another_machine, {"reports": "V-402"}),
    # decryptions
    "second proofs missing": (lies.proofs_missing, {"decryptions": "V-503"}),
    "second proofs cut off": (lies.proofs_cut_off, {"decryptions": "V-503"}),
    "second proofs of another total": (lies.proofs_of_another_total, {"decryptions": "V-503"}),
    "decryption not signed": (lies.decryption_not_signed, {"signed decryptions": "V-607", **_OLD}),
    "answer to another request": (lies.answer_to_another_request, {"answers": "V-407"}),
    "answer twice": (lies.answer_twice, {"answers": "V-501"}),
    "one trustee only": (lies.one_trustee_only, {"threshold": "V-504", "decryptions": "V-503"}),
    "request by a machine": (lies.request_by_a_machine, {"statements": "V-101"}),
    "request for one contest": (lies.request_for_one_contest, {"request": "V-407"}),
    # sealing
    "confirmation of a trustee missing": (lies.confirmation_missing, {"confirmations": "V-210"}),
    "confirmation of a machine missing": (lies.machine_not_confirmed, {"confirmations": "V-210"}),
    "confirmation of another manifest": (lies.confirmation_of_another_manifest, {"confirmations": "V-209"}),
    "enrolment exchanged": (lies.enrolment_exchanged, {"sealing": "V-201"}),
    "credentials shared": (lies.credentials_shared, {"sealing": "V-203"}),
    "manifest signed by somebody else": (lies.manifest_of_somebody_else, {"manifest": "V-102"}),
    "manifest with another threshold": (
        lies.manifest_with_another_threshold,
        {"origin": "V-602", "publication": "V-103", "sealing": "V-201"},
    ),
    # challenges
    "opened ballot was cast": (lies.cast_ballot_was_opened, {"challenges": "V-608"}),
    "challenge of other choices": (lies.challenge_of_other_choices, {"challenges": "V-609"}),
    "challenge of half a visit": (lies.challenge_of_half_a_visit, {"challenges": "V-609"}),
}


@pytest.mark.parametrize("lie", LIES, ids=lambda name: name)
def test_lie_is_refused_at_its_step(forgery: Forgery, lie: str) -> None:
    tell, expected = LIES[lie]
    tell(forgery)
    forgery.publish()
    assert failed(forgery) == expected


def test_every_step_has_its_lie() -> None:
    """Those on single files are in `test_verify_files`; forms and thresholds cannot be sealed wrongly (below)."""
    refused = {step for _, steps in LIES.values() for step in steps}
    assert {row.name for row in STEPS} - refused == {"files", "forms"}


def test_a_publication_by_somebody_else_is_refused(forgery: Forgery) -> None:
    old = read_statement(forgery.read("publication.cose"))
    forgery.write("publication.cose", sign_statement(old.header, old.content, Ed25519PrivateKey.generate()))
    assert failed(forgery) == {"publication": "V-102"}


def test_a_publication_of_another_vote_is_refused(forgery: Forgery) -> None:
    old = read_statement(forgery.read("publication.cose"))
    header = replace(old.header, context=bytes(32))
    forgery.write("publication.cose", sign_statement(header, old.content, forgery.vote.authority.signing))
    assert failed(forgery) == {"publication": "V-103"}


@pytest.mark.parametrize("change", ["reversed", "twice"])
def test_a_publication_has_one_order(forgery: Forgery, change: str) -> None:
    old = forgery.record("publication.cose", Publication)
    files = old.files[::-1] if change == "reversed" else (*old.files, old.files[-1])
    forgery.sign("publication.cose", replace(old, files=files))
    assert failed(forgery) == {"publication": "V-104"}


def case_of(forgery: Forgery, **definition: object) -> Case:
    """A case whose manifest says something that no sealing would let pass."""
    case = Case(read_folder(forgery.root), Mode.OFFICIAL, None)
    for row in STEPS[:13]:
        row.check(case) if row.name != "origin" else None
    sealed = need(case.sealed)
    changed: Any = definition
    case.manifest = replace(sealed.manifest, definition=replace(sealed.manifest.definition, **changed))
    case.sealed = replace(sealed, manifest=case.manifest)
    return case


def test_keys_that_fewer_trustees_could_open_are_refused(forgery: Forgery) -> None:
    check_threshold(case_of(forgery))
    with pytest.raises(Refused) as refused:
        check_threshold(case_of(forgery, threshold=3))
    assert refused.value.code == "V-506"


def test_ballots_of_a_form_that_is_not_verified_are_refused(forgery: Forgery) -> None:
    contests = case_of(forgery).dossier.manifest.definition.contests
    check_forms(case_of(forgery))
    with pytest.raises(Several) as several:
        check_forms(case_of(forgery, contests=(replace(contests[0], form="pebbles"), *contests[1:])))
    assert [finding.code for finding in several.value.findings] == ["V-616"]
