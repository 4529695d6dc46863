"""The lines of a paper signing list: page after page of rows of one height, whatever stands in them."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Paragraph, Table
from reportlab.platypus.flowables import Flowable

from keys.paper import document, fonts
from keys.paper.look import RULE, Look

__all__ = ["signing_lines"]

_HEAD, _ROW, _COUNT = 22.0, 26.5, 24.0
_WIDTHS = (11 * mm, 16 * mm, 67 * mm, 26 * mm, 50 * mm)
_PAD = 3
_SCALES = (1.0, 0.86, 0.74, 0.62)
"""Of the letters: what does not fit is made smaller, and cut only in the end."""


def signing_lines(block: document.SigningLines, look: Look) -> list[Flowable]:
    """One table a page; the caller's first page has room for it below its title."""
    pages = range(0, max(len(block.rows), 1), block.a_page)
    built: list[Flowable] = []
    for start in pages:
        built += [PageBreak(), _page(block, start, look)] if start else [_page(block, start, look)]
    return built


def _page(block: document.SigningLines, start: int, look: Look) -> Flowable:
    rows = block.rows[start : start + block.a_page]
    style = look.style(0.86, bold=True)
    cells: list[list[Flowable | str]] = [
        [_fitted(name, width, _HEAD, look) for name, width in zip(block.header, _WIDTHS, strict=True)]
    ]
    for line, row in enumerate(rows, start=1):
        cells.append(_cells(line, row, look))
    cells.append(["", "", "", look.text(block.count, style), ""])
    heights = [_HEAD, *([_ROW] * len(rows)), _COUNT]
    return Table(cells, colWidths=_WIDTHS, rowHeights=heights, style=_commands(look), hAlign="LEFT")


def _cells(line: int, row: tuple[str, str, str, str, str], look: Look) -> list[Flowable | str]:
    number, name, below, born, signed = row
    texts = (str(line), number, f"{name}\n{below}" if below else name, born, signed)
    return [_fitted(text, width, _ROW, look) for text, width in zip(texts, _WIDTHS, strict=True)]


def _fitted(text: str, width: float, height: float, look: Look) -> Paragraph:
    """A text in its cell: as large as there is room, and in the end without its last words."""
    room = (width - 2 * _PAD, height - 2)
    while True:
        for scale in _SCALES:
            paragraph = look.text(text, look.style(scale))
            if paragraph.wrap(*room)[1] <= room[1]:
                return paragraph
        text = fonts.printable(text)[: len(text) * 3 // 4].rstrip() + "..."


def _commands(look: Look) -> list[tuple[object, ...]]:
    return [
        ("GRID", (0, 0), (-1, -2), 0.5, RULE),
        ("BOX", (4, -1), (4, -1), 0.9, look.accent),
        ("SPAN", (0, -1), (2, -1)),
        ("BACKGROUND", (0, 0), (-1, 0), look.tint),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
