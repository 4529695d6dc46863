"""The terminal app of the returning officer: it draws, asks, and calls the use cases that the commands call.

No command palette, no mouse, no key of Textual's that leaves the program or copies to the terminal's clipboard. After
an error of its own it ends without a word of it (`keys.desk.silent`); `tally.running` says the rest.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.driver import Driver
from textual.screen import Screen

from keys.desk.silent import SilentApp
from tally.screens.desk import Desk
from tally.screens.doing import do
from tally.screens.flows import FLOWS
from tally.screens.home import Home
from tally.screens.jobs import reading

__all__ = ["OfficeApp"]


class OfficeApp(SilentApp[int], inherit_bindings=False):
    """The officer's screens.

    Attributes:
        desk: What they share.
    """

    CSS_PATH = "tally.tcss"

    def __init__(self, desk: Desk, driver_class: type[Driver] | None = None) -> None:
        """Take a desk.

        Args:
            desk: Open; the boxes are read once the screen is there.
            driver_class: For tests.
        """
        super().__init__(driver_class)
        self.desk = desk
        self._asking: set[Screen[Any]] = set()
        """Screens on which something was pressed that is under way: a second press does nothing."""

    def on_mount(self) -> None:
        """Read the folder, then show the first screen."""
        self.run_worker(self._begin())

    async def _begin(self) -> None:
        await do(self, reading(self.desk))
        await self.push_screen(Home(self.desk))

    def follow(self, row: str) -> None:
        """Do what a row of a menu says."""
        self.begin(lambda: FLOWS[row](self))

    def begin(self, flow: Callable[[], Awaitable[None]]) -> None:
        """Begin what was pressed on this screen, unless it is under way already."""
        asking = self.screen
        if asking in self._asking:
            return
        self._asking.add(asking)

        async def run() -> None:
            try:
                await flow()
            finally:
                self._asking.discard(asking)

        self.run_worker(run(), group="flow")

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing leaves by the terminal's clipboard: a field may hold a passphrase."""
