"""What is seen in the points of a screen, colours, letters, a code, and on the whole of a disk."""

from __future__ import annotations

import mmap
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import zxingcpp
from PIL import Image

from station.kiosk.palette import contrast

__all__ = ["code_in", "contrast_of", "copies", "letters_of_all_languages", "undrawn", "written"]

LOCALES = Path(__file__).resolve().parents[2] / "keys" / "desk" / "locales"
_BLOCKS = "█▀▄"
_NEVER = "\N{GRINNING FACE}"
"""No console font has it: what is drawn for it stands for everything that is missing."""


def contrast_of(picture: Image.Image) -> float:
    """Ratio of the two most frequent colours."""
    points = picture.convert("RGB").tobytes()
    colours = Counter(points[at : at + 3] for at in range(0, len(points), 3))
    (one, _), (other, _) = colours.most_common(2)
    return contrast(f"#{one.hex()}", f"#{other.hex()}")


def letters_of_all_languages() -> str:
    """Every sign beyond ASCII in the catalogues, and the half blocks of a code."""
    texts = "".join(path.read_text("utf-8") for path in sorted(LOCALES.rglob("*.po")))
    return "".join(sorted({sign for sign in texts if sign > "\x7f" and sign.isprintable()} | set(_BLOCKS)))


def undrawn(picture: Image.Image, signs: str, cells: tuple[int, int]) -> str:
    """The signs that look like a missing one.

    Args:
        picture: Signs, and after them a missing one, from the upper left corner on.
        signs: What was written.
        cells: Columns and rows of the screen.
    """
    columns = cells[0]
    width, height = picture.width // columns, picture.height // cells[1]

    def cell(place: int) -> bytes:
        left, top = place % columns * width, place // columns * height
        return picture.crop((left, top, left + width, top + height)).tobytes()

    missing = cell(len(signs))
    return "".join(sign for place, sign in enumerate(signs) if cell(place) == missing and not sign.isspace())


def written(signs: str) -> str:
    """What `undrawn` looks at."""
    return signs + _NEVER


def code_in(picture: Image.Image) -> Iterable[str]:
    """Texts of the codes in a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def copies(disk: Path, words: str) -> int:
    """How often words stand on a disk, deleted files and journals of the file system too."""
    needle, found, at = words.encode(), 0, -1
    with disk.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as image:
        while (at := image.find(needle, at + 1)) >= 0:
            found += 1
    return found
