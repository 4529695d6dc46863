"""A fixed row of the screen: it is drawn anew only when its words change.

Every change of a text makes the screen lay itself out again, and the layout tells the screen where the focus is,
which may draw the rows. Without this the app would never come to rest, and old laptops would run hot and empty.
"""

from __future__ import annotations

from textual.widgets import Static

__all__ = ["Row"]


class Row(Static):
    """First row, title, note or last row."""

    def __init__(self, id_: str) -> None:
        super().__init__(id=id_, markup=False)
        self._words = ""

    def say(self, words: str) -> None:
        """Show these words."""
        if words != self._words:
            self._words = words
            self.update(words)
