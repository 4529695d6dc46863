"""What looks unusual, and what stops the count: what it means, and what to do."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from tally.results.plausibility import Doubt
from tally.screens.page import Page
from tally.screens.pieces import Menu, Paragraph
from tally.screens.telling import finding_words

__all__ = ["Findings"]


class Findings(Page[None]):
    """A row a finding; below it, what it means and what to do."""

    AUTO_FOCUS = "Menu"

    def heading(self) -> str:
        """The title."""
        return self.say("Findings")

    def body(self) -> ComposeResult:
        """The rows, and the one with the focus in full."""
        yield Paragraph(id="count")
        yield Menu([], id="findings")
        with VerticalScroll(id="detail", can_focus=False):
            yield Paragraph(id="words", classes="")

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "Something unusual stops nothing and proves nothing; the threshold is given beside the "
            "figure. What must be decided before the count goes on is under: Decisions of the board."
        )

    def fill(self) -> None:
        """Draw it again."""
        doubts = self.desk.sealed.doubts
        rows = [
            (str(at), f"{doubt.about(self.desk.language)}: {self.desk.language.wording(doubt.finding.title)}")
            for at, doubt in enumerate(doubts)
        ]
        self.query_one(Menu).change(rows)
        self.query_one(Menu).display = bool(rows)
        standing = self.desk.sealed
        words = (
            self.desk.language.say_many(
                "{count} thing looks unusual.", "{count} things look unusual.", len(doubts)
            )
            if doubts
            else self.say("Nothing looks unusual.")
        )
        if standing.board.questions:
            words += " " + self.desk.language.say_many(
                "{count} thing waits for a decision.",
                "{count} things wait for a decision.",
                len(standing.board.questions),
            )
        if standing.trouble is not None:
            words += f"\n{standing.trouble}"
        self.query_one("#count", Paragraph).tell(words)
        if doubts:
            self._show(doubts[0])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show it in full."""
        if event.option_index < len(self.desk.sealed.doubts):
            self._show(self.desk.sealed.doubts[event.option_index])

    def _show(self, doubt: Doubt) -> None:
        say = self.say
        title, meaning, remedy = finding_words(doubt.code, doubt.finding, self.desk.language)
        text = (
            f"{title}\n{doubt.about(self.desk.language)}\n{doubt.detail(self.desk.language)}\n\n"
            f"{say('What it means:')}\n{meaning}\n\n"
            f"{say('What to do:')}\n{remedy}"
        )
        self.query_one("#words", Paragraph).tell(text)
