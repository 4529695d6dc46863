"""What a keyboard sends in plain mode, as one typed line: pure, of bytes and of the time they came.

Control keys and escape sequences do nothing, nor do bytes that are no text. A scanner types faster than any person:
where `guarded`, what it types is dropped to its end.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from enum import Enum

from station.faces.sequences import ESC, Sequences

__all__ = ["LineEntry", "Stroke", "Strokes"]

_BURST = 0.012
"""Seconds from one letter of a scanner to the next, at most."""
_QUIET = 0.05
"""Seconds without a letter, after which a scanner is done."""
_MANY = 7
"""So many keys at once may still be a PIN and Enter, typed while the machine was busy."""


class Stroke(Enum):
    """A key that is no letter."""

    ENTER = "enter"
    ERASE = "erase"
    WIPE = "wipe"
    """The whole line."""


_KEYS = {
    "\r": Stroke.ENTER,
    "\n": Stroke.ENTER,
    "\x7f": Stroke.ERASE,
    "\b": Stroke.ERASE,
    "\x15": Stroke.WIPE,
}


class Strokes:
    """Makes keys of bytes; a sequence may come in several pieces."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        self._sequences = Sequences()
        self._returned = False

    def read(self, data: bytes, now: float) -> Iterator[str | Stroke]:
        """Letters and keys; what steers a terminal is left out.

        Args:
            data: What came.
            now: Seconds of any steady clock.
        """
        for part in self._sequences.take(self._decoder.decode(data), now):
            pressed_with_esc = part[1:] if len(part) == 2 else ""
            for character in pressed_with_esc if part.startswith(ESC) else part:
                feed = character == "\n" and self._returned
                self._returned = character == "\r"
                if character in _KEYS and not feed:
                    yield _KEYS[character]
                elif character.isprintable():
                    yield character


class LineEntry:
    """One line while it is typed.

    Attributes:
        text: So far.
        done: Enter was pressed.
    """

    def __init__(self, limit: int, *, hidden: bool = False, guarded: bool = False) -> None:
        """Start with nothing.

        Args:
            limit: Letters; more are dropped.
            hidden: Nothing of it is shown.
            guarded: A scanner may not type here.
        """
        self.text = ""
        self.done = False
        self._limit = limit
        self._hidden = hidden
        self._guarded = guarded
        self._last = -1.0
        self._at_once = 0
        self._deaf = False

    def take(self, keys: Sequence[str | Stroke], now: float) -> str:
        """Take keys up to Enter; what came together with it, and after it, is dropped.

        Args:
            keys: Letters and keys that came at once.
            now: Seconds of any steady clock.

        Returns:
            What the terminal writes to show them.
        """
        if self._guarded and self._is_scanner(len(keys), now):
            return self._wipe()
        shown = ""
        for key in keys:
            if not self.done:
                shown += self._take(key)
        return shown

    def _take(self, key: str | Stroke) -> str:
        match key:
            case Stroke.ENTER:
                self.done = True
            case Stroke.WIPE:
                return self._wipe()
            case Stroke.ERASE if self.text:
                self.text = self.text[:-1]
                return self._shown("\b \b")
            case str() if len(self.text) < self._limit:
                self.text += key
                return self._shown(key)
        return ""

    def _is_scanner(self, count: int, now: float) -> bool:
        gap, self._last = now - self._last, now
        self._at_once = count + (self._at_once if gap < _BURST else 0)
        self._deaf = self._at_once > _MANY or (self._deaf and gap < _QUIET)
        return self._deaf

    def _wipe(self) -> str:
        length, self.text = len(self.text), ""
        return self._shown("\b \b" * length)

    def _shown(self, text: str) -> str:
        return "" if self._hidden else text
