"""Words of the officers' pages during the day: pause, incident, reprint, power came back, fault."""

from __future__ import annotations

from station.answers import Answer
from station.disk.proxies import ProxyFault
from station.officers import deeds as d
from station.officers import tasks as t
from station.wording.frame import Frame
from station.wording.page import Field, Item, Page, Typed, Verb, Words, in_order
from station.wording.problems import problem_words
from station.wording.reports import reprint_verb

__all__ = [
    "addition_page",
    "fault_page",
    "pause_page",
    "power_page",
    "proxy_page",
]

_HIDDEN = "***"
"""In the place of how many have voted, from the announcement of the closing to the count of signatures."""


def pause_page(question: t.ShowPause, frame: Frame) -> Page:
    """W9."""
    say, number = frame.language.say, frame.language.number
    unprinted = say("to be printed") if frame.printer else say("not printed")
    paper = say("printed") if question.printed else unprinted
    figures = say(
        "Marks {marks}   On the register {electors}   Pause report no. {count}: {paper}",
        marks=_HIDDEN if question.marks is None else number(question.marks),
        electors=number(question.electors),
        count=question.number,
        paper=paper,
    )
    items: tuple[Item, ...] = (
        Words(figures, indent=2),
        Words(say("Nobody can vote. The votes are safe, even with the machine off.")),
        *in_order(
            say("Sign the pause report, keep it with the paper list.")
            if frame.printer
            else say("No printer: write these numbers down, sign them, keep them with the paper list."),
            say("Lock the room. The machine and the stick stay together."),
            say("To reopen: two cards, today or another day."),
        ),
        Verb(say("Reopen the station"), d.Begin(t.Purpose.REOPEN)),
        Verb(say("Close the station"), d.Go(t.Place.SIGNATURES)),
        reprint_verb(question.unprinted, frame),
        Verb(say("Note an incident"), d.Go(t.Place.INCIDENT)),
        frame.switch_off(),
    )
    since = frame.language.moment(question.since, frame.definition.timezone)
    return frame.worker("pause", say("The station has been paused since {moment}", moment=since), items)


def addition_page(question: t.AskAddition, frame: Frame) -> Page:
    """Whom to add to the roll, and why; two cards follow."""
    say = frame.language.say
    own = {
        "whole": say("Type the surname, the date of birth and the reason."),
        "born": say("This is not a date. Type it like this: 14/03/1958."),
    }
    problem = question.problem
    wrong = own.get(problem.code, problem_words(problem, frame)) if problem else ""
    typed = dict(question.typed)
    items: tuple[Item, ...] = (
        *([Words(wrong, strong=True, until_typed=True)] if wrong else []),
        Words(
            say(
                "Only with the decision or the paper that allows it. Write the person's name at the end of the "
                "paper list."
            )
        ),
        Field("surname", say("Surname"), typed.get("surname", ""), length=80),
        Field("given_names", say("Given names"), typed.get("given_names", ""), length=80),
        Field("born", say("Born (day/month/year)"), typed.get("born", ""), length=10),
        Field(
            "reason",
            say("Why? It stays on the machine and its stick."),
            typed.get("reason", ""),
            enter=_addition,
        ),
        Verb(say("Go on: two cards"), _addition),
        Verb(say("Go back, do nothing"), d.Leave()),
    )
    note = frame.language.say_many(
        "{count} more person can be added on this machine.",
        "{count} more people can be added on this machine.",
        question.left,
    )
    return frame.worker("addition", say("Add a person"), items, note=note, keys={"escape": d.Leave()})


def _addition(typed: Typed) -> Answer:
    names = ("surname", "given_names", "born", "reason")
    return d.AddElector(*(typed.get(name, "") for name in names))


def proxy_page(question: t.AskProxy, frame: Frame) -> Page:
    """Who votes for this person; two cards follow."""
    say = frame.language.say

    def named(typed: Typed) -> Answer:
        return d.GiveProxy(question.number, typed.get("holder", ""))

    wrong = _proxy_problem(question, frame)
    items: tuple[Item, ...] = (
        *([Words(wrong, strong=True, until_typed=True)] if wrong else []),
        Words(say("Only with this person's signed paper. Keep it with the paper list.")),
        Field(
            "holder",
            say("Number of the person who votes as proxy"),
            question.typed,
            length=7,
            digits=True,
            enter=named,
        ),
        Verb(say("Go on: two cards"), named),
        Verb(say("Go back, do nothing"), d.Leave()),
    )
    title = say("Proxy for no. {number}, {name}", number=str(question.number), name=question.name or "-")
    return frame.worker("proxy", title, items, keys={"escape": d.Leave()})


def _proxy_problem(question: t.AskProxy, frame: Frame) -> str:
    say, problem = frame.language.say, question.problem
    if problem is None or problem.code != "S-306":
        return problem_words(problem, frame)
    number = question.typed
    return {
        ProxyFault.UNKNOWN: say("No. {number} is not on this register.", number=number),
        ProxyFault.SELF: say("Nobody is their own proxy. Type the number of another person."),
        ProxyFault.STRUCK_OFF: say(
            "No. {number} is STRUCK OFF the register. Call the town hall: {phone}.",
            number=number,
            phone=frame.definition.help_phone or "-",
        ),
        ProxyFault.GAVE: say("No. {number} has given a proxy, so cannot hold one.", number=number),
        ProxyFault.HOLDS: say("This person votes for others, or has a proxy already, so cannot give one."),
        ProxyFault.MANY: say(
            "No. {number} is already a proxy for as many people as the rules allow.", number=number
        ),
    }[ProxyFault(problem.detail)]


def power_page(question: t.ShowPower, frame: Frame) -> Page:
    """W11."""
    say, number = frame.language.say, frame.language.number
    votes, marks = number(question.votes), number(question.marks)
    if question.hidden:
        votes = marks = _HIDDEN
    figures = say("Votes {votes}   Marks {marks}", votes=votes, marks=marks)
    incident = Verb(say("Note an incident"), d.Go(t.Place.INCIDENT))
    off = frame.switch_off()
    if not question.balanced:
        phone = frame.definition.help_phone or "-"
        items: tuple[Item, ...] = (
            Words(figures, indent=2),
            Words(
                say(
                    "Do not reopen. Call {phone}. Nothing is lost as long as the machine stays here.",
                    phone=phone,
                )
            ),
            incident,
            reprint_verb(question.unprinted, frame),
            Verb(say("Copy to the stick"), d.CopyToStick()),
            off,
        )
        return frame.worker("power", say("The box is NOT in order: votes and marks differ."), items)
    asked = Field(
        "number",
        say("Number"),
        "" if question.number is None else str(question.number),
        6,
        digits=True,
        enter=_number,
    )
    items = (
        Words(figures, indent=2),
        Words(say("The two are equal: the box is in order."), indent=2),
        Words(say("Was someone at the machine? Keep them here and type their number:")),
        asked,
        Verb(say("Check their vote"), _number),
        *_answered(question, frame),
        Verb(say("Reopen the station: two cards"), d.Begin(t.Purpose.REOPEN)),
        Verb(say("Close the station"), d.Go(t.Place.SIGNATURES)),
        incident,
        *([reprint_verb(question.unprinted, frame)] if question.unprinted else []),
        off,
    )
    title = say("The power is back. Nothing that was recorded is lost.")
    return frame.worker(
        "power",
        title,
        items,
        problem=problem_words(question.problem, frame),
        note=_noted(question.noted, frame),
    )


def _noted(at: int | None, frame: Frame) -> str:
    say = frame.language.say
    if at is None:
        return say("The interruption is noted in the machine's log.")
    hour = frame.language.hour(at, frame.definition.timezone)
    return say("Noted among the incidents, by the quarter hour: {hour}.", hour=hour)


def _number(typed: Typed) -> Answer:
    return d.AskNumber(typed.get("number", ""))


def _answered(question: t.ShowPower, frame: Frame) -> list[Item]:
    say = frame.language.say
    if question.number is None:
        return []
    number = str(question.number)
    if question.recorded is None:
        said: tuple[str, ...] = (say("No. {number} is not on this register.", number=number),)
    elif question.recorded:
        said = (
            say("No. {number}: the vote IS recorded.", number=number),
            say('Tell them: "Your vote IS recorded. You cannot vote again."'),
            say("Have the list signed. The receipt can no longer be printed."),
        )
    else:
        said = (
            say("No. {number}: the vote is NOT recorded.", number=number),
            say('Tell them: "Your vote is NOT recorded. You can vote now."'),
            say("No choice has been kept."),
        )
    answer, *then = said
    return [
        Words(answer, strong=True, until_typed=True),
        *(Words(text, indent=2, until_typed=True) for text in then),
    ]


def fault_page(question: t.ShowFault, frame: Frame) -> Page:
    """W16: takes the place of any crash text."""
    say = frame.language.say
    kept = (
        say("All votes recorded before the stop are kept.")
        if question.votes is None
        else say(
            "All votes recorded before the stop are kept: {votes}.",
            votes=frame.language.number(question.votes),
        )
    )
    phone = frame.definition.help_phone or "-"
    items: tuple[Item, ...] = (
        Words(say("What is certain:"), strong=True),
        Words(kept, indent=2),
        Words(say("No choice is shown or written anywhere."), indent=2),
        Words(say("If someone was voting, the restart shows whether that vote is recorded."), indent=2),
        Words(say("What to do:"), strong=True),
        *in_order(
            say("Ask the person who was voting to stay. They did nothing wrong."),
            say("Restart. Two cards will reopen the station."),
            say("Two stops in a row? Call {phone}: there is another machine.", phone=phone),
            indent=2,
        ),
        Verb(say("Restart the machine"), d.Confirm()),
        *([Verb(say("Copy to the stick"), d.CopyToStick())] if question.has_box else []),
        frame.switch_off(at_once=True),
    )
    right = say("Code {code}", code=question.code)
    return frame.worker("fault", say("The machine has stopped."), items, right=right)
