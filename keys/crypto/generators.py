"""Generators of the group of which nobody knows a relation to each other (tables of section 6, `GetGenerator`)."""

from __future__ import annotations

from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, Point
from keys.crypto.transcript import sha256_text

__all__ = ["generators", "secondary_generator"]

_TRIES = 256


def _generator(index: int) -> Point:
    """Hash the index to a curve point, and multiply it by 8 into the group.

    Three doublings, as additions do not ask for membership and multiplications do.
    """
    start = int.from_bytes(sha256_text(f"ggen|{index}"), "big") >> 2
    for offset in range(_TRIES):
        point = Point((start + offset).to_bytes(32, "little"))
        try:
            for _ in range(3):
                point += point
        except CryptoError:
            continue
        if point.is_identity or point == GENERATOR:
            break
        return point
    raise CryptoError("generator", f"no generator number {index}")


def secondary_generator() -> Point:
    """Return the generator `h` with which chains of commitments start."""
    return _generator(-1)


def generators(count: int) -> list[Point]:
    """Return independent generators h_0 to h_(count-1).

    Raises:
        CryptoError: Step ``"generator"``: two are equal (never seen).
    """
    found = [_generator(index) for index in range(count)]
    if len({point.raw for point in found}) != count:
        raise CryptoError("generator", "two generators are equal")
    return found
