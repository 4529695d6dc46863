"""Pace: how far a long work is, and how much time is left. Pure: the clock is an argument."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Pace"]

_LEAST = 2.0
"""Seconds before which nobody can tell how long it takes."""


@dataclass(slots=True)
class Pace:
    """Adds up what is reported, part by part."""

    total: int | None
    """Things in all; None where nobody knows."""
    started: float
    """Seconds of any steady clock."""
    done: int = 0
    _part: str = ""
    _last: int = 0
    _before: int = field(default=0)

    def report(self, part: str, done: int) -> None:
        """Take a report: some work counts each of its parts from the beginning.

        Args:
            part: What is worked on.
            done: Things done in this part.
        """
        if part != self._part or done < self._last:
            self._before += self._last
            self._part = part
        self._last = done
        self.done = self._before + done

    def left(self, now: float) -> int | None:
        """Seconds left, or None while that cannot be told."""
        spent = now - self.started
        if self.total is None or self.done == 0 or spent < _LEAST or self.done > self.total:
            return None
        return round(spent / self.done * (self.total - self.done))
