"""The lies told to whoever verifies what was published: forged folders, published again by the authority."""

from __future__ import annotations

from collections.abc import Mapping

from keys.election.statement import StatementType
from tests.lies.lie import Lie, Point
from tests.simulator import board_lies as board
from tests.simulator import event_lies as event
from tests.simulator import lies, twin_lies
from tests.simulator.lies import Lie as Tell

__all__ = ["PUBLISHED"]

_OLD = {"minutes": "V-614"}
"""The minutes of a folder that was opened anew still show the honest results."""


def _verify(who: str, name: str, refused: Mapping[str, str], tell: Tell) -> Lie:
    return Lie(name, who, Point.VERIFY, refused, folder=tell)


def _eventful(who: str, name: str, refused: Mapping[str, str], tell: Tell) -> Lie:
    return Lie(name, who, Point.VERIFY, refused, folder=tell, eventful=True)


PUBLISHED = (
    _verify(
        "authority",
        "totals of two options swapped",
        {"results": "V-610", **_OLD},
        lies.result("ville", totals=(8, 16, 8)),
    ),
    _verify(
        "authority", "another winner", {"results": "V-610", **_OLD}, lies.result("roguet", winners=(0, 1))
    ),
    _verify(
        "authority", "another rule", {"results": "V-610", **_OLD}, lies.result("ville", rule="plurality")
    ),
    _verify(
        "authority",
        "another archive named",
        {"results": "V-610", **_OLD},
        lies.result("ville", head=bytes(32)),
    ),
    _verify(
        "authority",
        "a result for another contest",
        {"results": "V-610", **_OLD},
        lies.result("ville", contest=1),
    ),
    _verify(
        "authority",
        "votes on paper invented",
        {"results": "V-610", **_OLD},
        lies.result("ville", paper=(9, 0, 0)),
    ),
    Lie(
        "ballot over the spending limit counted",
        "authority and machine",
        Point.VERIFY,
        {"results": "V-610", **_OLD},
        folder=lies.result("panier", totals=(2, 2, 2), invalid=0),
        whole=True,
    ),
    _verify("authority", "trackers altered", {"trackers": "V-613"}, lies.trackers_altered),
    _verify(
        "authority", "trackers of two contests exchanged", {"trackers": "V-628"}, lies.trackers_exchanged
    ),
    _verify("authority", "results.json altered", {"tables": "V-612", **_OLD}, lies.table_altered),
    _verify("authority", "results.csv altered", {"tables": "V-612"}, lies.sheet_altered),
    _verify("authority", "page altered", {"page": "V-625"}, lies.page_altered),
    _verify("authority", "page with another key", {"page": "V-625"}, lies.page_with_another_key),
    _verify("authority", "minutes of another result", {"minutes": "V-614"}, lies.minutes_of_another_result),
    _verify("authority", "minutes without codes", {"minutes": "T-704"}, lies.minutes_without_codes),
    _verify(
        "authority", "minutes with half the codes", {"minutes": "V-614"}, lies.minutes_with_half_the_codes
    ),
    _verify("authority", "minutes of other tables", {"minutes": "V-614"}, lies.minutes_of_other_tables),
    _verify("authority", "minutes with two digests", {"minutes": "V-614"}, lies.minutes_with_two_digests),
    _verify("authority", "minutes with a receipt", {"minutes": "V-614"}, lies.minutes_with_a_receipt),
    _verify(
        "authority",
        "tie decided otherwise afterwards",
        {"results": "V-610", "ties": "V-611", "tables": "V-612"},
        lies.tie_decided_otherwise,
    ),
    _verify(
        "authority",
        "decision on a tie removed",
        {"results": "V-610", "ties": "V-611", "tables": "V-612"},
        lies.tie_decision_removed,
    ),
    _verify("authority", "decision where there is no tie", {"count": "T-402"}, lies.tie_decision_for_no_tie),
    _verify("authority", "decided tie called open", {"ties": "V-611", **_OLD}, lies.tie_called_open),
    _verify(
        "authority",
        "exclusion removed",
        {"request": "V-407", "machines": "V-403", "heads": "V-407"},
        lies.exclusion_removed,
    ),
    _verify(
        "authority and trustees",
        "exclusion never taken",
        {"machines": "V-403", "heads": "V-407", **_OLD},
        lies.exclusion_never_taken,
    ),
    _verify(
        "authority and trustees",
        "exclusion dated after the request",
        {"machines": "V-605", **_OLD},
        lies.exclusion_dated_late,
    ),
    _verify(
        "authority and trustees",
        "exclusion not in the request",
        {"machines": "V-605", **_OLD},
        lies.exclusion_not_in_request,
    ),
    _verify("authority", "decision about nothing", {"decisions": "V-606"}, lies.decision_about_nothing),
    _verify("machine", "decision by a machine", {"statements": "V-101"}, lies.decision_by_a_machine),
    _verify("authority", "report among decisions", {"statements": "V-103"}, lies.report_among_decisions),
    _verify(
        "authority",
        "another box than decided",
        {"machines": "V-605", "chosen boxes": "V-623"},
        board.other_box_than_decided,
    ),
    _verify(
        "authority",
        "opened before without a decision",
        {"reopenings": "V-624"},
        board.opened_before_without_decision,
    ),
    _verify("authority", "paper that nobody decided", {"paper": "V-621"}, board.paper_nobody_decided),
    _verify("authority", "signature of the board forged", {"board": "V-102"}, board.board_signature_forged),
    _verify("authority", "other totals in the archive", {"totals": "V-505"}, lies.other_totals_in_archive),
    _verify(
        "authority", "bytes after the end of an archive", {"archives": "V-301"}, lies.archive_with_more_bytes
    ),
    _verify("authority and trustees", "credential added", {"setups": "V-340", **_OLD}, lies.credential_added),
    _verify(
        "authority and trustees",
        "ballot with another signature",
        {"ballots": "V-321", **_OLD},
        lies.ballot_with_another_signature,
    ),
    _verify(
        "authority",
        "ballot dropped",
        {"boxes": "V-404", "styles": "V-604", "sums": "V-330", "heads": "V-407", "trackers": "V-613"},
        lies.ballot_dropped,
    ),
    _verify(
        "authority and trustees",
        "ballot dropped by authority and trustees",
        {"boxes": "V-404", "styles": "V-604", **_OLD},
        lies.ballot_dropped_together,
    ),
    _verify(
        "authority, trustees and machine",
        "ballot dropped with its machine",
        {"boxes": "V-404", "styles": "V-604", **_OLD},
        lies.ballot_dropped_with_its_machine,
    ),
    _verify(
        "authority and trustees",
        "too few ballots",
        {"boxes": "V-404", "styles": "V-604", "enough": "V-406", **_OLD},
        lies.few_ballots_opened,
    ),
    _verify("authority and trustees", "ballot twice", {"owners": "V-323", **_OLD}, lies.ballot_twice),
    _verify(
        "authority and trustees",
        "ballots in another order",
        {"owners": "V-324", **_OLD},
        lies.ballots_in_another_order,
    ),
    _verify(
        "trustees",
        "opened without request",
        {"answers": "V-407", "boxes": "V-404", "styles": "V-604", "heads": "V-407", **_OLD},
        lies.opened_without_request,
    ),
    _verify(
        "machine", "closing report exchanged", {"request": "V-407", "boxes": "V-404"}, lies.closing_exchanged
    ),
    _verify(
        "authority, trustees and machine",
        "closing report exchanged before the request",
        {"boxes": "V-404", **_OLD},
        lies.closing_exchanged_before_request,
    ),
    _verify("station officers", "signatures missing", {"figures": "V-615", **_OLD}, lies.signatures_missing),
    _verify("authority", "pause removed from the chain", {"reports": "V-401"}, lies.pause_removed),
    _verify("machine", "two closings", {"reports": "V-402"}, lies.two_closings),
    _verify("machine", "closing of another machine", {"reports": "V-402"}, lies.closing_of_another_machine),
    _verify("trustee", "second proofs missing", {"decryptions": "V-503"}, lies.proofs_missing),
    _verify("trustee", "second proofs cut off", {"decryptions": "V-503"}, lies.proofs_cut_off),
    _verify(
        "trustee", "second proofs of another total", {"decryptions": "V-503"}, lies.proofs_of_another_total
    ),
    _verify(
        "trustee",
        "decryption not signed",
        {"signed decryptions": "V-607", **_OLD},
        lies.decryption_not_signed,
    ),
    _verify("trustee", "answer to another request", {"answers": "V-407"}, lies.answer_to_another_request),
    _verify("trustee", "answer twice", {"answers": "V-501"}, lies.answer_twice),
    _verify(
        "authority", "one trustee only", {"threshold": "V-504", "decryptions": "V-503"}, lies.one_trustee_only
    ),
    _verify("machine", "request by a machine", {"statements": "V-101"}, lies.request_by_a_machine),
    _verify("authority", "request for one contest", {"request": "V-407"}, lies.request_for_one_contest),
    _verify(
        "authority",
        "confirmation of a trustee missing",
        {"confirmations": "V-210"},
        lies.confirmation_missing,
    ),
    _verify(
        "authority",
        "confirmation of a machine missing",
        {"confirmations": "V-210"},
        lies.machine_not_confirmed,
    ),
    _verify(
        "trustee",
        "confirmation of another manifest",
        {"confirmations": "V-209"},
        lies.confirmation_of_another_manifest,
    ),
    _verify("machine", "enrolment exchanged", {"sealing": "V-201"}, lies.enrolment_exchanged),
    _verify("machine", "credentials shared", {"sealing": "V-203"}, lies.credentials_shared),
    _verify(
        "somebody", "manifest signed by somebody else", {"manifest": "V-102"}, lies.manifest_of_somebody_else
    ),
    _verify(
        "authority",
        "manifest with another threshold",
        {"origin": "V-602", "publication": "V-103", "sealing": "V-201"},
        lies.manifest_with_another_threshold,
    ),
    _verify("machine", "opened ballot was cast", {"challenges": "V-608"}, lies.cast_ballot_was_opened),
    _verify(
        "machine", "challenge of other choices", {"challenges": "V-609"}, lies.challenge_of_other_choices
    ),
    _verify("machine", "challenge of half a visit", {"challenges": "V-609"}, lies.challenge_of_half_a_visit),
    _verify(
        "authority",
        "rehearsal published as the vote",
        {"manifest": "V-154", "origin": "V-602"},
        twin_lies.whole_folder,
    ),
    _verify(
        "authority",
        "manifest of the rehearsal",
        {"manifest": "V-135", "origin": "V-602"},
        twin_lies.exchanged("manifest.cose"),
    ),
    _verify(
        "authority",
        "manifest of the rehearsal called official",
        {"manifest": "V-201", "origin": "V-602"},
        twin_lies.called_official,
    ),
    _verify(
        "machine",
        "enrolment for the rehearsal",
        {"sealing": "V-132"},
        twin_lies.exchanged("enrolments/m1.cose"),
    ),
    _verify(
        "machine",
        "confirmation of the rehearsal",
        {"confirmations": "V-136"},
        twin_lies.exchanged("confirmations/machine-0.cose"),
    ),
    _verify("machine", "closing report of the rehearsal", {"reports": "V-140"}, twin_lies.report),
    _verify(
        "machine",
        "opening report of the rehearsal",
        {"reports": "V-137"},
        twin_lies.report_of(StatementType.ZERO_REPORT),
    ),
    _verify(
        "machine",
        "pause report of the rehearsal",
        {"reports": "V-138"},
        twin_lies.signed_by_machine(StatementType.PAUSE_REPORT, "reports/x.cose"),
    ),
    _verify(
        "machine",
        "reopening report of the rehearsal",
        {"reports": "V-139"},
        twin_lies.signed_by_machine(StatementType.REOPENING_REPORT, "reports/x.cose"),
    ),
    _verify(
        "machine",
        "statement of the rehearsal on a machine that stopped",
        {"reports": "V-152"},
        twin_lies.interrupted,
    ),
    _verify(
        "trustee",
        "trustee's file of the rehearsal",
        {"sealing": "V-133"},
        twin_lies.handed_in(StatementType.TRUSTEE),
    ),
    _verify(
        "board member",
        "board member's key of the rehearsal",
        {"sealing": "V-134"},
        twin_lies.handed_in(StatementType.BOARD_MEMBER),
    ),
    _verify("trustee", "shuffle of the rehearsal", {"shuffles": "V-153"}, twin_lies.shuffle),
    _verify("authority", "count on paper of the rehearsal", {"paper": "V-147"}, twin_lies.paper_count),
    _verify(
        "authority", "minutes of the rehearsal", {"minutes": "V-157"}, twin_lies.exchanged("minutes.pdf")
    ),
    _verify(
        "authority",
        "trackers of the rehearsal",
        {"trackers": "V-628"},
        twin_lies.exchanged("trackers/ville.txt"),
    ),
    _verify(
        "machine",
        "report signed with the key for rehearsals",
        {"reports": "V-102"},
        twin_lies.report_called_official,
    ),
    _verify("authority", "decision from the rehearsal", {"decisions": "V-144"}, twin_lies.decision),
    _verify(
        "authority",
        "request of the rehearsal",
        {"request": "V-143"},
        twin_lies.exchanged("decryptions/request.cose"),
    ),
    _verify(
        "somebody",
        "answer of the rehearsal",
        {"answers": "V-145"},
        twin_lies.exchanged("decryptions/trustee-0.cose"),
    ),
    _verify(
        "somebody",
        "answer with the published key of the rehearsal",
        {"answers": "V-102"},
        twin_lies.answer_by_the_published_key,
    ),
    _verify(
        "authority",
        "archive of the rehearsal",
        {"setups": "V-155", "heads": "V-407", "decryptions": "V-503", "trackers": "V-628"},
        twin_lies.exchanged("archives/ville.bel"),
    ),
    _verify(
        "machine",
        "challenge from the rehearsal",
        {"challenges": "V-142"},
        twin_lies.exchanged("challenges/m1.cose"),
    ),
    _verify(
        "authority",
        "result of the rehearsal",
        {"results": "V-146", "minutes": "V-614"},
        twin_lies.exchanged("results/ville.cose"),
    ),
    _eventful(
        "authority",
        "the other of two boxes counted",
        {"request": "V-407", "machines": "V-605", "chosen boxes": "V-623"},
        event.other_box_decided,
    ),
    _eventful("authority", "decision without the board", {"request": "V-407"}, event.without_the_board),
    _eventful(
        "authority",
        "decision in a board member's name",
        {"decisions": "V-102"},
        event.board_signed_by_the_authority,
    ),
    _eventful(
        "authority and trustees",
        "earlier opening hidden",
        {"reopenings": "V-626"},
        event.first_request_hidden,
    ),
    _eventful(
        "trustee", "earlier opening kept back", {"reopenings": "V-626"}, event.earlier_opening_kept_back
    ),
    _eventful(
        "authority and trustees",
        "opening between two that are published hidden",
        {"reopenings": "V-626"},
        event.opening_that_is_not_published,
    ),
    _eventful(
        "authority",
        "earlier request hidden, its answers left",
        {"reopenings": "V-407"},
        event.request_hidden_answers_left,
    ),
    _eventful(
        "authority",
        "earlier opening of other machines stated",
        {"reopenings": "V-407"},
        event.first_request_on_other_machines,
    ),
    _eventful(
        "trustee",
        "answer to an earlier request exchanged",
        {"reopenings": "V-407"},
        event.first_answer_exchanged,
    ),
    _eventful(
        "authority",
        "late box that nobody decided on",
        {"request": "V-407", "reopenings": "V-624", "boxes": "V-405", "heads": "V-407", "count": "T-401"},
        event.late_box_by_nobody,
    ),
    _eventful(
        "authority",
        "late box decided between other machines",
        {"decisions": "V-606"},
        event.late_box_between_other_machines,
    ),
    _eventful(
        "authority", "votes on paper changed", {"paper": "V-208", "count": "V-208"}, event.paper_votes_changed
    ),
    _eventful(
        "authority",
        "paper typed by one person",
        {"paper": "V-208", "count": "V-208"},
        event.paper_typed_by_one,
    ),
    _eventful(
        "authority",
        "more paper than electors",
        {"paper": "V-208", "count": "V-208"},
        event.more_paper_than_electors,
    ),
    _eventful("authority", "count on paper hidden", {"paper": "V-208", "count": "V-208"}, event.paper_hidden),
    _eventful(
        "somebody",
        "count on paper by somebody",
        {"paper": "V-102", "count": "V-102"},
        event.paper_by_somebody,
    ),
    _eventful("authority", "result without the board", {"board": "V-622"}, event.result_without_the_board),
    _eventful(
        "board member",
        "another result signed by the board",
        {"board": "V-622"},
        event.result_signed_otherwise,
    ),
    _eventful(
        "authority",
        "result in a board member's name",
        {"board": "V-102"},
        event.result_signed_by_the_authority,
    ),
    _eventful(
        "somebody",
        "result by a board member whom nobody knows",
        {"board": "V-207"},
        event.result_signed_by_nobody_known,
    ),
)
