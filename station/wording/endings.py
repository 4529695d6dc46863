"""Words of the pages that end a visit: receipt, hand-back, stop, doubt; and of the worker's PIN."""

from __future__ import annotations

from station import answers as a
from station import questions as q
from station.wording.drawing import drawing_of
from station.wording.frame import Frame
from station.wording.page import Field, Item, Page, Typed, Verb, Words

__all__ = [
    "doubt_page",
    "halted_page",
    "hand_back_page",
    "pin_items",
    "pin_note",
    "recorded_page",
    "stopped_page",
]

_ROWS_BESIDE_A_RECEIPT = 16
_PIN_LENGTH = 6


def recorded_page(question: q.Recorded, frame: Frame) -> Page:
    """V10."""
    say = frame.language.say
    items: list[Item] = []
    if len(question.codes) == 1:
        items += [
            Words(say("Your receipt shows this code:")),
            Words(question.codes[0], strong=True, indent=10, apart=True),
        ]
    else:
        items.append(Words(say("Your receipt shows these codes:")))
        pairs = zip(question.titles, question.codes, strict=True)
        items += [Words(title, mark=f"{code}   ", indent=2) for title, code in pairs]
    items += drawing_of(question.receipt, frame, beside=_ROWS_BESIDE_A_RECEIPT)
    items.append(
        Words(say("After polling closes, this code will be posted at the door and at the town hall."))
    )
    if not frame.small:
        items.append(
            Words(
                say(
                    "If it is there, your vote is in the box. The receipt does not say what you chose: nobody "
                    "can tell from it how you voted."
                )
            )
        )
        items.append(Words(say("The first code was different: that is normal.")))
    elif len(question.codes) == 1:
        items.append(Words(say("It says nothing about your choices.")))
    items.append(Verb(say("Finish"), a.Finish()))
    if not question.printed:
        items.append(Verb(say("Print my receipt"), a.PrintAgain()))
    note = {
        None: "",
        True: say("Your receipt is printing."),
        False: say("No paper. Copy the code, or ask a poll worker."),
    }[question.printed]
    title = say("Your vote is recorded. Thank you.")
    printable = say("Enter: finish   P: print the receipt   F1: help")
    hint = say("Enter: finish   F1: help") if question.printed else printable
    return frame.voter(
        "recorded",
        title,
        tuple(items),
        say("Enter finish   F1 help") if frame.small else hint,
        note=note,
        keys={"f2": a.ChangeLanguage(), **({} if question.printed else {"p": a.PrintAgain()})},
    )


def hand_back_page(question: q.HandBack, frame: Frame) -> Page:
    """V11."""
    say = frame.language.say
    first = (
        say("Take your receipt. You may leave the booth and go and sign the list.")
        if question.printed
        else say(
            "No receipt was printed: keep the code that you copied, or print the receipt below. You may leave "
            "the booth and go and sign the list."
        )
    )
    items: list[Item] = [Words(first), *pin_items(question.pin, frame, say("Take back the machine"))]
    if not question.printed:
        items.append(Verb(say("Print the receipt once"), a.PrintAgain()))
    return _pin_page("hand back", say("You have finished. Call a poll worker."), items, question.pin, frame)


def stopped_page(question: q.Stopped, frame: Frame) -> Page:
    """The visit ended without a vote."""
    say = frame.language.say
    words = (
        say("The check is over. Nothing was recorded, as intended.")
        if question.is_check
        else say("Visit stopped. Your vote is NOT recorded.")
    )
    items: list[Item] = [
        Words(words, strong=True),
        *pin_items(question.pin, frame, say("Take back the machine")),
    ]
    title = say("End the check") if question.is_check else say("Call a poll worker.")
    return _pin_page("stopped", title, items, question.pin, frame)


def doubt_page(question: q.InDoubt, frame: Frame) -> Page:
    """V12."""
    say = frame.language.say
    stopped = say("The machine had a fault while it was recording.")
    if question.recorded is None:
        items: list[Item] = [
            Words(stopped),
            Words(
                say(
                    "Please stay here. A poll worker will restart the machine and tell you whether your vote "
                    "is recorded."
                )
            ),
        ]
        return frame.voter("doubt", say("Call a poll worker."), tuple(items), say("Call a poll worker."))
    answer = (
        say("Your vote IS recorded. You cannot vote again.")
        if question.recorded
        else say("Your vote is NOT recorded. You can still vote.")
    )
    items = [Words(answer, strong=True), *pin_items(question.pin, frame, say("Take back the machine"))]
    if question.recorded and not question.printed:
        items.append(Verb(say("Print the receipt once"), a.PrintAgain()))
    return _pin_page("doubt", stopped, items, question.pin, frame)


def halted_page(pin: q.PinField, frame: Frame) -> Page:
    """After an error, for the voter alone."""
    say = frame.language.say
    items: list[Item] = [
        Words(say("Please stay here. You did nothing wrong."), strong=True),
        Words(say("Call a poll worker.")),
        *pin_items(pin, frame, say("Take back the machine")),
    ]
    return _pin_page("halted", say("The machine has stopped."), items, pin, frame)


def _pin_page(key: str, title: str, items: list[Item], pin: q.PinField, frame: Frame) -> Page:
    say = frame.language.say
    hint = (
        say("0 to 9: PIN   Enter: confirm")
        if frame.small
        else say("0 to 9: the worker's PIN   Enter: confirm")
    )
    return frame.voter(key, title, tuple(items), hint, note=pin_note(pin, frame), wait=pin.wait)


def pin_items(pin: q.PinField, frame: Frame, verb: str) -> list[Item]:
    """Where a worker types a PIN, and what it does; nothing during a wait."""
    label = frame.language.say("Poll worker, your PIN:")
    typed = Field("pin", label, length=_PIN_LENGTH, digits=True, hidden=True, enter=_pin)
    return [typed, Verb(verb, _pin)] if not pin.wait else []


def _pin(typed: Typed) -> a.Answer:
    return a.PinTyped(typed.get("pin", ""))


def pin_note(pin: q.PinField, frame: Frame) -> str:
    """What became of the last PIN."""
    say = frame.language.say
    if pin.wait:
        return say("Wrong PIN. Wait {seconds} seconds.", seconds=pin.wait)
    return say("Wrong PIN.") if pin.wrong else ""
