"""What a face of the station answers to a question: typed, and nothing else gets in.

The first part comes from a voter, the second from a worker, the last from the face itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from station.electors.people import Letters

__all__ = [
    "Answer",
    "AnyKey",
    "AskElsewhere",
    "Back",
    "BlankHere",
    "CallWorker",
    "Cancel",
    "CannotSign",
    "Change",
    "ChangeLanguage",
    "CheckMachine",
    "CheckVisit",
    "Choose",
    "Clear",
    "ClearHere",
    "Done",
    "Finish",
    "Give",
    "HandOver",
    "KeepChoices",
    "LanguageChosen",
    "LeftUnsigned",
    "OpenContest",
    "PinTyped",
    "PrintAddress",
    "PrintAgain",
    "Reason",
    "Search",
    "See",
    "SetLetters",
    "SetUnlimited",
    "Signed",
    "SlipInHand",
    "StartAgain",
    "Tick",
    "TimePassed",
    "Vote",
    "WaitOver",
    "Widen",
]


class Reason(StrEnum):
    """Why a visit ended without a vote; the names of the counters of the store."""

    WRONG_PERSON = "cancelled-wrong-person"
    LEFT = "cancelled-left"
    TIMED_OUT = "cancelled-timed-out"
    STOPPED = "cancelled-stopped"
    OTHER = "cancelled-other"


class Answer:
    """Base of all answers."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class LanguageChosen(Answer):
    """The voter reads this language."""

    code: str


@dataclass(frozen=True, slots=True)
class ChangeLanguage(Answer):
    """The voter wants another language; choices are kept."""


@dataclass(frozen=True, slots=True)
class OpenContest(Answer):
    """Open a contest of the list."""

    contest: int


@dataclass(frozen=True, slots=True)
class Tick(Answer):
    """Choose an option, or take the choice back: one point more, the next rank or none, the next grade or none."""

    option: int


@dataclass(frozen=True, slots=True)
class Give(Answer):
    """Give an option a value: a mark, points, a rank, a grade; 0 takes it away."""

    option: int
    value: int


@dataclass(frozen=True, slots=True)
class BlankHere(Answer):
    """Vote blank in this contest; asks first if something is ticked."""


@dataclass(frozen=True, slots=True)
class ClearHere(Answer):
    """Clear the choices of this contest, and choose again."""


@dataclass(frozen=True, slots=True)
class KeepChoices(Answer):
    """No, do not clear the choices."""


@dataclass(frozen=True, slots=True)
class Done(Answer):
    """Go on: from a contest, from the list, from the review."""


@dataclass(frozen=True, slots=True)
class Back(Answer):
    """One step back."""


@dataclass(frozen=True, slots=True)
class Change(Answer):
    """Change a contest, from the review."""

    contest: int


@dataclass(frozen=True, slots=True)
class SlipInHand(Answer):
    """The voter has the check code."""


@dataclass(frozen=True, slots=True)
class PrintAgain(Answer):
    """Print the slip, the sheet or the receipt of this screen (again)."""


@dataclass(frozen=True, slots=True)
class Vote(Answer):
    """The last yes."""


@dataclass(frozen=True, slots=True)
class CheckMachine(Answer):
    """Open what the machine has prepared instead of casting it."""


@dataclass(frozen=True, slots=True)
class StartAgain(Answer):
    """Start the visit again after a check."""


@dataclass(frozen=True, slots=True)
class CheckVisit(Answer):
    """Officers check the machine by a visit of their own, which cannot vote."""


@dataclass(frozen=True, slots=True)
class Finish(Answer):
    """The voter has read that the vote is recorded, or officers are through with their check."""


@dataclass(frozen=True, slots=True)
class AnyKey(Answer):
    """Somebody is still there."""


@dataclass(frozen=True, slots=True)
class CallWorker(Answer):
    """A worker wants to end the visit: cover the choices first."""


@dataclass(frozen=True, slots=True)
class PinTyped(Answer):
    """A worker's PIN."""

    pin: str


@dataclass(frozen=True, slots=True)
class Search(Answer):
    """Look somebody up on the roll by number or name."""

    text: str


@dataclass(frozen=True, slots=True)
class Clear(Answer):
    """Empty the search."""


@dataclass(frozen=True, slots=True)
class Choose(Answer):
    """This person votes now."""

    number: int
    by_proxy: bool = False
    """Another person votes for them."""


@dataclass(frozen=True, slots=True)
class See(Answer):
    """Show this one of several people."""

    number: int


@dataclass(frozen=True, slots=True)
class Widen(Answer):
    """Nobody fits: look for names like it, and ask at which station somebody votes."""


@dataclass(frozen=True, slots=True)
class AskElsewhere(Answer):
    """At which station does a person of this surname and birth date vote?"""

    surname: str
    born: str


@dataclass(frozen=True, slots=True)
class PrintAddress(Answer):
    """Print the address of another station."""

    station: int


@dataclass(frozen=True, slots=True)
class SetLetters(Answer):
    """Letters of this size for this visit."""

    letters: Letters


@dataclass(frozen=True, slots=True)
class SetUnlimited(Answer):
    """No time limit for this visit, or one again."""

    on: bool


@dataclass(frozen=True, slots=True)
class HandOver(Answer):
    """Leave the machine to the voter."""

    unlimited: bool = False
    """No time limit."""


@dataclass(frozen=True, slots=True)
class Cancel(Answer):
    """Nobody votes after all."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Signed(Answer):
    """The voter has signed the paper list."""


@dataclass(frozen=True, slots=True)
class LeftUnsigned(Answer):
    """The voter left without signing."""


@dataclass(frozen=True, slots=True)
class CannotSign(Answer):
    """Another elector signs for the voter, with a note."""


@dataclass(frozen=True, slots=True)
class TimePassed(Answer):
    """No key for as long as `Session.patience` says."""


@dataclass(frozen=True, slots=True)
class WaitOver(Answer):
    """The wait after wrong PINs is over."""
