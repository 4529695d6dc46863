"""What was seen, line by line."""

from __future__ import annotations

import time

__all__ = ["Findings"]


class Findings:
    """Prints each line as it is found, with the minutes since the start, and remembers whether all were good."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self.bad = 0

    def say(self, good: bool, words: str) -> None:
        """One line."""
        self.bad += not good
        minutes, seconds = divmod(int(time.monotonic() - self._start), 60)
        print(f"{minutes:3}:{seconds:02}  {'ok ' if good else 'NOT'}  {words}", flush=True)
