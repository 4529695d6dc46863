"""Words of the page on which two officers show their cards."""

from __future__ import annotations

from typing import TypeGuard

from keys.desk.cards import GROUPS, WrongGroup, check_group
from station.answers import Answer
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.package import LoadFile
from station.wording.frame import Frame
from station.wording.page import Field, Item, Page, Typed, Verb, Words
from station.wording.problems import problem_words

__all__ = ["cards_page", "purpose_words"]

_CARD_LETTERS = 100
"""The square code of a card is typed as 80 or 82 characters; its groups are 39."""


def cards_page(question: t.AskCards, frame: Frame) -> Page:
    """W3."""
    say = frame.language.say
    items: list[Item] = [Words(_whom(question.named, frame), strong=True)] if question.named else []
    items += [Words(_read(question, place, frame), indent=2) for place in range(2)]
    if question.step in {t.CardStep.FIRST, t.CardStep.SECOND}:
        items += [
            Field("name", say("Name of the person with this card (optional)"), length=60),
            Field(
                "card",
                say("Show the card's code to the reader, or type its 8 groups here:"),
                length=_CARD_LETTERS,
                hidden=True,
                kept=_is_kept(question.problem),
                enter=_card,
                groups=GROUPS,
                check=lambda number, group: _group_words(number, group, frame),
                anew=int(question.problem.detail) if _is_wrong_group(question.problem) else 0,
            ),
            Verb(say("Read this card"), _card),
        ]
    elif question.step is t.CardStep.PIN:
        items += [
            Words(
                say("Choose a new PIN for the desk: 4 to 6 digits. The PIN of before ends now.")
                if question.purpose is t.Purpose.REOPEN
                else say("Choose a PIN for the desk: 4 to 6 digits. It opens nothing else.")
            ),
            Field("pin", say("PIN"), length=6, digits=True, hidden=True),
            Field("again", say("PIN once more"), length=6, digits=True, hidden=True, enter=_pin),
            Verb(say("Take this PIN"), _pin),
        ]
    else:
        done = LoadFile() if question.purpose is t.Purpose.LOAD else d.Confirm()
        items.append(Verb(purpose_words(question.purpose, frame), done))
    if question.cards:
        items.append(Verb(say("Clear the last card"), d.ClearCard()))
    items.append(Verb(say("Go back, do nothing"), d.Leave()))
    nobody = say("Nobody can do this alone: that is intended. A spare envelope is at the town hall.")
    title = say("{what}: two cards, two people", what=purpose_words(question.purpose, frame))
    if question.purpose is t.Purpose.TAKE_OVER:
        title = say("Now two cards of this machine, two people")
    if question.machine:
        title = say("Machine {name}, which stopped: two of its cards, two people", name=question.machine)
    again = " again" if question.step is t.CardStep.PIN and question.problem else ""  # both are typed anew
    return frame.worker(
        f"cards {question.step.value} {len(question.cards)}{again}",
        title,
        tuple(items),
        problem=problem_words(question.problem, frame),
        note="" if question.step is t.CardStep.PIN else nobody,
        keys={"escape": d.ClearCard() if question.cards else d.Leave()},
        focus=1 if question.step in {t.CardStep.FIRST, t.CardStep.SECOND} else 0,
        types_into="card" if question.step in {t.CardStep.FIRST, t.CardStep.SECOND} else "",
        how=say("A wrong group is emptied: type that one again, the others stay. F5 shows what is typed."),
    )


def _whom(named: t.Named, frame: Frame) -> str:
    say = frame.language.say
    if named.proxy:
        return say(
            "PROXY: {proxy} may vote for no. {number}, {name}.",
            proxy=named.proxy,
            number=str(named.number),
            name=named.name,
        )
    return f"{named.name}, {say('born {date}', date=frame.language.day(named.born))}"


def _is_wrong_group(problem: t.Problem | None) -> TypeGuard[t.Problem]:
    return problem is not None and problem.code == "S-120"


def _is_kept(problem: t.Problem | None) -> bool:
    """Whether what was typed is worth keeping: one group is wrong, or some are missing; not another card."""
    missing = problem is not None and problem.code == "S-121" and int(problem.detail) < GROUPS * 4
    return missing or _is_wrong_group(problem)


def _group_words(number: int, group: str, frame: Frame) -> str:
    """What is wrong with a group that was just typed."""
    try:
        check_group(number, group)
    except WrongGroup as wrong:
        return problem_words(t.Problem(wrong.code, str(wrong.group)), frame)
    return ""


def _read(question: t.AskCards, place: int, frame: Frame) -> str:
    say = frame.language.say
    if place < len(question.cards):
        name = question.names[place] or say("no name")
        return say(
            "Person {place}: card {number} read, {name}",
            place=place + 1,
            number=question.cards[place],
            name=name,
        )
    return say("Person {place}: waiting for a card", place=place + 1)


def _card(typed: Typed) -> Answer:
    return d.CardTyped(typed.get("card", ""), typed.get("name", ""))


def _pin(typed: Typed) -> Answer:
    return d.PinChosen(typed.get("pin", ""), typed.get("again", ""))


def purpose_words(purpose: t.Purpose, frame: Frame) -> str:
    """What two cards are shown for, as a title and a button say it."""
    say = frame.language.say
    return {
        t.Purpose.OPEN: say("Open the station"),
        t.Purpose.REOPEN: say("Reopen the station"),
        t.Purpose.PAUSE: say("Pause the station"),
        t.Purpose.UNDO: say("Undo the opening"),
        t.Purpose.CLOSE: say("Close the station"),
        t.Purpose.COPY: say("Copy the box"),
        t.Purpose.LOAD: say("Load the file"),
        t.Purpose.DEAD_MACHINE: say("Go on: two cards of this machine"),
        t.Purpose.TAKE_OVER: say("Close the box of the machine that stopped"),
        t.Purpose.ADD: say("Add a person"),
        t.Purpose.PROXY: say("Note a proxy"),
    }[purpose]
