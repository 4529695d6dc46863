"""Ranks: options in order of preference, without gaps and none twice, whatever is done to them."""

from __future__ import annotations

from station.filling.filling import Filling
from station.visits.contest_questions import AskRanks, Notice

__all__ = ["Ranks"]


class Ranks(Filling):
    """The ranking in one contest; an option that gets a rank pushes those from there on one down."""

    def _next(self, option: int) -> int:
        return 0 if self._values[option] else self.given + 1

    def _give(self, option: int, value: int) -> None:
        ranked = sorted((at for at in self.order if self._values[at]), key=self._values.__getitem__)
        before = self._values[option]
        if before:
            ranked.remove(option)
        elif value and len(ranked) == self.shape.most:
            self.notice = Notice.FULL
            return
        if value:
            ranked.insert(value - 1, option)
        elif before and before <= len(ranked):
            self.notice = Notice.MOVED_UP
        self._values[option] = 0
        for rank, at in enumerate(ranked, start=1):
            self._values[at] = rank

    def ask(self, index: int, language: str) -> AskRanks:
        """V5."""
        return AskRanks(**self._asked(index, language))
