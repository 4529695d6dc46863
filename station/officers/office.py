"""The officers' day as a state machine: what to do next, two cards, reports, pause, closing, copy.

Asks what `station.officers.tasks` holds, at the desk what the session asks; signs, stores and words nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from keys.findings import Misuse
from station.answers import Answer, LeftUnsigned, TimePassed
from station.day import Day
from station.disk.state import State
from station.officers import deeds as d
from station.officers.outgoing import Outgoing
from station.officers.places import Places
from station.officers.readinesstask import Probe
from station.officers.standing import show_power_for, show_standing, show_zero
from station.officers.takeovertask import TakeoverTask
from station.officers.tasks import Place, Purpose, ShowStart
from station.officers.twocards import open_session
from station.officers.unlocking import Unlocking
from station.ports import Printer
from station.questions import News, Question
from station.session import Session
from station.visits.pinlock import PinLock

__all__ = ["Office"]


class Office:
    """Everything that officers do at the machine.

    Attributes:
        session: Desk and visit; None while the station takes no votes.
        finished: The program may end.
        rehearse: It goes on with the rehearsal.
    """

    def __init__(
        self,
        day: Day,
        printer: Printer,
        *,
        clock: Callable[[], int],
        stick: Callable[[], Path | None],
        shuffle: Callable[[int], Sequence[int]],
        closes: int,
        probe: Probe,
    ) -> None:
        """Find out where the day stands; a station that was cut off is noted as interrupted.

        Args:
            day: Its store open.
            printer: Of the desk.
            clock: Gives Unix seconds.
            stick: Where to copy the box to; None while there is no stick.
            shuffle: Gives the numbers below its argument in a random order.
            closes: Planned hour of closing, Unix seconds.
            probe: Gathers the facts of the readiness check.
        """
        self._day, self._printer, self._stick, self._shuffle = day, printer, stick, shuffle
        self.session: Session | None = None
        self.finished = self.rehearse = False
        self._outgoing = Outgoing(day, printer, stick)
        self._cards = Unlocking(day)
        self._takeover: TakeoverTask | None = None
        self._places = Places(day, printer, clock, closes, probe)
        self._trail: list[Question] = []  # where `Leave` leads, the last one first
        if day.counts().balanced:
            day.note_interruption()
        self._question: Question = self._start()

    @property
    def day(self) -> Day:
        """The machine's day, to read from."""
        return self._day

    @property
    def has_printer(self) -> bool:
        """Whether the machine has one."""
        return self._printer.there

    @property
    def at_desk(self) -> bool:
        """True while the session asks."""
        return self._takeover is None and not self._cards.asking and self._question is _DESK

    @property
    def voter_lock(self) -> PinLock | None:
        """The PIN, while a voter is at the machine; for a page after an error."""
        return self.session.voter_lock if self.at_desk and self.session is not None else None

    @property
    def question(self) -> Question:
        """What is asked now."""
        if self.at_desk and self.session is not None:
            return self.session.question
        if self._takeover is not None:
            return self._takeover.question
        if self._cards.asking:
            return self._cards.question
        return self._question

    def answer(self, answer: Answer) -> None:
        """Take an answer of an officer or, at the desk, of whoever is at the machine.

        Raises:
            Misuse: The question has no such answer.
        """
        if self._takeover is not None and not isinstance(answer, TimePassed):
            self._take_over(self._takeover, answer)
            return
        if (step := _STEPS.get(type(answer))) is not None:
            step(self, answer)
        elif self.at_desk and self.session is not None:
            self.session.answer(answer)
            if isinstance(answer, LeftUnsigned):
                self._go(d.Go(Place.UNSIGNED))
        else:
            raise Misuse(f"{type(answer).__name__} is no answer to {type(self.question).__name__}")

    @property
    def asks_cards(self) -> bool:
        """Whether a card is to be shown now; they are forgotten when nobody comes."""
        return self._cards.asking if self._takeover is None else self._takeover.asks_cards

    def forget(self) -> None:
        """Forget cards and reasons: nobody pressed a key for long."""
        if self.asks_cards:
            self.answer(d.Leave())

    def _start(self) -> Question:
        check = self._places.check
        return show_standing(self._day, self.session is not None, check.done, check.to_do)

    # Steps without cards

    def _go(self, answer: d.Go) -> None:
        self._require_idle()
        place = answer.place
        if place in {Place.START, Place.DESK}:
            self._trail.clear()
        else:
            self._trail.append(self._question)
        if place is Place.DESK:
            if self.session is None:
                raise Misuse("two cards open the desk")
            self._question = _DESK
        elif place is Place.TAKEOVER:
            self._takeover = TakeoverTask(self._day, self._outgoing, self._stick)
        else:
            self._question = self._places.asked(place) or self._start()

    def _take_over(self, task: TakeoverTask, answer: Answer) -> None:
        task.answer(answer)
        if isinstance(answer, d.Go):
            self._takeover = None
            self._go(answer)
        elif task.ended:
            self._takeover, self._question = None, self._start()

    def _leave(self, _: Answer) -> None:
        if self._cards.asking:
            self._cards.leave()
        else:
            self._question = self._trail.pop() if self._trail else self._start()

    def _require_idle(self) -> None:
        if self.at_desk and self.session is not None and not self.session.idle:
            raise Misuse("a visit is running")

    def _announce(self, answer: d.Announce) -> None:
        if answer.on is not (self._day.state is State.ANNOUNCED):
            self._day.announce(answer.on)
            self._places.note_queue(answer.queue)
        self._trail.clear()
        self._question = _DESK

    def _incident(self, answer: d.SaveIncident) -> None:
        if (left := self._places.incidents.save(answer)) is not None:
            self._question = left
            return
        self._leave(answer)
        if self.session is not None:
            self.session.note(News.NOTED)

    def _checking(self, answer: Answer) -> None:
        self._question = self._places.check.answer(answer)

    def _fill(self, answer: d.AddElector | d.GiveProxy) -> None:
        self._require_idle()
        if self.at_desk:
            self._trail.append(self._question)
        form, whole = self._cards.fill(answer)
        self._question = form.question
        if whole:
            self._cards.begin(form.purpose)

    def _take_proxy_back(self, answer: d.TakeProxyBack) -> None:
        self._require_idle()
        self._day.take_proxy_back(answer.number)
        self._find(answer.number)

    def _find(self, number: int, news: News | None = None) -> None:
        self._question = _DESK
        if self.session is not None:
            self.session.find(number, news)

    def _ask_number(self, answer: d.AskNumber) -> None:
        self._question = show_power_for(self._day, answer.text)

    def _counted(self, answer: Answer) -> None:
        self._question = self._places.count(answer) or self._start()

    def _print(self, answer: Answer) -> None:
        self._question = self._outgoing.print(answer)

    def _copy(self, _: Answer) -> None:
        if self._day.unlocked:
            self._question = self._outgoing.copy()
        else:
            self._begin(d.Begin(Purpose.COPY))

    def _switch_off(self, _: Answer) -> None:
        self._require_idle()
        self._day.lock()
        self.finished = True

    def _rehearse(self, answer: d.Rehearse) -> None:
        question = self._question
        if not (isinstance(question, ShowStart) and question.rehearsal and question.rehearsal.can_run):
            raise Misuse("a rehearsal is held before the vote is opened")
        self._switch_off(answer)
        self.rehearse = True

    # Steps with two cards

    def _begin(self, answer: d.Begin) -> None:
        self._require_idle()
        if self._places.check.required(answer.purpose):
            self._question = self._places.check.begin(answer.purpose)
            return
        self._cards.begin(answer.purpose)

    def _reason_given(self, answer: d.ReasonGiven) -> None:
        self._require_idle()
        self._question = self._cards.take_reason(answer.text) or self._question

    def _confirm(self, _: Answer) -> None:
        passed, closing = self._places.check.passed(self._cards.purpose), self._places.closing
        done = self._cards.carry_out(closing, passed, keys_stay=self.session is not None)
        if done is None:
            return
        self._trail.clear()
        purpose, day = done.purpose, self._day
        if done.report is not None:
            self._outgoing.report(done.report)
        if purpose.needs_pin:
            self.session = open_session(day, self._printer, done.pin, self._shuffle, self._stick, purpose)
            self._places.check.forget()
        elif not purpose.keeps_desk:
            self.session = None
        self._after(purpose)

    def _after(self, purpose: Purpose) -> None:
        match purpose:
            case Purpose.OPEN:
                self._question = show_zero(self._day)
            case Purpose.REOPEN:
                self._question = _DESK
            case Purpose.ADD | Purpose.PROXY:
                self._find(self._cards.filled, News.ADDED if purpose is Purpose.ADD else None)
            case Purpose.COPY:
                self._copy(d.CopyToStick())
            case _:
                self._question = self._start()


_DESK = Question()
_STEPS: dict[type[Answer], Callable[[Office, Answer], None]] = {
    d.Go: Office._go,  # type: ignore[dict-item]  # each step takes the answer it is listed under
    d.Leave: Office._leave,
    d.Begin: Office._begin,  # type: ignore[dict-item]
    **dict.fromkeys(d.AT_CARDS, lambda office, answer: office._cards.answer(answer)),
    d.Confirm: Office._confirm,
    d.ReasonGiven: Office._reason_given,  # type: ignore[dict-item]
    d.SaveIncident: Office._incident,  # type: ignore[dict-item]
    **dict.fromkeys((d.AddElector, d.GiveProxy), Office._fill),  # type: ignore[arg-type]
    d.TakeProxyBack: Office._take_proxy_back,  # type: ignore[dict-item]
    d.AskNumber: Office._ask_number,  # type: ignore[dict-item]
    d.Announce: Office._announce,  # type: ignore[dict-item]
    **dict.fromkeys((d.CloseEarly, d.Counted, d.CountAgain), Office._counted),
    **dict.fromkeys(d.CHECKING, Office._checking),
    d.CopyToStick: Office._copy,
    **dict.fromkeys((d.PrintTrackers, d.Reprint), Office._print),
    d.Rehearse: Office._rehearse,  # type: ignore[dict-item]
    d.SwitchOff: Office._switch_off,
}
