"""Grades: one for each option, from the worst, or none."""

from __future__ import annotations

from keys.desk.chosen import grade_names
from station.filling.filling import Filling
from station.visits.contest_questions import AskGrades, Notice

__all__ = ["Grades"]


class Grades(Filling):
    """The grades in one contest; Enter goes through them all, and from the best to none."""

    def _next(self, option: int) -> int:
        return (self._values[option] + 1) % (self.shape.highest + 1)

    def _give(self, option: int, value: int) -> None:
        if value > self.shape.highest:
            self.notice = Notice.TOO_HIGH
        elif value and not self._values[option] and self.given == self.shape.most:
            self.notice = Notice.FULL
        else:
            self._values[option] = value

    def ask(self, index: int, language: str) -> AskGrades:
        """Every option with its grade."""
        return AskGrades(**self._asked(index, language), grades=grade_names(self.contest, language))
