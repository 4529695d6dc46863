"""Words of plain mode: a page for the ear, what may be typed, and what became of it."""

from __future__ import annotations

from dataclasses import replace

from keys.desk.language import Language
from station.wording.page import Field, Item, Line, Page, Sign, Words

__all__ = [
    "NUMBERS",
    "aloud",
    "field_prompt",
    "letters_row",
    "lines_help",
    "no_such_number",
    "number_prompt",
    "step_prompt",
    "that_is_all",
]


NUMBERS = "n"
"""What leads from a PIN to the numbers."""


def aloud(page: Page, language: Language, *, changed: bool = False) -> Page:
    """The same page in words for the ear: no signs, and numbers before choices alone.

    Args:
        page: As it is drawn.
        language: Of the reader.
        changed: Also say of a choice that it is not chosen; of a whole page that would be noise.
    """
    return replace(page, items=tuple(_aloud(item, page, language, changed) for item in page.items))


def _aloud(item: Item, page: Page, language: Language, changed: bool) -> Item:
    say = language.say
    match item:
        case Words(text, step=step) if step:
            return replace(item, text=say("Step {number}: {text}", number=step, text=text), step=0)
        case Line(label, sign=Sign.TICKED | Sign.CHOSEN):
            return replace(item, label=f"{label}, {say('chosen|a choice')}", sign=Sign.NONE)
        case Line(label, sign=Sign.UNTICKED | Sign.UNCHOSEN):
            unchosen = f", {say('not chosen|a choice')}" if changed else ""
            return replace(item, label=f"{label}{unchosen}", sign=Sign.NONE)
        case Line(nothing=nothing) if nothing and not changed:
            return replace(item, right=item.right.removesuffix(nothing))
        case Line(label, mark=mark) if page.voter:
            rank = mark.strip(" -")
            return replace(item, label=f"{label}, {rank}" if rank else label, mark="")
    return item


def letters_row(page: Page, language: Language, known: frozenset[str] = frozenset()) -> str:
    """The letters that work on a page; empty where any key is the answer.

    Args:
        page: The page.
        language: Of the reader.
        known: Keys that were named on an earlier page of the visit; they are not named again.
    """
    if page.any_key is not None:
        return ""
    say = language.say
    named = page.keys.keys() - (known if page.voter else frozenset())
    parts = [
        say("b: back") if "escape" in page.keys else "",
        say("l: language") if "f2" in named else "",
        say("w: call a poll worker") if "f12" in named else "",
        say("number and ?: more about it") if _has_more(page) else "",
        say("number and + or -: more or less") if _has_steps(page) else "",
        say("F6: type f6, then Enter") if "f6" in page.keys else "",
        say("?: help"),
    ]
    return "   ".join(part for part in parts if part)


def _has_more(page: Page) -> bool:
    return any(isinstance(item, Line) and item.details for item in page.items)


def _has_steps(page: Page) -> bool:
    return any(isinstance(item, Line) and item.steps for item in page.items)


def number_prompt(language: Language, *, more: bool = False, search: bool = False) -> str:
    """What is asked where one of several things is chosen.

    Args:
        language: Of the reader.
        more: The page is not said to its end.
        search: What is no number of the page is searched.
    """
    if more:
        return language.say("Number, or Enter alone for more:")
    if search:
        return language.say("Number at the start of the line, or another name:")
    return language.say("Number, then Enter:")


def step_prompt(line: Line, language: Language) -> str:
    """What is asked where one of several things is done on a line."""
    asked = line.ask or number_prompt(language)
    return f"{language.say('Enter alone changes nothing.')}\n{asked}"


def field_prompt(field: Field, language: Language, *, declinable: bool) -> str:
    """What is asked where something is typed.

    Args:
        field: The place to type in.
        language: Of the reader.
        declinable: There is a way to the numbers instead.
    """
    say = language.say
    label = field.label.rstrip().removesuffix(":").rstrip()
    if field.anew:
        label = say("Group {number} alone, the others stay", number=field.anew)
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
    return language.say("There is no such number here. ?: help")


def that_is_all(language: Language) -> str:
    """What is said where there is no more about a line."""
    return language.say("There is nothing more to say about it.")


def lines_help(page: Page, language: Language) -> tuple[str, ...]:
    """What the question mark says about a page."""
    say = language.say
    keys = (
        say(
            "b goes one step back, l changes the language. You need a poll worker? w first: it hides your choices."
        )
        if page.voter
        else say("b goes one step back. For F6, type f6, then Enter; likewise for the others.")
    )
    how = say("Type the number of what you want, then Enter. Enter alone goes on, or says the page again.")
    steps = [say("A number and + or - adds or takes away on that line: 2+")] if _has_steps(page) else []
    return (how, *steps, keys, *page.help)
