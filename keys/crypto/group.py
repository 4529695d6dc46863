"""The group Ed25519 of Belenios 3.0 (section 5.3): scalars modulo q, points of the prime-order subgroup.

Points travel as 64 hexadecimal digits, big-endian; libsodium wants 32 bytes, little-endian. `Point.raw` is
the latter. libsodium's multiplication refuses points outside the subgroup, and also three honest cases
(scalar 0, the identity as input or result): `mul` and `base_mul` are the one place where these are told
apart. Python integers are not constant-time and cannot be wiped: see the security notes of the README.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

import nacl.bindings as sodium
import nacl.exceptions

from keys.crypto.errors import CryptoError

__all__ = [
    "GENERATOR",
    "GROUP_NAME",
    "IDENTITY",
    "Point",
    "Q",
    "Scalar",
    "base_mul",
    "mul",
    "scalar",
    "scalar_from_json",
]

GROUP_NAME = "Ed25519"
Q = 2**252 + 27742317777372353535851937790883648493
"""Order of the group."""
_P = 2**255 - 19
_COORDINATE = (1 << 255) - 1
_HEX = re.compile(r"[0-9a-f]{64}")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,76}")
_ONE = bytes([1]) + bytes(31)

Scalar = NewType("Scalar", int)
"""An exponent, 0 <= n < Q."""

_add = sodium.crypto_core_ed25519_add
_sub = sodium.crypto_core_ed25519_sub
_is_valid = sodium.crypto_core_ed25519_is_valid_point
_scalarmult = sodium.crypto_scalarmult_ed25519_noclamp
_scalarmult_base = sodium.crypto_scalarmult_ed25519_base_noclamp


def scalar(number: int) -> Scalar:
    """Wrap any integer (also a negative one) modulo Q."""
    return Scalar(number % Q)


def scalar_from_json(text: object) -> Scalar:
    """Read a scalar as JSON writes it: a decimal string without leading zeros, below Q.

    Raises:
        CryptoError: It is anything else.
    """
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise CryptoError("scalar", "expected a decimal string without leading zeros")
    number = int(text)
    if number >= Q:
        raise CryptoError("scalar", "the number is not below the order of the group")
    return Scalar(number)


@dataclass(frozen=True, slots=True)
class Point:
    """An element of the group, or bytes that only look like one (see `unchecked`)."""

    raw: bytes
    """Compressed point, 32 bytes, little-endian, as libsodium writes it."""

    @classmethod
    def from_bytes(cls, raw: bytes, *, allow_identity: bool = False) -> Point:
        """Read 32 little-endian bytes and check that they are a point of the prime-order subgroup.

        Raises:
            CryptoError: Wrong length, not canonical, not on the curve, outside the subgroup; or the identity,
                unless it is allowed.
        """
        if len(raw) != 32:
            raise CryptoError("point", f"expected 32 bytes, found {len(raw)}")
        if allow_identity and raw == _ONE:
            return IDENTITY
        if not cls.is_member(raw):
            raise CryptoError("point", "not an element of the group")
        return cls(bytes(raw))

    @classmethod
    def from_hex(cls, text: object, *, allow_identity: bool = False) -> Point:
        """Read 64 lower-case hexadecimal digits, big-endian, with the checks of `from_bytes`."""
        return cls.from_bytes(cls.unchecked_hex(text).raw, allow_identity=allow_identity)

    @classmethod
    def unchecked(cls, raw: bytes) -> Point:
        """Read 32 bytes, checking only that the coordinate is canonical; `mul` does the rest later.

        Raises:
            CryptoError: Wrong length, or the coordinate is not below the field's prime.
        """
        if len(raw) != 32:
            raise CryptoError("point", f"expected 32 bytes, found {len(raw)}")
        if int.from_bytes(raw, "little") & _COORDINATE >= _P:
            raise CryptoError("point", "the encoding is not canonical")
        return cls(bytes(raw))

    @classmethod
    def unchecked_hex(cls, text: object) -> Point:
        """Read 64 hexadecimal digits with the checks of `unchecked` only."""
        if not isinstance(text, str) or not _HEX.fullmatch(text):
            raise CryptoError("point", "expected 64 lower-case hexadecimal digits")
        return cls.unchecked(bytes.fromhex(text)[::-1])

    @staticmethod
    def is_member(raw: bytes) -> bool:
        """Tell whether 32 little-endian bytes are a point of the prime-order subgroup, not the identity."""
        return bool(_is_valid(raw))

    def hex(self) -> str:
        """Write 64 lower-case hexadecimal digits, big-endian."""
        return self.raw[::-1].hex()

    @property
    def is_identity(self) -> bool:
        """Whether this is the neutral element."""
        return self.raw == _ONE

    def __add__(self, other: Point) -> Point:
        try:
            return Point(_add(self.raw, other.raw))
        except nacl.exceptions.RuntimeError:
            raise CryptoError("point", "not an element of the group") from None

    def __sub__(self, other: Point) -> Point:
        try:
            return Point(_sub(self.raw, other.raw))
        except nacl.exceptions.RuntimeError:
            raise CryptoError("point", "not an element of the group") from None


IDENTITY = Point(_ONE)
"""The neutral element (written `1` in the specification)."""


def mul(point: Point, exponent: Scalar) -> Point:
    """Multiply a point by a scalar; zero and the identity give the identity.

    Membership in the prime-order subgroup is checked on the way (by libsodium, or here if the scalar is
    zero), so a point read by `Point.unchecked` needs no check of its own if it is multiplied. The identity
    passes.

    Raises:
        CryptoError: The point is not in the prime-order subgroup.
    """
    if point.raw == _ONE:
        return IDENTITY
    if not exponent:
        Point.from_bytes(point.raw)
        return IDENTITY
    try:
        return Point(_scalarmult(exponent.to_bytes(32, "little"), point.raw))
    except nacl.exceptions.RuntimeError:
        raise CryptoError("point", "not an element of the group") from None


def base_mul(exponent: Scalar) -> Point:
    """Multiply the generator by a scalar."""
    if not exponent:
        return IDENTITY
    return Point(_scalarmult_base(exponent.to_bytes(32, "little")))


GENERATOR = base_mul(Scalar(1))
"""The generator `g` of the specification."""
