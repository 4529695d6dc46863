"""Real votes as contests of a ballot form, whole or a sample of their ballots (sources: tests/data/README.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

from keys.election.definition import Contest
from tally.count.files.pb import read_pb
from tally.pabulib import from_pabulib

__all__ = ["DATA", "RealVote", "toulouse_2019"]

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True)
class RealVote:
    """A contest and its ballots."""

    contest: Contest
    ballots: tuple[tuple[int, ...], ...]
    """Selections: one value an option."""
    published: tuple[int, ...] = ()
    """Published totals by option, where there are any."""

    def sample(self, number: int) -> RealVote:
        """Ballots from all over the vote, as many as asked for at most; nothing is published of them."""
        step = max(1, len(self.ballots) // number)
        return replace(self, ballots=tuple(islice(self.ballots, 0, number * step, step)), published=())

    def totals(self) -> tuple[int, ...]:
        """Values added by option, without any part of the count."""
        rows: Sequence[tuple[int, ...]] = [ballot for ballot in self.ballots if ballot]
        return tuple(sum(column) for column in zip(*rows, strict=True))


@cache
def toulouse_2019() -> RealVote:
    """Participatory budget of Toulouse 2019: 30 projects, 7 points, at most 3 on a project."""
    path = DATA / "budgets/toulouse-2019.pb"
    vote = from_pabulib([(path.name, read_pb(path.read_text(encoding="utf-8"), path.name))])
    published = tuple(points or 0 for points in vote.published[0])
    return RealVote(replace(vote.definition.contests[0], id="points"), vote.selections[0], published)
