"""Small integers as a group element, for ballots that are opened whole (section 5.2, `of_ints` and `to_ints`).

A vector of n values of 8 bits is put into the compressed form of a point, high values first, followed by 14 bits of
padding: the smallest number that makes it an element of the group.
"""

from __future__ import annotations

from collections.abc import Sequence

from keys.crypto.errors import CryptoError
from keys.crypto.group import Point

__all__ = ["MAX_VALUES", "check_encoding", "of_ints", "to_ints"]

MAX_VALUES = 30
"""More than 30 values of 8 bits do not fit below the field's prime."""
_BITS = 8
_PADDING = 14


def of_ints(values: Sequence[int]) -> Point:
    """Encode 1 to 30 values of 0 to 255.

    About one number in 16 is an element of the group, so among 2^14 there is always one.

    Raises:
        CryptoError: Step ``"encoding"``.
    """
    if not 1 <= len(values) <= MAX_VALUES or any(not 0 <= value < 1 << _BITS for value in values):
        raise CryptoError("encoding", f"expected 1 to {MAX_VALUES} values of 0 to 255")
    number = int.from_bytes(bytes(values), "big") << _PADDING
    for padding in range(1 << _PADDING):
        raw = (number + padding).to_bytes(32, "little")
        if Point.is_member(raw):
            return Point(raw)
    raise CryptoError("encoding", "no element of the group has these values")


def to_ints(point: Point, length: int) -> tuple[int, ...]:
    """Decode as the specification does: whatever the padding and the bits above the values are.

    Args:
        point: An element of the group.
        length: Number of values.
    """
    number = int.from_bytes(point.raw, "little") >> _PADDING
    return tuple(number >> _BITS * (length - 1 - place) & 255 for place in range(length))


def check_encoding(point: Point, length: int) -> None:
    """Check that an element is the one encoding of its values; another would be a ballot that can be recognised.

    Raises:
        CryptoError: Step ``"encoding"``.
    """
    if of_ints(to_ints(point, length)) != point:
        raise CryptoError("encoding", "not the only encoding of its values")
