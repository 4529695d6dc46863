"""What is counted: sums of votes, or ballots grouped where they are identical. Checked when it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, TypeVar

from keys.findings import Refused

__all__ = [
    "ApprovalProfile",
    "Costs",
    "Data",
    "GradeProfile",
    "Profile",
    "RankProfile",
    "Ranking",
    "Totals",
    "approvals",
    "grade_sheets",
    "rankings",
]

Ranking = tuple[tuple[int, ...], ...]
"""Groups of equally ranked options, the preferred group first."""
Costs = tuple[int | Fraction, ...]


def _refuse(what: str) -> None:
    raise Refused("T-401", "data to be counted", what)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of votes, as marks and points are opened.

    Raises:
        Refused: The figures contradict each other (T-401).
    """

    options: tuple[str, ...]
    """Names, each once."""
    votes: tuple[int, ...]
    """Votes or points of each option."""
    ballots: int
    """Ballots in the box."""
    blank: int = 0
    """Ballots blank or left out."""
    invalid: int = 0
    """Ballots that cannot be read as a vote."""
    electors: int | None = None
    """Persons on the roll, where a rule asks for it."""
    costs: Costs | None = None
    """Cost of each option in whole units."""
    each: int = 1
    """Most that one ballot gives to one option."""
    most: int | None = None
    """Most that one ballot gives in all, where limited."""

    def __post_init__(self) -> None:
        _check_frame(self)
        if len(self.votes) != len(self.options):
            _refuse(f"{len(self.options)} options, {len(self.votes)} totals")
        for name, votes in zip(self.options, self.votes, strict=True):
            if not 0 <= votes <= self.each * self.valid:
                _refuse(f"{name} has {votes} votes from {self.valid} valid ballots")
        if self.most is not None and sum(self.votes) > self.most * self.valid:
            _refuse(
                f"{sum(self.votes)} votes in all, at most {self.most} on each of {self.valid} valid ballots"
            )

    @property
    def valid(self) -> int:
        """Ballots that hold a vote."""
        return self.ballots - self.blank - self.invalid


_Sheet = TypeVar("_Sheet", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class _Grouped(Generic[_Sheet]):
    """Ballots that were opened one by one, those alike together; each form says what one of them may hold.

    Raises:
        Refused: The figures contradict each other, or a ballot is none of its form (T-401).
    """

    options: tuple[str, ...]
    """Names, each once."""
    groups: tuple[tuple[_Sheet, int], ...]
    """Each valid ballot once, with the number of those that hold the same."""
    blank: int = 0
    """Ballots blank or left out."""
    invalid: int = 0
    """Ballots that cannot be read as a vote."""
    electors: int | None = None
    """Persons on the roll, where a rule asks for it."""
    costs: Costs | None = None
    """Cost of each option in whole units."""

    def __post_init__(self) -> None:
        _check_frame(self)
        for sheet, count in self.groups:
            if count < 1:
                _refuse("a group of no ballots")
            self._check(sheet)

    def _check(self, sheet: _Sheet) -> None:
        """Refuse what is no ballot of this form."""
        raise NotImplementedError

    @property
    def valid(self) -> int:
        """Ballots that hold a vote."""
        return sum(count for _, count in self.groups)

    @property
    def ballots(self) -> int:
        """Ballots in the box."""
        return self.valid + self.blank + self.invalid

    def adding_up_to(self, votes: Sequence[int], each: int = 1, wrong: int = 0) -> Totals:
        """What these ballots add up to by a rule.

        Args:
            votes: Votes or points of each option.
            each: Most that one ballot gives to one option.
            wrong: Ballots among the valid ones that the rule cannot count; they are invalid to it.
        """
        return Totals(
            self.options,
            tuple(votes),
            ballots=self.ballots,
            blank=self.blank,
            invalid=self.invalid + wrong,
            electors=self.electors,
            costs=self.costs,
            each=each,
        )


@dataclass(frozen=True, slots=True)
class RankProfile(_Grouped[Ranking]):
    """Ballots that rank options; options left out are below all that are ranked."""

    withdrawn: frozenset[int] = frozenset()
    """Options that may no longer win; preferences for them are passed over."""

    def _check(self, sheet: Ranking) -> None:
        _check_named(self.options, [option for group in sheet for option in group])
        if not all(sheet):
            _refuse("a ranking with an empty rank")


@dataclass(frozen=True, slots=True)
class GradeProfile(_Grouped[tuple[int, ...]]):
    """Ballots that grade every option from 1, the worst; 0 where no grade was given, which counts as 1."""

    def _check(self, sheet: tuple[int, ...]) -> None:
        if len(sheet) != len(self.options) or min(sheet) < 0:
            _refuse("a sheet of grades that does not fit the options")


@dataclass(frozen=True, slots=True)
class ApprovalProfile(_Grouped[tuple[int, ...]]):
    """Ballots that each hold a set of options, ascending."""

    def _check(self, sheet: tuple[int, ...]) -> None:
        _check_named(self.options, sheet)

    def totals(self) -> Totals:
        """The sums, for rules that need no more."""
        votes = [0] * len(self.options)
        for approved, count in self.groups:
            for option in approved:
                votes[option] += count
        return self.adding_up_to(votes)


Profile = RankProfile | GradeProfile | ApprovalProfile
Data = Totals | Profile


def _check_frame(data: Totals | _Grouped[Any]) -> None:
    """Checks common to all data: names, counts, costs."""
    if not data.options:
        _refuse("no options")
    if len(set(data.options)) != len(data.options):
        _refuse("two options of one name")
    if min(data.ballots, data.blank, data.invalid, data.valid) < 0:
        _refuse(f"ballots: {data.ballots}, blank: {data.blank}, invalid: {data.invalid}")
    if data.electors is not None and data.electors < data.ballots:
        _refuse(f"ballots: {data.ballots}, electors: {data.electors}")
    if data.costs is not None and (len(data.costs) != len(data.options) or min(data.costs) < 0):
        _refuse("each option has one cost, 0 or more")


def _check_named(options: tuple[str, ...], seen: Sequence[int]) -> None:
    if not seen:
        _refuse("an empty ballot among the valid ones")
    if len(set(seen)) != len(seen) or not all(0 <= option < len(options) for option in seen):
        _refuse("a ballot names an option twice, or one that does not exist")


def rankings(
    votes: Iterable[Ranking], options: tuple[str, ...], blank: int = 0, invalid: int = 0
) -> RankProfile:
    """Group identical rankings; equals are put in the order of the options."""
    tidy = Counter(tuple(tuple(sorted(group)) for group in ranking) for ranking in votes)
    return RankProfile(options, tuple(sorted(tidy.items())), blank, invalid)


def approvals(
    votes: Iterable[Iterable[int]], options: tuple[str, ...], blank: int = 0, invalid: int = 0
) -> ApprovalProfile:
    """Group identical sets of options."""
    tidy = Counter(tuple(sorted(approved)) for approved in votes)
    return ApprovalProfile(options, tuple(sorted(tidy.items())), blank, invalid)


def grade_sheets(
    votes: Iterable[Iterable[int]], options: tuple[str, ...], blank: int = 0, invalid: int = 0
) -> GradeProfile:
    """Group identical sheets of grades."""
    tidy = Counter(tuple(grades) for grades in votes)
    return GradeProfile(options, tuple(sorted(tidy.items())), blank, invalid)
