"""Textual's reader of keys, which types whatever it does not know, behind a door that lets keys alone through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import (
    BRACKETED_PASTE_END,
    BRACKETED_PASTE_START,
    SPECIAL_SEQUENCES,
    XTermParser,
)
from textual.message import Message

from station.faces.sequences import ESC, Sequences

__all__ = ["KeyParser"]

_KNOWN = ANSI_SEQUENCES_KEYS.keys() | SPECIAL_SEQUENCES
_MODE = re.compile(r"\x1b\[\?\d+;\d\$y")
"""The one answer that Textual asks for: whether it may draw a screen in one go."""
_MOST = 2000
"""Keys in a second: the longest code of a scanner. What comes beyond it would keep the screen busy for minutes."""
_WITH_MODIFIERS = re.compile(r"\x1b\[(\d+(:\d*)*(;[\d:]*){0,2}u|1;\d+[A-FHPQS]|\d+;\d+~)")


class KeyParser(XTermParser):
    """Makes events of what a terminal sends."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start with nothing.

        Args:
            clock: Steady seconds.
        """
        super().__init__()
        self._clock = clock
        self._sequences = Sequences()
        self._second = -1.0
        self._room = 0
        self._pasting = False

    def feed(self, data: str) -> Iterable[Message]:
        """Events of what came; nothing at all is the end."""
        if not data:
            yield from super().feed(data)
        now = self._clock()
        for part in self._sequences.take(data, now):
            if part == ESC:
                yield events.Key("escape", ESC)
            elif part.startswith(ESC):
                self._pasting = part == BRACKETED_PASTE_START or (
                    self._pasting and part != BRACKETED_PASTE_END
                )
                if _is_key(part):
                    yield from super().feed(part)
            elif kept := part if self._pasting else self._within_measure(part, now):
                yield from super().feed(kept)

    def _within_measure(self, text: str, now: float) -> str:
        """As much of a text as somebody, or a scanner, may have typed."""
        if now - self._second >= 1:
            self._second, self._room = now, _MOST
        kept = text[: self._room]
        self._room -= len(kept)
        return kept

    def tick(self) -> Iterable[Message]:
        """Events of what did not come."""
        if self._sequences.tick(self._clock()):
            yield events.Key("escape", ESC)
        yield from super().tick()


def _is_key(sequence: str) -> bool:
    return sequence in _KNOWN or any(one.fullmatch(sequence) for one in (_MODE, _WITH_MODIFIERS))
