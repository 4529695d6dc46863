"""The font of all papers: Atkinson Hyperlegible (SIL Open Font License), embedded as a subset in every PDF.

It holds the letters of all ten languages. A few signs that people write are not in it and have a stand-in;
what has neither glyph nor stand-in is printed as its code point: nothing disappears from an official paper.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from importlib import resources

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFile

__all__ = ["BOLD", "REGULAR", "missing", "printable", "register", "width"]

REGULAR = "Atkinson"
BOLD = "Atkinson-Bold"

_PACKAGE = "fontpkg_atkinson_hyperlegible"
_FILES = {REGULAR: "AtkinsonHyperlegible-Regular.ttf", BOLD: "AtkinsonHyperlegible-Bold.ttf"}
_STAND_INS = {"\u202f": "\u00a0", "\u2009": "\u00a0", "\u2011": "-", "\u1e9e": "SS", "\u2116": "No"}


def _bytes(name: str) -> bytes:
    return (resources.files(_PACKAGE) / "files" / _FILES[name]).read_bytes()


@cache
def _letters() -> frozenset[int]:
    """Code points for which both weights have a glyph."""
    return frozenset.intersection(*(frozenset(TTFontFile(io.BytesIO(_bytes(n))).charToGlyph) for n in _FILES))


@cache
def register() -> None:
    """Make the font known to the PDF library, once a process."""
    for name in _FILES:
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(_bytes(name))))
    for bold, name in enumerate(_FILES):
        addMapping(REGULAR, bold, 0, name)
        addMapping(REGULAR, bold, 1, name)


def missing(text: str) -> str:
    """The letters of a text that the font cannot print, each once, in the order of their first use."""
    composed = unicodedata.normalize("NFC", text)
    lost = (
        sign for sign in composed if sign not in _STAND_INS and sign != "\n" and ord(sign) not in _letters()
    )
    return "".join(dict.fromkeys(lost))


def printable(text: str) -> str:
    """A text with nothing in it that the font cannot print.

    Composed (NFC), line ends and tabs made plain, controls and invisible signs left out, stand-ins put in,
    and ``[U+4E2D]`` for every other sign without a glyph.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(_printed(sign) for sign in composed)


def _printed(sign: str) -> str:
    if sign == "\n" or ord(sign) in _letters():
        return "" if unicodedata.category(sign) == "Cf" else sign
    if sign in _STAND_INS:
        return _STAND_INS[sign]
    return "" if unicodedata.category(sign) in {"Cc", "Cf"} else f"[U+{ord(sign):04X}]"


def width(text: str, size: float, font: str = REGULAR) -> float:
    """Width of a line of printable text in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))
