"""Where an elector stands on the paper signing list: fixed lines a page, in the order of the roll numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["LINES_A_PAGE", "ListPlace", "place"]

LINES_A_PAGE = 20
"""The same on every page, so that a person is found, and signatures are counted, page by page."""


class ListPlace(NamedTuple):
    """A line of the paper list, both counted from 1."""

    page: int
    line: int


def place(numbers: Sequence[int], number: int) -> ListPlace | None:
    """Page and line of an elector on the printed signing list.

    Args:
        numbers: Of the whole roll as it was printed, rising; those who were struck off keep their line.
        number: Of the elector.

    Returns:
        None if the printed list has no such number: somebody who was added at the station.
    """
    at = bisect_left(numbers, number)
    if at == len(numbers) or numbers[at] != number:
        return None
    return ListPlace(at // LINES_A_PAGE + 1, at % LINES_A_PAGE + 1)
