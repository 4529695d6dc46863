"""What is counted: sums of votes, or ballots grouped where they are identical. Checked when it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

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
    "merge",
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


@dataclass(frozen=True, slots=True)
class RankProfile:
    """Ballots that rank options; options left out are below all that are ranked."""

    options: tuple[str, ...]
    groups: tuple[tuple[Ranking, int], ...]
    """Each ranking once, with the number of ballots that hold it."""
    blank: int = 0
    invalid: int = 0
    electors: int | None = None
    costs: Costs | None = None
    withdrawn: frozenset[int] = frozenset()
    """Options that may no longer win; preferences for them are passed over."""

    def __post_init__(self) -> None:
        _check_frame(self)
        for ranking, count in self.groups:
            seen = [option for group in ranking for option in group]
            _check_group(self.options, seen, count)
            if not all(ranking) or not ranking:
                _refuse("a ranking with an empty rank")

    @property
    def valid(self) -> int:
        """Ballots that hold a vote."""
        return sum(count for _, count in self.groups)

    @property
    def ballots(self) -> int:
        """Ballots in the box."""
        return self.valid + self.blank + self.invalid


@dataclass(frozen=True, slots=True)
class GradeProfile:
    """Ballots that grade every option from 1, the worst; 0 where no grade was given, which counts as 1."""

    options: tuple[str, ...]
    groups: tuple[tuple[tuple[int, ...], int], ...]
    """Each sheet of grades once, with the number of ballots that hold it."""
    blank: int = 0
    invalid: int = 0
    electors: int | None = None
    costs: Costs | None = None

    def __post_init__(self) -> None:
        _check_frame(self)
        for grades, count in self.groups:
            if count < 1 or len(grades) != len(self.options) or min(grades) < 0:
                _refuse("a sheet of grades that does not fit the options")

    @property
    def valid(self) -> int:
        """Ballots that hold a vote."""
        return sum(count for _, count in self.groups)

    @property
    def ballots(self) -> int:
        """Ballots in the box."""
        return self.valid + self.blank + self.invalid


@dataclass(frozen=True, slots=True)
class ApprovalProfile:
    """Ballots that each hold a set of options."""

    options: tuple[str, ...]
    groups: tuple[tuple[tuple[int, ...], int], ...]
    """Each set once, its options ascending, with the number of ballots that hold it."""
    blank: int = 0
    invalid: int = 0
    electors: int | None = None
    costs: Costs | None = None

    def __post_init__(self) -> None:
        _check_frame(self)
        for approved, count in self.groups:
            _check_group(self.options, approved, count)

    @property
    def valid(self) -> int:
        """Ballots that hold a vote."""
        return sum(count for _, count in self.groups)

    @property
    def ballots(self) -> int:
        """Ballots in the box."""
        return self.valid + self.blank + self.invalid

    def totals(self) -> Totals:
        """The sums, for rules that need no more."""
        votes = [0] * len(self.options)
        for approved, count in self.groups:
            for option in approved:
                votes[option] += count
        return Totals(
            self.options,
            tuple(votes),
            ballots=self.ballots,
            blank=self.blank,
            invalid=self.invalid,
            electors=self.electors,
            costs=self.costs,
        )


Profile = RankProfile | GradeProfile | ApprovalProfile
Data = Totals | Profile


def _check_frame(data: Data) -> None:
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


def _check_group(options: tuple[str, ...], seen: Sequence[int], count: int) -> None:
    if count < 1:
        _refuse("a group of no ballots")
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


def merge(parts: Sequence[Totals]) -> Totals:
    """Add the totals of several stations; electors are known only if every station states them.

    Raises:
        Refused: The parts are not of one contest (T-401).
    """
    first = parts[0]
    for part in parts:
        if (part.options, part.costs, part.each, part.most) != (
            first.options,
            first.costs,
            first.each,
            first.most,
        ):
            _refuse("totals of different contests cannot be added")
    known = [part.electors for part in parts if part.electors is not None]
    return replace(
        first,
        votes=tuple(sum(column) for column in zip(*(part.votes for part in parts), strict=True)),
        ballots=sum(part.ballots for part in parts),
        blank=sum(part.blank for part in parts),
        invalid=sum(part.invalid for part in parts),
        electors=sum(known) if len(known) == len(parts) else None,
    )
