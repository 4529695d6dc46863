"""Seats for lists: highest averages and largest remainders, with a threshold; a single list takes all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from keys.election.rules import Rule, RuleParameters
from tally.count.data import Data, Totals
from tally.count.message import Message
from tally.count.outcome import Cell, Number, Outcome, Round
from tally.count.referee import Referee
from tally.count.shares import Threshold
from tally.count.standing import by_votes, concluded, sums

__all__ = ["Allotment", "dhondt", "largest_remainder", "lists_outcome", "sainte_lague"]

_Divisor = Callable[[int], int]


def dhondt(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Give seats one by one to the list with the highest average, votes / (seats + 1).

    Source: V. D'Hondt 1882; Spain, LOREG, articles 163 and 180: averages are compared exactly; of lists
    with the same average the one with more votes comes first, a lot decides between lists with the same
    votes. `threshold` keeps lists below it out.
    """
    return _averages(Rule.DHONDT, data, parameters, referee, lambda seats: seats + 1, larger_first=True)


def sainte_lague(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Give seats one by one to the list with the highest quotient, votes / (2 seats + 1).

    Source: A. Sainte-Laguë 1910; Germany, Bundeswahlgesetz, section 5: equal quotients are decided by lot.
    """
    return _averages(
        Rule.SAINTE_LAGUE, data, parameters, referee, lambda seats: 2 * seats + 1, larger_first=False
    )


def largest_remainder(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Give each list the whole number of quotas in its votes, then the seats left to the largest remainders.

    Source: T. Hare 1859, A. Hamilton 1792; quota = votes of the lists admitted / seats, as an exact
    fraction; equal remainders are decided by lot.
    """
    allot = Allotment.begin(sums(data), parameters, referee)
    total = sum(allot.totals.votes[option] for option in allot.admitted)
    if total:
        allot.remainders(Fraction(total, allot.places))
    return lists_outcome(Rule.LARGEST_REMAINDER, allot)


def _averages(
    rule: Rule,
    data: Data,
    parameters: RuleParameters,
    referee: Referee,
    divisor: _Divisor,
    larger_first: bool,
) -> Outcome:
    allot = Allotment.begin(sums(data), parameters, referee)
    allot.highest_averages(divisor, larger_first)
    return lists_outcome(rule, allot)


@dataclass
class Allotment:
    """Seats while they are given out."""

    totals: Totals
    referee: Referee
    places: int
    """Seats of the council."""
    admitted: tuple[int, ...]
    """Lists that take part, in the order of the question."""
    seats: list[int]
    """Seats of each list so far."""
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    columns: tuple[str, ...] = ("Seat", "List", "Votes", "Average")
    said: list[Message] = field(default_factory=list)
    figures: dict[str, Number] = field(default_factory=dict)

    @classmethod
    def begin(cls, totals: Totals, parameters: RuleParameters, referee: Referee) -> Allotment:
        """Admit the lists that have a vote and reach the threshold."""
        threshold = Threshold.of(totals, parameters)
        voted = [option for option, votes in enumerate(totals.votes) if votes]
        admitted = tuple(option for option in voted if threshold.reached(totals.votes[option]))
        out = referee.names([option for option in voted if option not in admitted])
        said = threshold.told(
            "A list needs {share} of {base} ({kind}). Votes needed: {votes}. Left out: {options}.",
            {"options": out or "-"},
        )
        return cls(
            totals, referee, parameters.seats or 1, admitted, [0] * len(totals.options), said=list(said)
        )

    @property
    def left(self) -> int:
        """Seats still to be given."""
        return self.places - sum(self.seats)

    def highest_averages(self, divisor: _Divisor, larger_first: bool, already: Sequence[int] = ()) -> None:
        """Give the seats left one by one.

        Args:
            divisor: From the seats a list has to what its votes are divided by.
            larger_first: Of equal averages the list with more votes comes first.
            already: Seats of each list that do not count here (a bonus).
        """
        bonus = already or (0,) * len(self.seats)
        while self.admitted and self.left > 0:
            averages = {
                option: Fraction(self.totals.votes[option], divisor(self.seats[option] - bonus[option]))
                for option in self.admitted
            }
            highest = max(averages.values())
            equals = [option for option in self.admitted if averages[option] == highest]
            order = self._order(equals, highest, larger_first)
            if order is None:
                return
            for option in order:
                self._give(option, highest)

    def _order(self, equals: list[int], average: Fraction, larger_first: bool) -> tuple[int, ...] | None:
        """Those of the equals that get a seat now; None at a tie that nobody decided."""
        if len(equals) <= self.left:
            return tuple(equals)
        sure: tuple[int, ...] = ()
        if larger_first:
            ranked = by_votes(self.totals.votes, equals)
            last = self.totals.votes[ranked[self.left - 1]]
            sure = tuple(option for option in ranked if self.totals.votes[option] > last)
            equals = [option for option in ranked if self.totals.votes[option] == last]
            if sure or len(equals) < len(ranked):
                self.said.append(
                    Message(
                        "Several lists have the average {average}; the one with more votes comes first.",
                        {"average": average},
                    )
                )
        places = self.left - len(sure)
        if len(equals) <= places:
            return sure + tuple(equals)
        for option in sure:
            self._give(option, average)
        return self._ask(equals, places, average)

    def _ask(self, equals: list[int], places: int, value: Number) -> tuple[int, ...] | None:
        why = Message(
            "{options} are equal at {value}; seats left: {places}.",
            {"options": self.referee.names(equals), "value": value, "places": places},
        )
        before = len(self.referee.decided)
        order = self.referee.order(f"seat-{sum(self.seats) + 1}", equals, places, why)
        self.said += self.referee.said(before)
        return None if order is None else order[:places]

    def _give(self, option: int, average: Number) -> None:
        self.seats[option] += 1
        self.rows.append((sum(self.seats), self.totals.options[option], self.totals.votes[option], average))

    def remainders(self, quota: Fraction) -> None:
        """Give whole quotas, then the largest remainders."""
        self.columns = ("List", "Votes", "Whole quotas", "Remainder")
        self.figures["quota"] = quota
        rest: list[tuple[Fraction, int]] = []
        for option in self.admitted:
            whole = self.totals.votes[option] // quota
            self.seats[option] = whole
            rest.append((self.totals.votes[option] - whole * quota, option))
            self.rows.append((self.totals.options[option], self.totals.votes[option], whole, rest[-1][0]))
        left = self.left
        if not left:
            return
        rest.sort(key=lambda item: (-item[0], item[1]))
        last = rest[left - 1][0]
        sure = [option for value, option in rest if value > last]
        equals = [option for value, option in rest if value == last]
        for option in sure:
            self.seats[option] += 1
        chosen = tuple(equals) if len(equals) == self.left else self._ask(equals, self.left, last)
        for option in chosen or ():
            self.seats[option] += 1


def lists_outcome(rule: Rule, allot: Allotment) -> Outcome:
    """Put the seats, the way to them and the result together."""
    referee, totals = allot.referee, allot.totals
    winners = tuple(
        option
        for option in sorted(
            range(len(totals.options)),
            key=lambda option: (-allot.seats[option], -totals.votes[option], option),
        )
        if allot.seats[option]
    )
    shown = tuple(f"{totals.options[option]} {allot.seats[option]}" for option in winners)
    verdict = referee.verdict(
        Message("Seats: {lists}.", {"lists": shown})
        if winners
        else Message("No list qualifies for a seat; none is given.")
    )
    table = tuple(
        (totals.options[option], totals.votes[option], allot.seats[option])
        for option in by_votes(totals.votes, range(len(totals.options)))
    )
    log = (
        Round(
            "seats", Message("How the seats were given"), allot.columns, tuple(allot.rows), tuple(allot.said)
        ),
        Round("result", Message("Votes and seats"), ("List", "Votes", "Seats"), table, (verdict,)),
    )
    figures = {"seats": allot.places, "given": sum(allot.seats), **allot.figures}
    seats = tuple(allot.seats)
    return concluded(rule, totals, referee, winners, totals.votes, log, verdict, figures, seats=seats)
