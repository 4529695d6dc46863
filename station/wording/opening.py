"""Words of the officers' pages from the start to the open desk: what to do next, two cards, zero report."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from keys.election.statement import Mode
from station.answers import Answer
from station.disk.state import State
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.switchoff import AskOff
from station.rehearsal import RehearsalStep
from station.wording.cards import purpose_words
from station.wording.frame import Frame
from station.wording.page import Field, Item, Page, Typed, Verb, Words, in_order
from station.wording.problems import problem_words
from station.wording.reports import reprint_verb

__all__ = ["closing_step", "off_page", "reason_page", "start_page", "zero_page"]


def start_page(question: t.ShowStart, frame: Frame) -> Page:
    """W1: the steps of the day, where it stands, and the next one under the focus."""
    say = frame.language.say
    steps = _steps(question, frame)
    items: list[Item] = [*in_order(*steps, indent=2)]
    items += [Words(_next_words(question, frame), indent=2), *_where_the_rehearsal_is(question, frame)]
    check = Verb(say("Check the machine"), d.Go(t.Place.READINESS))
    if question.unlocked:
        items.append(Verb(say("Go to the desk"), d.Go(t.Place.DESK)))
    elif question.checked:
        items += [Verb(say("Open the station"), d.Begin(t.Purpose.OPEN)), check]
    else:
        items.append(check)
    if question.carried:
        there = frame.language.say_many(
            "{count} person has voted on a machine that stopped, and does not vote here.",
            "{count} people have voted on a machine that stopped, and do not vote here.",
            question.carried,
        )
        items.insert(len(steps) + 1, Words(there, indent=2))
    if question.rehearsal is not None and question.rehearsal.can_run:
        items.append(Verb(say("Rehearse the vote"), d.Rehearse()))
    if question.can_take_over:
        items.append(Verb(say("Take over from the stick of another machine"), d.Go(t.Place.TAKEOVER)))
    if question.reports:
        items.append(reprint_verb(question.unprinted, frame))
    if frame.printer:
        items.append(Verb(say("Print the signing list"), d.PrintSigningList()))
    items += [
        Verb(say("Note an incident"), d.Go(t.Place.INCIDENT)),
        frame.switch_off(),
    ]
    return frame.worker("start", say("What to do now"), tuple(items))


def _where_the_rehearsal_is(question: t.ShowStart, frame: Frame) -> list[Item]:
    """Where it comes from, as long as it is not there."""
    rehearsal = question.rehearsal
    if rehearsal is None or rehearsal.step is not RehearsalStep.ABSENT:
        return []
    words = frame.language.say(
        "The rehearsal is not loaded on this machine. To rehearse, call the town hall: it is on the same stick as the "
        "vote, and has cards of its own."
    )
    return [Words(words, indent=2)]


def _steps(question: t.ShowStart, frame: Frame) -> tuple[str, ...]:
    say = frame.language.say
    following, to_do = say("next"), say("to do")
    opened = question.state is not State.PREPARED
    checked = opened or question.checked
    return (
        say("Receive the file from the town hall: {state}", state=_done(question.loaded, frame)),
        _rehearsed(question, frame),
        say(
            "Check the room and the machine: {state}",
            state=_checked(question, frame) if checked else to_do,
        ),
        say(
            "Two people open the station: {state}",
            state=_done(question.opened, frame) if opened else to_do if checked else following,
        ),
        closing_step(frame),
    )


def _checked(question: t.ShowStart, frame: Frame) -> str:
    """Not done while lines of it are to do, even if the station may open."""
    if question.state is State.PREPARED and question.to_do:
        return frame.language.say_many(
            "you may open, {count} line is still to do",
            "you may open, {count} lines are still to do",
            question.to_do,
        )
    return _done(question.opened, frame)


def closing_step(frame: Frame) -> str:
    """The last step; with its day where the vote goes on over more than one."""
    say, zone = frame.language.say, frame.definition.timezone
    closes = datetime.fromisoformat(frame.definition.closes).replace(tzinfo=ZoneInfo(zone))
    hour = f"{closes:%H:%M}"
    if frame.definition.opens[:10] == frame.definition.closes[:10]:
        return say("Vote, then close at {hour}", hour=hour)
    day = frame.language.short_day(int(closes.timestamp()), zone)
    return say("Vote, then close on {day} at {hour}", day=day, hour=hour)


def _done(at: int | None, frame: Frame) -> str:
    """Done, and on which day where that is known."""
    say = frame.language.say
    if at is None:
        return say("done")
    return say("done {day}", day=frame.language.short_day(at, frame.definition.timezone))


def _rehearsed(question: t.ShowStart, frame: Frame) -> str:
    say, rehearsal = frame.language.say, question.rehearsal
    if frame.mode is Mode.REHEARSAL:
        return say("Rehearse the vote (optional): {state}", state=say("under way"))
    if rehearsal is None or rehearsal.step in {RehearsalStep.ABSENT, RehearsalStep.LOADED}:
        return say("Rehearse the vote (optional)")
    state = _done(rehearsal.at, frame)
    if rehearsal.step is RehearsalStep.BEGUN:
        day = frame.language.short_day(rehearsal.at or 0, frame.definition.timezone)
        state = say("begun {day}", day=day)
    return say("Rehearse the vote (optional): {state}", state=state)


def _next_words(question: t.ShowStart, frame: Frame) -> str:
    say = frame.language.say
    if question.unlocked:
        return say("Step 5: electors on the register: {count}.", count=question.electors)
    if question.checked:
        return say(
            "Step 4: two people, each with a card. Electors on the register: {count}.",
            count=question.electors,
        )
    return say("Step 3: plug in the machine, the printer and the stick. Allow 5 minutes.")


def off_page(question: AskOff, frame: Frame) -> Page:
    """One question before the program ends; the way back has the focus."""
    say = frame.language.say
    words = (
        say("The station is OPEN. Switched off, nobody can vote on it until two cards reopen it.")
        if question.state in {State.OPEN, State.ANNOUNCED}
        else say("Nothing is lost: switched on again, it goes on from here.")
    )
    items = (
        Words(words, strong=True),
        Verb(say("Go back, do nothing"), d.Leave()),
        Verb(say("Switch off the machine"), d.SwitchOff()),
    )
    return frame.worker("off", say("Switch off the machine?"), items, keys={"escape": d.Leave()})


def reason_page(question: t.AskReason, frame: Frame) -> Page:
    """Why an opening is taken back."""
    say = frame.language.say
    items = (
        Field(
            "reason", say("Why? The reason will be in the report."), question.typed, length=200, enter=_reason
        ),
        Verb(say("Go on: two cards"), _reason),
        Verb(say("Go back, do nothing"), d.Leave()),
    )
    title = purpose_words(question.purpose, frame)
    return frame.worker(
        "reason", title, items, problem=problem_words(question.problem, frame), keys={"escape": d.Leave()}
    )


def _reason(typed: Typed) -> Answer:
    return d.ReasonGiven(typed.get("reason", ""))


def zero_page(question: t.ShowZero, frame: Frame) -> Page:
    """W4."""
    say, number = frame.language.say, frame.language.number
    figures = say(
        "Votes {votes}   Marks {marks}   On the register {electors}   Sealed file no. {manifest}",
        votes=number(question.votes),
        marks=number(question.marks),
        electors=number(question.electors),
        manifest=str(question.manifest),
    )
    if question.printed:
        paper = say("The opening report is printing: 2 copies.")
    elif frame.printer:
        paper = say("The printer has no paper: put some in, then choose Reprint a report.")
    else:
        paper = say("This machine has no printer: write these numbers and the code on two sheets.")
    items: list[Item] = [
        Words(paper),
        Words(figures, indent=2),
        Words(say("Code of the report   {code}", code=question.code), strong=True, indent=2),
        *in_order(
            say("Compare the code on paper with the one on the screen."),
            say("The presiding officer and a poll clerk sign both copies."),
            say("Post one copy on the door. The public may take a photo."),
        ),
        Verb(say("Welcome the first voter"), d.Go(t.Place.DESK)),
        Verb(say("Reprint a report"), d.Go(t.Place.REPRINT)),
    ]
    if question.can_undo:
        below = say("Possible while the box is empty.")
        items.append(Verb(say("Undo the opening"), d.Go(t.Place.UNDO), below=below))
    return frame.worker("zero", say("The station is open. The box is empty."), tuple(items))
