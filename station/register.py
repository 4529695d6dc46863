"""The register: the roll and the counters of a store, as the session asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from keys.findings import Refused
from station.plan import Counter, Mark
from station.questions import Person, Refusal
from station.roll import Electors, Found, Standing
from station.store import Store

__all__ = ["StoreRegister"]

_REFUSALS = {
    Standing.VOTED_HERE: Refusal.VOTED,
    Standing.VOTED_ELSEWHERE: Refusal.VOTED_ELSEWHERE,
    Standing.STRUCK_OFF: Refusal.STRUCK_OFF,
}


class StoreRegister:
    """Answers from one open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._electors = Electors(store)

    def person(self, number: int) -> Person | None:
        """The person of a roll number."""
        try:
            return _person(self._electors.find(number))
        except Refused:
            return None

    def search(self, text: str) -> Sequence[Person]:
        """People that a text means."""
        return [_person(found) for found in self._electors.search(text)]

    def has_voted(self, number: int) -> bool:
        """What the mark on the disk says."""
        return self._store.mark_of(number) is Mark.VOTED

    def counts(self) -> tuple[int, int]:
        """How many have voted, and how many are on the roll."""
        counts = self._store.counts()
        return counts.marks, counts.electors

    def count_cancelled(self, reason: str) -> None:
        """A visit ended without a vote."""
        try:
            counter = Counter(f"cancelled-{reason}")
        except ValueError:
            counter = Counter.OTHER
        self._store.count_up(counter)

    def count_unsigned(self) -> None:
        """Somebody left without signing."""
        self._store.count_up(Counter.UNSIGNED)


def _person(found: Found) -> Person:
    elector = found.elector
    return Person(
        number=elector.number,
        surname=elector.surname,
        given_names=elector.given_names,
        born=elector.born,
        address=elector.address,
        note=elector.note,
        refusal=_REFUSALS.get(found.standing),
    )
