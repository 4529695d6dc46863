"""Shares of a number of ballots or electors: thresholds, quorums, majorities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from keys.election.rules import Base, RuleParameters, Support
from keys.findings import Refused
from tally.count.data import Data
from tally.count.message import Argument, Message, Word

__all__ = ["BASES", "SUPPORTS", "Threshold", "base_of", "reaches"]


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


@dataclass(frozen=True, slots=True)
class Threshold:
    """The share of the votes that an option must reach; where a rule states none, every option does."""

    share: Fraction | None
    base: int
    kind: Word
    """What the base is."""

    @classmethod
    def of(cls, data: Data, parameters: RuleParameters) -> Threshold:
        """The threshold of a rule.

        Raises:
            Refused: It is a share of the electors, whose number is not known (T-403).
        """
        base = 0 if parameters.threshold is None else base_of(data, parameters.threshold_base)
        return cls(parameters.threshold, base, BASES[parameters.threshold_base])

    def reached(self, votes: int) -> bool:
        """Whether these votes are enough."""
        return self.share is None or reaches(votes, self.share, self.base)

    def told(self, text: str, others: Mapping[str, Argument] = MappingProxyType({})) -> tuple[Message, ...]:
        """A sentence with the fields `share`, `base`, `kind`, `votes` (needed) and others; none where all do."""
        if self.share is None:
            return ()
        args: dict[str, Argument] = {
            "share": self.share,
            "base": self.base,
            "kind": self.kind,
            "votes": self.share * self.base,
        }
        return (Message(text, {**args, **others}),)
