"""Words for why the last step was not done: what, and what to do."""

from __future__ import annotations

from keys.desk.cards import GROUPS
from keys.election.statement import Mode
from keys.findings import FINDINGS
from station.officers.tasks import Problem
from station.wording.frame import Frame

__all__ = ["SHOWN", "problem_words"]

SHOWN = (
    *("V-101", "V-102", "V-103", "V-104", "V-118", "V-119", "V-135", "V-149", "V-156", "V-204", "V-205"),
    *("K-101", "K-102", "S-103", "S-105", "S-107", "S-131", "S-132", "S-133"),
    *(
        "S-202",
        "S-203",
        "S-204",
        "S-207",
        "S-208",
        "S-209",
        "S-210",
        "S-211",
        "S-301",
        "S-302",
        "S-304",
        "S-305",
        "S-306",
    ),
)
"""Findings that the day may give an officer; the rest cannot come here."""


def problem_words(problem: Problem | None, frame: Frame) -> str:
    """One or two sentences; a finding's code comes last, never alone."""
    if problem is None:
        return ""
    say = frame.language.say
    own = {
        **_at_loading(problem, frame),
        "pin": say("A PIN has 4 to 6 digits."),
        "differ": say("The two are not the same. Type them again."),
        "counts": say(
            "The two counts differ, and are hidden now. Count again, each alone, and type both again."
        ),
        "digits": say("Type digits."),
        "empty": say("Choose what happened, or write it."),
        "noted": say("The machine has noted this stop by itself. Write only what else there is to say."),
        "paper": say("No paper: put in a paper roll, then print again."),
        "hour": say("That is not a time earlier today. Type it like this: 15:07."),
        "name": say("The text contains a name from the register. Remove it?"),
        "named": say(
            "A name from the register: {names}. Write it without names. If it is none, leave it and go on.",
            names=problem.detail,
        ),
        "reason": say("Say why, in a few words."),
        "list": say("Not printed: the list needs a printer with A4 paper. Ask the town hall to print it."),
        "stick": say("No stick found. Put one in, then copy."),
        "no-stick": say("No stick is in. Put in the one of the machine that stopped."),
        "copies": say("This stick holds no copy of another machine of this station."),
        "copy-unreadable": say("The stick cannot be read to its end. Nothing has changed. Put it in again."),
        "copy-full": say(
            "Stick full: nothing is lost, the box is intact in the machine. Take another stick."
        ),
        "copy": say("Copy interrupted. The box is intact in the machine. Put the stick back, or another."),
        "S-101": say("Card of another machine: the name is on the card."),
        "S-110": say("This is a card of the rehearsal. Take the card of the vote.")
        if frame.mode is Mode.OFFICIAL
        else say("This is a card of the vote. For the rehearsal take the rehearsal's card."),
        "no-card": say(
            "What was shown is no officer's card, or was not read whole. Show the card's code again, or type its 8 "
            "groups."
        ),
        "S-102": say("The same card twice: another person is needed."),
        "S-120": say("That group is wrong. Read group {group} again.", group=problem.detail),
        "S-121": say("That is more than one card. Show one alone, or type its 8 groups.")
        if problem.detail.isdigit() and int(problem.detail) > GROUPS * 4
        else say(
            "A card has 32 characters in 8 groups; you typed {count}. Go on, or show its code to the reader.",
            count=problem.detail,
        ),
    }
    if problem.code in own:
        return own[problem.code]
    if problem.code not in SHOWN:
        return say("This was refused. Call the town hall. ({code})", code=problem.code)
    finding = FINDINGS[problem.code]
    # The remedy of this one names a command, for whoever gave one.
    step = (
        say("Go back: the start page names the next step.")
        if problem.code == "S-105"
        else say(finding.remedy)
    )
    return f"{say(finding.meaning)} {step} ({problem.code})"


def _at_loading(problem: Problem, frame: Frame) -> dict[str, str]:
    say = frame.language.say
    return {
        "load-stick": say(
            "No stick found. Put in the stick of the town hall. Is it in already? Call {phone}.",
            phone=frame.definition.help_phone or "-",
        ),
        "no-package": say(
            "This stick holds no file for machine {name}. Take the stick that the town hall made for it.",
            name=problem.detail,
        ),
        "load": say(
            "The stick or the disk failed. Nothing is loaded. Put the stick in again and begin again."
        ),
    }
