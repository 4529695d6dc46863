"""Results: the decrypted totals of a contest, counted by its rule with the decisions that were taken."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from keys.crypto.errors import CryptoError
from keys.election.decision import Decision, DecisionKind
from keys.election.definition import Contest, text_in
from keys.election.dossier import Dossier, SignedDecision
from keys.election.figures import electors_of
from keys.election.forms import Flaw, Shape
from keys.election.parameters import read_parameters
from keys.election.result import Result, TiedStep
from keys.election.rules import Rule, RuleParameters
from keys.election.verification import Sheets
from keys.findings import Refused
from tally.count.counting import count
from tally.count.data import Profile, Totals
from tally.count.outcome import Outcome, Reason, TieDecision
from tally.count.spoilt import invalid_round
from tally.results.judging import judge
from tally.results.paper_votes import PaperVotes, paper_votes

__all__ = ["Counted", "count_contest", "result_of", "rule_of", "tie_decisions"]


@dataclass(frozen=True, slots=True)
class Counted:
    """A contest that was counted."""

    contest: int
    totals: Totals
    """Votes or points by option; where ballots are opened whole, what the rule compares first: approvals, first
    preferences, points by rank, pairs won, or the majority grade, 0 the worst."""
    outcome: Outcome
    decisions: tuple[SignedDecision, ...]
    """Those on its ties, in the order of `outcome.decided` as far as they were used."""
    paper: PaperVotes | None = None
    """From stations on paper. `totals` are without, `outcome` is of both together where the rule can add them."""
    flaws: Mapping[Flaw, int] = field(default_factory=dict)
    """Invalid ballots by reason, where ballots are opened whole."""

    def together(self, option: int) -> int:
        """Votes of an option, with those on paper."""
        added = self.paper.votes[option] if self.paper is not None and self.paper.votes else 0
        return self.totals.votes[option] + added


def rule_of(contest: Contest) -> tuple[Rule, RuleParameters]:
    """The rule of a contest with its parameters.

    Raises:
        Refused: T-403, the definition names a rule or parameters that cannot be counted.
    """
    parameters, mistakes = read_parameters(contest.terms.table())
    try:
        rule = Rule(contest.rule)
    except ValueError:
        raise Refused("T-403", f"contest {contest.id}", f"there is no rule {contest.rule!r}") from None
    if mistakes:
        raise Refused("T-403", f"contest {contest.id}", f"{mistakes[0].field}: {mistakes[0].text}")
    return rule, parameters


def count_contest(dossier: Dossier, contest: int, opened: Sequence[int] | Sheets, ballots: int) -> Counted:
    """Count a contest from its decrypted sums, or from its ballots where they are opened whole.

    Args:
        dossier: The papers; its effective decisions on ties of this contest are used.
        contest: Index.
        opened: Sums, blank first, then the answers of the question, as the archive's result has them; or ballots.
        ballots: In the archive.

    Raises:
        Refused: T-401 sums that contradict each other, T-402 a decision that fits no tie; T-305, V-208 or V-621
            for a count on paper.
    """
    item = dossier.manifest.definition.contests[contest]
    rule, parameters = rule_of(item)
    signed = tie_decisions(dossier, contest)
    decisions = [_tie_decision(item.decision) for item in signed]
    paper = paper_votes(dossier, contest)
    if isinstance(opened, Sheets):
        profile, flaws = _profile(dossier, contest, opened, ballots)
        outcome = count(rule, parameters, profile, decisions)
        outcome = dataclasses.replace(outcome, rounds=(*invalid_round(flaws), *outcome.rounds))
        return Counted(contest, _totals_of(profile, outcome), outcome, signed, paper, flaws)
    totals = _sums(dossier, contest, opened, ballots)
    outcome = count(rule, parameters, _with_paper(totals, paper), decisions)
    return Counted(contest, totals, outcome, signed, paper)


def _sums(dossier: Dossier, contest: int, sums: Sequence[int], ballots: int) -> Totals:
    """What marks or points add up to."""
    item = dossier.manifest.definition.contests[contest]
    shape = Shape.of(item)
    try:
        blank, votes = shape.totals(sums)
    except CryptoError as error:
        raise Refused("T-401", f"contest {item.id}", str(error)) from None
    return Totals(
        options=_names(dossier, item),
        votes=votes,
        ballots=ballots,
        blank=blank,
        electors=_electors(dossier, contest) or None,
        costs=_costs(item),
        each=shape.highest,
        most=shape.most,
    )


def _profile(
    dossier: Dossier, contest: int, sheets: Sheets, ballots: int
) -> tuple[Profile, Mapping[Flaw, int]]:
    """Ballots that were opened one by one, judged."""
    item = dossier.manifest.definition.contests[contest]
    if len(sheets.values) != ballots:
        raise Refused("T-401", f"contest {item.id}", f"{len(sheets.values)} opened, {ballots} in the archive")
    electors = _electors(dossier, contest) or None
    return judge(Shape.of(item), sheets, _names(dossier, item), electors=electors, costs=_costs(item))


def _totals_of(profile: Profile, outcome: Outcome) -> Totals:
    """What the rule compares first, by option, with the figures of the ballots."""
    votes = tuple(int(number) for number in outcome.totals)
    return profile.adding_up_to(votes, max((1, *votes)))


def _names(dossier: Dossier, contest: Contest) -> tuple[str, ...]:
    language = dossier.manifest.definition.language
    return tuple(text_in(option.name, language) for option in contest.options)


def _costs(contest: Contest) -> tuple[int, ...] | None:
    costs = tuple(option.cost for option in contest.options if option.cost is not None)
    return costs if len(costs) == len(contest.options) else None


def _electors(dossier: Dossier, contest: int) -> int:
    """Electors of the stations whose machines are counted: each machine of a station reports the same roll."""
    closings = (
        (dossier.manifest.machines[at].station, dossier.days[at].closing)
        for at in set(dossier.machines_of(contest)) - dossier.excluded()
    )
    return electors_of(
        (station, closing.electors, closing.additions) for station, closing in closings if closing is not None
    )


def tie_decisions(dossier: Dossier, contest: int) -> tuple[SignedDecision, ...]:
    """Decisions on the ties of a contest."""
    return tuple(
        item
        for item in dossier.effective_decisions()
        if item.decision.kind is DecisionKind.TIE and item.decision.subject == contest
    )


def result_of(counted: Counted, head: bytes) -> Result:
    """The statement of a counted contest.

    Args:
        counted: As counted.
        head: Hash of the archive's last event, 32 bytes.
    """
    outcome, totals, paper = counted.outcome, counted.totals, counted.paper
    by_step = {item.decision.step: item.fingerprint for item in counted.decisions}
    ties = [TiedStep(tie.step, tie.options) for tie in outcome.ties]
    ties += [
        TiedStep(decision.step, tuple(sorted(decision.order)), by_step[decision.step])
        for decision in outcome.decided
        if decision.step in by_step
    ]
    return Result(
        contest=counted.contest,
        head=head,
        ballots=totals.ballots,
        blank=totals.blank,
        totals=tuple(totals.votes),
        winners=outcome.winners,
        rule=str(outcome.rule),
        ties=tuple(ties),
        invalid=totals.invalid,
        seats=outcome.seats or None,
        paper=(paper.votes or None) if paper else None,
        paper_ballots=(paper.ballots, paper.blank, paper.invalid) if paper else None,
    )


def _with_paper(totals: Totals, paper: PaperVotes | None) -> Totals:
    """What is counted: what machines prove, and what came on paper where sums can be added."""
    if paper is None or not paper.votes:
        return totals
    return dataclasses.replace(
        totals,
        votes=tuple(here + there for here, there in zip(totals.votes, paper.votes, strict=True)),
        ballots=totals.ballots + paper.ballots,
        blank=totals.blank + paper.blank,
        invalid=totals.invalid + paper.invalid,
        electors=(totals.electors or 0) + paper.electors or None,
    )


def _tie_decision(decision: Decision) -> TieDecision:
    if decision.step is None or decision.order is None:
        raise Refused("T-302", "decision on a tie", "it names no step or no order")
    return TieDecision(decision.step, decision.order, Reason(decision.basis or "lot"))
