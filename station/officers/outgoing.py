"""What leaves the machine: printed reports, the list for the door, the copy of the box."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keys.election.statement import Statement
from keys.findings import Misuse, Refused, Unreadable
from station.answers import Answer
from station.day import Day
from station.disk.plan import Paper
from station.disk.state import State
from station.officers.deeds import PrintTrackers, Reprint
from station.officers.standing import ask_reprint, show_closed
from station.officers.tasks import AskReprint, Problem, ShowCopy, ShowExport
from station.ports import Printer
from station.questions import Question
from station.reports import Filed, filed_of, filed_reports, paper_of
from station.sticks.box import StickFull
from station.sticks.stickwriter import Stick

__all__ = ["Outgoing"]

_PATIENCE = 120.0
"""Seconds to wait for the copy of a box that is not closed: nobody votes meanwhile."""


class Outgoing:
    """Prints and copies; a printer or a stick that fails stops nothing.

    What is known of the paper of each report is on the disk, written before and after the printer takes it: a machine
    that stopped between the two says that the report is perhaps printed.
    """

    def __init__(self, day: Day, printer: Printer, stick: Callable[[], Path | None]) -> None:
        self._day = day
        self._printer = printer
        self._stick = stick

    def report(self, report: Statement) -> None:
        """Print a report: a new one, or one that was never printed or perhaps."""
        self._hand(filed_of(self._day.store, report))

    def is_printed(self, report: Statement) -> bool:
        """Whether a report was handed to the printer, in this run or before."""
        return paper_of(self._day.store, report) is Paper.PRINTED

    def _hand(self, filed: Filed) -> bool:
        """Hand a report to the printer; True if it took all of it."""
        store, known = self._day.store, filed.paper
        if known is Paper.NEVER:
            store.note_paper(filed.place, Paper.PERHAPS)
        taken = self._printer.report(filed.report, known)
        if known is Paper.NEVER or (known is Paper.PERHAPS and taken is Paper.PRINTED):
            store.note_paper(filed.place, taken)
        return taken is Paper.PRINTED

    def print(self, answer: Answer) -> Question:
        """Print what an officer asks for.

        Raises:
            Misuse: It is nothing that is printed.
        """
        match answer:
            case Reprint(place):
                return self.again(place)
            case PrintTrackers():
                return self.trackers()
            case _:
                raise Misuse(f"{type(answer).__name__} is nothing to print")

    def again(self, place: int) -> AskReprint:
        """Print a report again, or at last; `place` counts the reports from 0."""
        return ask_reprint(self._day, self._hand(filed_reports(self._day.store)[place]))

    def trackers(self) -> Question:
        """Print the list of receipt codes for the door."""
        return self._closed(None if self._printer.trackers() else Problem("paper"))

    def copy(self) -> Question:
        """Copy the box to the stick; the keys must be open. One that is not closed is copied sealed, for a spare."""
        folder = self._stick()
        if self._day.state is not State.CLOSED:
            return self._keep(folder)
        if folder is None:
            return self._closed(Problem("stick"))
        try:
            self._day.export(folder / self._day.export_name)
        except StickFull as error:
            return self._closed(Problem("copy-full", str(error)))
        except Unreadable as error:
            return self._closed(Problem("copy", str(error)))
        return ShowExport(str(folder), max(self._day.counts().ballots.values()))

    def _keep(self, folder: Path | None) -> ShowCopy:
        """Bring the sealed copy of a box that is not closed up to date, and forget the keys again."""
        day = self._day
        try:
            if folder is None:
                return ShowCopy(problem=Problem("stick"))
            day.use_stick(folder, _PATIENCE)
            kept = day.stick_state().stick is Stick.UP_TO_DATE
        except (Refused, Unreadable):
            kept = False
        finally:
            day.drop_stick()
            day.lock()
        if not kept:
            return ShowCopy(problem=Problem("copy"))
        return ShowCopy(str(folder), balanced=day.counts().balanced)

    def _closed(self, problem: Problem | None) -> Question:
        return show_closed(self._day, problem)
