"""Single transferable vote as Scottish councils are elected, in whole hundred-thousandths of a vote."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from keys.election.rules import Rule, RuleParameters
from tally.count.data import Data
from tally.count.message import Argument, Message
from tally.count.outcome import Cell, Number, Outcome, Round, Word
from tally.count.papers import Papers, lowest_by_history, rank_profile
from tally.count.referee import Referee
from tally.count.standing import concluded

__all__ = ["stv_scottish"]

_ONE = 10**5
"""A vote, in the units of the count: five decimal places (rule 48)."""

_HOPEFUL, _ELECTED, _EXCLUDED, _WITHDRAWN = Word(), Word("elected"), Word("excluded"), Word("withdrawn")
_Parcel = tuple[tuple[int, ...], int, int, int]
"""Preferences, position of the one it lies with, value of a paper, number of papers."""


def stv_scottish(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Elect by quota, transferring surpluses and the papers of those excluded.

    Source: Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52:
    weighted inclusive Gregory transfers cut to five decimals, quota = papers / (seats + 1) cut to a whole
    number, plus 1; equals by the most recent stage at which they differed, else by lot.
    """
    profile = rank_profile(data)
    papers = Papers.read(profile)
    count = _Stages(profile.options, parameters.seats or 1, papers, referee)
    for option in profile.withdrawn:
        count.state[option] = _WITHDRAWN
    count.run()
    elected = Message("Elected, in this order: {options}.", {"options": referee.names(count.elected)})
    figures: dict[str, Number] = {
        "unclear": papers.unclear,
        "seats": count.seats,
        "quota": count.quota // _ONE,
        "stages": len(count.rounds),
        "non-transferable": Fraction(count.exhausted, _ONE),
        "lost to rounding": Fraction(count.lost, _ONE),
    }
    firsts, verdict = papers.firsts(len(profile.options)), referee.verdict(elected)
    return concluded(
        Rule.STV_SCOTTISH, profile, referee, count.elected, firsts, count.rounds, verdict, figures
    )


@dataclass
class _Stages:
    """The papers on the table, stage by stage."""

    options: tuple[str, ...]
    seats: int
    papers: Papers
    referee: Referee
    state: list[Word] = field(default_factory=list)
    votes: list[int] = field(default_factory=list)
    parcels: list[list[_Parcel]] = field(default_factory=list)
    elected: list[int] = field(default_factory=list)
    pending: list[int] = field(default_factory=list)
    history: list[list[int]] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    exhausted: int = 0
    lost: int = 0
    quota: int = 0

    def __post_init__(self) -> None:
        self.state = [_HOPEFUL] * len(self.options)
        self.parcels = [[] for _ in self.options]
        for order, number in self.papers.groups:
            self.parcels[order[0]].append((order, 0, _ONE, number))
        self.votes = [number * _ONE for number in self.papers.firsts(len(self.options))]
        self.quota = (self.papers.total // (self.seats + 1) + 1) * _ONE

    def run(self) -> None:
        """Stage after stage, until the seats are filled or a tie must be decided."""
        said = list(self.papers.remarks())
        said.append(
            Message(
                "The quota is {quota}: the number of ballots ({papers}) divided by {parts}, rounded down, plus "
                "1.",
                {"quota": self.quota // _ONE, "papers": self.papers.total, "parts": self.seats + 1},
            )
        )
        title = Message("First preferences")
        while self.papers.total:
            said += self._elect()
            over = self._fill(said)
            self._note(title, said)
            if over or len(self.elected) == self.seats:
                return
            said = []
            moved = self._surplus(said) if self.pending else self._exclude(said)
            if moved is None:
                return
            title = moved

    def _hopeful(self) -> list[int]:
        return [option for option, state in enumerate(self.state) if state == _HOPEFUL]

    def _elect(self) -> list[Message]:
        """Rule 47: who has the quota is elected."""
        reached = [option for option in self._hopeful() if self.votes[option] >= self.quota]
        reached.sort(key=lambda option: (-self.votes[option], option))
        for option in reached:
            self.state[option] = _ELECTED
            self.elected.append(option)
            if self.votes[option] > self.quota:
                self.pending.append(option)
        return [
            self._said("{option} has the quota with {votes} and is elected.", option) for option in reached
        ]

    def _fill(self, said: list[Message]) -> bool:
        """Rule 52: as many left as seats left, they are elected."""
        hopeful = self._hopeful()
        if len(hopeful) > self.seats - len(self.elected):
            return False
        for option in sorted(hopeful, key=lambda option: (-self.votes[option], option)):
            self.state[option] = _ELECTED
            self.elected.append(option)
            said.append(self._said("{option} is elected: as many are left as there are seats.", option))
        return True

    def _surplus(self, said: list[Message]) -> Message | None:
        """Rules 48 and 49: transfer the largest surplus."""
        highest = max(self.votes[option] for option in self.pending)
        tied = [option for option in self.pending if self.votes[option] == highest]
        chosen = self._choose(tied, "surplus", True, said)
        if chosen is None:
            return None
        self.pending.remove(chosen)
        surplus, total = self.votes[chosen] - self.quota, self.votes[chosen]
        parcels = [
            (order, position, surplus * value // total, number)
            for order, position, value, number in self.parcels[chosen]
        ]
        self.parcels[chosen] = []
        self.votes[chosen] = self.quota
        moved = self._transfer(parcels)
        self.lost += surplus - moved
        said.append(self._said("The surplus of {option}, {votes}, is transferred.", chosen, surplus))
        return self._said("Surplus of {option}", chosen)

    def _exclude(self, said: list[Message]) -> Message | None:
        """Rules 50 and 51: exclude the lowest."""
        hopeful = self._hopeful()
        lowest = min(self.votes[option] for option in hopeful)
        tied = [option for option in hopeful if self.votes[option] == lowest]
        chosen = self._choose(tied, "exclude", False, said)
        if chosen is None:
            return None
        self.state[chosen] = _EXCLUDED
        said.append(
            self._said("{option} has the fewest votes, {votes}, and is excluded.", chosen, self.votes[chosen])
        )
        parcels, self.parcels[chosen], self.votes[chosen] = self.parcels[chosen], [], 0
        self._transfer(parcels)
        return self._said("Exclusion of {option}", chosen)

    def _choose(self, tied: list[int], what: str, highest: bool, said: list[Message]) -> int | None:
        if len(tied) == 1:
            return tied[0]
        why = Message(
            "{options} had the same votes at every stage; one must be chosen ({what}).",
            {"options": self.referee.names(tied), "what": what},
        )
        before = len(self.referee.decided)
        step = f"stage-{len(self.rounds) + 1}-{what}"
        chosen = lowest_by_history(tied, self.history[:-1], highest, self.referee, step, why)
        decided = self.referee.said(before)
        said += decided
        if chosen is not None and not decided:
            said.append(
                self._said(
                    "Several had the same votes; the last stage at which they differed names {option}.",
                    chosen,
                )
            )
        return chosen

    def _transfer(self, parcels: list[_Parcel]) -> int:
        """Give each paper to its next preference still in the count; returns what was moved in all."""
        moved = 0
        heaps: dict[tuple[tuple[int, ...], int, int], int] = {}
        for order, position, value, number in parcels:
            moved += value * number
            for later in range(position + 1, len(order)):
                if self.state[order[later]] == _HOPEFUL:
                    key = (order, later, value)
                    heaps[key] = heaps.get(key, 0) + number
                    self.votes[order[later]] += value * number
                    break
            else:
                self.exhausted += value * number
        for (order, position, value), number in heaps.items():
            self.parcels[order[position]].append((order, position, value, number))
        return moved

    def _note(self, title: Message, said: list[Message]) -> None:
        self.history.append(list(self.votes))
        ranked = sorted(range(len(self.options)), key=lambda option: (-self.votes[option], option))
        rows: list[tuple[Cell, ...]] = [
            (self.options[option], Fraction(self.votes[option], _ONE), self.state[option])
            for option in ranked
        ]
        rows.append((Word("Non-transferable"), Fraction(self.exhausted, _ONE), ""))
        rows.append((Word("Lost to rounding"), Fraction(self.lost, _ONE), ""))
        step = f"stage-{len(self.rounds) + 1}"
        self.rounds.append(Round(step, title, ("Option", "Votes", "State"), tuple(rows), tuple(said)))

    def _said(self, text: str, option: int, votes: int | None = None) -> Message:
        shown = self.votes[option] if votes is None else votes
        args: dict[str, Argument] = {"option": self.options[option], "votes": Fraction(shown, _ONE)}
        return Message(text, args)
