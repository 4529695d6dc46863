"""Exponential El Gamal (section 4.11.1): sums of ciphertexts are ciphertexts of sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keys.crypto.group import IDENTITY, Point, Scalar, base_mul, mul, scalar

__all__ = ["IDENTITY_CIPHERTEXT", "Ciphertext", "encrypt", "encrypt_point", "total"]


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """A pair (alpha, beta) = (g^r, y^r m)."""

    alpha: Point
    beta: Point

    def __add__(self, other: Ciphertext) -> Ciphertext:
        return Ciphertext(self.alpha + other.alpha, self.beta + other.beta)

    def text(self) -> str:
        """Write both points with a comma, as the challenges hash them."""
        return f"{self.alpha.hex()},{self.beta.hex()}"

    def to_json(self) -> str:
        """Write the compact JSON object."""
        return f'{{"alpha":"{self.alpha.hex()}","beta":"{self.beta.hex()}"}}'


IDENTITY_CIPHERTEXT = Ciphertext(IDENTITY, IDENTITY)
"""The empty sum."""


def encrypt(key: Point, message: int, randomness: Scalar) -> Ciphertext:
    """Encrypt a small integer in the exponent under the public key."""
    return encrypt_point(key, base_mul(scalar(message)), randomness)


def encrypt_point(key: Point, message: Point, randomness: Scalar) -> Ciphertext:
    """Encrypt a group element under the public key."""
    mask = mul(key, randomness)
    return Ciphertext(base_mul(randomness), mask if message.is_identity else mask + message)


def total(ciphertexts: Iterable[Ciphertext]) -> Ciphertext:
    """Add ciphertexts; nothing gives the empty sum."""
    result = IDENTITY_CIPHERTEXT
    for ciphertext in ciphertexts:
        result = ciphertext if result is IDENTITY_CIPHERTEXT else result + ciphertext
    return result
