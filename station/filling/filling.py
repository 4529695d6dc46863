"""What is filled in in one contest, whatever its form: one value an option, all 0 at first.

In memory only, and emptied as soon as it is not needed. Nothing that is filled in can break the rule of its form
but by being too little; that is what `Filling.missing` says.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from keys.desk.chosen import chosen_in
from keys.desk.spending import spending_in
from keys.election.definition import Contest, text_in
from keys.election.forms import Shape
from keys.findings import Misuse
from station.visits.chosen import ContestLine
from station.visits.contest_questions import AskContest, Notice, OptionLine

__all__ = ["Filling"]


class Filling(ABC):
    """The values in one contest.

    Attributes:
        contest: It.
        shape: What its form allows.
        order: Its options by index, in the order of the screen.
        notice: What is to be said about the last key.
        left_blank: The voter chose to vote blank here, and has filled in nothing since.
        moved: The options that lost and won the one choice, where `notice` says so.
    """

    def __init__(self, contest: Contest, order: Sequence[int]) -> None:
        """Start with nothing filled in.

        Args:
            contest: Of the form of this class.
            order: Its options by index, in the order of the screen.
        """
        self.contest = contest
        self.shape = Shape.of(contest)
        self.order = tuple(order)
        self.notice: Notice | None = None
        self.moved: tuple[int, int] | None = None
        self.left_blank = False
        self._values = [0] * len(contest.options)

    def tick(self, option: int) -> None:
        """Do what Enter does on an option.

        Raises:
            Misuse: There is no such option.
        """
        self._check(option)
        self.give(option, self._next(option))

    def give(self, option: int, value: int) -> None:
        """Give an option a value, 0 to take it away; what the form does not allow changes nothing.

        `notice` then says why.

        Raises:
            Misuse: There is no such option, or the value is below 0.
        """
        self._check(option)
        if value < 0:
            raise Misuse(f"contest {self.contest.id} has no value {value}")
        self.quiet()
        self._give(option, value)
        self.left_blank = self.left_blank and not self.given

    def _check(self, option: int) -> None:
        if option not in range(len(self._values)):
            raise Misuse(f"contest {self.contest.id} has no option {option}")

    @abstractmethod
    def _next(self, option: int) -> int:
        """The value that Enter gives an option."""

    @abstractmethod
    def _give(self, option: int, value: int) -> None:
        """Give a value, or set `notice`."""

    @abstractmethod
    def ask(self, index: int, language: str) -> AskContest:
        """The question about this contest, which has an index in the definition."""

    @property
    def given(self) -> int:
        """How many options have a value (points: how many points are given)."""
        return sum(value > 0 for value in self._values)

    @property
    def missing(self) -> int:
        """How much is missing to a ballot; 0 where this can be one as it stands."""
        return max(self.shape.least - self.given, 0) if self.given else 0

    @property
    def selection(self) -> tuple[int, ...]:
        """Value by option; empty for blank."""
        return tuple(self._values) if any(self._values) else ()

    def _fits(self, option: int) -> bool:  # noqa: ARG002
        """Whether an option can be chosen, as far as a spending limit goes."""
        return True

    def quiet(self) -> None:
        """Forget what was said about the last key."""
        self.notice = self.moved = None

    def clear(self) -> None:
        """Forget all values."""
        self.quiet()
        self.left_blank = False
        self._values = [0] * len(self._values)

    def leave_blank(self) -> None:
        """Vote blank here."""
        self.clear()
        self.left_blank = True

    def line(self, index: int, language: str) -> ContestLine:
        """What is filled in, for the list of contests and the review."""
        return ContestLine(
            contest=index,
            title=text_in(self.contest.title, language),
            chosen=chosen_in(self.contest, self.selection, language, self.order),
            most=self.shape.most,
            options=len(self._values),
            form=self.shape.form,
            left_blank=self.left_blank,
            spending=spending_in(self.contest, self.selection),
        )

    def _asked(self, index: int, language: str) -> dict[str, Any]:
        """What all questions about a contest have in common."""
        contest = self.contest
        names = [text_in(option.name, language) for option in contest.options]
        return {
            "contest": index,
            "title": text_in(contest.title, language),
            "options": tuple(self._option(at, language) for at in self.order),
            "least": self.shape.least,
            "most": self.shape.most,
            "budget": contest.terms.budget,
            "currency": contest.currency,
            "notice": self.notice,
            "moved": (names[self.moved[0]], names[self.moved[1]]) if self.moved else None,
        }

    def _option(self, at: int, language: str) -> OptionLine:
        option = self.contest.options[at]
        name = text_in(option.name, language)
        return OptionLine(
            option=at,
            name=name,
            short_name=text_in(option.short_name, language) if option.short_name else name,
            cost=option.cost,
            members=option.members or (),
            value=self._values[at],
            fits=self._fits(at),
        )
