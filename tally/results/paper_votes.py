"""Stations that voted on paper: their figures in the count, beside what machines can prove.

A count on paper stands in the place of a station's machines, never beside them: all of them must be left out. It
counts once a decision names it by its fingerprint, so that whoever signs the decision signs the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from keys.election.decision import DecisionKind
from keys.election.definition import Contest, Definition
from keys.election.dossier import Dossier
from keys.election.paper_count import PaperContest, PaperCount
from keys.election.rules import Form
from keys.election.statement import Role, Statement, StatementType
from keys.findings import Fact, Refused
from tally.count.data import Totals

__all__ = ["PaperVotes", "addable", "check_paper_count", "paper_counts", "paper_votes", "read_paper_count"]


@dataclass(frozen=True, slots=True)
class PaperVotes:
    """What stations on paper bring to one contest."""

    ballots: int
    blank: int
    invalid: int
    electors: int
    votes: tuple[int, ...]
    """By option; none where the rule cannot add them."""


def addable(contest: Contest) -> bool:
    """Whether sums from paper can be added: not where each ballot is looked at as a whole."""
    return contest.form in {Form.MARKS, Form.POINTS}


def read_paper_count(dossier: Dossier, statement: Statement) -> PaperCount:
    """Open a count on paper and check it by itself.

    Raises:
        Refused: V-102, V-103, V-104, V-621.
    """
    content = dossier.open(statement, StatementType.PAPER_COUNT, Role.AUTHORITY)
    count = PaperCount.from_content(content, statement.name)
    check_paper_count(dossier.manifest.definition, count)
    return count


def check_paper_count(definition: Definition, count: PaperCount) -> None:
    """Check that a count on paper is about a station's contests, and that its figures do not contradict each other.

    Raises:
        Refused: V-621.
    """
    if count.station >= len(definition.stations):
        raise Refused("V-621", "count on paper", "there is no such station")
    subject = f"station {definition.stations[count.station].id}"
    if tuple(item.contest for item in count.contests) != definition.style(count.station):
        raise Refused("V-621", subject, "not the contests of its ballot style")
    if count.typed[0] == count.typed[1]:
        raise Refused("V-621", subject, Fact("one person typed it twice"))
    if count.signatures > count.electors:
        raise Refused("V-621", subject, Fact("more signatures than electors"))
    for item in count.contests:
        contest = definition.contests[item.contest]
        if item.ballots > count.electors:
            raise Refused("V-621", f"{subject}, contest {contest.id}", Fact("more ballots than electors"))
        _check_votes(contest, item, f"{subject}, contest {contest.id}")


def paper_counts(dossier: Dossier) -> Mapping[int, tuple[PaperCount, Statement]]:
    """The counts on paper that effective decisions name, by station.

    Raises:
        Refused: V-208 one is missing, V-621 it is of another station, T-305 machines of it are not left out.
    """
    statements = {
        item.fingerprint: item for path, item in dossier.others.items() if path.startswith("paper/")
    }
    found = {}
    for decision in dossier.decided(DecisionKind.PAPER):
        name = f"station {dossier.manifest.definition.stations[decision.subject].id}"
        statement = statements.get(decision.digest or b"")
        if statement is None:
            raise Refused("V-208", f"paper/, {name}")
        count = read_paper_count(dossier, statement)
        if count.station != decision.subject:
            raise Refused("V-621", name, "the decision names the count of another station")
        _check_left_out(dossier, count.station, name)
        found[count.station] = (count, statement)
    return found


def paper_votes(dossier: Dossier, contest: int) -> PaperVotes | None:
    """What all stations on paper bring to a contest; None where there are none.

    Raises:
        Refused: As `paper_counts`.
    """
    counts = [count for count, _ in paper_counts(dossier).values()]
    parts = [(count, item) for count in counts for item in count.contests if item.contest == contest]
    if not parts:
        return None
    rows = [item.votes for _, item in parts if item.votes]
    return PaperVotes(
        ballots=sum(item.ballots for _, item in parts),
        blank=sum(item.blank for _, item in parts),
        invalid=sum(item.invalid for _, item in parts),
        electors=sum(count.electors for count, _ in parts),
        votes=tuple(sum(column) for column in zip(*rows, strict=True)),
    )


def _check_left_out(dossier: Dossier, station: int, name: str) -> None:
    excluded = dossier.excluded()
    for at, machine in enumerate(dossier.manifest.machines):
        if machine.station == station and at not in excluded:
            raise Refused("T-305", name, f"machine {machine.name} is not left out")


def _check_votes(contest: Contest, item: PaperContest, subject: str) -> None:
    if not addable(contest):
        if item.votes:
            raise Refused("V-621", subject, "its rule cannot add sums from paper")
        return
    if len(item.votes) != len(contest.options) or item.blank + item.invalid > item.ballots:
        raise Refused("V-621", subject, Fact("its figures contradict each other"))
    points = contest.points_each if contest.form == Form.POINTS else 1
    try:
        Totals(
            options=tuple(option.id for option in contest.options),
            votes=item.votes,
            ballots=item.ballots,
            blank=item.blank,
            invalid=item.invalid,
            each=points or 1,
            most=contest.most,
        )
    except Refused as refused:
        raise Refused("V-621", subject, refused.detail) from None
