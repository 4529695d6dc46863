"""What screens are made of: paragraphs and menus. Both wrap so that a no-break space holds, as French needs it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

__all__ = ["EMPTY", "Menu", "Paragraph", "wrap"]

EMPTY = "_" * 24
"""Shows where a field is that holds nothing."""
_FRAME = len("> [  ]")


class Paragraph(Static):
    """Text of several lines; what goes on in another row stays as far in as its line."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str = "paragraph") -> None:  # noqa: A002 - Textual's name
        super().__init__(text, id=id, classes=classes, markup=False)
        self._text = text

    def tell(self, text: str) -> None:
        """Say something else."""
        self._text = text
        self.update(text)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """As many rows as it takes."""
        return len(wrap(self._text, width))

    def render(self) -> str:
        """The rows."""
        return "\n".join(wrap(self._text, self.content_size.width))


class Menu(OptionList):
    """Things to do, one below the other; the first is the obvious one."""

    BINDINGS = [  # noqa: RUF012 - as Textual declares it
        Binding("pageup", "screen.scroll(-1)", show=False),
        Binding("pagedown", "screen.scroll(1)", show=False),
    ]
    DEFAULT_CSS = (
        "Menu { height: auto; max-height: 100%; border: none; padding: 0; background: transparent; }"
    )

    def __init__(
        self,
        items: Sequence[tuple[str, str]],
        id: str = "menu",  # noqa: A002 - Textual's name
        *,
        marked: int | None = None,
    ) -> None:
        """Take rows.

        Args:
            items: Id and words of each.
            id: Of the widget.
            marked: The row that is chosen so far, -1 for none, where the menu asks for one of several.
        """
        self._words = [words for _, words in items]
        self._marked = marked
        super().__init__(*(Option(words, key) for key, words in items), id=id, markup=False)

    def change(self, items: Sequence[tuple[str, str]]) -> None:
        """Show other rows, the first one chosen."""
        self._words = [words for _, words in items]
        self.clear_options()
        self.add_options([Option(words, key) for key, words in items])
        if items:
            self.highlighted = 0
        self._sign()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """The row with the focus has a sign, not only a colour."""
        super().watch_highlighted(highlighted)
        self._sign()

    def watch_has_focus(self, value: bool) -> None:
        """Show the sign or take it away; the event of the focus would come before the focus itself is noted."""
        super().watch_has_focus(value)
        self._sign()

    def mark(self, at: int) -> None:
        """Note which row was chosen, in a menu that asks for one of several."""
        self._marked = at
        self._sign()

    def on_resize(self, _: events.Resize) -> None:
        """Wrap again."""
        self._sign()

    def _sign(self) -> None:
        room = max(self.size.width, _FRAME + 1) if self.size.width else 10_000
        for at, words in enumerate(self._words[: self.option_count]):
            focused = self.has_focus and at == self.highlighted
            frame = ("[ ", " ]") if self._marked is None else ("(x) " if at == self._marked else "( ) ", "")
            self.replace_option_prompt_at_index(at, _row(words, room, frame, focused=focused))


def wrap(text: str, width: int) -> list[str]:
    """Rows of at most a width; a word that is longer is broken."""
    rows: list[str] = []
    for line in text.split("\n"):
        bare = line.lstrip(" ")
        pad = " " * (len(line) - len(bare))
        rows += textwrap.wrap(
            bare, max(width, len(pad) + 1), initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False
        ) or [""]
    return rows


def _row(words: str, width: int, frame: tuple[str, str], *, focused: bool) -> str:
    begins, ends = frame
    first, *rest = wrap(words, width - _FRAME) or [""]
    rows = [f"{'>' if focused else ' '} {begins}{first}", *(f"    {row}" for row in rest)]
    return "\n".join(rows) + ends
