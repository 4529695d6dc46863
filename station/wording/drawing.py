"""The square code of a statement, where a screen has room for all of it."""

from __future__ import annotations

from keys.paper.codes import encode
from keys.paper.qr import half_blocks, matrix
from station.wording.frame import Frame
from station.wording.page import Drawing, Item

__all__ = ["drawing_of"]


def drawing_of(statement: bytes, frame: Frame, beside: int) -> list[Item]:
    """The square code, whole or not at all; `beside` rows must be left for the rest."""
    texts = encode(statement)
    if len(texts) != 1:
        return []
    rows = half_blocks(matrix(texts[0]))
    if len(rows) + beside > frame.height or len(rows[0]) + 4 > frame.width:
        return []
    return [Drawing(tuple(rows))]
