"""Ballots that were opened whole and are no vote: a table of their own in the log, so that none is dropped unsaid."""

from __future__ import annotations

from collections.abc import Mapping

from keys.election.forms import Flaw
from tally.count.message import Message
from tally.count.outcome import Round, Word

__all__ = ["invalid_round"]

_REASONS = {
    Flaw.ENCODING: Word("not written in the canonical form of its choices"),
    Flaw.VALUE: Word("a value that does not exist"),
    Flaw.TWICE: Word("a rank given twice"),
    Flaw.GAP: Word("a rank left out"),
    Flaw.TOO_FEW: Word("fewer choices than asked for"),
    Flaw.TOO_MANY: Word("more choices than allowed"),
    Flaw.TOO_DEAR: Word("choices that cost more than allowed"),
}


def invalid_round(flaws: Mapping[Flaw, int]) -> tuple[Round, ...]:
    """The table of invalid ballots by reason; nothing where there are none."""
    rows = tuple((number, _REASONS[flaw]) for flaw, number in flaws.items() if number)
    title = Message("Invalid ballots, by reason")
    return (Round("invalid", title, ("Ballots", "Reason"), rows, ()),) if rows else ()
