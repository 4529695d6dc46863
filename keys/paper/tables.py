"""Tables on paper: columns as wide as what they hold, headers repeated, rows that may be cut over pages."""

from __future__ import annotations

from itertools import islice
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import KeepTogether, LongTable
from reportlab.platypus import Table as Grid
from reportlab.platypus.flowables import Flowable

from keys.paper import document, fonts
from keys.paper.drawings import BarFlowable
from keys.paper.look import ACCENT, RULE, Look

__all__ = ["chart", "columns", "pairs", "table"]

_PAD = 4
_MEASURED_ROWS = 500

Command = tuple[Any, ...]


def _plain(extra: list[Command], pad: float = 3) -> list[Command]:
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad + 1),
        *extra,
    ]


def _rule(row: int, weight: float, colour: Color, where: str = "LINEBELOW") -> Command:
    return (where, (0, row), (-1, row), weight, colour)


def _widths(natural: list[float], longest_word: list[float], total: float) -> list[float]:
    """Share a width among columns.

    Columns have their natural width while all fit, and the widest takes what is left. Else all are cut to one
    limit, the highest that fits, but none below its longest word while that can be had.
    """
    if sum(natural) <= total:
        widest = natural.index(max(natural))
        return [width + (total - sum(natural)) * (place == widest) for place, width in enumerate(natural)]
    floors = longest_word if sum(longest_word) <= total else [0.0] * len(natural)
    low, high, widths = 0.0, total, floors
    for _ in range(30):
        limit = (low + high) / 2
        tried = [max(floor, min(width, limit)) for width, floor in zip(natural, floors, strict=True)]
        if sum(tried) <= total:
            low, widths = limit, tried
        else:
            high = limit
    return widths


def table(block: document.Table, look: Look) -> list[Flowable]:
    """A table with its header on every page."""
    size = look.size * 0.92
    align = block.align.ljust(len(block.header), "l")
    sample = [block.header, *islice(block.rows, _MEASURED_ROWS)]
    cells = [[fonts.printable(row[c]) for row in sample] for c in range(len(block.header))]
    natural = [max(_line_width(cell, size) for cell in column) + 2 * _PAD + 1 for column in cells]
    words = [max(_word_width(cell, size) for cell in column) + 2 * _PAD + 1 for column in cells]
    strong = [look.style(0.92, bold=True, align=letter) for letter in align]
    normal = [look.style(0.92, align=letter) for letter in align]
    last = len(block.rows) - 1
    grid = [[look.text(cell, style) for cell, style in zip(block.header, strong, strict=True)]]
    for number, row in enumerate(block.rows):
        styles = strong if block.total and number == last else normal
        grid.append([look.text(cell, style) for cell, style in zip(row, styles, strict=True)])
    extra = [
        ("BACKGROUND", (0, 0), (-1, 0), look.tint),
        _rule(0, 0.9, ACCENT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.35, RULE),
    ]
    if block.total and block.rows:
        extra += [_rule(-1, 0.9, ACCENT, "LINEABOVE"), _rule(-1, 0.9, ACCENT)]
    return [
        LongTable(
            grid,
            colWidths=_widths(natural, words, look.width),
            repeatRows=1,
            splitInRow=1,
            style=_plain(extra),
            hAlign="LEFT",
            spaceAfter=look.gap,
        )
    ]


def _line_width(cell: str, size: float) -> float:
    return max(fonts.width(line, size, fonts.BOLD) for line in cell.split("\n"))


def _word_width(cell: str, size: float) -> float:
    return max((fonts.width(word, size, fonts.BOLD) for word in cell.split()), default=0)


def pairs(block: document.Rows, look: Look) -> list[Flowable]:
    """Labels at the left, values at the right of them."""
    if not block.rows:
        return []
    label, value = look.style(), look.style(bold=True)
    grid = [[look.text(name, label), look.text(content, value)] for name, content in block.rows]
    left = max(_line_width(fonts.printable(name), look.size) for name, _ in block.rows) + 2 * _PAD
    left = min(max(left, look.width * 0.3), look.width * 0.5)
    style = _plain([("LINEBELOW", (0, 0), (-1, -1), 0.35, RULE)])
    return [
        Grid(
            grid,
            colWidths=[left, look.width - left],
            splitInRow=1,
            style=style,
            spaceAfter=look.gap,
            hAlign="LEFT",
        )
    ]


def chart(block: document.Chart, look: Look) -> list[Flowable]:
    """Bars to one scale, the longest as wide as there is room; labels wrap."""
    if not block.bars:
        return []
    most = max(1, *(bar.value for bar in block.bars))
    text = min(
        max(_line_width(fonts.printable(bar.text), look.size * 0.92) for bar in block.bars) + 2 * _PAD,
        look.width / 3,
    )
    label = look.width * 0.36
    room = look.width - label - text
    left, right = look.style(0.92), look.style(0.92, bold=True)
    grid = [
        [
            look.text(bar.label, look.style(0.92, bold=True) if bar.marked else left),
            BarFlowable(room - 2 * _PAD, bar.value / most, bar.marked, look.size * 1.1),
            look.text(bar.text, right),
        ]
        for bar in block.bars
    ]
    style = _plain([("VALIGN", (0, 0), (-1, -1), "MIDDLE")], pad=2)
    return [
        Grid(
            grid, colWidths=[label, room, text], splitInRow=1, style=style, spaceAfter=look.gap, hAlign="LEFT"
        )
    ]


def columns(block: document.Columns, look: Look) -> list[Flowable]:
    """A list in blocks that read downwards and stay on one page."""
    count = max(1, block.count if look.wide else min(block.count, 2))
    style, height = look.style(1.05 if look.wide else 1), 20
    flowables: list[Flowable] = []
    for start in range(0, len(block.items), count * height):
        items = block.items[start : start + count * height]
        tall = -(-len(items) // count)
        cells = [[look.text(item, style) for item in items[row::tall]] for row in range(tall)]
        grid = [row + [""] * (count - len(row)) for row in cells]
        extra = [
            _rule(-1, 0.35, RULE),
            *(("BACKGROUND", (0, r), (-1, r), look.tint) for r in range(1, tall, 2)),
        ]
        box = Grid(
            grid,
            colWidths=[look.width / count] * count,
            style=_plain(extra, 1.5),
            spaceAfter=look.gap,
            hAlign="LEFT",
        )
        flowables.append(KeepTogether([box]))
    return flowables
