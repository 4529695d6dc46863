"""Partial decryptions (section 4.20) with our second proof, and the small logarithm of section 4.21."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, IDENTITY, Point, Scalar, base_mul, mul, scalar
from keys.crypto.proofs import (
    Proof,
    bound_decryption_prove,
    bound_decryption_verify,
    decryption_prove,
    decryption_verify,
)
from keys.crypto.randomness import Draw

__all__ = [
    "Logarithms",
    "PartialDecryption",
    "partial_decrypt",
    "verify_partial",
    "verify_published_partial",
]

MAX_PARTIAL_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class PartialDecryption:
    """One trustee's decryption of one contest."""

    factors: tuple[Point, ...]
    """One a ciphertext: alpha to the power of the trustee's share."""
    proofs: tuple[Proof, ...]
    """Belenios' proofs."""
    bound: tuple[Proof, ...] = ()
    """Our second proofs, published beside the archive; none in an archive by somebody else."""

    def to_json(self) -> bytes:
        """Write Belenios' `partial_decryption`, without the second proofs."""
        factors = ",".join(f'"{factor.hex()}"' for factor in self.factors)
        proofs = ",".join(proof.to_json() for proof in self.proofs)
        return f'{{"decryption_factors":[[{factors}]],"decryption_proofs":[[{proofs}]]}}'.encode()

    @classmethod
    def parse(cls, data: bytes, bound: Sequence[Proof] = ()) -> PartialDecryption:
        """Read Belenios' `partial_decryption` of one question, and put the second proofs beside it.

        Factors are checked to be in the group; the identity is allowed, it decrypts an empty tally.

        Raises:
            CryptoError: Step ``"partial decryption"``, ``"point"``, ``"proof"`` or ``"scalar"``.
        """
        if len(data) > MAX_PARTIAL_BYTES:
            raise CryptoError("partial decryption", f"longer than {MAX_PARTIAL_BYTES} bytes")
        try:
            value = json.loads(data.decode("ascii"))
            (factors,), (proofs,) = value["decryption_factors"], value["decryption_proofs"]
            partial = cls(
                tuple(Point.from_hex(factor, allow_identity=True) for factor in factors),
                tuple(Proof.from_json(proof) for proof in proofs),
                tuple(bound),
            )
        except CryptoError:
            raise
        except (ValueError, TypeError, KeyError, RecursionError):
            raise CryptoError("partial decryption", "not the JSON of one question") from None
        if partial.to_json() != data:
            raise CryptoError("partial decryption", "not written in the canonical form")
        return partial


def partial_decrypt(
    secret: Scalar, ciphertexts: Sequence[Ciphertext], fingerprint: str, draw: Draw
) -> PartialDecryption:
    """Decrypt with one trustee's share, with both proofs for each ciphertext.

    The caller has decided that these ciphertexts may be opened: nothing is asked here.

    Args:
        secret: The trustee's private share.
        ciphertexts: The encrypted tally of the contest, points of the group.
        fingerprint: Of the contest's election.
        draw: Randomness.
    """
    return PartialDecryption(
        tuple(mul(item.alpha, secret) for item in ciphertexts),
        tuple(decryption_prove(secret, item.alpha, fingerprint, draw) for item in ciphertexts),
        tuple(
            bound_decryption_prove(secret, item, fingerprint, index, draw)
            for index, item in enumerate(ciphertexts)
        ),
    )


def verify_published_partial(
    public: Point, ciphertexts: Sequence[Ciphertext], fingerprint: str, partial: PartialDecryption
) -> None:
    """Check a partial decryption as the specification does; enough only for archives that are not ours.

    Raises:
        CryptoError: Step ``"shape"``, ``"decryption proof"`` or ``"point"``.
    """
    if not len(ciphertexts) == len(partial.factors) == len(partial.proofs):
        raise CryptoError("shape", f"expected {len(ciphertexts)} factors and as many proofs")
    for item, factor, proof in zip(ciphertexts, partial.factors, partial.proofs, strict=True):
        decryption_verify(public, item.alpha, factor, fingerprint, proof)


def verify_partial(
    public: Point, ciphertexts: Sequence[Ciphertext], fingerprint: str, partial: PartialDecryption
) -> None:
    """Check a partial decryption of one of our votes: Belenios' proofs and the second ones.

    Args:
        public: The trustee's share of the public key, of the group.
        ciphertexts: The encrypted tally of the contest, points of the group.
        fingerprint: Of the contest's election.
        partial: What is checked.

    Raises:
        CryptoError: Step ``"shape"``, ``"decryption proof"``, ``"bound decryption proof"`` or ``"point"``.
    """
    verify_published_partial(public, ciphertexts, fingerprint, partial)
    if len(partial.bound) != len(ciphertexts):
        raise CryptoError("shape", f"expected {len(ciphertexts)} second proofs, found {len(partial.bound)}")
    rows = zip(ciphertexts, partial.factors, partial.bound, strict=True)
    for index, (item, factor, proof) in enumerate(rows):
        bound_decryption_verify(public, item, factor, fingerprint, index, proof)


class Logarithms:
    """Discrete logarithms from 0 to a bound, by baby steps and giant steps."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._stride = isqrt(bound) + 1
        self._baby: dict[bytes, int] = {}
        point = IDENTITY
        for step in range(self._stride):
            self._baby[point.raw] = step
            point += GENERATOR
        self._giant = base_mul(scalar(self._stride))

    def __call__(self, point: Point) -> int:
        """Return n such that the point is g^n.

        Raises:
            CryptoError: Step ``"logarithm"``: n is not between 0 and the bound.
        """
        rest = point
        for giant in range(self._stride + 1):
            step = self._baby.get(rest.raw)
            if step is not None and giant * self._stride + step <= self._bound:
                return giant * self._stride + step
            rest -= self._giant
        raise CryptoError("logarithm", f"no number from 0 to {self._bound}")
