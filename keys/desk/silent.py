"""A terminal app that ends without a word: what it was about to show or store may be a choice or a passphrase.

Textual's own way is a traceback with local variables. It also has a command palette, selections to copy, and
keys that end the app; none of them is here.
"""

from __future__ import annotations

from typing import Any

from textual.app import App, ReturnType
from textual.driver import Driver

__all__ = ["SilentApp"]


class SilentApp(App[ReturnType], inherit_bindings=False):
    """Nothing of an error is shown or kept but that there was one.

    Attributes:
        faulted: It ended because of an error.
    """

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self.animation_level = "none"
        self.faulted = False

    def _handle_exception(self, error: Exception) -> None:  # noqa: ARG002 - nothing of it may be shown
        """End without a trace of what was at hand: local variables may hold a secret."""
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
