"""Typing in groups of four, such as an officer's card: a wrong group is typed anew, the others stay. Pure.

A scanner types the text of a square code into the same place; then nothing is checked and nothing grouped.
"""

from __future__ import annotations

__all__ = ["HOLE", "GroupEntry", "in_groups", "with_group"]

SIZE = 4
HOLE = "_"
"""Stands for a letter that is missing before others."""
_BETWEEN = " -"
"""What people type between groups."""
_SCANNED = "iso"
"""Begins every square code, on any keyboard; no card has an I or an O in its groups."""


class GroupEntry:
    """What was typed so far."""

    def __init__(self, groups: int) -> None:
        """Start with nothing.

        Args:
            groups: How many are asked for.
        """
        self._most = groups * SIZE
        self._before = self._typed = self._under = ""
        """Groups that stay; what is typed after them; what stood there, and is overwritten."""

    @property
    def text(self) -> str:
        """All of it, with holes where a group is being typed anew."""
        typed, rest = self._typed, self._under[max(len(self._typed), SIZE) :]
        holes = HOLE * (SIZE - len(typed)) if rest else ""
        return f"{self._before}{typed}{holes}{rest}"

    def type(self, character: str) -> None:
        """Add a letter.

        More of them than there is room for are another card, which begins with the first of them, or with its code.
        """
        if self._under and character in _BETWEEN and (not self._typed or self._typed.isalnum()):
            return
        self._typed += character
        if self._under and len(self._before) + len(self._typed) > self._most:
            self._before = self._under = ""
        if len(self._typed) > self._most and (start := self._typed.lower().find(_SCANNED)) > 0:
            self._typed = self._typed[start:]

    def erase(self) -> None:
        """Take the last letter away; before a group that is typed anew, go back into the one before it."""
        if not self._typed:
            self._typed, self._before, self._under = self._before, "", ""
        self._typed = self._typed[:-1]

    def begin(self, text: str = "") -> None:
        """Begin anew, with a text or with nothing."""
        self._before, self._typed, self._under = "", text, ""
        if HOLE in text and _plain(text).replace(HOLE, "0").isalnum():
            start = text.index(HOLE)
            self._typed = text[:start]
            self.renew(start // SIZE + 1, text)
            self._typed = text[(start // SIZE) * SIZE : start]

    def renew(self, group: int, text: str | None = None) -> None:
        """Have a group typed anew; what follows it stays."""
        if text is None and HOLE in self.text:
            return
        letters = _plain(self.text if text is None else text)
        start = (group - 1) * SIZE
        self._before, self._typed, self._under = letters[:start], "", letters[start:]

    @property
    def finished(self) -> tuple[int, str] | None:
        """Number and letters of the group that the last letter finished; None where it finished none."""
        letters = _plain(self._before + self._typed)
        if not letters.isalnum() or _SCANNED in self._typed.lower() or len(letters) > self._most:
            return None
        if len(letters) % SIZE or not self._typed or not self._typed[-1].isalnum():
            return None
        return len(letters) // SIZE, letters[-SIZE:]


def in_groups(text: str, groups: int, *, hidden: bool) -> str | None:
    """A text as it stands on the screen, with holes to its end; None where it is none in groups.

    Args:
        text: As `GroupEntry` gives it.
        groups: How many are asked for.
        hidden: Stars for letters.
    """
    letters = _plain(text)
    if len(letters) > groups * SIZE or (not letters.replace(HOLE, "0").isalnum() and letters):
        return None
    shown = "".join("*" if hidden and letter != HOLE else letter for letter in letters)
    whole = shown.ljust(groups * SIZE, HOLE)
    return " ".join(whole[start : start + SIZE] for start in range(0, len(whole), SIZE))


def with_group(whole: str, group: int, typed: str) -> str:
    """A text in which one group was typed anew, where nothing shows the others; what is no group is a text of its own.

    Args:
        whole: As it was typed before.
        group: Its number, from 1.
        typed: What was typed now.
    """
    letters, start = _plain(typed), (group - 1) * SIZE
    if len(letters) != SIZE:
        return typed
    before = _plain(whole)
    return before[:start] + letters + before[start + SIZE :]


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter not in _BETWEEN)
