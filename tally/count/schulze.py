"""Condorcet counting: every pair compared, and the strongest chains of victories (Schulze)."""

from __future__ import annotations

from dataclasses import dataclass

from keys.election.rules import Rule, RuleParameters
from tally.count.data import Data, RankProfile
from tally.count.message import Message
from tally.count.outcome import Cell, Outcome, Round
from tally.count.papers import ballots_for_withdrawn, passed_over, rank_profile
from tally.count.referee import Referee
from tally.count.standing import concluded

__all__ = ["pairwise", "schulze"]

_Matrix = list[list[int]]


def pairwise(profile: RankProfile) -> _Matrix:
    """Ballots that prefer the option of the row to that of the column; unranked options are below ranked."""
    size = len(profile.options)
    table = [[0] * size for _ in range(size)]
    for ranking, count in profile.groups:
        below = set(range(size)) - profile.withdrawn
        for group in ranking:
            standing = [option for option in group if option in below]
            below.difference_update(standing)
            for option in standing:
                row = table[option]
                for other in below:
                    row[other] += count
    return table


def _strongest(table: _Matrix) -> _Matrix:
    """Strength of the strongest chain of victories from row to column (Floyd and Warshall)."""
    size = len(table)
    paths = [
        [table[row][column] if table[row][column] > table[column][row] else 0 for column in range(size)]
        for row in range(size)
    ]
    for via in range(size):
        for row in range(size):
            if row == via:
                continue
            for column in range(size):
                if column not in {via, row}:
                    paths[row][column] = max(paths[row][column], min(paths[row][via], paths[via][column]))
    return paths


def schulze(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Elect whom nobody beats by a stronger chain of victories; then, among the others, again, per seat.

    Source: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
    single-winner election method, Social Choice and Welfare 2011; a victory is as strong as the ballots
    that support it ("winning votes"). Options that no ballot ranks never win. Where several are unbeaten
    and there are fewer seats, it is a tie.
    """
    profile = rank_profile(data)
    table = pairwise(profile)
    paths = _strongest(table)
    ranked = {option for ranking, _ in profile.groups for group in ranking for option in group}
    places = _Places(paths, sorted(ranked - profile.withdrawn), parameters.seats or 1, referee)
    winners, said = places.fill()
    verdict = referee.verdict(
        Message("Elected: {options}.", {"options": referee.names(winners)})
        if winners
        else Message("No ballot ranks anybody; nobody is elected.")
    )
    withdrawn = passed_over(ballots_for_withdrawn(profile))
    champion = _champion(profile, table, places.standing)
    log = _log(profile, table, paths, (*withdrawn, *champion, *said, verdict))
    beaten = tuple(
        sum(1 for other in places.standing if paths[option][other] > paths[other][option])
        for option in range(len(paths))
    )
    figures = {"seats": parameters.seats or 1}
    return concluded(Rule.SCHULZE, profile, referee, winners, beaten, log, verdict, figures)


def _champion(profile: RankProfile, table: _Matrix, standing: list[int]) -> tuple[Message, ...]:
    """A sentence about the option that wins every pair, if there is one."""
    champion = _condorcet(table, standing)
    if champion is None:
        return ()
    text = "{option} is preferred by more ballots to each of the others, one by one."
    return (Message(text, {"option": profile.options[champion]}),)


def _log(
    profile: RankProfile, table: _Matrix, paths: _Matrix, said: tuple[Message, ...]
) -> tuple[Round, ...]:
    columns = ("Option", *profile.options)
    pairs = Message("Every pair: ballots that prefer row to column")
    chains = Message("Strongest chain of victories from row to column")
    return (
        Round("pairs", pairs, columns, _rows(profile, table), ()),
        Round("chains", chains, columns, _rows(profile, paths), said),
    )


def _condorcet(table: _Matrix, standing: list[int]) -> int | None:
    for option in standing:
        if all(table[option][other] > table[other][option] for other in standing if other != option):
            return option
    return None


def _rows(profile: RankProfile, table: _Matrix) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (name, *("" if row == column else table[row][column] for column in range(len(table))))
        for row, name in enumerate(profile.options)
    )


@dataclass
class _Places:
    paths: _Matrix
    standing: list[int]
    seats: int
    referee: Referee

    def fill(self) -> tuple[list[int], list[Message]]:
        """Take the unbeaten, again and again, until the places are filled or a tie must be decided."""
        winners: list[int] = []
        said: list[Message] = []
        left = list(self.standing)
        while left and len(winners) < self.seats:
            unbeaten = [option for option in left if not any(self._beats(other, option) for other in left)]
            places = self.seats - len(winners)
            if len(unbeaten) > places:
                why = Message(
                    "No chain of victories decides between {options}; places left: {places}.",
                    {"options": self.referee.names(unbeaten), "places": places},
                )
                before = len(self.referee.decided)
                order = self.referee.order(f"place-{len(winners) + 1}", unbeaten, places, why)
                said += self.referee.said(before)
                return winners + list((order or ())[:places]), said
            winners += unbeaten
            left = [option for option in left if option not in unbeaten]
        return winners, said

    def _beats(self, option: int, other: int) -> bool:
        return self.paths[option][other] > self.paths[other][option]
