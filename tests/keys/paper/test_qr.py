"""The drawing of a code, read by a decoder that is not ours."""

from __future__ import annotations

import random

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from keys.paper import qr
from keys.paper.codes import encode


def code(length: int) -> str:
    (text,) = encode(random.Random(length).randbytes(length))
    return text


def pixels(lines: list[str], width: int = 4) -> NDArray[np.uint8]:
    """Cells of a terminal, each ``width`` by twice that, as a grey picture: signs black on white."""
    upper = {"█", "▀"}
    lower = {"█", "▄"}
    rows = [[0 if sign in signs else 255 for sign in line] for line in lines for signs in (upper, lower)]
    return np.array(rows, dtype=np.uint8).repeat(width, axis=0).repeat(width, axis=1)


def read(picture: NDArray[np.uint8]) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize(
    ("length", "version", "rows"),
    [(149, 9, 31), (389, 15, 43), (617, 19, 51)],
    ids=["receipt", "15 trackers", "most"],
)
def test_versions_and_rows_of_the_plan(length: int, version: int, rows: int) -> None:
    modules = qr.matrix(code(length))
    assert qr.version(modules) == version
    assert all(len(row) == len(modules) for row in modules)
    assert len(qr.half_blocks(modules)) == rows


@pytest.mark.parametrize("length", [1, 60, 149, 233, 389, 500, 617])
def test_half_blocks_are_read_by_another_program(length: int) -> None:
    lines = qr.half_blocks(qr.matrix(code(length)))
    assert {len(line) for line in lines} == {len(qr.matrix(code(length))) + 8}
    assert read(pixels(lines)) == [code(length)]


def test_one_changed_digit_is_another_drawing() -> None:
    text = code(149)
    other = text[:-1] + str((int(text[-1]) + 1) % 10)
    assert read(pixels(qr.half_blocks(qr.matrix(other)))) == [other]
    assert qr.matrix(other) != qr.matrix(text)


def test_odd_rows_are_filled_with_light() -> None:
    light = " " * 9
    assert qr.half_blocks(((True,),)) == [light, light, "    ▀    ", light, light]


def test_what_is_not_drawn() -> None:
    for text in ("HELLO", "ISO1", "ISO1x", "ISO1" + "9" * 1489):
        with pytest.raises(ValueError, match=r"code|fit"):
            qr.matrix(text)
