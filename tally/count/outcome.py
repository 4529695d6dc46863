"""What a count gives: winners, ties, and a log of rounds that a citizen can follow. Plain data, no layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from keys.election.rules import Rule
from tally.count.message import Message, Word

__all__ = ["Cell", "Number", "Outcome", "Reason", "Round", "Tie", "TieDecision", "Word"]

Number = int | Fraction
Cell = int | Fraction | str


class Reason(StrEnum):
    """How a tie was decided."""

    LOT = "lot"
    """A lot was drawn in public."""
    AGE = "age"
    """The eldest first."""
    RULE = "rule"
    """Another order that the rules of the vote state."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Equals between whom the votes do not decide."""

    step: str
    """Name of the step of the count, to be repeated in the decision: `place-9`, `stage-5-exclude`."""
    options: tuple[int, ...]
    """Who is tied, as indices in the order of the options."""
    places: int
    """How many of them go on (or are funded, or stay): at least 0 where money decides, else 1 or more."""
    why: Message
    """What is equal, and what is at stake."""


@dataclass(frozen=True, slots=True)
class TieDecision:
    """A decision taken about a tie; it must name the step and exactly the tied options."""

    step: str
    """Step of the tie it decides."""
    order: tuple[int, ...]
    """The tied options, the preferred first; where one must go, the last goes."""
    reason: Reason
    """How the order was found."""


@dataclass(frozen=True, slots=True)
class Round:
    """One step of the count."""

    step: str
    """Its name, without spaces, unique in the log."""
    title: Message
    """A few words."""
    columns: tuple[str, ...]
    """Headings, English texts to be translated."""
    rows: tuple[tuple[Cell, ...], ...]
    """As many cells a row as there are headings; texts are names, or a `Word`."""
    sentences: tuple[Message, ...]
    """What happened and why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a count; while `ties` is not empty, `winners` are those who win in any case."""

    rule: Rule
    options: tuple[str, ...]
    """Names, in the order of the question."""
    winners: tuple[int, ...]
    """Indices, first elected or best placed first."""
    ties: tuple[Tie, ...]
    """Ties that wait for a decision; the count stopped there."""
    decided: tuple[TieDecision, ...]
    """Decisions that were used, and those the rules of the vote took by themselves."""
    totals: tuple[Number, ...]
    """Votes of each option: sums, first preferences, or what the rule compares first."""
    rounds: tuple[Round, ...]
    """The log."""
    verdict: Message
    """The result in one sentence."""
    seats: tuple[int, ...] = ()
    """Seats of each list; empty for rules that elect options."""
    onward: tuple[int, ...] = ()
    """Two rounds: who goes on to the second."""
    ids: tuple[str, ...] = ()
    """What the options are called in the file they came from, where it has such names beside their titles."""
    figures: Mapping[str, Number] = field(default_factory=dict)
    """Ballots, blank, invalid, valid; quota, spent, left, majority, as the rule has them."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the winners."""
        return tuple(self.options[index] for index in self.winners)

    @property
    def tied(self) -> tuple[str, ...]:
        """Names of those who wait for a decision."""
        waiting = sorted({index for tie in self.ties for index in tie.options})
        return tuple(self.options[index] for index in waiting)
