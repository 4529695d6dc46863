"""Worker processes for long verifications. Imported only where they are used."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import ParamSpec, TypeVar

__all__ = ["start_pool", "submit"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


def _ignore_interrupt() -> None:
    # Ctrl-C reaches the whole group of processes; the one that started the work answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def start_pool(workers: int) -> ProcessPoolExecutor:
    """Prepare processes that inherit nothing of this one (no open file, no terminal mode, no lock)."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_ignore_interrupt)


def submit(
    pool: ProcessPoolExecutor, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
) -> Future[_T]:
    """Hand over work; a process that is started for it never sees Ctrl-C, not even before it is ready."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(work, *args, **kwargs)
    # A new process inherits what is blocked here, until its initializer ignores it for good.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(work, *args, **kwargs)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
