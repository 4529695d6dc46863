"""What lies under a page that only covers another, as help does: the focus comes back to where it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from station.wording.page import Page

__all__ = ["Covered", "Underneath"]


@dataclass(frozen=True, slots=True)
class Covered:
    """How a page was left."""

    key: str
    place: int
    """Which of its stops had the focus; -1 for none."""
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What stood in its fields, but for hidden ones."""


class Underneath:
    """The pages that lie under the one that is drawn; empty again as soon as one follows that covers nothing."""

    def __init__(self) -> None:
        self._covered: list[Covered] = []

    def turn(self, left: Covered | None, page: Page) -> Covered | None:
        """Take a page that follows another.

        Args:
            left: The page before it; None where there was none.
            page: The page that follows.

        Returns:
            How it was left, where it lay under the page before.
        """
        while any(one.key == page.key for one in self._covered):
            found = self._covered.pop()
            if found.key == page.key:
                return found
        if not page.covers:
            self._covered.clear()
        elif left is not None:
            self._covered.append(left)
        return None

    def wipe(self) -> None:
        """Forget what was typed there."""
        self._covered = [Covered(one.key, one.place) for one in self._covered]
