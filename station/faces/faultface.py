"""The face after an error: first a page for the voter alone, then, behind the PIN, what officers must know and do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from keys.desk.language import Language
from keys.desk.town import speaks
from keys.findings import Misuse
from station import answers as a
from station import questions as q
from station.disk.state import State
from station.officers import deeds as d
from station.officers import tasks as t
from station.visits.pinlock import PinLock
from station.wording.endings import halted_page
from station.wording.frame import Frame
from station.wording.officers import fault_page
from station.wording.page import Page

__all__ = ["Fault", "FaultFace"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is known when the app has ended because of an error; nothing of the error itself."""

    frame: Frame
    """Of the moment, but for the size."""
    votes: int | None
    """Recorded so far, as far as the disk says."""
    lock: PinLock | None
    """There if a voter was at the machine."""


class FaultFace:
    """Draws a fault.

    Attributes:
        restart: What officers chose; None before.
        copy: After the restart, the box is copied to the stick first.
    """

    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        self._voter_alone = fault.lock is not None
        self.restart: bool | None = None
        self.copy = False

    @property
    def finished(self) -> bool:
        """An answer was given."""
        return self.restart is not None

    @property
    def patience(self) -> int | None:
        """It waits."""
        return None

    @property
    def language(self) -> Language:
        """Of the voter on the first page."""
        return self._fault.frame.language

    def is_slow(self, answer: a.Answer) -> bool:  # noqa: ARG002
        """Nothing is."""
        return False

    def page(self, width: int, height: int) -> Page:
        """The voter's page, or the officers'."""
        known = replace(self._fault.frame, width=width, height=height)
        if self._voter_alone and self._fault.lock is not None:
            return halted_page(self._fault.lock.field, known)
        officers = replace(known, language=speaks(known.definition), is_check=False)
        has_box = known.state is not State.PREPARED
        return fault_page(t.ShowFault(self._fault.votes, has_box=has_box), officers)

    def answer(self, answer: a.Answer) -> None:
        """A PIN, then what to do."""
        lock = self._fault.lock
        match answer:
            case a.PinTyped(pin) if self._voter_alone and lock is not None:
                self._voter_alone = not lock.opens(pin)
            case a.WaitOver() if lock is not None:
                lock.rest()
            case d.Confirm() if not self._voter_alone:
                self.restart = True
            case d.CopyToStick() if not self._voter_alone:
                self.restart = self.copy = True
            case d.SwitchOff() if not self._voter_alone:
                self.restart = False
            case a.TimePassed():
                pass
            case _:
                raise Misuse(f"{type(answer).__name__} is no answer to {q.Question.__name__}")
