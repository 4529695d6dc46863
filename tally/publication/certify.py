"""Certifying: three figures compared, results signed, minutes written. Nothing here is decided by a program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from keys.desk.files import folder_lock, write_whole
from keys.desk.together import Together
from keys.election.dossier import Dossier
from keys.election.layout import REQUEST, safe_name
from keys.election.opening import read_request
from keys.election.statement import StatementType, read_statement
from keys.findings import Fact, Refused
from keys.paper.pages import render_a4
from tally.board import make_board
from tally.boxes.challenges import check_none_cast
from tally.boxes.database import BoxRow, open_boxes
from tally.boxes.figures import check_figures
from tally.boxes.marks import check_marks
from tally.minutes import Proceedings, minutes
from tally.publication.cosigning import board_signatures
from tally.results.all_contests import counted_contests
from tally.results.counted import Counted, result_of
from tally.results.plausibility import Doubt, doubt_counted
from tally.step import Files
from tally.workspace import Authority, Workspace

__all__ = ["Certified", "certify"]


@dataclass(frozen=True, slots=True)
class Certified:
    """What was certified."""

    counted: tuple[Counted, ...]
    minutes: Path | None
    """None while signatures of the board are missing."""
    missing: int = 0
    """Signatures of the board that each result lacks at most."""


def certify(workspace: Workspace, authority: Authority, now: int, sources: Iterable[Path] = ()) -> Certified:
    """Sign the results, take in what the board signed, and write the minutes once all signatures are in.

    Args:
        workspace: Of the officer; its archives are finished.
        authority: Opened.
        now: Unix seconds.
        sources: Files with results that board members signed, or folders that are searched.

    Raises:
        Refused: T-203, T-207 and T-210 figures and marks that differ without a decision, V-608 a checked ballot in a
            box, T-301 a tie that waits, T-206; V-610, the board signed another result.
    """
    with folder_lock(workspace.folder):
        dossier = workspace.dossier()
        _check_settled(dossier)
        with open_boxes(workspace.boxes) as boxes:
            rows = boxes.all()
            check_figures(dossier, rows)
            check_marks(workspace, dossier, rows, authority)
            check_none_cast(dossier, boxes)
        counted, heads = counted_contests(workspace, dossier)
        _check_ties(dossier, counted)
        statements = []
        for item, head in zip(counted, heads, strict=True):
            content = result_of(item, head)
            raw = authority.sign(StatementType.RESULT, workspace.mode, dossier.fingerprint, content)
            name = safe_name(dossier.manifest.definition.contests[item.contest].id)
            workspace.write(f"results/{name}.cose", raw)
            statements.append(read_statement(raw))
        signers = board_signatures(workspace, dossier, statements, sources)
        missing = max(dossier.manifest.definition.signers - len(names) for names in signers)
        path = workspace.root / "minutes.pdf"
        if missing > 0:
            path.unlink(missing_ok=True)
            return Certified(counted, None, missing)
        doubts = _unusual(dossier, rows, counted)
        proceedings = Proceedings(dossier, rows, counted, statements, signers, doubts, now)
        write_whole(path, render_a4(minutes(proceedings, Together.of(dossier.manifest.definition))))
    return Certified(counted, path)


def _check_settled(dossier: Dossier) -> None:
    """Check that what was opened rests on the decisions that stand now.

    Raises:
        Refused: T-206.
    """
    statement = dossier.others.get(REQUEST)
    if statement is None:
        raise Refused("T-206", "certification", Fact("it has not been requested"))
    if read_request(dossier, statement).decisions != dossier.opening_decisions():
        raise Refused("T-206", "certification", Fact("a late box was decided since: ask the trustees again"))


def _check_ties(dossier: Dossier, counted: Sequence[Counted]) -> None:
    for item in counted:
        if item.outcome.ties:
            raise Refused(
                "T-301",
                f"contest {dossier.manifest.definition.contests[item.contest].id}",
                f"step {item.outcome.ties[0].step}: {', '.join(item.outcome.tied)}",
            )


def _unusual(dossier: Dossier, rows: Sequence[BoxRow], counted: Sequence[Counted]) -> tuple[Doubt, ...]:
    board = make_board(dossier, rows, Files(ballots={}), over=True)
    return (*board.doubts, *doubt_counted(dossier.manifest.definition, counted))
