"""Marks: some options are chosen, the others not."""

from __future__ import annotations

from station.contest_questions import AskMarks, Notice
from station.filling.filling import Filling

__all__ = ["Marks"]


class Marks(Filling):
    """The ticks in one contest; where only one can be chosen, the choice moves to the new option."""

    def _next(self, option: int) -> int:
        return 1 - self._values[option]

    def _give(self, option: int, value: int) -> None:
        chosen = self._values.index(1) if any(self._values) else option
        if value > 1:
            self.notice = Notice.TOO_HIGH
        elif not value or self._values[option] or self.given < self.shape.most:
            self._values[option] = value
        elif self.shape.most == 1:
            self._values[chosen], self._values[option] = 0, 1
            self.notice, self.moved = Notice.MOVED, (chosen, option)
        else:
            self.notice = Notice.FULL

    def ask(self, index: int, language: str) -> AskMarks:
        """V3 and V6."""
        return AskMarks(**self._asked(index, language))
