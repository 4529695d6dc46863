"""What officers are asked at each place that a button leads to: the check, the closing, incidents, old reports."""

from __future__ import annotations

from collections.abc import Callable

from station.answers import Answer
from station.day import Day
from station.officers import deeds as d
from station.officers.closingtask import ClosingTask
from station.officers.earlyclosing import EarlyClosing
from station.officers.incidenttask import IncidentTask
from station.officers.readinesstask import Probe, ReadinessTask
from station.officers.standing import ask_at
from station.officers.tasks import Place
from station.ports import Printer
from station.questions import Question

__all__ = ["Places"]


class Places:
    """The tasks of officers that need no card, each with what was typed in it so far.

    Attributes:
        check: The readiness check.
        closing: The counts of signatures.
        incidents: What is written down.
    """

    def __init__(
        self, day: Day, printer: Printer, clock: Callable[[], int], closes: int, probe: Probe
    ) -> None:
        """Take a day; arguments as those of `station.officers.office.Office`."""
        self._day = day
        self._early = EarlyClosing(day, clock, closes)
        self.check = ReadinessTask(day, probe, printer, clock)
        self.closing = ClosingTask()
        self.incidents = IncidentTask(day, clock)

    def asked(self, place: Place) -> Question | None:
        """What is asked at a place; None where the standing of the day says it."""
        early = self._early.question(place)
        if early is not None:
            return early
        match place:
            case Place.SIGNATURES:
                return self.count()
            case Place.CLOSING:
                return self._early.closing()
            case Place.INCIDENT:
                return self.incidents.question()
            case Place.UNSIGNED:
                return self.incidents.question(left_unsigned=True)
            case Place.READINESS:
                return self.check.begin(self.check.purpose())
            case _:
                return ask_at(place, self._day)

    def note_queue(self, typed: str) -> None:
        """Write down how many people wait at the announcement, where somebody counted."""
        self._early.note_queue(typed)

    def count(self, answer: Answer | None = None) -> Question | None:
        """Take a reason for closing early, or two counts of the signatures, or ask for the counts anew."""
        match answer:
            case d.CloseEarly(reason):
                return self.asked(self._early.take(reason))
            case d.Counted():
                self.closing.count(answer)
            case _:
                self.closing = ClosingTask()
        return self.closing.question(self._day)
