"""Certifying: three figures compared, results signed, minutes written. Nothing here is decided by a program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cbor2

from keys.desk.files import folder_lock, load_statement, write_whole
from keys.desk.language import Language
from keys.desk.passphrase import open_sealed
from keys.election.archive import outline
from keys.election.decision import DecisionKind
from keys.election.documents import result_from_json
from keys.election.dossier import Dossier
from keys.election.layout import safe_name
from keys.election.marks import MARKS_PURPOSE, Marks, SealedMarks
from keys.election.statement import Role, Statement, StatementType, read_statement
from keys.findings import Refused
from keys.paper.pages import render_a4
from tally.boxes import BoxRow, open_boxes
from tally.minutes import minutes
from tally.results import Counted, count_contest, result_of
from tally.workspace import Authority, Workspace

__all__ = ["Certified", "certify", "check_figures", "counted_contests"]


@dataclass(frozen=True, slots=True)
class Certified:
    """What was certified."""

    counted: tuple[Counted, ...]
    minutes: Path


def counted_contests(
    workspace: Workspace, dossier: Dossier, progress: Callable[[str], None] = lambda _: None
) -> tuple[tuple[Counted, ...], tuple[bytes, ...]]:
    """Count all contests from their finished archives.

    Returns:
        The contests, and the head of each archive (32 bytes).

    Raises:
        Refused: T-206 an archive has no result yet; T-4 codes.
    """
    counted, heads = [], []
    for contest, item in enumerate(dossier.manifest.definition.contests):
        progress(item.id)
        path = workspace.archive(item.id)
        if not path.exists():
            raise Refused("T-206", f"contest {item.id}", "there is no archive")
        with path.open("rb") as stream:
            seen = outline(stream, f"contest {item.id}")
        if seen.result is None:
            raise Refused("T-206", f"contest {item.id}", "its total is not opened")
        sums = result_from_json(seen.result.documents[0])
        counted.append(count_contest(dossier, contest, sums, seen.ballots))
        heads.append(bytes.fromhex(seen.head))
    return tuple(counted), tuple(heads)


def certify(workspace: Workspace, authority: Authority, now: int) -> Certified:
    """Sign the results and write the minutes.

    Args:
        workspace: Of the officer; its archives are finished.
        authority: Opened.
        now: Unix seconds.

    Raises:
        Refused: T-203 figures that differ without a decision, T-301 a tie that waits, T-206.
    """
    with folder_lock(workspace.folder):
        dossier = workspace.dossier()
        with open_boxes(workspace.boxes) as boxes:
            rows = boxes.all()
        check_figures(dossier, rows)
        _check_marks(workspace, dossier, rows, authority)
        counted, heads = counted_contests(workspace, dossier)
        for item in counted:
            if item.outcome.ties:
                raise Refused(
                    "T-301",
                    f"contest {dossier.manifest.definition.contests[item.contest].id}",
                    f"step {item.outcome.ties[0].step}: {', '.join(item.outcome.tied)}",
                )
        statements = []
        for item, head in zip(counted, heads, strict=True):
            content = result_of(item, head)
            raw = authority.sign(StatementType.RESULT, workspace.mode, dossier.fingerprint, content)
            name = safe_name(dossier.manifest.definition.contests[item.contest].id)
            workspace.write(f"results/{name}.cose", raw)
            statements.append(read_statement(raw))
        path = workspace.root / "minutes.pdf"
        write_whole(path, render_minutes(dossier, rows, counted, statements, now))
    return Certified(counted, path)


def render_minutes(
    dossier: Dossier,
    rows: Sequence[BoxRow],
    counted: Sequence[Counted],
    statements: Sequence[Statement],
    now: int,
) -> bytes:
    """The minutes as PDF, in the town's own language."""
    language = Language(dossier.manifest.definition.language)
    return render_a4(minutes(dossier, rows, counted, statements, language, now))


def check_figures(dossier: Dossier, rows: Sequence[BoxRow]) -> None:
    """Check that marks, ballots and signatures are one number at each machine, or that a decision says why not.

    Raises:
        Refused: T-203, naming the first machine.
    """
    decided = {
        item.decision.subject
        for item in dossier.effective_decisions()
        if item.decision.kind is DecisionKind.FIGURES
    } | dossier.excluded()
    for row in rows:
        if not row.marks == row.ballots == row.signatures and row.machine not in decided:
            figures = f"{row.marks} marks, {row.ballots} ballots, {row.signatures} signatures"
            raise Refused("T-203", f"machine {row.name}", figures)


def _check_marks(
    workspace: Workspace, dossier: Dossier, rows: Sequence[BoxRow], authority: Authority
) -> None:
    """Open the sealed marks: as many as reported, and nobody marked on two machines of a station."""
    seen: dict[tuple[int, int], str] = {}
    for row in rows:
        for marks in _marks(workspace, dossier, row, authority):
            if len(marks.voted) != row.marks:
                raise Refused(
                    "T-203", f"machine {row.name}", f"{len(marks.voted)} marks sent, {row.marks} reported"
                )
            for number in marks.voted:
                other = seen.setdefault((marks.station, number), row.name)
                if other != row.name:
                    raise Refused("T-207", f"machines {other} and {row.name}", f"roll number {number}")


def _marks(workspace: Workspace, dossier: Dossier, row: BoxRow, authority: Authority) -> list[Marks]:
    folder = workspace.private / workspace.mode.name.lower() / "marks"
    found = []
    for path in sorted(folder.glob(f"{safe_name(row.name)}-*.cose")):
        statement = load_statement(path)
        content = dossier.open(statement, StatementType.MARKS, Role.MACHINE)
        sealed = SealedMarks.from_content(content, statement.name).sealed
        opened = cbor2.loads(open_sealed(sealed, authority.box, MARKS_PURPOSE))
        found.append(Marks.from_content(opened, statement.name))
    if len(found) != 1:
        raise Refused("T-111", f"machine {row.name}", "its marks are missing")
    return found
