"""Words of the other pages before a vote: language, cover, check code, the two buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from keys.desk.chosen import chosen_words
from keys.desk.language import Language
from keys.desk.spending import spending_words
from keys.desk.town import speaks
from station import answers as a
from station import questions as q
from station.wording.drawing import drawing_of
from station.wording.endings import pin_field, pin_note
from station.wording.frame import Frame
from station.wording.page import Item, Line, Page, Verb, Words
from station.wording.review import fold

__all__ = [
    "cover_page",
    "decide_page",
    "language_page",
    "opened_page",
    "slip_page",
]

_BACK = {"escape": a.Back(), "f2": a.ChangeLanguage(), "f12": a.CallWorker()}
_ROWS_AROUND = 7


def language_page(question: q.ChooseLanguage, frame: Frame) -> Page:
    """V1."""
    languages = [speaks(frame.definition, code) for code in question.codes]
    hello = _greeting(languages, frame.width - 2)
    lines = tuple(
        Line(language.name, a.LanguageChosen(language.code), key=language.code) for language in languages
    )
    below = [words for language in languages for words in _below_languages(language, frame)]
    say = frame.language.say
    leaving = (
        say("To end: F12, then your PIN and Enter.")
        if frame.is_check
        else say("To leave without voting, call a poll worker.")
    )
    current = question.codes.index(question.current)

    def hint_at(at: int) -> str:
        say = languages[current if at < 0 else at].say
        if frame.small:
            return say("Up Down  Enter choose  F1 help")
        return say("Up Down: move   Enter: choose   F4: contrast   F1: help")

    def note_at(at: int) -> str:
        return languages[at].say("Line {line} of {lines}.", line=at + 1, lines=len(lines)) if at >= 0 else ""

    return frame.voter(
        "language",
        hello,
        (*lines, *below),
        hint_at(-1),
        right=say("Choose your language"),
        note_at=note_at,
        hint_at=hint_at,
        focus=current,
        covers=not question.first,
        keys={"f12": a.CallWorker()} if question.first else {"escape": a.Back(), "f12": a.CallWorker()},
        notes={"escape": leaving} if question.first else {},
    )


def _greeting(languages: Sequence[Language], width: int) -> str:
    """In as many languages as are whole in one row, the town's own first."""
    hellos = [language.say("Hello").upper() for language in languages]
    rows = (" / ".join(hellos[:count]) for count in range(len(hellos), 1, -1))
    return next((row for row in rows if cell_len(row) <= width), hellos[0])


def _below_languages(language: Language, frame: Frame) -> list[Item]:
    """What is said under the languages, in the one that has the focus."""
    say = language.say
    contrast = Words(say("Stronger contrast: press F4."), shown_for=language.code, of_screen=True)
    if frame.is_check:
        said = (
            say("This is a check by the officers. No vote can be cast in it."),
            say("You see the pages of a voter."),
            say("To end: F12, then your PIN and Enter."),
        )
        return [*(Words(text, shown_for=language.code) for text in said), contrast]
    return [
        Words(say("You are alone at the screen. Nobody will see your choices."), shown_for=language.code),
        contrast,
        Words(
            say("Larger letters: ask a poll worker before you start."),
            shown_for=language.code,
            of_screen=True,
        ),
    ]


def cover_page(question: q.Covered, frame: Frame) -> Page:
    """V0; with a place for the PIN where a worker was called."""
    say = frame.language.say

    def wiped(seconds: int) -> str:
        return say(
            "If you do not answer within {seconds} seconds, your choices will be wiped.", seconds=seconds
        )

    hidden = Words(say("Your choices are hidden. Nothing is recorded."))
    left = Words(wiped(question.seconds), left=wiped)
    if question.pin is not None:
        return _called_page(question.pin, frame, hidden, left)
    hint = say("Press any key to continue.")
    title = say("Are you still there?")
    return frame.voter(
        "cover",
        title,
        (hidden, Words(hint), left),
        hint,
        any_key=a.AnyKey(),
        keys={"escape": a.AnyKey()},
        covers=True,
    )


def _called_page(pin: q.PinField, frame: Frame, hidden: Words, left: Words) -> Page:
    """The PIN alone can be typed here: what leads back is one key that nobody presses by accident."""
    say = frame.language.say
    back = (
        say("Pressed by mistake? Esc goes on with the check.")
        if frame.is_check
        else say("Pressed by mistake? Esc goes back to your choices.")
    )
    label = (
        say("Your PIN ends the check:")
        if frame.is_check
        else say("Poll worker, your PIN ends the visit without a vote:")
    )
    about = [hidden, Words(back, of_screen=True), left]
    if frame.small:  # the last row says what Esc does
        about = [hidden, left]
    return frame.voter(
        "called",
        say("End the check") if frame.is_check else say("Call a poll worker."),
        (*about[: -1 if pin.wait else None], *pin_field(pin, label, frame)),
        say("0-9 PIN  Enter confirm  Esc back")
        if frame.small
        else say("0 to 9: the worker's PIN   Enter: confirm   Esc: back"),
        problem=pin_note(pin, frame),
        wait=pin.wait,
        keys={"escape": a.AnyKey()},
        covers=True,
    )


def slip_page(question: q.CheckCode, frame: Frame) -> Page:
    """V8: a screen of its own, the choices are not shown."""
    say = frame.language.say
    code = Words(
        question.code if frame.small else question.code.replace(" ", "   "),
        strong=True,
        indent=4 if frame.small else 10,
        apart=True,
    )
    fixed = say("What is it for? The machine has prepared your vote, and can no longer change it.")
    why = f"{fixed} {say('So you can test the machine.')}"
    items: list[Item]
    if question.printed:
        title = say("Take your check slip")
        items = [
            Words(say("It shows this code, and nothing about your choices:")),
            code,
            Words(why),
            Words(say("Nothing is recorded yet.")),
            Verb(say("I have my slip, continue"), a.SlipInHand()),
            Verb(say("Print the slip again"), a.PrintAgain()),
        ]
    else:
        title = say("Copy or photograph this code")
        items = [
            code,
            Words(say("It says nothing about your choices.")),
            Words(why),
            Words(say("Nothing is recorded yet.")),
            Verb(say("I have the code, continue"), a.SlipInHand()),
        ]
    hint = say("Enter continue   Esc my choices")
    if not frame.small:
        hint = say("Enter: continue   Esc: back to my choices   F1: help")
    return frame.voter(
        f"slip {question.slip}",
        title,
        tuple(items),
        hint,
        notice=say("Printing.") if question.again and question.printed else "",
        keys=_BACK,
        **_while_it_prints(frame),
    )


def _while_it_prints(frame: Frame) -> dict[str, Any]:
    return {"shown": 2.0, "waiting": frame.language.say("One moment, then Enter continues.")}


def decide_page(question: q.Decide, frame: Frame) -> Page:
    """V9: no button has the focus at first."""
    say = frame.language.say
    items: list[Item] = []
    if question.can_vote:
        final = say("Your vote will be recorded and counted. This is final.")
        items.append(Verb(say("Vote|button"), a.Vote(), below=final))
    else:
        items.append(Words(say("This is a check by the officers. No vote can be cast in it."), strong=True))
    if question.can_check:
        items.append(Verb(say("Check the machine"), a.CheckMachine(), below=_about_checking(question, frame)))
    wide = say("Up Down: move   Enter: confirm   Esc: back to my choices   F1: help")
    return frame.voter(
        "decide",
        say("What do you want to do?"),
        tuple(items),
        say("Esc back to my choices   F1 help") if frame.small else wide,
        screen_note=say("Choose with up and down, then Enter."),
        keys=_BACK,
        focus=None,
    )


def _about_checking(question: q.Decide, frame: Frame) -> str:
    """Nobody is told to compare with something that is not there."""
    say = frame.language.say
    if not question.can_vote:
        return say("The machine opens what it has prepared, with the choices. Nothing is recorded.")
    if frame.small and question.printed:
        return say("This is not a vote. The machine prints what it has prepared, then you start again.")
    if frame.small:
        return say("This is not a vote. The machine shows what it has prepared, then you start again.")
    if question.printed:
        return say(
            "This is not a vote. The machine prints what it has prepared, with your choices. Anyone can compare "
            "it with the slip. Then you start again, and may choose differently. Most people do not need this."
        )
    return say(
        "This is not a vote. The machine shows what it has prepared, with your choices. Then you start again, "
        "and may choose differently. Most people do not need this."
    )


def opened_page(question: q.Opened, frame: Frame) -> Page:
    """V9b: a square code comes first, so that it is whole on the screen."""
    say = frame.language.say
    items: list[Item] = []
    note = ""
    if question.printed:
        items.append(
            Words(say("Keep the sheet with the slip. You can check them at the checking table or at home."))
        )
        note = say("The sheet is printing.")
    else:
        items += drawing_of(question.statement, frame, beside=_ROWS_AROUND)
        if items:
            note = say("Photograph the square code.")
            compared = say(
                "Anyone can compare the photograph with the code that you copied: {code}", code=question.code
            )
            items.append(Words(compared))
        items.append(Words(say("This is what the machine had prepared:")))
        lines, folded = fold(question.lines, frame)
        for line in lines:
            title = say("{label}:", label=line.title)
            items.append(Words(title if line.chosen else f"{title} {say('blank')}", indent=2))
            items += [Words(chosen_words(item, frame.language), mark="- ", indent=4) for item in line.chosen]
            if line.chosen and line.spending is not None:
                items.append(Words(spending_words(line.spending, frame.language), indent=4))
        if folded:
            items.append(Words(folded, indent=2))
    if question.by_officers:
        items += [Verb(say("Check once more"), a.StartAgain()), Verb(say("End the check"), a.Finish())]
    else:
        items.append(Verb(say("Start my vote again"), a.StartAgain()))
    title = say("These choices are NOT counted.")
    hint = (
        say("Up Down  Enter choose  F1 help")
        if question.by_officers
        else say("Enter: start again   F1: help")
    )
    return frame.voter("opened", title, tuple(items), hint, keys={"f12": a.CallWorker()}, note=note)
