"""What a spare takes on from a machine that stopped: who voted there, and what its officers changed on the roll.

Pure. Whoever was added there and has not voted may vote here under the same number. Somebody who was added here as well
is one person, known by name and birth date: a vote there counts here too, and the addition is counted by one of
the two machines alone, so that the electors of a station come out right. A proxy that was noted there holds here, where
the rules still allow it and nothing else was noted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from keys.election.marks import AddedElector, Marks
from keys.election.roll import Elector
from station.disk.additions import Added, person_of
from station.disk.plan import Mark
from station.disk.proxies import proxy_fault
from station.sticks.takeover import DeadMachine

__all__ = ["Succession", "succeed"]


@dataclass(frozen=True, slots=True)
class Succession:
    """What changes on the roll of the spare."""

    carried: frozenset[int]
    """Numbers that may not vote here any more."""
    adopted: Mapping[int, Added]
    """Whoever was added there, by number."""
    proxies: Mapping[int, int]
    """Who votes for whom, as it was noted there: the proxy's number by that of the person, both as they are here."""
    counted: frozenset[int]
    """Numbers of electors who were added there and are counted there."""
    counted_there: frozenset[int]
    """Numbers here of people whom the machine that stopped has signed to have added."""
    twice: tuple[tuple[int, int], ...]
    """Numbers there and here of people who were added on both machines and voted on both."""

    def marks_of(self, dead: DeadMachine, salt: bytes) -> Marks:
        """The marks of the machine that stopped, as they are sealed to the authority; the salt is that of the roll."""
        return replace(
            dead.marks,
            added=tuple(
                AddedElector(number, person.tag(salt), number in self.counted)
                for number, person in sorted(dead.added.items())
            ),
        )


def succeed(
    dead: DeadMachine, here: Iterable[tuple[Elector, Mark]], *, closed: bool, most: int
) -> Succession:
    """Work out what the spare takes on.

    Args:
        dead: The machine that stopped.
        here: Everybody on the roll of the spare, with the mark.
        closed: The spare has closed its own box: nothing on its roll changes, and its report counts who is on it.
        most: For how many others one person may vote.
    """
    lines = list(here)
    people = {person_of(elector): (elector.number, mark) for elector, mark in lines}
    carried = dead.gone - {elector.number for elector, mark in lines if mark is Mark.VOTED}
    adopted: dict[int, Added] = {}
    same: dict[int, int] = {}
    counted_here: set[int] = set()
    twice: list[tuple[int, int]] = []
    for number, added in sorted(dead.added.items()):
        known, mark = people.get(person_of(added), (number, Mark.NONE))
        voted_there = number in dead.gone
        if known == number or voted_there:
            adopted[number] = added
        if known == number:
            continue
        same[number] = known
        if mark is Mark.VOTED and voted_there:
            twice.append((number, known))
        if voted_there and mark is Mark.NONE:
            carried |= {known}
        if closed or mark is Mark.VOTED or not voted_there:
            counted_here.add(number)
    proxies = _proxies(dead, lines, adopted, same, most)
    if closed:
        carried, adopted, proxies = frozenset(), {}, {}
    counted = dead.own - (set(dead.marks.carried) if dead.closed else counted_here)
    signed = {same[number] for number in counted & same.keys()} if dead.closed and not closed else set()
    return Succession(
        frozenset(carried), adopted, proxies, frozenset(counted), frozenset(signed), tuple(twice)
    )


def _proxies(
    dead: DeadMachine,
    lines: Iterable[tuple[Elector, Mark]],
    adopted: Mapping[int, Added],
    same: Mapping[int, int],
    most: int,
) -> dict[int, int]:
    """The proxies that hold here too: those that were used first, because they count for the limit."""
    electors = {elector.number: elector for elector, _ in lines}
    voted = {elector.number for elector, mark in lines if mark is Mark.VOTED}
    electors |= {number: added.elector(number) for number, added in adopted.items() if number not in electors}
    found: dict[int, int] = {}
    for there, holder_there in sorted(
        dead.proxies.items(), key=lambda pair: (pair[0] not in dead.gone, pair)
    ):
        number, holder = same.get(there, there), same.get(holder_there, holder_there)
        if number in voted:
            continue
        used = there in dead.gone and not electors[number].proxy
        if used or proxy_fault(electors, number, holder, most) is None:
            found[number] = holder
            electors[number] = replace(electors[number], proxy=holder)
    return found
