"""What all screens of the officer have in common: first row, title, a body of their own, note, last row, and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input, Static

from keys.findings import Misuse
from tally.screens.desk import Desk
from tally.screens.pieces import Paragraph

if TYPE_CHECKING:
    from tally.app import OfficeApp

__all__ = ["Page", "spread"]

T = TypeVar("T")
_LEAST = (80, 24)
_WIDE = 150


class Page(Screen[T]):
    """A screen; Esc goes back, F1 helps, up and down move."""

    BINDINGS = [  # noqa: RUF012 - as Textual declares it
        Binding("escape", "back", show=False),
        Binding("f1", "help", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
    ]
    AUTO_FOCUS = "OptionList, DataTable, Input"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.say = desk.language.say

    @property
    def office(self) -> OfficeApp:
        """The app, by its own type."""
        from tally.app import OfficeApp

        if not isinstance(self.app, OfficeApp):
            raise Misuse("this screen belongs to another app")
        return self.app

    def compose(self) -> ComposeResult:
        """The fixed rows, and the body between them."""
        yield Static(id="head", markup=False)
        yield Static(self.heading(), id="title", markup=False)
        with Vertical(id="body"):
            yield from self.body()
        yield Paragraph(id="note", classes="")
        yield Static(self.hint(), id="hint", markup=False)
        yield Paragraph(
            self.say("This window is too small. Make it at least 80 by 24; nothing is lost."), id="narrow"
        )

    def heading(self) -> str:
        """The title."""
        return ""

    def body(self) -> ComposeResult:
        """The widgets of this screen."""
        yield from ()

    def help_text(self) -> str:
        """What F1 says."""
        return self.say(
            "Arrows move, Enter presses, Esc goes back. Nothing is signed without your passphrase."
        )

    def hint(self) -> str:
        """The last row."""
        return self.say("Arrows: move   Enter: press   Esc: back   F1: help")

    def on_mount(self) -> None:
        """Draw the rows that change."""
        self.screen_layout_refresh_signal.subscribe(self, self._point)
        self.set_interval(20, self.draw_head)
        self.fill()

    def on_screen_resume(self) -> None:
        """Something may have happened on the screen that was above."""
        self._fit()
        if self.is_mounted:
            self.fill()
            self.draw_head()

    def on_resize(self) -> None:
        """Another size: too small, or with room for more."""
        self._fit()
        self.draw_head()

    def fill(self) -> None:
        """Put in what changes; called whenever the screen comes up."""

    def draw_head(self) -> None:
        """The first row."""
        left, right = self.desk.head
        self.query_one("#head", Static).update(spread(left, right, self.size.width - 2))

    def note(self, words: str) -> None:
        """Say something in the row above the last."""
        self.query_one("#note", Paragraph).tell(words)

    def action_back(self) -> None:
        """Leave this screen with nothing done."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say what can be done here."""
        from tally.screens.message import Message

        self.app.push_screen(Message(self.desk, self.say("Help"), [self.help_text()]))

    def action_scroll(self, pages: int) -> None:
        """Read on in what is longer than the screen."""
        for text in self.query(VerticalScroll):
            text.scroll_page_down(animate=False) if pages > 0 else text.scroll_page_up(animate=False)

    def _fit(self) -> None:
        width, height = self.app.size
        self.set_class(width < _LEAST[0] or height < _LEAST[1], "too-small")
        self.set_class(width >= _WIDE, "wide")

    def _point(self, _: object = None) -> None:
        """Keep the terminal's cursor at the focus: braille displays follow it."""
        focused = self.focused
        if focused is not None and not isinstance(focused, Input):
            self.app.cursor_position = Offset(*focused.region.offset)


def spread(left: str, right: str, width: int) -> str:
    """Two texts at the ends of one row; the left one gives way."""
    room = max(width - len(right) - 1, 0)
    return f"{left[:room]:<{room}} {right}"
