"""The Method of Equal Shares for one amount of money per voter, in exact whole numbers.

Voters with the same approvals always have the same money left, so they are held together. Money is held in
whole multiples of 1/`unit` of the currency; the unit is refined whenever a price is not whole. Nothing is
ever rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd

from keys.election.rules import Satisfaction

__all__ = ["Ask", "Purchase", "Run", "Shop"]

_BRANCHES = 500
"""So many ways through ties are tried to see whether they matter; beyond, the tie is taken to matter."""

_NEVER = 10**18
"""More raises than any budget has."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """A project bought by its supporters."""

    option: int
    price: Fraction
    """Most that one supporter pays."""
    payers: int
    """Supporters who pay the whole price; others pay all that they have left."""
    supporters: int


@dataclass(frozen=True, slots=True)
class Run:
    """What one amount of money per voter leads to."""

    purchases: tuple[Purchase, ...]
    tied: tuple[int, ...] = ()
    """Projects equal at the next step, where it matters which is bought: the run stopped there."""
    ends: frozenset[frozenset[int]] = frozenset()
    """The sets of projects that it may end in; one if nothing is tied."""
    next_raise: int = 1
    """Units by which every share must be raised before the run can differ, as far as that is clear."""


Ask = Callable[[int, tuple[int, ...]], tuple[int, ...] | None]
"""From the number of projects bought so far and those tied: their order, the preferred first, or None."""


@dataclass(frozen=True, slots=True)
class _Till:
    """Money left of each group of voters, in 1/unit."""

    unit: int
    money: tuple[int, ...]
    bounds: tuple[tuple[Fraction, int], ...]
    """Projects not yet bought, each with a price per gain that it can no longer be below; cheapest first."""


class _TooMany(Exception):
    """More branches than are worth trying."""


class Shop:
    """The projects and the groups of voters."""

    def __init__(
        self,
        groups: tuple[tuple[tuple[int, ...], int], ...],
        costs: tuple[int | Fraction, ...],
        measure: Satisfaction,
    ) -> None:
        self._numbers = [number for _, number in groups]
        self._costs = costs
        self._measure = measure
        self._supporters: list[list[int]] = [[] for _ in costs]
        self._least: list[Fraction] = []
        for group, (approved, _) in enumerate(groups):
            for option in approved:
                self._supporters[option].append(group)
        for option, cost in enumerate(costs):
            votes = self._votes(option)
            self._least.append(
                self._per_gain(option, cost / Fraction(votes)) if cost and votes else Fraction(0)
            )

    def run(self, share: Fraction, ask: Ask) -> Run:
        """Buy, again and again, the project that costs its supporters least for what they gain.

        Args:
            share: Money of each voter.
            ask: Called where projects stand equal and the order changes what is funded.
        """
        till = self._begin(share)
        bought = self._free()
        orders: list[tuple[int, ...]] = []
        raises: list[int] = []
        while True:
            before = till
            till, best = self._cheapest(till)
            raises.append(self._next_raise(before, till, best))
            if not best:
                end = frozenset(buy.option for buy in bought)
                return Run(tuple(bought), (), frozenset({end}), max(1, min(raises)))
            options = tuple(sorted(buy.option for buy in best))
            if len(best) > 1 and not any(set(options) <= set(order) for order in orders):
                ends = self._ends(till, best, frozenset(buy.option for buy in bought))
                if ends is None or len(ends) > 1:
                    order = ask(len(bought), options)
                    if order is None:
                        return Run(tuple(bought), options, ends or frozenset())
                    orders.append(order)
            buy = _first(best, orders)
            till = self._pay(till, buy)
            bought.append(buy)

    def _free(self) -> list[Purchase]:
        return [
            Purchase(option, Fraction(0), self._votes(option), self._votes(option))
            for option, cost in enumerate(self._costs)
            if not cost and self._supporters[option]
        ]

    def _votes(self, option: int) -> int:
        return sum(self._numbers[group] for group in self._supporters[option])

    def _begin(self, share: Fraction) -> _Till:
        standing = [option for option, cost in enumerate(self._costs) if cost and self._supporters[option]]
        bounds = sorted((self._least[option], option) for option in standing)
        return _Till(share.denominator, (share.numerator,) * len(self._numbers), tuple(bounds))

    def _per_gain(self, option: int, price: Fraction) -> Fraction:
        return price / self._costs[option] if self._measure is Satisfaction.COST else price

    def _cheapest(self, till: _Till) -> tuple[_Till, list[Purchase]]:
        """The projects that cost least per gain, all that are equal; projects that nobody can pay drop out.

        What a project costs its supporters never falls while money is spent, so the last known price is a
        bound, and projects whose bound is above the best need not be looked at.
        """
        best: list[Purchase] = []
        least: Fraction | None = None
        bounds: list[tuple[Fraction, int]] = []
        for position, (bound, option) in enumerate(till.bounds):
            if least is not None and bound > least:
                bounds += till.bounds[position:]
                break
            buy = self._price(till, option)
            if buy is None:
                continue
            gain = self._per_gain(option, buy.price)
            bounds.append((gain, option))
            if least is None or gain < least:
                least, best = gain, [buy]
            elif gain == least:
                best.append(buy)
        return _Till(till.unit, till.money, tuple(sorted(bounds))), best

    def _next_raise(self, before: _Till, after: _Till, best: list[Purchase]) -> int:
        """Units by which shares must be raised before this step can differ, the earlier ones being the same.

        If every supporter of the best pays its whole price, more money cannot make it cheaper. If no other
        project could be as cheap even with every supporter paying the whole price, none comes before it. Then
        only projects that could not be paid matter, and those once their supporters have enough.
        """
        known = {option for _, option in after.bounds}
        if best:
            gain = self._per_gain(best[0].option, best[0].price)
            others = known - {best[0].option}
            if best[0].payers < best[0].supporters or any(self._least[option] <= gain for option in others):
                return 1
        dropped = [option for _, option in before.bounds if option not in known]
        return min((self._lack(before, option) for option in dropped), default=_NEVER)

    def _lack(self, till: _Till, option: int) -> int:
        """Units that every supporter lacks before they can pay a project together."""
        held = sum(till.money[group] * self._numbers[group] for group in self._supporters[option])
        return ceil((self._costs[option] - Fraction(held, till.unit)) / self._votes(option))

    def _price(self, till: _Till, option: int) -> Purchase | None:
        """What its supporters must pay at most each, the poorer giving all they have; None if too little."""
        by_money: dict[int, int] = {}
        for group in self._supporters[option]:
            money = till.money[group]
            by_money[money] = by_money.get(money, 0) + self._numbers[group]
        due = self._costs[option] * till.unit
        payers = votes = sum(by_money.values())
        for money in sorted(by_money):
            if money * payers >= due:
                return Purchase(option, Fraction(due) / (payers * till.unit), payers, votes)
            due -= money * by_money[money]
            payers -= by_money[money]
        return None

    def _pay(self, till: _Till, buy: Purchase) -> _Till:
        factor = buy.price.denominator // gcd(buy.price.denominator, till.unit)
        unit = till.unit * factor
        price = int(buy.price * unit)
        money = [held * factor for held in till.money] if factor > 1 else list(till.money)
        for group in self._supporters[buy.option]:
            money[group] = max(money[group] - price, 0)
        bounds = tuple(bound for bound in till.bounds if bound[1] != buy.option)
        return _Till(unit, tuple(money), bounds)

    def _ends(
        self, till: _Till, best: list[Purchase], bought: frozenset[int]
    ) -> frozenset[frozenset[int]] | None:
        """Every set of projects that the ways through this tie end in; None if there are too many ways."""
        left = iter(range(_BRANCHES))
        try:
            return frozenset(
                end for buy in best for end in self._follow(self._pay(till, buy), bought | {buy.option}, left)
            )
        except _TooMany:
            return None

    def _follow(self, till: _Till, bought: frozenset[int], left: Iterator[int]) -> Iterator[frozenset[int]]:
        if next(left, None) is None:
            raise _TooMany
        while True:
            till, best = self._cheapest(till)
            if not best:
                yield bought
                return
            if len(best) > 1:
                for buy in best:
                    yield from self._follow(self._pay(till, buy), bought | {buy.option}, left)
                return
            till, bought = self._pay(till, best[0]), bought | {best[0].option}


def _first(best: list[Purchase], orders: list[tuple[int, ...]]) -> Purchase:
    """The one of the equals that the last fitting order prefers, else the first of the question."""
    options = {buy.option: buy for buy in best}
    for order in orders:
        if set(options) <= set(order):
            return next(options[option] for option in order if option in options)
    return min(best, key=lambda buy: buy.option)
