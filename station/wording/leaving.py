"""Words of what is asked before a contest is left: clear it, complete it, or vote blank?"""

from __future__ import annotations

from station import answers as a
from station.visits.contest_questions import ConfirmBlank, Incomplete
from station.wording.form import KEYS, heading
from station.wording.frame import Frame
from station.wording.page import Page, Verb, Words

__all__ = ["confirm_blank_page", "incomplete_page"]


def confirm_blank_page(question: ConfirmBlank, frame: Frame) -> Page:
    """Before choices are cleared."""
    say = frame.language.say
    asked = frame.language.say_many(
        "Clear your choice and vote blank?", "Clear your {count} choices and vote blank?", question.given
    )
    items = (
        Words(asked, strong=True),
        Verb(say("Keep my choices"), a.KeepChoices()),
        Verb(say("Clear, and choose again"), a.ClearHere()),
        Verb(say("Vote blank"), a.BlankHere()),
    )
    hint = say("Up Down  Enter choose  Esc back")
    title, whole = heading(question.title, frame, str)
    return frame.voter("blank", title, (*whole, *items), hint, keys=KEYS)


def incomplete_page(question: Incomplete, frame: Frame) -> Page:
    """Too little for a ballot, and not blank."""
    say, many = frame.language.say, frame.language.say_many
    asked = many(
        "{count} choice is missing. Complete it, or vote blank.",
        "{count} choices are missing. Complete them, or vote blank.",
        question.missing,
    )
    if question.points:
        asked = many(
            "{count} point is missing. Give it, or vote blank.",
            "{count} points are missing. Give them, or vote blank.",
            question.missing,
        )
    items = (
        Words(asked, strong=True),
        Verb(say("Complete my choices"), a.KeepChoices()),
        Verb(say("Vote blank here"), a.BlankHere()),
    )
    hint = say("Up Down  Enter choose  Esc back")
    title, whole = heading(question.title, frame, str)
    return frame.voter("incomplete", title, (*whole, *items), hint, keys=KEYS)
