"""The worker's PIN: three tries, then a wait that doubles; never locked for good."""

from __future__ import annotations

from collections.abc import Callable

from station.questions import PinField

__all__ = ["PinLock"]

_TRIES = 3
_FIRST_WAIT = 15


class PinLock:
    """Counts wrong tries for a whole day, over all visits."""

    def __init__(self, admits: Callable[[str], bool]) -> None:
        self._admits = admits
        self._wrong = 0
        self._wait = 0
        self._next_wait = _FIRST_WAIT
        self._said_wrong = False

    @property
    def field(self) -> PinField:
        """What to show."""
        return PinField(self._said_wrong, self._wait)

    def opens(self, pin: str) -> bool:
        """Try a PIN; during a wait no try is looked at, and nothing typed is no try."""
        if self._wait or not pin:
            return False
        if self._admits(pin):
            self._wrong, self._next_wait, self._said_wrong = 0, _FIRST_WAIT, False
            return True
        self._said_wrong = True
        self._wrong += 1
        if self._wrong >= _TRIES:
            self._wait = self._next_wait
            self._next_wait *= 2
        return False

    def rest(self) -> None:
        """The wait is over."""
        self._wait = 0
        self._said_wrong = False

    def forget(self) -> None:
        """Say nothing of a wrong try on the next screen; a wait goes on."""
        self._said_wrong = False
