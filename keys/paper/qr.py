"""The QR drawing of a text: its modules, and the same as half blocks for a terminal.

The ``ISO1`` of a code goes into an alphanumeric segment and its number into a numeric one: 10 bits for 3
digits, the densest form that scanners return as text. Other texts are refused.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import zip_longest

import qrcode
from qrcode import constants, exceptions, util

from keys.paper.codes import PREFIX

__all__ = ["MAX_VERSION", "QUIET", "Matrix", "half_blocks", "matrix", "version"]

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules, dark is true, without the quiet zone."""

MAX_VERSION = 19
QUIET = 4
"""Width of the light border that every reader counts on, in modules."""

_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@lru_cache(maxsize=256)
def matrix(text: str) -> Matrix:
    """The modules of a code's text at level M, in the smallest version that holds it.

    Raises:
        ValueError: Not a text that `keys.paper.codes` writes, or one that needs a version above 19.
    """
    head, digits = text[: len(PREFIX)], text[len(PREFIX) :]
    if head != PREFIX or not (digits.isascii() and digits.isdigit()):
        raise ValueError("only the text of a code is drawn")
    drawing = qrcode.QRCode(error_correction=constants.ERROR_CORRECT_M, border=0)
    drawing.add_data(util.QRData(head, mode=util.MODE_ALPHA_NUM))
    drawing.add_data(util.QRData(digits, mode=util.MODE_NUMBER))
    try:
        smallest = drawing.best_fit()
    except exceptions.DataOverflowError:
        smallest = MAX_VERSION + 1
    if smallest > MAX_VERSION:
        raise ValueError(f"a text of {len(text)} characters does not fit version {MAX_VERSION}")
    drawing.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in drawing.modules)


def version(modules: Matrix) -> int:
    """The QR version of a drawing, from its width of 17 + 4 modules a version."""
    return (len(modules) - 17) // 4


def half_blocks(modules: Matrix) -> list[str]:
    """The drawing as lines of half blocks, two rows of modules a line, quiet zone included.

    The caller sets the colours: signs in black **on white**, whatever the terminal's own are.

    Args:
        modules: As `matrix` gives them.

    Returns:
        ``ceil((modules + 2 QUIET) / 2)`` lines of ``modules + 2 QUIET`` characters.
    """
    width = len(modules) + 2 * QUIET
    border = [(False,) * width] * QUIET
    side = (False,) * QUIET
    rows = [*border, *(side + row + side for row in modules), *border]
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=(False,) * width)
    return ["".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True)) for upper, lower in pairs]
