"""Tables on paper: columns as wide as what they hold, headers repeated, rows that may be cut over pages."""

from __future__ import annotations

from itertools import islice
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, LongTable, Paragraph
from reportlab.platypus.flowables import Flowable

from keys.paper import document, fonts
from keys.paper.codelist import CodeList
from keys.paper.drawings import BarFlowable
from keys.paper.look import RULE, Look

__all__ = ["Cut", "chart", "chopped", "columns", "pairs", "table"]

_PAD = 4
_AROUND = 2 * _PAD + 1
"""Width of a cell beside what stands in it."""
_MEASURED_ROWS = 500
_COLUMN = 15
"""Rows of a list that stay together: three blocks a page."""
_LARGE_COLUMNS = 5
"""A list in more columns than that is a list of codes, set close."""
_TOGETHER = 2
"""Rows that stay together at either end of a table that is cut over pages: one alone is overlooked."""
_LOW = 200.0
"""Points that those rows may take, with the header."""

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


def chopped(cells: list[Any], widths: list[float], look: Look) -> list[list[Any]]:
    """The cells of a row, over several rows where a paragraph is taller than `Look.tallest`."""
    rows: list[list[Any]] = []
    while True:
        pieces = [
            _split(cell, width - 2 * _PAD, look.tallest) for cell, width in zip(cells, widths, strict=True)
        ]
        rows.append([head for head, _ in pieces])
        cells = [tail for _, tail in pieces]
        if not any(cells):
            return rows


def _split(cell: Any, width: float, limit: float) -> tuple[Any, Any]:
    if not isinstance(cell, Paragraph) or cell.wrap(width, limit)[1] <= limit:
        return cell, ""
    pieces = cell.split(width, limit)
    return (pieces[0], pieces[1]) if len(pieces) == 2 else (cell, "")


def table(block: document.Table, look: Look) -> list[Flowable]:
    """A table with its header on every page; a single row whose headings would be cut stands as pairs."""
    size = look.size * 0.92
    if len(block.rows) == 1 and sum(_widest_words(block, size)) > look.width:
        return pairs(document.Rows(tuple(zip(block.header, block.rows[0], strict=True))), look)
    align = block.align.ljust(len(block.header), "l")
    widths = _column_widths(block, size, look.width)
    strong = [look.style(0.92, bold=True, align=letter) for letter in align]
    normal = [look.style(0.92, align=letter) for letter in align]

    def rows_of(row: tuple[str, ...], styles: list[ParagraphStyle]) -> list[list[Any]]:
        return chopped(
            [look.text(cell, style) for cell, style in zip(row, styles, strict=True)], widths, look
        )

    header = rows_of(block.header, strong)
    rows = [line for row in block.rows for line in rows_of(row, normal)]
    extra = [
        ("BACKGROUND", (0, 0), (-1, len(header) - 1), look.tint),
        ("LINEBELOW", (0, len(header) - 1), (-1, -1), 0.35, RULE),
        _rule(len(header) - 1, 0.9, look.accent),
    ]
    if block.total and block.rows:
        last = rows_of(block.rows[-1], strong)
        rows[len(rows) - len(last) :] = last
        extra += [_rule(-len(last), 0.9, look.accent, "LINEABOVE"), _rule(-1, 0.9, look.accent)]
    repeated = 1 if header[1:] == [] and _height(header[0], widths) < look.tallest / 2 else 0
    return [_grid([*header, *rows], widths, look, extra, repeated=repeated)]


def _column_widths(block: document.Table, size: float, total: float) -> list[float]:
    """Share the width: as the cells need it; headings stand in two lines where there is no room for one."""
    sample = list(islice(block.rows, _MEASURED_ROWS))
    heads = [fonts.printable(name) for name in block.header]
    cells = [[fonts.printable(row[c]) for row in sample] for c in range(len(heads))]
    words = _widest_words(block, size)
    body = [max(map(_line_width, column, [size] * len(column)), default=0) for column in cells]
    lines = [_line_width(head, size) for head in heads]
    narrow = [
        max(width, word - _AROUND, line / 2) for width, word, line in zip(body, words, lines, strict=True)
    ]
    wide = [max(pair) for pair in zip(narrow, lines, strict=True)]
    padded = [[width + _AROUND for width in widths] for widths in (wide, narrow)]
    return _widths(padded[0] if sum(padded[0]) <= total else padded[1], words, total)


def _widest_words(block: document.Table, size: float) -> list[float]:
    """What each column needs so that no word in it is cut."""
    columns = zip(block.header, *islice(block.rows, _MEASURED_ROWS), strict=True)
    return [max(_word_width(fonts.printable(cell), size) for cell in column) + _AROUND for column in columns]


def _height(row: list[Any], widths: list[float]) -> float:
    cells = [
        float(cell.wrap(width - 2 * _PAD, 0)[1])
        for cell, width in zip(row, widths, strict=True)
        if isinstance(cell, Flowable)
    ]
    return max(cells, default=0.0)


class Cut(LongTable):  # type: ignore[misc]
    """A table that may be cut over pages."""

    opening = 0.0
    """Points that it takes before the first cut."""


def _keep_ends(grid: Cut, rows: list[list[Any]], widths: list[float], repeated: int, pad: float) -> None:
    """Keep the first rows below the header together, and the last, where they are not tall."""
    count = len(rows)
    ends = [(0, min(repeated + _TOGETHER, count)), (max(0, count - _TOGETHER), count)]
    if ends[1][0] < ends[0][1]:
        ends = [(0, count)]
    for first, end in ends:
        tall = sum(_height(row, widths) + 2 * pad + 1 for row in rows[first:end])
        if tall <= _LOW and end - first > 1:
            grid.setStyle([("NOSPLIT", (0, first), (-1, end - 1))])
        if not first:
            grid.opening = min(tall, _LOW)


def _grid(
    rows: list[list[Any]],
    widths: list[float],
    look: Look,
    extra: list[Command],
    pad: float = 3,
    repeated: int = 0,
) -> Flowable:
    style = _plain(extra, pad)
    grid = Cut(rows, colWidths=widths, repeatRows=repeated, style=style, spaceAfter=look.gap, hAlign="LEFT")
    _keep_ends(grid, rows, widths, repeated, pad)
    return grid


def _line_width(cell: str, size: float) -> float:
    return max(fonts.width(line, size, fonts.BOLD) for line in cell.split("\n"))


def _word_width(cell: str, size: float) -> float:
    return max((fonts.width(word, size, fonts.BOLD) for word in cell.split()), default=0)


def pairs(block: document.Rows, look: Look) -> list[Flowable]:
    """Labels at the left, values at the right of them."""
    if not block.rows:
        return []
    label, value = look.style(), look.style(bold=True)
    names = [fonts.printable(name) for name, _ in block.rows]
    left = max(_line_width(name, look.size) for name in names) + _AROUND
    word = max(_word_width(name, look.size) for name in names) + _AROUND
    left = max(min(max(left, look.width * 0.3), look.width * 0.5), min(word, look.width * 0.6))
    widths = [left, look.width - left]
    pieces = [
        chopped([look.text(name, label), look.text(content, value)], widths, look)
        for name, content in block.rows
    ]
    return [
        _grid(
            [row for rows in pieces for row in rows],
            widths,
            look,
            [("LINEBELOW", (0, 0), (-1, -1), 0.35, RULE)],
        )
    ]


def chart(block: document.Chart, look: Look) -> list[Flowable]:
    """Bars to one scale, the longest as wide as there is room; labels wrap."""
    if not block.bars:
        return []
    most = max(1, block.full or max(bar.value for bar in block.bars))
    text = max(_line_width(fonts.printable(bar.text), look.size * 0.92) for bar in block.bars) + 2 * _PAD + 1
    text = min(text, look.width / 3)
    label = look.width * 0.36
    room = look.width - label - text
    styles = {marked: look.style(0.92, bold=marked) for marked in (False, True)}
    rows = []
    for bar in block.bars:
        drawn = BarFlowable(
            room - 2 * _PAD, bar.value / most, look.size * 1.1, look.accent if bar.marked else None
        )
        cells = [look.text(bar.label, styles[bar.marked]), drawn, look.text(bar.text, styles[True])]
        rows += chopped(cells, [label, room, text], look)
    return [_grid(rows, [label, room, text], look, [("VALIGN", (0, 0), (-1, -1), "MIDDLE")], 2)]


def columns(block: document.Columns, look: Look) -> list[Flowable]:
    """A list in blocks that read downwards and stay on one page.

    In up to 5 columns it can be read from a step away; in more the list is set close, with a head on each page.
    """
    count = max(1, block.count if look.wide else min(block.count, 2))
    if count > _LARGE_COLUMNS and block.items:
        codes = [fonts.printable(item).replace(" ", "") for item in block.items]
        return [CodeList(codes, count, fonts.printable(block.title).replace("\n", " · "), look.width)]
    scale = 1.2 if look.wide else 1
    style, letter = (look.style(scale, bold) for bold in (False, True))
    letter.textColor = look.accent
    widths = [look.width / count] * count
    cells = [look.text(text, letter if len(text) == 1 else style) for text in _indexed(block)]
    built: list[Flowable] = []
    block_of = count * _COLUMN
    for start in range(0, len(cells), block_of):
        part = cells[start : start + block_of]
        tall = -(-len(part) // count)
        rows = [
            line
            for row in range(tall)
            for line in chopped([*part[row::tall], *[""] * (count - len(part[row::tall]))], widths, look)
        ]
        stripes = [("BACKGROUND", (0, r), (-1, r), look.tint) for r in range(1, len(rows), 2)]
        title = (
            [look.text(block.title, look.style(1.12, bold=True, after=4))]
            if block.title and not start
            else []
        )
        grid = _grid(rows, widths, look, [*stripes, _rule(-1, 0.35, RULE)], 1.5)
        built.append(KeepTogether([*title, grid]))
    return built


def _indexed(block: document.Columns) -> list[str]:
    if not block.index:
        return list(block.items)
    found: list[str] = []
    for at, item in enumerate(block.items):
        if at == 0 or item[:1] != block.items[at - 1][:1]:
            found.append(item[:1])
        found.append(item)
    return found
