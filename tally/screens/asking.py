"""What the officer is asked: a passphrase, a place, the groups on a paper, yes or no."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.widgets import Input, OptionList

from keys.findings import Refused, Unreadable
from keys.paper.groups import HiddenGroups
from tally.screens.desk import Desk
from tally.screens.page import Page
from tally.screens.pieces import EMPTY, Menu, Paragraph
from tally.screens.telling import happened_words
from tally.workspace import Authority

__all__ = ["AskGroups", "AskPassphrase", "AskPlace", "AskYes"]

_TYPED = "typed"


class AskPassphrase(Page[Authority]):
    """The passphrase of the authority; the field is emptied as soon as it is sent, and a wrong one is asked again."""

    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk, why: str) -> None:
        super().__init__(desk)
        self._why = why

    def heading(self) -> str:
        """The title."""
        return self.say("The passphrase of the authority")

    def body(self) -> ComposeResult:
        """What it is for, and the field."""
        yield Paragraph(self._why)
        yield Input(password=True, max_length=500, placeholder=EMPTY, id="words")
        yield Paragraph(
            self.say("It is kept only for this step, and written nowhere. Enter goes on, Esc cancels.")
        )

    @work
    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the keys with it, and keep nothing."""
        words, field = event.value.encode(), event.input
        field.clear()
        if not words:
            return
        field.disabled = True
        self.note(self.say("One moment, please."))
        try:
            self.dismiss(await asyncio.to_thread(self.desk.workspace.open_authority, words))
            return
        except Refused as refused:
            wrong = self.say(
                "This does not open the authority's keys. Type it again; nothing was signed so far."
            )
            self.note(wrong if refused.code == "K-101" else happened_words(refused, self.desk))
        except Unreadable as unreadable:
            self.note(happened_words(unreadable, self.desk))
        field.disabled = False
        field.focus()

    def action_back(self) -> None:
        """Nothing is signed."""
        field = self.query_one(Input)
        if not field.disabled:  # else it is being looked at: what comes of that ends the screen
            field.clear()
            self.dismiss(None)


class AskPlace(Page[Path]):
    """A stick, or a place that is typed."""

    def __init__(self, desk: Desk, title: str, why: str, *, below: str = "") -> None:
        """Ask for a folder.

        Args:
            desk: The officer's.
            title: What for.
            why: What happens there.
            below: Folder to be made on the stick that is chosen.
        """
        super().__init__(desk)
        self._title, self._why, self._below = title, why, below

    def heading(self) -> str:
        """The title."""
        return self._title

    def body(self) -> ComposeResult:
        """The sticks that are in, and a field."""
        yield Paragraph(self._why)
        yield Paragraph(id="none")
        yield Menu([])
        yield Paragraph(self.say("Or type the path of a folder or file:"), classes="apart")
        yield Input(max_length=1000, placeholder=EMPTY, id="place")

    def on_mount(self) -> None:
        """Look for sticks again and again: one may be put in now."""
        super().on_mount()
        self._seen: list[str] | None = None
        self.set_interval(2, self.fill)
        self.fill()

    def fill(self) -> None:
        """Show the sticks that are in."""
        found = [str(path) for path in self.desk.mounted()]
        if not hasattr(self, "_seen") or found == self._seen:
            return
        self._seen = found
        menu = self.query_one(Menu)
        menu.change([(str(at), path) for at, path in enumerate(found)])
        menu.display = bool(found)
        words = (
            self.say("Sticks found:") if found else self.say("No stick found. Put one in, or type a path.")
        )
        self.query_one("#none", Paragraph).tell(words)
        (menu if found else self.query_one(Input)).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A stick."""
        place = Path((self._seen or [])[event.option_index])
        self.dismiss(place / self._below if self._below else place)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A place that was typed."""
        if event.value.strip():
            self.dismiss(Path(event.value.strip()).expanduser())


class AskGroups(Page[bool]):
    """Two groups of a digest that stand on the paper alone."""

    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk, machine: str, station: str, hidden: HiddenGroups) -> None:
        super().__init__(desk)
        self._machine, self._station, self._hidden = machine, station, hidden

    def heading(self) -> str:
        """The title."""
        return self.say(
            "Closing report of machine {machine}, {station}", machine=self._machine, station=self._station
        )

    def body(self) -> ComposeResult:
        """The groups, two of them hidden, and a field for each."""
        shown = self._hidden.shown
        say = self.say
        yield Paragraph(
            say(
                "Take the signed paper. From its digest of all ballots, type the two groups that are hidden here."
            )
        )
        yield Paragraph(f"{' '.join(shown[:7])}\n{' '.join(shown[7:])}", id="groups", classes="")
        for number, place in enumerate(self._hidden.hidden):
            yield Paragraph(say("Group {number}:", number=place + 1), classes="")
            yield Input(max_length=12, placeholder=EMPTY, id=f"{_TYPED}-{number}")

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "This compares the stick with the paper that two officers signed. If the groups differ, "
            "the box is not the one on that paper: do not take it in, and call the station."
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next field, then compare."""
        fields = list(self.query(Input))
        if event.input is not fields[-1]:
            fields[fields.index(event.input) + 1].focus()
            return
        try:
            self._hidden.check([field.value for field in fields])
        except Refused:
            self.note(
                self.say(
                    "These are not the groups of this box. Look again, or press Esc to leave the box out."
                )
            )
            for field in fields:
                field.clear()
            fields[0].focus()
            return
        self.dismiss(True)

    def action_back(self) -> None:
        """The box stays out."""
        self.dismiss(False)


class AskYes(Page[bool]):
    """Yes or no; no is what Enter does."""

    def __init__(self, desk: Desk, question: str, why: str, yes: str) -> None:
        super().__init__(desk)
        self._question, self._why, self._yes = question, why, yes

    def heading(self) -> str:
        """The question."""
        return self._question

    def body(self) -> ComposeResult:
        """The two answers."""
        yield Paragraph(self._why)
        yield Menu([("no", self.say("Go back")), ("yes", self._yes)])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer."""
        self.dismiss(event.option_id == "yes")
