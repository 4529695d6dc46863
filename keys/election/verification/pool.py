"""Worker processes for long verifications. Imported only where they are used."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor

__all__ = ["start_pool"]


def _ignore_interrupt() -> None:
    # Ctrl-C reaches the whole group of processes; the one that started the work answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def start_pool(workers: int) -> ProcessPoolExecutor:
    """Start processes that inherit nothing of this one (no open file, no terminal mode, no lock)."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_ignore_interrupt)
