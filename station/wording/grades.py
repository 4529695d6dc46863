"""Words of a contest in which every option gets a grade."""

from __future__ import annotations

import dataclasses
import textwrap

from station import answers as a
from station.visits.contest_questions import AskGrades, Notice, OptionLine
from station.wording.form import HARD, FormPage
from station.wording.page import Item, Line, Step, Words

__all__ = ["GradesPage"]

_WIDEST, _WIDEST_SMALL = 30, 14


class GradesPage(FormPage[AskGrades]):
    """A row for each option, with its grade at the right."""

    def title(self, title: str) -> str:
        """What to do in the contest of this title."""
        return self.say("{title}: give each choice a grade, or vote blank.", title=title)

    def above(self) -> list[Item]:
        """The grades and their digits; plain lines say them where one is asked for."""
        return [*super().above(), Words(self._scale(), of_screen=True)]

    def _scale(self) -> str:
        named = enumerate(self.question.grades, start=1)
        return "   ".join(f"{grade}{HARD}{name.replace(' ', HARD)}" for grade, name in named)

    def line(self, plain: Line, option: OptionLine) -> Line:
        """With its grade."""
        grades, value, small = self.question.grades, option.value, self.frame.small
        widest = _WIDEST_SMALL if small else _WIDEST
        width = min(max(map(len, grades)), widest)
        shown = textwrap.shorten(self._grade(option) or "-", widest, placeholder="...")[:widest]
        higher = Step(a.Give(option.option, min(value + 1, len(grades))), ("right",))
        lower = Step(a.Give(option.option, max(value - 1, 0)), ("left", "backspace"))
        digits = self.digits(option, [self.say("No grade"), *grades])
        return dataclasses.replace(
            plain,
            right=f"{plain.right}   {shown:<{width}}" if plain.right and not small else f"{shown:<{width}}",
            steps=(higher, lower, *digits),
        )

    def _grade(self, option: OptionLine) -> str:
        return self.question.grades[option.value - 1] if option.value else ""

    def notice(self) -> str:
        """What is to be said about the last key."""
        match self.question.notice:
            case Notice.TOO_HIGH:
                highest = len(self.question.grades)
                return self.say("The grades are 1 to {highest}; 0 takes a grade away.", highest=highest)
            case Notice.FULL:
                return self.many(
                    "You have graded {count} choice already. Take its grade away first.",
                    "You have graded {count} choices already. Take a grade away first.",
                    self.question.most,
                )
        return ""

    def about(self, option: OptionLine) -> str:
        """Its grade, which a narrow line may cut."""
        grade = self._grade(option)
        return f"{grade}. " if grade else ""

    def given(self) -> str:
        """How many are graded."""
        given, options = self.question.given, len(self.question.options)
        return self.many("Graded: {count} of {most}.", "Graded: {count} of {most}.", given, most=options)

    def hint(self) -> str:
        """The keys that work here."""
        highest = len(self.question.grades)
        return self.say(
            "Right: raise   Left: lower   0-{highest}: set   Esc: back   F1: help", highest=highest
        )

    def short_hint(self) -> str:
        """The same in 40 cells."""
        return self.say("Up Down  Right more  Left less  Esc back")

    def how(self) -> str:
        """What the keys do, and the grades."""
        how = self.say("Right raises the grade, Left lowers it, Enter goes to the next, 0 takes it away.")
        return f"{how} {self._scale()}"
