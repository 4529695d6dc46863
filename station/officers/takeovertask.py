"""Taking over from a machine that stopped for good, as officers do it on the screen of the spare.

One after the other: which machine's copy on the stick, the signatures of those who voted there counted by two, two of
that machine's cards, two of this one's. Nothing is changed before the last of them, and the keys are locked again after
it: the station is then opened as on any morning, and its opening report signs the box that was closed here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keys.desk.cards import Card
from keys.election.interruption import closing_of
from keys.findings import Misuse, Refused, Unreadable
from station.answers import Answer
from station.day import Day
from station.officers import deeds as d
from station.officers.cardtask import CardTask
from station.officers.closingtask import ClosingTask
from station.officers.outgoing import Outgoing
from station.officers.takingover import AskDeadSignatures, AskTakeover, ShowTakenOver
from station.officers.tasks import CardStep, Problem, Purpose
from station.questions import Question
from station.recognition import recognise
from station.sticks.exporting import Takeover
from station.sticks.takeover import copies_of_mode, recognise_dead

__all__ = ["TakeoverTask"]


class TakeoverTask:
    """From the choice of a copy to the box that is closed.

    Attributes:
        ended: The officers are through with it, or left it.
    """

    def __init__(self, day: Day, outgoing: Outgoing, stick: Callable[[], Path | None]) -> None:
        """Look at the stick.

        Args:
            day: Of this machine; not open.
            outgoing: Prints the statement.
            stick: Where a stick is in; None while there is none.
        """
        self.ended = False
        self._day = day
        self._outgoing = outgoing
        place = stick()
        self._copies = _copies(day, place)
        self._without = Problem("no-stick" if place is None else "copies")
        self._machine = ""
        self._count = ClosingTask()
        self._counted = False
        self._cards: CardTask | None = None
        self._dead: tuple[Card, ...] = ()
        self._done: Takeover | None = None

    @property
    def question(self) -> Question:
        """What is asked now."""
        if self._done is not None:
            return self._result(self._done)
        if self._cards is not None:
            return self._cards.question
        if self._machine:
            return AskDeadSignatures(self._machine, *self._count.typed)
        return AskTakeover(tuple(self._copies), None if self._copies else self._without)

    @property
    def asks_cards(self) -> bool:
        """Whether a card is to be shown now; they are forgotten when nobody comes."""
        return self._cards is not None and self._done is None

    def answer(self, answer: Answer) -> None:
        """Take an answer of an officer.

        Raises:
            Misuse: The question has no such answer.
        """
        match answer:
            case d.Leave() | d.Go():
                self._leave()
            case d.Reprint() if self._done is not None:
                self._print(self._done)
            case d.TakeFrom(machine) if machine in self._copies and not self._machine:
                self._machine = machine
            case d.Counted() if self._machine and self._cards is None:
                self._count.count(answer)
                if self._count.is_counted:
                    self._cards = CardTask(Purpose.DEAD_MACHINE, self._recognise_dead, self._machine)
            case d.CardTyped() | d.ClearCard() if self._cards is not None:
                self._cards.answer(answer)
            case d.Confirm() if self._cards is not None and self._cards.step is CardStep.READY:
                self._confirm(self._cards)
            case _:
                raise Misuse(f"{type(answer).__name__} is no answer to {type(self.question).__name__}")

    def _leave(self) -> None:
        if self._cards is not None:
            self._cards.forget()
        self._dead = ()
        self.ended = True

    def _recognise_dead(self, card: Card) -> None:
        recognise_dead(self._copies[self._machine], self._day.manifest, card)

    def _confirm(self, task: CardTask) -> None:
        if task.purpose is Purpose.DEAD_MACHINE:
            self._dead = task.cards
            day = self._day
            self._cards = CardTask(Purpose.TAKE_OVER, lambda card: recognise(day.folder, day.mode, card))
            return
        try:
            self._day.unlock(task.cards)
            copy, closing = self._copies[self._machine], self._count.closing(task.names)
            self._done = self._day.take_over(copy, self._dead, closing)
        except Refused as refused:
            task.fail(refused.code)
            return
        except Unreadable:
            task.fail("copy-unreadable")
            return
        finally:
            self._day.lock()
            self._dead = () if self._done else self._dead
        self._print(self._done)

    def _print(self, done: Takeover) -> None:
        if done.statement is not None:
            self._outgoing.report(done.statement)

    def _result(self, done: Takeover) -> ShowTakenOver:
        carried = self._day.counts().carried
        if done.statement is None:
            return ShowTakenOver(self._machine, carried, adopted=done.adopted)
        closing = closing_of(done.statement)
        figures = (closing.marks, closing.ballots, closing.signatures)
        return ShowTakenOver(
            self._machine, carried, figures, self._outgoing.is_printed(done.statement), done.adopted
        )


def _copies(day: Day, stick: Path | None) -> dict[str, Path]:
    """The copies of other machines of this station, by name of the machine."""
    if stick is None:
        return {}
    station = day.manifest.definition.stations[day.station]
    own = day.manifest.machines[day.machine].name
    try:
        found = copies_of_mode(stick, day.mode)
    except Unreadable:
        return {}
    return {name: path for name, path in found.items() if name in station.machines and name != own}
