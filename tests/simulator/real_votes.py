"""Real votes as contests of a ballot form, whole or a sample of their ballots (sources: tests/data/README.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from keys.election.definition import Contest, Terms
from keys.election.forms import Shape
from keys.election.rules import Form
from keys.election.verification import Sheets
from tally.count.counting import count
from tally.count.data import Data, GradeProfile, Totals
from tally.count.files.blt import read_blt
from tally.count.files.csv_votes import read_csv
from tally.count.files.pb import read_pb
from tally.count.outcome import Outcome
from tally.definition.pabulib import from_pabulib
from tally.results.counted import rule_of
from tally.results.judging import judge
from tests.published.line import text
from tests.published.results import GRADES
from tests.simulator.forms import contest_of

__all__ = ["RealVote", "counted_in_clear", "ochota", "orsay", "springburn", "swiecie", "toulouse_2019"]


@dataclass(frozen=True, slots=True)
class RealVote:
    """A contest and its ballots."""

    contest: Contest
    ballots: tuple[tuple[int, ...], ...]
    """Selections: one value an option."""
    published: tuple[int, ...] = ()
    """Published totals by option, where there are any."""

    def sample(self, number: int) -> RealVote:
        """Ballots from all over the vote, as many as asked for at most; ties go to the option that stands first."""
        step = max(1, len(self.ballots) // number)
        order = tuple(range(1, len(self.contest.options) + 1))
        terms = replace(self.contest.terms, ties="order", tie_order=order)
        return RealVote(
            replace(self.contest, terms=terms), tuple(islice(self.ballots, 0, number * step, step))
        )

    def totals(self) -> tuple[int, ...]:
        """Values added by option, without any part of the count."""
        rows: Sequence[tuple[int, ...]] = [ballot for ballot in self.ballots if ballot]
        return tuple(sum(column) for column in zip(*rows, strict=True))


def counted_in_clear(real: RealVote) -> Outcome:
    """The ballots counted as they are: nothing encrypted, no station, no trustee."""
    contest = real.contest
    names = tuple(option.name["fr"] for option in contest.options)
    costs = tuple(option.cost or 0 for option in contest.options) if contest.currency else None
    rule, parameters = rule_of(contest)
    if contest.form == Form.POINTS:
        each = contest.points_each or 1
        data: Data = Totals(names, real.totals(), len(real.ballots), costs=costs, each=each)
    else:
        shape = Shape.of(contest)
        values = tuple(shape.choices(ballot) for ballot in real.ballots)
        data, _ = judge(shape, Sheets(values, (True,) * len(values)), names, costs=costs)
    return count(rule, parameters, data)


@cache
def toulouse_2019() -> RealVote:
    """Participatory budget of Toulouse 2019: 30 projects, 7 points, at most 3 on a project."""
    file = read_pb(text("budgets/toulouse-2019.pb"), "toulouse-2019.pb")
    vote = from_pabulib([("toulouse-2019.pb", file)])
    published = tuple(points or 0 for points in vote.published[0])
    return RealVote(replace(vote.definition.contests[0], id="points"), vote.selections[0], published)


@cache
def orsay() -> RealVote:
    """Majority judgement in three polling places of Orsay, 2007: 12 candidates, six grades, 0 where none was given."""
    profiles = [read_csv(text(f"orsay-2007/bureau_{place}.csv"), place) for place in ("01", "06", "12")]
    ballots: list[tuple[int, ...]] = []
    for profile in profiles:
        if isinstance(profile, GradeProfile):
            ballots += [grades for grades, count in profile.groups for _ in range(count)]
    names = profiles[0].options
    terms = Terms(seats=12, grades=GRADES)
    contest = contest_of("orsay", Form.GRADES, "majority-judgement", names, 1, len(names), terms=terms)
    return RealVote(contest, tuple(ballots))


@cache
def springburn() -> RealVote:
    """Springburn ward of Glasgow, 2007: 10 candidates ranked, 3 seats."""
    file = read_blt(text("glasgow-2007/springburn.blt"), "springburn.blt")
    names, ballots = file.profile.options, []
    for ranking, papers in file.profile.groups:
        ranks = [0] * len(names)
        for rank, (option,) in enumerate(ranking, 1):
            ranks[option] = rank
        ballots += [tuple(ranks)] * papers
    terms = Terms(seats=3)
    contest = contest_of("springburn", Form.RANKS, "stv-scottish", names, 1, len(names), terms=terms)
    return RealVote(contest, tuple(ballots))


@cache
def swiecie() -> RealVote:
    """Participatory budget of Świecie, 2023: 22 projects approved, Equal Shares with add1, satisfaction by cost."""
    terms = Terms(completion="add1", satisfaction="cost")
    return _approvals("swiecie", "swiecie-2023.pb", "budget-equal-shares", terms)


@cache
def ochota() -> RealVote:
    """Warszawa, district of Ochota, 2019: 21 projects; a voter's projects cost no more than the whole budget."""
    return _approvals("ochota", "ochota-2019.pb", "budget-greedy", Terms())


def _approvals(name: str, path: str, rule: str, terms: Terms) -> RealVote:
    """A budget by approvals that are opened whole; the options are called by the ids of the projects."""
    file = read_pb(text(f"budgets/{path}"), path)
    names = tuple(project.id for project in file.projects)
    ballots = tuple(
        tuple(int(option in voter.approvals) for option in range(len(names))) for voter in file.voters
    )
    most = max(sum(ballot) for ballot in ballots)
    contest = contest_of(
        name,
        Form.APPROVALS,
        rule,
        names,
        1,
        most,
        terms=replace(terms, budget=file.budget),
        costs=[project.cost for project in file.projects],
        spend=file.limit("max_sum_cost"),
    )
    return RealVote(contest, ballots)
