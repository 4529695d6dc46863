"""Instant run-off: one winner, the lowest excluded until somebody has a majority."""

from __future__ import annotations

from dataclasses import dataclass, field

from keys.election.rules import Rule, RuleParameters
from tally.count.data import Data
from tally.count.message import Argument, Message
from tally.count.outcome import Cell, Number, Outcome, Round, Word
from tally.count.papers import Papers, rank_profile
from tally.count.referee import Referee
from tally.count.standing import concluded

__all__ = ["irv"]


def irv(data: Data, _parameters: RuleParameters, referee: Referee) -> Outcome:
    """Exclude the option with the fewest votes, round by round, until one has more than half of those left.

    Source: Maine, Title 21-A, section 723-A: an option wins with more than half of the papers that still
    name somebody in the count; options whose votes together are fewer than the votes of the next one are
    excluded together, since no order among them can change anything. Other equals are decided.
    """
    profile = rank_profile(data)
    papers = Papers.read(profile)
    count = _Rounds(profile.options, papers, referee)
    winner = count.run(profile.withdrawn)
    if winner is not None:
        args: dict[str, Argument] = {
            "option": profile.options[winner],
            "votes": count.votes[winner],
            "others": sum(count.votes) - count.votes[winner],
        }
        verdict = Message("{option} is elected. Votes: {votes} against {others}.", args)
    else:
        verdict = referee.verdict(Message("No ballot ranks anybody; nobody is elected."))
    figures: dict[str, Number] = {
        "rounds": len(count.rounds),
        "exhausted": papers.total + papers.unclear - sum(count.votes),
    }
    winners, firsts = () if winner is None else (winner,), papers.firsts(len(profile.options))
    return concluded(Rule.IRV, profile, referee, winners, firsts, count.rounds, verdict, figures)


@dataclass
class _Rounds:
    options: tuple[str, ...]
    papers: Papers
    referee: Referee
    standing: list[int] = field(default_factory=list)
    votes: list[int] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    def run(self, withdrawn: frozenset[int]) -> int | None:
        """Round after round; returns the winner, or None at a tie or without votes."""
        self.standing = [option for option in range(len(self.options)) if option not in withdrawn]
        said = list(self.papers.remarks())
        while True:
            self._count()
            left = sum(self.votes)
            ahead = max(self.standing, key=lambda option: self.votes[option])
            if not left or 2 * self.votes[ahead] > left:
                self._note(said)
                return ahead if left else None
            lowest = self._lowest(said)
            self._note(said)
            if not lowest:
                return None
            self.standing = [option for option in self.standing if option not in lowest]
            said = []

    def _count(self) -> None:
        self.votes = [0] * len(self.options)
        standing = set(self.standing)
        for order, number in self.papers.groups:
            for option in order:
                if option in standing:
                    self.votes[option] += number
                    break

    def _lowest(self, said: list[Message]) -> list[int]:
        """Who goes now: the lowest, equals together where that cannot matter, or as decided."""
        least = min(self.votes[option] for option in self.standing)
        tied = [option for option in self.standing if self.votes[option] == least]
        above = [self.votes[option] for option in self.standing if self.votes[option] > least]
        if len(tied) > 1 and not (above and least * len(tied) < min(above)):
            why = Message(
                "{options} have the fewest votes, {votes} each; one must be excluded.",
                {"options": self.referee.names(tied), "votes": least},
            )
            before = len(self.referee.decided)
            step = f"round-{len(self.rounds) + 1}-exclude"
            order = self.referee.order(step, tied, len(tied) - 1, why)
            said += self.referee.said(before)
            tied = [] if order is None else [order[-1]]
        if tied:
            text = "{options}: fewest votes, {votes}, and excluded."
            said.append(Message(text, {"options": self.referee.names(tied), "votes": least}))
        return tied

    def _note(self, said: list[Message]) -> None:
        number = len(self.rounds) + 1
        ranked = sorted(self.standing, key=lambda option: (-self.votes[option], option))
        rows: list[tuple[Cell, ...]] = [(self.options[option], self.votes[option]) for option in ranked]
        rows.append((Word("Exhausted"), self.papers.total + self.papers.unclear - sum(self.votes)))
        title = Message("Round {number}", {"number": number})
        self.rounds.append(Round(f"round-{number}", title, ("Option", "Votes"), tuple(rows), tuple(said)))
