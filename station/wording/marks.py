"""Words of a contest in which options, or one of several lists, are chosen."""

from __future__ import annotations

import dataclasses
import textwrap

from keys.desk.spending import money_words, spending_words
from station import answers as a
from station.contest_questions import AskMarks, Notice, OptionLine
from station.page import Item, Line, Page, Sign, Words
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

__all__ = ["marks_page"]


def marks_page(question: AskMarks, frame: Frame) -> Page:
    """V3 and V6."""
    say = frame.language.say
    title, whole = heading(
        question.title, frame, lambda title: _title(dataclasses.replace(question, title=title), frame)
    )
    items = [*whole, *_above(question, frame)]
    if any(line.members for line in question.options) and not frame.small:
        items.append(Words(say("You vote for a whole list: no name can be struck out or added.")))
    items += [
        _option_line(number, line, question, frame) for number, line in enumerate(question.options, start=1)
    ]
    items += below_options(frame)
    wide = say("Up Down: move   Enter: tick or untick   Esc: back   F1: help")
    return frame.voter(
        f"contest {question.contest}",
        title,
        tuple(items),
        say("Up Down  Enter tick  Esc back") if frame.small else wide,
        note_at=lambda place: _note(question, place, frame),
        keys=KEYS,
        tab_to_button=True,
    )


def _above(question: AskMarks, frame: Frame) -> list[Item]:
    """The budget; where a spending limit holds and the title does not name it, the limit."""
    if question.spending is None:
        return above_options(question, frame)
    if frame.small or _by_money(question):
        return []
    limit = money_words(question.spending.limit, question.currency, frame.language)
    return [Words(frame.language.say("Your choices together may cost at most {amount}.", amount=limit))]


def _by_money(question: AskMarks) -> bool:
    """Whether money alone limits the choices."""
    return question.spending is not None and question.least <= 1 < len(question.options) <= question.most


def _title(question: AskMarks, frame: Frame) -> str:
    say = frame.language.say
    if question.spending is not None and _by_money(question):
        limit = money_words(question.spending.limit, question.currency, frame.language)
        return say("{title}: choose for up to {amount}, or vote blank.", title=question.title, amount=limit)
    lists = all(line.members for line in question.options)
    if len(question.options) == 1 and lists:
        return say("{title}: there is only one list. Choose it, or vote blank.", title=question.title)
    if len(question.options) == 1:
        return say("{title}: there is only one choice. Choose it, or vote blank.", title=question.title)
    if question.most == 1 and lists:
        return say("{title}: choose one list, or vote blank.", title=question.title)
    if question.most == 1:
        return say("{title}: choose one, or vote blank.", title=question.title)
    numbers = [str(number) for number in range(max(question.least, 1), question.most + 1)]
    if len(numbers) > 4:
        return say(
            "{title}: choose {least} to {most}. You may also vote blank.",
            title=question.title,
            least=numbers[0],
            most=numbers[-1],
        )
    listed = frame.language.join_or(numbers)
    if frame.small:
        return say("{title}: choose {numbers}, or blank.", title=question.title, numbers=listed)
    return say("{title}: choose {numbers}. You may also vote blank.", title=question.title, numbers=listed)


def _option_line(number: int, line: OptionLine, question: AskMarks, frame: Frame) -> Line:
    if question.most == 1:
        sign = Sign.CHOSEN if line.value else Sign.UNCHOSEN
    else:
        sign = Sign.TICKED if line.value else Sign.UNTICKED
    right, detail = price_of(line, question, frame), members_of(line)
    if line.members and not frame.small:
        right = frame.language.say("led by {name}", name=line.members[0])
    if line.over and not line.value:
        over = _over(line.over, question, frame)
        right, detail = (over, detail or right) if frame.small else (f"{over}   {right}", detail)
    return Line(
        label=line.name,
        short=line.short_name,
        answer=a.Tick(line.option),
        right=right,
        sign=sign,
        number=str(number),
        detail=detail,
    )


def _over(amount: int, question: AskMarks, frame: Frame) -> str:
    """How an option is marked that does not fit into what is left."""
    money = money_words(amount, question.currency, frame.language)
    return frame.language.say("{amount} too much", amount=money)


def _note(question: AskMarks, place: int, frame: Frame) -> str:
    say, many = frame.language.say, frame.language.say_many
    match question.notice:
        case Notice.FULL:
            return many(
                "You already have {count} choice. Untick it first.",
                "You already have {count} choices. Untick one first.",
                question.most,
            )
        case Notice.TOO_DEAR:
            amount = money_words(question.over, question.currency, frame.language)
            return say("{amount} too much. First untick choices that cost {amount} or more.", amount=amount)
        case Notice.BEYOND if question.spending is not None:
            limit = money_words(question.spending.limit, question.currency, frame.language)
            return say("This choice alone costs more than {amount}, the most you may spend.", amount=limit)
        case Notice.MOVED if question.moved:
            before, now = (textwrap.shorten(name, 30, placeholder="...") for name in question.moved)
            return say("{now} is chosen instead of {before}.", now=now, before=before)
    chosen = many(
        "{count} of {most} choices.", "{count} of {most} choices.", question.given, most=question.most
    )
    if question.spending is not None:
        spent = spending_words(question.spending, frame.language, short=frame.small)
        chosen = spent if frame.small or _by_money(question) else f"{chosen} {spent}"
    return with_place(chosen, question, place, frame)
