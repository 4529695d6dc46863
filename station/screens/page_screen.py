"""The one screen of the station: draws a page, moves the focus, and says which answer was given."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from station.screens.body import Body
from station.screens.underneath import Covered, Underneath
from station.widgets.air import fits_without_air_alone
from station.widgets.layout import spread, with_more
from station.widgets.pieces import FieldPiece, Piece, is_column
from station.widgets.row import Row
from station.wording.page import Line, Page

__all__ = ["PageScreen"]


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
        self._underneath = Underneath()
        self.number = ""
        """Digits that were pressed one after the other, to go to a line."""

    def compose(self) -> ComposeResult:
        """The fixed rows, and the body between them."""
        yield Row("head")
        yield Row("title")
        yield Body(id="body")
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
    def body(self) -> Body:
        """What scrolls."""
        return self.query_one("#body", Body)

    @property
    def stops(self) -> list[Piece]:
        """Parts that can have the focus, in order."""
        return self.body.stops

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
        return {piece.name_: piece.typed for piece in self.body.fields}

    async def show(self, page: Page) -> None:
        """Draw a page; one of the same key, or that only lay under another, keeps the focus and what was typed."""
        before, self._page = self._page, page
        self.set_class(fits_without_air_alone(page, *self.size), "tight")
        same = before is not None and before.key == page.key
        if same and self.body.draws(page.items):
            self.body.change(page.items)
            self._show_words()
            self.say(page.notice)
        else:
            left = self._left(before) if before else None
            resumed = Covered(page.key, self._place) if same else self._underneath.turn(left, page)
            await self._rebuild(page, resumed)
            self._said = page.notice
            self.draw_rows()
        self.call_after_refresh(self._refocus)

    def _left(self, page: Page) -> Covered:
        """How a page is left."""
        kept = {
            piece.name_: piece.typed
            for piece in self.body.fields
            if not (piece.is_hidden or piece.holds_card)
        }
        return Covered(page.key, self._place, kept)

    def _refocus(self) -> None:
        """A window that was too small has hidden what had the focus, and so taken it away."""
        if self.current is None and 0 <= self._place < len(self.stops) and not self.has_class("narrow"):
            self.focus_place(self._place)

    async def _rebuild(self, page: Page, resumed: Covered | None) -> None:
        self.set_focus(None)
        await self.body.build(page.items)
        self._show_words()
        wanted, self._place = page.focus, -1
        if resumed is not None:
            wanted = resumed.place if resumed.place >= 0 else wanted
            for piece in self.body.fields:
                piece.take_up(resumed.typed.get(piece.name_, ""))
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
            if self.place == 0:
                self.body.bring_with_what_is_above(stop)
            else:
                self.body.bring(stop)
        self.draw_rows()
        self.call_after_refresh(self._point)

    def _point(self, _: object = None) -> None:
        """Put the terminal's cursor at the focus, or at the title where none is seen."""
        stop, title = self.current, self.query_one("#title", Row)
        place = Offset(*title.region.offset)
        if stop is not None and self.body.is_seen(stop):
            place = Offset(stop.region.x, max(stop.region.y, self.body.region.y))
        if place != self.app.cursor_position:
            self.app.cursor_position = place
            self.query_one("#hint", Row).refresh()  # the terminal hears of it with the next drawing
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
        fields = [stop for stop in self.stops if isinstance(stop, FieldPiece) and stop.name_ == name]
        return any(field.replace(character) and self.focus_field(name) for field in fields)

    def focus_field(self, name: str) -> bool:
        """Give the focus to the field of a name, which is there."""
        names = [getattr(stop, "name_", "") for stop in self.stops]
        self.focus_place(names.index(name))
        return True

    def wipe(self) -> None:
        """Forget what was typed, here and in what lies under it."""
        self._underneath.wipe()
        for piece in self.body.fields:
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
        more = self.body.is_more_below if by > 0 else self.body.scroll_offset.y > 0
        if more:
            self.scroll_page(by)
        return more

    def scroll_page(self, by: int) -> None:
        """Scroll by nearly the height of the body."""
        self.body.turn(by)
        self.call_after_refresh(self._point)

    def turn_page(self, by: int) -> None:
        """Scroll, and take the focus along: it is never on what was scrolled away."""
        self.scroll_page(by)
        self.call_after_refresh(self._follow, by)

    def _follow(self, by: int) -> None:
        seen = [place for place, stop in enumerate(self.stops) if self.body.is_seen(stop)]
        if seen and self.place >= 0 and self.place not in seen:
            self.focus_place(seen[0] if by > 0 else seen[-1])

    def _goes_on(self, stop: Piece, by: int) -> bool:
        """Whether there is more of a part, or all of it, beyond the edge that a move goes to."""
        return not self.body.is_seen_to_its_end(stop) if by > 0 else self.body.is_begun(stop)

    def brought_into_view(self) -> bool:
        """Whether the part with the focus can be seen: nobody presses what they do not see; it is scrolled to."""
        stop = self.current
        if stop is None or self.body.is_seen(stop):
            return stop is not None
        if self.body.is_below(stop):
            self.scroll_page(1)
        else:
            self.body.bring(stop)
        return False

    def say(self, words: str) -> None:
        """Put something into the note until the focus moves; its second row does not push the focus out."""
        stop = self.current
        whole = stop is not None and self.body.is_seen_to_its_end(stop)
        self._said = words
        self.draw_rows()
        self.call_after_refresh(self._settle, whole)

    def quiet(self) -> None:
        """Something is typed: say no more what became of the last key, or of what was typed before."""
        self._said = ""
        self.body.typed_on = True
        self._show_words()
        self.draw_rows()

    def draw_rows(self) -> None:
        """First row, title, note and last row."""
        page = self._page
        if page is None or not self.is_mounted:
            return
        width = self.size.width - 2
        problem = "" if self.body.typed_on else page.problem
        note = self._said or problem or page.note
        lines = [piece for piece in self.stops if isinstance(piece.item, Line)]
        at = lines.index(self.current) if self.current in lines else -1
        if not note and page.note_at is not None:
            note = page.note_at(at)
        note = note or page.screen_note
        self.query_one("#head", Row).say(spread(page.left, page.right, width))
        self.query_one("#title", Row).say(page.title)
        self.query_one("#note", Row).say(with_more(note, self._more_of(page), width))
        self.query_one("#hint", Row).say(page.hint_at(at) if page.hint_at else page.hint)

    def _more_of(self, page: Page) -> str:
        below, above, both = page.more
        if self.body.scroll_offset.y > 0:
            return both if self.body.is_more_below else above
        return below if self.body.is_more_below else ""

    def show_clock(self, page: Page) -> None:
        """Draw the first row of a page again, and nothing else."""
        row = spread(page.left, page.right, self.size.width - 2)
        self.query_one("#head", Row).say(row)

    def _show_words(self) -> None:
        """Some paragraphs belong to one of the lines."""
        self.body.show_words_for(self.current)
