"""Closing: two counts of the signatures, then the machine's figures beside them."""

from __future__ import annotations

from keys.findings import Misuse
from station.day import Closing, Day
from station.officers.deeds import Counted
from station.officers.tasks import AskSignatures, Problem

__all__ = ["ClosingTask"]

_MOST = 100_000


class ClosingTask:
    """Count first, compare after."""

    def __init__(self) -> None:
        self._signatures: int | None = None
        self._slips: int | None = None
        self._names = ("", "")
        self._typed: tuple[tuple[str, str], ...] = ()
        self._problem: Problem | None = None

    def count(self, counted: Counted) -> None:
        """Take two counts; they stand only if they are equal. Where they differ, neither stays to be copied."""
        self._problem, self._signatures = None, None
        first, second, slips = _number(counted.first), _number(counted.second), _number(counted.slips or "0")
        self._names = counted.names
        differ = None not in {first, second, slips} and first != second
        self._typed = (
            ("first", "" if differ else counted.first),
            ("slips", counted.slips),
            ("first-name", counted.names[0]),
            ("second-name", counted.names[1]),
        )
        if first is None or second is None or slips is None:
            self._problem = Problem("digits")
        elif differ:
            self._problem = Problem("counts")
        else:
            self._signatures = first
            self._slips = slips if counted.slips.strip() else None

    @property
    def is_counted(self) -> bool:
        """Whether two counts are there and equal."""
        return self._signatures is not None

    @property
    def typed(self) -> tuple[tuple[tuple[str, str], ...], Problem | None]:
        """What was typed, by name of the field, and what is wrong with it."""
        return self._typed, self._problem

    def question(self, day: Day) -> AskSignatures:
        """W13."""
        counts = day.counts()
        figures = None
        if self._signatures is not None:
            figures = (self._signatures, counts.marks, max(counts.ballots.values()))
        return AskSignatures(figures, self._typed, self._problem, counts.carried, self._slips)

    def closing(self, officers: tuple[str, ...]) -> Closing:
        """What the officers state.

        Raises:
            Misuse: The signatures were not counted.
        """
        if self._signatures is None:
            raise Misuse("the signatures were not counted")
        return Closing(self._signatures, self._slips, officers)


def _number(text: str) -> int | None:
    digits = text.strip().replace("\u00a0", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()) or int(digits[:9]) > _MOST:
        return None
    return int(digits[:9])
