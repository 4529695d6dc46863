"""Words of a contest in which every option gets a grade."""

from __future__ import annotations

import dataclasses
import textwrap

from station import answers as a
from station.contest_questions import AskGrades, Notice, OptionLine
from station.page import Line, Page, Step, Words
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

__all__ = ["grades_page"]

_DIGITS = 10


def grades_page(question: AskGrades, frame: Frame) -> Page:
    """A row for each option, with its grade at the right."""
    say = frame.language.say
    title, whole = heading(
        question.title, frame, lambda title: _title(dataclasses.replace(question, title=title), frame)
    )
    items = [*whole, *above_options(question, frame)]
    if not frame.small:
        items.append(Words(_scale(question)))
    items += [_line(number, line, question, frame) for number, line in enumerate(question.options, start=1)]
    items += below_options(frame)
    wide = say(
        "Right: raise   Left: lower   0-{highest}: set   Esc: back   F1: help",
        highest=len(question.grades),
    )
    return frame.voter(
        f"contest {question.contest}",
        title,
        tuple(items),
        say("Up Down  Right more  Left less  Esc back") if frame.small else wide,
        how=_how(question, frame),
        note_at=lambda place: _note(question, place, frame),
        keys=KEYS,
        tab_to_button=True,
    )


def _title(question: AskGrades, frame: Frame) -> str:
    return frame.language.say("{title}: give each choice a grade, or vote blank.", title=question.title)


def _scale(question: AskGrades) -> str:
    named = enumerate(question.grades, start=1)
    return "   ".join(f"{grade}\u00a0{name.replace(' ', chr(0xA0))}" for grade, name in named)


def _how(question: AskGrades, frame: Frame) -> str:
    how = frame.language.say(
        "Right raises the grade, Left lowers it, Enter goes to the next, 0 takes it away."
    )
    return f"{how} {_scale(question)}"


def _line(number: int, line: OptionLine, question: AskGrades, frame: Frame) -> Line:
    widest = 14 if frame.small else 30
    width = min(max(map(len, question.grades)), widest)
    grade = question.grades[line.value - 1] if line.value else "-"
    shown = textwrap.shorten(grade, widest, placeholder="...")[:widest]
    price = "" if frame.small else price_of(line, question, frame)
    return Line(
        label=line.name,
        short=line.short_name,
        answer=a.Tick(line.option),
        right=f"{price}   {shown:<{width}}" if price else f"{shown:<{width}}",
        number=str(number),
        detail=members_of(line),
        steps=_steps(line, question, frame),
    )


def _steps(line: OptionLine, question: AskGrades, frame: Frame) -> tuple[Step, ...]:
    highest = len(question.grades)
    higher = Step(a.Give(line.option, min(line.value + 1, highest)), ("right",))
    lower = Step(a.Give(line.option, max(line.value - 1, 0)), ("left", "backspace"))
    names = (frame.language.say("No grade"), *question.grades)
    sets = [
        Step(a.Give(line.option, grade), (str(grade),), names[grade] if grade <= highest else "", str(grade))
        for grade in range(_DIGITS)
    ]
    return (higher, lower, *sets)


def _note(question: AskGrades, place: int, frame: Frame) -> str:
    say, many = frame.language.say, frame.language.say_many
    match question.notice:
        case Notice.TOO_HIGH:
            return say("The grades are 1 to {highest}; 0 takes a grade away.", highest=len(question.grades))
        case Notice.FULL:
            return many(
                "You have graded {count} choice already. Take its grade away first.",
                "You have graded {count} choices already. Take a grade away first.",
                question.most,
            )
    given = many(
        "{count} of {most} graded.", "{count} of {most} graded.", question.given, most=len(question.options)
    )
    said = with_place(given, question, place, frame)
    if place < 0 or not question.options[place].value:
        return said
    return f"{question.grades[question.options[place].value - 1]}. {said}"
