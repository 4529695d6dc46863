"""What officers are asked outside a visit: opening, pause, power cut, closing.

Pages numbered W as in the storyboard. Questions carry figures and states, no wording.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.checks.readiness import CheckLine
from station.disk.state import State
from station.officers.purposes import CardStep, Named, Place, Purpose
from station.questions import Question, ReportPaper
from station.rehearsal import Rehearsal

__all__ = [
    "AskAddition",
    "AskCards",
    "AskClosing",
    "AskEarly",
    "AskIncident",
    "AskProxy",
    "AskReason",
    "AskReprint",
    "AskSignatures",
    "CardStep",
    "Named",
    "Place",
    "Problem",
    "Purpose",
    "ShowClosed",
    "ShowCopy",
    "ShowExport",
    "ShowFault",
    "ShowPause",
    "ShowPower",
    "ShowReadiness",
    "ShowStart",
    "ShowZero",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the last step was not done."""

    code: str
    """A finding, or ``pin``, ``group``, ``digits``, ``differ``, ``counts``, ``paper``, ``list``, ``stick``, ``empty``,
    ``hour``, ``noted``, ``name``, ``named``, ``reason``."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ShowStart(Question):
    """W1."""

    state: State
    unlocked: bool
    electors: int
    manifest: int
    checked: bool = False
    """The readiness check was made, and nothing in it stops the opening."""
    to_do: int = 0
    """Lines of it that are still to do all the same."""
    reports: int = 0
    """How many were made so far."""
    unprinted: int = 0
    """Of how many nothing says that they were printed."""
    can_take_over: bool = False
    """The station has another machine."""
    carried: int = 0
    """Electors who voted on a machine that stopped."""
    loaded: int | None = None
    """When the file of the town hall was loaded, Unix seconds; None where nothing says so."""
    opened: int | None = None
    """When the station was first opened."""
    rehearsal: Rehearsal | None = None
    """Before the first opening of a vote; None in a rehearsal, and later."""


@dataclass(frozen=True, slots=True)
class ShowReadiness(Question):
    """W2."""

    purpose: Purpose
    """What the check is for: opening, or reopening on another day."""
    lines: tuple[CheckLine, ...]
    problem: Problem | None = None
    printing: bool = False
    again: bool = False
    """Just now a paper was handed to the printer, or somebody asked to look again."""


@dataclass(frozen=True, slots=True)
class AskCards(Question):
    """W3."""

    purpose: Purpose
    step: CardStep
    cards: tuple[int, ...]
    """Numbers of the cards that were read."""
    names: tuple[str, ...]
    problem: Problem | None = None
    machine: str = ""
    """Whose cards, if not this machine's."""
    named: Named | None = None


@dataclass(frozen=True, slots=True)
class AskReason(Question):
    """A reason for what is seldom done."""

    purpose: Purpose
    problem: Problem | None = None
    typed: str = ""
    """What was typed before."""


@dataclass(frozen=True, slots=True)
class ShowZero(Question):
    """W4."""

    code: str
    electors: int
    votes: int
    marks: int
    manifest: int
    printed: bool
    can_undo: bool


@dataclass(frozen=True, slots=True)
class ShowPause(Question):
    """W9."""

    since: int
    """Unix seconds."""
    marks: int | None
    """None once the closing is announced."""
    electors: int
    number: int
    printed: bool
    unprinted: int = 0
    """Reports of which nothing says that they were printed."""


@dataclass(frozen=True, slots=True)
class AskIncident(Question):
    """W10."""

    written: int
    hour: str
    """As it will stand: now, or what was typed."""
    kind: str = ""
    """The ready sentence that was chosen."""
    words: str = ""
    """What was typed."""
    names: tuple[str, ...] = ()
    """Words of it that name somebody on the roll."""
    without_names: str = ""
    """What was typed, without them."""
    problem: Problem | None = None
    left_unsigned: bool = False
    """Somebody has just left without signing: the sentence is there already."""


@dataclass(frozen=True, slots=True)
class AskAddition(Question):
    """Whom to add to the roll, and why."""

    left: int
    """How many can still be added on this machine."""
    typed: tuple[tuple[str, str], ...] = ()
    """What was typed, by name of the field."""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class AskProxy(Question):
    """Who votes for this person?"""

    number: int
    name: str
    typed: str = ""
    problem: Problem | None = None
    """Of S-306 the detail is a `station.disk.proxies.ProxyFault`."""


@dataclass(frozen=True, slots=True)
class ShowPower(Question):
    """W11."""

    votes: int
    marks: int
    balanced: bool
    number: int | None = None
    recorded: bool | None = None
    """The answer for `number`; None if it is not on the roll."""
    hidden: bool = False
    """The closing is announced, and the box is in order: nobody is told how many have voted."""
    unprinted: int = 0
    """Reports of which nothing says that they were printed."""
    problem: Problem | None = None
    noted: int | None = None
    """Quarter of an hour, Unix seconds, under which the stop stands among the incidents; None where it does not."""


@dataclass(frozen=True, slots=True)
class AskClosing(Question):
    """W12."""

    now: int
    """Unix seconds."""
    due: bool
    """The planned hour is over."""
    announced: bool


@dataclass(frozen=True, slots=True)
class AskEarly(Question):
    """Before W12 or W13: why close before the planned hour?"""

    now: int
    """Unix seconds, as the next."""
    closes: int
    then: Place
    problem: Problem | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class AskSignatures(Question):
    """W13."""

    counts: tuple[int, int, int] | None = None
    """Signatures, marks, votes; once both counts were typed and are equal."""
    typed: tuple[tuple[str, str], ...] = ()
    problem: Problem | None = None
    carried: int = 0
    """People who voted on a machine that stopped, and signed the same list."""
    slips: int | None = None
    """Paper slips; None where none are kept."""


@dataclass(frozen=True, slots=True)
class ShowClosed(Question):
    """W14."""

    electors: int
    marks: int
    votes: int
    signatures: int
    challenges: int
    groups: tuple[str, ...]
    """The 13 groups of the set digest."""
    zero: str
    printed: bool
    unprinted: int = 0
    """Reports of which nothing says that they were printed."""
    problem: Problem | None = None
    of_its_own: bool = False
    """Every contest of the station is of this station alone."""


@dataclass(frozen=True, slots=True)
class ShowExport(Question):
    """W15."""

    stick: str
    votes: int


@dataclass(frozen=True, slots=True)
class ShowCopy(Question):
    """After W11 or W16: the copy of a box that is not closed."""

    stick: str = ""
    problem: Problem | None = None
    """Why there is none."""
    balanced: bool = True
    """Marks and ballots are as many: a spare can close the box from it."""


@dataclass(frozen=True, slots=True)
class AskReprint(Question):
    """F9."""

    reports: tuple[ReportPaper, ...]
    printed: bool | None = None
    """Whether the one that was just chosen was handed to the printer."""


@dataclass(frozen=True, slots=True)
class ShowFault(Question):
    """W16."""

    votes: int | None
    code: str = "S-901"
    has_box: bool = True
    """The station was opened: there is something to copy."""
