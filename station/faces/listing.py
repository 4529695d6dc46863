"""A page as numbered lines, and what is meant by what was typed under them: pure, no terminal.

A page asks either for a number or, where the focus of a screen would be in a field, for what belongs there.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from station.answers import Answer
from station.wording.page import Drawing, Field, Item, Line, Page, Verb, Words, is_focusable

__all__ = [
    "Reply",
    "Spoken",
    "field_of",
    "first_field",
    "item_rows",
    "meaning",
    "next_field",
    "page_parts",
    "parted",
    "step_of",
    "step_rows",
    "stops",
    "wrapped",
]

WIDTH = 79
_LETTERS = {"b": "escape", "esc": "escape", "l": "f2", "w": "f12"}
_HELP = {"?", "h"}
_SIGNS = {"", "-", "x"}
_COLUMNS = re.compile(" {3,}")
_BLANKS = re.compile("[ \u00a0]{2,}")


class Reply(Enum):
    """What is no answer."""

    AGAIN = "again"
    HELP = "help"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something to say, and the same question again."""

    texts: tuple[str, ...]
    """None if there is no more to say."""


def stops(page: Page) -> list[Line | Verb | Field]:
    """What has a number, from 1, in this order."""
    return [item for item in page.items if isinstance(item, Line | Verb | Field)]


def first_field(page: Page) -> Field | None:
    """The field that a screen would give the focus to; not one whose value was answered by lines to choose from.

    A number typed then means one of these lines: were it searched, it could be that of another person.
    """
    if page.focus is None:
        return None
    item = dict(enumerate(stops(page))).get(page.focus)
    return item if isinstance(item, Field) and not item.again else None


def field_of(page: Page, name: str) -> Field:
    """The field of a name."""
    return next(item for item in stops(page) if isinstance(item, Field) and item.name == name)


def next_field(page: Page, field: Field) -> Field | None:
    """The field right after one."""
    names = [item.name if isinstance(item, Field) else "" for item in stops(page)]
    place = names.index(field.name) + 1
    following = stops(page)[place] if place < len(names) else None
    return following if isinstance(following, Field) else None


def page_parts(
    page: Page, typed: Mapping[str, str], *, head: str = "", note: str = "", letters: str = ""
) -> list[list[str]]:
    """The rows of each part of a page, at most 79 letters wide: what is new comes before what can be done.

    Args:
        page: In words for the ear.
        typed: What stands in the fields.
        head: Where the reader is.
        note: What became of the last answer.
        letters: What may be typed beside numbers.
    """
    return [
        [*wrapped(head), *wrapped(page.title), *wrapped(note)],
        *item_rows(page, typed),
        wrapped(letters),
    ]


def parted(parts: Sequence[Sequence[str]], height: int) -> list[list[str]]:
    """The rows in screens of so many rows at most, so that nothing scrolls away unread; no part is broken."""
    screens: list[list[str]] = [[]]
    for part in parts:
        if screens[-1] and len(screens[-1]) + len(part) > height:
            screens.append([])
        screens[-1] += part
    return screens


def item_rows(page: Page, typed: Mapping[str, str]) -> list[list[str]]:
    """The rows of each part of a page; none for what only a screen can show, or where any key is the answer."""
    shown_for = _language_of_focus(page)
    number = 0
    rows: list[list[str]] = []
    for item in page.items:
        number += is_focusable(item)
        asked = is_focusable(item) or (isinstance(item, Words) and item.text == page.hint)
        silent = asked and page.any_key is not None
        rows.append([] if silent else _rows(item, number, typed, shown_for))
    return rows


def _rows(item: Item, number: int, typed: Mapping[str, str], shown_for: str) -> list[str]:
    match item:
        case Words(text, shown_for=key):
            said = _even(f"{item.mark}{text}", " " if item.apart else ", ")
            return wrapped(said) if not item.of_screen and key in {"", shown_for} else []
        case Line(label):
            return _numbered(number, f"{_even(label)}{_right(item)}", item.below)
        case Verb(label):
            return _numbered(number, label, item.below)
        case Field():
            value = typed.get(item.name, item.value)
            shown = "*" * len(value) if item.hidden else value
            return _numbered(number, f"{item.label} ({shown})" if shown else item.label, "")
        case Drawing():
            return []


def _even(text: str, between: str = ", ") -> str:
    """Without the blanks that make columns on a screen: fingers would have to go over them."""
    return _BLANKS.sub(" ", _COLUMNS.sub(between, text.rstrip()))


def _right(line: Line) -> str:
    """Price and state, each after a comma; a screen has them in columns, and signs for what is not there."""
    parts = (part.strip("[] ") for part in line.right.split("   "))
    return "".join(f", {part}" for part in parts if part not in _SIGNS)


def step_rows(line: Line) -> list[str]:
    """What can be done on a line, by number."""
    rows = wrapped(f"{line.label}{_right(line)}")
    for step in () if line.ask else line.steps:
        if step.label:
            rows += wrapped(f"{step.number}) {step.label}", "   ")
    return rows


def step_of(line: Line, text: str) -> Answer | None:
    """What a number, a plus or a minus does on a line."""
    wanted = {"+": ("+", "right"), "-": ("-", "left")}.get(text)
    for key in wanted or ():
        for step in line.steps:
            if key in step.keys:
                return step.answer
    return next((step.answer for step in line.steps if text and step.number == text), None)


def _language_of_focus(page: Page) -> str:
    item = dict(enumerate(stops(page))).get(page.focus or 0)
    return item.key if isinstance(item, Line) else ""


def _numbered(number: int, text: str, below: str) -> list[str]:
    return [*wrapped(f"{number}) {text}", "   "), *(f"   {row}" for row in wrapped(below, width=WIDTH - 3))]


def wrapped(text: str, indent: str = "", width: int = WIDTH) -> list[str]:
    """Rows of at most so many letters, with nothing in them that steers a terminal."""
    rows: list[str] = []
    for paragraph in text.split("\n") if text else ():
        rows += textwrap.wrap(paragraph, width, subsequent_indent=indent, break_on_hyphens=False)
    return [_printable(row) for row in rows]


def _printable(text: str) -> str:
    """Nothing that steers the terminal; no-break spaces as plain ones, now that the rows are made."""
    spaced = text.replace("\u00a0", " ").replace("\u202f", " ")
    return "".join(character for character in spaced if character.isprintable())


def is_letter(page: Page, text: str) -> bool:
    """Whether a line typed into a field is one of the letters that the page offers; no name or reason is one."""
    return text.strip() == "?" or _LETTERS.get(text.strip().lower(), "") in page.keys


def meaning(page: Page, text: str, typed: Mapping[str, str]) -> Answer | Field | Line | Spoken | Reply:
    """What is meant by something typed where a number is asked.

    Args:
        page: The page.
        text: What was typed.
        typed: What stands in the fields.
    """
    wanted = text.strip().lower()
    key = wanted if wanted in page.keys else _LETTERS.get(wanted, wanted)
    if not wanted:
        return page.any_key or Reply.AGAIN
    if key in page.keys:
        return page.keys[key]
    if key in page.notes:
        return Spoken((page.notes[key],))
    if wanted in _HELP:
        return Reply.HELP
    digits = wanted[: len(wanted) - len(wanted.lstrip("0123456789"))]
    item, rest = _at(page, digits), wanted[len(digits) :].strip()
    if item is None or (rest and not isinstance(item, Line)):
        return Reply.WRONG
    if isinstance(item, Line):
        return _on_line(item, rest)
    if isinstance(item, Field):
        return item
    return item.answer if isinstance(item.answer, Answer) else item.answer(typed)


def _on_line(line: Line, rest: str) -> Answer | Line | Spoken | Reply:
    """What is meant by the number of a line and what follows it."""
    if rest == "?":
        return Spoken(line.details)
    if rest:
        return step_of(line, rest) or Reply.WRONG
    labelled = [step for step in line.steps if step.label]
    if len(labelled) == 1:  # nothing to choose from
        return labelled[0].answer
    return line if labelled else line.answer


def _at(page: Page, digits: str) -> Line | Verb | Field | None:
    return dict(enumerate(stops(page), start=1)).get(int(digits[:5])) if digits else None
