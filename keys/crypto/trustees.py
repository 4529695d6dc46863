"""The trustees of an election (sections 4.5 and 4.7): keys, joint key, combined decryptions.

`["Single", ...]` is a trustee who is needed; a set of which some are enough is in `keys.crypto.pedersen`.
Owners are numbered from 1 over the list, a set counting all its members.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keys.crypto.decryption import (
    Logarithms,
    PartialDecryption,
    partial_decrypt,
    verify_partial,
    verify_published_partial,
)
from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import IDENTITY, Point
from keys.crypto.pedersen import Pedersen
from keys.crypto.trustee_key import TrusteeKey, TrusteePublicKey

__all__ = [
    "Logarithms",
    "PartialDecryption",
    "Pedersen",
    "Single",
    "TrusteeKey",
    "TrusteePublicKey",
    "Trustees",
    "combine",
    "decrypt_sums",
    "partial_decrypt",
    "verify_partial",
    "verify_published_partial",
]

MAX_TRUSTEES_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Single:
    """A trustee without whom nothing can be decrypted."""

    key: TrusteePublicKey

    @property
    def public_keys(self) -> tuple[Point, ...]:
        """The public shares, one."""
        return (self.key.public_key,)

    @property
    def joint_key(self) -> Point:
        """What this entry contributes to the election's key."""
        return self.key.public_key

    def verify(self) -> None:
        """Check the proof of knowledge."""
        self.key.verify()

    def to_json(self) -> str:
        """Write the compact JSON pair."""
        return f'["Single",{self.key.to_json()}]'

    def combine(self, factors: Mapping[int, Sequence[Point]]) -> list[Point]:
        """Return the trustee's own factors.

        Args:
            factors: By index inside this entry, from 1.

        Raises:
            CryptoError: Step ``"threshold"``: they are missing.
        """
        if 1 not in factors:
            raise CryptoError("threshold", "the decryption of a trustee who is needed is missing")
        return list(factors[1])


@dataclass(frozen=True, slots=True)
class Trustees:
    """All trustees of an election, in the order of its archive."""

    entries: tuple[Single | Pedersen, ...]

    @property
    def public_keys(self) -> tuple[Point, ...]:
        """The public share of each owner; owner n is at n - 1."""
        return tuple(key for entry in self.entries for key in entry.public_keys)

    @property
    def joint_key(self) -> Point:
        """The election's public key."""
        key = IDENTITY
        for entry in self.entries:
            key += entry.joint_key
        return key

    def verify(self) -> None:
        """Check every proof, and that there is a key at all.

        Raises:
            CryptoError: Step ``"proof of knowledge"`` or ``"trustees"``.
        """
        for entry in self.entries:
            entry.verify()
        if self.joint_key.is_identity:
            raise CryptoError("trustees", "the keys cancel out")

    def to_json(self) -> bytes:
        """Write the `trustees` of an archive."""
        return ("[" + ",".join(entry.to_json() for entry in self.entries) + "]").encode()

    @classmethod
    def parse(cls, data: bytes) -> Trustees:
        """Read the `trustees` of an archive; proofs are not checked here.

        Raises:
            CryptoError: Step ``"trustees"``, ``"trustee"``, ``"point"``, ``"proof"`` or ``"scalar"``.
        """
        if len(data) > MAX_TRUSTEES_BYTES:
            raise CryptoError("trustees", f"longer than {MAX_TRUSTEES_BYTES} bytes")
        try:
            value = json.loads(data.decode())
        except (ValueError, RecursionError):
            raise CryptoError("trustees", "not JSON in UTF-8") from None
        if not isinstance(value, list) or not value:
            raise CryptoError("trustees", "expected a list of trustees")
        trustees = cls(tuple(_entry(item) for item in value))
        if trustees.to_json() != data:
            raise CryptoError("trustees", "not written in the canonical form")
        return trustees


def _entry(value: object) -> Single | Pedersen:
    if isinstance(value, list) and len(value) == 2 and value[0] == "Single":
        return Single(TrusteePublicKey.from_json(value[1]))
    if isinstance(value, list) and len(value) == 2 and value[0] == "Pedersen":
        return Pedersen.from_json(value[1])
    raise CryptoError("trustees", "expected Single or Pedersen trustees")


def combine(trustees: Trustees, partials: Mapping[int, PartialDecryption]) -> list[Point]:
    """Combine verified partial decryptions into one factor a ciphertext (section 4.21).

    Args:
        trustees: Of the election.
        partials: By owner, from 1; checked by `verify_partial` before.

    Raises:
        CryptoError: Step ``"threshold"``: too few; or ``"shape"``: unknown owner, or not as many factors as
            another.
    """
    if not set(partials) <= set(range(1, len(trustees.public_keys) + 1)):
        raise CryptoError("shape", "a decryption has an owner who is not a trustee")
    if len({len(partial.factors) for partial in partials.values()}) > 1:
        raise CryptoError("shape", "two decryptions do not have the same number of factors")
    combined: list[Point] = []
    first = 1
    for entry in trustees.entries:
        size = len(entry.public_keys)
        own = {n + 1: partials[first + n].factors for n in range(size) if first + n in partials}
        factors = entry.combine(own)
        combined = [a + b for a, b in zip(combined, factors, strict=True)] if combined else factors
        first += size
    return combined


def decrypt_sums(ciphertexts: Sequence[Ciphertext], factors: Sequence[Point], bound: int) -> list[int]:
    """Open the sums of a homomorphic contest.

    Args:
        ciphertexts: The encrypted tally.
        factors: From `combine`.
        bound: No sum can be larger (number of ballots).

    Raises:
        CryptoError: Step ``"logarithm"`` or ``"shape"``.
    """
    if len(ciphertexts) != len(factors):
        raise CryptoError("shape", f"expected {len(ciphertexts)} factors, found {len(factors)}")
    logarithm = Logarithms(bound)
    return [logarithm(item.beta - factor) for item, factor in zip(ciphertexts, factors, strict=True)]
