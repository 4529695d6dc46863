"""What the pages of all contests have in common: their keys, what stands above the options, an option, the end."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from station import answers as a
from station.contest_questions import AskContest, OptionLine
from station.page import Item, Verb, Words
from station.wording.frame import Frame

__all__ = ["KEYS", "above_options", "below_options", "heading", "members_of", "price_of", "with_place"]

_NARROWEST, _ROWS = 42, 2

_HARD = "\u00a0"
KEYS = {"escape": a.Back(), "f2": a.ChangeLanguage(), "f12": a.CallWorker()}


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
    for length in range(len(title), len("..."), -4):
        shown = title if length == len(title) else textwrap.shorten(title, length, placeholder="...")
        if len(textwrap.wrap(make(shown), width, break_on_hyphens=False)) <= _ROWS:
            break
    return make(shown), [] if shown == title else [Words(title)]


def above_options(question: AskContest, frame: Frame) -> list[Item]:
    """What a voter should know first, where there is room for it."""
    say, items = frame.language.say, list[Item]()
    if question.budget is not None and question.currency and not frame.small:
        amount = frame.language.money(question.budget, question.currency)
        items.append(Words(say("Budget {amount}. Costs are given for information.", amount=amount)))
    return items


def below_options(frame: Frame) -> list[Item]:
    """The two ways on."""
    say = frame.language.say
    return [Verb(say("Continue"), a.Done()), Verb(say("Vote blank here"), a.BlankHere())]


def price_of(line: OptionLine, question: AskContest, frame: Frame) -> str:
    """What an option costs; empty where it says nothing of it."""
    if line.cost is None or not question.currency:
        return ""
    return frame.language.money(line.cost, question.currency)


def members_of(line: OptionLine) -> str:
    """The persons of a list, as wide as the longest so that they fall into columns; a name is never broken."""
    named = [f"{place} {name}".replace(" ", _HARD) for place, name in enumerate(line.members, start=1)]
    width = max(map(len, named), default=0)
    return "   ".join(name.ljust(width, _HARD) for name in named)


def with_place(said: str, question: AskContest, place: int, frame: Frame) -> str:
    """What is said, and on which of the lines the focus is."""
    if place < 0:
        return said
    line = frame.language.say("Line {line} of {lines}.", line=place + 1, lines=len(question.options))
    return f"{said} {line}"
