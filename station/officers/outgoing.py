"""What leaves the machine: printed reports, the list for the door, the copy of the box."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keys.election.statement import Statement, StatementType
from keys.findings import Misuse, Unreadable
from station.answers import Answer
from station.day import Day
from station.officers.deeds import PrintTrackers, Reprint
from station.officers.standing import ask_reprint, show_closed
from station.officers.tasks import AskReprint, Problem, ShowExport
from station.ports import Printer
from station.questions import Question

__all__ = ["Outgoing"]


class Outgoing:
    """Prints and copies; a printer or a stick that fails stops nothing.

    Attributes:
        printed: Whether the last report was handed to a printer.
    """

    def __init__(self, day: Day, printer: Printer, stick: Callable[[], Path | None]) -> None:
        self._day = day
        self._printer = printer
        self._stick = stick
        self.printed = False
        self._due: list[Statement] = []

    def report(self, report: Statement) -> None:
        """Print a new report."""
        self.printed = self._printer.report(report, duplicate=False)
        if not self.printed:
            self._due.append(report)

    def due(self) -> tuple[StatementType, ...]:
        """The reports whose printing failed, and which nobody has printed since; as far as this run knows."""
        return tuple(report.header.type for report in self._due)

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
        """Print a report again, as a duplicate; `place` counts the reports from 0."""
        report = self._day.reports()[place]
        self.printed = self._printer.report(report, duplicate=True)
        if self.printed:
            self._due = [item for item in self._due if item.fingerprint != report.fingerprint]
        return ask_reprint(self._day, self.printed)

    def trackers(self) -> Question:
        """Print the list of receipt codes for the door."""
        return self._closed(None if self._printer.trackers() else Problem("paper"))

    def copy(self) -> Question:
        """Copy the box to the stick; the keys must be open."""
        folder = self._stick()
        if folder is None:
            return self._closed(Problem("stick"))
        try:
            self._day.export(folder / self._day.export_name)
        except Unreadable as error:
            return self._closed(Problem("copy", str(error)))
        return ShowExport(str(folder), max(self._day.counts().ballots.values()))

    def _closed(self, problem: Problem | None) -> Question:
        return show_closed(self._day, self.printed, problem)
