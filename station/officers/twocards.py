"""What two cards do: one use case of the day for each purpose, and the desk at which people then vote."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from keys.election.statement import Statement
from keys.findings import Misuse, Unreadable
from station.day import Day
from station.electors.register import StoreRegister
from station.kiosk.letters import console_letters
from station.officers.additiontask import AdditionTask
from station.officers.cardtask import CardTask
from station.officers.closingtask import ClosingTask
from station.officers.proxytask import ProxyTask
from station.officers.standing import reports_due
from station.officers.tasks import Purpose
from station.ports import Hall, Printer
from station.questions import Copy, CopyNote, News
from station.session import Session
from station.sticks.stickwriter import Stick
from station.visits.pinlock import PinLock

__all__ = ["carry_out", "copy_note", "open_session"]


def carry_out(
    task: CardTask,
    day: Day,
    reason: str,
    closing: ClosingTask,
    passed: tuple[str, ...],
    form: AdditionTask | ProxyTask,
) -> Statement | None:
    """Open the keys with the cards and do what they were shown for.

    Args:
        task: Its two cards are there.
        day: Of the machine.
        reason: For what is seldom done.
        closing: The counts of signatures, for a closing.
        passed: Lines of the readiness check that were passed, for an opening.
        form: Whom to add to the roll, or who votes for whom, where that is the purpose.

    Returns:
        The report that was signed; None where there is none.

    Raises:
        Refused: The cards, or the step, are refused; nothing was done.
    """
    day.unlock(task.cards)
    match task.purpose:
        case Purpose.OPEN:
            return day.open(task.names, passed)
        case Purpose.REOPEN:
            return day.reopen(reason, task.names, passed)
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
        case Purpose.ADD | Purpose.PROXY:
            form.carry_out()
            return None
        case Purpose.COPY:
            return None
        case Purpose.DEAD_MACHINE | Purpose.TAKE_OVER:
            raise Misuse("a box is taken over by station.officers.takeovertask")
        case Purpose.LOAD:
            raise Misuse("a file is loaded by station.officers.loadingtask")


def open_session(
    day: Day,
    papers: Printer,
    pin: str,
    shuffle: Callable[[int], Sequence[int]],
    stick: Callable[[], Path | None],
    purpose: Purpose,
) -> Session:
    """The desk, once the keys are open.

    Args:
        day: Whose keys are open.
        papers: The printer.
        pin: Of the desk.
        shuffle: Random order of options.
        stick: Where a stick is in; None while there is none.
        purpose: Of the cards: the desk says that it is reopened.
    """
    recorder = day.recorder()
    hall = Hall(
        definition=day.manifest.definition,
        station=day.station,
        recorder=recorder,
        papers=papers,
        register=StoreRegister(day.store, recorder, day.reopen_store),
        lock=PinLock(lambda typed: hmac.compare_digest(typed.encode(), pin.encode())),
        shuffle=shuffle,
        copy=lambda: copy_note(day, stick()),
        address=papers.address,
        letters=console_letters(),
        announced=lambda: day.closing_announced,
        due=lambda: reports_due(day),
        paperless=lambda: papers.failing,
    )
    return Session(hall, news=News.REOPENED if purpose is Purpose.REOPEN else None)


def copy_note(day: Day, stick: Path | None) -> CopyNote:
    """How the copy stands; a stick that was put in is used from now on.

    Args:
        day: Whose keys are open.
        stick: Where a stick is in, if one is.
    """
    state = day.stick_state()
    if state.stick is Stick.NONE and stick is not None:
        with suppress(Unreadable):  # pulled out again between the two looks
            day.use_stick(stick)
        state = day.stick_state()
    since = state.since if state.since is not None else day.store.opened or 0
    pulled = stick is None and state.stick is Stick.BEHIND
    return CopyNote(Copy.NONE if pulled else Copy(state.stick.value), since)
