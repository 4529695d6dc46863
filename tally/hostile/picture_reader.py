"""The child process that opens pictures and PDF, and nothing else: the texts of their square codes, and their words.

Run as a script by `tally.hostile.scan`, which says what it may take in the last argument (JSON) and sends one file
after the other on stdin. It lowers its own limits before it reads a byte of them, and opens no file.

The file is hostile: its points and pages are bounded before anything is unpacked, and every page has its own time.
A picture is tried as it is, then sharpened, larger, smaller, each with two ways to tell dark from light; what
any of them reads is kept. What a text is worth is for `keys.paper.codes` and the signatures to say.
"""

from __future__ import annotations

import codecs
import importlib
import json
import resource
import signal
import struct
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NamedTuple

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from keys.findings import Refused
from tally.hostile.confined import lower_limits

__all__ = ["MAX_PAGES", "MAX_POINTS", "page_texts", "squares_of"]

MAX_POINTS = 64_000_000
"""Points of a picture."""
MAX_PAGES = 300
"""Pages of a PDF."""

_DPI = (200, 300)
_PAGE_POINTS = 16_000_000
"""Points of a page of a PDF as we draw it: A4 at 300 an inch has 8.7 million."""
_SQUARES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
_DAMAGED_CODE = "there is one, and it is blurred or damaged"
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, OverflowError, struct.error, zlib.error)


class _Place(NamedTuple):
    """Where a code was first seen, in parts of the height and of the width of its page."""

    page: int
    top: float
    bottom: float
    left: float
    right: float


_Found = dict[str, _Place]
_Spot = tuple[int, float, float]
"""Page, and the middle of a code, in parts of its width and height."""
_NEAR = 0.08
"""Two spots closer than this, in parts of the page, are of one code."""
_OFTEN = 3
"""Attempts that must see a code that none of them reads: a single one may be mistaken."""


NextPage = Callable[[int, int], None]
"""Called before a page is looked at: which page, and of how many; 0 and 0 before they are counted."""


def squares_of(data: bytes, next_page: NextPage) -> tuple[list[str], int]:
    """The square codes in the bytes of a PNG, JPEG or PDF file.

    Args:
        data: The file.
        next_page: See there.

    Returns:
        The texts of those that were read, in reading order, each once; and how many are there, and blurred or
        damaged.

    Raises:
        Refused: T-702 too many points, T-703 too many pages, T-704 no code, T-705 another kind of file, or a
            damaged one; what `next_page` raises.
    """
    found: _Found = {}
    broken: list[_Spot] = []
    next_page(0, 0)
    if b"%PDF-" in data[:1024]:
        with _document(data) as document:
            for number in range(len(document)):
                next_page(number + 1, len(document))
                for drawn in _drawn(document, number):
                    _read(drawn, number, found, broken)
    else:
        picture = _picture(data)
        for attempt in _attempts(picture):
            _read(attempt, 0, found, broken)
    unread = _unread(found, broken)
    if not found:
        raise Refused("T-704", "", _DAMAGED_CODE if unread else "")
    return _in_reading_order(found), unread


def page_texts(data: bytes, next_page: NextPage) -> list[str]:
    """What stands on each page of a PDF in letters, as a program would copy it.

    Raises:
        Refused: T-703 too many pages, T-705 not a PDF, or a damaged one; what `next_page` raises.
    """
    texts = []
    next_page(0, 0)
    with _document(data) as document:
        for number in range(len(document)):
            next_page(number + 1, len(document))
            try:
                texts.append(document[number].get_textpage().get_text_bounded())
            except pypdfium2.PdfiumError as error:
                raise Refused("T-705", "", f"page {number + 1}") from error
    return texts


@contextmanager
def _document(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("T-705", "") from error
    with document:
        if len(document) > MAX_PAGES:
            raise Refused("T-703", "", f"{len(document)} pages, at most {MAX_PAGES}")
        yield document


def _unread(found: _Found, broken: list[_Spot]) -> int:
    """How many codes were seen in one place again and again, where nothing was ever read."""
    places: list[list[_Spot]] = []
    for page, x, y in broken:
        if any(_covers(place, page, x, y) for place in found.values()):
            continue
        near = (
            spots
            for spots in places
            if spots[0][0] == page and max(abs(spots[0][1] - x), abs(spots[0][2] - y)) < _NEAR
        )
        spots = next(near, None)
        if spots is None:
            places.append([(page, x, y)])
        else:
            spots.append((page, x, y))
    return sum(len(spots) >= _OFTEN for spots in places)


def _covers(place: _Place, page: int, x: float, y: float) -> bool:
    """Whether a spot lies on a code that was read, or at its edge."""
    return (
        place.page == page
        and place.left - _NEAR < x < place.right + _NEAR
        and place.top - _NEAR < y < place.bottom + _NEAR
    )


def _in_reading_order(found: _Found) -> list[str]:
    """Pages, rows, then left to right; codes are in one row if one starts above the middle of the other."""
    rows: list[list[str]] = []
    middle = (-1, 0.0)
    for text, place in sorted(found.items(), key=lambda item: item[1]):
        if (place.page, place.top) > middle:
            rows.append([])
            middle = (place.page, (place.top + place.bottom) / 2)
        rows[-1].append(text)
    return [text for row in rows for text in sorted(row, key=lambda text: found[text].left)]


def _picture(data: bytes) -> Image.Image:
    """A picture in grey, transparent parts white."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
        points = picture.width * picture.height
        if points > MAX_POINTS:
            raise Refused("T-702", "", f"{points:,} points, at most {MAX_POINTS:,}")
        if not picture.has_transparency_data:
            return picture.convert("L")
        clear = picture.convert("RGBA")
        ground = Image.new("L", clear.size, 255)
        ground.paste(clear.convert("L"), mask=clear.getchannel("A"))
        return ground
    except Image.DecompressionBombError as error:
        raise Refused("T-702", "", f"at most {MAX_POINTS:,} points") from error
    except _DAMAGED as error:
        raise Refused("T-705", "") from error


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Iterator[Image.Image]:
    try:
        page = document[number]
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            return
        most = (_PAGE_POINTS / (width * height)) ** 0.5
        low, high = (page.render(scale=min(dpi / 72, most), grayscale=True).to_pil() for dpi in _DPI)
        # A page of ours is lines and needs no more; one with a picture on it may be a bad scan.
        scanned = any(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        yield from (*_attempts(low), high) if scanned else (low, high)
    except pypdfium2.PdfiumError as error:
        raise Refused("T-705", "", f"page {number + 1}") from error


def _attempts(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture in the forms worth trying, cheap ones first."""
    sharp = picture.filter(ImageFilter.UnsharpMask(radius=2, percent=200, threshold=2))
    yield from (picture, sharp)
    for source, factor in ((sharp, 2), (picture, 2), (picture, 1.5), (picture, 0.5)):
        size = (round(picture.width * factor), round(picture.height * factor))
        if min(size) > 0 and size[0] * size[1] <= MAX_POINTS // 2:
            yield source.resize(size, Image.Resampling.BICUBIC)


def _read(picture: Image.Image, page: int, found: _Found, broken: list[_Spot]) -> None:
    """Add what is read in one picture, and where something cannot be, with both ways to tell dark from light."""
    for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
        for code in zxingcpp.read_barcodes(
            picture, formats=_SQUARES, binarizer=binarizer, return_errors=True
        ):
            place = code.position
            corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
            down = [corner.y / picture.height for corner in corners]
            across = [corner.x / picture.width for corner in corners]
            if code.valid:
                found.setdefault(code.text, _Place(page, min(down), max(down), min(across), max(across)))
            else:
                broken.append((page, sum(across) / 4, sum(down) / 4))


class _Allowance:
    """Time of the processor for the pages of one file: each its own, and no more than so much in all."""

    def __init__(self, page: int, whole: int) -> None:
        self._page, self._end = page, _used() + whole

    def next_page(self, page: int, of: int) -> None:
        """Say which page is next, and let the system end this process when it takes longer."""
        used = _used()
        if used > self._end:
            raise Refused("T-706", "", "its pages together took too long")
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + self._page, resource.RLIM_INFINITY))
        if of:
            _send({"page": page, "of": of})


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _send(answer: dict[str, Any]) -> None:
    raw = json.dumps(answer).encode()
    sys.stdout.buffer.writelines((len(raw).to_bytes(4, "big"), raw))
    sys.stdout.buffer.flush()


def _answer(kind: str, data: bytes, next_page: NextPage) -> dict[str, Any]:
    try:
        if kind == "texts":
            return {"texts": page_texts(data, next_page), "unread": 0}
        texts, unread = squares_of(data, next_page)
        return {"texts": texts, "unread": unread}
    except Refused as refused:
        return {"refused": refused.code, "detail": refused.detail}


def _main() -> None:
    allowed = json.loads(sys.argv[-1])
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whatever library is at work when somebody stops it
    Image.preinit()
    importlib.import_module("PIL.MpoImagePlugin")  # what Pillow looks for when a telephone wrote the file
    codecs.lookup("utf-16-le")  # what pdfium gives words in
    lower_limits(allowed["memory"])
    while head := sys.stdin.buffer.readline(200):
        request = json.loads(head)
        allowance = _Allowance(allowed["page"], allowed["whole"])
        data = sys.stdin.buffer.read(request["bytes"])
        _send(_answer(request["kind"], data, allowance.next_page))


if __name__ == "__main__":
    _main()
