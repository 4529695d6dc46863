"""Times pieces of work in turns, so that a machine which grows slower slows all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

__all__ = ["Line", "Task", "measure"]


def _nothing() -> None:
    """Most work needs nothing before it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work, and the least that this machine needs for it."""

    name: str
    work: Callable[[], object]
    floor: Callable[[], object]
    floor_name: str
    each: int = 1
    """How many things one call of the work makes; times are given for one of them."""
    first: Callable[[], object] = _nothing
    """Done before each call of the work, and not timed."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured: medians, in seconds for one thing."""

    name: str
    seconds: float
    floor: float
    floor_name: str

    def __str__(self) -> str:
        ratio = self.seconds / self.floor
        return (
            f"{self.name:<44} {self.seconds * 1e3:10.2f} ms  {ratio:6.2f} x  "
            f"{self.floor * 1e3:10.2f} ms  {self.floor_name}"
        )


def measure(tasks: Sequence[Task], rounds: int) -> list[Line]:
    """Time every task and its floor once in each round; give medians."""
    taken: list[tuple[list[float], list[float]]] = [([], []) for _ in tasks]
    for _ in range(rounds):
        for task, (works, floors) in zip(tasks, taken, strict=True):
            task.first()
            works.append(_timed(task.work))
            floors.append(_timed(task.floor))
    return [
        Line(task.name, median(works) / task.each, median(floors) / task.each, task.floor_name)
        for task, (works, floors) in zip(tasks, taken, strict=True)
    ]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
