"""Words of the other pages of a visit: language, cover, check code, the two buttons, receipt, hand-back."""

from __future__ import annotations

from keys.desk.language import Language
from keys.paper.codes import encode
from keys.paper.qr import half_blocks, matrix
from station import answers as a
from station import questions as q
from station.page import Drawing, Field, Item, Line, Page, Typed, Verb, Words
from station.wording.frame import Frame

__all__ = [
    "cover_page",
    "decide_page",
    "doubt_page",
    "halted_page",
    "hand_back_page",
    "language_page",
    "opened_page",
    "recorded_page",
    "slip_page",
    "stopped_page",
]

_BACK = {"escape": a.Back(), "f2": a.ChangeLanguage(), "f12": a.CallWorker()}
_ROWS_AROUND = 7
_ROWS_BESIDE_A_RECEIPT = 16
_PIN_LENGTH = 6


def language_page(question: q.ChooseLanguage, frame: Frame) -> Page:
    """V1."""
    languages = [Language(code) for code in question.codes]
    hello = " / ".join(language.say("Hello") for language in languages[:3]).upper()
    lines = tuple(
        Line(language.name, a.LanguageChosen(language.code), key=language.code) for language in languages
    )
    below: list[Item] = []
    for language in languages:
        below.append(
            Words(
                language.say("You are alone at the screen. Nobody will see your choices."),
                shown_for=language.code,
            )
        )
        below.append(Words(language.say("Stronger contrast: key F4."), shown_for=language.code))
        below.append(
            Words(
                language.say("Larger letters: ask the poll worker before you start."), shown_for=language.code
            )
        )
    say = frame.language.say
    return frame.voter(
        "language",
        hello,
        (*lines, *below),
        say("Up Down  Enter choose  F1 help")
        if frame.small
        else say("Up Down: move   Enter: choose   F4: contrast   F1: help"),
        right=say("Choose your language"),
        focus=question.codes.index(question.current),
        keys={"f12": a.CallWorker()} if question.first else {"escape": a.Back(), "f12": a.CallWorker()},
        notes={"escape": say("To leave without voting, call a poll worker.")} if question.first else {},
    )


def cover_page(question: q.Covered, frame: Frame, seconds: int = 60) -> Page:
    """V0."""
    say = frame.language.say
    items: list[Item] = [
        Words(say("Your choices are hidden. Nothing is recorded.")),
        Words(say("Press any key to continue.")),
    ]
    if question.pin is None:
        items.append(
            Words(say("Without an answer in {seconds} seconds your choices will be wiped.", seconds=seconds))
        )
    else:
        items += _pin_items(question.pin, frame, say("End the visit without a vote"))
    hint = say("Press any key to continue.")
    title = say("Are you still there?")
    more = {"note": _pin_note(question.pin, frame), "wait": question.pin.wait} if question.pin else {}
    return frame.voter(
        "cover", title, tuple(items), hint, any_key=a.AnyKey(), keys={"escape": a.AnyKey()}, **more
    )


def slip_page(question: q.CheckCode, frame: Frame) -> Page:
    """V8: a screen of its own, the choices are not shown."""
    say = frame.language.say
    code = Words(
        question.code if frame.small else question.code.replace(" ", "   "),
        strong=True,
        indent=4 if frame.small else 10,
    )
    fixed = say("What is it for? The machine has just fixed its answer, and cannot change it any more.")
    why = f"{fixed} {say('So you can put it to the test.')}"
    items: list[Item]
    if question.printed:
        title = say("Take your check slip")
        items = [
            Words(say("It carries this code, and nothing of your choices:")),
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
            Words(say("It says nothing of your choices.")),
            Words(why),
            Words(say("Nothing is recorded yet.")),
            Verb(say("I have the code, continue"), a.SlipInHand()),
        ]
    hint = say("Enter continue   Esc my choices")
    if not frame.small:
        hint = say("Enter: continue   Esc: back to my choices   F1: help")
    return frame.voter(f"slip {question.slip}", title, tuple(items), hint, keys=_BACK, shown=2.0)


def decide_page(question: q.Decide, frame: Frame) -> Page:
    """V9: no button has the focus at first."""
    say = frame.language.say
    items: list[Item] = [
        Verb(say("Vote|button"), a.Vote(), below=say("Your vote is recorded and counted. This is final.")),
    ]
    if question.can_check:
        below = say(
            "This is not a vote. The machine shows what it has prepared, with the choices. Anyone can compare it "
            "with the code. Then you start again, and may choose differently. Most people do not need this."
        )
        if frame.small:
            below = say("This is not a vote. The machine shows what it has prepared, then you start again.")
        items.append(Verb(say("Check the machine"), a.CheckMachine(), below=below))
    wide = say("Up Down: move   Enter: confirm   Esc: back to my choices   F1: help")
    return frame.voter(
        "decide",
        say("What do you want to do?"),
        tuple(items),
        say("Esc back to my choices   F1 help") if frame.small else wide,
        note=say("Choose with up and down, then Enter."),
        keys=_BACK,
        focus=None,
    )


def opened_page(question: q.Opened, frame: Frame) -> Page:
    """V9b: a square code comes first, so that it is whole on the screen."""
    say = frame.language.say
    items: list[Item] = []
    note = ""
    if question.printed:
        items.append(
            Words(say("Keep the sheet with the slip; they can be checked at the checking table or at home."))
        )
    else:
        items += _drawing(question.statement, frame, beside=_ROWS_AROUND)
        note = say("Photograph the square code. Arrow down: more.") if items else ""
        items.append(Words(say("This is what the machine had prepared:")))
        for line in question.lines:
            items.append(Words(f"{line.title}: {', '.join(line.chosen) or say('blank')}", indent=2))
    items.append(Verb(say("Start my vote again"), a.StartAgain()))
    title = say("These choices are NOT counted.")
    hint = say("Enter: start again   F1: help")
    return frame.voter("opened", title, tuple(items), hint, keys={"f12": a.CallWorker()}, note=note)


def recorded_page(question: q.Recorded, frame: Frame) -> Page:
    """V10."""
    say = frame.language.say
    items: list[Item] = []
    if len(question.codes) == 1:
        items += [
            Words(say("Your receipt carries this code:")),
            Words(question.codes[0], strong=True, indent=10),
        ]
    else:
        items.append(Words(say("Your receipt carries these codes:")))
        pairs = zip(question.titles, question.codes, strict=True)
        items += [Words(f"{code}   {title}", indent=2) for title, code in pairs]
    items += _drawing(question.receipt, frame, beside=_ROWS_BESIDE_A_RECEIPT)
    items.append(Words(say("After closing this code will be posted at the door and at the town hall.")))
    if not frame.small:
        items.append(
            Words(
                say(
                    "If it is there, your vote is in the box. The receipt does not say what you chose: nobody can "
                    "ask you for it."
                )
            )
        )
        items.append(Words(say("The code on the slip was different: that is normal.")))
    items.append(Verb(say("Finish"), a.Finish()))
    if not question.printed:
        items.append(Verb(say("Print my receipt"), a.PrintAgain()))
    note = {
        None: "",
        True: say("Your receipt is printing."),
        False: say("No paper. Copy the code, or ask the poll worker."),
    }[question.printed]
    title = say("Your vote is recorded. Thank you.")
    hint = say("Enter: finish   P: print the receipt   F1: help")
    focus = sum(isinstance(item, Verb) for item in items[:-1]) if question.printed else 0
    return frame.voter(
        "recorded",
        title,
        tuple(items),
        say("Enter finish   F1 help") if frame.small else hint,
        note=note,
        keys={"f2": a.ChangeLanguage(), **({} if question.printed else {"p": a.PrintAgain()})},
        focus=0 if question.printed else min(focus, 0),
    )


def hand_back_page(question: q.HandBack, frame: Frame) -> Page:
    """V11."""
    say = frame.language.say
    first = say("Take your receipt. You may leave the booth and go and sign the list.")
    items: list[Item] = [Words(first), *_pin_items(question.pin, frame, say("Take back the machine"))]
    if not question.printed:
        items.append(Verb(say("Print the receipt once"), a.PrintAgain()))
    return _pin_page("hand back", say("It is over. Call a poll worker."), items, question.pin, frame)


def stopped_page(question: q.Stopped, frame: Frame) -> Page:
    """The visit ended without a vote."""
    say = frame.language.say
    items: list[Item] = [
        Words(say("Visit stopped. Your vote is NOT recorded."), strong=True),
        *_pin_items(question.pin, frame, say("Take back the machine")),
    ]
    return _pin_page("stopped", say("Call a poll worker."), items, question.pin, frame)


def doubt_page(question: q.InDoubt, frame: Frame) -> Page:
    """V12."""
    say = frame.language.say
    stopped = say("The machine had a fault while it wrote.")
    if question.recorded is None:
        items: list[Item] = [
            Words(stopped),
            Words(
                say(
                    "Please stay. A poll worker starts the machine again and tells you whether your vote is recorded."
                )
            ),
        ]
        return frame.voter("doubt", say("Call a poll worker."), tuple(items), say("Call a poll worker."))
    answer = (
        say("Your vote IS recorded. You do not vote a second time.")
        if question.recorded
        else say("Your vote is NOT recorded. You may vote again.")
    )
    items = [Words(answer, strong=True), *_pin_items(question.pin, frame, say("Take back the machine"))]
    if question.recorded and not question.printed:
        items.append(Verb(say("Print the receipt once"), a.PrintAgain()))
    return _pin_page("doubt", stopped, items, question.pin, frame)


def halted_page(pin: q.PinField, frame: Frame) -> Page:
    """After an error, for the voter alone."""
    say = frame.language.say
    items: list[Item] = [
        Words(say("Please stay here. You did nothing wrong."), strong=True),
        Words(say("Call a poll worker.")),
        *_pin_items(pin, frame, say("Take back the machine")),
    ]
    return _pin_page("halted", say("The machine has stopped."), items, pin, frame)


def _pin_page(key: str, title: str, items: list[Item], pin: q.PinField, frame: Frame) -> Page:
    say = frame.language.say
    hint = say("0 to 9: the worker's PIN   Enter: confirm")
    return frame.voter(key, title, tuple(items), hint, note=_pin_note(pin, frame), wait=pin.wait)


def _pin_items(pin: q.PinField, frame: Frame, verb: str) -> list[Item]:
    label = frame.language.say("Poll worker, your PIN:")
    typed = Field("pin", label, length=_PIN_LENGTH, digits=True, hidden=True, enter=_pin)
    return [typed, Verb(verb, _pin)] if not pin.wait else []


def _pin(typed: Typed) -> a.Answer:
    return a.PinTyped(typed.get("pin", ""))


def _pin_note(pin: q.PinField, frame: Frame) -> str:
    say = frame.language.say
    if pin.wait:
        return say("Wrong PIN. Wait {seconds} seconds.", seconds=pin.wait)
    return say("Wrong PIN.") if pin.wrong else ""


def _drawing(statement: bytes, frame: Frame, beside: int) -> list[Item]:
    """The square code, whole or not at all; `beside` rows must be left for the rest."""
    texts = encode(statement)
    if len(texts) != 1:
        return []
    rows = half_blocks(matrix(texts[0]))
    if len(rows) + beside > frame.height or len(rows[0]) + 4 > frame.width:
        return []
    return [Drawing(tuple(rows))]
