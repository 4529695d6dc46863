"""What the session asks about one contest: a question for each form of ballot.

Every option has one value, whatever the form (`keys.election.forms`); how it is shown is for the faces.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from keys.desk.spending import Spending
from station.questions import Question

__all__ = [
    "AskContest",
    "AskGrades",
    "AskMarks",
    "AskPoints",
    "AskRanks",
    "ConfirmBlank",
    "Incomplete",
    "Notice",
    "OptionLine",
]


class Notice(Enum):
    """What a contest says about the last key."""

    FULL = "no more can be given"
    """As many as allowed are given already; nothing was changed."""
    TOO_HIGH = "a value that does not exist"
    """More points than one option can have, a grade that there is not; nothing was changed."""
    TOO_DEAR = "more money than is left"
    """It would pass the spending limit, which something else must be given up for; nothing was changed."""
    BEYOND = "more money than may be spent"
    """The option costs more than the spending limit by itself; nothing was changed."""
    MOVED = "one choice only"
    """The one choice went to another option."""
    MOVED_UP = "moved up"
    """A rank was taken away, and those after it moved up."""


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option of a contest, in the order of this visit."""

    option: int
    name: str
    short_name: str
    cost: int | None
    members: tuple[str, ...]
    value: int
    """0 where nothing was given."""
    fits: bool = True
    """Whether it is chosen, or can be paid beside what is chosen; a spending limit may forbid it."""


@dataclass(frozen=True, slots=True)
class AskContest(Question):
    """Fill in a contest."""

    contest: int
    title: str
    options: tuple[OptionLine, ...]
    least: int
    """Fewest options (or points) of a ballot that is not blank."""
    most: int
    """Most options (or points)."""
    budget: int | None
    currency: str | None
    notice: Notice | None = None
    moved: tuple[str, str] | None = None
    """Names of the option that lost the one choice and of the one that has it."""

    @property
    def given(self) -> int:
        """How many options have a value."""
        return sum(line.value > 0 for line in self.options)


@dataclass(frozen=True, slots=True)
class AskMarks(AskContest):
    """V3 and V6: choose some options."""

    spending: Spending | None = None
    """Where a spending limit holds."""
    over: int = 0
    """How far above it the last key would have gone."""


@dataclass(frozen=True, slots=True)
class AskPoints(AskContest):
    """V4: share points out."""

    each: int = 1
    """Most points on one option."""

    @property
    def points(self) -> int:
        """How many points are given."""
        return sum(line.value for line in self.options)


@dataclass(frozen=True, slots=True)
class AskRanks(AskContest):
    """V5: put options in order."""


@dataclass(frozen=True, slots=True)
class AskGrades(AskContest):
    """Grade the options."""

    grades: tuple[str, ...] = ()
    """Names, worst first."""


@dataclass(frozen=True, slots=True)
class ConfirmBlank(Question):
    """Clear the choices of a contest?"""

    title: str
    given: int
    """How many options have a value."""


@dataclass(frozen=True, slots=True)
class Incomplete(Question):
    """This is too little for a ballot, and not blank: complete it, or vote blank?"""

    title: str
    missing: int
    """How many options (or points)."""
    points: bool = False
