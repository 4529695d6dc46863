"""One visit of one voter, from the language to the hand-back: asks questions, takes answers.

Knows neither the voter's name nor number; what it needs of them it gets as two calls, `cast` and `recorded`.
Choices live in `Choices` and in the prepared ballots, and both are emptied as soon as the visit is stopped or
its vote is written. Nothing is cast before `Vote`. See `station.visits.stages` for the diagram.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from keys.findings import Misuse, Refused, Unreadable
from station import answers as a
from station import questions as q
from station.disk.plan import InDoubt
from station.ports import Hall, Prepared
from station.visits.booklet import Booklet
from station.visits.choices import Choices
from station.visits.envelope import Envelope
from station.visits.stages import COVERABLE, PATIENCE, Stage, Trace, Transition

__all__ = ["Visit", "Voter"]


@dataclass(frozen=True, slots=True)
class Voter:
    """The person at the machine, as far as a visit may know them."""

    cast: Callable[[Prepared], bytes]
    """Casts the prepared ballots with this person's mark; gives the receipt."""
    settle: Callable[[], bytes | None]
    """After a failure: the receipt if the vote is recorded, None if it is not."""


class Visit:
    """The stages between hand-over and hand-back."""

    def __init__(self, hall: Hall, voter: Voter | None, trace: Trace) -> None:
        self._hall = hall
        self._voter = voter
        self._trace = trace
        self._booklet = Booklet(
            Choices(hall.definition, hall.station, hall.shuffle), hall.definition.languages
        )
        self._stage = Stage.CHOOSING
        self._behind = Stage.CHOOSING
        """What the cover hides."""
        shown = hall.register.count_shown
        self._envelope = Envelope(hall.recorder, hall.papers, shown, by_officers=self.is_check)
        self._mark: bool | None = None
        self._called = False
        """A worker asked for the cover."""

    @property
    def is_check(self) -> bool:
        """True for officers who check the machine: there is nobody for whom anything could be cast."""
        return self._voter is None

    @property
    def stage(self) -> Stage:
        """Where the visit stands."""
        return self._stage

    @property
    def mark(self) -> bool | None:
        """After a failure: whether the vote is recorded; None if that cannot be read."""
        return self._mark

    @property
    def copies_by_hand(self) -> bool:
        """The receipt stands on the screen, and there is no printer: it is copied, or lost."""
        return self._stage is Stage.RECORDED and not self._envelope.has_printer

    @property
    def language(self) -> str:
        """Code of the voter's language."""
        return self._booklet.language

    @property
    def question(self) -> q.Question:
        """What is asked now."""
        if self._booklet.picking and self._stage in {*COVERABLE, Stage.RECORDED}:
            return self._booklet.ask_language()
        return _QUESTIONS[self._stage](self)

    def answer(self, answer: a.Answer) -> None:
        """Take an answer.

        Raises:
            Misuse: The question has no such answer.
        """
        if self._stage in COVERABLE and isinstance(answer, a.TimePassed | a.CallWorker):
            self._called = isinstance(answer, a.CallWorker)
            self._behind = self._stage
            self._go(answer, Stage.COVERED)
        elif self._stage in {*COVERABLE, Stage.RECORDED} and self._booklet.turn(answer):
            return
        else:
            _ANSWERS[self._stage](self, answer)

    def wipe(self) -> None:
        """Forget everything that was chosen, built or printed."""
        self._envelope.forget()
        self._booklet.clear()

    # What each stage does with an answer

    def _choosing(self, answer: a.Answer) -> None:
        if self._booklet.answer(answer):
            self._go(answer, Stage.REVIEWING)

    def _reviewing(self, answer: a.Answer) -> None:
        match answer:
            case a.Done():
                self._envelope.seal(self._booklet.choices.selections, self.language)
                self._go(answer, Stage.COMMITTED)
            case a.Change(contest):
                self._booklet.open(contest, then_review=True)
                self._go(answer, Stage.CHOOSING)
            case a.Back():
                self._booklet.reopen()
                self._go(answer, Stage.CHOOSING)
            case _:
                self._refuse(answer)

    def _committed(self, answer: a.Answer) -> None:
        match answer:
            case a.SlipInHand():
                self._go(answer, Stage.DECIDING)
            case a.PrintAgain():
                self._envelope.print_slip(self.language)
            case a.Back():
                self._envelope.tear()
                self._go(answer, Stage.REVIEWING)
            case _:
                self._refuse(answer)

    def _deciding(self, answer: a.Answer) -> None:
        match answer:
            case a.Vote() if self._voter is not None:
                self._go(answer, Stage.RECORDING)
                self._record(self._voter)
            case a.CheckMachine() if self._hall.definition.challenge:
                self._envelope.open(self.language)
                self._go(answer, Stage.OPENED)
            case a.Back():
                self._envelope.tear()
                self._go(answer, Stage.REVIEWING)
            case _:
                self._refuse(answer)

    def _opened(self, answer: a.Answer) -> None:
        match answer:
            case a.StartAgain():
                self.wipe()
                self._booklet.picking = True
                self._go(answer, Stage.CHOOSING)
            case a.Finish() if self.is_check:
                self._stop(answer)
            case a.PrintAgain():
                self._envelope.print_sheet(self.language)
            case _:
                self._refuse(answer)

    def _covered(self, answer: a.Answer) -> None:
        match answer:
            case a.AnyKey():
                self._go(answer, self._behind)
            case a.TimePassed():
                self._stop(answer)
            case a.PinTyped(pin) if self._called:
                if self._hall.lock.opens(pin):
                    self._stop(answer)
            case a.WaitOver():
                self._hall.lock.rest()
            case _:
                self._refuse(answer)

    def _recorded(self, answer: a.Answer) -> None:
        match answer:
            case a.Finish() | a.TimePassed():
                self._go(answer, Stage.HANDED_BACK)
            case a.PrintAgain():
                self._envelope.print_receipt(self.language)
            case _:
                self._refuse(answer)

    def _ended(self, answer: a.Answer) -> None:
        if isinstance(answer, a.PrintAgain) and self._envelope.has_receipt:
            self._envelope.print_receipt(self.language)
        else:
            self._refuse(answer)

    # Steps

    def _go(self, event: a.Answer | str, target: Stage) -> None:
        name = event if isinstance(event, str) else type(event).__name__
        self._trace(Transition(self._stage, name, target))
        self._stage = target

    def _stop(self, event: a.Answer) -> None:
        self.wipe()
        self._go(event, Stage.STOPPED)

    def _record(self, voter: Voter) -> None:
        """Cast; whatever happens, the choices are forgotten afterwards."""
        try:
            receipt = voter.cast(self._envelope.ballots)
        except InDoubt:
            self.wipe()
            self._go("Failed", Stage.IN_DOUBT)
            self._settle(voter)
        except Refused:
            self.wipe()
            self._go("Failed", Stage.IN_DOUBT)
            self._mark = False
        else:
            self._booklet.clear()
            self._envelope.keep_receipt(receipt)
            self._go("Written", Stage.RECORDED)

    def _settle(self, voter: Voter) -> None:
        try:
            receipt = voter.settle()
        except (Refused, Unreadable):
            self._mark = None
            return
        self._mark = receipt is not None
        if receipt is not None:
            self._envelope.keep_receipt(receipt)

    def _refuse(self, answer: a.Answer) -> None:
        """Time that passes where nothing waits for it is nothing; any other answer is a fault of the face."""
        if not isinstance(answer, a.TimePassed):
            raise Misuse(f"{type(answer).__name__} is no answer while {self._stage.value}")


_QUESTIONS: dict[Stage, Callable[[Visit], q.Question]] = {
    Stage.CHOOSING: lambda visit: visit._booklet.ask(),
    Stage.REVIEWING: lambda visit: visit._booklet.choices.reviewed(visit.language, visit._envelope.void),
    Stage.COMMITTED: lambda visit: visit._envelope.show_slip(),
    Stage.DECIDING: lambda visit: q.Decide(
        visit._hall.definition.challenge, not visit.is_check, bool(visit._envelope.printed)
    ),
    Stage.OPENED: lambda visit: visit._envelope.show_sheet(visit._booklet.choices.lines(visit.language)),
    Stage.RECORDED: lambda visit: visit._envelope.show_receipt(visit._booklet.choices.titles(visit.language)),
    Stage.HANDED_BACK: lambda visit: q.HandBack(
        visit._hall.lock.field, visit._envelope.printed, visit._envelope.has_printer
    ),
    Stage.COVERED: lambda visit: q.Covered(
        visit._hall.lock.field if visit._called else None, PATIENCE[Stage.COVERED]
    ),
    Stage.STOPPED: lambda visit: q.Stopped(visit._hall.lock.field, visit.is_check),
    Stage.IN_DOUBT: lambda visit: q.InDoubt(
        visit._mark, visit._hall.lock.field, visit._envelope.printed, visit._envelope.has_printer
    ),
}
_ANSWERS: dict[Stage, Callable[[Visit, a.Answer], None]] = {
    Stage.CHOOSING: Visit._choosing,
    Stage.REVIEWING: Visit._reviewing,
    Stage.COMMITTED: Visit._committed,
    Stage.DECIDING: Visit._deciding,
    Stage.OPENED: Visit._opened,
    Stage.COVERED: Visit._covered,
    Stage.RECORDED: Visit._recorded,
    Stage.HANDED_BACK: Visit._ended,
    Stage.STOPPED: Visit._refuse,
    Stage.IN_DOUBT: Visit._ended,
}
