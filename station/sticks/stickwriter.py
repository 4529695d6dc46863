"""Writing the copy on a stick beside the vote: a slow or pulled stick holds nobody up for longer than is allowed."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from keys.findings import Refused, Unreadable
from station.disk.journal import sync_folder
from station.sticks.box import copy_to_stick
from station.sticks.stick import Change

__all__ = ["COPY", "PATIENCE", "Stick", "StickState", "StickWriter"]

_CHUNK = 1 << 20
COPY = "slots.bin"
"""Name of the file with the slots."""
PATIENCE = 5.0
"""Seconds that "recorded" waits for the copy (storyboard, decision 15)."""


class Stick(Enum):
    """How the copy on the stick stands."""

    NONE = "none"
    UP_TO_DATE = "up to date"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class StickState:
    """How the copy on the stick stands, and since when it is behind (Unix seconds)."""

    stick: Stick
    since: int | None = None


class StickWriter:
    """Does one job after the other in a thread of its own; after an error nothing more until all is written anew."""

    def __init__(self, folder: Path, clock: Callable[[], int], patience: float = PATIENCE) -> None:
        """Start the thread.

        Args:
            folder: Of this machine's copy on the stick.
            clock: Gives Unix seconds.
            patience: Seconds to wait for a job.
        """
        self._folder = folder
        self._clock = clock
        self._patience = patience
        self._jobs: queue.SimpleQueue[tuple[Callable[[], None], threading.Event] | None] = queue.SimpleQueue()
        self._open = 0
        self._lock = threading.Lock()
        self._broken = True
        self._since: int | None = None
        threading.Thread(target=self._work, daemon=True, name="stick").start()

    @property
    def state(self) -> StickState:
        """How the copy stands now."""
        with self._lock:
            if not self._broken and not self._open:
                return StickState(Stick.UP_TO_DATE)
            return StickState(Stick.BEHIND, self._since)

    @property
    def broken(self) -> bool:
        """Whether all has to be written anew."""
        with self._lock:
            return self._broken

    def renew(self, pieces: Iterable[bytes], files: Mapping[str, bytes], *, wait: bool = True) -> None:
        """Write the whole copy anew, beside the old one until it is whole.

        Args:
            pieces: Of the file with the slots; taken at once.
            files: What stands beside it, by name.
            wait: Wait for the end, up to the patience.
        """
        data = b"".join(pieces)

        def job() -> None:
            with _overwriting(self._folder / COPY):
                copy_to_stick({**files, COPY: data}, self._folder)
            with self._lock:
                self._broken = False

        self._give(job, wait=wait)

    def change(self, steps: Iterable[Iterable[Change]]) -> None:
        """Overwrite records in place, step by step; waits for the end, up to the patience."""
        taken = [tuple(step) for step in steps]

        def job() -> None:
            if not self.broken:
                _overwrite(self._folder / COPY, taken)

        self._give(job, wait=True)

    def add(self, files: Mapping[str, bytes]) -> None:
        """Put files beside the slots; waits for the end, up to the patience."""

        def job() -> None:
            if not self.broken:
                (self._folder / COPY).stat()  # gone, if the stick is: nothing is made in its place
                copy_to_stick(files, self._folder)

        self._give(job, wait=True)

    def give_up(self) -> None:
        """Something could not be copied: all has to be written anew."""
        with self._lock:
            self._broken = True
            if self._since is None:
                self._since = self._clock()

    def stop(self) -> None:
        """Let the thread end when its jobs are done; waits for it, up to the patience."""
        self._give(lambda: None, wait=True)
        self._jobs.put(None)

    def _give(self, job: Callable[[], None], *, wait: bool) -> None:
        done = threading.Event()
        with self._lock:
            self._open += 1
            if self._since is None:
                self._since = self._clock()
        self._jobs.put((job, done))
        if wait:
            done.wait(self._patience)

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, done = item
            failed = False
            try:
                job()
            except (OSError, Refused, Unreadable):
                failed = True
            with self._lock:
                self._open -= 1
                self._broken = self._broken or failed
                if not self._open and not self._broken:
                    self._since = None
            done.set()


@contextmanager
def _overwriting(path: Path) -> Iterator[None]:
    """Overwrite with zeros a file that is replaced: what was added between two copies of a day stands in no file alone.

    Raises:
        OSError: The stick is gone or cannot be written.
    """
    try:
        old = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        yield
        return
    try:
        yield
        replaced = os.fstat(old)
        if not os.path.samestat(replaced, path.stat()):
            for at in range(0, replaced.st_size, _CHUNK):
                os.pwrite(old, bytes(min(_CHUNK, replaced.st_size - at)), at)
            os.fdatasync(old)
    finally:
        with suppress(OSError):
            os.close(old)


def _overwrite(path: Path, steps: Iterable[Iterable[Change]]) -> None:
    """Overwrite parts of a file; each step is on the stick before the next begins.

    Raises:
        OSError: The stick is gone, full or slow to death.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        for step in steps:
            for at, content in step:
                done = 0
                while done < len(content):
                    done += os.pwrite(descriptor, content[done:], at + done)
            os.fdatasync(descriptor)
    finally:
        with suppress(OSError):
            os.close(descriptor)
    sync_folder(path.parent)
