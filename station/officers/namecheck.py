"""What officers write that is printed or kept names nobody on the roll: they are warned before it is written."""

from __future__ import annotations

from keys.election.names import names_in
from keys.election.roll import Elector
from keys.findings import Refused
from station.day import Day
from station.disk.additions import Added
from station.officers.tasks import Problem

__all__ = ["NameCheck", "check_unnamed", "named"]


def named(day: Day, text: str, *others: Elector) -> tuple[str, ...]:
    """The words of a text that name somebody on the roll of a machine, or one of the others."""
    return names_in(text, (*(elector for elector, _ in day.store.electors()), *others))


class NameCheck:
    """Warns once of a text: a word may be a name and something else, so the same text typed again is kept."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._warned = ""

    def problem(self, text: str, added: Added | None = None) -> Problem | None:
        """What stands in the way of a text; None if it names nobody, or is typed a second time.

        Args:
            text: As it would be written.
            added: Somebody who is not on the roll yet, and is not to be named either.
        """
        names = named(self._day, text, *(() if added is None else (added.elector(0),)))
        if not names or text == self._warned:
            return None
        self._warned = text
        return Problem("named", ", ".join(names))


def check_unnamed(day: Day, text: str, *, anyway: bool) -> None:
    """Check that a text of a command names nobody on the roll.

    Args:
        day: Of the machine.
        text: As it would be written.
        anyway: The officers have seen it and keep it.

    Raises:
        Refused: S-113.
    """
    names = () if anyway else named(day, text)
    if names:
        raise Refused("S-113", ", ".join(names))
