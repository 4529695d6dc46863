"""The worker's side of a visit: find the person, let them in, and afterwards have the paper list signed."""

from __future__ import annotations

from station import answers as a
from station import questions as q
from station.ports import Hall
from station.stages import Stage

__all__ = ["Desk"]


class Desk:
    """What is on the worker's screen before and after a visit; during it, nothing but a number is kept.

    Attributes:
        number: Roll number of the person let in; None before.
    """

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.number: int | None = None
        self.clear()

    def clear(self) -> None:
        """Forget whom was searched and found."""
        self._text = ""
        self._people: tuple[q.Person, ...] = ()
        self._searched = False
        self._refused: tuple[int, q.Refusal] | None = None

    def search(self, text: str) -> None:
        """Look somebody up by roll number, the town's reference, or name."""
        self.clear()
        self._text = text.strip()
        self._searched = bool(self._text)
        self._people = tuple(self._hall.register.search(self._text)) if self._text else ()

    def choose(self, number: int) -> bool:
        """Let somebody in.

        Returns:
            False if this person cannot vote now; the question says why.
        """
        self._refused = None
        person = self._hall.register.person(number)
        refusal = person.refusal if person else q.Refusal.UNKNOWN
        if refusal is None and self._hall.recorder.room() < 1:
            refusal = q.Refusal.NO_ROOM
        if refusal is not None:
            self._refused = (number, refusal)
            return False
        self.clear()
        self.number = number
        return True

    def free(self) -> None:
        """Forget the person, who may vote later."""
        self.clear()
        self.number = None

    def ask_person(self) -> q.AskPerson:
        """W5."""
        voted, electors = self._hall.register.counts()
        return q.AskPerson(
            text=self._text,
            people=self._people,
            searched=self._searched,
            refused=self._refused,
            voted=voted,
            electors=electors,
            room=self._hall.recorder.room(),
            copy=self._hall.copy(),
        )

    def ask_hand_over(self) -> q.ShowHandOver:
        """W6."""
        return q.ShowHandOver(self.number or 0)

    def ask_signature(self, named: bool) -> q.SignHere:
        """W8.

        Args:
            named: False once the name was wiped from the screen.
        """
        person = self._hall.register.person(self.number or 0) if named else None
        return q.SignHere(self.number or 0, person.name if person else "")

    def take(self, stage: Stage, answer: a.Answer) -> Stage | None:
        """Take a worker's answer.

        Returns:
            The stage it leads to (it may be the same), or None if it is no answer to this question.
        """
        match stage, answer:
            case ((Stage.WAITING | Stage.FOUND), a.Search(text)):
                self.search(text)
                return Stage.FOUND
            case ((Stage.WAITING | Stage.FOUND), a.Clear()):
                self.clear()
                return Stage.WAITING
            case Stage.FOUND, a.Choose(number):
                return Stage.UNLOCKED if self.choose(number) else Stage.FOUND
            case ((Stage.FOUND | Stage.UNLOCKED), a.TimePassed()):
                self.free()
                return Stage.WAITING
            case Stage.UNLOCKED, a.Cancel(reason):
                self.free()
                self._hall.register.count_cancelled(reason)
                return Stage.WAITING
            case Stage.SIGNING, a.Signed() | a.LeftUnsigned() | a.CannotSign():
                self.free()
                if isinstance(answer, a.LeftUnsigned):
                    self._hall.register.count_unsigned()
                return Stage.WAITING
            case _:
                return None
