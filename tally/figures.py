"""The figures of each machine: electors marked, ballots, signatures on paper, and slips where they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from keys.desk.files import load_statement
from keys.desk.passphrase import open_sealed
from keys.election.cbor import decode
from keys.election.decision import DecisionKind
from keys.election.dossier import Dossier
from keys.election.figures import disagreement
from keys.election.interruption import check_spoken_for
from keys.election.layout import safe_name
from keys.election.marks import MARKS_PURPOSE, Marks, SealedMarks
from keys.election.statement import Role, StatementType
from keys.findings import Refused
from tally.workspace import Authority, Workspace

if TYPE_CHECKING:  # a verification reads figures and loads no database
    from tally.boxes import BoxRow

__all__ = ["accepted", "check_figures", "check_marks"]


def accepted(dossier: Dossier) -> frozenset[int]:
    """Machines whose figures need not agree: they are left out, or a decision accepts what differs."""
    return frozenset(item.subject for item in dossier.decided(DecisionKind.FIGURES)) | dossier.excluded()


def check_figures(dossier: Dossier, rows: Sequence[BoxRow]) -> None:
    """Check that the figures of each machine are one number, or that a decision accepts that they are not.

    Raises:
        Refused: T-203, naming the first machine.
    """
    for row in rows:
        closing = dossier.days[row.machine].closing
        found = None if closing is None else disagreement(closing)
        if found is not None and row.machine not in accepted(dossier):
            raise Refused("T-203", f"machine {row.name}", found)


def check_marks(workspace: Workspace, dossier: Dossier, rows: Sequence[BoxRow], authority: Authority) -> None:
    """Open the sealed marks: as many as reported, and nobody marked on two machines of a station.

    Machines that are left out are passed over; a decision on figures accepts what differs at its machine.

    Raises:
        Refused: T-111 marks that are missing, T-203, T-207.
    """
    excluded, allowed = dossier.excluded(), accepted(dossier)
    seen: dict[tuple[int, int], BoxRow] = {}
    for row in (row for row in rows if row.machine not in excluded):
        voted = frozenset(_marks(workspace, dossier, row, authority).voted)
        if len(voted) != row.marks and row.machine not in allowed:
            raise Refused("T-203", f"machine {row.name}", f"marks sent {len(voted)}, reported {row.marks}")
        _note(seen, dossier.manifest.machines[row.machine].station, voted, row, allowed)


def _note(
    seen: dict[tuple[int, int], BoxRow],
    station: int,
    voted: Set[int],
    row: BoxRow,
    allowed: Set[int],
) -> None:
    """Note who is marked on a machine; refused where another one of its station marked the same person."""
    for number in sorted(voted):
        other = seen.setdefault((station, number), row)
        if other is not row and not {other.machine, row.machine} & allowed:
            raise Refused("T-207", f"machines {other.name} and {row.name}", f"roll number {number}")


def _marks(workspace: Workspace, dossier: Dossier, row: BoxRow, authority: Authority) -> Marks:
    folder = workspace.private / workspace.mode.name.lower() / "marks"
    found = []
    for path in sorted(folder.glob(f"{safe_name(row.name)}-*.cose")):
        statement = load_statement(path)
        if check_spoken_for(statement, dossier.manifest.machines) != row.machine:
            continue  # of a machine whose name goes on where this one's ends
        content: Mapping[int, object] = dossier.open(statement, StatementType.MARKS, Role.MACHINE)
        sealed = SealedMarks.from_content(content, statement.name).sealed
        opened = decode(open_sealed(sealed, authority.box, MARKS_PURPOSE), statement.name)
        found.append(Marks.from_content(opened, statement.name))
    if len(found) != 1:
        raise Refused("T-111", f"machine {row.name}", "its marks are missing")
    return found[0]
