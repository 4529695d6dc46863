"""Words of a contest in which options are put in order."""

from __future__ import annotations

import dataclasses

from keys.desk.chosen import ordinal
from station import answers as a
from station.visits.contest_questions import AskRanks, Notice, OptionLine
from station.wording.form import FormPage
from station.wording.page import Item, Line, Step, Words

__all__ = ["RanksPage"]

_SHOWN = 5
"""Rankings up to this length are shown above the options, or folded into the note."""
_WIDEST = 6
_AWAY = ("left", "backspace")


class RanksPage(FormPage[AskRanks]):
    """V5."""

    def title(self, title: str) -> str:
        """What to do in the contest of this title."""
        say, least, most = self.say, self.question.least, self.question.most
        if least == most:
            return say("{title}: rank {count}, your favourite first, or vote blank.", title=title, count=most)
        if least > 1:
            return say(
                "{title}: rank {least} to {most}, your favourite first, or vote blank.",
                title=title,
                least=least,
                most=most,
            )
        return say(
            "{title}: rank up to {count}, your favourite first, or vote blank.", title=title, count=most
        )

    def above(self) -> list[Item]:
        """A short ranking so far; plain lines have the ranks at their options alone."""
        if self.question.most > _SHOWN:
            return super().above()
        ranked = self._ranked()
        summary = [
            Words(
                f"{self._ordinal(rank):<{_WIDEST}}"
                + (ranked[rank][1].short_name if rank in ranked else self.say("(to choose)")),
                of_screen=True,
            )
            for rank in range(1, self.question.most + 1)
        ]
        return [*super().above(), *summary]

    def _ranked(self) -> dict[int, tuple[int, OptionLine]]:
        """Number on the page and option, by rank."""
        return {
            line.value: (at, line) for at, line in enumerate(self.question.options, start=1) if line.value
        }

    def _ordinal(self, rank: int) -> str:
        return ordinal(rank, self.frame.language)

    def line(self, plain: Line, option: OptionLine) -> Line:
        """With its rank."""
        rank = self._ordinal(option.value) if option.value else " -"
        steps = self._change(option) if option.value else self._begin(option)
        return dataclasses.replace(plain, mark=f"{rank:<{5 if self.question.most > 9 else 4}}", steps=steps)

    def _begin(self, option: OptionLine) -> tuple[Step, ...]:
        following = self.question.given + 1
        room = following <= self.question.most
        words = self.say("Rank it {rank}", rank=self._ordinal(following)) if room else ""
        return (
            Step(a.Give(option.option, following), ("right",), words, "1" if room else ""),
            Step(a.Give(option.option, 0), _AWAY),
        )

    def _change(self, option: OptionLine) -> tuple[Step, ...]:
        at, rank = option.option, option.value
        return (
            Step(a.Give(at, rank), ("right",)),
            Step(a.Give(at, 0), _AWAY, self.say("Take its rank away"), "1"),
            Step(a.Give(at, max(rank - 1, 1)), ("plus", "+"), self.say("Move it up"), "2"),
            Step(a.Give(at, rank + 1), ("minus", "-"), self.say("Move it down"), "3"),
        )

    def notice(self) -> str:
        """What is to be said about the last key."""
        match self.question.notice:
            case Notice.FULL:
                return self.many(
                    "You have ranked {count} choice already. Remove it first.",
                    "You have ranked {count} choices already. Remove one first.",
                    self.question.most,
                )
            case Notice.MOVED_UP:
                return self.say("Removed. Those after it have moved up.")
        return ""

    def given(self) -> str:
        """How many ranks are given; where there is little room, all of them by the numbers of the options."""
        question, ranked = self.question, self._ranked()
        if self.frame.small and question.most <= _SHOWN:
            folded = (
                f"{self._ordinal(rank)}\u00a0{ranked[rank][0] if rank in ranked else '-'}"
                for rank in range(1, question.most + 1)
            )
            return f"{'   '.join(folded)}  "
        return self.many(
            "Ranks given: {count} of {most}.",
            "Ranks given: {count} of {most}.",
            question.given,
            most=question.most,
        )

    def hint(self) -> str:
        """The keys that work here."""
        return self.say("Enter: next rank   Left: remove   + -: move it   Esc: back   F1: help")

    def short_hint(self) -> str:
        """The same in 40 cells."""
        return self.say("Enter rank  Left remove  + -  Esc back")

    def how(self) -> str:
        """What the keys do."""
        return self.say(
            "Enter gives the next rank or takes it away. + and - move a ranked choice up and down."
        )
