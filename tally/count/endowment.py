"""The Method of Equal Shares for one amount of money per voter, in exact numbers.

Where several projects cost their supporters the same, all ways through are followed to see whether it matters.
Projects that have no supporter in common with the others of a tie are bought at once, whatever the order: none changes
what another costs. Ways that meet in the same purchases with the same money left are followed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from keys.election.rules import Satisfaction
from tally.count.till import NEVER, Horizon, Offer, Till, price_of

__all__ = ["Ask", "Purchase", "Run", "Shop"]

_STATES = 500
"""So many ways through a tie are followed to see whether it matters; beyond, the tie is taken to matter."""

_Bounds = tuple[tuple[Fraction, Fraction, int], ...]
"""Projects not yet bought, each with a price per gain (now, and with each raise) that it can no longer be below; the
cheapest first."""

Purchase = Offer
"""A project bought by its supporters."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one amount of money per voter leads to."""

    purchases: tuple[Purchase, ...]
    tied: tuple[int, ...] = ()
    """Projects equal at the next step, where it matters which is bought: the run stopped there."""
    ends: frozenset[frozenset[int]] = frozenset()
    """The sets of projects that it may end in; one if nothing is tied, none if there are too many ways."""
    next_raise: int = NEVER
    """Units by which every share must be raised before the run can differ."""


Ask = Callable[[int, tuple[int, ...]], tuple[int, ...] | None]
"""From the number of projects bought so far and those tied: their order, the preferred first, or None."""


@dataclass(frozen=True, slots=True)
class _State:
    """Somewhere on the way."""

    till: Till
    bounds: _Bounds
    bought: tuple[Offer, ...]

    @property
    def options(self) -> frozenset[int]:
        """What is bought."""
        return frozenset(offer.option for offer in self.bought)


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
        for group, (approved, _) in enumerate(groups):
            for option in approved:
                self._supporters[option].append(group)
        self._voters = [sum(self._numbers[group] for group in groups) for groups in self._supporters]

    def run(self, share: Fraction, ask: Ask) -> Run:
        """Buy, again and again, the project that costs its supporters least for what they gain.

        Args:
            share: Money of each voter.
            ask: Called where projects stand equal and the order changes what is funded.
        """
        horizon = Horizon()
        state = self._begin(share)
        orders: list[tuple[int, ...]] = []
        settled = False
        while True:
            state, best = self._cheapest(state, horizon)
            if not best:
                return Run(state.bought, (), frozenset({state.options}), horizon.until)
            alone = self._alone(best)
            if alone:
                state = self._buy(state, alone)
                continue
            options = tuple(sorted(offer.option for offer in best))
            if not settled and not any(set(options) <= set(order) for order in orders):
                ends = self._ends(state, best, horizon)
                settled = len(ends) == 1
                order = options if settled else ask(len(state.bought), options)
                if order is None:
                    return Run(state.bought, options, ends, horizon.until)
                if not settled:
                    orders.append(order)
            state = self._buy(state, [_first(best, orders)])

    def _begin(self, share: Fraction) -> _State:
        free = tuple(
            Offer(option, Fraction(0), Fraction(0), voters, voters)
            for option, voters in enumerate(self._voters)
            if voters and not self._costs[option]
        )
        bounds = sorted(
            (self._per_gain(option, self._costs[option] / Fraction(voters)), Fraction(0), option)
            for option, voters in enumerate(self._voters)
            if voters and self._costs[option]
        )
        return _State(Till.of(share, len(self._numbers)), tuple(bounds), free)

    def _per_gain(self, option: int, price: Fraction) -> Fraction:
        return price / self._costs[option] if self._measure is Satisfaction.COST else price

    def _cheapest(self, state: _State, horizon: Horizon) -> tuple[_State, list[Offer]]:
        """The projects that cost least per gain, all that are equal; projects that nobody can pay drop out.

        What a project costs its supporters never falls while money is spent, so the last known price is a
        bound, and projects whose bound is above the best need not be looked at.
        """
        offers: list[tuple[Fraction, Fraction, Offer]] = []
        least: Fraction | None = None
        position = 0
        for bound, _, option in state.bounds:
            if least is not None and bound > least:
                break
            position += 1
            offer = price_of(
                state.till,
                option,
                self._costs[option],
                self._supporters[option],
                self._numbers,
                horizon,
            )
            if offer is not None:
                gain = self._per_gain(option, offer.price)
                offers.append((gain, self._per_gain(option, offer.growth), offer))
                least = gain if least is None else min(least, gain)
        bounds = (*((gain, growth, offer.option) for gain, growth, offer in offers), *state.bounds[position:])
        best = [offer for gain, _, offer in offers if gain == least]
        self._look_ahead(bounds, least, horizon)
        return _State(state.till, tuple(sorted(bounds)), state.bought), best

    @staticmethod
    def _look_ahead(bounds: _Bounds, least: Fraction | None, horizon: Horizon) -> None:
        """Tell until when the cheapest stay the cheapest, and equal."""
        if least is None:
            return
        growths = [growth for gain, growth, _ in bounds if gain == least]
        for growth in growths[1:]:
            horizon.equals(growth - growths[0])
        for gain, growth, _ in bounds:
            if gain > least:
                horizon.waits(gain - least, growths[0] - growth)

    def _alone(self, best: Sequence[Offer]) -> list[Offer]:
        """Those of the cheapest that share no supporter with another of them: no order among them matters."""
        if len(best) == 1:
            return list(best)
        sets = [set(self._supporters[offer.option]) for offer in best]
        return sorted(
            (
                offer
                for at, offer in enumerate(best)
                if not any(sets[at] & other for place, other in enumerate(sets) if place != at)
            ),
            key=lambda offer: offer.option,
        )

    def _buy(self, state: _State, offers: Iterable[Offer]) -> _State:
        till = state.till
        gone = set()
        for offer in offers:
            till = till.pay(offer, self._supporters[offer.option])
            gone.add(offer.option)
            state = _State(till, state.bounds, (*state.bought, offer))
        return _State(till, tuple(bound for bound in state.bounds if bound[2] not in gone), state.bought)

    def _ends(self, state: _State, best: Sequence[Offer], horizon: Horizon) -> frozenset[frozenset[int]]:
        """Every set of projects that the ways through this tie end in; empty if there are too many ways."""
        waiting = [self._buy(state, [offer]) for offer in best]
        seen: set[object] = set()
        ends: set[frozenset[int]] = set()
        while waiting:
            state = waiting.pop()
            key = state.options, state.till.key
            if key in seen:
                continue
            seen.add(key)
            if len(seen) > _STATES:
                return frozenset()
            state, best = self._cheapest(state, horizon)
            alone = self._alone(best)
            if not best:
                ends.add(state.options)
            elif alone:
                waiting.append(self._buy(state, alone))
            else:
                waiting += [self._buy(state, [offer]) for offer in best]
        return frozenset(ends)


def _first(best: Sequence[Offer], orders: Sequence[tuple[int, ...]]) -> Offer:
    """The one of the equals that the last fitting order prefers, else the first of the question."""
    options = {offer.option: offer for offer in best}
    for order in orders:
        if set(options) <= set(order):
            return next(options[option] for option in order if option in options)
    return min(best, key=lambda offer: offer.option)
