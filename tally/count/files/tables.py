"""The tables of an outcome as CSV: one text a round, and the result."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from tally.count.message import exact
from tally.count.outcome import Cell, Outcome

__all__ = ["tables_csv", "text_cell"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text cell that begins so would be run as a formula by a spreadsheet; an apostrophe keeps it a text."""


def tables_csv(outcome: Outcome) -> dict[str, str]:
    """Write the totals and every round's table, in English.

    Returns:
        File names (`totals.csv`, `STEP.csv`) and their texts, UTF-8, lines ended by CRLF (RFC 4180).
    """
    totals: list[tuple[Cell, ...]] = []
    for index, (name, votes) in enumerate(zip(outcome.options, outcome.totals, strict=True)):
        seats = outcome.seats[index] if outcome.seats else int(index in outcome.winners)
        totals.append((name, votes, seats, int(name in outcome.tied)))
    files = {"totals.csv": _text(("Option", "Votes", "Seats" if outcome.seats else "Won", "Tied"), totals)}
    for each in outcome.rounds:
        files[f"{each.step}.csv"] = _text(each.columns, each.rows)
    return files


def _text(columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(_plain, columns))
    writer.writerows([map(_plain, row) for row in rows])
    return out.getvalue()


def _plain(cell: Cell) -> str:
    return text_cell(cell) if isinstance(cell, str) else exact(cell)


def text_cell(text: str) -> str:
    """A text as a cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
