"""Rankings as a count by transfers reads them: one option after the other, as far as that is clear."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from keys.findings import Refused
from tally.count.data import Data, RankProfile
from tally.count.message import Message
from tally.count.referee import Referee

__all__ = ["Papers", "ballots_for_withdrawn", "lowest_by_history", "passed_over", "rank_profile"]


@dataclass(frozen=True, slots=True)
class Papers:
    """Strict orders with their numbers."""

    groups: tuple[tuple[tuple[int, ...], int], ...]
    """Each order of preference once, with the number of ballots; none is empty."""
    unclear: int
    """Ballots without one clear first preference (equals at the head, or only withdrawn options)."""
    cut: int
    """Ballots read only up to a rank that holds several options; they count."""
    passed: int = 0
    """Ballots that rank a withdrawn option, which is passed over."""

    @classmethod
    def read(cls, profile: RankProfile) -> Papers:
        """Pass over withdrawn options, and stop at a rank that several share.

        Source: Scottish Local Government Elections Order 2007, rule 44: a paper is void if it has no single
        first preference; a later preference that is not clear ends it.
        """
        orders: Counter[tuple[int, ...]] = Counter()
        unclear = cut = 0
        for ranking, count in profile.groups:
            order: list[int] = []
            for group in ranking:
                standing = [option for option in group if option not in profile.withdrawn]
                if len(standing) > 1:
                    cut += count if order else 0
                    break
                order += standing
            if order:
                orders[tuple(order)] += count
            else:
                unclear += count
        return cls(tuple(sorted(orders.items())), unclear, cut, ballots_for_withdrawn(profile))

    @property
    def total(self) -> int:
        """Ballots that count."""
        return sum(count for _, count in self.groups)

    def firsts(self, options: int) -> list[int]:
        """First preferences."""
        votes = [0] * options
        for order, count in self.groups:
            votes[order[0]] += count
        return votes

    def remarks(self) -> tuple[Message, ...]:
        """What must be said about ballots that could not be read to their end."""
        found = list(passed_over(self.passed))
        if self.unclear:
            found.append(
                Message(
                    "Ballots without a single first preference, which do not count: {count}.",
                    {"count": self.unclear},
                )
            )
        if self.cut:
            found.append(
                Message(
                    "Ballots that rank several options alike, which count only up to there: {count}.",
                    {"count": self.cut},
                )
            )
        return tuple(found)


def ballots_for_withdrawn(profile: RankProfile) -> int:
    """Ballots that rank an option which may no longer win."""
    return sum(
        count
        for ranking, count in profile.groups
        if any(option in profile.withdrawn for group in ranking for option in group)
    )


def passed_over(ballots: int) -> tuple[Message, ...]:
    """What is said of them."""
    text = "Ballots that rank a withdrawn option, which is passed over: {count}."
    return (Message(text, {"count": ballots}),) if ballots else ()


def rank_profile(data: Data) -> RankProfile:
    """The rankings of a contest.

    Raises:
        Refused: The ballots are of another form (T-403).
    """
    if not isinstance(data, RankProfile):
        raise Refused("T-403", "ballots", "this rule compares rankings")
    return data


def lowest_by_history(
    tied: list[int], history: list[list[int]], highest: bool, referee: Referee, step: str, why: Message
) -> int | None:
    """Choose one of the tied: by the most recent stage at which they differed, else by decision.

    Args:
        tied: Options with the same votes now.
        history: Votes at the end of each earlier stage, oldest first.
        highest: True to choose the highest (surplus), False the lowest (exclusion).
        referee: Asked where all stages were equal.
        step: Name of the tie.
        why: What the tie is about.

    Returns:
        The option, or None: the count must wait for a decision.
    """
    for votes in reversed(history):
        best = (max if highest else min)(votes[option] for option in tied)
        tied = [option for option in tied if votes[option] == best]
        if len(tied) == 1:
            return tied[0]
    order = referee.order(step, tied, 1 if highest else len(tied) - 1, why)
    if order is None:
        return None
    return order[0] if highest else order[-1]
