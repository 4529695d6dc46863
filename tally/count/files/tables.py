"""The tables of an outcome as CSV: one text a round, and the result."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from tally.count.message import exact
from tally.count.outcome import Cell, Outcome, Word

__all__ = ["tables_csv", "text_cell"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text cell that begins so would be run as a formula by a spreadsheet; an apostrophe keeps it a text."""


def tables_csv(outcome: Outcome, translate: Callable[[str], str] = str) -> dict[str, str]:
    """Write the totals and every round's table.

    Args:
        outcome: The count.
        translate: Gives headings and words in another language.

    Returns:
        File names (`totals.csv`, `STEP.csv`) and their texts, UTF-8, lines ended by CRLF (RFC 4180).
    """
    totals: list[tuple[Cell, ...]] = []
    for index, (name, votes) in enumerate(zip(outcome.options, outcome.totals, strict=True)):
        seats = outcome.seats[index] if outcome.seats else int(index in outcome.winners)
        totals.append((name, votes, seats, int(name in outcome.tied)))
    files = {
        "totals.csv": _text(
            ("Option", "Votes", "Seats" if outcome.seats else "Won", "Tied"), totals, translate
        )
    }
    for each in outcome.rounds:
        files[f"{each.step}.csv"] = _text(each.columns, each.rows, translate)
    return files


def _text(
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...] | list[tuple[Cell, ...]],
    translate: Callable[[str], str],
) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_plain(translate(column)) for column in columns])
    words = [
        [translate(str(cell)) if isinstance(cell, Word) and cell else cell for cell in row] for row in rows
    ]
    writer.writerows([[_plain(cell) for cell in row] for row in words])
    return out.getvalue()


def _plain(cell: Cell) -> str:
    return text_cell(cell) if isinstance(cell, str) else exact(cell)


def text_cell(text: str) -> str:
    """A text as a cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
