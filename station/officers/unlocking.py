"""W3: two cards for one purpose, from the first one shown to the step of the day that they take."""

from __future__ import annotations

from dataclasses import dataclass, replace

from keys.election.statement import Statement
from keys.findings import Misuse, Refused
from station.answers import Answer
from station.day import Day
from station.officers.additiontask import AdditionTask
from station.officers.cardtask import CardTask
from station.officers.closingtask import ClosingTask
from station.officers.deeds import AddElector, GiveProxy
from station.officers.namecheck import NameCheck
from station.officers.proxytask import ProxyTask
from station.officers.tasks import AskCards, AskReason, CardStep, Purpose
from station.officers.twocards import carry_out
from station.recognition import recognise

__all__ = ["Unlocked", "Unlocking"]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What two cards have done."""

    purpose: Purpose
    pin: str
    """For the desk; empty where none was chosen."""
    report: Statement | None
    """That was signed; None where there is none."""


class Unlocking:
    """The cards that are being shown, and what was filled in before them."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._task: CardTask | None = None
        self._reason = ""
        self._adding, self._proxy = AdditionTask(day), ProxyTask(day)
        self._form: AdditionTask | ProxyTask = self._adding
        self._names = NameCheck(day)

    @property
    def asking(self) -> bool:
        """Whether cards are asked for."""
        return self._task is not None

    @property
    def purpose(self) -> Purpose:
        """What for."""
        return self._asked.purpose

    @property
    def question(self) -> AskCards:
        """Which card, or what else, comes next."""
        asked = self._asked.question
        return replace(asked, named=self._form.named) if asked.purpose is self._form.purpose else asked

    def begin(self, purpose: Purpose, reason: str = "") -> None:
        """Ask for two cards.

        Args:
            purpose: What they are shown for.
            reason: For what is seldom done; it stands in the report.
        """
        folder, mode = self._day.folder, self._day.mode
        self._reason = reason
        self._task = CardTask(purpose, lambda card: recognise(folder, mode, card))

    def take_reason(self, typed: str) -> AskReason | None:
        """Take why an opening is undone, and ask for two cards; the question again where it names somebody."""
        text = typed.strip()[:300]
        problem = self._names.problem(text)
        if problem is None:
            self.begin(Purpose.UNDO, text)
            return None
        return AskReason(Purpose.UNDO, problem, text)

    def answer(self, answer: Answer) -> None:
        """Take a card, a PIN, or a card back."""
        self._asked.answer(answer)

    def carry_out(self, closing: ClosingTask, passed: tuple[str, ...], *, keys_stay: bool) -> Unlocked | None:
        """Do what the cards were shown for.

        Args:
            closing: The counts of signatures, for a closing.
            passed: Lines of the readiness check that were passed, for an opening.
            keys_stay: The desk is open: its keys stay in memory even if this is refused.

        Returns:
            What was done; None if it was refused: the question says why.

        Raises:
            Misuse: The two cards are not there yet.
        """
        task = self._asked
        if task.step is not CardStep.READY:
            raise Misuse("two cards are needed first")
        try:
            report = carry_out(task, self._day, self._reason, closing, passed, self._form)
        except Refused as refused:
            if not keys_stay:
                self._day.lock()
            task.fail(refused.code)
            return None
        done = Unlocked(task.purpose, task.pin, report)
        self.leave()
        return done

    def fill(self, answer: AddElector | GiveProxy) -> tuple[AdditionTask | ProxyTask, bool]:
        """Take what is typed before cards are shown for it.

        Returns:
            The form, and whether it is whole: the cards come next.
        """
        if isinstance(answer, AddElector):
            self._form = self._adding
            return self._adding, self._adding.fill(answer)
        self._form = self._proxy
        return self._proxy, self._proxy.fill(answer)

    @property
    def filled(self) -> int:
        """Roll number of whom the last form was about."""
        return self._form.number

    def leave(self) -> None:
        """Forget the cards."""
        if self._task is not None:
            self._task.forget()
        self._task = None

    @property
    def _asked(self) -> CardTask:
        if self._task is None:
            raise Misuse("no cards were asked for")
        return self._task
