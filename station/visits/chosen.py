"""What is filled in in one contest, as the list of contests, the review and the opened ballot show it."""

from __future__ import annotations

from dataclasses import dataclass

from keys.desk.chosen import Chosen
from keys.desk.spending import Spending
from keys.election.rules import Form

__all__ = ["ContestLine"]


@dataclass(frozen=True, slots=True)
class ContestLine:
    """A contest in the list and in the review."""

    contest: int
    title: str
    chosen: tuple[Chosen, ...]
    """Empty is blank."""
    most: int
    """Options (or points) that can be given something."""
    options: int
    """How many there are."""
    form: Form = Form.MARKS
    left_blank: bool = False
    """The voter chose to vote blank here; the others were left out so far."""
    spending: Spending | None = None
    """Where a spending limit holds."""

    @property
    def given(self) -> int:
        """How many options (or points) were given."""
        if self.form is Form.POINTS:
            return sum(item.value for item in self.chosen)
        return len(self.chosen)
