"""Textual's reader of keys, which types whatever it does not know, behind a door that lets keys alone through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import SPECIAL_SEQUENCES, XTermParser
from textual.message import Message

from station.faces.sequences import ESC, Sequences

__all__ = ["KeyParser"]

_KNOWN = ANSI_SEQUENCES_KEYS.keys() | SPECIAL_SEQUENCES
_MODE = re.compile(r"\x1b\[\?\d+;\d\$y")
"""The one answer that Textual asks for: whether it may draw a screen in one go."""
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

    def feed(self, data: str) -> Iterable[Message]:
        """Events of what came; nothing at all is the end."""
        if not data:
            yield from super().feed(data)
        for part in self._sequences.take(data, self._clock()):
            if part == ESC:
                yield events.Key("escape", ESC)
            elif not part.startswith(ESC) or _is_key(part):
                yield from super().feed(part)

    def tick(self) -> Iterable[Message]:
        """Events of what did not come."""
        if self._sequences.tick(self._clock()):
            yield events.Key("escape", ESC)
        yield from super().tick()


def _is_key(sequence: str) -> bool:
    return sequence in _KNOWN or any(one.fullmatch(sequence) for one in (_MODE, _WITH_MODIFIERS))
