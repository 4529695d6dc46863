"""What most rules show: the figures of the box, and the table of options by votes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from keys.findings import Refused
from tally.count.data import ApprovalProfile, Data, Totals
from tally.count.message import Message
from tally.count.outcome import Cell, Number, Round, Word

__all__ = ["box_figures", "by_votes", "result_round", "sums"]


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


def box_figures(data: Data) -> dict[str, Number]:
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


def by_votes(votes: Sequence[Number], among: Collection[int]) -> tuple[int, ...]:
    """Options, most votes first, equals in the order of the question."""
    return tuple(sorted(among, key=lambda option: (-votes[option], option)))


def result_round(
    totals: Totals,
    winners: Collection[int],
    tied: Collection[int],
    sentences: Sequence[Message],
    title: str = "Votes and result",
    winning: str = "elected",
) -> Round:
    """The one table of rules that add votes."""
    rows: list[tuple[Cell, ...]] = []
    for option in by_votes(totals.votes, range(len(totals.options))):
        state = Word(winning if option in winners else "tied" if option in tied else "")
        rows.append((totals.options[option], totals.votes[option], state))
    rows += [(Word("Blank or left out"), totals.blank, ""), (Word("Invalid"), totals.invalid, "")]
    return Round("result", Message(title), ("Option", "Votes", "Result"), tuple(rows), tuple(sentences))
