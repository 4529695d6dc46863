"""Marks: some options are chosen, the others not."""

from __future__ import annotations

from keys.desk.spending import spending_in
from station.filling.filling import Filling
from station.visits.contest_questions import AskMarks, Notice

__all__ = ["Marks"]


class Marks(Filling):
    """The ticks in one contest; where only one can be chosen, the choice moves to the new option.

    Under a spending limit, an option that cannot be paid any more is not ticked.

    Attributes:
        over: How far above the limit the last key would have gone, where `notice` says so.
    """

    over = 0

    def _next(self, option: int) -> int:
        return 1 - self._values[option]

    def _give(self, option: int, value: int) -> None:
        if value > 1:
            self.notice = Notice.TOO_HIGH
        elif not value or self._values[option]:
            self._values[option] = value
        elif self.given == self.shape.most > 1:
            self.notice = Notice.FULL
        elif over := self.shape.over(self._with(option)):
            alone = self.shape.costs[option] > (self.shape.spend or 0)
            self.notice, self.over = Notice.BEYOND if alone else Notice.TOO_DEAR, over
        elif self.given == self.shape.most:
            self.notice, self.moved = Notice.MOVED, (self._values.index(1), option)
            self._values = self._with(option)
        else:
            self._values = self._with(option)

    def _with(self, option: int) -> list[int]:
        """The values once an option is chosen too; or alone, where only one can be."""
        values = [0] * len(self._values) if self.shape.most == 1 else list(self._values)
        values[option] = 1
        return values

    def _fits(self, option: int) -> bool:
        return not self.shape.over(self._with(option))

    def quiet(self) -> None:
        """Forget what was said about the last key."""
        super().quiet()
        self.over = 0

    def ask(self, index: int, language: str) -> AskMarks:
        """V3 and V6."""
        spending = spending_in(self.contest, self._values)
        return AskMarks(**self._asked(index, language), spending=spending, over=self.over)
