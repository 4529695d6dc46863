"""A station that had to vote on paper, typed in by two people, neither of whom sees the other's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Input, OptionList

from keys.election.definition import text_in
from tally.results.paper_entry import Line, Typist, wanted
from tally.screens.desk import Desk
from tally.screens.page import Page
from tally.screens.pieces import EMPTY, Menu, Paragraph
from tally.screens.words import state_words

__all__ = ["ChooseStation", "PaperForm", "Typed"]

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Typed:
    """What one person typed."""

    figures: Mapping[Line, int]
    typist: Typist


class ChooseStation(Page[int]):
    """Which station voted on paper."""

    AUTO_FOCUS = "Menu"

    def heading(self) -> str:
        """The title."""
        return self.say("Type in a count on paper")

    def body(self) -> ComposeResult:
        """The stations with their states."""
        yield Paragraph(
            self.say("Two people type the figures of the signed paper, one after the other. Which station?")
        )
        yield Menu([])

    def fill(self) -> None:
        """Draw the stations again."""
        typed, language = self.desk.sealed.board.files.typed, self.desk.language
        rows = []
        for row in self.desk.sealed.board.stations:
            state = state_words(row.state, language)
            if row.index in typed:
                state = self.say("typed twice")
            elif row.index in self.desk.sealed.board.files.begun:
                state = self.say("typed once")
            rows.append((str(row.index), f"{row.id}  {row.name}  ({state})"))
        self.query_one(Menu).change(rows)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """This one."""
        self.dismiss(int(event.option_id or 0))


class PaperForm(Page[Typed]):
    """Who types, why there is a count on paper, and a field a figure."""

    AUTO_FOCUS = "Input"
    DEFAULT_CSS = "PaperForm #figures { height: 1fr; overflow-y: auto; }"
    """Not a scroll of its own: arrows go from field to field, and what has the focus comes into view."""

    def __init__(self, desk: Desk, station: int, before: Typed | None = None, differing: str = "") -> None:
        """Ask for a count.

        Args:
            desk: Of the officer.
            station: Index.
            before: What the same person typed, where it was not taken.
            differing: Lines that differ from what the other person typed, as the refusal names them.
        """
        super().__init__(desk)
        self._station, self._before = station, before
        self._lines = wanted(desk.definition, station)
        self._differing = {part.strip() for part in differing.split(",") if part.strip()}

    def heading(self) -> str:
        """The title."""
        name = self.desk.definition.stations[self._station].name
        return self.say("Count on paper: {station}", station=name)

    def body(self) -> ComposeResult:
        """The fields, in the order of the paper."""
        say = self.say
        with Vertical(id="figures"):
            yield from self._field(say("Your name (it is published):"), "name", 200)
            yield from self._field(say("Why the station voted on paper (it is published):"), "reason", 1000)
            contest = ""
            for at, line in enumerate(self._lines):
                if line[0] != contest:
                    contest = line[0]
                    yield Paragraph(self._title(contest), classes="contest")
                yield from self._field(self._words(line), f"figure-{at}", _DIGITS, beside=True)
            rows = [("keep", say("These are the figures of the paper")), ("back", say("Go back"))]
            yield Menu(rows)

    def _field(self, words: str, key: str, longest: int, *, beside: bool = False) -> ComposeResult:
        """A field with its words before or above it."""
        with Container(classes="beside" if beside else "above"):
            yield Paragraph(words, classes="")
            empty = EMPTY if not beside else "_" * _DIGITS
            yield Input(self._value(key), max_length=longest, placeholder=empty, id=key)

    def _value(self, key: str) -> str:
        """What stood in a field before."""
        if self._before is None:
            return ""
        typist = {"name": self._before.typist.name, "reason": self._before.typist.reason}
        number = key.removeprefix("figure-")
        return typist[key] if key in typist else str(self._before.figures[self._lines[int(number)]])

    def on_mount(self) -> None:
        """Begin at the first line that differs."""
        super().on_mount()
        for at, line in enumerate(self._lines):
            if " ".join(line).strip() in self._differing:
                self.query_one(f"#figure-{at}", Input).focus()
                break

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The words of a field come into view with it."""
        around = event.widget.parent
        if isinstance(around, Container):
            self.call_after_refresh(around.scroll_visible, animate=False)

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "Type what is on the signed paper. Nobody sees what the first person typed; if the second types "
            "something else, the lines that differ are named and nothing counts. The figures count once the "
            "board has decided so."
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next field, at last to the button."""
        fields: list[Input | Menu] = [*self.query(Input), self.query_one(Menu)]
        fields[fields.index(event.input) + 1].focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep it if it is whole."""
        if event.option_id == "back":
            self.dismiss(None)
            return
        wrong = self._wrong()
        if wrong is None:
            self.dismiss(self._typed())
            return
        self.note(self.say("This field is empty, or is not a whole number."))
        wrong.focus()

    def _wrong(self) -> Input | None:
        """The first field that lacks what it needs."""
        for field in self.query(Input):
            text = field.value.strip()
            figure = (field.id or "").startswith("figure-")
            if not text or (figure and not (text.isascii() and text.isdigit())):
                return field
        return None

    def _typed(self) -> Typed:
        name, reason, *numbers = (field.value.strip() for field in self.query(Input))
        figures = {line: int(number) for line, number in zip(self._lines, numbers, strict=True)}
        return Typed(figures, Typist(name, reason))

    def _title(self, contest: str) -> str:
        found = next(item for item in self.desk.definition.contests if item.id == contest)
        return text_in(found.title, self.desk.language.code)

    def _words(self, line: Line) -> str:
        say = self.say
        known = {
            "(electors)": say("Electors on the register"),
            "(signatures)": say("Signatures on the paper list"),
            "(ballots)": say("Ballots"),
            "(blank)": say("Blank or left out"),
            "(invalid)": say("Invalid"),
        }
        if line[1] in known:
            return known[line[1]]
        contest = next(item for item in self.desk.definition.contests if item.id == line[0])
        option = next(item for item in contest.options if item.id == line[1])
        return f"{option.id}  {text_in(option.name, self.desk.language.code)}"
