"""What is asked after the time for appeals: its last day, and the name of the town before anything is destroyed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.widgets import Input

from tally.screens.page import Page
from tally.screens.pieces import EMPTY, Paragraph

__all__ = ["AskDay", "AskTown"]

_USUAL = 30
"""Days after the poll in the example: nobody but the town knows its time for appeals."""


class AskDay(Page[int]):
    """The first day on which what is private may be destroyed; Unix seconds of its beginning."""

    AUTO_FOCUS = "Input"

    def heading(self) -> str:
        """The title."""
        return self.say("Order to destroy what is private")

    def body(self) -> ComposeResult:
        """What the order is, and the field."""
        yield Paragraph(
            self.say(
                "One signed order holds for all machines and for this office. Nobody can follow it before "
                "its day. On each machine two officers then run: station wipe. It destroys keys, box, "
                "register, marks and log."
            )
        )
        yield Paragraph(
            self.say(
                "On which day is the time for appeals over? Type day, month and year, like {example}.",
                example=self._written(self._usual()),
            ),
            classes="",
        )
        yield Input(max_length=40, placeholder=EMPTY, id="day")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the day."""
        day = self.desk.language.read_day(event.value)
        if day is None:
            self.note(
                self.say("This is not a date. Type it like {example}.", example=self._written(self._usual()))
            )
            return
        definition = self.desk.definition
        if day <= datetime.fromisoformat(definition.closes).date():
            self.note(self.say("On that day the vote is not over yet."))
            return
        self.dismiss(int(datetime.combine(day, time(), ZoneInfo(definition.timezone)).timestamp()))

    def _usual(self) -> date:
        return datetime.fromisoformat(self.desk.definition.closes).date() + timedelta(days=_USUAL)

    def _written(self, day: date) -> str:
        return self.desk.language.digits(day.isoformat())


class AskTown(Page[bool]):
    """The name of the town, typed before anything is destroyed for good."""

    AUTO_FOCUS = "Input"

    def heading(self) -> str:
        """The title."""
        return self.say("Retire this office")

    def body(self) -> ComposeResult:
        """What goes, what stays, and the field."""
        say = self.say
        yield Paragraph(
            say(
                "Destroyed for good: the registers of all stations, the marks, the packages for the "
                "machines, the boxes as they came, the rehearsal, and the private keys of the town hall."
            )
        )
        yield Paragraph(
            say(
                "Kept: the published folder, the papers of the vote, and a signed report of what was destroyed. First "
                "the published folder is compared, file by file."
            )
        )
        yield Paragraph(
            say(
                "Is the published folder kept in two places? Then type the name of the town: {town}",
                town=self.desk.definition.town,
            ),
            classes="",
        )
        yield Input(max_length=200, placeholder=EMPTY, id="town")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Compare it."""
        if event.value.strip() == self.desk.definition.town:
            self.dismiss(True)
        else:
            self.note(self.say("This is not the name. Nothing was destroyed."))
