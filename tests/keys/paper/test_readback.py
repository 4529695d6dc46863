"""A code is read back from the cells of a screen, or it is not what was drawn."""

from __future__ import annotations

import random

import pytest

from keys.paper import qr
from keys.paper.codes import encode
from keys.paper.readback import read_half_blocks, read_matrix


def code(length: int) -> str:
    (text,) = encode(random.Random(length).randbytes(length))
    return text


@pytest.mark.parametrize("length", [1, 9, 60, 90, 149, 180, 233, 389, 500, 617])
def test_every_size_comes_back_from_its_cells(length: int) -> None:
    assert read_half_blocks(qr.half_blocks(qr.matrix(code(length)))) == code(length)


@pytest.mark.parametrize("length", [1, 149, 617])
def test_no_module_of_the_first_words_can_turn_unseen(length: int) -> None:
    modules = qr.matrix(code(length))
    size = len(modules)
    for row in range(size - 8, size):
        for column in (size - 2, size - 1):
            changed = [list(line) for line in modules]
            changed[row][column] ^= True
            try:
                read = read_matrix(tuple(map(tuple, changed)))
            except ValueError:
                continue
            assert read != code(length)


@pytest.mark.parametrize(
    "lines",
    [[], ["x"], ["▀" * 29] * 15, ["█" * 29] * 15, [" " * 30] * 15, qr.half_blocks(qr.matrix(code(60)))[:-3]],
    ids=["nothing", "a letter", "stripes", "dark", "no size", "cut"],
)
def test_what_is_no_code_is_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_half_blocks(lines)
