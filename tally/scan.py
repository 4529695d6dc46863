"""Codes from pictures and PDF: what was photographed or scanned becomes the texts of its square codes.

The file is hostile: its size, points and pages are bounded before anything is unpacked, and it is read once.
A picture is tried as it is, then sharpened, larger, smaller, each with two ways to tell dark from light; what
any of them reads is kept. What a text is worth is for `keys.paper.codes` and the signatures to say.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from keys.findings import Refused, Unreadable

__all__ = [
    "MAX_BYTES",
    "MAX_PAGES",
    "MAX_POINTS",
    "Squares",
    "page_texts",
    "read_squares",
    "squares_of",
    "texts_of",
]

MAX_BYTES = 64 * 2**20
"""Size of a file."""
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


class Squares(NamedTuple):
    """What a picture holds."""

    texts: list[str]
    """Of the codes that were read, in reading order, each once."""
    unread: int
    """Codes that are there, and blurred or damaged."""


_Found = dict[str, _Place]
_Spot = tuple[int, float, float]
"""Page, and the middle of a code, in parts of its width and height."""
_NEAR = 0.08
"""Two spots closer than this, in parts of the page, are of one code."""
_OFTEN = 3
"""Attempts that must see a code that none of them reads: a single one may be mistaken."""


def read_squares(path: Path) -> Squares:
    """The square codes in a PNG, JPEG or PDF file.

    Raises:
        Unreadable: The file cannot be read.
        Refused: T-701 to T-705.
    """
    try:
        if not path.is_file():
            raise Unreadable(f"{path}: no such file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    return squares_of(data, path.name)


def texts_of(data: bytes, name: str) -> list[str]:
    """The texts alone, as `squares_of` gives them."""
    return squares_of(data, name).texts


def squares_of(data: bytes, name: str) -> Squares:
    """The square codes in the bytes of a PNG, JPEG or PDF file.

    Args:
        data: The file.
        name: What to call it in messages.

    Raises:
        Refused: T-701 too large, T-702 too many points, T-703 too many pages, T-704 no code, T-705 another
            kind of file, or a damaged one.
    """
    if len(data) > MAX_BYTES:
        raise Refused("T-701", name, f"more than {MAX_BYTES // 2**20} MB")
    found: _Found = {}
    broken: list[_Spot] = []
    if b"%PDF-" in data[:1024]:
        for number, drawn in _pages(data, name):
            _read(drawn, number, found, broken)
    else:
        picture = _picture(data, name)
        for attempt in _attempts(picture):
            _read(attempt, 0, found, broken)
    unread = _unread(found, broken)
    if not found:
        raise Refused("T-704", name, _DAMAGED_CODE if unread else "")
    return Squares(_in_reading_order(found), unread)


def page_texts(data: bytes, name: str) -> list[str]:
    """What stands on each page of a PDF in letters, as a program would copy it.

    Raises:
        Refused: T-703 too many pages, T-705 not a PDF, or a damaged one.
    """
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                raise Refused("T-703", name, f"{len(document)} pages, at most {MAX_PAGES}")
            return [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as error:
        raise Refused("T-705", name) from error


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


def _picture(data: bytes, name: str) -> Image.Image:
    """A picture in grey, transparent parts white."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
        points = picture.width * picture.height
        if points > MAX_POINTS:
            raise Refused("T-702", name, f"{points:,} points, at most {MAX_POINTS:,}")
        if not picture.has_transparency_data:
            return picture.convert("L")
        clear = picture.convert("RGBA")
        ground = Image.new("L", clear.size, 255)
        ground.paste(clear.convert("L"), mask=clear.getchannel("A"))
        return ground
    except Image.DecompressionBombError as error:
        raise Refused("T-702", name, f"at most {MAX_POINTS:,} points") from error
    except _DAMAGED as error:
        raise Refused("T-705", name) from error


def _pages(data: bytes, name: str) -> Iterator[tuple[int, Image.Image]]:
    """Every page, drawn in grey at each resolution."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("T-705", name) from error
    try:
        if len(document) > MAX_PAGES:
            raise Refused("T-703", name, f"{len(document)} pages, at most {MAX_PAGES}")
        for number in range(len(document)):
            yield from ((number, drawn) for drawn in _drawn(document, number, name))
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, number: int, name: str) -> Iterator[Image.Image]:
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
        raise Refused("T-705", name, f"page {number + 1}") from error


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
