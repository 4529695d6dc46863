"""Pages: a document as a PDF, on A4 or on an 80 mm roll. The same document gives the same bytes.

Every page carries the banner (a rehearsal, a demonstration), the footer and its number. Fonts are embedded.
Everything is set twice: the first time tells how many pages there are, or how long the roll is.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus.flowables import Flowable

from keys.paper import fonts, look
from keys.paper.attachments import attach
from keys.paper.document import Document, Text
from keys.paper.drawings import fit_size
from keys.paper.flow import flowables, masthead

__all__ = ["render_a4", "render_roll"]

_SIDE = 20 * mm
_HEAD = 18 * mm
_BAND = 9 * mm
_FOOT = 26 * mm
_EDGE = 10 * mm
"""Nothing stands closer to the edge of A4: cheap printers do not reach it."""
_ROLL_WIDTH = 80 * mm
_ROLL_END = 6 * mm
_SIZES = (10.0, 9.3, 8.6, 8.0)
"""Of the letters, in points: the first, and those that are tried where a paper must be one page."""
_LONGEST_ROLL = 5000 * mm  # a page of a PDF has at most 14,400 points


def render_a4(paper: Document) -> bytes:
    """The document on A4 pages, with its attachments; smaller where that makes one page of a paper that must be.

    Raises:
        ValueError: An attachment has a name that cannot be used.
    """
    first = _whole_a4(paper, _SIZES[0])
    if not paper.one_page or first.pages == 1:
        return first.pdf
    smaller = (_whole_a4(paper, size) for size in _SIZES[1:])
    return next((setting.pdf for setting in smaller if setting.pages == 1), first.pdf)


def _whole_a4(paper: Document, size: float) -> _Setting:
    style = look.a4(size)
    head = _HEAD + (_BAND if paper.banner else 0)
    box = (_SIDE, _FOOT, style.width, A4[1] - head - _FOOT)

    def render(pages: int) -> _Setting:
        story = [*masthead(paper, style), *flowables(paper.blocks, style)]
        return _set(paper, A4, box, story, lambda canvas, page: _dress_a4(paper, canvas, page, pages))

    return render(render(0).pages)


def render_roll(paper: Document) -> bytes:
    """The document on a roll of 80 mm: one page as long as it needs (5 m at most), without attachments."""
    style = look.roll()
    head = _ROLL_END + (_BAND if paper.banner else 0)
    foot = tuple(Text(line, small=True) for line in paper.footer)

    def render(height: float) -> _Setting:
        box = ((_ROLL_WIDTH - style.width) / 2, _ROLL_END, style.width, height - head - _ROLL_END)
        story = [*masthead(paper, style), *flowables((*paper.blocks, *foot), style)]
        return _set(
            paper,
            (_ROLL_WIDTH, height),
            box,
            story,
            lambda canvas, _page: _band(paper, canvas, (0, height - _BAND, _ROLL_WIDTH, _BAND)),
        )

    first = render(_LONGEST_ROLL)
    if first.pages > 1:
        return first.pdf
    return render(_LONGEST_ROLL - first.lowest + _ROLL_END + 1).pdf


@dataclass(frozen=True, slots=True)
class _Setting:
    pdf: bytes
    pages: int
    lowest: float
    """Where the last thing on the last page ended, in points from the foot."""


def _set(
    paper: Document,
    size: tuple[float, float],
    box: tuple[float, float, float, float],
    story: list[Flowable],
    dress: Callable[[Canvas, int], None],
) -> _Setting:
    """Set a story on pages of one size."""
    fonts.register()
    target = io.BytesIO()
    ends: list[float] = []

    def before(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.saveState()
        dress(canvas, template.page)
        canvas.restoreState()

    def after(canvas: Canvas, template: BaseDocTemplate) -> None:
        ends.append(template.frame._y)
        if len(ends) == 1 and size == A4:
            attach(canvas, paper.attachments)

    template = BaseDocTemplate(
        target,
        pagesize=size,
        invariant=1,
        title=fonts.printable(paper.title),
        author=fonts.printable(paper.issuer),
        subject=fonts.printable(paper.subtitle),
        creator="Isoloir",
        lang=paper.lang,
    )
    frame = Frame(*box, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template.addPageTemplates(PageTemplate("page", [frame], onPage=before, onPageEnd=after))
    template.build(story)
    return _Setting(target.getvalue(), len(ends), ends[-1])


def _dress_a4(paper: Document, canvas: Canvas, page: int, pages: int) -> None:
    """What stands on every page: watermark and band of a banner, short title, footer and number."""
    width, height = A4
    _watermark(paper, canvas)
    _band(paper, canvas, (_EDGE, height - _HEAD, width - 2 * _EDGE, _HEAD - _EDGE))
    canvas.setFillColor(look.INK)
    number = f"{page} / {pages}"
    right = width - _SIDE
    if page > 1:
        top = height - 13 * mm - (_BAND if paper.banner else 0)
        _line(canvas, _SIDE, top, " · ".join(filter(None, (paper.issuer, paper.title))), right - _SIDE)
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.6)
    canvas.line(_SIDE, 22 * mm, right, 22 * mm)
    canvas.setFont(fonts.BOLD, 9)
    canvas.drawRightString(right, 18 * mm, number)
    for place, text in enumerate(paper.footer[:3]):
        room = right - _SIDE - (0 if place else 22 * mm)
        _line(canvas, _SIDE, (18 - 3.6 * place) * mm, text, room)


def _line(canvas: Canvas, x: float, y: float, text: str, room: float) -> None:
    """A small line, made smaller still where it would be too wide."""
    plain = " ".join(fonts.printable(text).split())
    canvas.setFont(fonts.REGULAR, fit_size(plain, room, 8, fonts.REGULAR))
    canvas.drawString(x, y, plain)


def _band(paper: Document, canvas: Canvas, place: tuple[float, float, float, float]) -> None:
    """The banner in white on black across the head of the page; its place is left, foot, width and height."""
    if not paper.banner:
        return
    left, foot, width, tall = place
    text = " ".join(fonts.printable(paper.banner).split())
    size = fit_size(text, width - 8 * mm, 13)
    canvas.setFillColor(look.INK)
    canvas.rect(left, foot, width, tall, stroke=0, fill=1)
    canvas.setFillColor(look.PAPER)
    canvas.setFont(fonts.BOLD, size)
    canvas.drawCentredString(left + width / 2, foot + tall / 2 - size * 0.36, text)


def _watermark(paper: Document, canvas: Canvas) -> None:
    """The banner's first word across the page, under everything else."""
    words = fonts.printable(paper.banner).split()
    if not words:
        return
    word = words[0].strip(" :.,;")
    canvas.saveState()
    canvas.setFillColor(look.FAINT)
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(52)
    canvas.setFont(fonts.BOLD, fit_size(word, 250 * mm, 120))
    canvas.drawCentredString(0, -30, word)
    canvas.restoreState()
