"""Words of plain mode: what may be typed, and what became of it."""

from __future__ import annotations

from keys.desk.language import Language
from station.page import Field, Line, Page

__all__ = [
    "NUMBERS",
    "field_prompt",
    "letters_row",
    "lines_help",
    "no_such_number",
    "number_prompt",
    "that_is_all",
]


NUMBERS = "n"
"""What leads from a PIN to the numbers."""


def letters_row(page: Page, language: Language) -> str:
    """The letters that work on a page; empty where only numbers do."""
    say = language.say
    known = {**page.keys, **page.notes}
    parts = [
        say("b: back") if "escape" in known else "",
        say("l: language") if "f2" in known else "",
        say("w: call a poll worker") if "f12" in known else "",
        say("number and ?: more about it") if _has_more(page) else "",
        say("number and + or -: more or less") if _has_steps(page) else "",
        say("?: help"),
    ]
    return "   ".join(part for part in parts if part)


def _has_more(page: Page) -> bool:
    return any(isinstance(item, Line) and item.detail for item in page.items)


def _has_steps(page: Page) -> bool:
    return any(isinstance(item, Line) and item.steps for item in page.items)


def number_prompt(language: Language) -> str:
    """What is asked where one of several things is chosen."""
    return language.say("Number, then Enter:")


def field_prompt(field: Field, language: Language, *, declinable: bool) -> str:
    """What is asked where something is typed.

    Args:
        field: The place to type in.
        language: Of the reader.
        declinable: There is a way to the numbers instead.
    """
    say = language.say
    label = field.label.rstrip().removesuffix(":").rstrip()
    numbers = say("n: the numbers.") if field.hidden and field.digits else say("Enter alone: the numbers.")
    parts = [
        say("Not shown while you type.") if field.hidden else "",
        numbers if declinable else "",
    ]
    about = " ".join(part for part in parts if part)
    prompt = say("{label}:", label=label)
    return f"{about}\n{prompt}" if about else prompt


def no_such_number(language: Language) -> str:
    """What is said to a number or letter that is not there."""
    return language.say("There is nothing of that number here. ?: help")


def that_is_all(language: Language) -> str:
    """What is said where there is no more about a line."""
    return language.say("There is no more about it.")


def lines_help(page: Page, language: Language) -> tuple[str, ...]:
    """What the question mark says about a page."""
    say = language.say
    keys = (
        say("b goes one step back, l changes the language, w calls a poll worker.")
        if page.voter
        else say("b goes one step back. For F6 type f6, then Enter; and so for the others.")
    )
    how = say("Type the number of what you want, then Enter. Enter alone says the page again.")
    steps = [say("A number and + or - adds or takes away on that line: 2+")] if _has_steps(page) else []
    return (how, *steps, keys, *page.help)
