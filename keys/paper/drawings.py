"""Things on a page that are drawn: QR codes, bars, boxes to sign in, lines to write on."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from keys.paper import fonts, qr
from keys.paper.look import INK, PAPER, RULE, TINT

__all__ = ["BarFlowable", "CutMark", "LinesFlowable", "SquareFlowable", "fit_size"]

_DOT = 0.125 * mm
"""A dot of a thermal printer (8 a millimetre): modules are whole numbers of dots."""
_LEAST_DOTS = 4
_MOST_DOTS = 6
_WANTED = 40 * mm


def _module(modules: qr.Matrix) -> float:
    """Width of a module: 0.5 mm for large codes, so that a 150 dpi scan can be read, more for small ones."""
    dots = round(_WANTED / (len(modules) + 2 * qr.QUIET) / _DOT)
    return float(_DOT * max(_LEAST_DOTS, min(_MOST_DOTS, dots)))


class SquareFlowable(Flowable):  # type: ignore[misc]
    """A QR code with its quiet zone on white ground, dark modules as runs of rectangles."""

    def __init__(self, modules: qr.Matrix) -> None:
        super().__init__()
        self.modules = modules
        self.width = self.height = (len(modules) + 2 * qr.QUIET) * _module(modules)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size, whatever there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it with the origin at its lower left corner."""
        canvas, module = self.canv, _module(self.modules)
        canvas.setFillColor(PAPER)
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        path = canvas.beginPath()
        for row, line in enumerate(self.modules):
            y = self.height - (qr.QUIET + row + 1) * module
            for start, length in _runs(line):
                path.rect((qr.QUIET + start) * module, y, length * module, module)
        canvas.drawPath(path, stroke=0, fill=1)


def _runs(line: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(line):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs


class BarFlowable(Flowable):  # type: ignore[misc]
    """A bar of a chart: ``share`` of the width, filled with a colour or, without one, light with an outline."""

    def __init__(self, width: float, share: float, height: float, colour: Color | None) -> None:
        super().__init__()
        self.width, self.height = width, height
        self.share, self.colour = min(1.0, max(0.0, share)), colour

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size, whatever there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it from the axis at the left."""
        canvas = self.canv
        canvas.setLineWidth(0.6)
        canvas.setStrokeColor(INK)
        canvas.setFillColor(self.colour or TINT)
        if self.share:
            canvas.rect(0, 0, self.width * self.share, self.height, stroke=1, fill=1)
        canvas.line(0, -1.5, 0, self.height + 1.5)


class LinesFlowable(Flowable):  # type: ignore[misc]
    """One empty line to write on; taller than what is written."""

    def __init__(self, width: float, height: float = 9 * mm) -> None:
        super().__init__()
        self.width, self.height = width, height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size, whatever there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw a dotted rule at the foot."""
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(0.6)
        self.canv.setDash(1, 2)
        self.canv.line(0, 1, self.width, 1)


class CutMark(Flowable):  # type: ignore[misc]
    """A dashed line across a roll."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.width, self.height = width, 8 * mm

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size, whatever there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw dashes half way up."""
        self.canv.setStrokeColor(INK)
        self.canv.setDash(4, 3)
        self.canv.line(0, self.height / 2, self.width, self.height / 2)


def fit_size(text: str, width: float, most: float, font: str = fonts.BOLD) -> float:
    """The largest size up to ``most`` at which a line of printable text is not wider than ``width``."""
    natural = fonts.width(text, most, font)
    return most if natural <= width else most * width / natural
