"""What a spare takes on from a machine that stopped: who voted there, and whom its officers had added to the roll.

Pure. Whoever was added there and has not voted may vote here under the same number. Somebody who was added here as well
is one person, known by name and birth date: a vote there counts here too, and the addition is counted by one of
the two machines alone, so that the electors of a station come out right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from keys.election.roll import Elector
from station.disk.additions import Added, person_of
from station.disk.plan import Mark
from station.sticks.takeover import DeadMachine

__all__ = ["Succession", "succeed"]


@dataclass(frozen=True, slots=True)
class Succession:
    """What changes on the roll of the spare."""

    carried: frozenset[int]
    """Numbers that may not vote here any more."""
    adopted: Mapping[int, Added]
    """Whoever was added there, by number."""
    counted: int
    """Electors who were added there and are not counted here."""
    twice: tuple[tuple[int, int], ...]
    """Numbers there and here of people who were added on both machines and voted on both."""


def succeed(dead: DeadMachine, here: Iterable[tuple[Elector, Mark]], *, closed: bool) -> Succession:
    """Work out what the spare takes on.

    Args:
        dead: The machine that stopped.
        here: Everybody on the roll of the spare, with the mark.
        closed: The spare has closed its own box: nothing on its roll changes, and its report counts who is on it.
    """
    lines = list(here)
    people = {person_of(elector): (elector.number, mark) for elector, mark in lines}
    carried = dead.gone - {elector.number for elector, mark in lines if mark is Mark.VOTED}
    adopted: dict[int, Added] = {}
    counted_here: set[int] = set()
    twice: list[tuple[int, int]] = []
    for number, added in sorted(dead.added.items()):
        known, mark = people.get(person_of(added), (number, Mark.NONE))
        voted_there = number in dead.gone
        if known == number or voted_there:
            adopted[number] = added
        if known == number:
            continue
        if mark is Mark.VOTED and voted_there:
            twice.append((number, known))
        if voted_there and mark is Mark.NONE:
            carried |= {known}
        if closed or mark is Mark.VOTED or not voted_there:
            counted_here.add(number)
    if closed:
        carried, adopted = frozenset(), {}
    return Succession(frozenset(carried), adopted, len(dead.own - counted_here), tuple(twice))
