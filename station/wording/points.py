"""Words of a contest in which points are shared out."""

from __future__ import annotations

import dataclasses

from station import answers as a
from station.visits.contest_questions import AskPoints, Notice, OptionLine
from station.wording.form import HARD, FormPage
from station.wording.page import Item, Line, Step, Words

__all__ = ["PointsPage"]

_STARS = 5
"""More points on one option than this are not drawn as stars."""


class PointsPage(FormPage[AskPoints]):
    """V4."""

    def title(self, title: str) -> str:
        """What to do in the contest of this title."""
        question = self.question
        yours = self.many(
            "{title}: your {count} point, or a blank vote.",
            "{title}: your {count} points, or a blank vote.",
            question.most,
            title=title,
        )
        return yours if question.each >= question.most else f"{yours} {self._at_most()}"

    def _at_most(self) -> str:
        return self.many(
            "At most {count} point to one choice.",
            "At most {count} points to one choice.",
            self.question.each,
        )

    def above(self) -> list[Item]:
        """The budget, and how many have to be given."""
        least, words = self.question.least, self.say("You need not give them all.")
        if least > 1:
            words = self.say("Give at least {count} points, or vote blank.", count=least)
        return [*super().above(), Words(words)]

    def line(self, plain: Line, option: OptionLine) -> Line:
        """With its points, in words and as stars."""
        value, each = option.value, self.question.each
        words = [
            self.many("{count} point", "{count} points", number).replace(" ", HARD)
            for number in range(each + 1)
        ]
        more = Step(a.Give(option.option, value + 1), ("right",))
        less = Step(a.Give(option.option, max(value - 1, 0)), ("left", "backspace"))
        line = dataclasses.replace(
            plain,
            steps=(more, less, *self.digits(option, words)),
            ask=self.say("Points from 0 to {most}, then Enter:", most=each),
        )
        if self.frame.small:
            return dataclasses.replace(line, mark=f"[{value}] ")
        return dataclasses.replace(
            line,
            right=f"{plain.right}   {words[value].rjust(max(map(len, words)))}",
            nothing="" if value else words[0],
            drawn=f" {' *' * value}{' .' * (each - value)}" if each <= _STARS else "",
        )

    def notice(self) -> str:
        """What is to be said about the last key."""
        left = self.question.most - self.question.points
        match self.question.notice:
            case Notice.TOO_HIGH:
                return self._at_most()
            case Notice.FULL if left:
                return self.many("You have {count} point left.", "You have {count} points left.", left)
            case Notice.FULL:
                return self.say("No points left. Take one away elsewhere first.")
        return ""

    def given(self) -> str:
        """How many points are given."""
        return self.many(
            "Points given: {count} of {most}.",
            "Points given: {count} of {most}.",
            self.question.points,
            most=self.question.most,
        )

    def hint(self) -> str:
        """The keys that work here."""
        return self.say("Up Down: move   Right: add   Left: take away   Esc: back")

    def short_hint(self) -> str:
        """The same in 40 cells."""
        return self.say("Up Down  Right more  Left less  Esc back")

    def how(self) -> str:
        """What the keys do."""
        return self.say(
            "Right or Enter adds a point, Left takes one away, 0 to 9 sets the points of a choice."
        )
