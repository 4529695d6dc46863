"""Something to read: what was done, what went wrong, what a key does. Any way out closes it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from tally.screens.desk import Desk
from tally.screens.page import Page
from tally.screens.pieces import Menu, Paragraph
from tally.screens.telling import problem_words

__all__ = ["Message", "problem"]


class Message(Page[None]):
    """A few paragraphs and one button."""

    AUTO_FOCUS = "Menu"

    def __init__(self, desk: Desk, title: str, paragraphs: Sequence[str]) -> None:
        super().__init__(desk)
        self._title = title
        self._paragraphs = paragraphs

    def heading(self) -> str:
        """The title."""
        return self._title

    def body(self) -> ComposeResult:
        """The paragraphs, which scroll, and the way out."""
        with VerticalScroll(id="paragraphs", can_focus=False):
            for text in self._paragraphs:
                yield Paragraph(text)
        yield Menu([("close", self.say("Go on"))])

    def on_option_list_option_selected(self, _: OptionList.OptionSelected) -> None:
        """Close it."""
        self.dismiss(None)

    def action_help(self) -> None:
        """It is help itself."""
        self.dismiss(None)


def problem(desk: Desk, error: Exception, kept: str = "") -> Message:
    """A message that says what happened, what is safe (as `problem_words` takes it), and what to do."""
    say = desk.language.say
    happened, safe, remedy = problem_words(error, desk, kept)
    return Message(
        desk,
        say("This was not done."),
        [
            f"{say('What happened:')}\n{happened}",
            f"{say('What is safe:')}\n{safe}",
            f"{say('What to do:')}\n{remedy}",
        ],
    )
