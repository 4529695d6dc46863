"""What a .pb file holds: its statements, projects and ballots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tally.count.files.lines import amount

__all__ = ["PbFile", "PbVoter", "Project"]

_LIMIT = re.compile(r"(\d{1,18})(?:\.0+)?", re.ASCII)
"""A whole number; money is also written 400000.0."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the file."""

    id: str
    name: str
    """The `name` column; the id where there is none."""
    cost: int
    """Whole units of the currency."""
    votes: int | None = None
    """The published `votes` column, if any: equal to the number of voters for it, or the file is refused."""
    score: int | None = None
    """The published `score` column, if any: equal to the sum of its points."""
    selected: int | None = None
    """The published `selected` column: 1 is funded by the rule; 0, 2, 3 are not."""
    category: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class PbVoter:
    """A ballot of the file."""

    voter_id: str
    approvals: tuple[int, ...]
    """Indices of projects as written (ordinal ballots: the preferred first); empty is blank."""
    points: tuple[int, ...] | None = None
    """Points of each of them, for cumulative and scoring ballots."""


@dataclass(frozen=True, slots=True)
class PbFile:
    """A file as read; everything in it agrees with itself."""

    meta: Mapping[str, str]
    projects: tuple[Project, ...]
    voters: tuple[PbVoter, ...]
    columns: tuple[str, ...] = field(default=())
    """Headings of the PROJECTS section."""

    @property
    def kind(self) -> str:
        """The `vote_type`: approval, ordinal, cumulative, scoring or choose-1."""
        return self.meta["vote_type"]

    @property
    def budget(self) -> int:
        """Money to spend, whole units."""
        return amount("budget", 0, "budget", self.meta["budget"])

    def votes(self) -> tuple[int, ...]:
        """Voters for each project."""
        totals = [0] * len(self.projects)
        for voter in self.voters:
            for project in voter.approvals:
                totals[project] += 1
        return tuple(totals)

    def points(self) -> tuple[int, ...]:
        """Points of each project; voters for it where ballots have no points."""
        totals = [0] * len(self.projects)
        for voter in self.voters:
            given = voter.points or (1,) * len(voter.approvals)
            for project, points in zip(voter.approvals, given, strict=True):
                totals[project] += points
        return tuple(totals)

    def limit(self, name: str) -> int | None:
        """A limit of META, such as `max_length` or `max_sum_cost`, if the file states one."""
        found = _LIMIT.fullmatch(self.meta.get(name, ""))
        return int(found[1]) if found else None
