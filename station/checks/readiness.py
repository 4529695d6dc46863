"""The readiness check: what is good, to do, or to look at before a station opens. Pure findings from facts.

`station.checks.probes` gathers the facts, `station.wording.checklines` has the words. Few lines stop an opening:
another file, a box that is not as it must be, a clock that runs before the last event, a disk that cannot hold the day
(or, for a real vote, keeps old copies), a paper list that is not there. All others can be passed, and what was passed
is signed with the report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from station.checks.facts import Facts, PrinterFact, SpoolFact, StickFact
from station.disk.state import State

__all__ = [
    "BY_HAND",
    "CheckLine",
    "Point",
    "Verdict",
    "check",
    "stopping",
]

_EARLY = 3 * 3600
"""Seconds before the planned hour at which people come to open."""
_DISK_FULL, _DISK_LOW = 64 << 20, 500 << 20
"""Bytes: reports, papers and the spool of a long day take less than the first."""
_MANY_CONTESTS = 4
"""A visit of more needs a printer: nobody copies so many codes from a screen."""
_LEAST_BATTERY = 30
_WIDEST, _TALLEST = 120, 40
"""Cells of a window; with more of them the letters are too small to read standing."""


class Verdict(StrEnum):
    """What a line says first."""

    OK = "ok"
    TO_DO = "to-do"
    TO_LOOK_AT = "to-look-at"


class Point(StrEnum):
    """What is checked, in the order of the lines."""

    FILE = "file"
    BOX = "box"
    LOG = "log"
    CLOCK = "clock"
    NETWORK = "network"
    DISK = "disk"
    ENCRYPTION = "encryption"
    MEMORY = "memory"
    POWER = "power"
    STICK = "stick"
    CODES = "codes"
    PROOFS = "proofs"
    PRINTER = "printer"
    SPOOL = "spool"
    LANGUAGES = "languages"
    LETTERS = "letters"
    LIST = "list"
    CARDS = "cards"


BY_HAND = frozenset({Point.LIST, Point.CARDS})
"""Lines that a person ticks."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A line of the check."""

    point: Point
    case: str
    """Which of the sentences of its point."""
    verdict: Verdict
    stops: bool = False
    """The station cannot be opened while it says this."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What the sentences name."""


def check(facts: Facts, ticks: frozenset[Point]) -> tuple[CheckLine, ...]:
    """All lines, in the order of the points.

    Args:
        facts: As they are now.
        ticks: The points of `BY_HAND` that somebody ticked.
    """
    return tuple(
        _ticked(point, point in ticks) if point in BY_HAND else _CHECKS[point](facts) for point in Point
    )


def stopping(lines: tuple[CheckLine, ...]) -> tuple[CheckLine, ...]:
    """The lines for which the station cannot open."""
    return tuple(line for line in lines if line.stops)


def _ok(point: Point, case: str = "good", /, **values: object) -> CheckLine:
    return CheckLine(point, case, Verdict.OK, values=values)


def _to_do(point: Point, case: str, /, *, stops: bool = False, **values: object) -> CheckLine:
    return CheckLine(point, case, Verdict.TO_DO, stops, values)


def _look(point: Point, case: str, /, **values: object) -> CheckLine:
    return CheckLine(point, case, Verdict.TO_LOOK_AT, values=values)


def _ticked(point: Point, ticked: bool) -> CheckLine:
    return _ok(point) if ticked else _to_do(point, "open", stops=point is Point.LIST)


def _file(facts: Facts) -> CheckLine:
    if not facts.same_machine:
        return _to_do(Point.FILE, "other", stops=True)
    case = "official" if facts.official else "rehearsal"
    return _ok(Point.FILE, case, number=facts.manifest, station=facts.station)


def _box(facts: Facts) -> CheckLine:
    values = {"votes": facts.votes, "marks": facts.marks}
    if not facts.balanced:
        return _to_do(Point.BOX, "differ", stops=True, **values)
    if facts.state is State.PREPARED and facts.votes:
        return _to_do(Point.BOX, "full", stops=True, **values)
    if facts.hidden:
        return _ok(Point.BOX, "equal")
    return _ok(Point.BOX, "empty" if not facts.votes else "balanced", **values)


def _log(facts: Facts) -> CheckLine:
    return _ok(Point.LOG) if facts.log_whole else _to_do(Point.LOG, "altered")


def _clock(facts: Facts) -> CheckLine:
    values = {"now": facts.now, "zone": facts.zone}
    if facts.now < facts.last_event:
        return _to_do(Point.CLOCK, "back", stops=True, last=facts.last_event, **values)
    if facts.official and not facts.opens - _EARLY <= facts.now < facts.closes:
        return _look(Point.CLOCK, "hours", **values)
    if facts.zone_agrees is False:
        return _look(Point.CLOCK, "zone", **values)
    return _ok(Point.CLOCK, **values)


def _network(facts: Facts) -> CheckLine:
    if facts.links is None:
        return _look(Point.NETWORK, "unknown")
    return _to_do(Point.NETWORK, "found", names=facts.links) if facts.links else _ok(Point.NETWORK)


def _disk(facts: Facts) -> CheckLine:
    if facts.free_bytes is not None and facts.free_bytes < _DISK_FULL:
        return _to_do(Point.DISK, "full", stops=True, megabytes=facts.free_bytes >> 20)
    if facts.filesystem:
        real = facts.official and not facts.demonstration
        return _to_do(Point.DISK, "filesystem", stops=real, detail=facts.filesystem)
    if facts.free_bytes is None:
        return _look(Point.DISK, "unknown")
    room = {} if facts.hidden else {"room": facts.free}
    values = {"megabytes": facts.free_bytes >> 20, **room}
    if facts.free_bytes < _DISK_LOW:
        return _look(Point.DISK, "low", **values)
    if facts.free < facts.electors - facts.marks:
        return _look(Point.DISK, "room", **values)
    return _ok(Point.DISK, **values)


def _encryption(facts: Facts) -> CheckLine:
    if facts.encrypted is None:
        return _look(Point.ENCRYPTION, "unknown")
    return _ok(Point.ENCRYPTION) if facts.encrypted else _to_do(Point.ENCRYPTION, "clear")


def _memory(facts: Facts) -> CheckLine:
    if facts.swap:
        return _to_do(Point.MEMORY, "swap")
    if facts.cores:
        return _to_do(Point.MEMORY, "cores")
    return _look(Point.MEMORY, "unknown") if None in {facts.swap, facts.cores} else _ok(Point.MEMORY)


def _power(facts: Facts) -> CheckLine:
    if facts.mains is None:
        return _look(Point.POWER, "unknown")
    if not facts.mains:
        return _to_do(Point.POWER, "battery", percent=facts.battery or 0)
    if facts.battery is None:
        return _look(Point.POWER, "no-battery")
    if facts.battery < _LEAST_BATTERY:
        return _look(Point.POWER, "low", percent=facts.battery)
    return _ok(Point.POWER, percent=facts.battery)


def _stick(facts: Facts) -> CheckLine:
    if facts.stick in {StickFact.EMPTY, StickFact.OWN_COPY}:
        return _ok(Point.STICK, facts.stick.value)
    if facts.stick in {StickFact.OTHER_MACHINE, StickFact.OTHER_VOTE}:
        return _look(Point.STICK, facts.stick.value, names=facts.stick_of)
    return _to_do(Point.STICK, facts.stick.value)


def _codes(facts: Facts) -> CheckLine:
    return _ok(Point.CODES) if facts.codes else _to_do(Point.CODES, "bad")


def _proofs(facts: Facts) -> CheckLine:
    return _ok(Point.PROOFS) if facts.proofs else _to_do(Point.PROOFS, "bad")


def _printer(facts: Facts) -> CheckLine:
    if facts.printer is PrinterFact.NONE:
        many = facts.contests > _MANY_CONTESTS
        return _to_do(Point.PRINTER, "needed" if many else "none", count=facts.contests)
    if facts.printer in {PrinterFact.NO_PAPER, PrinterFact.STOPPED}:
        return _to_do(Point.PRINTER, facts.printer.value)
    if facts.test_page is None:
        return _look(Point.PRINTER, "untried")
    return _ok(Point.PRINTER) if facts.test_page else _to_do(Point.PRINTER, "failed")


def _spool(facts: Facts) -> CheckLine:
    if facts.printer is PrinterFact.NONE:
        return _ok(Point.SPOOL, "none")
    if facts.spool is SpoolFact.KEEPS:
        return _to_do(Point.SPOOL, "keeps", names=facts.kept)
    return _ok(Point.SPOOL) if facts.spool is SpoolFact.NOTHING else _look(Point.SPOOL, "unknown")


def _languages(facts: Facts) -> CheckLine:
    if facts.unreviewed:
        return _look(Point.LANGUAGES, "unreviewed", names=facts.unreviewed)
    return _ok(Point.LANGUAGES)


def _letters(facts: Facts) -> CheckLine:
    if facts.cells is None:
        return _look(Point.LETTERS, "unknown")
    width, height = facts.cells
    if width > _WIDEST or height > _TALLEST:
        return _look(Point.LETTERS, "small", width=width, height=height)
    return _ok(Point.LETTERS, width=width, height=height)


_CHECKS: dict[Point, Callable[[Facts], CheckLine]] = {
    Point.FILE: _file,
    Point.BOX: _box,
    Point.LOG: _log,
    Point.CLOCK: _clock,
    Point.NETWORK: _network,
    Point.DISK: _disk,
    Point.ENCRYPTION: _encryption,
    Point.MEMORY: _memory,
    Point.POWER: _power,
    Point.STICK: _stick,
    Point.CODES: _codes,
    Point.PROOFS: _proofs,
    Point.PRINTER: _printer,
    Point.SPOOL: _spool,
    Point.LANGUAGES: _languages,
    Point.LETTERS: _letters,
}
