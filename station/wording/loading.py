"""Words of the pages on which a machine loads the file of the town hall."""

from __future__ import annotations

from station.answers import Answer
from station.officers import deeds as d
from station.officers import package as p
from station.officers import tasks as t
from station.wording.frame import Frame
from station.wording.opening import closing_step
from station.wording.page import Field, Item, Page, Typed, Verb, Words, in_order
from station.wording.problems import problem_words

__all__ = ["loaded_page", "poster_page", "unloaded_page"]

_FIRST_ROW = 7
"""Groups of the fingerprint in the first of two rows."""


def unloaded_page(question: p.ShowUnloaded, frame: Frame) -> Page:
    """W1 without a file: the steps of the day, and the first of them as the only one that can be taken."""
    say = frame.language.say
    following = say("next")
    steps = (
        say("Receive the file from the town hall: {state}", state=say("to do")),
        say("Rehearse the vote (optional)"),
        say("Check the room and the machine: {state}", state=following),
        say("Two people open the station: {state}", state=following),
        closing_step(frame),
    )
    items: tuple[Item, ...] = (
        *in_order(*steps, indent=2),
        Words(
            say(
                "Step 1: put in the stick of the town hall. You need its poster, and two people, each with a card."
            ),
            indent=2,
        ),
        *_wrong(question.problem, frame),
        Verb(say("Load the file"), p.LoadFile()),
        frame.switch_off(at_once=True),
    )
    return frame.worker("unloaded", say("What to do now"), items)


def poster_page(question: p.AskPoster, frame: Frame) -> Page:
    """The groups of the sealed file, two of them hidden, and a field for each of the two."""
    say = frame.language.say
    labels = [say("Group {number}:", number=place + 1) for place in question.hidden]
    items: tuple[Item, ...] = (
        Words(say("The poster of the town hall shows this code. Type the two groups that are missing here.")),
        *(
            Words("  ".join(row), strong=True, indent=4)
            for row in (question.shown[:_FIRST_ROW], question.shown[_FIRST_ROW:])
        ),
        *_wrong(question.problem, frame),
        Field("first", labels[0], length=6, kept=False),
        Field("second", labels[1], length=6, kept=False, enter=_typed),
        Verb(say("Compare"), _typed),
        Verb(say("Go back, do nothing"), d.Leave()),
    )
    key = "poster again" if question.problem else "poster"
    title = say("Is it the file of the poster?")
    return frame.worker(key, title, items, keys={"escape": d.Leave()}, focus=0)


def _typed(typed: Typed) -> Answer:
    return p.PosterTyped(typed.get("first", ""), typed.get("second", ""))


def loaded_page(question: p.ShowLoaded, frame: Frame) -> Page:
    """The file is loaded; what the town hall gets back."""
    say = frame.language.say
    figures = say(
        "On the register {electors}   Sealed file no. {manifest}",
        electors=frame.language.number(question.electors),
        manifest=str(question.manifest),
    )
    on = Verb(say("Go on to the start page"), d.Go(t.Place.START))
    if question.written:
        told = say("The confirmation is on the stick: {name}", name=question.confirmation)
        items: tuple[Item, ...] = (
            Words(figures, indent=2),
            Words(told, indent=2),
            Words(say("Take the stick back to the town hall: it waits for this confirmation.")),
            on,
        )
    else:
        missing = say("The confirmation is NOT on the stick. Put the stick in, then write it again.")
        again = Verb(say("Write the confirmation again"), p.WriteConfirmation())
        items = (Words(figures, indent=2), Words(missing, strong=True), again, on)
    key = "loaded" if question.written else "loaded unconfirmed"
    return frame.worker(key, say("The file of the town hall is loaded."), items)


def _wrong(problem: t.Problem | None, frame: Frame) -> list[Item]:
    if problem is None:
        return []
    return [Words(problem_words(problem, frame), strong=True, apart=True, until_typed=True)]
