"""Says pages of plain mode on a terminal: once what stays the same, and a long page one screen after the other.

A console keeps nothing above its first row, so what scrolls away unread is lost to whoever reads with their fingers.
"""

from __future__ import annotations

from collections.abc import Mapping

from keys.desk.language import Language
from station.faces.lineterminal import Lines
from station.faces.listing import first_field, item_rows, page_parts, parted, wrapped
from station.wording.lines import aloud, letters_row
from station.wording.page import Page

__all__ = ["Saying"]

_PROMPT = 2
"""Rows for what is asked under a page."""
_NOTHING: frozenset[str] = frozenset()


class Saying:
    """What is said of the pages of a day."""

    def __init__(self, terminal: Lines) -> None:
        """Take a terminal.

        Args:
            terminal: Where lines go to.
        """
        self._terminal = terminal
        self._head = ""
        """What was last said of where the reader is."""
        self._known = _NOTHING
        """Keys whose letters were named in this visit."""
        self._rest: list[list[str]] = []
        """Screens of the page that are still to be said."""

    @property
    def more(self) -> bool:
        """The page is not said to its end."""
        return bool(self._rest)

    def rows(self, *rows: str) -> None:
        """Say something below what was said."""
        self._terminal.write("".join(f"{part}\n" for row in rows for part in wrapped(row)))

    def page(
        self, page: Page, typed: Mapping[str, str], language: Language, before: Page | None = None
    ) -> None:
        """Say a page; of a voter's page that only changed, what changed.

        Args:
            page: The page.
            typed: What stands in the fields.
            language: Of the reader.
            before: What was said last.
        """
        changed = _changed(before, page, typed, language)
        if changed is None:
            self._whole(page, typed, language, again=False)
        else:
            self.rows(*changed, _note(page))

    def on(self, page: Page, typed: Mapping[str, str], language: Language) -> None:
        """Say the next screen of a page, or all of it from its beginning again."""
        if self._rest:
            self.rows(*self._rest.pop(0))
        else:
            self._whole(page, typed, language, again=True)

    def _whole(self, page: Page, typed: Mapping[str, str], language: Language, *, again: bool) -> None:
        """Clear, and begin; a page that asks for a field, or for any key, is said at once."""
        self._terminal.clear()
        head = "   ".join(part for part in (page.left, page.right) if part)
        parts = page_parts(
            aloud(page, language),
            typed,
            head=head if again or page.warns or head != self._head else "",
            note=_note(page),
            letters=letters_row(page, language, _NOTHING if again else self._known),
        )
        self._head = head
        self._known = self._known | page.keys.keys() if page.voter else _NOTHING
        at_once = page.any_key is not None or first_field(page) is not None
        height = sum(map(len, parts)) if at_once else self._terminal.height - _PROMPT
        first, *self._rest = parted(parts, height)
        self.rows(*first)


def _changed(
    before: Page | None, page: Page, typed: Mapping[str, str], language: Language
) -> list[str] | None:
    """Rows that are other than before; None where the whole page must be said."""
    if before is None or not page.voter or (before.key, before.title) != (page.key, page.title):
        return None
    old, new = (item_rows(aloud(one, language, changed=True), typed) for one in (before, page))
    if len(old) != len(new):
        return None
    return [row for was, rows in zip(old, new, strict=True) if was != rows for row in rows]


def _note(page: Page) -> str:
    return page.notice or page.problem or page.note or (page.note_at(-1) if page.note_at is not None else "")
