"""Work that is killed before one of its steps on the disk, as if the power went there."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from typing import Any

__all__ = ["begin", "killed_at"]

_STEPS = ("open", "write", "pwrite", "fsync", "fdatasync", "unlink", "rmdir", "mkdir", "rename", "replace")


_waiting = [False]


def begin() -> None:
    """In the work: what was done so far is no step."""
    _waiting[0] = False


class _Dying(sqlite3.Connection):
    """A connection whose commits are steps too."""

    step: Callable[[], None]

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
        if sql == "COMMIT":
            self.step()
        done = super().execute(sql, *given)
        if sql == "COMMIT":
            self.step()
        return done


def killed_at(step: int, work: Callable[[], object], *, wait: bool = False) -> bool:
    """Do some work in a process that gets SIGKILL before its n-th step on the disk.

    Steps are the system's calls that Python makes, and both sides of each commit of SQLite; what SQLite itself writes
    is watched by `tests.station.crash.tracer`.

    Args:
        step: How many steps are done before it is killed.
        work: What to do.
        wait: Count from where the work calls `begin`.

    Returns:
        Whether it was killed.
    """
    child = os.fork()
    if child == 0:
        left = [step]
        _waiting[0] = wait

        def look() -> None:
            left[0] -= not _waiting[0]
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def dying(honest: Callable[..., Any]) -> Callable[..., Any]:
            def call(*given: Any, **named: Any) -> Any:
                look()
                return honest(*given, **named)

            return call

        status = 1
        try:
            for name in _STEPS:
                setattr(os, name, dying(getattr(os, name)))
            connect = sqlite3.connect
            _Dying.step = staticmethod(look)
            sqlite3.connect = lambda *given, **named: connect(*given, **named, factory=_Dying)  # type: ignore[assignment]
            work()
            status = 0
        finally:
            os._exit(status)
    _, code = os.waitpid(child, 0)
    if not os.WIFSIGNALED(code) and os.WEXITSTATUS(code):
        raise AssertionError("the work failed before it was killed")
    return os.WIFSIGNALED(code)
