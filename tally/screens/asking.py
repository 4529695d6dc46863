"""What the officer is asked: a passphrase, a place, the groups on a paper, yes or no."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Input, OptionList, Static

from keys.findings import Refused
from keys.paper.groups import HiddenGroups
from tally.screens.desk import Desk
from tally.screens.page import EMPTY, Menu, Page

__all__ = ["AskGroups", "AskPassphrase", "AskPlace", "AskYes"]

_TYPED = "typed"


class AskPassphrase(Page[bytes]):
    """The passphrase of the authority; the field is emptied as soon as it is sent."""

    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk, why: str) -> None:
        super().__init__(desk)
        self._why = why

    def heading(self) -> str:
        """The title."""
        return self.say("The passphrase of the authority")

    def body(self) -> ComposeResult:
        """What it is for, and the field."""
        yield Static(self._why, classes="paragraph", markup=False)
        yield Input(password=True, max_length=500, placeholder=EMPTY, id="words")
        yield Static(
            self.say("It is kept only for this step, and written nowhere. Enter goes on, Esc cancels."),
            classes="paragraph",
            markup=False,
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand it over, and keep nothing."""
        words = event.value.encode()
        event.input.clear()
        if words:
            self.dismiss(words)

    def action_back(self) -> None:
        """Nothing is signed."""
        self.query_one(Input).clear()
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
        yield Static(self._why, classes="paragraph", markup=False)
        yield Static(id="none", classes="paragraph", markup=False)
        yield Menu([])
        yield Static(self.say("Or type the path of a folder or file:"), classes="paragraph", markup=False)
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
        self.query_one("#none", Static).update(words)
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

    def __init__(self, desk: Desk, station: str, hidden: HiddenGroups) -> None:
        super().__init__(desk)
        self._station, self._hidden = station, hidden

    def heading(self) -> str:
        """The title."""
        return self.say("The closing report of {station}", station=self._station)

    def body(self) -> ComposeResult:
        """The groups, two of them hidden, and a field for each."""
        shown = self._hidden.shown
        say = self.say
        yield Static(
            say(
                "Take the signed paper. From its digest of all ballots, type the two groups that are hidden here."
            ),
            classes="paragraph",
            markup=False,
        )
        yield Static(f"{' '.join(shown[:7])}\n{' '.join(shown[7:])}", id="groups", markup=False)
        for number, place in enumerate(self._hidden.hidden):
            yield Static(say("Group {number}:", number=place + 1), markup=False)
            yield Input(max_length=12, placeholder=EMPTY, id=f"{_TYPED}-{number}")

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "This compares the stick with the paper that two officers signed. If the groups differ, the box is "
            "not the one on that paper: do not take it in, and call the station."
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
        yield Static(self._why, classes="paragraph", markup=False)
        yield Menu([("no", self.say("Go back")), ("yes", self._yes)])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer."""
        self.dismiss(event.option_id == "yes")
