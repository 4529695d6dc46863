"""Which keys count: not those that come too early, not a held Enter, not a burst of a scanner.

Pure: the time of each key is an argument, in seconds of any steady clock.
"""

from __future__ import annotations

__all__ = ["KeyGate"]

_HELD = 0.7
"""A held Enter repeats after half a second at most; nobody means two Enters within this."""
_BURST = 0.012
"""Nobody types two letters within this; scanners do."""
_BURST_ENTER = 0.04
"""Nobody presses Enter so soon after a letter. By it the Enter of a slow scanner is known, whose letters come at the
pace of quick hands."""


class KeyGate:
    """Decides for one screen after the other."""

    def __init__(self) -> None:
        self._began = self._opens = 0.0
        self._last_enter = -_HELD
        self._last_letter = -1.0
        self.wrong = 0
        """Keys without effect since the screen began."""
        self.kept = False
        """An Enter came while a long quiet was on, and not with the screen: it counts when that is over."""

    def begin(self, now: float, quiet: float) -> None:
        """A screen begins; keys count after a while.

        Args:
            now: Seconds.
            quiet: How long keys are dropped.
        """
        self._began, self._opens = now, now + quiet
        self.wrong = 0
        self.kept = False

    def admits(self, key: str, now: float, *, bursts: bool = False) -> bool:
        """Whether a key counts.

        Args:
            key: Name of the key; letters and digits are one character.
            now: Seconds.
            bursts: Letters may come as fast as a scanner types them.
        """
        held = key == "enter" and now - self._last_enter < _HELD
        if key == "enter":
            self._last_enter = now
        typed = len(key) == 1 or key == "enter"  # a scanner ends with Enter
        soon = _BURST_ENTER if key == "enter" else _BURST
        burst = typed and not bursts and 0 <= now - self._last_letter < soon
        if len(key) == 1:
            self._last_letter = now
        meant = not held and not burst
        if meant and key == "enter" and self._began + _HELD <= now < self._opens:
            self.kept = True
        return meant and now >= self._opens
