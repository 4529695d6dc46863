"""A trustee's share of the key: the secret, and what is published of it (section 4.5)."""

from __future__ import annotations

from dataclasses import dataclass

from keys.crypto.errors import CryptoError
from keys.crypto.group import Point, Scalar, base_mul
from keys.crypto.proofs import Proof, pok_prove, pok_verify
from keys.crypto.randomness import Draw

__all__ = ["TrusteeKey", "TrusteePublicKey"]


@dataclass(frozen=True, slots=True)
class TrusteePublicKey:
    """A trustee's public share with the proof that its secret is known (section 4.5)."""

    public_key: Point
    pok: Proof
    signature: Proof | None = None
    """By the trustee's own signing key, in a set with a threshold only."""

    def to_json(self) -> str:
        """Write the compact JSON object."""
        signature = "" if self.signature is None else f',"signature":{self.signature.to_json()}'
        return f'{{"pok":{self.pok.to_json()},"public_key":"{self.public_key.hex()}"{signature}}}'

    @classmethod
    def from_json(cls, value: object) -> TrusteePublicKey:
        """Read a decoded JSON object.

        Raises:
            CryptoError: Anything is missing or malformed.
        """
        if not isinstance(value, dict) or not {"pok", "public_key"} <= set(value):
            raise CryptoError("trustee", "expected an object with pok and public_key")
        signature = Proof.from_json(value["signature"]) if "signature" in value else None
        return cls(Point.from_hex(value["public_key"]), Proof.from_json(value["pok"]), signature)

    def verify(self) -> None:
        """Check the proof of knowledge.

        Raises:
            CryptoError: Step ``"proof of knowledge"``.
        """
        pok_verify(self.public_key, self.pok)


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """A single trustee's private key."""

    secret: Scalar

    @classmethod
    def generate(cls, draw: Draw) -> TrusteeKey:
        """Draw a key."""
        while not (secret := draw()):
            pass
        return cls(secret)

    def public(self, draw: Draw) -> TrusteePublicKey:
        """Return the public key with a fresh proof of knowledge."""
        return TrusteePublicKey(base_mul(self.secret), pok_prove(self.secret, draw))

    def __repr__(self) -> str:
        return "TrusteeKey(...)"
