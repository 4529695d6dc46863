"""The widgets of a page, one for each kind of item; they draw rows of text and know nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text
from textual.containers import Horizontal
from textual.geometry import Size
from textual.widget import Widget

from keys.desk.cards import holds_card
from station.widgets.groups import GroupEntry
from station.widgets.layout import field_rows, item_rows
from station.wording.page import Drawing, Field, Item, Line, Verb, Words, is_focusable

__all__ = ["FieldPiece", "Piece", "alike", "apart", "beside", "is_column", "piece_of"]

_INK = "black on white"


class Piece(Widget):
    """One item of a page."""

    DEFAULT_CSS = """
    Piece { height: auto; width: 1fr; max-width: 112; }
    Piece.apart { margin-top: 1; }
    Piece:focus { text-style: reverse; }
    Piece.strong { text-style: bold; }
    """

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.can_focus = is_focusable(item)
        self._item = item
        self.set_class(isinstance(item, Words) and item.strong, "strong")

    @property
    def item(self) -> Item:
        """What it draws."""
        return self._item

    def change(self, item: Item) -> None:
        """Draw something else in its place."""
        if item != self._item:
            self._item = item
            self.refresh(layout=True)

    def rows(self, width: int) -> list[str]:
        """The rows of text for a width in cells."""
        return item_rows(self._item, width, self.has_focus)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as the text needs."""
        return len(self.rows(width))

    def render(self) -> Text:
        """The rows."""
        style = _INK if isinstance(self._item, Drawing) else ""
        return Text("\n".join(self.rows(self.content_size.width)), style=style, no_wrap=True)

    def on_focus(self) -> None:
        """A line unfolds while it has the focus."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """And folds again."""
        self.refresh(layout=True)


class FieldPiece(Piece):
    """A place to type in: letters are added at the end and taken from the end, nothing more."""

    def __init__(self, item: Field) -> None:
        super().__init__(item)
        self._field = item
        self.name_ = item.name
        self.typed = item.value
        self.plain = False
        self.heard = ""
        """What is wrong with what the last letter finished."""
        self._stale = bool(item.value)
        """What stands there is replaced by the first letter."""

    def change(self, item: Item) -> None:
        """Keep what was typed, unless the page says otherwise or it is hidden."""
        if isinstance(item, Field):
            self._stale = bool(item.value)
            if item.hidden or not item.kept or item.value != self._field.value:
                self.typed = item.value
            self._field = item
        super().change(item)
        self.refresh()

    def rows(self, width: int) -> list[str]:
        """Label and box; a card that was shown at the wrong moment is not read off the screen."""
        shown = "*" * len(self.typed) if self.holds_card else self.typed
        return field_rows(self._field, shown, width, self.has_focus, self.plain)

    @property
    def holds_card(self) -> bool:
        """Whether an officer's card stands where none is asked for."""
        return not self._field.hidden and holds_card(self.typed)

    def type(self, character: str) -> bool:
        """Add a letter.

        Returns:
            False if it does not belong here.
        """
        fits = character.isdigit() and character.isascii() if self._field.digits else character.isprintable()
        if not fits or len(character) != 1:
            return False
        if self._stale:
            self.typed, self._stale = "", False
        if len(self.typed) < self._field.length:
            self.typed += character
            self.refresh()
        return True

    def erase(self) -> None:
        """Take the last letter away."""
        self.typed, self._stale = self.typed[:-1], False
        self.refresh()

    @property
    def is_hidden(self) -> bool:
        """Whether what is typed is shown as stars."""
        return self._field.hidden

    def take_up(self, typed: str) -> None:
        """Go on with what was typed before another page lay on top."""
        if typed:
            self.typed, self._stale = typed, False
            self.refresh()

    def wipe(self) -> None:
        """Empty it."""
        self.typed, self._stale = "", False
        self.refresh()

    def replace(self, character: str) -> bool:
        """Begin anew with a letter.

        Returns:
            False if it does not belong here.
        """
        self._stale = True
        return self.type(character)

    def show(self) -> None:
        """Show a hidden field, or hide it again."""
        self.plain = not self.plain
        self.refresh()


class GroupsPiece(FieldPiece):
    """A place to type groups of letters in: a wrong one is named at once, and it alone is typed anew."""

    def __init__(self, item: Field) -> None:
        super().__init__(item)
        self._entry = GroupEntry(item.groups)

    def change(self, item: Item) -> None:
        """Keep what was typed where one group of it is typed anew, or some are missing."""
        super().change(item)
        if isinstance(item, Field) and item.anew:
            self._entry.renew(item.anew)
        elif not self._field.kept:
            self._entry.begin()
        self.typed = self._entry.text
        self.refresh()

    def type(self, character: str) -> bool:
        """Add a letter; a group that it finishes is checked."""
        if self._stale:
            self._entry.begin()
        if not super().type(character):
            return False
        if len(self._entry.text) < self._field.length:
            self._entry.type(character)
        finished, check = self._entry.finished, self._field.check
        self.heard = check(*finished) if finished and check else ""
        if finished and self.heard:
            self._entry.renew(finished[0])
        self.typed = self._entry.text
        return True

    def erase(self) -> None:
        """Take the last letter away."""
        super().erase()
        self._entry.erase()
        self.typed = self._entry.text

    def take_up(self, typed: str) -> None:
        """Go on with what was typed before another page lay on top."""
        super().take_up(typed)
        self._entry.begin(self.typed)

    def wipe(self) -> None:
        """Empty it."""
        super().wipe()
        self._entry.begin()


def piece_of(item: Item) -> Piece:
    """The widget of an item."""
    if not isinstance(item, Field):
        return Piece(item)
    return GroupsPiece(item) if item.groups else FieldPiece(item)


def alike(before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Whether the same widgets can draw both."""
    return [_kind(item) for item in before] == [_kind(item) for item in after]


def _kind(item: Item) -> tuple[object, ...]:
    return type(item), getattr(item, "name", ""), is_column(item)


def is_column(item: Item) -> bool:
    """Whether it stands beside its neighbours."""
    return isinstance(item, Line) and item.column


def apart(before: Item | None, item: Item) -> bool:
    """Whether a blank row belongs between two parts, where there is room."""
    if before is None:
        return False
    if isinstance(before, Words) and isinstance(item, Words):
        return before.apart or item.apart
    explained = isinstance(before, Line | Verb) and bool(before.below)
    return type(before) is not type(item) or explained or (isinstance(item, Line) and bool(item.below))


def beside(pieces: Sequence[Piece]) -> list[Widget]:
    """The parts one below the other, but columns beside each other."""
    rows: list[Widget] = []
    for columns, run in groupby(pieces, key=lambda piece: is_column(piece.item)):
        kept = list(run)
        rows += [Horizontal(*kept, classes="columns")] if columns else kept
    return rows
