"""The page of a contest: what all forms of ballot have in common; each form's own words stand in its file."""

from __future__ import annotations

import textwrap
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar

from station import answers as a
from station.visits.contest_questions import AskContest, OptionLine
from station.wording.frame import Frame
from station.wording.page import Item, Line, Page, Step, Verb, Words

__all__ = ["HARD", "KEYS", "FormPage", "heading"]

KEYS = {"escape": a.Back(), "f2": a.ChangeLanguage(), "f12": a.CallWorker()}
_NARROWEST, _ROWS = 42, 2
_LEAST = 8
"""Letters of a title that still say something; with fewer it stands below the heading alone."""
_STOPS = " ,;:.-"
HARD = "\u00a0"
"""A space at which no row ends."""
_DIGITS = 10

Asked = TypeVar("Asked", bound=AskContest)


def heading(title: str, frame: Frame, make: Callable[[str], str]) -> tuple[str, list[Item]]:
    """A heading of two rows at most: what to do is never cut off by a long title.

    Args:
        title: Of the contest.
        frame: Surroundings, with the width.
        make: Puts a title into what is said.

    Returns:
        The heading, and the whole title for the top of the page where it was shortened.
    """
    shown = title
    width = max(frame.width, _NARROWEST) - (2 if frame.small else 4)
    for length in (len(title), *range(len(title) - 4, _LEAST, -4), len("...")):
        shown = title if length == len(title) else _shortened(title, length)
        if len(textwrap.wrap(make(shown), width, break_on_hyphens=False)) <= _ROWS:
            break
    return make(shown), [] if shown == title else [Words(title)]


def _shortened(title: str, length: int) -> str:
    """Whole words where one fits, else the beginning of the first."""
    cut = textwrap.shorten(title, length, placeholder="...").removesuffix("...")
    return f"{(cut or title[: length - len('...')]).rstrip(_STOPS)}..."


class FormPage(ABC, Generic[Asked]):
    """The page of a contest: heading, what to know first, a line for each option, the two ways on.

    Attributes:
        question: What is asked.
        frame: Surroundings.
        say: Says a sentence in the voter's language.
        many: Says a sentence that depends on a number.
    """

    def __init__(self, question: Asked, frame: Frame) -> None:
        """Take a question."""
        self.question = question
        self.frame = frame
        self.say, self.many = frame.language.say, frame.language.say_many

    @classmethod
    def of(cls, question: Asked, frame: Frame) -> Page:
        """The page of a question."""
        return cls(question, frame).page()

    def page(self) -> Page:
        """All of it."""
        title, whole = heading(self.question.title, self.frame, self.title)
        lines = [
            self.line(self._plain(number, option), option)
            for number, option in enumerate(self.question.options, start=1)
        ]
        ways_on = (Verb(self.say("Continue"), a.Done()), Verb(self.say("Vote blank here"), a.BlankHere()))
        above = [] if self.frame.small else self.above()
        hint = self.short_hint() if self.frame.small else self.hint()
        confirm = (
            self.say("Up Down  Enter confirm  Esc back")
            if self.frame.small
            else self.say("Up Down: move   Enter: confirm   Esc: back   F1: help")
        )
        return self.frame.voter(
            f"contest {self.question.contest}",
            title,
            (*whole, *above, *lines, *ways_on),
            hint,
            hint_at=lambda at: hint if at >= 0 else confirm,  # a button ticks nothing
            how=self.how(),
            notice=self.notice(),
            note_at=self._note_at,
            keys=KEYS,
            tab_to_button=True,
        )

    # What each form says

    @abstractmethod
    def title(self, title: str) -> str:
        """What to do in the contest of this title."""

    @abstractmethod
    def line(self, plain: Line, option: OptionLine) -> Line:
        """The line of an option, made of one that has its name, price and number."""

    @abstractmethod
    def notice(self) -> str:
        """What is to be said about the last key; empty if nothing is."""

    @abstractmethod
    def given(self) -> str:
        """How much is given so far."""

    @abstractmethod
    def hint(self) -> str:
        """The keys that work here."""

    @abstractmethod
    def short_hint(self) -> str:
        """The same in 40 cells."""

    def how(self) -> str:
        """What the help says of keys that work here alone."""
        return ""

    def above(self) -> list[Item]:
        """What a voter should know first, where there is room for it."""
        amount = self.money(self.question.budget)
        if not amount:
            return []
        return [Words(self.say("Budget {amount}. Costs are given for information.", amount=amount))]

    # What they have in common

    def digits(self, option: OptionLine, labels: list[str]) -> tuple[Step, ...]:
        """Values that a digit gives an option; those without a label are too high, and it is said."""
        return tuple(
            Step(
                a.Give(option.option, value),
                (str(value),) if value < _DIGITS else (),
                labels[value] if value < len(labels) else "",
                str(value),
            )
            for value in range(max(len(labels), _DIGITS))
        )

    def _plain(self, number: int, option: OptionLine) -> Line:
        members = enumerate(option.members, start=1)
        return Line(
            label=option.name,
            short=option.short_name,
            answer=a.Tick(option.option),
            right=self.money(option.cost),
            number=str(number),
            details=tuple(f"{place} {name}".replace(" ", HARD) for place, name in members),
        )

    def money(self, amount: int | None) -> str:
        """An amount; empty where the definition says nothing of it."""
        currency = self.question.currency
        return self.frame.language.money(amount, currency) if amount is not None and currency else ""

    def _note_at(self, place: int) -> str:
        """What is said while the focus is on a line, from 0, or on none of them."""
        given, options = self.given(), self.question.options
        if place < 0:
            return given
        line = self.say("Line {line} of {lines}.", line=place + 1, lines=len(options))
        return f"{self.about(options[place])}{given} {line}"

    def about(self, option: OptionLine) -> str:  # noqa: ARG002
        """What the note says first of the option with the focus."""
        return ""
