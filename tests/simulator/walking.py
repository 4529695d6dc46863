"""Small steps through the day of a machine, for tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keys.election.chain import read_day
from keys.election.statement import Role
from keys.findings import Refused
from station.day import Closing, Day
from station.disk.log import check_log
from tests.simulator.polling import NOW

__all__ = ["STEPS", "Clock", "cast", "check_chain", "refused", "walk"]


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


def cast(day: Day, *electors: int, choice: tuple[int, ...] = (1, 0, 0)) -> None:
    recorder = day.recorder()
    for elector in electors:
        recorder.cast(recorder.prepare({0: choice}), elector)


def refused(step: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        step()
    return caught.value.code


def check_chain(day: Day) -> None:
    """The reports as the tally checks them, and the log as the machine signed it."""
    machine = day.manifest.machines[day.machine]
    for report in day.reports():
        report.expect(report.header.type, day.mode, day.fingerprint, Role.MACHINE)
        report.verify(machine.public_key)
    read_day(machine, day.reports())
    check_log(day.store.events(), machine.public_key)


STEPS: dict[str, Callable[[Day], object]] = {
    "open": lambda day: day.open(),
    "undo": lambda day: day.undo_opening("the wrong day"),
    "pause": lambda day: day.pause("lunch"),
    "reopen": lambda day: day.reopen(),
    "announce": lambda day: day.announce(),
    "keep open": lambda day: day.announce(on=False),
    "close": lambda day: day.close(Closing(0)),
}


def walk(day: Day, way: str) -> None:
    """Take a step; ``cut`` is a power cut found at the start."""
    if way == "cut":
        assert day.note_interruption()
    else:
        STEPS[way](day)
