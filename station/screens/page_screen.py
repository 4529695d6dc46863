"""The one screen of the station: draws a page, moves the focus, and says which answer was given."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from station.widgets.layout import spread
from station.widgets.pieces import FieldPiece, Piece, alike, apart, beside, is_column, piece_of
from station.widgets.row import Row
from station.wording.page import Line, Page

__all__ = ["PageScreen"]


def _rows(piece: Piece) -> tuple[int, int]:
    """First row of a part in the body, and the row below its last."""
    parent, region = piece.parent, piece.virtual_region
    above = parent.virtual_region.y if isinstance(parent, Horizontal) else 0
    return region.y + above, region.bottom + above


class PageScreen(Screen[None], inherit_bindings=False):
    """First row, title, parts of the page, note, last row."""

    class Ready(Message):
        """The screen can draw."""

    def __init__(self) -> None:
        super().__init__()
        self._page: Page | None = None
        self._said = ""
        self._place = -1
        """Which of the stops was given the focus."""

    def compose(self) -> ComposeResult:
        """The fixed rows, and the body between them."""
        yield Row("head")
        yield Row("title")
        body = VerticalScroll(id="body", can_focus=False)
        body.show_vertical_scrollbar = False
        yield body
        yield Row("note")
        yield Row("hint")
        yield Static(id="narrow", markup=False)

    def on_mount(self) -> None:
        """Say so, and keep the terminal's cursor at the focus: braille displays follow it."""
        self.screen_layout_refresh_signal.subscribe(self, self._point)
        self.post_message(self.Ready())

    @property
    def page(self) -> Page | None:
        """The page that is drawn."""
        return self._page

    @property
    def body(self) -> VerticalScroll:
        """What scrolls."""
        return self.query_one("#body", VerticalScroll)

    @property
    def pieces(self) -> list[Piece]:
        """All parts."""
        return list(self.body.query(Piece))

    @property
    def stops(self) -> list[Piece]:
        """Parts that can have the focus, in order."""
        return [piece for piece in self.pieces if piece.can_focus and piece.display]

    @property
    def current(self) -> Piece | None:
        """The part with the focus."""
        return self.focused if isinstance(self.focused, Piece) else None

    @property
    def place(self) -> int:
        """Which of the stops has the focus; -1 for none."""
        current = self.current
        return next((number for number, piece in enumerate(self.stops) if piece is current), -1)

    @property
    def field(self) -> FieldPiece | None:
        """The field with the focus."""
        found = self.current
        return found if isinstance(found, FieldPiece) else None

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by name of the field."""
        return {piece.name_: piece.typed for piece in self.pieces if isinstance(piece, FieldPiece)}

    async def show(self, page: Page) -> None:
        """Draw a page; one of the same key keeps the focus and what was typed."""
        before, self._page = self._page, page
        same = before is not None and before.key == page.key
        if same and alike([piece.item for piece in self.pieces], page.items):
            for piece, item in zip(self.pieces, page.items, strict=True):
                piece.change(item)
            self.say(page.notice)
        else:
            await self._rebuild(page, self._place if same else None)
            self._said = page.notice
            self.draw_rows()
        self.call_after_refresh(self._refocus)

    def _refocus(self) -> None:
        """A window that was too small has hidden what had the focus, and so taken it away."""
        if self.current is None and 0 <= self._place < len(self.stops) and not self.has_class("narrow"):
            self.focus_place(self._place)

    async def _rebuild(self, page: Page, place: int | None) -> None:
        body = self.body
        self.set_focus(None)
        await body.remove_children()
        pieces = [piece_of(item) for item in page.items]
        for before, piece in zip([None, *pieces], pieces, strict=False):
            piece.set_class(apart(before.item if before else None, piece.item), "apart")
        await body.mount_all(beside(pieces))
        self._show_words()
        body.scroll_home(animate=False, immediate=True)
        wanted = page.focus if place is None or place < 0 else place
        self._place = -1
        if wanted is not None and self.stops:
            self.focus_place(min(wanted, len(self.stops) - 1), reveal=bool(wanted))

    def focus_place(self, place: int, *, reveal: bool = True) -> None:
        """Give the focus to one of the stops."""
        stop, self._place, self._said = self.stops[place], place, ""
        self.set_focus(stop, scroll_visible=False)
        self._show_words()
        self.draw_rows()  # a note of two rows leaves less room for the focus
        self.call_after_refresh(self._settle, reveal)

    def reveal(self) -> None:
        """Bring the focus into view again: in a window of another size it may be out of it."""
        self.call_after_refresh(self._settle, True)

    def _settle(self, reveal: bool) -> None:
        """After the layout: bring the focus into view, and the terminal's cursor to the focus."""
        stop = self.current
        if stop is None:
            return
        if reveal:
            if self.place == 0 and _rows(stop)[1] <= self.body.size.height:
                self.body.scroll_home(animate=False, immediate=True)
            else:
                self.body.scroll_to_widget(stop, animate=False, immediate=True)
        self.draw_rows()
        self.call_after_refresh(self._point)

    def _point(self, _: object = None) -> None:
        stop = self.current
        if stop is not None:
            self.app.cursor_position = Offset(*stop.region.offset)
        self.draw_rows()

    def focus_column(self, last: bool) -> bool:
        """Give the focus to the first or the last of the columns.

        Returns:
            False where there are none.
        """
        places = [place for place, stop in enumerate(self.stops) if is_column(stop.item)]
        if places:
            self.focus_place(places[-1 if last else 0])
        return bool(places)

    def type_into(self, name: str, character: str) -> bool:
        """Begin a field anew with a letter that was typed elsewhere.

        Returns:
            False if there is no such field, or the letter does not belong in it.
        """
        for place, stop in enumerate(self.stops):
            if isinstance(stop, FieldPiece) and stop.name_ == name and stop.replace(character):
                self.focus_place(place)
                return True
        return False

    def wipe(self) -> None:
        """Forget what was typed."""
        for piece in self.pieces:
            if isinstance(piece, FieldPiece):
                piece.wipe()

    def move(self, by: int) -> None:
        """Move the focus up or down; what is not in view is scrolled to first."""
        stops = self.stops
        if not stops:
            self.scroll_page(by)
            return
        place = self.place
        if place < 0:
            self.focus_place(0 if by > 0 else len(stops) - 1)
        elif self._goes_on(stops[place], by):
            self.scroll_page(by)
        elif 0 <= place + by < len(stops) or not self.scroll_on(by):
            self.focus_place((place + by) % len(stops))

    def scroll_on(self, by: int) -> bool:
        """Scroll a page that has nothing to choose from; False if there is no more that way."""
        more = self._is_more_below if by > 0 else self.body.scroll_offset.y > 0
        if more:
            self.scroll_page(by)
        return more

    def scroll_page(self, by: int) -> None:
        """Scroll by nearly the height of the body."""
        self.body.scroll_relative(y=by * max(self.body.size.height - 1, 1), animate=False, immediate=True)
        self.call_after_refresh(self._point)

    def turn_page(self, by: int) -> None:
        """Scroll, and take the focus along: it is never on what was scrolled away."""
        self.scroll_page(by)
        self.call_after_refresh(self._follow, by)

    def _follow(self, by: int) -> None:
        seen = [place for place, stop in enumerate(self.stops) if self._is_seen(stop)]
        if seen and self.place >= 0 and self.place not in seen:
            self.focus_place(seen[0] if by > 0 else seen[-1])

    def _goes_on(self, stop: Piece, by: int) -> bool:
        """Whether there is more of a part, or all of it, beyond the edge that a move goes to."""
        body, (begin, end) = self.body, _rows(stop)
        if by > 0:
            return end > body.scroll_offset.y + body.size.height
        return begin < body.scroll_offset.y < end

    @property
    def _is_more_below(self) -> bool:
        body = self.body
        return body.scroll_offset.y + body.size.height < body.virtual_size.height

    def _is_seen(self, stop: Piece) -> bool:
        """Whether a part is in view, at least partly; before the first layout all of them are."""
        top, (begin, end) = self.body.scroll_offset.y, _rows(stop)
        return begin < top + self.body.size.height and (end > top or not top)

    def brought_into_view(self) -> bool:
        """Whether the part with the focus can be seen: nobody presses what they do not see; it is scrolled to."""
        stop = self.current
        if stop is None or self._is_seen(stop):
            return stop is not None
        if _rows(stop)[0] > self.body.scroll_offset.y:
            self.scroll_page(1)
        else:
            self.body.scroll_to_widget(stop, animate=False, immediate=True)
        return False

    def say(self, words: str) -> None:
        """Put something into the note until the focus moves; its second row does not push the focus out."""
        stop, body = self.current, self.body
        whole = stop is not None and _rows(stop)[1] <= body.scroll_offset.y + body.size.height
        self._said = words
        self.draw_rows()
        self.call_after_refresh(self._settle, whole)

    def draw_rows(self) -> None:
        """First row, title, note and last row."""
        page = self._page
        if page is None or not self.is_mounted:
            return
        width = self.size.width - 2
        note = self._said or page.note
        if not note and page.note_at is not None:
            lines = [piece for piece in self.stops if isinstance(piece.item, Line)]
            current = self.current
            note = page.note_at(lines.index(current) if current in lines else -1)
        note = note or page.screen_note
        self.query_one("#head", Row).say(spread(page.left, page.right, width))
        self.query_one("#title", Row).say(page.title)
        if self._is_more_below and len(note) + len(page.more) + 2 <= width:
            note = spread(note, page.more, width)
        self.query_one("#note", Row).say(note)
        self.query_one("#hint", Row).say(page.hint)

    def show_clock(self, page: Page) -> None:
        """Draw the first row of a page again, and nothing else."""
        row = spread(page.left, page.right, self.size.width - 2)
        self.query_one("#head", Row).say(row)

    def _show_words(self) -> None:
        """Some paragraphs belong to one of the lines."""
        current = self.current
        key = current.item.key if current is not None and isinstance(current.item, Line) else ""
        for piece in self.pieces:
            shown_for = getattr(piece.item, "shown_for", "")
            piece.display = not shown_for or shown_for == key
