"""Long work: done in a thread, shown with its time left, stopped with Esc. The screen ends with what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Waiting
from dataclasses import dataclass, replace
from typing import TypeVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import ProgressBar
from textual.worker import Worker

from keys.crypto.errors import CryptoError
from keys.findings import Misuse, Refused, Unreadable
from tally.pace import Pace
from tally.screens.desk import Desk
from tally.screens.page import Page
from tally.screens.pieces import Paragraph

__all__ = ["Ended", "Job", "Reporter", "Stopped", "Work"]

T = TypeVar("T")
_OFTEN = 0.1


class Stopped(Exception):
    """The officer stopped the work."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a work."""

    text: str = ""
    """What to tell, where it was done."""
    errors: tuple[Exception, ...] = ()
    """What was refused or could not be read or written."""
    stopped: bool = False
    whole: bool = True
    """All that could be asked for was done."""
    kept: str = ""
    """What stands already in spite of the errors, where that is more than what stood before."""

    @property
    def well(self) -> bool:
        """Whether it was done whole."""
        return self.whole and not self.errors and not self.stopped


class Reporter:
    """What the work, in its thread, says to the screen and asks it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._stop = threading.Event()
        self._told = 0.0

    def stop(self) -> None:
        """Ask the work to stop where it can."""
        self._stop.set()

    def expect(self, total: int | None) -> None:
        """Say how much there is to do."""
        self._work.pace.total = total

    def tell(self, part: str, done: int) -> None:
        """Say how far it is.

        Raises:
            Stopped: The officer does not want it any more.
        """
        if self._stop.is_set() or not self._work.app.is_running:
            raise Stopped
        self._work.pace.report(part, done)
        now = time.monotonic()
        if now - self._told >= _OFTEN:
            self._told = now
            self._work.app.call_from_thread(self._work.show, part)

    def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen and wait for its answer.

        Raises:
            Stopped: The program ends.
        """
        answer: Future[T | None] = Future()
        app = self._work.app
        app.call_from_thread(app.push_screen, screen, answer.set_result)
        while True:
            try:
                return answer.result(timeout=0.2)
            except Waiting:
                if not app.is_running:
                    raise Stopped from None


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done."""

    title: str
    run: Callable[[Reporter], str | Ended]
    """In a thread; gives what to tell when it is done."""
    total: int | None = None
    """Things to do, where that is known."""


class Work(Page[Ended]):
    """A work under way."""

    AUTO_FOCUS = ""

    def __init__(self, desk: Desk, job: Job) -> None:
        super().__init__(desk)
        self._job = job
        self._reporter = Reporter(self)
        self.pace = Pace(job.total, time.monotonic())

    def heading(self) -> str:
        """What is done."""
        return self._job.title

    def body(self) -> ComposeResult:
        """How far it is."""
        yield Paragraph(self.say("One moment, please."), id="part", classes="")
        bar = ProgressBar(total=self._job.total, show_eta=False)
        bar.display = self._job.total is not None
        yield bar
        yield Paragraph(id="left", classes="")

    def hint(self) -> str:
        """The last row."""
        return self.say("Esc: stop")

    def help_text(self) -> str:
        """What F1 says."""
        return self.say("Esc stops the work. Nothing is half done then, and it may be started again.")

    def on_mount(self) -> None:
        """Begin."""
        super().on_mount()
        self.run_worker(self._run, thread=True)

    def _run(self) -> None:
        ended = self._end()
        if self.app.is_running:
            self.app.call_from_thread(self.dismiss, ended)

    def _end(self) -> Ended:
        try:
            said = self._job.run(self._reporter)
            ended = said if isinstance(said, Ended) else Ended(said)
        except Stopped:
            ended = Ended(stopped=True)
        except (Refused, Misuse, Unreadable, CryptoError, OSError) as error:
            ended = Ended(errors=(error,))
        try:
            self.desk.read()
        except (Refused, Misuse, Unreadable, CryptoError, OSError) as error:
            return replace(ended, errors=(*ended.errors, error))
        return ended

    def show(self, part: str) -> None:
        """Draw how far it is."""
        pace, say = self.pace, self.say
        bar = self.query_one(ProgressBar)
        if pace.total is not None:
            bar.display = True
            bar.update(total=pace.total, progress=min(pace.done, pace.total))
            words = say("{part}: {done} of {total}", part=part, done=pace.done, total=pace.total)
        else:
            words = say("{part}: {done}", part=part, done=pace.done)
        self.query_one("#part", Paragraph).tell(words)
        left = pace.left(time.monotonic())
        if left is not None:
            minutes, seconds = divmod(left, 60)
            words = say("about {minutes} min {seconds} s left", minutes=minutes, seconds=seconds)
            self.query_one("#left", Paragraph).tell(words)

    def action_back(self) -> None:
        """Stop."""
        self._reporter.stop()
        self.query_one("#part", Paragraph).tell(self.say("It is being stopped."))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Nothing to do: the thread itself ends the screen."""
        event.stop()
