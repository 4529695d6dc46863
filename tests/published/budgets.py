"""Participatory budgets: Toulouse 2019 and 2022, Świecie, Warszawa, Częstochowa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from keys.election.forms import Flaw, Shape
from keys.election.rules import Completion, Form, Rule, RuleParameters, Satisfaction
from tally.count.counting import count
from tally.count.data import ApprovalProfile
from tally.count.files.alone import count_file
from tally.count.files.pb import PbFile, read_pb
from tally.count.outcome import Outcome
from tests.published.line import DATA, Line, text

__all__ = ["OCHOTA", "OCHOTA_SELECTED", "SWIECIE_SHARES", "as_selected", "budget_lines", "named"]


def pb(path: str) -> PbFile:
    """A .pb file."""
    return read_pb(text(path), path)


def profile_of(file: PbFile) -> ApprovalProfile:
    """Its ballots, grouped, under the ids of the projects."""
    groups = Counter(tuple(sorted(voter.approvals)) for voter in file.voters)
    costs = tuple(project.cost for project in file.projects)
    return ApprovalProfile(
        tuple(project.id for project in file.projects), tuple(sorted(groups.items())), costs=costs
    )


def spent(outcome: Outcome) -> str:
    """Number funded, and the money."""
    return f"{len(outcome.winners)} projects, {outcome.figures['spent']}"


def selected(path: str) -> str:
    """Greedy: as many as the file's own column says, and the same ones."""
    outcome = count_file(DATA / path, "budget-greedy")
    return as_selected(path, replace(outcome, options=outcome.ids))


def as_selected(path: str, outcome: Outcome) -> str:
    """The same of a count whose options are called by the ids of the projects."""
    own = {project.id for project in pb(path).projects if project.selected == 1}
    return f"{spent(outcome)}, {'as selected' if own == set(outcome.names) else 'not as selected'}"


def beyond(path: str, less: int = 0) -> str:
    """Ballots, and how many are above the spending limit of the file, or above one that is so much less."""
    file = pb(path)
    options, limit = len(file.projects), (file.limit("max_sum_cost") or 0) - less
    costs = tuple(project.cost for project in file.projects)
    shape = Shape(Form.APPROVALS, options, 1, options, 1, limit, costs)
    found = Counter(
        shape.flaw([int(option in voter.approvals) for option in range(options)]) for voter in file.voters
    )
    assert set(found) <= {None, Flaw.TOO_DEAR}
    return f"{found.total()} ballots, {found[Flaw.TOO_DEAR]} above {limit}"


def shares(path: str, completion: Completion, measure: Satisfaction = Satisfaction.COST) -> Outcome:
    """Equal Shares."""
    file = pb(path)
    parameters = RuleParameters(budget=file.budget, completion=completion, satisfaction=measure)
    return count(Rule.BUDGET_EQUAL_SHARES, parameters, profile_of(file))


def named(outcome: Outcome) -> str:
    """Projects in the order of the file, and the money."""
    names = " ".join(outcome.options[option] for option in sorted(outcome.winners))
    return f"{names}; {outcome.figures['spent']}"


def columns(paths: list[str], summed: bool = True) -> str:
    """Ballots, projects, their votes summed; and how many differ from the published columns."""
    files = [pb(path) for path in paths]
    differing = sum(
        (votes != project.votes) + (project.score is not None and points != project.score)
        for file in files
        for votes, points, project in zip(file.votes(), file.points(), file.projects, strict=True)
    )
    ballots, projects = sum(len(file.voters) for file in files), sum(len(file.projects) for file in files)
    votes = f"{sum(sum(file.votes()) for file in files)} votes, " if summed else ""
    return f"{ballots} ballots, {projects} projects, {votes}{differing} totals differ"


def neighbourhoods() -> list[str]:
    """The 20 files of Toulouse 2022."""
    return sorted(f"toulouse-2022/{path.name}" for path in (DATA / "toulouse-2022").glob("*.pb"))


def tied(rule: Rule, paths: list[str]) -> str:
    """Which of the files end in a tie, and between whom."""
    found = []
    for path in paths:
        outcome = count_file(DATA / path, rule)
        options = [outcome.ids[option] for tie in outcome.ties for option in tie.options]
        found += [f"{Path(path).stem} {'/'.join(sorted(options))}"] if options else []
    return ", ".join(found) or "none"


def city() -> str:
    """Ballots of the city's file by the number of neighbourhoods they touch."""
    file = pb("budgets/toulouse-2022.pb")
    touched = Counter(
        len({file.projects[option].district for option in voter.approvals}) for voter in file.voters
    )
    return ", ".join(f"{touched[number]} touch {number}" for number in sorted(touched))


def block_tie() -> str:
    """Saint-Cyprien as a block vote of nine seats."""
    outcome = count_file(DATA / "toulouse-2022/06-saint-cyprien.pb", "block", seats=9)
    waiting = sorted(outcome.ids[option] for option in outcome.ties[0].options) if outcome.ties else []
    return f"{len(outcome.winners)} elected, tied {'/'.join(waiting)}"


SWIECIE_SHARES = "c1 c2 c3 c4 c5 c7 c9 c10 c11 c12 c13 c14 c17 c18 c19 c20 c21; 1040337"
SWIECIE = "budgets/swiecie-2023.pb"
OCHOTA = "budgets/ochota-2019.pb"
OCHOTA_SELECTED = "10 projects, 549720, as selected"
CYPRIEN = "toulouse-2022/06-saint-cyprien.pb"


def budget_lines() -> Iterator[Line]:
    """Greedy, Equal Shares, and the published totals."""
    yield Line(
        "Ochota 2019, budget-greedy",
        OCHOTA_SELECTED,
        lambda: selected(OCHOTA),
    )
    yield Line("Ochota 2019, its spending limit", "2751 ballots, 0 above 550560", lambda: beyond(OCHOTA))
    yield Line(
        "Ochota 2019, a limit of one less", "2751 ballots, 1 above 550559", lambda: beyond(OCHOTA, less=1)
    )
    yield Line(
        "Żoliborz 2022, budget-greedy",
        "24 projects, 1867500, as selected",
        lambda: selected("budgets/zoliborz-2022.pb"),
    )
    yield Line(
        "Tysiąclecie 2024, budget-greedy by points",
        "8 projects, 630900, as selected",
        lambda: selected("budgets/tysiaclecie-2024.pb"),
    )
    yield Line(
        "Świecie 2023, budget-equal-shares add1",
        SWIECIE_SHARES,
        lambda: named(shares(SWIECIE, Completion.ADD1)),
    )
    yield Line(
        "Świecie 2023, without completion",
        "13 projects, 647787",
        lambda: spent(shares(SWIECIE, Completion.NONE)),
    )
    yield Line(
        "Świecie 2023, add1, cardinality",
        "18 projects, 979337",
        lambda: spent(shares(SWIECIE, Completion.ADD1, Satisfaction.CARDINALITY)),
    )
    yield Line(
        "Świecie 2023, budget-greedy",
        "9 projects, 1067287",
        lambda: spent(count_file(DATA / SWIECIE, "budget-greedy")),
    )
    yield from toulouse_lines()


def toulouse_lines() -> Iterator[Line]:
    """The published totals of Toulouse, its ties, and Saint-Cyprien under several rules."""
    yield Line(
        "Toulouse 2019, points",
        "1494 ballots, 30 projects, 0 totals differ",
        lambda: columns(["budgets/toulouse-2019.pb"], summed=False),
    )
    yield Line(
        "Toulouse 2022, 20 neighbourhoods",
        "7014 ballots, 199 projects, 11606 votes, 0 totals differ",
        lambda: columns(neighbourhoods()),
    )
    yield Line(
        "Toulouse 2022, the city",
        "4532 ballots, 199 projects, 11606 votes, 0 totals differ",
        lambda: columns(["budgets/toulouse-2022.pb"]),
    )
    yield Line("Toulouse 2022, neighbourhoods on a ballot", "2695 touch 1, 1192 touch 2, 645 touch 3", city)
    yield Line("Saint-Cyprien, block vote of 9", "8 elected, tied 31/37", block_tie)
    yield Line(
        "Saint-Cyprien, budget-greedy",
        "35 38 40 34; 399000",
        lambda: named(
            replace(
                count_file(DATA / CYPRIEN, "budget-greedy"),
                options=tuple(project.id for project in pb(CYPRIEN).projects),
            )
        ),
    )
    yield Line(
        "Saint-Cyprien, budget-equal-shares", "35 34; 189000", lambda: named(shares(CYPRIEN, Completion.NONE))
    )
    yield Line("Saint-Cyprien, add1", "35 38 34; 299000", lambda: named(shares(CYPRIEN, Completion.ADD1)))
    yield Line(
        "Toulouse 2022, ties under budget-greedy",
        "16-fontaine-lestang 54/57",
        lambda: tied(Rule.BUDGET_GREEDY, neighbourhoods()),
    )
    yield Line(
        "Toulouse 2022, ties under budget-no-skip",
        "none",
        lambda: tied(Rule.BUDGET_NO_SKIP, neighbourhoods()),
    )
