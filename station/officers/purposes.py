"""What officers are after: the purpose of two cards, how far they are, and the places that buttons lead to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["CardStep", "Named", "Place", "Purpose"]


class Purpose(Enum):
    """What two cards are shown for."""

    OPEN = "open"
    REOPEN = "reopen"
    PAUSE = "pause"
    UNDO = "undo"
    CLOSE = "close"
    COPY = "copy"
    LOAD = "load"
    DEAD_MACHINE = "dead machine"
    TAKE_OVER = "take over"
    ADD = "add"
    PROXY = "proxy"

    @property
    def needs_pin(self) -> bool:
        """Whether a PIN for the desk is chosen with it."""
        return self in {Purpose.OPEN, Purpose.REOPEN}

    @property
    def keeps_desk(self) -> bool:
        """Whether a desk that is open stays so."""
        return self in {Purpose.COPY, Purpose.ADD, Purpose.PROXY}


class Place(Enum):
    """Where a button leads without more ado."""

    START = "start"
    READINESS = "readiness"
    DESK = "desk"
    CLOSING = "closing"
    SIGNATURES = "signatures"
    INCIDENT = "incident"
    REPRINT = "reprint"
    ADDITION = "addition"
    UNSIGNED = "unsigned"
    UNDO = "undo"
    TAKEOVER = "takeover"
    OFF = "off"


class CardStep(Enum):
    """How far W3 is."""

    FIRST = 0
    SECOND = 1
    PIN = 2
    READY = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Whom two cards are shown for: the two people see it before they show them."""

    name: str
    number: int = 0
    """On the roll; 0 for who is not on it yet."""
    born: str = ""
    """ISO date."""
    proxy: str = ""
    """Who votes for them."""
