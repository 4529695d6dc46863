"""A page: what a screen draws, already in words. Made by `station.wording` from a question.

A page is the same whether a terminal app draws it or plain numbered lines. It holds what each of its parts
answers, so that whoever draws it knows nothing of the vote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from station.answers import Answer

__all__ = [
    "COUNTED",
    "Drawing",
    "Field",
    "Item",
    "Line",
    "Page",
    "Sign",
    "Step",
    "Verb",
    "Words",
    "in_order",
    "is_focusable",
]

Typed = Mapping[str, str]
"""What was typed, by name of the field."""


class Sign(Enum):
    """What stands before a line."""

    NONE = ""
    UNTICKED = "[ ] "
    TICKED = "[x] "
    UNCHOSEN = "( ) "
    CHOSEN = "(x) "


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; wraps."""

    text: str
    strong: bool = False
    indent: int = 0
    shown_for: str = ""
    """Key of a language line: shown only while that line has the focus."""
    of_screen: bool = False
    """Says something of the screen; plain lines leave it out."""
    step: int = 0
    """Place among the things to do one after the other, from 1."""
    mark: str = ""
    """Before the first row; further rows stand beside it."""
    apart: bool = False
    """With a blank row around it, where there is room."""
    until_typed: bool = False
    """Answers what was typed: goes as soon as something else is."""
    left: Callable[[int], str] | None = None
    """Says the same of other seconds that are left; said anew each ten of them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of several things that can be done on a line.

    On a screen its keys do it while the line has the focus. Plain lines have no focus: there a line with steps is
    chosen by its number, then one of its steps that have a label, by the number of the step.
    """

    answer: Answer
    keys: tuple[str, ...] = ()
    label: str = ""
    number: str = ""
    """Does it in plain lines; unique on the line. There wherever there is a label."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something to choose; one row, which unfolds while it has the focus."""

    label: str
    answer: Answer
    """What Enter does; by it alone, and the verbs of the page, every contest can be filled in."""
    right: str = ""
    """At the right end of the first row: a price, a state."""
    nothing: str = ""
    """The end of it that says that nothing was given; plain lines say that of a change alone."""
    drawn: str = ""
    """After it on a screen alone: stars that say the same once more."""
    sign: Sign = Sign.NONE
    mark: str = ""
    """Stands in place of the sign: a rank, points."""
    number: str = ""
    short: str = ""
    """Stands for the label while it has not the focus, and everything has to be in one row."""
    steps: tuple[Step, ...] = ()
    """What else can be done on it, and by which keys."""
    ask: str = ""
    """What plain lines ask for the number of a step, where the numbers say what they do."""
    below: str = ""
    """More rows, always there."""
    press: str = ""
    """What Enter does, below them; a screen alone says it."""
    details: tuple[str, ...] = ()
    """More rows, while it has the focus; several of them in columns."""
    key: str = ""
    whole: bool = False
    """Never cut, focus or not."""
    column: bool = False
    """Beside the lines next to it that are columns too, where there is room; the Left and Right keys go to them."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A button, named by verb and noun."""

    label: str
    answer: Answer | Callable[[Typed], Answer]
    """The answer, or how to make it of what was typed."""
    below: str = ""
    """What it does, in words under it."""


@dataclass(frozen=True, slots=True)
class Field:
    """A place to type in; Enter sends the page's first verb."""

    name: str
    label: str
    value: str = ""
    length: int = 60
    digits: bool = False
    hidden: bool = False
    """Shown as stars, and empty again on the next page."""
    kept: bool = True
    """What was typed stays when the page comes again."""
    enter: Callable[[Typed], Answer] | None = None
    """What Enter answers here."""
    groups: int = 0
    """How many groups of four letters are asked for, and stand apart; 0 for none."""
    check: Callable[[int, str], str] | None = None
    """What is wrong with a group, by its number from 1, as soon as it is typed; it is then typed anew."""
    anew: int = 0
    """The group that is typed anew; the others stay on the screen."""
    empty: str = ""
    """What Enter says while nothing is typed, where that is no answer."""
    again: str = ""
    """What Enter says instead while the value of the field stands there unchanged: it was answered already."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A square code in half blocks, dark on light, whole or not at all."""

    rows: tuple[str, ...]


Item = Words | Line | Verb | Field | Drawing


def in_order(*texts: str, indent: int = 0) -> tuple[Words, ...]:
    """Things to do one after the other."""
    return tuple(Words(text, indent=indent, step=place) for place, text in enumerate(texts, start=1))


COUNTED = 10
"""Seconds from one figure to the next, where those that are left are said: nothing on the screen moves faster."""


def is_focusable(item: Item) -> bool:
    """Whether the focus can be there."""
    return isinstance(item, Line | Verb | Field)


@dataclass(frozen=True, slots=True)
class Page:
    """One screen full."""

    key: str
    """Pages of one key are one screen that changes, and keep the focus."""
    title: str
    items: tuple[Item, ...]
    left: str
    """First row, left: the commune and the vote, or the station."""
    right: str
    """First row, right: the language, or the state."""
    hint: str
    """Last row: the keys that work here."""
    warns: bool = False
    """The first row says that nothing here counts."""
    note: str = ""
    """Row above it."""
    problem: str = ""
    """Why the last step was not done, in the same row, until something else is typed."""
    notice: str = ""
    """What became of the last key, in the same row; a screen shows it until the focus moves."""
    screen_note: str = ""
    """The same row of a screen, where nothing else is there to say."""
    note_at: Callable[[int], str] | None = None
    """The same row where it depends on which of the lines, from 0, has the focus."""
    hint_at: Callable[[int], str] | None = None
    """The last row, likewise; on a screen alone."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Keys that only say something, and what they say."""
    voter: bool = True
    keys: Mapping[str, Answer] = field(default_factory=dict)
    """Other keys: ``escape``, ``f2``."""
    focus: int | None = 0
    """Which of the focusable items has the focus at first; None for none."""
    any_key: Answer | None = None
    """What every other key answers."""
    more: tuple[str, str, str] = ("", "", "")
    """What the note says at its end while there is more below, above, or both."""
    keys_help: tuple[str, ...] = ()
    """What F1 says first, of the keys of a screen; plain lines have their own."""
    covers: bool = False
    """Lies on top of the page before it, which gets its focus back where it comes again."""
    tab_to_button: bool = False
    """Whether Tab goes past the lines to the first button."""
    types_into: str = ""
    """Name of the field that letters go to wherever the focus is, as from a scanner; they replace what it holds."""
    help: tuple[str, ...] = ()
    """What F1 says then."""
    wait: int = 0
    """Seconds of a wait after wrong PINs."""
    shown: float = 0.7
    """Seconds in which keys are dropped."""
    waiting: str = ""
    """What the note says in these seconds, where they are more than a moment; an Enter in them counts after them."""

    @property
    def counts_down(self) -> tuple[Words, ...]:
        """What says how many seconds are left."""
        return tuple(item for item in self.items if isinstance(item, Words) and item.left)
