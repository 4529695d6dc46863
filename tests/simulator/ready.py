"""Facts of the readiness check, for tests: a machine that has nothing wrong, and any of it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from station.checks.facts import Facts, PrinterFact, SpoolFact, StickFact
from station.checks.readiness import BY_HAND, Point
from station.day import Day
from station.disk.state import State
from station.officers.readinesstask import Probe

__all__ = ["CASES", "GOOD", "OPEN_LINE", "every_line", "good_machine", "line_of", "ticked"]

OPEN_LINE = str(len(Point) + 1)
"""What is typed in plain mode to open the station: the choice after the lines of the check."""

GOOD = Facts(
    manifest=1,
    station="Bureau 6 Saint-Cyprien",
    official=True,
    demonstration=False,
    same_machine=True,
    state=State.PREPARED,
    votes=0,
    marks=0,
    balanced=True,
    log_whole=True,
    hidden=False,
    free=1320,
    electors=1204,
    contests=1,
    now=1_791_100_800,
    last_event=1_791_000_000,
    opens=1_791_093_600,
    closes=1_791_129_600,
    zone="Europe/Paris",
    zone_agrees=True,
    links=(),
    filesystem="",
    free_bytes=41 << 30,
    encrypted=True,
    swap=False,
    cores=False,
    mains=True,
    battery=96,
    stick=StickFact.EMPTY,
    stick_of=(),
    codes=True,
    proofs=True,
    printer=PrinterFact.READY,
    test_page=True,
    spool=SpoolFact.NOTHING,
    kept=(),
    unreviewed=(),
    cells=(85, 24),
)
"""Ten in the morning of 4 October 2026 in Paris."""


CASES: dict[str, dict[str, Any]] = {
    "file other": {"same_machine": False},
    "file rehearsal": {"official": False},
    "box full": {"votes": 1, "marks": 1},
    "box differ": {"votes": 2, "marks": 1, "balanced": False, "state": State.PAUSED},
    "box balanced": {"votes": 2, "marks": 2, "state": State.PAUSED},
    "box equal": {"votes": 2, "marks": 2, "hidden": True, "state": State.PAUSED},
    "log altered": {"log_whole": False},
    "clock back": {"now": 1_790_999_999},
    "clock hours": {"now": 1_791_129_600},
    "clock zone": {"zone_agrees": False},
    "network found": {"links": ("wlan0", "eth0")},
    "network unknown": {"links": None},
    "disk full": {"free_bytes": 1 << 20},
    "disk filesystem": {"filesystem": "it is vfat"},
    "disk low": {"free_bytes": 100 << 20},
    "disk room": {"free": 10},
    "disk unknown": {"free_bytes": None},
    "encryption clear": {"encrypted": False},
    "encryption unknown": {"encrypted": None},
    "memory swap": {"swap": True},
    "memory cores": {"cores": True},
    "memory unknown": {"swap": None},
    "power battery": {"mains": False, "battery": 40},
    "power no-battery": {"battery": None},
    "power low": {"battery": 5},
    "power unknown": {"mains": None},
    "stick none": {"stick": StickFact.NONE},
    "stick own-copy": {"stick": StickFact.OWN_COPY},
    "stick other-machine": {"stick": StickFact.OTHER_MACHINE, "stick_of": ("06-b",)},
    "stick other-vote": {"stick": StickFact.OTHER_VOTE},
    "stick read-only": {"stick": StickFact.READ_ONLY},
    "stick full": {"stick": StickFact.FULL},
    "stick same-disk": {"stick": StickFact.SAME_DISK},
    "codes bad": {"codes": False},
    "proofs bad": {"proofs": False},
    "printer none": {"printer": PrinterFact.NONE},
    "printer needed": {"printer": PrinterFact.NONE, "contests": 5},
    "printer no-paper": {"printer": PrinterFact.NO_PAPER},
    "printer stopped": {"printer": PrinterFact.STOPPED},
    "printer untried": {"test_page": None},
    "printer failed": {"test_page": False},
    "spool keeps": {"spool": SpoolFact.KEEPS, "kept": ("PreserveJobHistory", "PageLogFormat %p")},
    "spool unknown": {"spool": SpoolFact.UNKNOWN},
    "languages unreviewed": {"unreviewed": ("Français",)},
    "letters small": {"cells": (170, 48)},
    "letters unknown": {"cells": None},
}
"""Point and case of a line, and the facts from which it follows."""


def line_of(point: Point) -> str:
    """What is typed in plain mode at a line of the check."""
    return str(list(Point).index(point) + 1)


def ticked(number: int) -> str:
    """What the check says of a good machine once so many of its lines by hand are ticked, in French."""
    left = len(BY_HAND) - number
    return f"{len(Point) - left} OK, 0 à voir, {left} à faire"


def every_line() -> Iterator[Facts]:
    """Facts of a good machine, and with each of the cases."""
    yield GOOD
    for changes in CASES.values():
        yield replace(GOOD, **changes)


def good_machine(clock: Callable[[], int], **changes: Any) -> Probe:
    """A probe of a machine with nothing wrong but what is named; box, state and clock are those of the day."""

    def probe(day: Day, test_page: bool | None) -> Facts:
        counts = day.counts()
        own = replace(
            GOOD,
            state=day.state,
            votes=max(counts.ballots.values()),
            marks=counts.marks,
            balanced=counts.balanced,
            now=clock(),
            last_event=max((event.at for event in day.store.events()), default=0),
            test_page=True if test_page is None else test_page,
        )
        return replace(own, **changes)

    return probe
