"""W12: closing. Before the planned hour somebody says why; the machine itself never closes, and never refuses to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from keys.desk.town import speaks
from keys.findings import Refused
from station.day import Day
from station.disk.state import State
from station.officers.namecheck import NameCheck
from station.officers.tasks import AskClosing, AskEarly, Place, Problem

__all__ = ["EarlyClosing"]

_LONGEST = 250
_MOST = 9_999


class EarlyClosing:
    """Whether the hour has come, and what was said where it has not."""

    def __init__(self, day: Day, clock: Callable[[], int], closes: int) -> None:
        """Take the planned hour of closing, Unix seconds."""
        self._day = day
        self._clock = clock
        self._closes = closes
        self._said = False
        self._then = Place.CLOSING
        self._problem: Problem | None = None
        self._typed = ""
        self._names = NameCheck(day)

    def question(self, place: Place) -> AskEarly | None:
        """What is asked before a place; None where nothing needs to be said."""
        if place not in {Place.CLOSING, Place.SIGNATURES} or self._is_due() or self._said:
            return None
        if self._day.state is State.ANNOUNCED:
            return None
        self._then, problem, self._problem = place, self._problem, None
        return AskEarly(self._clock(), self._closes, place, problem, self._typed)

    def take(self, reason: str) -> Place:
        """Write the reason into the incidents; gives where to go on (there it is asked again if there was none)."""
        self._typed = text = reason.strip()[:_LONGEST]
        self._problem = self._names.problem(text) if text else Problem("reason")
        if self._problem is not None:
            return self._then
        language = speaks(self._day.manifest.definition)
        try:
            self._day.note_incident(language.say("Closing before the planned time: {reason}", reason=text))
        except Refused as refused:
            self._problem = Problem(refused.code)
            return self._then
        self._said = True
        return self._then

    def note_queue(self, typed: str) -> None:
        """Write into the incidents about how many people wait; nothing where nobody counted."""
        digits = typed.strip()
        if not (digits.isascii() and digits.isdigit()):
            return
        language = speaks(self._day.manifest.definition)
        count = min(int(digits[:6]), _MOST)
        with suppress(Refused):  # no room for more incidents: the queue votes all the same
            self._day.note_incident(
                language.say("Closing announced; in the queue, about: {count}", count=count)
            )

    def closing(self) -> AskClosing:
        """W12."""
        return AskClosing(self._clock(), self._is_due(), self._day.state is State.ANNOUNCED)

    def _is_due(self) -> bool:
        return self._clock() >= self._closes
