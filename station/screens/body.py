"""The part of the screen between the fixed rows: the parts of a page, and what of them can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.containers import Horizontal, VerticalScroll

from station.widgets.pieces import FieldPiece, Piece, alike, apart, beside, piece_of
from station.wording.page import Item, Line, Words

__all__ = ["Body"]


def _rows(piece: Piece) -> tuple[int, int]:
    """First row of a part, and the row below its last."""
    parent, region = piece.parent, piece.virtual_region
    above = parent.virtual_region.y if isinstance(parent, Horizontal) else 0
    return region.y + above, region.bottom + above


class Body(VerticalScroll, can_focus=False):
    """It scrolls by itself or to a part, and never moves the focus.

    Attributes:
        typed_on: Something was typed since the page was drawn.
    """

    typed_on = False

    def on_mount(self) -> None:
        """Signs say that there is more, not a bar."""
        self.show_vertical_scrollbar = False

    @property
    def pieces(self) -> list[Piece]:
        """All parts."""
        return list(self.query(Piece))

    @property
    def stops(self) -> list[Piece]:
        """Parts that can have the focus, in order."""
        return [piece for piece in self.pieces if piece.can_focus and piece.display]

    @property
    def fields(self) -> list[FieldPiece]:
        """Parts to type in."""
        return [piece for piece in self.pieces if isinstance(piece, FieldPiece)]

    def draws(self, items: Sequence[Item]) -> bool:
        """Whether the same parts can draw these items."""
        return alike([piece.item for piece in self.pieces], items)

    def change(self, items: Sequence[Item]) -> None:
        """Let the same parts draw these items."""
        self.typed_on = False
        for piece, item in zip(self.pieces, items, strict=True):
            piece.change(item)

    def count(self, seconds: int) -> None:
        """Say how many seconds are left, where a part says it."""
        for piece in self.pieces:
            if isinstance(piece.item, Words) and piece.item.left:
                piece.change(replace(piece.item, text=piece.item.left(seconds)))

    async def build(self, items: Sequence[Item]) -> None:
        """Draw these items with parts of their own, from the first row on."""
        self.typed_on = False
        await self.remove_children()
        pieces = [piece_of(item) for item in items]
        for before, piece in zip([None, *pieces], pieces, strict=False):
            piece.set_class(apart(before.item if before else None, piece.item), "apart")
        await self.mount_all(beside(pieces))
        self.home()

    def show_words_for(self, current: Piece | None) -> None:
        """Some paragraphs belong to one of the lines, and are shown while it has the focus."""
        key = current.item.key if current is not None and isinstance(current.item, Line) else ""
        for piece in self.pieces:
            item = piece.item
            hidden = isinstance(item, Words) and (
                item.shown_for not in {"", key} or (item.until_typed and self.typed_on)
            )
            piece.display = not hidden

    # What can be seen

    @property
    def is_more_below(self) -> bool:
        """Whether there is more below the last row."""
        return self.scroll_offset.y + self.size.height < self.virtual_size.height

    def is_seen(self, piece: Piece) -> bool:
        """Whether a part is in view, at least partly; before the first layout all of them are."""
        top, (begin, end) = self.scroll_offset.y, _rows(piece)
        return begin < top + self.size.height and (end > top or not top)

    def is_seen_to_its_end(self, piece: Piece) -> bool:
        """Whether nothing of a part is below the last row."""
        return _rows(piece)[1] <= self.scroll_offset.y + self.size.height

    def is_begun(self, piece: Piece) -> bool:
        """Whether a part is in view with its end, and begins above the first row."""
        begin, end = _rows(piece)
        return begin < self.scroll_offset.y < end

    # Scrolling

    def home(self) -> None:
        """Back to the first row."""
        self.scroll_home(animate=False, immediate=True)

    def turn(self, by: int) -> None:
        """Scroll by nearly its height."""
        self.scroll_relative(y=by * max(self.size.height - 1, 1), animate=False, immediate=True)

    def bring(self, piece: Piece) -> None:
        """Scroll to a part."""
        self.scroll_to_widget(piece, animate=False, immediate=True)

    def bring_with_what_is_above(self, piece: Piece) -> None:
        """Scroll to a part; where it fits beside all that stands above it, to the first row."""
        if _rows(piece)[1] <= self.size.height:
            self.home()
        else:
            self.bring(piece)

    def is_below(self, piece: Piece) -> bool:
        """Whether a part begins below the first row in view."""
        return _rows(piece)[0] > self.scroll_offset.y
