"""A session without a screen: the same desk, visit and recorder, with nobody to print for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from station.day import Day
from station.electors.register import StoreRegister
from station.ports import Hall
from station.session import Session
from station.visits.pinlock import PinLock

__all__ = ["NoPapers", "scripted_session"]


class NoPapers:
    """No printer: nothing is printed, and the session knows it."""

    there = False

    def slip(self, code: str, number: int, language: str) -> bool:  # noqa: ARG002
        """Not printed."""
        return False

    def sheet(self, challenge: bytes, code: str, language: str) -> bool:  # noqa: ARG002
        """Not printed."""
        return False

    def receipt(self, receipt: bytes, language: str) -> bool:  # noqa: ARG002
        """Not printed."""
        return False


def scripted_session(day: Day) -> tuple[Session, str]:
    """A session for an open day whose keys are open, and the PIN that hands back.

    Raises:
        Misuse: The keys are not open.
    """
    recorder = day.recorder()
    pin = f"{secrets.randbelow(10**6):06}"
    hall = Hall(
        definition=day.manifest.definition,
        station=day.station,
        recorder=recorder,
        papers=NoPapers(),
        register=StoreRegister(day.store, recorder, day.reopen_store),
        lock=PinLock(lambda typed: secrets.compare_digest(typed, pin)),
        shuffle=_shuffled,
    )
    return Session(hall), pin


def _shuffled(count: int) -> Sequence[int]:
    order = list(range(count))
    secrets.SystemRandom().shuffle(order)
    return order
