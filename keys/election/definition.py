"""The definition of a vote: contests, options, rules, stations, people, hours.

The record that `tally new` makes from `election.toml`, and that draft and manifest carry.
Names follow the NIST Common Data Format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.election.record import Count, Key, Record, Size, Texts

__all__ = ["Contest", "Definition", "Option", "Station", "Terms", "text_in"]

Identifier = Annotated[str, Size(1, 64)]
Name = Annotated[str, Size(1, 200)]
Moment = Annotated[str, Size(16, 16)]
"""Local time of the election's zone, ``2022-10-03T08:00``."""


@dataclass(frozen=True, slots=True)
class Option(Record):
    """What a voter may choose in a contest: a person, a project, a list, an answer."""

    id: Annotated[Identifier, Key(1)]
    name: Annotated[Texts, Key(2)]
    short_name: Annotated[Texts | None, Key(3)] = None
    """At most 60 letters a language, where the name is longer."""
    cost: Annotated[Count | None, Key(4)] = None
    """In whole units of the contest's currency."""
    members: Annotated[tuple[Name, ...] | None, Key(5), Size(1, 100)] = None
    """The persons of a list, in order."""
    description: Annotated[Texts | None, Key(6)] = None


@dataclass(frozen=True, slots=True)
class Terms(Record):
    """The figures a rule needs; those that it does not need are absent."""

    seats: Annotated[int | None, Key(1), Size(1, 200)] = None
    budget: Annotated[Count | None, Key(2)] = None
    threshold_percent: Annotated[int | None, Key(3), Size(0, 100)] = None
    quorum_percent: Annotated[int | None, Key(4), Size(0, 100)] = None
    quorum_of: Annotated[str | None, Key(5), Size(1, 20)] = None
    """``electors``, ``voters`` or ``valid``."""
    most_winners: Annotated[int | None, Key(6), Size(1, 1000)] = None
    points_each: Annotated[int | None, Key(7), Size(1, 100)] = None
    """Most points a voter may give one option."""
    completion: Annotated[str | None, Key(8), Size(1, 20)] = None
    satisfaction: Annotated[str | None, Key(9), Size(1, 20)] = None
    grades: Annotated[tuple[Texts, ...] | None, Key(10), Size(2, 7)] = None
    """Words of the grades, best first."""
    bonus_percent: Annotated[int | None, Key(11), Size(0, 100)] = None


@dataclass(frozen=True, slots=True)
class Contest(Record):
    """One question put to the voters of some stations; one Belenios election."""

    id: Annotated[Identifier, Key(1)]
    title: Annotated[Texts, Key(2)]
    rule: Annotated[Identifier, Key(3)]
    least: Annotated[int, Key(4), Size(0, 1000)]
    """Fewest options of a ballot that is not blank."""
    most: Annotated[int, Key(5), Size(1, 1000)]
    """Most options (or points) of a ballot."""
    options: Annotated[tuple[Option, ...], Key(6), Size(1, 240)]
    stations: Annotated[tuple[Count, ...], Key(7), Size(1, 1000)]
    """Indices of the stations that hold this contest, rising."""
    terms: Annotated[Terms, Key(8)]
    form: Annotated[str, Key(9), Size(1, 20)]
    """Ballot form: ``marks``, ``points``, ``ranks``, ``grades`` or ``approvals``."""
    order: Annotated[str, Key(10), Size(1, 20)] = "defined"
    """Order of the options on the screen: ``defined``, or ``random`` at each visit."""
    currency: Annotated[str | None, Key(11), Size(3, 3)] = None
    description: Annotated[Texts | None, Key(12)] = None


@dataclass(frozen=True, slots=True)
class Station(Record):
    """A polling station: a list of machines and the size of its roll."""

    id: Annotated[Identifier, Key(1)]
    name: Annotated[Name, Key(2)]
    address: Annotated[str, Key(3), Size(0, 300)]
    electors: Annotated[int, Key(4), Size(1, 2000)]
    machines: Annotated[tuple[Identifier, ...], Key(5), Size(1, 10)]
    """Names of its machines, unique in the whole vote; the first is the usual one."""


@dataclass(frozen=True, slots=True)
class Definition(Record):
    """A whole vote, as the town defined it."""

    title: Annotated[Texts, Key(1)]
    town: Annotated[Name, Key(2)]
    opens: Annotated[Moment, Key(3)]
    closes: Annotated[Moment, Key(4)]
    timezone: Annotated[Identifier, Key(5)]
    languages: Annotated[tuple[Annotated[str, Size(2, 8)], ...], Key(6), Size(1, 10)]
    """The town's own first."""
    contests: Annotated[tuple[Contest, ...], Key(7), Size(1, 250)]
    stations: Annotated[tuple[Station, ...], Key(8), Size(1, 250)]
    trustees: Annotated[tuple[Name, ...], Key(9), Size(1, 20)]
    threshold: Annotated[int, Key(10), Size(1, 20)]
    """How many trustees open a box."""
    board: Annotated[tuple[Name, ...], Key(11), Size(0, 30)] = ()
    signers: Annotated[int, Key(12), Size(0, 30)] = 0
    """Board members who must sign a decision beside the authority."""
    small_number: Annotated[int, Key(13), Size(1, 1000)] = 10
    """Fewest ballots that may be opened without a decision."""
    reserve: Annotated[int, Key(14), Size(0, 1000)] = 20
    """Credentials of a machine beyond the electors of its station."""
    cards: Annotated[int, Key(15), Size(2, 16)] = 5
    """Officers' cards of a machine; any two open it."""
    help_phone: Annotated[str, Key(16), Size(0, 40)] = ""
    demonstration: Annotated[bool, Key(17)] = False
    """Votes may be cast from a script; every screen and paper says so."""
    challenge: Annotated[bool, Key(18)] = True
    """Voters may check the machine."""
    minutes_per_visit: Annotated[int, Key(19), Size(1, 60)] = 3
    proxies: Annotated[bool, Key(20)] = False
    additions: Annotated[bool, Key(21)] = False
    """Electors may be added to the roll on the spot."""

    def style(self, station: int) -> tuple[int, ...]:
        """Ballot style of a station: indices of its contests, rising."""
        return tuple(index for index, contest in enumerate(self.contests) if station in contest.stations)

    def capacity(self, station: int) -> int:
        """Credentials of each machine of a station in each contest of its style."""
        return self.stations[station].electors + self.reserve

    def machine_station(self, machine: str) -> int:
        """Index of the station a machine belongs to.

        Raises:
            KeyError: No station has a machine of this name.
        """
        for index, station in enumerate(self.stations):
            if machine in station.machines:
                return index
        raise KeyError(machine)

    @property
    def language(self) -> str:
        """The town's own language."""
        return self.languages[0]


def text_in(texts: dict[str, str], language: str) -> str:
    """A text in a language, or in the first language it has."""
    return texts.get(language) or next(iter(texts.values()))
