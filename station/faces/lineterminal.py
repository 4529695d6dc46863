"""The terminal of plain mode: keys one by one, no echo of its own, no signals, nothing kept in its scrollback."""

from __future__ import annotations

import os
import select
import signal
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol, Self

from keys.findings import Unreadable

__all__ = ["HungUp", "LineTerminal", "Lines"]

_CLEAR = "\x1b[m\x1b[H\x1b[2J\x1b[3J"
"""Attributes, home, screen, scrollback: in this order, for some terminals scroll what they clear (ECMA-48; xterm's
and Linux' 3J)."""
_CHUNK = 4096
_USUAL, _LEAST = 24, 8
"""Rows; a terminal of unknown size says that it has none."""


class HungUp(Unreadable):
    """The terminal was closed."""


class Lines(Protocol):
    """Where plain lines are written and keys come from."""

    def read(self, seconds: float | None) -> bytes:
        """What was typed; nothing if the time is over, or None for ever.

        Raises:
            HungUp: Nobody is there any more.
        """

    def write(self, text: str) -> None:
        """Write lines."""

    def clear(self) -> None:
        """Leave nothing of what was written."""

    def drop(self) -> None:
        """Forget what was typed and not read."""

    @property
    def height(self) -> int:
        """How many rows can be read at once."""


class LineTerminal:
    """A real one, for as long as it is entered."""

    def __init__(self, source: int = 0, target: int = 1) -> None:
        """Take a terminal.

        Args:
            source: File descriptor that keys come from.
            target: File descriptor that lines go to.
        """
        self._source = source
        self._target = target
        self._told, self._tell = os.pipe()
        """The system ended the program: noticed where keys are waited for, so that nothing is cut in the middle."""

    def __enter__(self) -> Self:
        with _there():
            self._before = termios.tcgetattr(self._source)
        flow, output, control, local, speed_in, speed_out, characters = self._before
        flow &= ~(termios.IXON | termios.IXOFF | termios.IXANY | termios.INLCR | termios.ICRNL)
        local &= ~(termios.ISIG | termios.ICANON | termios.ECHO | termios.ECHONL | termios.IEXTEN)
        output |= termios.OPOST | termios.ONLCR
        ours = [flow, output, control, local, speed_in, speed_out, _single(characters)]
        with _there():
            termios.tcsetattr(self._source, termios.TCSAFLUSH, ours)
        self._ended = signal.signal(signal.SIGTERM, lambda *_: None)
        # A handler in Python may wait until a read that has just begun is over; the pipe is written at once.
        os.set_blocking(self._tell, False)
        self._woken = signal.set_wakeup_fd(self._tell)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._woken)
        signal.signal(signal.SIGTERM, self._ended)
        os.close(self._tell)
        os.close(self._told)
        try:
            self.clear()
            with _there():
                termios.tcsetattr(self._source, termios.TCSAFLUSH, self._before)
        except HungUp:
            if error is None:
                raise

    def read(self, seconds: float | None) -> bytes:
        """What was typed; nothing if the time is over."""
        with _there():
            ready = select.select([self._source, self._told], [], [], seconds)[0]
            if self._told in ready:
                raise HungUp("the program was ended")
            if not ready:
                return b""
            data = os.read(self._source, _CHUNK)
        if not data:
            raise HungUp("the terminal was closed")
        return data

    def write(self, text: str) -> None:
        """Write lines."""
        data = text.encode("utf-8", "replace")
        with _there():
            while data:
                data = data[os.write(self._target, data) :]

    def clear(self) -> None:
        """Leave nothing of what was written, not even above the first row."""
        self.write(_CLEAR)

    def drop(self) -> None:
        """Forget what was typed and not read."""
        with _there():
            termios.tcflush(self._source, termios.TCIFLUSH)

    @property
    def height(self) -> int:
        """How many rows can be read at once: a console of today has nothing above them."""
        with _there():
            return max(os.get_terminal_size(self._target).lines or _USUAL, _LEAST)


def _single(characters: list[bytes | int]) -> list[bytes | int]:
    """Read as soon as there is one byte."""
    changed = list(characters)
    changed[termios.VMIN], changed[termios.VTIME] = 1, 0
    return changed


@contextmanager
def _there() -> Iterator[None]:
    """While something is done with the terminal.

    Raises:
        HungUp: It was closed.
    """
    try:
        yield
    except (OSError, termios.error):
        raise HungUp("the terminal was closed") from None
