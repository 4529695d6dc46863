"""Whether a page has room for air: blank rows around its title, and between parts of different kinds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from station.widgets.layout import item_rows, wrap
from station.widgets.pieces import apart, is_column
from station.wording.page import Item, Page, Words

__all__ = ["fits_without_air_alone"]

_FIXED = 3
"""First row, note and last row."""
_MARGIN = 4
"""Cells at both ends of a row."""


def fits_without_air_alone(page: Page, width: int, height: int) -> bool:
    """Whether all of a page can be seen at once if there is no air, and cannot if there is.

    Args:
        page: While nothing on it is unfolded.
        width: Cells of the window.
        height: Rows of the window.
    """
    shown = _shown(page.items)
    title = len(wrap(page.title, width - _MARGIN))
    rows = _FIXED + title + _rows(shown, width - _MARGIN)
    air = 2 + sum(apart(before, item) for before, item in pairwise(shown))
    return rows <= height < rows + air


def _shown(items: Sequence[Item]) -> list[Item]:
    """Some paragraphs take turns."""
    first = next((item.shown_for for item in items if isinstance(item, Words) and item.shown_for), "")
    return [item for item in items if not isinstance(item, Words) or item.shown_for in {"", first}]


def _rows(items: Sequence[Item], width: int) -> int:
    count = 0
    for columns, run in groupby(items, key=is_column):
        kept = list(run)
        rows = [len(item_rows(item, width // len(kept) if columns else width)) for item in kept]
        count += max(rows) if columns else sum(rows)
    return count
