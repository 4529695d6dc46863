"""A person who reads plain lines and types: a generator that is asked for the next line whenever one is awaited."""

from __future__ import annotations

from collections.abc import Generator

from station.faces.face import Face
from station.faces.lineterminal import HungUp
from station.faces.plain import Dialogue
from tests.simulator.typed import as_typed

__all__ = ["Person", "Reader", "read_through"]

_PAUSE = 3.0


class Reader:
    """Keeps what stands on the terminal and in its scrollback.

    Attributes:
        seen: Everything since the terminal was cleared.
        cleared: How often it was.
        rows: Of the terminal.
    """

    def __init__(self) -> None:
        self.seen = ""
        self.cleared = 0
        self.now = 100.0
        self.rows = 60
        self.person: Person | None = None

    def clock(self) -> float:
        """Seconds."""
        return self.now

    def read(self, seconds: float | None) -> bytes:
        """The next thing that is typed; a number is that many seconds of doing nothing."""
        assert self.person is not None
        try:
            act = next(self.person)
        except StopIteration:
            raise HungUp("the person has left") from None
        if isinstance(act, int):
            self.now += act
            assert seconds is None or act >= seconds, "the time is not over"
            return b""
        self.now += _PAUSE
        return f"{act}\r".encode() if isinstance(act, str) else act

    def write(self, text: str) -> None:
        """Keep it."""
        self.seen += as_typed(text)

    def clear(self) -> None:
        """Forget it."""
        self.seen = ""
        self.cleared += 1

    def drop(self) -> None:
        """Nobody types ahead."""

    @property
    def height(self) -> int:
        """A tall terminal, unless a test makes it low."""
        return self.rows

    @property
    def flat(self) -> str:
        """What stands there, without its breaks."""
        return " ".join(self.seen.split())


Person = Generator[str | bytes | int, None, None]
"""Yields lines, bytes as they are, or seconds."""


def read_through(face: Face, reader: Reader, person: Person) -> None:
    """Let a person read and type, until the face is finished or the person leaves."""
    reader.person = person
    try:
        Dialogue(face, reader, reader.clock).run()
    except HungUp:
        assert not face.finished
