"""Plain mode: the pages of a face as numbered lines, for braille, speech and whoever reads line by line.

The second way to draw `station.faces.face`; the first is `station.app`. Every new page clears the one before it and the
scrollback, so that nothing of a visit can be scrolled back to; what is typed stands in no history.
"""

from __future__ import annotations

from collections.abc import Callable

from keys.desk.cards import holds_card
from station import answers as a
from station.faces.face import Face
from station.faces.lineentry import LineEntry, Strokes
from station.faces.lineterminal import HungUp, Lines, LineTerminal
from station.faces.listing import (
    Reply,
    Spoken,
    field_of,
    first_field,
    is_letter,
    meaning,
    next_field,
    step_of,
    step_rows,
    stops,
    wrapped,
)
from station.faces.saying import Saying
from station.widgets.groups import with_group
from station.wording.asides import card_elsewhere, one_moment
from station.wording.closing import meanwhile
from station.wording.lines import (
    NUMBERS,
    aloud,
    field_prompt,
    lines_help,
    no_such_number,
    number_prompt,
    step_prompt,
    that_is_all,
)
from station.wording.page import Field, Line, Page

__all__ = ["Dialogue", "show_plain"]

_WIDTH, _HEIGHT = 80, 24
_NUMBER_LETTERS = 8
_SAID_AGAIN = (10, 30)
"""Seconds left at which they are said once more, the last one first: more often would drown the rest."""


def show_plain(face: Face, clock: Callable[[], float]) -> bool:
    """Show a face on this process' terminal until it is finished.

    Returns:
        Whether it ended because of an error; nothing of the error is shown or kept.

    Raises:
        HungUp: The terminal was closed.
    """
    try:
        with LineTerminal() as terminal:
            Dialogue(face, terminal, clock).run()
    except HungUp:
        raise
    except Exception:  # whatever it is: its local variables may hold a choice
        return True
    return False


class Dialogue:
    """Says pages and takes what is typed, until the face is finished."""

    def __init__(self, face: Face, terminal: Lines, clock: Callable[[], float]) -> None:
        """Take a face to say.

        Args:
            face: Gives pages, takes answers.
            terminal: Where lines go to, and keys come from.
            clock: Steady seconds.
        """
        self._face = face
        self._terminal = terminal
        self._clock = clock
        self._strokes = Strokes()
        self._page: Page | None = None
        self._typed: dict[str, str] = {}
        self._saying = Saying(terminal)
        self._opens = 0.0
        """Keys before this moment are dropped."""
        self._deadline: float | None = None
        self._to_say: list[int] = []
        """Seconds left that are still to be said."""
        self._prompt = ""

    def run(self) -> None:
        """Until the face is finished."""
        while not self._face.finished:
            page = self._face.page(_WIDTH, _HEIGHT)
            self._show(page)
            answer = self._ask(page)
            if self._face.is_slow(answer):
                self._saying.rows(meanwhile(answer, self._face.language))
            self._face.answer(answer)

    def _show(self, page: Page) -> None:
        """Say a page; of a voter's page that only changed, what changed."""
        before, self._page = self._page, page
        if before is None or before.key != page.key:
            self._typed = {}
            self._opens = self._clock() + page.shown
            self._terminal.drop()
        self._settle_fields(page, before)
        self._saying.page(page, self._typed, self._face.language, before)
        self._restart(page)

    def _settle_fields(self, page: Page, before: Page | None) -> None:
        """Hidden fields are empty again, but where one group is typed anew; so are those that are not kept."""
        old = {item.name: item.value for item in before.items if isinstance(item, Field)} if before else {}
        for item in page.items:
            if isinstance(item, Field):
                seen = item.anew or not item.hidden
                stays = item.kept and seen and item.value == old.get(item.name)
                if not stays or item.name not in self._typed:
                    self._typed[item.name] = item.value

    # Asking

    def _ask(self, page: Page) -> a.Answer:
        """Ask until there is an answer."""
        field, offered = first_field(page), True
        while True:
            outcome = self._ask_field(page, field, offered=offered) if field else self._ask_number(page)
            if isinstance(outcome, a.Answer):
                return outcome
            field, offered = outcome, False

    def _ask_number(self, page: Page) -> a.Answer | Field | None:
        search = bool(page.types_into) and first_field(page) is None
        prompt = number_prompt(self._face.language, more=self._saying.more, search=search)
        if page.any_key is not None:
            prompt = page.hint
        limit = field_of(page, page.types_into).length if page.types_into else _NUMBER_LETTERS
        text = self._read(page, prompt, LineEntry(limit, guarded=page.voter))
        return text if isinstance(text, a.Answer) else self._understood(page, text)

    def _understood(self, page: Page, text: str) -> a.Answer | Field | None:
        language = self._face.language
        match meaning(page, text, self._typed):
            case Reply.AGAIN:
                self._saying.on(page, self._typed, language)
            case Reply.HELP:
                self._saying.rows(*lines_help(page, language))
            case Reply.WRONG if page.types_into and text:
                return self._filled(page, field_of(page, page.types_into), text)
            case Reply.WRONG:
                self._saying.rows(no_such_number(language))
            case Spoken(texts):
                self._saying.rows(*(texts or [that_is_all(language)]))
            case Line() as line:
                return self._ask_step(page, line)
            case outcome:
                return outcome
        return None

    def _ask_step(self, page: Page, line: Line) -> a.Answer | None:
        """Ask which of the things that can be done on a line; Enter alone for none."""
        said = aloud(page, self._face.language).items[page.items.index(line)]
        self._saying.rows(*step_rows(said) if isinstance(said, Line) else ())
        prompt = step_prompt(line, self._face.language)
        text = self._read(page, prompt, LineEntry(_NUMBER_LETTERS, guarded=True))
        if isinstance(text, a.Answer):
            return text
        answer = step_of(line, text.strip())
        if answer is None and text.strip():
            self._saying.rows(no_such_number(self._face.language))
        return answer

    def _ask_field(self, page: Page, field: Field, *, offered: bool) -> a.Answer | Field | None:
        """Ask for what belongs into a field; where it was only offered, Enter alone declines.

        A PIN is not: who presses Enter too soon must not type it where it is shown.
        """
        secret = field.hidden and field.digits
        declinable = (offered or secret) and len(stops(page)) > 1
        prompt = field_prompt(field, self._face.language, declinable=declinable)
        text = self._read(page, prompt, LineEntry(field.length, hidden=field.hidden, guarded=page.voter))
        if isinstance(text, a.Answer):
            return text
        if declinable and text.lower() == (NUMBERS if secret else ""):
            return None
        if declinable and not text:
            self._saying.on(page, self._typed, self._face.language)
            return field
        letters = field.digits and text and not (text.isascii() and text.isdigit())
        if letters or text.lower() in page.keys or is_letter(page, text):
            return self._understood(page, text) or field
        return self._filled(page, field, text)

    def _filled(self, page: Page, field: Field, text: str) -> a.Answer | Field | None:
        if not field.hidden and holds_card(text):
            self._saying.on(page, self._typed, self._face.language)
            self._saying.rows(card_elsewhere(self._face.language))
            return field
        if text:
            before = self._typed[field.name]
            self._typed[field.name] = with_group(before, field.anew, text) if field.anew else text
        if field.enter is None:
            return next_field(page, field)
        return field.enter(self._typed)

    # Keys and time

    def _read(self, page: Page, prompt: str, entry: LineEntry) -> str | a.Answer:
        """Read a line, or what the page answers to the time, or to any key."""
        *about, last = wrapped(prompt)
        self._saying.rows(*about)
        self._prompt = f"{last} "
        self._terminal.write(self._prompt)
        answer: a.Answer | None = None
        while not entry.done and answer is None:
            left = None if self._deadline is None else self._deadline - self._clock()
            if left is not None and left <= 0:
                answer = a.WaitOver() if page.wait else a.TimePassed()
            elif left is not None and self._to_say and left <= self._to_say[-1]:
                seconds = self._to_say.pop()
                self._interrupt(*(item.left(seconds) for item in page.counts_down if item.left))
            else:
                until = left if left is None or not self._to_say else left - self._to_say[-1]
                answer = self._take(page, entry, self._terminal.read(until))
        self._terminal.write("\n")
        return entry.text if answer is None else answer

    def _interrupt(self, *rows: str) -> None:
        """Say something while a line is typed, and ask again; what was typed stays."""
        self._terminal.write("\n")
        self._saying.rows(*rows)
        self._terminal.write(self._prompt)

    def _take(self, page: Page, entry: LineEntry, data: bytes) -> a.Answer | None:
        """Let keys work up to Enter; those after it came too early for what follows."""
        now = self._clock()
        keys = list(self._strokes.read(data, now))
        if not keys:
            return None
        if now < self._opens:
            if page.waiting:
                self._interrupt(one_moment(self._face.language))
            return None
        if not page.wait:
            self._restart(page)
        if page.any_key is not None:
            return page.any_key
        self._terminal.write(entry.take(keys, now))
        return None

    def _restart(self, page: Page) -> None:
        """The time without a key begins again."""
        seconds = page.wait or self._face.patience
        self._deadline = self._clock() + seconds if seconds else None
        self._to_say = list(_SAID_AGAIN) if seconds and not page.wait and page.counts_down else []
