"""Points: so many in all, and at most so many to one option."""

from __future__ import annotations

from station.filling.filling import Filling
from station.visits.contest_questions import AskPoints, Notice

__all__ = ["Points"]


class Points(Filling):
    """The points in one contest."""

    @property
    def given(self) -> int:
        """How many points are given."""
        return sum(self._values)

    def _next(self, option: int) -> int:
        return self._values[option] + 1

    def _give(self, option: int, value: int) -> None:
        if value > self.shape.highest:
            self.notice = Notice.TOO_HIGH
        elif self.given - self._values[option] + value > self.shape.most:
            self.notice = Notice.FULL
        else:
            self._values[option] = value

    def ask(self, index: int, language: str) -> AskPoints:
        """V4."""
        return AskPoints(**self._asked(index, language), each=self.shape.highest)
