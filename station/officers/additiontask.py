"""Adding an elector on the spot: who, and why; then two cards."""

from __future__ import annotations

from keys.findings import Misuse, Refused
from station.day import Day
from station.disk.additions import Added
from station.electors.people import full_name
from station.electors.roll import read_born
from station.officers.deeds import AddElector
from station.officers.namecheck import NameCheck
from station.officers.purposes import Named, Purpose
from station.officers.tasks import AskAddition, Problem

__all__ = ["AdditionTask"]


class AdditionTask:
    """What the officers wrote down, until it is done or dropped.

    Attributes:
        number: Of whoever was added last; 0 before.
    """

    purpose = Purpose.ADD

    def __init__(self, day: Day) -> None:
        self._day = day
        self.number = 0
        self._added: Added | None = None
        self._typed: tuple[tuple[str, str], ...] = ()
        self._problem: Problem | None = None
        self._names = NameCheck(day)

    def fill(self, answer: AddElector) -> bool:
        """Take what was typed.

        Returns:
            False if it is not whole, or nobody can be added like this; the question says why.
        """
        self._added = None
        self._typed = tuple((name, getattr(answer, name)) for name in answer.__slots__)
        born = read_born(answer.born)
        if not answer.surname.strip() or not answer.reason.strip():
            self._problem = Problem("whole")
        elif not born or born > self._day.manifest.definition.opens[:10]:
            self._problem = Problem("born")
        else:
            fields = (answer.surname, answer.given_names, born, answer.reason)
            added = Added(*(" ".join(field.split()) for field in fields))
            try:
                added.to_content()
                self._day.store.check_new(added)
            except Refused as refused:
                self._problem = Problem(refused.code)
            else:
                self._problem = self._names.problem(added.reason, added)
                self._added = None if self._problem else added
        return self._added is not None

    @property
    def question(self) -> AskAddition:
        """The form again, with what was typed."""
        return AskAddition(self._day.store.additions_left(), self._typed, self._problem)

    @property
    def named(self) -> Named | None:
        """Whom the cards add; None while the form is not whole."""
        added = self._added
        return None if added is None else Named(full_name(added.surname, added.given_names), born=added.born)

    def carry_out(self) -> None:
        """Add the person, once the cards were shown, and forget what was typed.

        Raises:
            Refused: S-304, S-305, S-105; nothing was written.
        """
        if self._added is None:
            raise Misuse("nobody was named")
        self.number = self._day.add_elector(self._added)
        self._added, self._typed = None, ()
