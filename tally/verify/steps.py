"""The numbered list: the steps of a verification in their order, with what each proves."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from keys.findings import Refused
from tally.verify.archives import (
    OPENED,
    OWNERS,
    PROOFS,
    SUM,
    TOTALS,
    check_archives,
    check_codes,
    check_machine_boxes,
    check_setups,
    check_shuffles,
    check_signed_parts,
    check_styles,
    check_threshold,
)
from tally.verify.board import (
    check_board_results,
    check_chosen_boxes,
    check_paper,
    check_reopenings,
)
from tally.verify.case import Case, Several, Unchecked
from tally.verify.challenges import check_challenges
from tally.verify.codes import check_minutes
from tally.verify.counting import (
    check_count,
    check_forms,
    check_results,
    check_tables,
    check_ties,
    check_trackers,
)
from tally.verify.opening import (
    check_answers,
    check_enough,
    check_figures,
    check_heads,
    check_machines,
    check_request,
)
from tally.verify.page import check_page
from tally.verify.papers import (
    check_confirmations,
    check_decisions,
    check_files,
    check_manifest,
    check_origin,
    check_publication,
    check_reports,
    check_sealing,
    check_statements,
)
from tally.verify.report import Status, Step

__all__ = ["STEPS", "Row", "run_step"]


_NONE: tuple[Refused, ...] = ()


class Row(NamedTuple):
    """A line of the list before it is run."""

    name: str
    proves: str
    check: Callable[[Case], None]


STEPS: tuple[Row, ...] = (
    Row("files", "Only the files of a public folder are there, no links, none too large.", check_files),
    Row(
        "statements",
        "Every signed paper is in its canonical form and in its place.",
        check_statements,
    ),
    Row("manifest", "Draft and sealed file fit each other and are signed by one authority.", check_manifest),
    Row("origin", "This is the vote whose fingerprint you brought with you.", check_origin),
    Row("publication", "Every file is exactly as the authority published it.", check_publication),
    Row(
        "sealing",
        "The sealed file follows from what machines, trustees and board handed in; no credential is there "
        "twice.",
        check_sealing,
    ),
    Row("reports", "Each machine's reports are its own and follow each other.", check_reports),
    Row("decisions", "Decisions are signed by those who may decide.", check_decisions),
    Row(
        "confirmations",
        "Every trustee and machine found in the sealed file what it had handed in.",
        check_confirmations,
    ),
    Row("request", "All contests were opened at once, on these reports and decisions.", check_request),
    Row(
        "machines",
        "Every machine has closed, or was left out by a decision before the opening.",
        check_machines,
    ),
    Row(
        "chosen boxes",
        "Where two boxes of a machine came in, the one decided on was counted.",
        check_chosen_boxes,
    ),
    Row(
        "figures",
        "Electors marked, ballots and signatures on paper agree at each machine, or a decision "
        "accepts the difference.",
        check_figures,
    ),
    Row(
        "answers", "Each decryption is signed by its trustee, for exactly what was requested.", check_answers
    ),
    Row(
        "reopenings",
        "Nothing was opened twice, except with late boxes of enough ballots, by published decisions; no "
        "opening that a trustee remembers is left out.",
        check_reopenings,
    ),
    Row("archives", "Each archive is in its canonical form, its events in their order.", check_archives),
    Row(
        "setups", "Question, trustees and credentials of each archive are those of the papers.", check_setups
    ),
    Row("ballots", "Every ballot is in its canonical form and holds an allowed vote.", check_codes(PROOFS)),
    Row("owners", "Every ballot has a credential of its own.", check_codes(OWNERS)),
    Row(
        "boxes",
        "The ballots are, machine by machine, those of the closing reports.",
        check_machine_boxes,
    ),
    Row("styles", "Each machine has as many ballots in one of its contests as in the others.", check_styles),
    Row("enough", "No contest with few ballots was opened without a decision.", check_enough),
    Row("sums", "Each encrypted total is the sum of the ballots.", check_codes(SUM)),
    Row(
        "shuffles",
        "Ballots that are opened one by one were shuffled by every trustee who decrypts, each shuffle proved.",
        check_shuffles,
    ),
    Row("heads", "The archives are those that the trustees were asked to open.", check_heads),
    Row("threshold", "No fewer trustees than the definition says could have opened them.", check_threshold),
    Row("decryptions", "Both proofs of every decryption hold.", check_codes(OPENED)),
    Row("signed decryptions", "The archives hold what the trustees signed.", check_signed_parts),
    Row("totals", "The opened totals are what the decryptions give.", check_codes(TOTALS)),
    Row("challenges", "No ballot that was opened to check a machine was counted.", check_challenges),
    Row("forms", "No contest has ballots that this program cannot judge.", check_forms),
    Row("paper", "Stations on paper were typed in twice, decided, and have no ballots beside.", check_paper),
    Row("count", "Each contest can be counted by its rule, with the decisions on its ties.", check_count),
    Row("results", "The signed results are what the rule of each contest gives.", check_results),
    Row(
        "board", "As many members of the board signed each result as the vote asks for.", check_board_results
    ),
    Row("ties", "Every tie is stated, with the signed decision where there is one.", check_ties),
    Row("tables", "The tables of results say the same.", check_tables),
    Row("trackers", "The lists of trackers are those of the ballots.", check_trackers),
    Row("minutes", "The codes in the minutes are the signed results.", check_minutes),
    Row("page", "The page for browsers is what this program writes from the same papers.", check_page),
)


def run_step(case: Case, number: int, row: Row) -> Step:
    """Run one step; whatever does not hold is in the step, not raised.

    Raises:
        Unreadable: The disk or a worker process failed.
    """
    status, findings = Status.OK, _NONE
    try:
        row.check(case)
    except Unchecked:
        status = Status.NOT_CHECKED
    except Refused as refused:
        status, findings = Status.FAILED, (refused,)
    except Several as several:
        status, findings = Status.FAILED, several.findings
    doubts, case.doubts = tuple(case.doubts), []
    return Step(number, row.name, row.proves, status, (*findings, *doubts))
