"""The messages of a key ceremony (section 4.6): `polynomial`, `vinput` and `voutput` of the specification."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from keys.crypto.channel import SignedMessage, decode
from keys.crypto.errors import CryptoError
from keys.crypto.proofs import Proof
from keys.crypto.trustee_key import TrusteePublicKey

__all__ = ["Delivery", "Outcome", "Polynomial"]


def _proofs(values: object) -> tuple[Proof, ...]:
    if not isinstance(values, list):
        raise CryptoError("message", "expected a list of proofs")
    return tuple(Proof.from_json(value) for value in values)


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise CryptoError("message", "expected a list of texts")
    return tuple(values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise CryptoError("message", "expected a text")
    return value


@dataclass(frozen=True, slots=True)
class Polynomial:
    """What a trustee deals in step 3 (`polynomial`)."""

    polynomial: str
    """The coefficients, sealed to the trustee itself."""
    secrets: tuple[str, ...]
    """The image at each member's index, sealed to that member."""
    coefexps: SignedMessage
    """The commitments to the coefficients."""
    signature: Proof
    """Ties the commitments to all certificates."""

    def to_json(self) -> str:
        """Write the compact JSON object."""
        return (
            f'{{"polynomial":{json.dumps(self.polynomial)},"secrets":{_compact(self.secrets)},'
            f'"coefexps":{self.coefexps.to_json()},"signature":{self.signature.to_json()}}}'
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> Polynomial:
        """Read the message.

        Raises:
            CryptoError: Step ``"message"``, or those of the parts.
        """
        value = decode("message", text, ("polynomial", "secrets", "coefexps", "signature"))
        return cls(
            _text(value["polynomial"]),
            _texts(value["secrets"]),
            SignedMessage.from_json(value["coefexps"]),
            Proof.from_json(value["signature"]),
        )


def _compact(texts: Sequence[str]) -> str:
    return "[" + ",".join(json.dumps(text) for text in texts) + "]"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is brought to a trustee in step 5 (`vinput`)."""

    polynomial: str
    """The trustee's own sealed coefficients."""
    secrets: tuple[str, ...]
    """What each member dealt to this trustee."""
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]

    def to_json(self) -> str:
        """Write the compact JSON object."""
        coefexps = ",".join(item.to_json() for item in self.coefexps)
        signatures = ",".join(item.to_json() for item in self.signatures)
        return (
            f'{{"polynomial":{json.dumps(self.polynomial)},"secrets":{_compact(self.secrets)},'
            f'"coefexps":[{coefexps}],"signatures":[{signatures}]}}'
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> Delivery:
        """Read the message.

        Raises:
            CryptoError: Step ``"message"``, or those of the parts.
        """
        value = decode("message", text, ("polynomial", "secrets", "coefexps", "signatures"))
        if not isinstance(value["coefexps"], list):
            raise CryptoError("message", "expected a list of signed messages")
        return cls(
            _text(value["polynomial"]),
            _texts(value["secrets"]),
            tuple(SignedMessage.from_json(item) for item in value["coefexps"]),
            _proofs(value["signatures"]),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trustee hands in at the end (`voutput`)."""

    private_key: str
    """The share of the key, sealed to the trustee itself; needed again for decryption."""
    public_key: TrusteePublicKey

    def to_json(self) -> str:
        """Write the compact JSON object."""
        return f'{{"private_key":{json.dumps(self.private_key)},"public_key":{self.public_key.to_json()}}}'

    @classmethod
    def from_json(cls, text: str | bytes) -> Outcome:
        """Read the message.

        Raises:
            CryptoError: Step ``"message"``, or those of the parts.
        """
        value = decode("message", text, ("private_key", "public_key"))
        return cls(_text(value["private_key"]), TrusteePublicKey.from_json(value["public_key"]))
