"""A terminal without a window: presses keys at the pace of a person, and reads what stands in its cells."""

from __future__ import annotations

import asyncio
from typing import Any

from textual import events
from textual.pilot import Pilot

from keys.desk.cards import Card
from station.app import StationApp
from tests.simulator.typed import as_typed

__all__ = ["Terminal"]

PIN = "4711"
_ROUNDS = 4
_CHARACTERS = {"space": " "}


class Terminal:
    """A person at the keyboard.

    Attributes:
        keys: How many were pressed.
    """

    def __init__(self) -> None:
        self._now = 100.0
        self._pace = 0.0
        self.keys = 0

    def attach(self, app: StationApp, pilot: Pilot[Any]) -> None:
        """Sit down."""
        self.app, self.pilot = app, pilot

    def clock(self) -> float:
        """Seconds; every look at it takes the time of a key."""
        self._now += self._pace
        return self._now

    async def press(self, *keys: str, pace: float = 3.0) -> None:
        """Press keys.

        Args:
            keys: By their names.
            pace: Seconds from one to the next.
        """
        self._pace = pace
        self.keys += len(keys)
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            event = events.Key(key, _CHARACTERS.get(key, key if len(key) == 1 else None))
            event.set_sender(self.app)
            driver.send_message(event)
            if not self._over:
                await self.pilot._wait_for_screen()
        await self.settle()

    async def settle(self) -> None:
        """Wait until everything is drawn: what waits for a refresh may ask for one more."""
        rounds = 0
        while rounds < _ROUNDS or self.app.busy:
            drawn = asyncio.Event()
            if self._over or not self.app.screen.call_after_refresh(drawn.set):
                return
            while not drawn.is_set() and not self._over:
                await asyncio.sleep(0.002)
            if not self._over:
                await self.pilot._wait_for_screen()
            rounds += 1

    @property
    def _over(self) -> bool:
        """The app has ended, or is about to."""
        return self.app.faulted or self.app._exit

    async def type(self, text: str) -> None:
        """Type a text, after looking for the keys."""
        self._now += 3.0
        await self.press(*("space" if letter == " " else letter for letter in text), pace=0.2)

    async def scan(self, text: str) -> None:
        """Hold a code to the scanner, which types it and Enter: no keys of a person."""
        keys = self.keys
        await self.type(text)
        await self.press("enter")
        self.keys = keys

    async def resize(self, width: int, height: int) -> None:
        """Make the window larger or smaller."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    def rows(self) -> list[str]:
        """What stands on the screen, row by row, without blanks at the end."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The same as one text, as a test writes it."""
        return as_typed("\n".join(self.rows()))

    @property
    def flat(self) -> str:
        """The same without its breaks, to look for sentences."""
        return " ".join(self.text.split())

    async def choose(self, label: str) -> None:
        """Go down to a line or button and press Enter; fails if it is not there."""
        for _ in range(60):
            if any(row.lstrip().startswith(">") and label in row for row in self.text.split("\n")):
                await self.press("enter")
                return
            await self.press("down")
        raise AssertionError(f"no {label!r} on the screen:\n{self.text}")

    async def show_cards(self, cards: tuple[Card, ...], *, pin: bool = True) -> None:
        """Two officers show their cards and, where it is asked, choose a PIN."""
        for card in cards[:2]:
            await self.scan(card.code[0])
        if pin:
            for _ in range(2):
                await self.type(PIN)
                await self.press("enter")
        await self.press("enter")
