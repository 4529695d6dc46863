"""What officers answer outside a visit: which page, two cards, counts, copies."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.answers import Answer
from station.checks.readiness import Point
from station.officers.tasks import Place, Purpose

__all__ = [
    "AT_CARDS",
    "CHECKING",
    "AddElector",
    "Announce",
    "AskNumber",
    "Begin",
    "CardTyped",
    "CheckAll",
    "CheckPoint",
    "ClearCard",
    "CloseEarly",
    "Confirm",
    "CopyToStick",
    "CountAgain",
    "Counted",
    "GiveProxy",
    "Go",
    "Leave",
    "PinChosen",
    "PrintCheck",
    "PrintSigningList",
    "PrintTrackers",
    "ReasonGiven",
    "Rehearse",
    "Reprint",
    "SaveIncident",
    "SwitchOff",
    "TakeProxyBack",
    "TestPage",
]


@dataclass(frozen=True, slots=True)
class Go(Answer):
    """To another page."""

    place: Place


@dataclass(frozen=True, slots=True)
class Begin(Answer):
    """Two cards for this."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class CheckPoint(Answer):
    """Tick a line of the readiness check, or look at it again."""

    point: Point


@dataclass(frozen=True, slots=True)
class CheckAll(Answer):
    """Look at all of them again."""


@dataclass(frozen=True, slots=True)
class TestPage(Answer):
    """Print a page to look at."""


@dataclass(frozen=True, slots=True)
class PrintSigningList(Answer):
    """Print the list that people sign."""


@dataclass(frozen=True, slots=True)
class PrintCheck(Answer):
    """Print the readiness check."""


@dataclass(frozen=True, slots=True)
class CardTyped(Answer):
    """A card's groups, and the name of who holds it."""

    text: str = field(repr=False)
    name: str = ""


@dataclass(frozen=True, slots=True)
class PinChosen(Answer):
    """The PIN of the desk, twice."""

    pin: str = field(repr=False)
    again: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClearCard(Answer):
    """Forget the last card."""


@dataclass(frozen=True, slots=True)
class Confirm(Answer):
    """Do it."""


@dataclass(frozen=True, slots=True)
class Leave(Answer):
    """Do not; back to where it came from."""


@dataclass(frozen=True, slots=True)
class ReasonGiven(Answer):
    """Why."""

    text: str


@dataclass(frozen=True, slots=True)
class SaveIncident(Answer):
    """Write an incident down."""

    kind: str
    """A ready sentence, or empty."""
    text: str
    hour: str = ""
    """As it was typed; now, where it is empty."""
    anyway: bool = False
    """Also if it holds a name of the roll."""


@dataclass(frozen=True, slots=True)
class AddElector(Answer):
    """Add somebody to the roll."""

    surname: str
    given_names: str
    born: str
    reason: str


@dataclass(frozen=True, slots=True)
class GiveProxy(Answer):
    """Somebody votes for this person."""

    number: int
    holder: str = ""
    """Roll number of who does, as it was typed; empty before it is asked."""


@dataclass(frozen=True, slots=True)
class TakeProxyBack(Answer):
    """The proxy that was noted for this person is not used."""

    number: int


@dataclass(frozen=True, slots=True)
class AskNumber(Answer):
    """Is the vote of this number recorded?"""

    text: str


@dataclass(frozen=True, slots=True)
class Announce(Answer):
    """Announce the closing, or take it back."""

    on: bool
    queue: str = ""
    """How many people wait, about, as it was typed."""


@dataclass(frozen=True, slots=True)
class CloseEarly(Answer):
    """Why the station closes before the planned hour."""

    reason: str


@dataclass(frozen=True, slots=True)
class Counted(Answer):
    """Two counts of the signatures."""

    first: str
    second: str
    slips: str
    names: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class TakeFrom(Answer):
    """Take over from the machine of this name, whose copy is on the stick."""

    machine: str


@dataclass(frozen=True, slots=True)
class CountAgain(Answer):
    """Count the signatures again."""


@dataclass(frozen=True, slots=True)
class CopyToStick(Answer):
    """Export."""


@dataclass(frozen=True, slots=True)
class PrintTrackers(Answer):
    """Print the list for the door."""


@dataclass(frozen=True, slots=True)
class Reprint(Answer):
    """Print a report again."""

    place: int


@dataclass(frozen=True, slots=True)
class Rehearse(Answer):
    """Leave the vote for its rehearsal; the vote comes back when the rehearsal is left."""


@dataclass(frozen=True, slots=True)
class SwitchOff(Answer):
    """End the program, or a rehearsal that was begun from the vote."""


AT_CARDS = (CardTyped, PinChosen, ClearCard)
"""What is answered while two cards are asked for."""
CHECKING = (CheckPoint, CheckAll, TestPage, PrintSigningList, PrintCheck)
"""What is answered at the readiness check."""
