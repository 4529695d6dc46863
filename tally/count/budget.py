"""Budgets spent in one order: by votes, or by votes per cost; skipping what does not fit, or stopping there.

When do equals matter? Take the options of equal standing that each fit into the money (and the number of
projects) still left. If they fit together, every order funds them all. If not, then whichever comes
first is funded, so each of them is in some result, but no result holds all of them: results differ. So a
tie is real exactly then, and no orders need to be tried. An option that is funded in every order (small
beside two large ones) is not tied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from keys.election.rules import Rule, RuleParameters
from keys.findings import Refused
from tally.count.data import Data, Totals
from tally.count.message import Message
from tally.count.outcome import Cell, Number, Outcome, Round, Word
from tally.count.referee import Referee
from tally.count.shares import Threshold
from tally.count.standing import concluded, sums

__all__ = ["Purse", "greedy", "greedy_cost", "money_spent", "no_skip"]

_SUMS_KEPT = 20_000
"""Beyond so many different sums the search for options that are funded in any order gives up: more
options are then named as tied than need be, never fewer."""


def greedy(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Fund in order of votes; skip what does not fit the money left and go on.

    Source: the usual rule of cities (`greedy` in Pabulib's format), Faliszewski et al., Participatory
    Budgeting: Data, Tools, and Analysis, IJCAI 2023, section 3. Points count as votes.
    An option without a vote is never funded.
    """
    return Purse(Rule.BUDGET_GREEDY, sums(data), parameters, referee, skip=True).spend()


def greedy_cost(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Fund in order of votes per unit of cost, skipping; what costs nothing comes first.

    Source: greedy for cost-independent satisfaction, S. Rey, J. Maly, The (Computational) Social Choice
    Take on Indivisible Participatory Budgeting, 2023, section 4.1.
    An option without a vote is never funded.
    """
    return Purse(Rule.BUDGET_GREEDY_COST, sums(data), parameters, referee, skip=True, per_cost=True).spend()


def no_skip(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Fund in order of votes and stop at the first option that does not fit.

    Source: `greedy-no-skip` of Pabulib's format (see `greedy`).
    An option without a vote is never funded.
    """
    return Purse(Rule.BUDGET_NO_SKIP, sums(data), parameters, referee, skip=False).spend()


def money_spent(funded: int, spent: Number, budget: Number) -> tuple[Message, dict[str, Number]]:
    """What the money has paid, as a sentence and as figures.

    Args:
        funded: Projects.
        spent: On them.
        budget: That there was.
    """
    figures: dict[str, Number] = {"budget": budget, "spent": spent, "left": budget - spent}
    text = "Projects funded: {count}, for {spent} of {budget}; left: {left}."
    return Message(text, {"count": funded, **figures}), figures


@dataclass
class Purse:
    """The money while it is spent."""

    rule: Rule
    totals: Totals
    parameters: RuleParameters
    referee: Referee
    skip: bool
    per_cost: bool = False
    already: tuple[int, ...] = ()
    """Options funded before, in their order."""
    left: Number = 0
    funded: list[int] = field(default_factory=list)
    stopped: bool = False
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)

    def spend(self) -> Outcome:
        """Go through the options, equals together."""
        self.funded = list(self.already)
        self.left = (self.parameters.budget or 0) - sum(self._costs()[option] for option in self.already)
        ranked = sorted(self._standing(), key=self._key)
        for _, group in groupby(ranked, key=lambda option: self._key(option)[:2]):
            equals = list(group)
            order = self._order(equals)
            for option in order:
                self._offer(option)
            if self.stopped or self.referee.open:
                break
        return self._outcome()

    def _costs(self) -> Sequence[int | Fraction]:
        if self.totals.costs is None:
            raise Refused("T-403", "budget", "the options have no costs")
        return self.totals.costs

    def _key(self, option: int) -> tuple[int, Number, int]:
        """Free options first (by votes per cost only), then the best; the index keeps the order stable."""
        votes, cost = self.totals.votes[option], self._costs()[option]
        if not self.per_cost:
            return 1, -votes, option
        return (1, -Fraction(votes) / cost, option) if cost else (0, 0, option)

    def _standing(self) -> list[int]:
        threshold = Threshold.of(self.totals, self.parameters)
        return [
            option
            for option, votes in enumerate(self.totals.votes)
            if votes and option not in self.already and threshold.reached(votes)
        ]

    def _room(self) -> int:
        most = self.parameters.max_winners
        return len(self.totals.options) if most is None else most - len(self.funded)

    def _order(self, equals: list[int]) -> list[int]:
        """The order of equals, if it matters as decided; only those sure of their place if not decided."""
        costs = self._costs()
        fitting = [option for option in equals if costs[option] <= self.left] if self._room() else []
        together = sum(costs[option] for option in fitting) <= self.left and len(fitting) <= self._room()
        if not fitting or (together and (self.skip or len(fitting) == len(equals))):
            return equals
        sure = self._sure(fitting) if self.skip else []
        tied = [option for option in (fitting if self.skip else equals) if option not in sure]
        votes = self.totals.votes[tied[0]]
        before = len(self.referee.decided)
        order = self.referee.order(
            f"budget-{len(self.funded) + 1}",
            tied,
            0,
            Message(
                "{options} have the same number of votes, {votes}, and the {left} left cannot fund them all."
                if not self.per_cost
                else "{options} are equal by votes per cost, and the {left} left cannot fund them all.",
                {"options": self.referee.names(tied), "votes": votes, "left": self.left},
            ),
        )
        self.said += self.referee.said(before)
        if order is None:
            return sure
        return [*sure, *order, *(option for option in equals if option not in fitting and option not in tied)]

    def _sure(self, fitting: list[int]) -> list[int]:
        """Those of the equals that every order funds: what others can take always leaves their cost."""
        costs = self._costs()
        return [
            option
            for option in fitting
            if self._leaves(costs[option], [costs[other] for other in fitting if other != option])
        ]

    def _leaves(self, cost: Number, others: list[int | Fraction]) -> bool:
        """Whether the others, whichever of them come first, leave a place and this cost."""
        room = self._room()
        if len(others) >= room and sum(sorted(others)[:room]) <= self.left:
            return False
        most = self._most(others)
        return most is not None and most + cost <= self.left

    def _most(self, costs: list[int | Fraction]) -> Number | None:
        """Most that can be spent on some of these without passing what is left; None if too many sums."""
        reached: set[Number] = {0}
        for cost in costs:
            reached |= {spent + cost for spent in reached if spent + cost <= self.left}
            if len(reached) > _SUMS_KEPT:
                return None
        return max(reached)

    def _offer(self, option: int) -> None:
        """Fund one option, or say why not."""
        name, votes, cost = self.totals.options[option], self.totals.votes[option], self._costs()[option]
        if self.stopped:
            return
        if self._room() == 0:
            state = Word("no place left")
        elif cost <= self.left:
            self.left -= cost
            self.funded.append(option)
            state = Word("funded")
        else:
            state = Word("does not fit")
            self.stopped = not self.skip
        self.rows.append((name, votes, cost, state, self.left))

    def _outcome(self) -> Outcome:
        referee, totals = self.referee, self.totals
        budget = self.parameters.budget or 0
        self._rest()
        reached, figures = money_spent(len(self.funded), budget - self.left, budget)
        verdict = referee.verdict(reached)
        log = Round(
            "spending",
            Message(
                "Spending the money, most votes first"
                if not self.per_cost
                else "Spending the money, most votes per cost first"
            ),
            ("Option", "Votes", "Cost", "Result", "Left"),
            tuple(self.rows),
            (*self.said, verdict),
        )
        return concluded(self.rule, totals, referee, self.funded, totals.votes, (log,), verdict, figures)

    def _rest(self) -> None:
        """Rows of the options that were not reached."""
        seen = {row[0] for row in self.rows}
        tied, standing = self.referee.tied(), self._standing()
        for option in sorted(
            range(len(self.totals.options)), key=lambda option: (-self.totals.votes[option], option)
        ):
            name = self.totals.options[option]
            if name in seen or option in self.already:
                continue
            if option in tied:
                state = Word("tied")
            elif option not in standing:
                state = Word("below the threshold" if self.totals.votes[option] else "no vote")
            else:
                state = Word("not reached")
            self.rows.append((name, self.totals.votes[option], self._costs()[option], state, ""))
