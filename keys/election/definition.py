"""The definition of a vote: contests, options, rules, stations, people, hours.

The record that `tally new` makes from `election.toml`, and that draft and manifest carry.
Names follow the NIST Common Data Format.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from keys.election.record import Count, Key, Record, Size, Texts

__all__ = ["Contest", "Definition", "Option", "Station", "Terms", "Wording", "text_in"]

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


Share = Annotated[str, Size(1, 20)]
Word = Annotated[str, Size(1, 40)]


@dataclass(frozen=True, slots=True)
class Terms(Record):
    """What a contest tells its rule; fields and values as `keys.election.rules.RuleParameters` names them.

    Shares stay texts ("5 %", "1/4"), so that they are exact; what the rule does not need is absent.
    """

    seats: Annotated[int | None, Key(1), Size(1, 200)] = None
    budget: Annotated[Count | None, Key(2)] = None
    max_winners: Annotated[int | None, Key(3), Size(1, 1000)] = None
    threshold: Annotated[Share | None, Key(4)] = None
    threshold_base: Annotated[Word | None, Key(5)] = None
    quorum: Annotated[Share | None, Key(6)] = None
    quorum_base: Annotated[Word | None, Key(7)] = None
    quorum_counts: Annotated[Word | None, Key(8)] = None
    majority: Annotated[Share | None, Key(9)] = None
    qualified: Annotated[bool | None, Key(10)] = None
    support: Annotated[Share | None, Key(11)] = None
    bonus: Annotated[Share | None, Key(12)] = None
    points: Annotated[tuple[Count, ...] | None, Key(13), Size(1, 40)] = None
    exactly: Annotated[int | None, Key(14), Size(1, 40)] = None
    grades: Annotated[tuple[Word, ...] | None, Key(15), Size(2, 8)] = None
    completion: Annotated[Word | None, Key(16)] = None
    satisfaction: Annotated[Word | None, Key(17)] = None
    ties: Annotated[Word | None, Key(18)] = None
    tie_order: Annotated[tuple[Count, ...] | None, Key(19), Size(1, 240)] = None
    """Numbers of options from 1, as in the definition file."""

    def table(self) -> dict[str, object]:
        """The fields that are stated, as `keys.election.parameters.read_parameters` takes them."""
        stated = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in stated.items()
            if value is not None
        }


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
    """Ballot form, a value of `keys.election.rules.Form`."""
    order: Annotated[str, Key(10), Size(1, 20)] = "defined"
    """Order of the options on the screen: ``defined``, or ``random`` at each visit."""
    currency: Annotated[str | None, Key(11), Size(3, 3)] = None
    description: Annotated[Texts | None, Key(12)] = None
    points_each: Annotated[int | None, Key(13), Size(1, 100)] = None
    """Points form: most points on one option."""
    spend: Annotated[Count | None, Key(14)] = None
    """Approvals opened whole: most that the options of one ballot may cost together, in whole units of the currency."""
    grade_names: Annotated[tuple[Texts, ...] | None, Key(15), Size(2, 8)] = None
    """Names of the grades by language, worst first, where the definition translates them; `terms.grades` holds those of
    the first language."""


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
class Wording(Record):
    """The town's own words for a sentence of the program."""

    language: Annotated[str, Key(1), Size(2, 8)]
    sentence: Annotated[str, Key(2), Size(1, 400)]
    """In English, as the program says it."""
    words: Annotated[str, Key(3), Size(1, 600)]


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
    proxies: Annotated[int, Key(20), Size(0, 10)] = 0
    """For how many others one person may vote; 0 where nobody votes for another."""
    additions: Annotated[int, Key(21), Size(0, 100)] = 0
    """Electors whom the officers of a machine may add to the roll on the spot; at most the reserve."""
    proxies_at_desk: Annotated[bool, Key(23)] = False
    """Two officers may note on the spot who votes for whom, within `proxies`."""
    wording: Annotated[tuple[Wording, ...], Key(22), Size(0, 200)] = ()
    """The town's own words, in the order of the file."""

    def __post_init__(self) -> None:
        """Put every text into the order of the languages, which a map on the wire does not keep (see `text_in`)."""
        for name in ("title", "contests"):
            object.__setattr__(self, name, _in_order(getattr(self, name), self.languages))

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


def _in_order(value: Any, languages: Sequence[str]) -> Any:
    """The same record, tuple or text, with the languages of each text in this order."""
    if isinstance(value, dict):
        place = {code: at for at, code in enumerate(languages)}
        return dict(sorted(value.items(), key=lambda text: place.get(text[0], len(place))))
    if isinstance(value, tuple):
        return tuple(_in_order(item, languages) for item in value)
    if isinstance(value, Record):
        fields = dataclasses.fields(value)  # type: ignore[arg-type]  # every record is a dataclass
        return type(value)(
            **{field.name: _in_order(getattr(value, field.name), languages) for field in fields}
        )
    return value


def text_in(texts: dict[str, str], language: str) -> str:
    """A text of a definition in a language; where it has none, in the first of the definition that it has."""
    return texts.get(language) or next(iter(texts.values()))
