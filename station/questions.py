"""What the session asks: everything that a screen of the visit shows, without a word of its wording.

Texts of the definition (titles, names of options) are here in the voter's language; all other words belong to
the faces that draw the questions. A question never holds a person's name and a choice together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from keys.election.list_place import ListPlace
from keys.election.statement import StatementType
from station.disk.plan import Paper
from station.electors.people import Letters, Person, Principal, Refusal
from station.visits.chosen import ContestLine

__all__ = [
    "AskPerson",
    "CheckCode",
    "ChooseLanguage",
    "Covered",
    "Decide",
    "Elsewhere",
    "HandBack",
    "InDoubt",
    "Letters",
    "ListContests",
    "News",
    "Opened",
    "Person",
    "PinField",
    "Principal",
    "Question",
    "Recorded",
    "Refusal",
    "ReportPaper",
    "Review",
    "ShowHandOver",
    "SignHere",
    "Stopped",
]


class Question:
    """Base of all questions."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A report, and what is known of its paper."""

    kind: StatementType
    code: str
    """Short, as on the paper."""
    made: int
    """Unix seconds."""
    paper: Paper


@dataclass(frozen=True, slots=True)
class PinField:
    """Where a worker types a PIN."""

    wrong: bool = False
    wait: int = 0
    """Seconds before another try."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Question):
    """V1."""

    codes: tuple[str, ...]
    current: str
    first: bool
    """Nothing comes before it."""


@dataclass(frozen=True, slots=True)
class ListContests(Question):
    """V2."""

    lines: tuple[ContestLine, ...]
    focus: int
    """Place in `lines`."""


@dataclass(frozen=True, slots=True)
class Review(Question):
    """V7."""

    lines: tuple[ContestLine, ...]
    void_slip: int | None = None
    """Number of the slip to throw away, after a step back."""


@dataclass(frozen=True, slots=True)
class CheckCode(Question):
    """V8: never with choices."""

    code: str
    """16 characters in four groups."""
    slip: int
    """1 for the first slip of the visit."""
    printed: bool
    again: bool = False
    """It was asked for once more, and is printing."""


@dataclass(frozen=True, slots=True)
class Decide(Question):
    """V9."""

    can_check: bool
    can_vote: bool = True
    """False while officers check the machine."""
    printed: bool = False
    """There is a slip."""


@dataclass(frozen=True, slots=True)
class Opened(Question):
    """V9b: what was prepared is opened, and not counted."""

    statement: bytes
    printed: bool
    lines: tuple[ContestLine, ...]
    by_officers: bool = False
    code: str = ""
    """That was shown before, 16 characters in four groups."""


@dataclass(frozen=True, slots=True)
class Recorded(Question):
    """V10."""

    receipt: bytes
    """The statement."""
    codes: tuple[str, ...]
    """A short code for each contest."""
    titles: tuple[str, ...]
    """Of the contests, in the same order."""
    printed: bool | None
    """None before the first try."""
    printer: bool = True
    """Whether there is one, even if it did not take the last paper."""


@dataclass(frozen=True, slots=True)
class Covered(Question):
    """V0."""

    pin: PinField | None
    """There when a worker asked for the cover."""
    seconds: int = 60
    """Without a key, after which the choices are wiped."""


@dataclass(frozen=True, slots=True)
class Stopped(Question):
    """The visit ended without a vote."""

    pin: PinField
    is_check: bool = False
    """It was a check by officers, which could not vote."""


@dataclass(frozen=True, slots=True)
class HandBack(Question):
    """V11."""

    pin: PinField
    printed: bool | None
    printer: bool = True


@dataclass(frozen=True, slots=True)
class InDoubt(Question):
    """V12."""

    recorded: bool | None
    """What the mark says; None if it cannot be read: the machine must be started again."""
    pin: PinField
    printed: bool | None
    printer: bool = True


class Copy(Enum):
    """How the copy on the stick stands."""

    NONE = "none"
    UP_TO_DATE = "up to date"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class CopyNote:
    """What the desk says of the copy on the stick."""

    copy: Copy
    since: int
    """Unix seconds: votes since then would be lost if the machine died; of no meaning where it is up to date."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The question at which station somebody votes, and its answer."""

    surname: str
    born: str
    """As it was typed."""
    stations: tuple[int, ...] | None = None
    """Indices; None while nothing was asked, or the birth date is none."""
    printed: bool | None = None
    """Whether the address was handed to a printer."""


class News(Enum):
    """What has just happened, and is said at the desk until somebody is searched."""

    STOPPED = "stopped"
    """A visit ended without a vote."""
    CHECKED = "checked"
    """Officers had checked the machine."""
    REOPENED = "reopened"
    """With a new PIN."""
    NOTED = "noted"
    """An incident was written down."""
    ADDED = "added"
    """Two officers added the person who is shown."""
    EMPTY = "empty"
    """Nothing was typed to search for."""


@dataclass(frozen=True, slots=True)
class AskPerson(Question):
    """W5: the search and what it found."""

    text: str
    people: tuple[Person, ...]
    searched: bool
    refused: tuple[int, Refusal] | None
    """The number that was chosen and cannot vote, and why."""
    voted: int | None
    """None once the closing is announced."""
    electors: int
    room: int
    copy: CopyNote | None = None
    """None where no stick was ever meant to be in."""
    elsewhere: Elsewhere | None = None
    """There once the search was widened."""
    additions: int = 0
    """How many people can still be added on the spot."""
    proxies: bool = False
    """Officers may note on the spot who votes for whom."""
    can_check: bool = False
    """Officers may check the machine from here."""
    due: tuple[ReportPaper, ...] = ()
    """Reports of which nothing says that they were printed."""
    paperless: bool = False
    """The printer did not take the last paper."""
    news: News | None = None


@dataclass(frozen=True, slots=True)
class ShowHandOver(Question):
    """W6: the number only, no name."""

    number: int
    unlimited: bool = False
    letters: Letters = Letters.NORMAL
    sizes: tuple[Letters, ...] = ()
    """The sizes there are; empty where the machine cannot set them."""
    copy: CopyNote | None = None
    """As at the desk."""
    paperless: bool = False
    """The printer did not take the last paper."""
    by_proxy: bool = False
    """Somebody else votes for this person."""


@dataclass(frozen=True, slots=True)
class SignHere(Question):
    """W8."""

    number: int
    name: str
    """Empty once it was wiped."""
    signer: str = ""
    """Who signs beside this number, where that is a proxy."""
    place: ListPlace | None = None
    """On the paper list."""
    voted: int | None = None
    """How many have voted; None from the announcement of the closing on."""
    copy: CopyNote | None = None
