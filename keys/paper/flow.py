"""Turns the blocks of a document into what the PDF library sets on pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Spacer
from reportlab.platypus import Table as Grid
from reportlab.platypus.flowables import Flowable

from keys.paper import document, fonts, qr, tables
from keys.paper.drawings import CutMark, LinesFlowable, SquareFlowable, fit_size
from keys.paper.look import RULE, Look
from keys.paper.signing import signing_lines
from keys.paper.stacks import stacked_chart

__all__ = ["flowables", "masthead"]

_BESIDE = 400
"""Letters that stand beside a code without being taller than it."""
_BELOW: float = 28 * mm
_MOST: float = 120 * mm
"""Room that a heading asks for below it where what it announces may be cut anywhere; and the most it asks for."""
_FLUSH = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def flowables(blocks: tuple[document.Block, ...], look: Look) -> list[Flowable]:
    """What a document says, in order."""
    fonts.register()
    built = [_BUILDERS[type(block)](block, look) for block in blocks]
    if look.wide:
        for at, block in enumerate(blocks):
            if isinstance(block, document.Heading) or (isinstance(block, document.Text) and block.bold):
                built[at].insert(0, CondPageBreak(_announced(blocks[at:], built[at:], look)))
    return [flowable for parts in built for flowable in parts]


def _announced(blocks: Sequence[document.Block], built: Sequence[list[Flowable]], look: Look) -> float:
    """Points that a heading takes, with the words below it and the beginning of what they speak of.

    Less is no room for it: it would end a page, and what it announces begin the next one.
    """
    room, told = 0.0, 0
    for block, parts in zip(blocks, built, strict=True):
        if not isinstance(block, document.Heading | document.Text):
            opening: float = parts[0].opening if parts and isinstance(parts[0], tables.Cut) else _BELOW
            if isinstance(block, document.Lines):
                opening = (block.count + bool(block.label)) * LinesFlowable(look.width).height
            return min(room + opening, _MOST)
        told += isinstance(block, document.Text) and not block.bold
        if told > 1:
            break
        room += sum(float(part.wrap(look.width, 0)[1] + part.getSpaceAfter()) for part in parts)
    return min(room, _MOST)


def masthead(paper: document.Document, look: Look) -> list[Flowable]:
    """Issuer, title and subtitle over a rule."""
    fonts.register()
    align = "l" if look.wide else "c"
    parts: list[Flowable] = []
    if paper.issuer:
        parts.append(look.text(paper.issuer, look.style(align=align, after=look.gap / 2)))
    title = look.style(2 if look.wide else 1.5, bold=True, align=align, after=look.gap / 2)
    title.textColor = look.accent
    parts.append(look.text(paper.title, title))
    if paper.subtitle:
        parts.append(look.text(paper.subtitle, look.style(1.15, align=align, after=look.gap / 2)))
    return [*parts, _rule(look)]


def _room(height: float, look: Look) -> list[Flowable]:
    """On A4, a new page if less than this is left of the old one; a roll has no pages."""
    return [CondPageBreak(height)] if look.wide else []


def _rule(look: Look) -> Flowable:
    return Grid(
        [[""]],
        colWidths=[look.width],
        rowHeights=[2],
        style=[("LINEABOVE", (0, 0), (-1, 0), 1.2, look.accent)],
        spaceAfter=look.gap,
        hAlign="LEFT",
    )


def _heading(block: document.Heading, look: Look) -> list[Flowable]:
    style = look.style(1.35 if block.level == 1 else 1.12, bold=True, after=look.gap / 2)
    style.textColor, style.keepWithNext = look.accent, 1
    return [Spacer(1, look.gap), look.text(block.text, style), Spacer(1, 2)]


def _text(block: document.Text, look: Look) -> list[Flowable]:
    return [look.text(block.text, look.style(0.82 if block.small else 1, block.bold, after=look.gap * 0.8))]


def _large(block: document.Large, look: Look) -> list[Flowable]:
    text, scale = _enlarged(fonts.printable(block.text), look)
    lines = [look.text(text, look.style(scale, bold=True, align="c"))]
    if block.caption:
        lines.append(look.text(block.caption, look.style(0.9, align="c")))
    return [_framed(lines, look)]


def _enlarged(text: str, look: Look) -> tuple[str, float]:
    """A code broken into even lines, as few as let it be at least half as large again as the text; and its scale."""
    groups, best = text.split(), (text, 0.9)
    for count in range(1, 5):
        tall = -(-len(groups) // count)
        lines = [" ".join(groups[start : start + tall]) for start in range(0, len(groups), tall or 1)]
        sizes = [fit_size(line, look.width - 20, look.size * 2.4) for line in lines]
        scale = min(sizes, default=look.size) / look.size
        if scale > best[1]:
            best = ("\n".join(lines), scale)
        if scale >= 1.5:
            break
    return best


def _notice(block: document.Notice, look: Look) -> list[Flowable]:
    title = [look.text(block.title, look.style(bold=True))] if block.title else []
    return [_framed([*title, look.text(block.text, look.style())], look)]


def _framed(paragraphs: list[Flowable], look: Look) -> Flowable:
    style = [
        ("BOX", (0, 0), (-1, -1), 0.9, look.accent),
        ("BACKGROUND", (0, 0), (-1, -1), look.tint),
        ("LEFTPADDING", (0, 0), (-1, -1), 8),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("TOPPADDING", (0, 0), (-1, 0), 5),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 7),
    ]
    rows = [row for paragraph in paragraphs for row in tables.chopped([paragraph], [look.width - 8], look)]
    return Grid(rows, colWidths=[look.width], style=style, spaceBefore=2, spaceAfter=look.gap, hAlign="LEFT")


def _code(block: document.CodeBlock, look: Look) -> list[Flowable]:
    """What it is, and the squares of all its parts; one alone has its words beside it where there is room."""
    squares = [SquareFlowable(qr.matrix(text)) for text in block.texts]
    words = [look.text(block.what, look.style(after=look.gap / 2))]
    if block.short:
        words.append(look.text(block.short, look.style(1.3, bold=True, after=look.gap / 2)))
    if len(squares) == 1 and look.wide and _fits_beside(block):
        side = squares[0].width + 10
        style = [*_FLUSH, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        grid = Grid([[squares[0], words]], colWidths=[side, look.width - side], style=style, hAlign="LEFT")
        return [KeepTogether([grid]), Spacer(1, look.gap)]
    widest = max((square.width for square in squares), default=look.width)
    a_row = max(1, min(len(squares), int(look.width // widest)))
    grids = [_squares(squares, start, a_row, look) for start in range(0, len(squares), a_row)]
    return [
        *_room(widest + 30 * mm, look),
        *words,
        *(KeepTogether([grid]) for grid in grids),
        Spacer(1, look.gap),
    ]


def _fits_beside(block: document.CodeBlock) -> bool:
    words = block.what + block.short
    return len(words) <= _BESIDE and words.count("\n") <= 8


def _squares(squares: list[SquareFlowable], start: int, a_row: int, look: Look) -> Flowable:
    """A row of squares with their numbers below."""
    row: list[Flowable | str] = [*squares[start : start + a_row]]
    style = look.style(0.9, bold=True, align="c")
    names: list[Flowable | str] = [
        look.text(f"{start + i} / {len(squares)}", style) for i in range(1, len(row) + 1)
    ]
    empty = [""] * (a_row - len(row))
    grid = [row + empty, names + empty] if len(squares) > 1 else [row + empty]
    commands = [*_FLUSH, ("ALIGN", (0, 0), (-1, -1), "CENTER"), ("TOPPADDING", (0, 0), (-1, -1), 0)]
    return Grid(grid, colWidths=[look.width / a_row] * a_row, style=commands, hAlign="LEFT")


def _signatures(block: document.Signatures, look: Look) -> list[Flowable]:
    """Boxes, two a row on A4, that are not cut."""
    a_row = 2 if look.wide else 1
    built: list[Flowable] = []
    for start in range(0, len(block.people), a_row):
        people = block.people[start : start + a_row]
        widths = [look.width / a_row] * len(people)
        rows = tables.chopped([look.text(role, look.style(0.9)) for role, _ in people], widths, look)
        rows += tables.chopped([look.text(name, look.style(bold=True)) for _, name in people], widths, look)
        style = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BOX", (0, 0), (-1, -1), 0.7, RULE),
            ("LINEAFTER", (0, 0), (0, -1), 0.7, RULE),
            ("TOPPADDING", (0, 1), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 20 * mm),
        ]
        built.append(KeepTogether([Grid(rows, colWidths=widths, style=style, hAlign="LEFT")]))
    return [*built, Spacer(1, look.gap)]


def _lines(block: document.Lines, look: Look) -> list[Flowable]:
    label = [look.text(block.label, look.style())] if block.label else []
    lines = [*label, *(LinesFlowable(look.width) for _ in range(block.count))]
    return [KeepTogether(lines), Spacer(1, look.gap)]


def _break(_block: document.Break, look: Look) -> list[Flowable]:
    return [PageBreak()] if look.wide else [CutMark(look.width)]


_BUILDERS: dict[type[Any], Callable[[Any, Look], list[Flowable]]] = {
    document.Heading: _heading,
    document.Text: _text,
    document.Large: _large,
    document.Notice: _notice,
    document.Rows: tables.pairs,
    document.Table: tables.table,
    document.Columns: tables.columns,
    document.Chart: tables.chart,
    document.StackedChart: stacked_chart,
    document.CodeBlock: _code,
    document.Signatures: _signatures,
    document.SigningLines: signing_lines,
    document.Lines: _lines,
    document.Break: _break,
}
