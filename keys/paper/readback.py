"""Reads a square code back from the cells of a screen (ISO/IEC 18004), for the self-test of a machine.

It reads what `keys.paper.qr` draws, without errors, and corrects nothing: whatever does not come back letter by
letter was not drawn as it should be. Pictures and paper are read by `tally.hostile.scan`, with another program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qrcode import base, constants, util

from keys.paper.qr import QUIET, Matrix

__all__ = ["read_half_blocks", "read_matrix"]

_CELLS = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_LEVEL_M, _FORMAT_MASK = 0, 0x5412
_FORMAT = [(0, 8), (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (7, 8), (8, 8)] + [
    (8, column) for column in (7, 5, 4, 3, 2, 1, 0)
]
"""Where the 15 bits of the format stand around the upper left corner, the lowest first."""
_NUMBERS, _SIGNS, _END = 1, 2, 0


def read_half_blocks(lines: Sequence[str]) -> str:
    """The text of a code that stands on a screen.

    Args:
        lines: As `keys.paper.qr.half_blocks` writes them.

    Raises:
        ValueError: It cannot be read.
    """
    rows: list[tuple[bool, ...]] = []
    for line in lines:
        try:
            pairs = [_CELLS[sign] for sign in line]
        except KeyError:
            raise ValueError("a sign that is no half block") from None
        rows += [tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)]
    size = len(lines[0]) - 2 * QUIET if lines else 0
    return read_matrix(tuple(row[QUIET : QUIET + size] for row in rows[QUIET : QUIET + size]))


def read_matrix(modules: Matrix) -> str:
    """The text of a code's modules.

    Raises:
        ValueError: It cannot be read.
    """
    size = len(modules)
    version, rest = divmod(size - 17, 4)
    if rest or not 1 <= version <= 40 or any(len(row) != size for row in modules):
        raise ValueError("not the size of a code")
    mask = _mask_of(modules)
    bits = _bits(modules, version, mask)
    return _text(_data(bits, version), version)


def _mask_of(modules: Matrix) -> int:
    bits = sum(modules[row][column] << place for place, (row, column) in enumerate(_FORMAT)) ^ _FORMAT_MASK
    level, mask = bits >> 13, bits >> 10 & 7
    if level != _LEVEL_M or util.BCH_type_info(bits >> 10) != bits ^ _FORMAT_MASK:
        raise ValueError("its format cannot be read")
    return mask


def _bits(modules: Matrix, version: int, mask: int) -> list[bool]:
    turned = util.mask_func(mask)
    return [
        modules[row][column] ^ turned(row, column)
        for row, column in _path(len(modules))
        if not _fixed(row, column, version)
    ]


def _path(size: int) -> Iterator[tuple[int, int]]:
    """The way through the modules: two columns at a time, up and down, from the right."""
    upwards = True
    for right in range(size - 1, 0, -2):
        column = right if right > 6 else right - 1
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield row, column
            yield row, column - 1
        upwards = not upwards


def _fixed(row: int, column: int, version: int) -> bool:
    """Whether a module belongs to the pattern and not to the data."""
    size = 17 + 4 * version
    in_corner = (row < 9 and (column < 9 or column > size - 9)) or (row > size - 9 and column < 9)
    if in_corner or row == 6 or column == 6:
        return True
    if version >= 7 and ((row < 6 and column > size - 12) or (column < 6 and row > size - 12)):
        return True
    centres = util.PATTERN_POSITION_TABLE[version - 1]
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    return any(
        abs(row - y) <= 2 and abs(column - x) <= 2 for y in centres for x in centres if (y, x) not in corners
    )


def _data(bits: Sequence[bool], version: int) -> str:
    """The data as bits, its words out of the order in which their blocks are mixed."""
    words = [
        sum(bit << 7 - place for place, bit in enumerate(bits[at : at + 8]))
        for at in range(0, len(bits) - 7, 8)
    ]
    sizes = [block.data_count for block in base.rs_blocks(version, constants.ERROR_CORRECT_M)]
    blocks: list[list[int]] = [[] for _ in sizes]
    taken = iter(words)
    for place in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if place < size:
                block.append(next(taken))
    return "".join(f"{word:08b}" for block in blocks for word in block)


def _text(bits: str, version: int) -> str:
    """The letters and numbers of the segments."""
    at, text = 0, ""

    def take(count: int) -> int:
        nonlocal at
        if at + count > len(bits):
            raise ValueError("it ends too early")
        at += count
        return int(bits[at - count : at], 2)

    wide = 2 if version >= 10 else 0
    while len(bits) - at >= 4 and (kind := take(4)) != _END:
        if kind == _NUMBERS:
            left = take(10 + wide)
            while left:
                count = min(left, 3)
                text += f"{take(3 * count + 1):0{count}d}"
                left -= count
        elif kind == _SIGNS:
            left = take(9 + wide)
            for _ in range(left // 2):
                text += "".join(_letter(part) for part in divmod(take(11), 45))
            text += _letter(take(6)) if left % 2 else ""
        else:
            raise ValueError("a kind of segment that codes do not use")
    return text


def _letter(number: int) -> str:
    if number >= len(_LETTERS):
        raise ValueError("a letter that codes do not have")
    return _LETTERS[number]
