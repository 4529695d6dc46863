"""Words of the pages on which a voter chooses: list of contests, contest."""

from __future__ import annotations

import textwrap

from station import answers as a
from station import questions as q
from station.page import Item, Line, Page, Sign, Verb, Words
from station.wording.frame import Frame

__all__ = ["ask_marks_page", "confirm_blank_page", "list_page"]

_KEYS = {"escape": a.Back(), "f2": a.ChangeLanguage(), "f12": a.CallWorker()}


def list_page(question: q.ListContests, frame: Frame) -> Page:
    """V2."""
    say, many = frame.language.say, frame.language.say_many
    count = len(question.lines)
    filled = sum(bool(line.chosen) for line in question.lines)
    lines = tuple(_contest_line(number, line, frame) for number, line in enumerate(question.lines, start=1))
    items: tuple[Item, ...] = (*lines, Verb(say("Review my choices"), a.Done()))
    if not frame.small:
        left_out = say("A topic left out counts as a blank vote. Nobody will know which.")
        items = (Words(left_out), *items)
    short = say("{count} topics. The rest: blank.", count=count)
    return frame.voter(
        "list",
        short if frame.small else say("{count} topics. Vote for those you like.", count=count),
        items,
        say("Up Down  Enter open  Esc back")
        if frame.small
        else say("Up Down: move   Enter: open   Esc: back   F1: help"),
        note=many("{count} of {all} topics filled", "{count} of {all} topics filled", filled, all=count),
        focus=question.focus,
        keys={**_KEYS, "r": a.Done()},
    )


def _contest_line(number: int, line: q.ContestLine, frame: Frame) -> Line:
    many = frame.language.say_many
    chosen = len(line.chosen)
    if not chosen:
        right = "-"
    elif frame.small or chosen > 1:
        right = many("{count} choice", "{count} choices", chosen)
    else:
        right = frame.language.say("chosen: {name}", name=line.chosen[0])
    return Line(line.title, a.OpenContest(line.contest), right=right, number=str(number))


def ask_marks_page(question: q.AskMarks, frame: Frame) -> Page:
    """V3 and V6."""
    say = frame.language.say
    items: list[Item] = []
    if question.budget is not None and question.currency and not frame.small:
        amount = frame.language.money(question.budget, question.currency)
        items.append(Words(say("Budget {amount}. Costs are given for information.", amount=amount)))
    if any(line.members for line in question.options) and not frame.small:
        items.append(Words(say("You vote for a whole list: no name can be struck out or added.")))
    items += [
        _option_line(number, line, question, frame) for number, line in enumerate(question.options, start=1)
    ]
    items += [Verb(say("Continue"), a.Done()), Verb(say("Vote blank here"), a.BlankHere())]
    wide = say("Up Down: move   Enter: tick or untick   Esc: back   F1: help")
    return frame.voter(
        f"contest {question.contest}",
        _contest_title(question, frame),
        tuple(items),
        say("Up Down  Enter tick  Esc back") if frame.small else wide,
        note_at=lambda place: _marks_note(question, place, frame),
        keys=_KEYS,
    )


def _contest_title(question: q.AskMarks, frame: Frame) -> str:
    say = frame.language.say
    if len(question.options) == 1:
        return say("{title}: there is only one choice. Choose it, or vote blank.", title=question.title)
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


def _option_line(number: int, line: q.OptionLine, question: q.AskMarks, frame: Frame) -> Line:
    if question.most == 1:
        sign = Sign.CHOSEN if line.ticked else Sign.UNCHOSEN
    else:
        sign = Sign.TICKED if line.ticked else Sign.UNTICKED
    price = (
        ""
        if line.cost is None or not question.currency
        else frame.language.money(line.cost, question.currency)
    )
    members = "   ".join(f"{place} {name}" for place, name in enumerate(line.members, start=1))
    return Line(
        label=line.name,
        answer=a.Tick(line.option),
        right=price,
        sign=sign,
        number=str(number),
        detail=members,
    )


def _marks_note(question: q.AskMarks, place: int, frame: Frame) -> str:
    say, many = frame.language.say, frame.language.say_many
    match question.notice:
        case q.Notice.FULL:
            return many(
                "You already have {count} choice. Untick it first.",
                "You already have {count} choices. Untick one first.",
                question.most,
            )
        case q.Notice.TOO_FEW:
            return many(
                "{count} choice is missing. Complete it, or vote blank.",
                "{count} choices are missing. Complete them, or vote blank.",
                question.least - question.ticks,
            )
        case q.Notice.MOVED if question.moved:
            before, now = (textwrap.shorten(name, 30, placeholder="...") for name in question.moved)
            return say("{now} is chosen instead of {before}.", now=now, before=before)
    chosen = many(
        "{count} of {most} choices.", "{count} of {most} choices.", question.ticks, most=question.most
    )
    if place < 0:
        return chosen
    return f"{chosen} {say('Line {line} of {lines}.', line=place + 1, lines=len(question.options))}"


def confirm_blank_page(question: q.ConfirmBlank, frame: Frame) -> Page:
    """Before choices are cleared."""
    say = frame.language.say
    asked = frame.language.say_many(
        "Clear your choice and vote blank?", "Clear your {count} choices and vote blank?", question.ticks
    )
    items = (
        Words(asked, strong=True),
        Verb(say("Keep my choices"), a.KeepChoices()),
        Verb(say("Vote blank"), a.BlankHere()),
    )
    hint = say("Up Down  Enter choose  Esc back")
    return frame.voter("blank", question.title, items, hint, keys=_KEYS)
