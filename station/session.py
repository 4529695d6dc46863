"""The session of a station: the desk and, in turns with it, one visit; asks questions, takes answers.

Both faces of the station, the screens and the plain lines, draw `Session.question` and send `Session.answer`;
so does a script. No clock (time that passes is an answer), no disk and no screen in here.
"""

from __future__ import annotations

from collections.abc import Callable

from keys.findings import Misuse
from station import answers as a
from station.ports import Hall, Prepared
from station.questions import News, Question
from station.visits.desk import Desk
from station.visits.pinlock import PinLock
from station.visits.stages import PATIENCE, Stage, Trace, Transition
from station.visits.visit import Visit, Voter

__all__ = ["Session"]

_VISITING = frozenset(Stage) - {Stage.WAITING, Stage.FOUND, Stage.UNLOCKED, Stage.SIGNING}


def _unheard(_: Transition) -> None:
    """Nobody follows the transitions."""


class Session:
    """One after the other: search, hand over, vote, hand back, sign."""

    def __init__(self, hall: Hall, trace: Trace = _unheard, news: News | None = None) -> None:
        """Start with an empty desk.

        Args:
            hall: What all visits have in common.
            trace: Told of every transition, for tests.
            news: What the desk says first.
        """
        self._hall = hall
        self._trace = trace
        self._desk = Desk(hall)
        self._desk.news = news
        self._stage = Stage.WAITING
        self._visit: Visit | None = None
        self._named = True
        self._unlimited = False

    @property
    def stage(self) -> Stage:
        """Where things stand."""
        return self._visit.stage if self._visit else self._stage

    @property
    def idle(self) -> bool:
        """True if nobody was let in: the station may be paused or closed."""
        return self.stage in {Stage.WAITING, Stage.FOUND}

    @property
    def voter_lock(self) -> PinLock | None:
        """The PIN of the desk, from the hand-over to the hand-back."""
        return self._hall.lock if self._visit is not None else None

    @property
    def is_check(self) -> bool:
        """True while officers check the machine: nothing can be cast."""
        return self._visit is not None and self._visit.is_check

    @property
    def language(self) -> str:
        """Code of the language of the person at the machine: the voter's, or the commune's own."""
        return self._visit.language if self._visit else self._hall.definition.language

    @property
    def patience(self) -> int | None:
        """Seconds without a key after which a face answers `TimePassed`; None for ever."""
        if self._visit and self._visit.copies_by_hand:
            return PATIENCE[Stage.CHOOSING]
        if self._unlimited and self.stage in _VISITING and self.stage not in {Stage.COVERED, Stage.RECORDED}:
            return None
        return PATIENCE.get(self.stage)

    @property
    def question(self) -> Question:
        """What is asked now."""
        if self._visit:
            return self._visit.question
        if self._stage is Stage.UNLOCKED:
            return self._desk.ask_hand_over()
        if self._stage is Stage.SIGNING:
            return self._desk.ask_signature(self._named)
        return self._desk.ask_person()

    def answer(self, answer: a.Answer) -> None:
        """Take an answer to the question of this moment.

        Raises:
            Misuse: The question has no such answer: a fault of the face.
        """
        if self._visit:
            self._answer_visit(self._visit, answer)
        elif self._stage is Stage.UNLOCKED and isinstance(answer, a.HandOver):
            self._hand_over(answer)
        elif self._stage in _AT_DESK and isinstance(answer, a.CheckVisit) and self._desk.can_check:
            self._begin_check(answer)
        elif self._stage is Stage.SIGNING and isinstance(answer, a.TimePassed):
            self._named = False
        else:
            target = self._desk.take(self._stage, answer)
            if target is None and not isinstance(answer, a.TimePassed):
                raise Misuse(f"{type(answer).__name__} is no answer while {self._stage.value}")
            self._move(type(answer).__name__, target or self._stage)

    def _hand_over(self, answer: a.HandOver) -> None:
        number = self._desk.number
        if number is None:
            raise Misuse("nobody was let in")
        self._unlimited = answer.unlimited or self._desk.unlimited
        self._hall.lock.forget()
        voter = Voter(self._cast_for(number), self._hall.register.settle)
        self._move(type(answer).__name__, Stage.CHOOSING)
        self._visit = Visit(self._hall, voter, self._observe)

    def _begin_check(self, answer: a.CheckVisit) -> None:
        """Officers check the machine: nobody was let in, so that nothing can be cast."""
        self._desk.free()
        self._hall.lock.forget()
        self._move(type(answer).__name__, Stage.CHOOSING)
        self._visit = Visit(self._hall, None, self._observe)

    def _cast_for(self, number: int) -> Callable[[Prepared], bytes]:
        return lambda prepared: self._hall.recorder.cast(prepared, number)

    def _answer_visit(self, visit: Visit, answer: a.Answer) -> None:
        if visit.stage in _ENDED and isinstance(answer, a.PinTyped | a.WaitOver):
            if isinstance(answer, a.WaitOver):
                self._hall.lock.rest()
            elif self._hall.lock.opens(answer.pin):
                self._end(visit)
            return
        visit.answer(answer)
        if visit.stage is Stage.STOPPED and isinstance(answer, a.PinTyped):
            self._end(visit)

    def _end(self, visit: Visit) -> None:
        """The worker is back: to the paper list if a vote was recorded, to the empty desk if not."""
        if visit.stage is Stage.IN_DOUBT:
            if visit.mark is None:
                return
            target = Stage.SIGNING if visit.mark else Stage.WAITING
        else:
            target = Stage.SIGNING if visit.stage is Stage.HANDED_BACK else Stage.WAITING
        visit.wipe()
        self._visit, self._stage = None, visit.stage
        self._unlimited = False
        self._named = True
        self._desk.end_visit()
        if target is Stage.WAITING:
            self._desk.free()
            self._desk.news = News.CHECKED if visit.is_check else News.STOPPED
        self._move(a.PinTyped.__name__, target)

    def find(self, number: int, news: News | None) -> None:
        """Show somebody at the desk, and say what has happened."""
        self.answer(a.Search(str(number)))
        self._desk.news = news

    def note(self, news: News) -> None:
        """Say at the desk what has happened."""
        self._desk.news = news

    def _observe(self, transition: Transition) -> None:
        self._trace(transition)
        if transition.target is Stage.STOPPED and not (self._visit and self._visit.is_check):
            worker = transition.event == a.PinTyped.__name__
            self._hall.register.count_cancelled(a.Reason.STOPPED if worker else a.Reason.TIMED_OUT)

    def _move(self, event: str, target: Stage) -> None:
        if target is not self._stage:
            self._trace(Transition(self._stage, event, target))
            self._stage = target


_AT_DESK = frozenset({Stage.WAITING, Stage.FOUND})
_ENDED = frozenset({Stage.HANDED_BACK, Stage.STOPPED, Stage.IN_DOUBT})
