"""Voting credentials (section 4.8): the private text, its secret exponent, the public point.

A credential of Belenios 3.0 is 22 random characters of Base58 as `XXXXX-XXXXXX-XXXXX-XXXXXX`; it has no
checksum. A machine keeps no list of them: it derives each from its credential seed, the contest and the
row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from keys.crypto.errors import CryptoError
from keys.crypto.group import Point, Scalar, base_mul
from keys.crypto.transcript import prf, sha256_text, wide_challenge

__all__ = [
    "BASE58",
    "base58",
    "credential_from_entropy",
    "derive_credential",
    "public_credential",
    "secret_key",
    "sort_credentials",
]

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_CREDENTIAL = re.compile("-".join(f"[{BASE58}]{{{length}}}" for length in (5, 6, 5, 6)))


def base58(entropy: bytes, length: int) -> str:
    """Write uniform characters of Base58 from 64 uniform bytes.

    Raises:
        CryptoError: Step ``"entropy"``: another number of bytes; fewer would leave a bias.
    """
    if len(entropy) != 64:
        raise CryptoError("entropy", f"expected 64 bytes, found {len(entropy)}")
    number = int.from_bytes(entropy, "big")
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, 58)
        digits += BASE58[digit]
    return digits


def credential_from_entropy(entropy: bytes) -> str:
    """Write a private credential from 64 uniform bytes; see `base58`."""
    digits = base58(entropy, 22)
    return f"{digits[:5]}-{digits[5:11]}-{digits[11:16]}-{digits[16:]}"


def derive_credential(seed: bytes, uuid: str, index: int) -> str:
    """Derive a machine's private credential of one row of one contest.

    Args:
        seed: The machine's credential seed, 32 secret bytes.
        uuid: Of the contest's Belenios election.
        index: Row, from 0.
    """
    if len(seed) != 32:
        raise CryptoError("credential", f"expected a seed of 32 bytes, found {len(seed)}")
    entropy = prf(seed, "isoloir/credential/1", uuid.encode(), index.to_bytes(8, "big"))
    return credential_from_entropy(entropy)


def secret_key(uuid: str, credential: str) -> Scalar:
    """Compute the secret exponent of a private credential in one election (section 4.8).

    Raises:
        CryptoError: The text is not a private credential.
    """
    if not _CREDENTIAL.fullmatch(credential):
        raise CryptoError("credential", "expected XXXXX-XXXXXX-XXXXX-XXXXXX in Base58")
    halves = (sha256_text(f"derive_credential|{uuid}|{half}|{credential}") for half in (0, 1))
    return wide_challenge(b"".join(halves))


def public_credential(uuid: str, credential: str) -> Point:
    """Compute the public point of a private credential in one election."""
    return base_mul(secret_key(uuid, credential))


def sort_credentials(credentials: Iterable[Point]) -> list[Point]:
    """Sort public credentials as the archive lists them: by their little-endian bytes."""
    return sorted(credentials, key=lambda point: point.raw)
