"""What rules tell alike: the figures of the box, the table of options by votes, and the outcome around them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from keys.election.rules import Rule
from keys.findings import Refused
from tally.count.data import ApprovalProfile, Data, Totals
from tally.count.message import Message
from tally.count.outcome import Cell, Number, Outcome, Round, Word
from tally.count.referee import Referee

__all__ = ["by_votes", "concluded", "most_votes", "sums"]

_NONE: Mapping[str, Number] = MappingProxyType({})


def sums(data: Data) -> Totals:
    """The sums of a contest counted by marks, points, or opened approvals.

    Raises:
        Refused: The ballots are ranks or grades (T-403).
    """
    if isinstance(data, Totals):
        return data
    if isinstance(data, ApprovalProfile):
        return data.totals()
    raise Refused("T-403", "ballots", "this rule adds marks; the ballots hold ranks or grades")


def _box_figures(data: Data) -> dict[str, Number]:
    """Ballots = valid + blank + invalid, and the electors where they are known."""
    figures: dict[str, Number] = {
        "ballots": data.ballots,
        "valid": data.valid,
        "blank": data.blank,
        "invalid": data.invalid,
    }
    if data.electors is not None:
        figures["electors"] = data.electors
    return figures


def concluded(
    rule: Rule,
    data: Data,
    referee: Referee,
    winners: Sequence[int],
    totals: Sequence[Number],
    rounds: Sequence[Round],
    verdict: Message,
    figures: Mapping[str, Number] = _NONE,
    *,
    seats: tuple[int, ...] = (),
    onward: tuple[int, ...] = (),
) -> Outcome:
    """The outcome of a count, with what every rule tells alike: the options, the ties, and the figures of the box.

    Args:
        rule: That counted.
        data: What was counted.
        referee: Of the count.
        winners: As in `Outcome`.
        totals: As in `Outcome`.
        rounds: As in `Outcome`.
        verdict: As in `Outcome`.
        figures: Of this rule, beside those of the box.
        seats: As in `Outcome`.
        onward: As in `Outcome`.
    """
    return Outcome(
        rule=rule,
        options=data.options,
        winners=tuple(winners),
        ties=tuple(referee.open),
        decided=tuple(referee.decided),
        totals=tuple(totals),
        rounds=tuple(rounds),
        verdict=verdict,
        seats=seats,
        onward=onward,
        figures={**_box_figures(data), **figures},
    )


def by_votes(votes: Sequence[Number], among: Collection[int]) -> tuple[int, ...]:
    """Options, most votes first, equals in the order of the question."""
    return tuple(sorted(among, key=lambda option: (-votes[option], option)))


def most_votes(
    rule: Rule,
    totals: Totals,
    referee: Referee,
    winners: Sequence[int],
    verdict: Message,
    *,
    sentences: Sequence[Message] = (),
    figures: Mapping[str, Number] = _NONE,
    onward: tuple[int, ...] = (),
    heading: str = "Votes",
) -> Outcome:
    """The outcome of a rule that adds votes, with its one table: the options by votes.

    Args:
        rule: That counted.
        totals: What was counted.
        referee: Of the count.
        winners: As in `Outcome`.
        verdict: The result in one sentence, should no tie be open.
        sentences: What comes before it.
        figures: Of this rule, beside those of the box.
        onward: As in `Outcome`.
        heading: Over the numbers.
    """
    verdict = referee.verdict(verdict)
    chosen, tied = winners or onward, referee.tied()
    rows: list[tuple[Cell, ...]] = []
    for option in by_votes(totals.votes, range(len(totals.options))):
        state = Word("elected" if option in chosen else "tied" if option in tied else "")
        rows.append((totals.options[option], totals.votes[option], state))
    rows += [(Word("Blank or left out"), totals.blank, ""), (Word("Invalid"), totals.invalid, "")]
    said = (*sentences, *referee.said(), verdict)
    table = Round("result", Message("Votes and result"), ("Option", heading, "Result"), tuple(rows), said)
    return concluded(rule, totals, referee, winners, totals.votes, (table,), verdict, figures, onward=onward)
