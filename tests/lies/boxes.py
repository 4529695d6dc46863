"""The lies told before anything is opened: on sticks, by machines, by officers."""

from __future__ import annotations

from collections.abc import Callable

from tests.lies.lie import Lie, Point
from tests.simulator import box_lies as box
from tests.simulator.hands import Hands

__all__ = ["BOXES"]

_THIEF = "thief of a stick"
_MACHINE = "machine"
_OFFICERS = "station officers"
_AUTHORITY = "authority"


def _import(who: str, name: str, code: str, tell: Callable[[Hands], None]) -> Lie:
    return Lie(name, who, Point.IMPORT, {"import": code}, tell)


def _certify(who: str, name: str, code: str, tell: Callable[[Hands], None]) -> Lie:
    return Lie(name, who, Point.CERTIFY, {"certify": code}, tell)


BOXES = (
    _import(_THIEF, "box of another vote", "V-103", box.another_vote),
    _import(_THIEF, "box of the rehearsal", "T-114", box.rehearsal),
    _import(_THIEF, "marks of the rehearsal", "V-151", box.marks_of_the_rehearsal),
    _import(_THIEF, "closing report of the rehearsal", "V-140", box.closing_of_the_rehearsal),
    _import(_THIEF, "box of another machine", "T-112", box.box_of_another_machine),
    _import(_THIEF, "box cut off", "T-103", box.truncated),
    _import(_THIEF, "link in the place of the box", "T-101", box.link),
    _import(_THIEF, "box of a terabyte", "T-102", box.huge),
    _import(_THIEF, "journal beside the box", "T-110", box.journal),
    _import(_THIEF, "trigger in the box", "T-104", box.trigger),
    _import(_THIEF, "the same row twice", "T-105", box.same_row_twice),
    _import(_THIEF, "one bit of a ballot changed", "T-112", box.swapped_bytes),
    _import(_THIEF, "a ballot fewer in the box", "T-112", box.ballot_left_out),
    _import(_THIEF, "closing report changed", "V-102", box.report_changed),
    _import(_THIEF, "closing report missing", "T-111", box.closing_missing),
    _import(_THIEF, "zero report missing", "V-401", box.opening_missing),
    Lie(
        "the same stick twice",
        _OFFICERS,
        Point.IMPORT,
        {},
        box.same_stick_twice,
        unseen="harmless: already in, nothing changes",
    ),
    _import(_MACHINE, "ballot changed, signed again", "T-113", box.signed(box.bytes_changed)),
    _import(_MACHINE, "trackers exchanged, signed again", "T-113", box.signed(box.trackers_exchanged)),
    _import(_MACHINE, "ballot of a neighbour", "T-113", box.signed(box.ballot_of_a_neighbour)),
    _import(_MACHINE, "credential of the spare", "T-113", box.signed(box.credential_of_the_spare)),
    _import(_MACHINE, "credential of nobody", "T-113", box.signed(box.credential_of_nobody)),
    _import(_MACHINE, "two ballots with one credential", "V-323", box.signed(box.one_credential_twice)),
    _import(_MACHINE, "ballot that counts five", "V-321", box.signed(box.five_votes)),
    _import(_MACHINE, "ballot with another's signature", "V-321", box.signed(box.unsigned_ballot)),
    _import(_MACHINE, "more ballots than electors", "T-108", box.more_than_electors),
    _import(_MACHINE, "other number of ballots reported", "T-112", box.report(ballots=13)),
    _import(_MACHINE, "other set of ballots reported", "T-112", box.report(set_digest=bytes(32))),
    _import(_MACHINE, "closing report of another chain", "V-401", box.report(zero_report=bytes(32))),
    _import(_MACHINE, "closing that follows nothing", "V-401", box.report(previous=bytes(32))),
    _import(_MACHINE, "electors added without leave", "V-408", box.report(additions=1)),
    _import(_MACHINE, "proxies noted without leave", "V-410", box.report(desk_proxies=1)),
    _import(_MACHINE, "more marks than electors", "V-409", box.report(marks=15)),
    _import(_MACHINE, "another roll at the closing", "V-409", box.report(electors=13)),
    _import(_MACHINE, "opening exchanged", "V-401", box.opening_exchanged),
    _import(_MACHINE, "opening with another key", "V-401", box.opened_with_another_key),
    _import(_MACHINE, "opening on a box that is not empty", "V-104", box.box_was_not_empty),
    _import(_MACHINE, "pause that nothing follows", "V-401", box.pause_invented),
    _import(_MACHINE, "another machine signs in its name", "V-102", box.report_in_another_name),
    _import(
        _MACHINE,
        "closing report signed with the key for rehearsals",
        "V-162",
        box.report_with_the_key_for_rehearsals,
    ),
    _import(_MACHINE, "another machine closes its box", "V-103", box.report_of_another_machine),
    _import(_MACHINE, "box signed anew after the report was printed", "V-119", box.other_box_after_printing),
    _import(_AUTHORITY, "closing report by the authority", "V-101", box.report_by_the_authority),
    _import(_AUTHORITY, "decision that travels on a stick", "V-103", box.decision_on_the_stick),
    _import(_OFFICERS, "two boxes of one machine", "T-201", box.two_boxes),
    _import(_OFFICERS, "the box that the board did not choose", "T-208", box.box_that_was_not_chosen),
    _import(_OFFICERS, "late box of a machine that was left out", "T-209", box.late),
    _import(_OFFICERS, "another box once the opening is requested", "T-201", box.exchanged_late),
    Lie(
        "opening while two boxes of one machine lie there",
        _AUTHORITY,
        Point.REQUEST,
        {"request": "T-201"},
        box.suspended,
    ),
    Lie(
        "opening before a station has closed",
        _AUTHORITY,
        Point.REQUEST,
        {"request": "V-403"},
        box.not_everybody,
    ),
    _certify(_MACHINE, "a ballot dropped before the closing was signed", "T-203", box.ballot_dropped),
    _certify(_MACHINE, "a ballot for somebody who never came", "T-203", box.ballot_added),
    _certify(_MACHINE, "another number of marks reported", "T-203", box.report(marks=13)),
    _certify(_OFFICERS, "another number of signatures typed", "T-203", box.report(signatures=13)),
    _certify(_MACHINE, "sealed marks of other people", "T-203", box.marks_of_others),
    _certify(_MACHINE, "sealed mark of a number that is nobody's", "T-210", box.marks_of_nobody),
    _certify(_MACHINE, "one elector marked twice", "T-203", box.one_elector_marked_twice),
    _certify(_MACHINE, "sealed marks of another station", "T-207", box.marks_of_another_station),
    _certify(_MACHINE, "sealed marks kept back", "T-111", box.marks_kept_back),
    _certify(_OFFICERS, "one voter on two machines", "T-207", box.voter_on_two_machines),
)
