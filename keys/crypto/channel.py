"""Signed and sealed messages between trustees (section 4.6: keys, signing, encrypting, channels).

Each trustee has a seed of 22 characters; a signing and a decryption key come from it. A sealed message is
an El Gamal encryption of a random element whose digest is the AES-256-CCM key (tag of 8 bytes, nonce of
13).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM

from keys.crypto.credentials import BASE58, base58
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point, Scalar, base_mul, mul
from keys.crypto.proofs import Proof, message_prove, message_verify
from keys.crypto.randomness import Draw
from keys.crypto.transcript import challenge, sha256_text

__all__ = ["ChannelKeys", "SignedMessage", "decode", "new_seed", "open_sealed", "seal"]

SEED_FORM = re.compile(f"[{BASE58}]{{22}}")
MAX_SEALED_BYTES = 65_535
"""Longer plaintexts would need a shorter nonce."""
_NONCE = 13
_TAG = 8


def new_seed(entropy: bytes) -> str:
    """Write a trustee's seed from 64 uniform bytes."""
    return base58(entropy, 22)


def decode(step: str, text: str | bytes, fields: tuple[str, ...]) -> dict[str, Any]:
    """Read a JSON object with exactly these fields in this order.

    Raises:
        CryptoError: With this step.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise CryptoError(step, "not JSON") from None
    if not isinstance(value, dict) or tuple(value) != fields:
        raise CryptoError(step, f"expected an object of {', '.join(fields)}")
    return value


@dataclass(frozen=True, slots=True)
class ChannelKeys:
    """What a trustee's seed gives."""

    signing: Scalar
    decryption: Scalar

    @classmethod
    def from_seed(cls, seed: str) -> ChannelKeys:
        """Derive the keys.

        Raises:
            CryptoError: Step ``"seed"``: not 22 characters of Base58.
        """
        if not SEED_FORM.fullmatch(seed):
            raise CryptoError("seed", "expected 22 characters of Base58")
        return cls(challenge(f"sk|{seed}"), challenge(f"dk|{seed}"))

    @property
    def verification(self) -> Point:
        """The public key others check signatures with."""
        return base_mul(self.signing)

    @property
    def encryption(self) -> Point:
        """The public key others seal messages to."""
        return base_mul(self.decryption)

    def __repr__(self) -> str:
        return "ChannelKeys(...)"


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A text with its author's signature."""

    message: str
    signature: Proof

    @classmethod
    def sign(cls, message: str, signing: Scalar, draw: Draw) -> SignedMessage:
        """Sign a text."""
        return cls(message, message_prove(signing, message, draw))

    def verify(self, verification: Point) -> None:
        """Check the signature.

        Raises:
            CryptoError: Step ``"message signature"``.
        """
        message_verify(verification, self.message, self.signature)

    def to_json(self) -> str:
        """Write the compact JSON object."""
        return f'{{"message":{json.dumps(self.message)},"signature":{self.signature.to_json()}}}'

    @classmethod
    def from_json(cls, value: object) -> SignedMessage:
        """Read a decoded JSON object.

        Raises:
            CryptoError: Step ``"signed message"`` or those of a proof.
        """
        if not isinstance(value, dict) or tuple(value) != ("message", "signature"):
            raise CryptoError("signed message", "expected an object of message, signature")
        message = value["message"]
        if not isinstance(message, str) or not message.isascii():
            raise CryptoError("signed message", "expected a text in ASCII")
        return cls(message, Proof.from_json(value["signature"]))


def _cipher(mask: Point, alpha: Point) -> tuple[AESCCM, bytes]:
    key = sha256_text(f"key|{mask.hex()}")
    return AESCCM(key, tag_length=_TAG), sha256_text(f"iv|{alpha.hex()}")[:_NONCE]


def seal(message: str, signing: Scalar, recipient: Point, draw: Draw) -> str:
    """Sign a text for one recipient and encrypt it to them (`send` of the specification).

    Raises:
        CryptoError: Step ``"sealed message"``: the text is too long.
    """
    inner = f'{{"recipient":"{recipient.hex()}","message":{json.dumps(message)}}}'
    plain = SignedMessage.sign(inner, signing, draw).to_json().encode()
    if len(plain) > MAX_SEALED_BYTES:
        raise CryptoError("sealed message", f"longer than {MAX_SEALED_BYTES} bytes")
    randomness, mask = draw(), base_mul(draw())
    alpha = base_mul(randomness)
    cipher, nonce = _cipher(mask, alpha)
    beta = mul(recipient, randomness) + mask
    data = cipher.encrypt(nonce, plain, None).hex()
    return f'{{"alpha":"{alpha.hex()}","beta":"{beta.hex()}","data":"{data}"}}'


def open_sealed(text: str, keys: ChannelKeys, sender: Point) -> str:
    """Decrypt a message, check that it is from this sender and for us, and return its text.

    Args:
        text: What `seal` made.
        keys: The recipient's.
        sender: The sender's verification key.

    Raises:
        CryptoError: Step ``"sealed message"``, ``"signed message"``, ``"message signature"``, ``"point"``.
    """
    step = "sealed message"
    outer = decode(step, text, ("alpha", "beta", "data"))
    alpha, beta = Point.from_hex(outer["alpha"]), Point.from_hex(outer["beta"])
    cipher, nonce = _cipher(beta - mul(alpha, keys.decryption), alpha)
    try:
        plain = cipher.decrypt(nonce, bytes.fromhex(outer["data"]), None).decode("ascii")
    except (InvalidTag, ValueError, TypeError):
        raise CryptoError(step, "it does not open with this key") from None
    signed = SignedMessage.from_json(decode(step, plain, ("message", "signature")))
    signed.verify(sender)
    inner = decode(step, signed.message, ("recipient", "message"))
    if inner["recipient"] != keys.encryption.hex() or not isinstance(inner["message"], str):
        raise CryptoError(step, "it is for somebody else")
    return inner["message"]
