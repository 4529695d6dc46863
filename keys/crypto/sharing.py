"""Sharing a secret so that any two of n holders have it and one alone has nothing.

Shamir's scheme for two, byte by byte over GF(2^8): share(x) = secret + slope * x. A small check of the
secret goes with every share; it lets `join` notice a wrong share 15 times in 16, and tells one holder
nothing of use. What the secret unwraps is authenticated, and notices the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from keys.crypto.errors import CryptoError
from keys.crypto.transcript import tagged

__all__ = ["MAX_SHARES", "SECRET_LENGTH", "Share", "join", "split"]

SECRET_LENGTH = 16
MAX_SHARES = 15
_POLYNOMIAL = 0x11B


@dataclass(frozen=True, slots=True)
class Share:
    """What one holder keeps."""

    index: int
    """1 to 15."""
    check: int
    """0 to 15, the same on all shares of a secret."""
    value: bytes
    """16 bytes."""

    def __post_init__(self) -> None:
        if not 1 <= self.index <= MAX_SHARES or not 0 <= self.check < 16 or len(self.value) != SECRET_LENGTH:
            raise CryptoError("share", "expected an index of 1 to 15, a check of 0 to 15 and 16 bytes")

    def __repr__(self) -> str:
        return f"Share(index={self.index}, ...)"

    def recognition(self, salt: bytes) -> bytes:
        """Return 8 bytes by which a machine recognises this share without being able to make it.

        Args:
            salt: Of the machine, so that two machines cannot be compared.
        """
        return tagged("isoloir/share/1", salt, bytes([self.index, self.check]), self.value)[:8]


def _multiply(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0x100:
            left ^= _POLYNOMIAL
        right >>= 1
    return product


def _inverse(number: int) -> int:
    result = 1
    for _ in range(254):
        result = _multiply(result, number)
    return result


def _check(secret: bytes) -> int:
    return tagged("isoloir/share/check/1", secret)[0] >> 4


def split(secret: bytes, holders: int, random_bytes: Callable[[int], bytes]) -> list[Share]:
    """Split a secret of 16 bytes for 2 to 15 holders.

    Raises:
        CryptoError: Another length or another number of holders.
    """
    if len(secret) != SECRET_LENGTH or not 2 <= holders <= MAX_SHARES:
        raise CryptoError("share", "expected 16 bytes and 2 to 15 holders")
    slope = random_bytes(SECRET_LENGTH)
    check = _check(secret)
    return [
        Share(x, check, bytes(s ^ _multiply(a, x) for s, a in zip(secret, slope, strict=True)))
        for x in range(1, holders + 1)
    ]


def join(share_a: Share, share_b: Share) -> bytes:
    """Join any two shares of a secret.

    Raises:
        CryptoError: Step ``"same share"``: twice the same; ``"foreign share"``: of two secrets;
            ``"share"``: one of the two is wrong (noticed 15 times in 16).
    """
    if share_a.index == share_b.index:
        raise CryptoError("same share", "two different shares are needed")
    if share_a.check != share_b.check:
        raise CryptoError("foreign share", "the two shares do not belong together")
    span = _inverse(share_a.index ^ share_b.index)
    secret = bytes(
        a ^ _multiply(_multiply(a ^ b, span), share_a.index)
        for a, b in zip(share_a.value, share_b.value, strict=True)
    )
    if _check(secret) != share_a.check:
        raise CryptoError("share", "one of the two shares is wrong")
    return secret
