"""The figures of each machine: electors marked, ballots, signatures on paper, and slips where they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keys.election.decision import DecisionKind
from keys.election.dossier import Dossier
from keys.election.figures import disagreement
from keys.findings import Refused

if TYPE_CHECKING:  # a verification reads figures and loads no database
    from tally.boxes.database import BoxRow

__all__ = ["accepted", "check_figures"]


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
