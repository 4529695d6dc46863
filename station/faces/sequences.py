"""What a terminal sends, in parts: text, and control sequences that are whole however many pieces they came in.

A terminal answers on the same line on which keys come: its kind, its modes, its colours, the place of its cursor. An
answer that is cut where the machine was slow must not be taken for keys: the digits in it would be typed.
Pure, of characters and of the time they came (ECMA-48, and the function keys of the Linux console).
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["ESC", "Sequences"]

ESC = "\x1b"
_ALONE = 0.1
"""Seconds after which nothing follows an Esc that somebody pressed."""
_LATE = 1.0
"""Seconds after which a sequence that was begun is given up."""
_STRINGS = tuple(ESC + kind for kind in "]P_^X")
_ENDS = ("\x07", ESC + "\\")
_LONGEST = 64
"""Characters of a sequence that are kept; more are none that anybody knows."""


class Sequences:
    """Holds back what is not whole yet."""

    def __init__(self) -> None:
        self._held = ""
        self._since = 0.0
        self._escaped = -_LATE
        """When an Esc was taken for a key."""

    def take(self, text: str, now: float) -> Iterator[str]:
        """Take what came.

        Args:
            text: Any characters.
            now: Seconds of any steady clock.

        Yields:
            Text without an Esc; a whole control sequence, which begins with one; or an Esc alone.
        """
        if self.tick(now):
            yield ESC
        if self._held and now - self._since > _LATE:
            self._held = ""
        while text:
            if not self._held and not self._is_late(text, now):
                plain, escape, text = text.partition(ESC)
                if plain:
                    yield plain
                self._hold(escape, now)
            else:
                character, text = text[0], text[1:]
                if part := self._next(character, now):
                    yield part

    def tick(self, now: float) -> bool:
        """Whether Esc was pressed: it came, and nothing followed in time."""
        alone = self._held == ESC and now - self._since >= _ALONE
        if alone:
            self._held, self._escaped = "", now
        return alone

    def _is_late(self, text: str, now: float) -> bool:
        """Whether the rest of a sequence comes whose Esc was taken for a key."""
        late = text[0] in "[]" and now - self._escaped < _LATE
        if late:
            self._hold(ESC, now)
        self._escaped = -_LATE
        return late

    def _hold(self, held: str, now: float) -> None:
        self._held, self._since = held[:_LONGEST], now

    def _next(self, character: str, now: float) -> str:
        """The part that a character makes whole, if any."""
        held = self._held
        sequence = held + character
        if character == ESC and not held.startswith(_STRINGS):
            self._hold(ESC, now)
            return ESC if held == ESC else ""
        if character in "\r\n":
            self._held = ""
            return character
        if _goes_on(sequence):
            self._hold(held[:2] + character if len(sequence) > _LONGEST else sequence, now)
            return ""
        self._held = ""
        return sequence


def _goes_on(sequence: str) -> bool:
    if sequence.startswith(_STRINGS):
        return not sequence.endswith(_ENDS)
    if sequence.startswith(f"{ESC}[["):
        return len(sequence) == len(f"{ESC}[[")
    if sequence.startswith(f"{ESC}["):
        return len(sequence) == len(f"{ESC}[") or not "@" <= sequence[-1] <= "~"
    return sequence in {ESC, f"{ESC}O"}
