"""What a key means on a page: an answer, a move of the focus, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from station.answers import Answer
from station.screens.page_screen import PageScreen
from station.widgets.pieces import FieldPiece
from station.wording.page import Field, Line, Page, Typed, Verb

__all__ = ["Press", "pasted_line", "press", "take_line"]

_LONGEST_PASTE = 200


class Press(Enum):
    """What became of a key that is no answer."""

    USED = "used"
    WITHOUT_EFFECT = "without effect"
    CARD = "a card where none is asked for"


_MOVES = {"up": -1, "down": 1, "tab": 1, "shift+tab": -1, "left": -1, "right": 1}


def press(screen: PageScreen, page: Page, key: str, character: str | None) -> Answer | Press:
    """Let a key work on a page.

    Args:
        screen: That draws the page.
        page: The page.
        key: Name of the key.
        character: What it types, if anything.
    """
    before, screen.number = screen.number, ""
    if screen.field is not None and key not in _MOVES and key not in page.keys:
        return _in_field(screen, page, key, character)
    if page.any_key is not None:
        return page.any_key
    step = _step(screen, key, character)
    if step is not None:
        return step
    named = key.lower() if len(key) == 1 else key  # a letter is the same key with Shift and with Caps Lock
    if named in page.keys:
        return page.keys[named]
    if key in page.notes:
        screen.say(page.notes[key])
        return Press.USED
    if key == "tab" and page.tab_to_button and _past_lines(screen):
        return Press.USED
    if key in {"left", "right"} and screen.focus_column(key == "right"):
        return Press.USED
    if key in _MOVES:
        screen.move(_MOVES[key])
        return Press.USED
    if character and page.types_into and screen.type_into(page.types_into, character):
        return Press.USED
    if key in {"pageup", "pagedown"}:
        screen.turn_page(1 if key == "pagedown" else -1)
        return Press.USED
    if key == "enter":
        return _enter(screen, page)
    return _jump(screen, before, character)


def _past_lines(screen: PageScreen) -> bool:
    """From a line to the first button; False where the focus is on none."""
    current = screen.current
    buttons = [place for place, stop in enumerate(screen.stops) if isinstance(stop.item, Verb)]
    if current is None or not isinstance(current.item, Line) or not buttons:
        return False
    screen.focus_place(buttons[0])
    return True


def pasted_line(screen: PageScreen, page: Page, text: str) -> str | None:
    """What of a pasted text may be typed: one short line, into a field of the officers.

    Some scanners paste the code of a card, and so does every terminal.

    Args:
        screen: That draws the page.
        page: The page.
        text: What was pasted, of any length.
    """
    line = text[: _LONGEST_PASTE + 1].strip()
    if page.voter or screen.field is None or not line.isprintable() or len(line) > _LONGEST_PASTE:
        return None
    return line


def take_line(screen: PageScreen, line: str) -> None:
    """Type a line into the field with the focus."""
    if screen.field is not None:
        for character in line:
            screen.field.type(character)


def _in_field(screen: PageScreen, page: Page, key: str, character: str | None) -> Answer | Press:
    piece = screen.field
    if piece is None:
        return Press.WITHOUT_EFFECT
    if key == "enter":
        return _enter_field(screen, piece.item, screen.typed, page)
    if key == "backspace":
        piece.erase()
        screen.quiet()
        return Press.USED
    if key == "f5":
        piece.show()
        return Press.USED
    if character and piece.type(character):
        screen.say(piece.heard) if piece.heard else screen.quiet()
        return Press.USED
    return Press.WITHOUT_EFFECT


def _enter_field(screen: PageScreen, item: object, typed: Typed, page: Page) -> Answer | Press:
    """Enter in a field answers where the field says so, and goes on to the next field where not."""
    if not isinstance(item, Field):
        return Press.WITHOUT_EFFECT
    if _drop_cards(screen, page):
        return Press.CARD
    if item.enter is None:
        screen.move(1)
        return Press.USED
    if item.empty and not typed[item.name]:
        screen.say(item.empty)
        return Press.USED
    if page.voter and not typed[item.name]:
        return Press.WITHOUT_EFFECT
    if item.again and typed[item.name].strip() == item.value:
        screen.say(item.again)
        return Press.USED
    return item.enter(typed)


def _drop_cards(screen: PageScreen, page: Page) -> bool:
    """Empty the fields in which a card stands where none is asked for; the next one is shown to the right field.

    Returns:
        Whether there was one.
    """
    found = [piece for piece in screen.body.fields if piece.holds_card]
    for piece in found:
        piece.wipe()
    if found and page.types_into:
        screen.focus_field(page.types_into)
    return bool(found)


def _typed_for(make: Callable[[Typed], Answer], screen: PageScreen, page: Page) -> Answer | Press:
    """What was typed, as an answer; a button that needs a PIN leads to where it is typed first."""
    places = [place for place, stop in enumerate(screen.stops) if isinstance(stop, FieldPiece)]
    if page.voter and places and not any(screen.typed.values()):
        screen.focus_place(places[0])
        return Press.USED
    return Press.CARD if _drop_cards(screen, page) else make(screen.typed)


def _enter(screen: PageScreen, page: Page) -> Answer | Press:
    current = screen.current
    if current is None:
        return Press.WITHOUT_EFFECT
    if not screen.brought_into_view():
        return Press.USED
    match current.item:
        case Line(answer=answer):
            return answer
        case Verb(answer=answer):
            return answer if isinstance(answer, Answer) else _typed_for(answer, screen, page)
        case _:
            return Press.WITHOUT_EFFECT


def _step(screen: PageScreen, key: str, character: str | None) -> Answer | Press | None:
    """What a key of its own does on the line with the focus; nobody changes what they do not see."""
    current = screen.current
    if current is None or not isinstance(current.item, Line):
        return None
    found = next((step for step in current.item.steps if {key, character} & set(step.keys)), None)
    if found is None:
        return None
    return found.answer if screen.brought_into_view() else Press.USED


def _jump(screen: PageScreen, before: str, character: str | None) -> Press:
    """Digits jump to a line; a second digit right after the first goes on with the same number."""
    if not character or not character.isdigit():
        return Press.WITHOUT_EFFECT
    numbers = {
        piece.item.number: place
        for place, piece in enumerate(screen.stops)
        if isinstance(piece.item, Line) and piece.item.number
    }
    wanted = before + character if before + character in numbers else character
    if wanted not in numbers:
        return Press.WITHOUT_EFFECT
    screen.number = wanted
    screen.focus_place(numbers[wanted])
    return Press.USED
