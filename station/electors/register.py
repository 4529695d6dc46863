"""The roll and the counters of an open store, as the session asks for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from keys.election.list_place import place
from keys.election.roll import Elector
from keys.findings import Refused
from station.answers import Reason
from station.disk.plan import Counter
from station.electors.people import Person, Principal, Refusal, full_name
from station.electors.roll import Electors, Found, Standing, spellings
from station.recorder import Recorder
from station.store import Store

__all__ = ["StoreRegister", "person_of"]

_REFUSALS = {
    Standing.VOTED_HERE: Refusal.VOTED,
    Standing.VOTED_ELSEWHERE: Refusal.VOTED_ELSEWHERE,
    Standing.STRUCK_OFF: Refusal.STRUCK_OFF,
}


def person_of(
    found: Found, electors: Electors, printed: Sequence[int], at_desk: Collection[int] = ()
) -> Person:
    """A line of the roll as the desk sees it.

    Args:
        found: The line.
        electors: The whole roll, for those who vote for one another.
        printed: Numbers on the paper list, rising.
        at_desk: Numbers of those for whom a proxy was noted on the spot.
    """
    elector = found.elector
    holder = electors.find(elector.proxy).elector if elector.proxy else None
    return Person(
        number=elector.number,
        surname=elector.surname,
        given_names=elector.given_names,
        born=elector.born,
        address=elector.address,
        note=elector.note,
        birth_name=elector.birth_name,
        refusal=_REFUSALS.get(found.standing),
        struck_off=elector.struck_off,
        proxy=elector.proxy_name if holder is None else _name(holder) or str(holder.number),
        proxy_at_desk=elector.number in at_desk,
        principals=tuple(
            Principal(item.elector.number, _name(item.elector), _REFUSALS.get(item.standing))
            for item in electors.principals(elector.number)
        ),
        place=place(printed, elector.number),
    )


def _name(elector: Elector) -> str:
    return full_name(elector.surname, elector.given_names)


class StoreRegister:
    """Answers `station.ports.Register` from a store."""

    def __init__(self, store: Store, recorder: Recorder, reopen: Callable[[], Store]) -> None:
        """Read the names of the roll.

        Args:
            store: Open.
            recorder: Of the same store.
            reopen: Opens the same file again, after a failure has closed it.
        """
        self._store = store
        self._recorder = recorder
        self._reopen = reopen
        self._electors = Electors(store)
        self._changes = self._changed_so_far()
        self._printed = tuple(elector.number for elector in store.roll().electors)

    def _roll(self) -> Electors:
        """The names, read again once somebody was added or a proxy noted."""
        changes = self._changed_so_far()
        if changes != self._changes:
            self._electors, self._changes = Electors(self._store), changes
        return self._electors

    def _changed_so_far(self) -> tuple[int, dict[int, int]]:
        return self._store.additions_left(), self._store.desk_proxies()

    def _person(self, found: Found, roll: Electors) -> Person:
        return person_of(found, roll, self._printed, self._store.desk_proxies())

    def person(self, number: int) -> Person | None:
        """The person of a roll number."""
        roll = self._roll()
        try:
            return self._person(roll.find(number), roll)
        except Refused:
            return None

    def search(self, text: str) -> tuple[Person, ...]:
        """People that a name fits, by name and then number."""
        roll = self._roll()
        return tuple(self._person(found, roll) for found in roll.search(text))

    def widely(self, text: str) -> tuple[Person, ...]:
        """People whose names are like a text."""
        roll = self._roll()
        return tuple(self._person(found, roll) for found in roll.widely(text))

    def elsewhere(self, surname: str, born: str) -> tuple[int, ...]:
        """Indices of the stations at which a person of this surname and birth date votes."""
        directory = self._store.directory()
        if directory is None:
            return ()
        found = {at for name in spellings(surname) for at in directory.stations(name, born)}
        return tuple(sorted(found))

    def settle(self) -> bytes | None:
        """Open the disk again after a failure and read the mark; the receipt if the vote is recorded."""
        self._store = self._reopen()
        receipt = self._recorder.settle(self._store)
        self._electors = Electors(self._store)
        return receipt

    def additions_left(self) -> int:
        """How many electors can still be added on the spot."""
        return self._store.additions_left()

    def counts(self) -> tuple[int, int]:
        """How many have voted here, and how many are on the roll (`Counts.on_roll`)."""
        counts = self._store.counts()
        return counts.marks, counts.on_roll

    def count_cancelled(self, reason: Reason) -> None:
        """A visit ended without a vote."""
        self._store.count_up(Counter(reason.value))

    def count_shown(self) -> None:
        """A check code was shown on the screen alone."""
        self._store.count_up(Counter.CODES_SHOWN)

    def count_unsigned(self) -> None:
        """Somebody left without signing."""
        self._store.count_up(Counter.UNSIGNED)
