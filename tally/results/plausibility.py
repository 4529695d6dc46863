"""Plausibility: what is in order by itself and yet so unusual that somebody should look before it is certified.

Pure. A warning stops nothing and proves nothing: it names a figure, what it was compared with, and the threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import partial
from zoneinfo import ZoneInfo

from keys.desk.catalogue import SOURCE
from keys.desk.language import Language
from keys.desk.verdicts import figures_words
from keys.election.decision import Matter
from keys.election.definition import Definition
from keys.election.report import ClosingReport, ZeroReport
from keys.findings import FINDINGS, Finding
from tally.results.counted import Counted

__all__ = [
    "Blank",
    "Doubt",
    "Poll",
    "doubt_blank",
    "doubt_counted",
    "doubt_figures",
    "doubt_hours",
    "doubt_turnout",
]

BLANK_ALONE = Fraction(1, 4)
"""Share of blank ballots where a visit has one contest: somebody who comes for one question seldom leaves it out."""
BLANK_AMONG = Fraction(19, 20)
"""The same where a visit has several contests: most people leave most contests of a long visit out, so only a
contest that nearly everybody left out stands out."""
BLANK_LEAST = 20
"""Ballots from which a share is looked at: below, three people more or less are the whole difference."""
TURNOUT_APART = Fraction(1, 5)
"""Between a station and all others together: a fifth of the roll. Smaller ones are the rule between neighbourhoods."""
TURNOUT_DEVIATIONS = 3
"""The same in standard deviations of two shares: small stations differ by chance."""
TURNOUT_OTHERS = 2
"""Other stations that must be in before a station is compared with them."""
TURNOUT_FULL = Fraction(19, 20)
"""Of the roll: somebody has always moved, died, or is away."""
TURNOUT_LEAST = 30
"""Electors from which a turnout is looked at."""
OPENING_APART = 30 * 60
"""Seconds between the hour that was announced and the opening: half an hour is a worker who came late."""
CLOSING_LATE = 3 * 3600
"""Seconds after the announced hour: a queue is finished, but not for longer than this."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something unusual; not refused."""

    code: str
    matter: Matter
    name: str
    """Id of the station, the machine or the contest."""
    detail: Callable[[Language], str] = field(compare=False)
    """The figures and the threshold, in a language."""

    @property
    def finding(self) -> Finding:
        """The row of the table."""
        return FINDINGS[self.code]

    def about(self, language: Language) -> str:
        """What it is about."""
        say = language.say
        if self.matter is Matter.MACHINE:
            return say("machine {machine}", machine=self.name)
        if self.matter is Matter.STATION:
            return say("station {station}", station=self.name)
        return say("contest {contest}", contest=self.name)

    def __str__(self) -> str:
        language = Language(SOURCE)
        words = f"{self.finding.title}: {self.detail(language)}. {self.finding.remedy}"
        return f"{self.code} {self.about(language)}: {words}"


@dataclass(frozen=True, slots=True)
class Poll:
    """The turnout of a station."""

    name: str
    electors: int
    marks: int


@dataclass(frozen=True, slots=True)
class Blank:
    """The blank ballots of a contest."""

    name: str
    ballots: int
    blank: int
    alone: bool
    """Whether a visit has no other contest."""

    @property
    def most(self) -> Fraction:
        """The share from which it is looked at."""
        return BLANK_ALONE if self.alone else BLANK_AMONG


def doubt_turnout(polls: Sequence[Poll]) -> list[Doubt]:
    """T-803, a turnout far from that of all others together; T-804, nearly the whole roll voted."""
    found = []
    for poll in polls:
        if poll.electors < TURNOUT_LEAST:
            continue
        own = Fraction(poll.marks, poll.electors)
        if own >= TURNOUT_FULL:
            found.append(Doubt("T-804", Matter.STATION, poll.name, partial(_full, poll)))
        others = [item for item in polls if item is not poll and item.electors]
        if len(others) >= TURNOUT_OTHERS and _apart(poll, others):
            rest = Fraction(sum(item.marks for item in others), sum(item.electors for item in others))
            found.append(Doubt("T-803", Matter.STATION, poll.name, partial(_other, own, rest)))
    return found


def doubt_hours(
    definition: Definition, days: Mapping[str, tuple[ZeroReport | None, ClosingReport | None]]
) -> list[Doubt]:
    """T-805, opened far from the announced hour; T-806, closed before it or long after.

    Args:
        definition: With the hours.
        days: The first and the last report of each machine, by its name.
    """
    opens, closes = (_unix(moment, definition.timezone) for moment in (definition.opens, definition.closes))
    found = []
    for name, (zero, closing) in days.items():
        if zero is not None and abs(zero.opened - opens) > OPENING_APART:
            found.append(Doubt("T-805", Matter.MACHINE, name, partial(_opened, definition, zero.opened)))
        if closing is not None and not 0 <= closing.closed - closes <= CLOSING_LATE:
            found.append(Doubt("T-806", Matter.MACHINE, name, partial(_closed, definition, closing.closed)))
    return found


def doubt_figures(differing: Mapping[str, ClosingReport]) -> list[Doubt]:
    """T-802, marks, ballots, signatures or slips of a machine are not one number.

    Args:
        differing: Closing reports whose figures differ, by name of the machine.
    """
    return [
        Doubt("T-802", Matter.MACHINE, name, partial(_differ, closing)) for name, closing in differing.items()
    ]


def doubt_blank(contests: Sequence[Blank]) -> list[Doubt]:
    """T-801, a large share of blank ballots."""
    return [
        Doubt("T-801", Matter.CONTEST, item.name, partial(_blank, item))
        for item in contests
        if item.ballots >= BLANK_LEAST and Fraction(item.blank, item.ballots) >= item.most
    ]


def doubt_counted(definition: Definition, counted: Sequence[Counted]) -> list[Doubt]:
    """What is unusual about contests that were counted."""
    return doubt_blank(
        [
            Blank(
                definition.contests[item.contest].id,
                item.totals.ballots,
                item.totals.blank,
                alone=all(
                    len(definition.style(at)) == 1 for at in definition.contests[item.contest].stations
                ),
            )
            for item in counted
        ]
    )


def _apart(poll: Poll, others: Sequence[Poll]) -> bool:
    size = sum(item.electors for item in others)
    rest = Fraction(sum(item.marks for item in others), size)
    distance = abs(Fraction(poll.marks, poll.electors) - rest)
    variance = rest * (1 - rest) * (Fraction(1, poll.electors) + Fraction(1, size))
    return distance > TURNOUT_APART and distance**2 > TURNOUT_DEVIATIONS**2 * variance


def _full(poll: Poll, language: Language) -> str:
    return language.say(
        "{marks} of {electors} electors; flagged from {most}",
        marks=poll.marks,
        electors=poll.electors,
        most=language.percent(TURNOUT_FULL),
    )


def _other(own: Fraction, rest: Fraction, language: Language) -> str:
    return language.say(
        "{own}, all others together {rest}; flagged from {apart} points apart and {deviations} standard deviations",
        own=language.percent(own),
        rest=language.percent(rest),
        apart=int(TURNOUT_APART * 100),
        deviations=TURNOUT_DEVIATIONS,
    )


def _opened(definition: Definition, opened: int, language: Language) -> str:
    return language.say(
        "announced for {announced}, opened {real}; flagged from {minutes} minutes apart",
        announced=language.announced(definition.opens),
        real=language.moment(opened, definition.timezone),
        minutes=OPENING_APART // 60,
    )


def _closed(definition: Definition, closed: int, language: Language) -> str:
    return language.say(
        "announced for {announced}, closed {real}; flagged if before, or more than {hours} hours after",
        announced=language.announced(definition.closes),
        real=language.moment(closed, definition.timezone),
        hours=CLOSING_LATE // 3600,
    )


def _differ(closing: ClosingReport, language: Language) -> str:
    figures = figures_words(closing, language)
    return language.say("{figures}; flagged from a difference of 1", figures=figures)


def _blank(contest: Blank, language: Language) -> str:
    return language.say(
        "{blank} of {ballots} ballots; flagged from {most}",
        blank=contest.blank,
        ballots=contest.ballots,
        most=language.percent(contest.most),
    )


def _unix(moment: str, zone: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).timestamp())
