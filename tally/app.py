"""The terminal app of the returning officer: it draws, asks, and calls the use cases that the commands call.

No command palette, no mouse, no key of Textual's that leaves the program or copies to the terminal's clipboard. After
an error of its own it ends without a word of it: what was at hand may be a passphrase. `tally.running` says the rest.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App
from textual.driver import Driver
from textual.screen import Screen

from tally.screens.desk import Desk
from tally.screens.doing import do
from tally.screens.flows import FLOWS
from tally.screens.home import Home
from tally.screens.jobs import reading

__all__ = ["OfficeApp"]


class OfficeApp(App[int], inherit_bindings=False):
    """The officer's screens.

    Attributes:
        desk: What they share.
        faulted: It ended because of an error.
    """

    CSS_PATH = "tally.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, desk: Desk, driver_class: type[Driver] | None = None) -> None:
        """Take a desk.

        Args:
            desk: Open; the boxes are read once the screen is there.
            driver_class: For tests.
        """
        super().__init__(driver_class=driver_class)
        self.animation_level = "none"
        self.desk = desk
        self.faulted = False
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

    def _handle_exception(self, error: Exception) -> None:  # noqa: ARG002 - nothing of it may be shown
        """End without a trace of what was at hand."""
        self.faulted = True
        self._return_code = 1
        self._exit_renderables.clear()
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._handle_exception(Exception())

    def panic(self, *renderables: Any) -> None:  # noqa: ARG002
        """Nothing is printed."""
        self._handle_exception(Exception())

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
