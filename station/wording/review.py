"""Words of the review: what was chosen, what is blank, and that nothing is recorded yet."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from keys.desk.chosen import chosen_words
from keys.desk.spending import spending_words
from keys.election.rules import Form
from station import answers as a
from station import questions as q
from station.visits.chosen import ContestLine
from station.wording.form import KEYS
from station.wording.frame import Frame
from station.wording.page import Item, Line, Page, Verb, Words

__all__ = ["fold", "review_page"]

_FOLD_ABOVE = 4
"""With more blank contests than this, they are one row together."""


def review_page(question: q.Review, frame: Frame) -> Page:
    """V7."""
    say = frame.language.say
    lines, folded = fold(question.lines, frame)
    items: list[Item] = [item for line in lines for item in _reviewed(line, frame)]
    if folded:
        items.append(Words(folded, strong=True))
    items.append(Verb(say("Continue with these choices"), a.Done()))
    focusable = sum(not isinstance(item, Words) for item in items)
    void = question.void_slip
    title = say("Review. Nothing is recorded yet.")
    return frame.voter(
        "review",
        title if frame.small else say("Review your choices. Nothing is recorded yet."),
        tuple(items),
        say("Up Down  Enter confirm  Esc back")
        if frame.small
        else say("Up Down: move   Enter: confirm   Esc: back   F1: help"),
        note=say("Slip {number} is void: throw it away.", number=void) if void else "",
        keys=KEYS,
        focus=focusable - 1 if _fits(items, frame) else 0,
    )


def fold(lines: Sequence[ContestLine], frame: Frame) -> tuple[Sequence[ContestLine], str]:
    """The contests that are named one by one, and what is said of many blank ones together."""
    blank = [line for line in lines if not line.chosen]
    if len(blank) <= _FOLD_ABOVE:
        return lines, ""
    said = frame.language.say_many(
        "{count} topic without a choice: blank", "{count} topics without a choice: blank", len(blank)
    )
    return [line for line in lines if line.chosen], said


def _reviewed(line: ContestLine, frame: Frame) -> list[Item]:
    say, change = frame.language.say, f"[ {frame.language.say('Change')} ]"
    if not line.chosen:
        label = say("{title}: NO CHOICE. This will be a blank vote.", title=line.title)
        return [Line(label, a.Change(line.contest), right=change, whole=True)]
    items: list[Item] = [Line(_counted(line, frame), a.Change(line.contest), right=change, whole=True)]
    items += [Words(chosen_words(item, frame.language), mark="- ", indent=4) for item in line.chosen]
    left = _left(line, frame)
    return [*items, Words(left, indent=4)] if left else items


def _counted(line: ContestLine, frame: Frame) -> str:
    many, given = frame.language.say_many, line.given
    if line.form is Form.POINTS:
        return many(
            "{title}: points given, {count} of {most}",
            "{title}: points given, {count} of {most}",
            given,
            title=line.title,
            most=line.most,
        )
    if line.form is Form.GRADES:
        return many(
            "{title}: {count} of {most} graded",
            "{title}: {count} of {most} graded",
            given,
            title=line.title,
            most=line.options,
        )
    if line.most == 1:
        return line.title
    return many(
        "{title}: {count} of {most}", "{title}: {count} of {most}", given, title=line.title, most=line.most
    )


def _left(line: ContestLine, frame: Frame) -> str:
    """What could still be given, and under a spending limit what is spent; empty where nothing could."""
    if line.spending is not None:
        return spending_words(line.spending, frame.language)
    many, left = frame.language.say_many, line.most - line.given
    if line.form is Form.GRADES:
        left = line.options - line.given
    if not left:
        return ""
    if line.form is Form.GRADES:
        return many(
            "{count} choice has no grade: it counts as the lowest.",
            "{count} choices have no grade: they count as the lowest.",
            left,
        )
    if line.form is Form.POINTS:
        return many(
            "You may give {count} more point. You do not have to.",
            "You may give {count} more points. You do not have to.",
            left,
        )
    return many(
        "You may choose {count} more. You do not have to.",
        "You may choose {count} more. You do not have to.",
        left,
    )


def _fits(items: list[Item], frame: Frame) -> bool:
    """Whether the whole review is on the screen at once, by a cautious count of its rows."""
    width = max(frame.width - 8, 10)
    rows = sum(len(textwrap.wrap(getattr(item, "text", ""), width)) or 1 for item in items)
    return rows + len(items) // 3 + 5 <= frame.height
