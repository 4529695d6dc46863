"""What the minutes are written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keys.election.dossier import Dossier
from keys.election.statement import Statement
from tally.boxes.database import BoxRow
from tally.results.counted import Counted
from tally.results.plausibility import Doubt

__all__ = ["Proceedings"]


@dataclass(frozen=True, slots=True)
class Proceedings:
    """A count that is certified."""

    dossier: Dossier
    boxes: Sequence[BoxRow]
    """Those that are in; of machines that are left out too."""
    counted: Sequence[Counted]
    """All contests."""
    statements: Sequence[Statement]
    """The signed result of each, in the same order."""
    signers: Sequence[frozenset[int]]
    """Members of the board who signed each result, in the same order."""
    doubts: Sequence[Doubt]
    """What looked unusual."""
    now: int
    """Unix seconds."""

    @property
    def rows(self) -> list[BoxRow]:
        """The boxes that count."""
        excluded = self.dossier.excluded()
        return [row for row in self.boxes if row.machine not in excluded]
