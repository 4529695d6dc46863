"""The lies told to trustees who are asked to open, and those that trustees tell when they answer."""

from __future__ import annotations

from collections.abc import Callable

from tests.lies.lie import Lie, Point
from tests.simulator import opening_lies as opening
from tests.simulator.hands import Hands

__all__ = ["OPENINGS"]

_AUTHORITY = "authority"
_WITH_MACHINE = "authority and machine"
_TRUSTEE = "trustee"
_THIEF = "thief of a stick"


def _decrypt(who: str, name: str, code: str, tell: Callable[[Hands], None]) -> Lie:
    return Lie(name, who, Point.DECRYPT, {"decrypt": code}, tell)


def _count(who: str, name: str, code: str, tell: Callable[[Hands], None]) -> Lie:
    return Lie(name, who, Point.COUNT, {"count": code}, tell)


OPENINGS = (
    _decrypt(_AUTHORITY, "one voter's ballot as the total", "V-331", opening.one_voter_as_total),
    _decrypt(_AUTHORITY, "total without one ballot", "V-331", opening.ballot_left_out_of_total),
    _decrypt(_AUTHORITY, "two votes added to the total", "V-331", opening.votes_added_to_total),
    _decrypt(_AUTHORITY, "two options exchanged in the total", "V-331", opening.options_exchanged),
    _decrypt(_AUTHORITY, "other number of ballots in the total", "V-330", opening.number_of_ballots_changed),
    _decrypt(_AUTHORITY, "archive of one voter", "V-404", opening.archive_of_one_voter),
    _decrypt(_AUTHORITY, "archive without one ballot", "V-404", opening.ballot_left_out),
    _decrypt(_AUTHORITY, "one ballot twice in the archive", "V-323", opening.ballot_counted_twice),
    _decrypt(_WITH_MACHINE, "ballot cast after the closing", "V-404", opening.ballot_stuffed),
    _decrypt(
        _WITH_MACHINE, "ballot of a machine that was left out", "V-405", opening.ballot_of_an_excluded_machine
    ),
    _decrypt(_AUTHORITY, "ballot with a credential of nobody", "V-322", opening.ballot_of_nobody),
    _decrypt(_AUTHORITY, "machine left out without a decision", "V-404", opening.machine_left_out_unseen),
    _decrypt(_AUTHORITY, "decision forged by somebody", "V-102", opening.machine_left_out_by_nobody),
    _decrypt(
        "board member", "decision of the board alone", "V-404", opening.machine_left_out_by_the_board_alone
    ),
    _decrypt(_AUTHORITY, "early request: a station still votes", "V-403", opening.before_the_end),
    _decrypt(_WITH_MACHINE, "few ballots without a decision", "V-406", opening.few_ballots),
    _decrypt(_AUTHORITY, "archive of another vote", "V-340", opening.foreign_archive),
    _decrypt(_TRUSTEE, "archive that somebody has begun to open", "V-307", opening.opened_already),
    _decrypt(_WITH_MACHINE, "closing signed anew after the request", "V-404", opening.box_exchanged),
    _decrypt(_AUTHORITY, "request for one contest only", "V-407", opening.request_for_one_contest),
    _decrypt(_AUTHORITY, "request for other machines", "V-407", opening.request_for_other_machines),
    _decrypt(_AUTHORITY, "request on other reports", "V-407", opening.request(reports=(bytes(32),))),
    _decrypt(_AUTHORITY, "request without its decisions", "V-407", opening.request(decisions=())),
    _decrypt(_AUTHORITY, "request of another vote", "V-103", opening.request_of_another_vote),
    _decrypt(_AUTHORITY, "request of the rehearsal", "V-143", opening.request_of_the_rehearsal),
    _decrypt("machine", "request signed by a machine", "V-101", opening.request_by_a_machine),
    _decrypt(_THIEF, "request signed by somebody", "V-102", opening.request_by_somebody),
    _decrypt(_THIEF, "request missing", "V-208", opening.request_missing),
    _decrypt(_AUTHORITY, "another manifest", "V-201", opening.another_manifest),
    _decrypt(_AUTHORITY, "folder of the rehearsal", "V-154", opening.rehearsal_folder),
    _decrypt(_AUTHORITY, "folder of another vote", "V-207", opening.folder_of_another_vote),
    _decrypt(_AUTHORITY, "two stations, then three", "K-103", opening.two_stations_then_three),
    _decrypt(_THIEF, "the trustee's memory lost", "K-104", opening.memory_lost),
    _decrypt(_THIEF, "the trustee's memory edited", "K-104", opening.memory_of_something_else),
    _count(_TRUSTEE, "answer to another request", "V-407", opening.answer(opening.to_another_request)),
    _count(_TRUSTEE, "answer with another key", "V-503", opening.answer(opening.with_another_secret)),
    _count(_TRUSTEE, "answer about one voter's ballot", "V-503", opening.answer(opening.of_another_total)),
    _count(_TRUSTEE, "answer without second proofs", "V-503", opening.answer(opening.without_second_proofs)),
    _count(
        _TRUSTEE, "answer with two factors exchanged", "V-503", opening.answer(opening.first_factor_exchanged)
    ),
    _count(_THIEF, "answer signed by somebody", "V-102", opening.answer_by_a_stranger),
    _count(_TRUSTEE, "answer in another trustee's name", "V-102", opening.answer_in_another_name),
    _count(_TRUSTEE, "one answer brought as two", "T-205", opening.answer_twice),
)
