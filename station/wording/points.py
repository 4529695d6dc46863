"""Words of a contest in which points are shared out."""

from __future__ import annotations

import dataclasses

from station import answers as a
from station.contest_questions import AskPoints, Notice, OptionLine
from station.page import Item, Line, Page, Step, Words
from station.wording.frame import Frame
from station.wording.options import (
    KEYS,
    above_options,
    below_options,
    heading,
    members_of,
    price_of,
    with_place,
)

__all__ = ["points_page"]

_DIGITS = 10
_STARS = 5
"""More points on one option than this are not drawn as stars."""


def points_page(question: AskPoints, frame: Frame) -> Page:
    """V4."""
    say = frame.language.say
    title, whole = heading(
        question.title, frame, lambda title: _title(dataclasses.replace(question, title=title), frame)
    )
    items = [*whole, *above_options(question, frame)]
    if not frame.small:
        items.append(Words(_least(question, frame)))
    items += _lines(question, frame)
    items += below_options(frame)
    wide = say("Up Down: move   Right: add   Left: take away   Esc: back")
    return frame.voter(
        f"contest {question.contest}",
        title,
        tuple(items),
        say("Up Down  Right more  Left less  Esc back") if frame.small else wide,
        how=say("Right or Enter adds a point, Left takes one away, 0 to 9 set the points of a choice."),
        note_at=lambda place: _note(question, place, frame),
        keys=KEYS,
        tab_to_button=True,
    )


def _title(question: AskPoints, frame: Frame) -> str:
    yours = frame.language.say_many(
        "{title}: your {count} point, or a blank vote.",
        "{title}: your {count} points, or a blank vote.",
        question.most,
        title=question.title,
    )
    return yours if question.each >= question.most else f"{yours} {_at_most(question, frame)}"


def _at_most(question: AskPoints, frame: Frame) -> str:
    return frame.language.say_many(
        "At most {count} point to one choice.", "At most {count} points to one choice.", question.each
    )


def _least(question: AskPoints, frame: Frame) -> str:
    if question.least > 1:
        return frame.language.say("Give at least {count} points, or vote blank.", count=question.least)
    return frame.language.say("You need not give them all.")


def _lines(question: AskPoints, frame: Frame) -> list[Item]:
    many = frame.language.say_many
    words = [many("{count} point", "{count} points", value) for value in range(question.each + 1)]
    width = max(map(len, words))
    return [
        _line(number, line, words[line.value].rjust(width), question, frame)
        for number, line in enumerate(question.options, start=1)
    ]


def _line(number: int, line: OptionLine, given: str, question: AskPoints, frame: Frame) -> Line:
    right, stars = price_of(line, question, frame), ""
    if not frame.small:
        right = f"{right}   {given}"
        if question.each <= _STARS:
            stars = f" {' *' * line.value}{' .' * (question.each - line.value)}"
    return Line(
        label=line.name,
        short=line.short_name,
        answer=a.Tick(line.option),
        right=right,
        drawn=stars,
        mark=f"[{line.value}] " if frame.small else "",
        number=str(number),
        detail=members_of(line),
        steps=_steps(line, question, frame),
    )


def _steps(line: OptionLine, question: AskPoints, frame: Frame) -> tuple[Step, ...]:
    many = frame.language.say_many
    more = Step(a.Give(line.option, line.value + 1), ("right",))
    less = Step(a.Give(line.option, max(line.value - 1, 0)), ("left", "backspace"))
    sets = [
        Step(
            a.Give(line.option, value),
            (str(value),) if value < _DIGITS else (),
            many("{count} point", "{count} points", value) if value <= question.each else "",
            str(value),
        )
        for value in range(max(question.each + 1, _DIGITS))
    ]
    return (more, less, *sets)


def _note(question: AskPoints, place: int, frame: Frame) -> str:
    say, many = frame.language.say, frame.language.say_many
    left = question.most - question.points
    match question.notice:
        case Notice.TOO_HIGH:
            return _at_most(question, frame)
        case Notice.FULL if left:
            return many("You have {count} point left.", "You have {count} points left.", left)
        case Notice.FULL:
            return say("No points left. Take one away elsewhere first.")
    given = many(
        "{count} of {most} points given.",
        "{count} of {most} points given.",
        question.points,
        most=question.most,
    )
    return with_place(given, question, place, frame)
