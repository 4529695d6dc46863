"""A long list of codes in many columns, cut over pages: each part says from which code to which it goes."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from keys.paper import fonts
from keys.paper.drawings import fit_size
from keys.paper.look import INK, RULE

__all__ = ["CodeList"]

SIZE = 9.0
"""Letters of a code, in points; none is smaller but the widest, which is made to fit its column."""
_ROW = 10.2
_HEAD = 17.0
_BETWEEN = 5.0
"""After the last row."""
_TOGETHER, _APART = 5, 2.2
"""Rows that stand together, and the space behind them: the eye keeps its place without a grey ground."""
_LEAST = 4
"""Rows below a head; fewer go to the next page."""


class CodeList(Flowable):  # type: ignore[misc]
    """Codes that are read down each column; the first code under a letter is bold."""

    def __init__(self, codes: Sequence[str], count: int, title: str, width: float) -> None:
        """Take codes.

        Args:
            codes: Sorted; all of this part.
            count: Columns.
            title: What they are of.
            width: In points.
        """
        super().__init__()
        self._codes, self._count, self._title, self.width = codes, count, title, width
        self.height = _height(-(-len(codes) // count))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size, whatever there is."""
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """The rows that fit, and the rest under a head of its own; nothing where too few would fit."""
        rows = int((height - _HEAD - _BETWEEN) / (_ROW + _APART / _TOGETHER))
        if rows < _LEAST:
            return []
        here = rows * self._count
        parts = (self._codes[:here], self._codes[here:])
        return [CodeList(part, self._count, self._title, self.width) for part in parts if part]

    def draw(self) -> None:
        """Draw the head, a rule, and the columns."""
        canvas, column = self.canv, self.width / self._count
        ends = f"{self._codes[0]}  –  {self._codes[-1]}"
        room = fonts.width(ends, SIZE, fonts.BOLD)
        canvas.setFillColor(INK)
        canvas.setFont(fonts.BOLD, fit_size(self._title, self.width - room - 12, SIZE + 1))
        canvas.drawString(0, self.height - 11, self._title)
        canvas.setFont(fonts.BOLD, SIZE)
        canvas.drawRightString(self.width, self.height - 11, ends)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.line(0, self.height - 14, self.width, self.height - 14)
        rows = -(-len(self._codes) // self._count)
        for at, code in enumerate(self._codes):
            place, row = divmod(at, rows)
            first = at == 0 or code[:1] != self._codes[at - 1][:1]
            font = fonts.BOLD if first else fonts.REGULAR
            canvas.setFont(font, fit_size(code, column - 4, SIZE, font))
            canvas.drawString(place * column, self.height - _HEAD - _depth(row) - SIZE, code)


def _depth(row: int) -> float:
    return row * _ROW + row // _TOGETHER * _APART


def _height(rows: int) -> float:
    return _HEAD + _depth(rows) + _BETWEEN
