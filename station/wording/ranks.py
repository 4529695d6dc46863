"""Words of a contest in which options are put in order."""

from __future__ import annotations

import dataclasses

from keys.desk.chosen import ordinal
from station import answers as a
from station.contest_questions import AskRanks, Notice, OptionLine
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

__all__ = ["ranks_page"]

_SHOWN = 5
"""Rankings up to this length are shown above the options, or folded into the note."""
_WIDEST = 6


def ranks_page(question: AskRanks, frame: Frame) -> Page:
    """V5."""
    say = frame.language.say
    title, whole = heading(
        question.title, frame, lambda title: _title(dataclasses.replace(question, title=title), frame)
    )
    items = [*whole, *above_options(question, frame)]
    if not frame.small and question.most <= _SHOWN:
        items += _summary(question, frame)
    items += [_line(number, line, question, frame) for number, line in enumerate(question.options, start=1)]
    items += below_options(frame)
    wide = say("Enter: next rank   Left: remove   + -: move it   Esc: back   F1: help")
    return frame.voter(
        f"contest {question.contest}",
        title,
        tuple(items),
        say("Enter rank  Left remove  + -  Esc back") if frame.small else wide,
        how=say("Enter gives the next rank or takes it away. + and - move a ranked choice up and down."),
        note_at=lambda place: _note(question, place, frame),
        keys=KEYS,
        tab_to_button=True,
    )


def _title(question: AskRanks, frame: Frame) -> str:
    say, least, most = frame.language.say, question.least, question.most
    if least == most:
        return say(
            "{title}: rank {count}, your favourite first, or vote blank.", title=question.title, count=most
        )
    if least > 1:
        return say(
            "{title}: rank {least} to {most}, your favourite first, or vote blank.",
            title=question.title,
            least=least,
            most=most,
        )
    return say(
        "{title}: rank up to {count}, your favourite first, or vote blank.", title=question.title, count=most
    )


def _ranked(question: AskRanks) -> dict[int, tuple[int, OptionLine]]:
    """Number on the page and option, by rank."""
    return {line.value: (at, line) for at, line in enumerate(question.options, start=1) if line.value}


def _summary(question: AskRanks, frame: Frame) -> list[Item]:
    ranked = _ranked(question)
    return [
        Words(
            f"{ordinal(rank, frame.language):<{_WIDEST}}"
            + (ranked[rank][1].short_name if rank in ranked else frame.language.say("(to choose)"))
        )
        for rank in range(1, question.most + 1)
    ]


def _line(number: int, line: OptionLine, question: AskRanks, frame: Frame) -> Line:
    rank = ordinal(line.value, frame.language) if line.value else " -"
    return Line(
        label=line.name,
        short=line.short_name,
        answer=a.Tick(line.option),
        right=price_of(line, question, frame),
        mark=f"{rank:<{5 if question.most > 9 else 4}}",
        number=str(number),
        detail=members_of(line),
        steps=_steps(line, question, frame),
    )


def _steps(line: OptionLine, question: AskRanks, frame: Frame) -> tuple[Step, ...]:
    say, option, rank = frame.language.say, line.option, line.value
    away = ("left", "backspace")
    if not rank:
        given = question.given + 1
        words = say("Rank it {rank}", rank=ordinal(given, frame.language)) if given <= question.most else ""
        number = "1" if words else ""
        return (Step(a.Give(option, given), ("right",), words, number), Step(a.Give(option, 0), away))
    return (
        Step(a.Give(option, rank), ("right",)),
        Step(a.Give(option, 0), away, say("Take its rank away"), "1"),
        Step(a.Give(option, max(rank - 1, 1)), ("plus", "+"), say("Move it up"), "2"),
        Step(a.Give(option, rank + 1), ("minus", "-"), say("Move it down"), "3"),
    )


def _note(question: AskRanks, place: int, frame: Frame) -> str:
    many = frame.language.say_many
    match question.notice:
        case Notice.FULL:
            return many(
                "You have ranked {count} choice already. Remove it first.",
                "You have ranked {count} choices already. Remove one first.",
                question.most,
            )
        case Notice.MOVED_UP:
            return frame.language.say("Removed. Those after it have moved up.")
    if frame.small and question.most <= _SHOWN:
        return with_place(f"{_folded(question, frame)}  ", question, place, frame)
    given = many(
        "{count} of {most} ranks given.", "{count} of {most} ranks given.", question.given, most=question.most
    )
    return with_place(given, question, place, frame)


def _folded(question: AskRanks, frame: Frame) -> str:
    """All ranks in one row, by the numbers of the options."""
    ranked = _ranked(question)
    return "   ".join(
        f"{ordinal(rank, frame.language)}\u00a0{ranked[rank][0] if rank in ranked else '-'}"
        for rank in range(1, question.most + 1)
    )
