"""Shares of a number of ballots or electors: thresholds, quorums, majorities."""

from __future__ import annotations

from fractions import Fraction

from keys.election.rules import Base, Support
from keys.findings import Refused
from tally.count.data import Data
from tally.count.message import Word

__all__ = ["BASES", "SUPPORTS", "base_of", "reaches"]


def base_of(data: Data, base: Base) -> int:
    """What a share is a share of.

    Raises:
        Refused: The number of electors is not known (T-403).
    """
    if base is Base.ELECTORS:
        if data.electors is None:
            raise Refused("T-403", "share of the electors", "the number of electors is not stated")
        return data.electors
    if base is Base.VOTERS:
        return data.ballots
    if base is Base.VALID_OR_BLANK:
        return data.valid + data.blank
    return data.valid


BASES: dict[Base, Word] = {
    Base.ELECTORS: Word("electors on the register"),
    Base.VOTERS: Word("all ballots"),
    Base.VALID_OR_BLANK: Word("valid and blank ballots"),
    Base.VALID: Word("valid ballots"),
}
"""What a share is a share of, in words."""

SUPPORTS: dict[Support, Word] = {
    Support.VOTERS: Word("all ballots"),
    Support.VALID: Word("valid ballots"),
    Support.YES: Word("votes for yes"),
}
"""What is measured against a quorum, in words."""


def reaches(votes: int, share: Fraction, base: int) -> bool:
    """Whether votes are at least the share; exactly the share is enough."""
    return votes >= share * base
