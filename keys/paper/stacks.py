"""Bars of parts on paper: the grades of each option from the worst to the best, with a line across the middle."""

from __future__ import annotations

from itertools import accumulate

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus import KeepTogether, Spacer
from reportlab.platypus import Table as Grid
from reportlab.platypus.flowables import Flowable

from keys.paper import document, fonts
from keys.paper.look import INK, PAPER, Look
from keys.paper.shades import shades

__all__ = ["StackFlowable", "stacked_chart"]

_PAD = 4
_LABEL, _TEXT = 0.3, 0.2
"""Parts of the width before and behind the bars."""
_TOGETHER = 18
"""Bars that stand on one page with their title."""


class StackFlowable(Flowable):  # type: ignore[misc]
    """A bar over the whole width, shared among its parts; each part that has room says how much it is."""

    def __init__(self, width: float, parts: tuple[int, ...], height: float) -> None:
        super().__init__()
        self.width, self.height, self.parts = width, height, parts

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size, whatever there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the parts from the left, then the line across the middle."""
        canvas, whole = self.canv, max(1, sum(self.parts))
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(INK)
        colours = shades(len(self.parts))
        for at, (part, end) in enumerate(zip(self.parts, accumulate(self.parts), strict=True)):
            if part > 0:
                left, width = self.width * (end - part) / whole, self.width * part / whole
                canvas.setFillColor(HexColor(colours[at]))
                canvas.rect(left, 0, width, self.height, stroke=1, fill=1)
                self._number(str(part), left, width, dark=2 * at >= len(self.parts))
        canvas.setStrokeColor(PAPER)
        canvas.setLineWidth(3)
        canvas.line(self.width / 2, -3, self.width / 2, self.height + 3)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.4)
        canvas.line(self.width / 2, -3, self.width / 2, self.height + 3)

    def _number(self, text: str, left: float, width: float, *, dark: bool) -> None:
        """In a part, away from the line across the middle."""
        middle, half = self.width / 2, fonts.width(text, 7.5, fonts.BOLD) / 2 + 3
        places = [(left, left + width)]
        if left < middle < left + width:
            places = [max((left, middle), (middle, left + width), key=lambda place: place[1] - place[0])]
        (start, end) = places[0]
        if end - start < 2 * half:
            return
        self.canv.setFillColor(PAPER if dark else INK)
        self.canv.setFont(fonts.BOLD, 7.5)
        self.canv.drawCentredString((start + end) / 2, self.height / 2 - 2.6, text)


class _Swatch(Flowable):  # type: ignore[misc]
    """A small square of a colour."""

    def __init__(self, colour: Color, size: float) -> None:
        super().__init__()
        self.colour, self.width, self.height = colour, size, size

    def draw(self) -> None:
        """Draw it with an outline."""
        self.canv.setFillColor(self.colour)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.5)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=1)


def stacked_chart(block: document.StackedChart, look: Look) -> list[Flowable]:
    """The title with what the parts are, then the bars."""
    if not block.stacks:
        return []
    widths = [look.width * part for part in (_LABEL, 1 - _LABEL - _TEXT, _TEXT)]
    styles = {marked: look.style(0.92, bold=marked) for marked in (False, True)}
    rows = [
        [
            look.text(stack.label, styles[stack.marked]),
            StackFlowable(widths[1] - 2 * _PAD, stack.parts, look.size * 1.4),
            look.text(stack.text, styles[True]),
        ]
        for stack in block.stacks
    ]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    head = [look.text(block.title, look.style(bold=True, after=2)), _legend(block, look)]
    first = Grid(rows[:_TOGETHER], colWidths=widths, style=style, hAlign="LEFT")
    built: list[Flowable] = [KeepTogether([*head, first])]
    if rows[_TOGETHER:]:
        built.append(Grid(rows[_TOGETHER:], colWidths=widths, style=style, hAlign="LEFT"))
    return [*built, Spacer(1, look.gap)]


def _legend(block: document.StackedChart, look: Look) -> Flowable:
    """What each colour is, four a row, and what the line shows."""
    size, small = look.size * 0.8, look.style(0.82)
    cells = [
        [_Swatch(HexColor(shade), size), look.text(kind, small)]
        for shade, kind in zip(shades(len(block.kinds)), block.kinds, strict=True)
    ]
    cells.append([look.text("|", look.style(1, bold=True, align="c")), look.text(block.middle, small)])
    a_row = 4 if look.wide else 2
    cells += [["", ""]] * (-len(cells) % a_row)
    rows = [
        [part for cell in cells[start : start + a_row] for part in cell]
        for start in range(0, len(cells), a_row)
    ]
    widths = [size + 8, look.width / a_row - size - 8] * a_row
    style = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    return Grid(rows, colWidths=widths, style=style, hAlign="LEFT")
