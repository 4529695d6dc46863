"""The square code on the screen: its cells, with the colours they really have, read by an independent decoder."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray
from rich.color import Color
from rich.segment import Segment

from keys.paper.codes import encode
from station import answers as a
from station import questions as q
from station.app import StationApp
from station.officers.office import Office
from tests.simulator.terminal import Terminal
from tests.station.app.conftest import Play

HALVES = {"█": (True, True), "▀": (True, False), "▄": (False, True)}
pytestmark = pytest.mark.asyncio
CELL = 4
"""Pixels across a cell; a cell is twice as high as wide."""


def grey(color: Color | None, otherwise: int) -> int:
    if color is None or color.is_default:
        return otherwise
    red, green, blue = color.get_truecolor()
    return (299 * red + 587 * green + 114 * blue) // 1000


def halves(segment: Segment) -> list[tuple[int, int]]:
    style = segment.style
    ink = grey(style.color if style else None, 255)
    ground = grey(style.bgcolor if style else None, 0)
    if style is not None and style.reverse:
        ink, ground = ground, ink
    shown = (HALVES.get(sign, (False, False)) for sign in segment.text)
    return [(ink if upper else ground, ink if lower else ground) for upper, lower in shown]


def picture(app: StationApp) -> NDArray[np.uint8]:
    """What the terminal shows, as grey pixels."""
    rows: list[list[int]] = []
    for strip in app.screen._compositor.render_strips():
        cells = [pair for segment in strip for pair in halves(segment)]
        rows += [[upper for upper, _ in cells], [lower for _, lower in cells]]
    width = max(map(len, rows))
    full = [row + [255] * (width - len(row)) for row in rows]
    return np.array(full, dtype=np.uint8).repeat(CELL, axis=0).repeat(CELL, axis=1)


def recorded(office: Office) -> q.Recorded:
    for answer in (a.Done(), a.Done(), a.SlipInHand(), a.Vote()):
        office.answer(answer)
    question = office.question
    assert isinstance(question, q.Recorded)
    return question


def read(terminal: Terminal) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture(terminal.app))]


async def test_the_code_of_the_receipt_is_read_off_the_screen(in_booth: Office, play: Play) -> None:
    receipt = recorded(in_booth).receipt
    async with play(in_booth, (100, 60)) as terminal:
        assert read(terminal) == list(encode(receipt))


@pytest.mark.parametrize("size", [(85, 24), (42, 12)])
async def test_where_there_is_no_room_the_short_code_stands_alone(
    in_booth: Office, play: Play, size: tuple[int, int]
) -> None:
    (code,) = recorded(in_booth).codes
    async with play(in_booth, size) as terminal:
        assert not read(terminal)
        assert code in terminal.text
        assert not set(HALVES) & set(terminal.text)
