"""Whoever holds the disk cannot tell when somebody was added, when a proxy was noted, or when either of them voted.

What one elector brings about stands in no line of the log and in no order: the file is the same, byte for byte,
wherever it happened between those lines.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from functools import partial

from station.day import Day
from station.disk.additions import Added
from station.disk.log import EventKind
from station.disk.plan import Counter
from station.disk.state import State
from station.store import Store
from tests.simulator.walking import cast

MakeStore = Callable[..., Store]
Bodies = Callable[[Store, int], Mapping[int, tuple[int, bytes]]]
ADDED = (Added("Le Gall", "Yann", "1977-05-30", "left off"), Added("Émile", "Zoé", "2001-02-03", "decision"))
YANN, ZOE = 9, 10
"""In the order of the list, as their numbers are."""


def steps(store: Store, bodies: Bodies) -> dict[str, Callable[[], object]]:
    """What the electors of a day bring about; all within one hour."""
    vote = {number: partial(store.record, number, bodies(store, number), 1) for number in (1, 2, ZOE)}
    return {
        "add": lambda: [store.add_elector(added) for added in ADDED],
        "added votes": vote[ZOE],
        "proxy": lambda: store.give_proxy(1, 2, 1),
        "by proxy": vote[1],
        "another": partial(note_and_take_back, store),
        "checks": lambda: store.count_up(Counter.CHALLENGES),
        "votes": vote[2],
    }


def note_and_take_back(store: Store) -> None:
    store.give_proxy(YANN, 4, 1)
    store.take_proxy_back(YANN)


def played(store: Store, bodies: Bodies, order: tuple[str, ...], log_after: int) -> bytes:
    todo = steps(store, bodies)
    for done, name in enumerate(order):
        if done == log_after:
            store.add_event(EventKind.INCIDENT, 7200, "The power failed.")
        todo[name]()
    store.advance(State.PAUSED, 9000, EventKind.PAUSED, b"report")
    store.close()
    return store.path.read_bytes()


def test_the_file_is_the_same_wherever_an_elector_came_between_the_lines_of_the_log(
    make_store: MakeStore, bodies: Bodies
) -> None:
    seen = set()
    orders = [
        order
        for order in itertools.permutations(
            ("add", "added votes", "proxy", "by proxy", "another", "checks", "votes")
        )
        if order.index("add") < min(order.index("added votes"), order.index("another"))
        and order.index("proxy") < order.index("by proxy")
    ]
    for run, order in enumerate(orders[:: len(orders) // 12]):
        store = make_store(16, name=f"{run}.db", random_bytes=bytes, additions=2)
        seen.add(played(store, bodies, order, 1 + run % 6))
    assert len(seen) == 1
    store = make_store(16, name="other.db", random_bytes=bytes, additions=2)
    assert played(store, bodies, (*orders[0][:-1], "checks"), 3) not in seen, (
        "other things leave another file"
    )


def test_no_line_of_the_log_is_of_one_elector(day: Day) -> None:
    day.open()
    before = [event.kind for event in day.store.events()]
    number = day.add_elector(ADDED[0])
    day.give_proxy(5, 2)
    day.give_proxy(6, 2)
    day.take_proxy_back(6)
    cast(day, number, 5)
    assert [event.kind for event in day.store.events()] == before
    day.note_incident("A person left after voting, without signing the list.", 1_795_300_000 + 4321)
    assert day.store.events()[-1].at % 900 == 0
