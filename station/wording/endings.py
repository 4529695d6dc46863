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
    "pin_field",
    "pin_note",
    "recorded_page",
    "stopped_page",
]

_ROWS_BESIDE_A_RECEIPT = 16
_PIN_LENGTH = 6


def recorded_page(question: q.Recorded, frame: Frame) -> Page:
    """V10."""
    say = frame.language.say
    items = _receipt(question, frame)
    items += drawing_of(question.receipt, frame, beside=_ROWS_BESIDE_A_RECEIPT)
    items.append(
        Words(
            say(
                "After polling closes, the codes of the receipts are posted at the door and at the town hall."
            )
        )
    )
    if not frame.small:
        items += [
            Words(_about_receipt(question, frame)),
            Words(say("The first code was different: that is normal.")),
        ]
    elif len(question.codes) == 1:
        items.append(Words(say("It says nothing about your choices.")))
    items.append(Verb(say("Finish"), a.Finish()))
    printable = question.printer and not question.printed
    if printable:
        items.append(Verb(say("Print my receipt"), a.PrintAgain()))
    note = {
        None: "",
        True: say("Your receipt is printing."),
        False: say("No paper. Copy the code, or ask a poll worker."),
    }[question.printed]
    hint = say("Enter: finish   F1: help")
    if printable:
        hint = say("Enter: finish   P: print the receipt   F1: help")
    return frame.voter(
        "recorded",
        say("Your vote is recorded. Thank you."),
        tuple(items),
        say("Enter finish   F1 help") if frame.small else hint,
        note=note,
        keys={"f2": a.ChangeLanguage(), **({"p": a.PrintAgain()} if printable else {})},
        help=_after_vote(frame),
    )


def _receipt(question: q.Recorded, frame: Frame) -> list[Item]:
    """The codes: what the paper shows, or the receipt itself where nothing can print it."""
    say = frame.language.say
    if len(question.codes) == 1:
        named = say("The code of your receipt:")
        alone = say("This code is your receipt. Copy or photograph it.")
        codes = [Words(question.codes[0], strong=True, indent=10, apart=True)]
    else:
        named = say("The codes of your receipt:")
        alone = say("These codes are your receipt. Copy or photograph them.")
        pairs = zip(question.titles, question.codes, strict=True)
        codes = [Words(title, mark=f"{code}   ", indent=2) for title, code in pairs]
    return [Words(named if question.printer else alone), *codes]


def _about_receipt(question: q.Recorded, frame: Frame) -> str:
    say = frame.language.say
    if question.printer:
        return say(
            "If it is there, your vote is in the box. The receipt does not say what you chose: nobody can tell "
            "from it how you voted."
        )
    there = say("If it is there, your vote is in the box.")
    return f"{there} {say('It says nothing about what you chose: nobody can tell from it how you voted.')}"


def _after_vote(frame: Frame) -> tuple[str, ...]:
    """Help where everything is done."""
    say = frame.language.say
    return (
        say("Your vote is recorded. Nothing that you press now changes it."),
        say("A poll worker types a PIN and takes the machine back. They do not see your choices."),
    )


def hand_back_page(question: q.HandBack, frame: Frame) -> Page:
    """V11."""
    say = frame.language.say
    if question.printed:
        first = say("Take your receipt. You may leave the booth and go and sign the list.")
    elif question.printer:
        first = say(
            "No receipt was printed: keep what you copied, or print the receipt below. You may leave "
            "the booth and go and sign the list."
        )
    else:
        first = say("Keep what you copied. You may leave the booth and go and sign the list.")
    items: list[Item] = [Words(first), *_pin_items(question.pin, frame, say("Take back the machine"))]
    if question.printer and not question.printed:
        items.append(Verb(say("Print the receipt once"), a.PrintAgain()))
    title = say("You have finished. Call a poll worker.")
    return _pin_page("hand back", title, items, question.pin, frame, _after_vote(frame))


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
        *_pin_items(question.pin, frame, say("Take back the machine")),
    ]
    title = say("End the check") if question.is_check else say("Call a poll worker.")
    nothing = say("Your vote is NOT recorded. You can still vote.")
    return _pin_page("stopped", title, items, question.pin, frame, (words if question.is_check else nothing,))


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
        call = say("Call a poll worker.")
        stay = say("Please stay here. You did nothing wrong.")
        return frame.voter("doubt", call, tuple(items), call, help=(stay,))
    answer = (
        say("Your vote IS recorded. You cannot vote again.")
        if question.recorded
        else say("Your vote is NOT recorded. You can still vote.")
    )
    items = [Words(answer, strong=True), *_pin_items(question.pin, frame, say("Take back the machine"))]
    if question.recorded and question.printer and not question.printed:
        items.append(Verb(say("Print the receipt once"), a.PrintAgain()))
    return _pin_page("doubt", stopped, items, question.pin, frame, (answer,))


def halted_page(pin: q.PinField, frame: Frame) -> Page:
    """After an error, for the voter alone."""
    say = frame.language.say
    stay = say("Please stay here. You did nothing wrong.")
    items: list[Item] = [
        Words(stay, strong=True),
        Words(say("Call a poll worker.")),
        *_pin_items(pin, frame, say("Take back the machine")),
    ]
    return _pin_page("halted", say("The machine has stopped."), items, pin, frame, (stay,))


def _pin_page(
    key: str, title: str, items: list[Item], pin: q.PinField, frame: Frame, help_: tuple[str, ...]
) -> Page:
    say = frame.language.say
    hint = (
        say("0 to 9: PIN   Enter: confirm")
        if frame.small
        else say("0 to 9: the worker's PIN   Enter: confirm")
    )
    return frame.voter(
        key,
        title,
        tuple(items),
        hint,
        problem=pin_note(pin, frame),
        wait=pin.wait,
        help=(*help_, _forgotten(frame)),
    )


def _pin_items(pin: q.PinField, frame: Frame, verb: str) -> list[Item]:
    """Where a worker types a PIN, and what it does; nothing during a wait."""
    field = pin_field(pin, frame.language.say("Poll worker, your PIN:"), frame)
    return [*field, Verb(verb, _pin)] if field else []


def pin_field(pin: q.PinField, label: str, frame: Frame) -> list[Field]:
    """Where a worker types a PIN; nothing during a wait."""
    if pin.wait:
        return []
    first = frame.language.say("Type the PIN first, then Enter.")
    return [Field("pin", label, length=_PIN_LENGTH, digits=True, hidden=True, enter=_pin, empty=first)]


def _pin(typed: Typed) -> a.Answer:
    return a.PinTyped(typed.get("pin", ""))


def pin_note(pin: q.PinField, frame: Frame) -> str:
    """What became of the last PIN."""
    say = frame.language.say
    if pin.wait:
        return say("Wrong PIN. Wait {seconds} seconds.", seconds=pin.wait)
    return say("Wrong PIN.") if pin.wrong else ""


def _forgotten(frame: Frame) -> str:
    return frame.language.say(
        "Poll worker: PIN forgotten? Switch the machine off and on again. Two cards reopen the station, and it says "
        "whose vote is recorded."
    )
