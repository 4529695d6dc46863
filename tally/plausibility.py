"""Plausibility: what is in order by itself and yet so unusual that somebody should look before it is certified.

Pure. A warning stops nothing and proves nothing: it names a figure, what it was compared with, and the threshold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from keys.election.definition import Definition
from keys.election.report import ClosingReport, ZeroReport
from keys.findings import FINDINGS, Finding
from tally.count.message import Message
from tally.results import Counted

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
    subject: str
    """Station, machine or contest, by its name."""
    detail: Message
    """The figures, and the threshold."""

    @property
    def finding(self) -> Finding:
        """The row of the table."""
        return FINDINGS[self.code]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}: {self.finding.title}: {self.detail}. {self.finding.remedy}"


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


def doubt_turnout(polls: Sequence[Poll]) -> list[Doubt]:
    """T-803, a turnout far from that of all others together; T-804, nearly the whole roll voted."""
    found = []
    for poll in polls:
        if poll.electors < TURNOUT_LEAST:
            continue
        own = Fraction(poll.marks, poll.electors)
        if own >= TURNOUT_FULL:
            detail = Message(
                "{marks} of {electors} electors; flagged from {most}",
                {"marks": poll.marks, "electors": poll.electors, "most": _percent(TURNOUT_FULL)},
            )
            found.append(Doubt("T-804", f"station {poll.name}", detail))
        others = [item for item in polls if item is not poll and item.electors]
        if len(others) >= TURNOUT_OTHERS and _apart(poll, others):
            rest = Fraction(sum(item.marks for item in others), sum(item.electors for item in others))
            detail = Message(
                "{own}, all others together {rest}; flagged from {apart} points apart and {deviations} "
                "standard deviations",
                {
                    "own": _percent(own),
                    "rest": _percent(rest),
                    "apart": int(TURNOUT_APART * 100),
                    "deviations": TURNOUT_DEVIATIONS,
                },
            )
            found.append(Doubt("T-803", f"station {poll.name}", detail))
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
            detail = Message(
                "announced for {announced}, opened {real}; flagged from {minutes} minutes apart",
                {
                    "announced": definition.opens.replace("T", " "),
                    "real": _local(zero.opened, definition.timezone),
                    "minutes": OPENING_APART // 60,
                },
            )
            found.append(Doubt("T-805", f"machine {name}", detail))
        if closing is not None and not 0 <= closing.closed - closes <= CLOSING_LATE:
            detail = Message(
                "announced for {announced}, closed {real}; flagged if before, or more than {hours} hours after",
                {
                    "announced": definition.closes.replace("T", " "),
                    "real": _local(closing.closed, definition.timezone),
                    "hours": CLOSING_LATE // 3600,
                },
            )
            found.append(Doubt("T-806", f"machine {name}", detail))
    return found


def doubt_figures(disagreements: Mapping[str, str]) -> list[Doubt]:
    """T-802, marks, ballots, signatures or slips of a machine are not one number.

    Args:
        disagreements: The figures in words, by name of the machine.
    """
    return [
        Doubt(
            "T-802",
            f"machine {name}",
            Message("{figures}; flagged from a difference of 1", {"figures": words}),
        )
        for name, words in disagreements.items()
    ]


def doubt_blank(contests: Sequence[Blank]) -> list[Doubt]:
    """T-801, a large share of blank ballots."""
    found = []
    for item in contests:
        most = BLANK_ALONE if item.alone else BLANK_AMONG
        if item.ballots >= BLANK_LEAST and Fraction(item.blank, item.ballots) >= most:
            detail = Message(
                "{blank} of {ballots} ballots; flagged from {most}",
                {"blank": item.blank, "ballots": item.ballots, "most": _percent(most)},
            )
            found.append(Doubt("T-801", f"contest {item.name}", detail))
    return found


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


def _percent(share: Fraction) -> str:
    tenths = round(share * 1000)
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"


def _local(unix: int, zone: str) -> str:
    return f"{datetime.fromtimestamp(unix, ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _unix(moment: str, zone: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).timestamp())
