"""Words of the list of contests."""

from __future__ import annotations

import textwrap

from keys.election.rules import Form
from station import answers as a
from station import questions as q
from station.visits.chosen import ContestLine
from station.wording.form import KEYS
from station.wording.frame import Frame
from station.wording.page import Item, Line, Page, Verb, Words

__all__ = ["list_page"]


def list_page(question: q.ListContests, frame: Frame) -> Page:
    """V2."""
    say, many = frame.language.say, frame.language.say_many
    count = len(question.lines)
    filled = sum(bool(line.chosen) for line in question.lines)
    lines = tuple(_contest_line(number, line, frame) for number, line in enumerate(question.lines, start=1))
    items: tuple[Item, ...] = (*lines, Verb(say("Review my choices"), a.Done()))
    if not frame.small:
        left_out = say("A topic you leave out counts as a blank vote. Nobody will know which.")
        items = (Words(left_out), *items)
    topics = many("Topics filled: {count} of {all}.", "Topics filled: {count} of {all}.", filled, all=count)

    def note_at(place: int) -> str:
        """On a small screen the place says that there is more."""
        return (
            say("Line {line} of {lines}.", line=place + 1, lines=count)
            if frame.small and place >= 0
            else topics
        )

    short = say("{count} topics. Left out means blank.", count=count)
    return frame.voter(
        "list",
        short if frame.small else say("{count} topics. Vote on those you want.", count=count),
        items,
        say("Up Down  Enter open  Esc back")
        if frame.small
        else say("Up Down: move   Enter: open   Esc: back   F1: help"),
        note_at=note_at,
        focus=question.focus,
        keys={**KEYS, "r": a.Done()},
    )


def _contest_line(number: int, line: ContestLine, frame: Frame) -> Line:
    many = frame.language.say_many
    given = line.given
    if not given:
        right = frame.language.say("blank") if line.left_blank else "-"
    elif line.form is Form.POINTS:
        right = many("{count} point", "{count} points", given)
    elif frame.small or given > 1 or line.form is Form.GRADES:
        right = many("{count} choice", "{count} choices", given)
    else:
        name = textwrap.shorten(line.chosen[0].name, frame.width // 3, placeholder="...")
        right = frame.language.say("chosen: {name}", name=name)
    return Line(line.title, a.OpenContest(line.contest), right=right, number=str(number))
