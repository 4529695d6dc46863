"""How papers look: sizes, colours and paragraph styles of A4 pages and of 80 mm rolls."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph

from keys.paper import fonts

__all__ = ["ACCENT", "FAINT", "INK", "PAPER", "RULE", "TINT", "Look", "a4", "roll"]

INK: Color = HexColor(0x141414)
ACCENT: Color = HexColor(0x17365C)
RULE: Color = HexColor(0x8A8F98)
TINT: Color = HexColor(0xEEF1F5)
FAINT: Color = HexColor(0xE9E9E9)
PAPER: Color = HexColor(0xFFFFFF)

_ALIGN = {"l": 0, "c": TA_CENTER, "r": TA_RIGHT}


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of paper."""

    width: float
    """Of the column of text, in points."""
    size: float
    """Of the running text, in points."""
    wide: bool
    """Whether things stand side by side (A4) or below each other (roll)."""

    def style(
        self, scale: float = 1.0, bold: bool = False, align: str = "l", after: float = 0
    ) -> ParagraphStyle:
        """A paragraph style; long words are cut rather than running out of the page."""
        size = self.size * scale
        return ParagraphStyle(
            "text",
            fontName=fonts.BOLD if bold else fonts.REGULAR,
            fontSize=size,
            leading=size * (1.22 if scale > 1.2 else 1.36),
            textColor=INK,
            alignment=_ALIGN[align],
            spaceAfter=after,
            splitLongWords=1,
            allowWidows=0,
            allowOrphans=0,
        )

    def text(self, text: str, style: ParagraphStyle) -> Paragraph:
        """A paragraph of plain text, in which nothing is markup."""
        return Paragraph(escape(fonts.printable(text)).replace("\n", "<br/>"), style)

    @property
    def tint(self) -> Color:
        """Ground of headers and frames: none on a roll, where a thermal printer would make dots of it."""
        return TINT if self.wide else PAPER

    @property
    def accent(self) -> Color:
        """Colour of titles, frames and chosen options; a roll is black on white."""
        return ACCENT if self.wide else INK

    @property
    def tallest(self) -> float:
        """Points that one row of a table may take: the PDF library sets no row that is taller than a page."""
        return 300.0 if self.wide else 10_000.0

    @property
    def gap(self) -> float:
        """Distance between blocks, in points."""
        return self.size * 0.7


def a4(size: float = 10) -> Look:
    """Look of A4 pages; the size of the running text in points."""
    return Look(width=170 * mm, size=size, wide=True)


def roll() -> Look:
    """Look of an 80 mm roll, of which a printer covers 72 mm."""
    return Look(width=70 * mm, size=9.5, wide=False)
