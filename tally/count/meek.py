"""Single transferable vote by Meek's method, in whole billionths of a vote."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from keys.election.rules import Rule, RuleParameters
from tally.count.data import Data
from tally.count.message import Argument, Message
from tally.count.outcome import Number, Outcome, Round, Word
from tally.count.papers import Papers, rank_profile
from tally.count.referee import Referee
from tally.count.standing import concluded

__all__ = ["stv_meek"]

_ONE = 10**9
"""A vote, in the units of the count: nine decimal places."""
_OMEGA = 10**3
"""A round ends when the surpluses together are below a millionth of a vote."""
_HOPEFUL, _ELECTED, _DEFEATED = Word(), Word("elected"), Word("excluded")


def stv_meek(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Elect by a quota that follows the papers still in use; each elected option keeps only what it needs.

    Source: B. L. Meek 1969; I. D. Hill, B. A. Wichmann, D. R. Woodall, Algorithm 123, Computer Journal
    1987; in the form of the reference rule of the Proportional Representation Foundation (nine decimals,
    omega 0.000001): options within the surplus of the lowest are tied with it.
    """
    profile = rank_profile(data)
    papers = Papers.read(profile)
    count = _Meek(profile.options, parameters.seats or 1, papers, referee)
    count.run(profile.withdrawn)
    elected = Message("Elected, in this order: {options}.", {"options": referee.names(count.elected)})
    figures: dict[str, Number] = {
        "unclear": papers.unclear,
        "seats": count.seats,
        "quota": Fraction(count.quota, _ONE),
        "exhausted": Fraction(papers.total * _ONE - sum(count.votes), _ONE),
    }
    firsts, verdict = papers.firsts(len(profile.options)), referee.verdict(elected)
    return concluded(Rule.STV_MEEK, profile, referee, count.elected, firsts, count.rounds, verdict, figures)


@dataclass
class _Meek:
    """Keep factors and votes, round by round."""

    options: tuple[str, ...]
    seats: int
    papers: Papers
    referee: Referee
    state: list[Word] = field(default_factory=list)
    keep: list[int] = field(default_factory=list)
    votes: list[int] = field(default_factory=list)
    quota: int = 0
    elected: list[int] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    def run(self, withdrawn: frozenset[int]) -> None:
        """Round after round until the seats are filled or a tie must be decided."""
        self.state = [_DEFEATED if option in withdrawn else _HOPEFUL for option in range(len(self.options))]
        self.keep = [0 if option in withdrawn else _ONE for option in range(len(self.options))]
        self._distribute()
        said = list(self.papers.remarks())
        while self.papers.total and not self._full():
            elected, surplus = self._iterate()
            said += elected
            self._note(said, surplus)
            said = []
            if not elected:
                lowest = self._lowest(surplus, said)
                if lowest is None:
                    return
                self._defeat(lowest)
        if self.papers.total:
            said += self._fill()
            self._note(said, self._surplus())

    def _defeat(self, option: int) -> None:
        """Take an option out; its papers move on when they are next distributed."""
        self.state[option] = _DEFEATED
        self.keep[option] = 0
        self.votes[option] = 0

    def _of(self, state: Word) -> list[int]:
        return [option for option, now in enumerate(self.state) if now == state]

    def _full(self) -> bool:
        return len(self.elected) >= self.seats or len(self.elected) + len(self._of(_HOPEFUL)) <= self.seats

    def _distribute(self) -> None:
        """Each paper gives every option on it the share it keeps of what the earlier ones left."""
        self.votes = [0] * len(self.options)
        for order, number in self.papers.groups:
            weight = _ONE
            for option in order:
                kept = -(-weight * self.keep[option] // _ONE)
                self.votes[option] += kept * number
                weight -= kept
                if not weight:
                    break
        self.quota = sum(self.votes) // (self.seats + 1) + 1

    def _surplus(self) -> int:
        return max(sum(self.votes[option] - self.quota for option in self.elected), 0)

    def _iterate(self) -> tuple[list[Message], int]:
        """Adjust what the elected keep, until somebody has the quota or the surplus is next to nothing."""
        before: int | None = None
        while True:
            self._distribute()
            reached = [option for option in self._of(_HOPEFUL) if self.votes[option] >= self.quota]
            said = self._elect(reached)
            surplus = self._surplus()
            if reached or surplus < _OMEGA or (before is not None and surplus >= before):
                return said, surplus
            before = surplus
            for option in self.elected:
                kept = -(-self.keep[option] * self.quota // _ONE)
                self.keep[option] = -(-kept * _ONE // self.votes[option])

    def _elect(self, reached: list[int]) -> list[Message]:
        said = []
        for option in sorted(reached, key=lambda option: (-self.votes[option], option)):
            if len(self.elected) == self.seats:
                break
            self.state[option] = _ELECTED
            self.elected.append(option)
            said.append(self._said("{option} has the quota with {votes} and is elected.", option))
        return said

    def _lowest(self, surplus: int, said: list[Message]) -> int | None:
        hopeful = self._of(_HOPEFUL)
        least = min(self.votes[option] for option in hopeful)
        tied = [option for option in hopeful if self.votes[option] <= least + surplus]
        if len(tied) > 1:
            why = Message(
                "{options} have the fewest votes, equal up to the surplus left; one must be excluded.",
                {"options": self.referee.names(tied)},
            )
            before = len(self.referee.decided)
            order = self.referee.order(f"round-{len(self.rounds)}-exclude", tied, len(tied) - 1, why)
            said += self.referee.said(before)
            if order is None:
                return None
            tied = [order[-1]]
        said.append(self._said("{option} has the fewest votes, {votes}, and is excluded.", tied[0]))
        return tied[0]

    def _fill(self) -> list[Message]:
        """The seats are filled, or as many are left as there are seats."""
        said = []
        hopeful = sorted(self._of(_HOPEFUL), key=lambda option: (-self.votes[option], option))
        for option in hopeful:
            if len(self.elected) < self.seats:
                self.state[option] = _ELECTED
                self.elected.append(option)
                said.append(self._said("{option} is elected: as many are left as there are seats.", option))
            else:
                self._defeat(option)
        return said

    def _note(self, said: list[Message], surplus: int) -> None:
        number = len(self.rounds) + 1
        ranked = sorted(range(len(self.options)), key=lambda option: (-self.votes[option], option))
        rows = tuple(
            (
                self.options[option],
                Fraction(self.votes[option], _ONE),
                Fraction(self.keep[option], _ONE),
                self.state[option],
            )
            for option in ranked
        )
        rest = Fraction(self.papers.total * _ONE - sum(self.votes), _ONE)
        sums = Message(
            "Quota {quota}; surplus {surplus}; exhausted {rest}.",
            {"quota": Fraction(self.quota, _ONE), "surplus": Fraction(surplus, _ONE), "rest": rest},
        )
        columns = ("Option", "Votes", "Share kept of each vote", "State")
        title = Message("Round {number}", {"number": number})
        self.rounds.append(Round(f"round-{number}", title, columns, rows, (*said, sums)))

    def _said(self, text: str, option: int) -> Message:
        args: dict[str, Argument] = {
            "option": self.options[option],
            "votes": Fraction(self.votes[option], _ONE),
        }
        return Message(text, args)
