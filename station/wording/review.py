"""Words of the review: what was chosen, what is blank, and that nothing is recorded yet."""

from __future__ import annotations

import textwrap

from station import answers as a
from station import questions as q
from station.page import Item, Line, Page, Verb, Words
from station.wording.frame import Frame

__all__ = ["review_page"]

_KEYS = {"escape": a.Back(), "f2": a.ChangeLanguage(), "f12": a.CallWorker()}
_FOLD_ABOVE = 4
"""With more blank contests than this, they are one row together."""


def review_page(question: q.Review, frame: Frame) -> Page:
    """V7."""
    say, many = frame.language.say, frame.language.say_many
    blank = [line for line in question.lines if not line.chosen]
    fold = len(blank) > _FOLD_ABOVE
    items: list[Item] = []
    for line in question.lines:
        if line.chosen or not fold:
            items += _reviewed(line, frame)
    if fold:
        folded = many(
            "{count} topic without a choice: blank", "{count} topics without a choice: blank", len(blank)
        )
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
        keys=_KEYS,
        focus=focusable - 1 if _fits(items, frame) else 0,
    )


def _reviewed(line: q.ContestLine, frame: Frame) -> list[Item]:
    say, many = frame.language.say, frame.language.say_many
    count, change = len(line.chosen), f"[ {say('Change')} ]"
    if not count:
        label = say("{title}: NO CHOICE. This will be a blank vote.", title=line.title)
        return [Line(label, a.Change(line.contest), right=change, whole=True)]
    label = many(
        "{title}: {count} of {most}", "{title}: {count} of {most}", count, title=line.title, most=line.most
    )
    items: list[Item] = [Line(label, a.Change(line.contest), right=change, whole=True)]
    items += [Words(f"- {name}", indent=4) for name in line.chosen]
    left = line.most - count
    if left > 0:
        more = many(
            "You may choose {count} more. You do not have to.",
            "You may choose {count} more. You do not have to.",
            left,
        )
        items.append(Words(more, indent=4))
    return items


def _fits(items: list[Item], frame: Frame) -> bool:
    """Whether the whole review is on the screen at once, by a cautious count of its rows."""
    width = max(frame.width - 8, 10)
    rows = sum(len(textwrap.wrap(getattr(item, "text", ""), width)) or 1 for item in items)
    return rows + len(items) // 3 + 5 <= frame.height
