"""W2: the readiness check in the hands of officers: what is required when, what they ticked, what they passed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from keys.desk.language import Language
from keys.desk.town import speaks
from station.answers import Answer
from station.checks.facts import Facts
from station.checks.readiness import BY_HAND, CheckLine, Point, Verdict, check, stopping
from station.day import Day
from station.disk.state import State
from station.officers import deeds as d
from station.officers.tasks import Problem, Purpose, ShowReadiness
from station.ports import Printer
from station.wording.checklines import note_of

__all__ = ["Probe", "ReadinessTask", "is_another_day", "passed_notes"]

Probe = Callable[[Day, bool | None], Facts]
"""Gathers the facts of a day's machine; told whether the last test page was taken."""


class ReadinessTask:
    """The check before an opening, and before a reopening on another day or by a clock that went back."""

    def __init__(self, day: Day, probe: Probe, printer: Printer, clock: Callable[[], int]) -> None:
        self._day = day
        self._probe = probe
        self._printer = printer
        self._clock = clock
        self._purpose: Purpose | None = None
        self._ticks: frozenset[Point] = frozenset()
        self._test_page: bool | None = None
        self._lines: tuple[CheckLine, ...] = ()
        self._problem: Problem | None = None

    @property
    def done(self) -> bool:
        """Whether the check was made and nothing in it stops the opening."""
        return bool(self._lines) and not stopping(self._lines)

    @property
    def to_do(self) -> int:
        """Lines that are still to do, whether they stop the opening or not."""
        return sum(line.verdict is Verdict.TO_DO for line in self._lines)

    def required(self, purpose: Purpose) -> bool:
        """Whether two cards for this must wait for the check."""
        if purpose is Purpose.OPEN or (
            purpose is Purpose.REOPEN and is_another_day(self._day, self._clock())
        ):
            return self._purpose is not purpose or not self.done
        return False

    def purpose(self) -> Purpose:
        """What the station would do next after the check."""
        return Purpose.OPEN if self._day.state is State.PREPARED else Purpose.REOPEN

    def begin(self, purpose: Purpose) -> ShowReadiness:
        """Look at everything; what was ticked for the same purpose stays ticked."""
        if self._purpose is not purpose:
            self._purpose, self._ticks = purpose, frozenset()
        return self._look()

    def answer(self, answer: Answer) -> ShowReadiness:
        """Do what an officer asks of the check."""
        match answer:
            case d.CheckPoint(point):
                return self.press(point)
            case d.TestPage():
                return self.test_page()
            case d.PrintSigningList():
                return self._after(self._printer.signing_list(), "list")
            case d.PrintCheck():
                return self._after(bool(self._lines) and self._printer.readiness(self._lines), "paper")
            case _:
                self.begin(self.purpose())
                return self._question(again=True)

    def press(self, point: Point) -> ShowReadiness:
        """Tick a line, or look at it again; at the printer's, a test page is printed first."""
        if point in BY_HAND:
            self._ticks ^= {point}
        elif point is Point.PRINTER:
            return self.test_page()
        return self._look(again=point not in BY_HAND)

    def test_page(self) -> ShowReadiness:
        """Print a page to look at."""
        self._test_page = self._printer.test_page()
        return self._look()

    def passed(self, purpose: Purpose) -> tuple[str, ...]:
        """The lines that were passed, as they stand in the report; none where no check was made for this."""
        if self._purpose is not purpose:
            return ()
        return passed_notes(self._lines, speaks(self._day.manifest.definition))

    def forget(self) -> None:
        """The station opened: the next opening is checked anew."""
        self._purpose, self._lines, self._ticks, self._test_page = None, (), frozenset(), None

    def _look(self, *, again: bool = False) -> ShowReadiness:
        self._problem = None
        self._lines = check(self._probe(self._day, self._test_page), self._ticks)
        return self._question(again=again)

    def _after(self, printed: bool, what: str) -> ShowReadiness:
        if not self._lines:
            self.begin(self.purpose())
        self._problem = None if printed else Problem(what)
        return self._question(printing=printed)

    def _question(self, *, printing: bool = False, again: bool = False) -> ShowReadiness:
        return ShowReadiness(self._purpose or self.purpose(), self._lines, self._problem, printing, again)


def is_another_day(day: Day, now: int) -> bool:
    """Whether what was written last was on another day, at the place of the vote, or is still to come.

    Args:
        day: Of the machine.
        now: Unix seconds.
    """
    zone = ZoneInfo(day.manifest.definition.timezone)
    last = day.store.last_at()
    days = {datetime.fromtimestamp(moment, zone).date() for moment in (last, now)}
    return now < last or len(days) > 1


def passed_notes(lines: Sequence[CheckLine], language: Language) -> tuple[str, ...]:
    """The lines that are not good, as they stand in the report when the station opens all the same."""
    return tuple(note_of(line, language) for line in lines if line.verdict is not Verdict.OK)
