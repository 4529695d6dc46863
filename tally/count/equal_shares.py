"""Equal Shares: every voter gets the same part of the budget and pays only for projects they approve."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from keys.election.rules import Completion, Rule, RuleParameters, Satisfaction
from keys.findings import Refused
from tally.count.budget import Purse, money_spent
from tally.count.data import ApprovalProfile, Data
from tally.count.endowment import Ask, Run, Shop
from tally.count.message import Argument, Message
from tally.count.outcome import Cell, Number, Outcome, Round, Word
from tally.count.referee import Referee
from tally.count.standing import by_votes, concluded

__all__ = ["equal_shares"]


def equal_shares(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Fund projects that their supporters can pay from equal shares, the best bargain first.

    Source: D. Peters, G. Pierczyński, P. Skowron, Proportional Participatory Budgeting with Additive
    Utilities, NeurIPS 2021; completion `add1` as described by the authors on equalshares.net: the shares are
    raised by one unit per voter until the projects would cost more than the budget, or nothing more fits.
    The share is budget / valid ballots. `satisfaction` states what a supporter gains from a project. Where
    projects stand equal, it is a tie only if the order changes what is funded.
    An option without a vote is never funded.
    """
    if not isinstance(data, ApprovalProfile) or data.costs is None:
        raise Refused("T-403", "ballots", "this rule needs every ballot's approvals, and the costs")
    count = _Count(data, parameters, referee)
    run = count.final() if data.valid else Run(())
    outcome = count.outcome(run)
    if parameters.completion in {Completion.GREEDY, Completion.ADD1_GREEDY} and not referee.open:
        return _complete(outcome, data, parameters, referee)
    return outcome


def _complete(
    outcome: Outcome, data: ApprovalProfile, parameters: RuleParameters, referee: Referee
) -> Outcome:
    """Fund what still fits, in order of votes."""
    purse = Purse(Rule.BUDGET_GREEDY, data.totals(), parameters, referee, skip=True, already=outcome.winners)
    rest = purse.spend()
    log = replace(
        rest.rounds[0], step="completion", title=Message("Completion: what still fits, most votes first")
    )
    figures = {**outcome.figures, "spent": rest.figures["spent"], "left": rest.figures["left"]}
    return replace(
        outcome,
        winners=rest.winners,
        ties=rest.ties,
        decided=rest.decided,
        rounds=(*outcome.rounds, log),
        verdict=rest.verdict,
        figures=figures,
    )


def _nobody(_bought: int, _tied: tuple[int, ...]) -> None:
    """Decide no tie: the run then tells where it may end."""


@dataclass
class _Count:
    data: ApprovalProfile
    parameters: RuleParameters
    referee: Referee
    level: int = 0
    """Units by which every share was raised."""
    said: list[Message] = field(default_factory=list)
    orders: list[tuple[int, ...]] = field(default_factory=list)
    """Ties that were decided: another share that meets the same equals again keeps to what was decided."""

    def __post_init__(self) -> None:
        self.costs = self.data.costs or ()
        self.budget = self.parameters.budget or 0
        self.measure = self.parameters.satisfaction or Satisfaction.COST
        self.shop = Shop(self.data.groups, self.costs, self.measure)
        self.supported = [option for option, votes in enumerate(self.data.totals().votes) if votes]

    def share(self, level: int) -> Fraction:
        """Money of each voter."""
        return Fraction(self.budget, self.data.valid) + level

    def final(self) -> Run:
        """The run that counts; it holds the tie where one must be decided first."""
        if self.parameters.completion in {Completion.NONE, Completion.GREEDY}:
            return self._settle(0)
        while True:
            trial = self.shop.run(self.share(self.level), _nobody)
            ends = trial.ends
            within = [self._cost(end) <= self.budget for end in ends]
            if ends and not any(within):
                return self._before()
            if not ends or not all(within) or any(self._exhausted(end) for end in ends):
                run = self._settle(self.level)
                if run.tied:
                    return run
                funded = next(iter(run.ends))
                if self._cost(funded) > self.budget:
                    return self._before()
                if self._exhausted(funded):
                    return run
            self.level += trial.next_raise

    def _before(self) -> Run:
        """This raise costs too much: the one before it counts."""
        self.level -= 1
        return self._settle(self.level)

    def _settle(self, level: int) -> Run:
        before = len(self.referee.decided)
        run = self.shop.run(self.share(level), self._ask(level))
        self.said += self.referee.said(before)
        return run

    def _ask(self, level: int) -> Ask:
        def ask(bought: int, tied: tuple[int, ...]) -> tuple[int, ...] | None:
            why = Message(
                "{options} cost their supporters the same for what they gain, and their order changes what is funded.",
                {"options": self.referee.names(tied)},
            )
            for known in self.orders:
                if set(tied) <= set(known):
                    return tuple(option for option in known if option in tied)
            order = self.referee.order(f"raise-{level}-purchase-{bought + 1}", tied, 0, why)
            if order is not None:
                self.orders.append(order)
            return order

        return ask

    def _cost(self, funded: frozenset[int]) -> Number:
        return sum(self.costs[option] for option in funded)

    def _exhausted(self, funded: frozenset[int]) -> bool:
        left = self.budget - self._cost(funded)
        return all(option in funded or self.costs[option] > left for option in self.supported)

    def outcome(self, run: Run) -> Outcome:
        """Put the purchases and the result together."""
        data, referee = self.data, self.referee
        winners = tuple(buy.option for buy in run.purchases)
        spent = sum(self.costs[option] for option in winners)
        reached, figures = money_spent(len(winners), spent, self.budget)
        verdict = referee.verdict(reached)
        if data.valid:
            figures |= {"share": self.share(self.level), "raised by": self.level}
        votes, rounds = data.totals().votes, (self._log(run, figures, verdict),)
        return concluded(Rule.BUDGET_EQUAL_SHARES, data, referee, winners, votes, rounds, verdict, figures)

    def _log(self, run: Run, figures: dict[str, Number], verdict: Message) -> Round:
        votes = self.data.totals().votes
        rows: list[tuple[Cell, ...]] = [
            (
                self.data.options[buy.option],
                buy.supporters,
                self.costs[buy.option],
                buy.price,
                buy.payers,
                Word("funded"),
            )
            for buy in run.purchases
        ]
        bought = {buy.option for buy in run.purchases}
        for option in by_votes(votes, [option for option in range(len(votes)) if option not in bought]):
            state = Word("tied" if option in run.tied else "not reached" if votes[option] else "no vote")
            rows.append((self.data.options[option], votes[option], self.costs[option], "", "", state))
        said = list(self.said)
        if "share" in figures:
            text = "Voters: {valid}. Each has {share} to spend; a project counts for its supporters by {measure}."
            args: dict[str, Argument] = {
                "valid": self.data.valid,
                "share": self.share(self.level),
                "measure": str(self.measure),
            }
            said.insert(0, Message(text, args))
        if self.level:
            text = "Every share was raised by {level}; one more, and the projects would cost too much or none is left."
            said.insert(1, Message(text, {"level": self.level}))
        columns = ("Option", "Votes", "Cost", "Price for a supporter", "Pay the whole price", "Result")
        return Round(
            "purchases",
            Message("Projects in the order they were bought"),
            columns,
            tuple(rows),
            (*said, verdict),
        )
