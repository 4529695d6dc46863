"""Where random scalars come from: the system, or the seed of one visit.

The seed of a visit is 32 bytes, drawn afresh each time its ballots are built, never stored. Opening it
(Benaloh's challenge, design, section 5) lets anybody rebuild the ballots: `expand_seed` is the one function
that does it, on the machine and for the checker.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from keys.crypto.errors import CryptoError
from keys.crypto.group import Point, Q, Scalar
from keys.crypto.transcript import prf

__all__ = ["SEED_LENGTH", "Draw", "SeededDraw", "expand_seed", "system_draw"]

Draw = Callable[[], Scalar]
"""Gives the next random scalar."""

SEED_LENGTH = 32


def system_draw() -> Scalar:
    """Draw a uniform scalar from the operating system."""
    return Scalar(secrets.randbelow(Q))


class SeededDraw:
    """A stream of scalars fixed by a seed and its context; each from 64 bytes, so without bias."""

    __slots__ = ("_counter", "_key")

    def __init__(self, seed: bytes, *context: bytes) -> None:
        if len(seed) != SEED_LENGTH:
            raise CryptoError("seed", f"expected {SEED_LENGTH} bytes, found {len(seed)}")
        self._key = prf(seed, "isoloir/draw/key/1", *context)
        self._counter = 0

    def __call__(self) -> Scalar:
        """Return the next scalar of the stream."""
        block = prf(self._key, "isoloir/draw/scalar/1", self._counter.to_bytes(8, "big"))
        self._counter += 1
        return Scalar(int.from_bytes(block, "big") % Q)


def expand_seed(seed: bytes, *, fingerprint: str, credential: Point, selection: Sequence[int]) -> SeededDraw:
    """Expand a visit's seed for the ballot of one contest.

    Args:
        seed: 32 bytes, of one building of one visit.
        fingerprint: Of the contest's Belenios election, 43 characters.
        credential: Public credential the ballot will carry.
        selection: The choices as given to the ballot, each 0 to 255.

    Returns:
        The draws in the order in which `keys.election.ballot` uses them.
    """
    return SeededDraw(seed, fingerprint.encode(), credential.raw, bytes(selection))
