"""The terminal app of the station: draws what the office asks, sends what is answered.

No command palette, no mouse, no key of Textual's own: every key goes through `station.screens.presses`.
What is pasted is dropped, but for a short line in a field of the officers. After an error it ends without a word
of it (`keys.desk.silent`), and `station.running` shows a page of our own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import events
from textual.driver import Driver
from textual.timer import Timer
from textual.widgets import Static

from keys.desk.silent import SilentApp
from keys.findings import Misuse
from station import answers as a
from station.faces.face import Face
from station.faces.keygate import KeyGate
from station.faces.stdout import StdoutDriver
from station.screens.page_screen import PageScreen
from station.screens.presses import Press, pasted_line, press, take_line
from station.wording.asides import card_elsewhere, help_page, too_small, wrong_key
from station.wording.closing import meanwhile
from station.wording.page import COUNTED, Page, Words

__all__ = ["StationApp"]

_WORKER_SIZE = (80, 24)
_VOTER_SIZE = (42, 12)
_ROOMY = 20
_MANY_WRONG = 5
_SCROLLS = {"up": -1, "pageup": -1, "down": 1, "pagedown": 1}
"""Keys that turn the page of help while there is more of it."""


class StationApp(SilentApp[None], inherit_bindings=False):
    """Draws pages and sends answers.

    Attributes:
        busy: An answer is being worked on; keys do nothing.
    """

    CSS_PATH = "station.tcss"

    def __init__(
        self,
        face: Face,
        clock: Callable[[], float],
        driver_class: type[Driver] | None = None,
        *,
        pressed: Callable[[events.Event], float] | None = None,
    ) -> None:
        """Take a face to draw.

        Args:
            face: Gives pages, takes answers.
            clock: Steady seconds, for the keys.
            driver_class: For tests.
            pressed: When a key was pressed, by the same clock; the moment it is worked on if None. On a slow machine
                the keys of a scanner are worked on at the pace of a person.
        """
        super().__init__(driver_class)
        self.busy = False
        self._face = face
        self._clock = clock
        self._pressed = pressed or (lambda _: clock())
        self._gate = KeyGate()
        self._helping = False
        self._idle: Timer | None = None
        self._counting: Timer | None = None
        self._left = 0
        self._key = ""

    def get_driver_class(self) -> type[Driver]:
        """Of a real terminal."""
        return StdoutDriver

    def get_default_screen(self) -> PageScreen:
        """There is one screen."""
        return PageScreen()

    @property
    def page_screen(self) -> PageScreen:
        """It."""
        screen = self.screen
        if not isinstance(screen, PageScreen):
            raise Misuse("another screen was pushed")
        return screen

    async def on_page_screen_ready(self) -> None:
        """The first page; the hour of the first row goes on."""
        await self.draw()
        self.set_interval(20, self.tick)

    async def draw(self) -> None:
        """Draw the page of this moment."""
        page = self._help_page() if self._helping else self._page()
        new = page.key != self._key
        if new:
            self._key = page.key
            self._gate.begin(self._clock(), page.shown)
        self._fit(page)
        await self.page_screen.show(page)
        if new and page.waiting:
            self.page_screen.say(page.waiting)
            self.set_timer(page.shown, partial(self.quiet_over, page.key))
        self._wait(page)

    def _page(self) -> Page:
        return self._face.page(self.size.width, self.size.height)

    def _help_page(self) -> Page:
        return help_page(self._page(), self._face.language)

    def _fit(self, page: Page) -> None:
        """Say so where the window is too small; nothing is lost."""
        screen, (width, height) = self.page_screen, self.size
        least_width, least_height = _VOTER_SIZE if page.voter else _WORKER_SIZE
        screen.set_class(width < least_width or height < least_height, "narrow")
        screen.set_class(height >= _ROOMY, "roomy")
        screen.set_class(height < _ROOMY, "cramped")
        screen.query_one("#narrow", Static).update(too_small(self._face.language, voter=page.voter))

    def on_resize(self) -> None:
        """Another size may need other words."""
        self.call_after_refresh(self._draw_again)

    async def _draw_again(self) -> None:
        if self.page_screen.page is not None:
            await self.draw()
            self.page_screen.reveal()

    async def quiet_over(self, key: str) -> None:
        """The quiet at the beginning of a page is over; an Enter that was pressed in it counts now.

        Args:
            key: Of the page.
        """
        screen = self.page_screen
        page = screen.page
        if page is None or page.key != key or self.busy:
            return
        screen.quiet()
        if self._gate.kept:
            outcome = press(screen, page, "enter", None)
            if isinstance(outcome, a.Answer):
                await self.send(outcome)

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Take every key ourselves; drop the mouse, and nearly all that is pasted."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._press(event)
        elif isinstance(event, events.Paste):
            self._paste(event)
        elif not isinstance(event, events.Paste | events.MouseEvent | events.Key):
            await super().on_event(event)

    async def _press(self, event: events.Key) -> None:
        key, character = event.key, event.character
        screen = self.page_screen
        page = screen.page
        if page is None or self.busy or screen.has_class("narrow"):
            return
        single = character if character and len(character) == 1 and character.isprintable() else None
        if not self._gate.admits(single or key, self._pressed(event), bursts=_takes_text(screen, page)):
            return
        self._restart(page)
        if await self._own_key(key, screen):
            return
        outcome = press(screen, page, key, single)
        if isinstance(outcome, a.Answer):
            await self.send(outcome)
        elif outcome is Press.WITHOUT_EFFECT:
            self._without_effect(screen, page)
        elif outcome is Press.CARD:
            screen.say(card_elsewhere(self._face.language))

    def _paste(self, event: events.Paste) -> None:
        screen = self.page_screen
        page = screen.page
        closed = self.busy or self._helping or screen.has_class("narrow")
        line = None if page is None or closed else pasted_line(screen, page, event.text)
        if page is not None and line and self._gate.admits("paste", self._pressed(event)):
            self._restart(page)
            take_line(screen, line)

    async def _own_key(self, key: str, screen: PageScreen) -> bool:
        """Help and contrast work on every page."""
        if self._helping and key in _SCROLLS and screen.scroll_on(_SCROLLS[key]):
            return True
        if self._helping or key == "f1" or (key == "question_mark" and screen.field is None):
            self._helping = not self._helping
            await self.draw()
        elif key == "f4":
            self.toggle_contrast()
        else:
            return False
        return True

    def toggle_contrast(self) -> None:
        """White on black, or black on white."""
        self.page_screen.toggle_class("light")

    def _without_effect(self, screen: PageScreen, page: Page) -> None:
        if page.wait:  # what was said of it stays
            return
        if page.screen_note and screen.current is None:  # Enter is no wrong key here: it comes too early
            screen.say(page.screen_note)
            return
        self._gate.wrong += 1
        often = self._gate.wrong >= _MANY_WRONG
        screen.say(wrong_key(self._face.language, voter=page.voter, often=often))

    async def send(self, answer: a.Answer) -> None:
        """Send an answer and draw what is asked next."""
        if self._face.is_slow(answer):
            self.busy = True
            self.page_screen.say(meanwhile(answer, self._face.language))
            self.call_after_refresh(self._send_now, answer)
        else:
            await self._send_now(answer)

    async def _send_now(self, answer: a.Answer) -> None:
        self._face.answer(answer)
        self.busy = False
        if self._face.finished:
            self.exit()
            return
        if isinstance(answer, a.HandOver | a.PinTyped):
            self.page_screen.remove_class("light")
        await self.draw()

    # Time

    def _restart(self, page: Page) -> None:
        """A key was pressed: the time without one begins again."""
        if not page.wait:
            self._wait(page)

    def _wait(self, page: Page) -> None:
        for timer in (self._idle, self._counting):
            if timer is not None:
                timer.stop()
        seconds = page.wait or self._face.patience
        self._idle = self.set_timer(seconds, self.time_passed) if seconds else None
        self._counting = None
        if seconds and not page.wait and page.counts_down:
            self.page_screen.body.count(seconds)
            self._left = seconds
            self._counting = self.set_interval(COUNTED, self.count_down)

    def count_down(self) -> None:
        """Say how many seconds are left: one row changes, each ten seconds."""
        self._left -= COUNTED
        if self._left > 0:
            self.page_screen.body.count(self._left)

    async def time_passed(self) -> None:
        """Nobody pressed a key for long, or a wait after wrong PINs is over."""
        if self.busy:  # an answer was given in the last moment
            return
        page = self.page_screen.page
        self._helping = False
        waited = page is not None and page.wait
        if not waited:
            self.page_screen.wipe()
        await self._send_now(a.WaitOver() if waited else a.TimePassed())

    async def tick(self) -> None:
        """The hour in the first row, and what has changed meanwhile, such as a stick that is out; no voter's page."""
        before = self.page_screen.page
        if before is None or before.voter or self._helping or self.busy:
            return
        page = self._page()
        if page.key == before.key and _words(page) != _words(before):
            await self.page_screen.show(page)
        else:
            self.page_screen.show_clock(page)


def _words(page: Page) -> list[Words]:
    return [item for item in page.items if isinstance(item, Words)]


def _takes_text(screen: PageScreen, page: Page) -> bool:
    """Whether a scanner may type here: elsewhere its Enter would press whatever button has the focus."""
    return not page.voter and (screen.field is not None or bool(page.types_into))
