"""What two cards do: one use case of the day for each purpose, and the hall in which people then vote."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence

from keys.election.statement import Statement
from station.cardtask import CardTask
from station.closingtask import ClosingTask
from station.day import Day
from station.pinlock import PinLock
from station.ports import Hall, Papers
from station.register import StoreRegister
from station.tasks import Purpose

__all__ = ["carry_out", "open_hall"]


def carry_out(task: CardTask, day: Day, reason: str, closing: ClosingTask) -> Statement | None:
    """Open the keys with the cards and do what they were shown for.

    Args:
        task: Its two cards are there.
        day: Of the machine.
        reason: For what is seldom done.
        closing: The counts of signatures, for a closing.

    Returns:
        The report that was signed; None for a copy.

    Raises:
        Refused: The cards, or the step, are refused; nothing was done.
    """
    day.unlock(task.cards)
    match task.purpose:
        case Purpose.OPEN:
            return day.open(task.names)
        case Purpose.REOPEN:
            return day.reopen(reason, task.names)
        case Purpose.PAUSE:
            report = day.pause(reason, task.names)
            day.lock()
            return report
        case Purpose.UNDO:
            report = day.undo_opening(reason, task.names)
            day.lock()
            return report
        case Purpose.CLOSE:
            return day.close(closing.closing(task.names))
        case Purpose.COPY:
            return None


def open_hall(day: Day, papers: Papers, pin: str, shuffle: Callable[[int], Sequence[int]]) -> Hall:
    """What all visits have in common, once the keys are open."""
    recorder = day.recorder()
    return Hall(
        definition=day.manifest.definition,
        station=day.station,
        recorder=recorder,
        papers=papers,
        register=StoreRegister(day.store, recorder, day.reopen_store),
        lock=PinLock(lambda typed: hmac.compare_digest(typed.encode(), pin.encode())),
        shuffle=shuffle,
    )
