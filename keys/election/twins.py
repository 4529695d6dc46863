"""The vote and its rehearsal: which finding names it when something of the one stands where the other's belongs."""

from __future__ import annotations

from collections.abc import Iterable

from keys.election.header import Header, Mode, StatementType
from keys.findings import Refused

__all__ = ["MIXED_UP", "check_folder_mode", "check_mode"]

_T = StatementType
MIXED_UP: dict[StatementType, str] = {
    _T.DRAFT: "V-131",
    _T.ENROLMENT: "V-132",
    _T.TRUSTEE: "V-133",
    _T.BOARD_MEMBER: "V-134",
    _T.MANIFEST: "V-135",
    _T.CONFIRMATION: "V-136",
    _T.ZERO_REPORT: "V-137",
    _T.PAUSE_REPORT: "V-138",
    _T.REOPENING_REPORT: "V-139",
    _T.CLOSING_REPORT: "V-140",
    _T.RECEIPT: "V-141",
    _T.CHALLENGE: "V-142",
    _T.REQUEST: "V-143",
    _T.DECISION: "V-144",
    _T.DECRYPTION: "V-145",
    _T.RESULT: "V-146",
    _T.PAPER_COUNT: "V-147",
    _T.PUBLICATION: "V-148",
    _T.PACKAGE: "V-149",
    _T.CEREMONY: "V-150",
    _T.MARKS: "V-151",
    _T.INTERRUPTED: "V-152",
    _T.SHUFFLE: "V-153",
    _T.DESTRUCTION_ORDER: "V-158",
    _T.DESTRUCTION_REPORT: "V-159",
}
"""The finding of each type of statement."""


def check_mode(header: Header, mode: Mode, subject: str) -> None:
    """Check that a statement is of the vote where the vote is meant, and of its rehearsal in a rehearsal.

    Raises:
        Refused: V-131 to V-153, V-158, V-159, by the type of the statement.
    """
    if header.mode is not mode:
        raise Refused(MIXED_UP[header.type], subject, f"mode is {header.mode.name}, expected {mode.name}")


def check_folder_mode(headers: Iterable[Header], mode: Mode) -> None:
    """Check that a folder is not that of the other mode as a whole, whoever published it.

    The draft is the same in both.

    Raises:
        Refused: V-154.
    """
    modes = {header.mode for header in headers if header.type not in {_T.DRAFT, _T.PUBLICATION}}
    if modes and mode not in modes:
        raise Refused("V-154", "folder", f"all of it is {modes.pop().name}, expected {mode.name}")
