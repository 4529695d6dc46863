"""Money of groups of voters while Equal Shares spends it, and how far it holds when every share is raised.

Voters with the same approvals always have the same money left, so they are held together. Money is held in whole
multiples of 1/`unit` of the currency; the unit is refined whenever a price is not whole. Nothing is ever rounded.

Everything is known not for one share alone but as a line: what it is now, and by how much it grows for each unit that
every share is raised. So each comparison tells from which raise on it may turn out otherwise, and nobody has to try
the raises between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

__all__ = ["NEVER", "Horizon", "Offer", "Till", "price_of"]

NEVER = 10**30
"""More raises than any budget has."""

Number = int | Fraction


@dataclass(slots=True)
class Horizon:
    """The first raise at which something that was looked at may be otherwise."""

    until: int = NEVER

    def keeps(self, ahead: Number, growth: Number) -> None:
        """Something is at least something else: `ahead` now (0 or more), `growth` with each raise."""
        if growth < 0:
            self.until = min(self.until, int(ahead // -growth) + 1)

    def waits(self, lack: Number, growth: Number) -> None:
        """Something is less than something else: it lacks `lack` now (above 0), and catches up by `growth`."""
        if growth > 0:
            self.until = min(self.until, int(-(-lack // growth)))

    def equals(self, growth: Number) -> None:
        """Two things are equal now, and part by `growth` with each raise."""
        if growth:
            self.until = min(self.until, 1)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a project would cost each of its supporters now."""

    option: int
    price: Fraction
    """Most that one supporter pays."""
    growth: Fraction
    """By how much the price grows with each raise: never above 0."""
    payers: int
    """Supporters who pay the whole price; others pay all that they have left."""
    supporters: int


@dataclass(frozen=True)
class Till:
    """Money left of each group of voters."""

    unit: int
    money: tuple[int, ...]
    """In 1/unit."""
    growth: tuple[int, ...]
    """With each raise, in 1/unit."""

    @classmethod
    def of(cls, share: Fraction, groups: int) -> Till:
        """The same share for every voter."""
        unit = share.denominator
        return cls(unit, (share.numerator,) * groups, (unit,) * groups)

    @cached_property
    def key(self) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]] | tuple[tuple[int, ...], ...]:
        """Equal for equal money, whatever the unit."""
        common = gcd(self.unit, *self.money, *self.growth)
        return (
            (self.unit // common,),
            tuple(held // common for held in self.money),
            tuple(held // common for held in self.growth),
        )

    def pay(self, offer: Offer, supporters: Sequence[int]) -> Till:
        """The till after a project was bought: the poorer supporters gave all that they had."""
        unit = lcm(self.unit, offer.price.denominator, offer.growth.denominator)
        factor, price, growth = unit // self.unit, int(offer.price * unit), int(offer.growth * unit)
        money = [held * factor for held in self.money]
        growths = [held * factor for held in self.growth]
        for group in supporters:
            poor = money[group] < price
            money[group] = 0 if poor else money[group] - price
            growths[group] = 0 if poor else growths[group] - growth
        return Till(unit, tuple(money), tuple(growths))


def price_of(
    till: Till, option: int, cost: Number, supporters: Sequence[int], numbers: Sequence[int], horizon: Horizon
) -> Offer | None:
    """What its supporters must pay at most each, the poorer giving all they have; None if that is too little.

    Args:
        till: Money now.
        option: The project.
        cost: Whole units of the currency.
        supporters: Groups that approve it.
        numbers: Voters of each group.
        horizon: Told how far the answer holds.
    """
    classes: dict[tuple[int, int], int] = {}
    for group in supporters:
        held = till.money[group], till.growth[group]
        classes[held] = classes.get(held, 0) + numbers[group]
    ordered = sorted(classes)
    due, fall, votes = cost * till.unit, 0, sum(classes.values())
    payers, poor = votes, 0
    for money, growth in ordered:
        if money * payers >= due:
            break
        due -= money * classes[money, growth]
        fall -= growth * classes[money, growth]
        payers -= classes[money, growth]
        poor += 1
    if not payers:
        horizon.waits(due, -fall)
        return None
    for money, growth in ordered[:poor]:
        horizon.waits(due - money * payers, growth * payers - fall)
    for money, growth in ordered[poor:]:
        horizon.keeps(money * payers - due, growth * payers - fall)
    parts = payers * till.unit
    return Offer(option, Fraction(due) / parts, Fraction(fall, parts), payers, votes)
