"""Every hash of the project: the only module that knows a hash function.

Two families. Belenios hashes ASCII texts with vertical bars (section 4), reads the digest as a big-endian
number modulo q. Our own additions use `tagged` and `prf`: a tag and every part with its length, so that no
two inputs run together.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from keys.crypto.group import Q, Scalar

__all__ = ["b64_digest", "challenge", "prf", "sha256", "sha256_text", "tagged", "wide_challenge"]


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 digest, 32 bytes."""
    return hashlib.sha256(data).digest()


def sha256_text(text: str) -> bytes:
    """Return the SHA-256 digest of a text in UTF-8, 32 bytes."""
    return hashlib.sha256(text.encode()).digest()


def challenge(text: str) -> Scalar:
    """Return the challenge of a proof: SHA-256, big-endian, modulo q."""
    return Scalar(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % Q)


def wide_challenge(text: bytes) -> Scalar:
    """Return 64 bytes, big-endian, modulo q."""
    return Scalar(int.from_bytes(text, "big") % Q)


def b64_digest(data: bytes) -> str:
    """Return the SHA-256 digest as Belenios prints it: Base64 without padding, 43 characters."""
    return base64.b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def tagged(tag: str, *parts: bytes) -> bytes:
    """Hash for our own uses: SHA-256 over the tag and the parts, each preceded by its length in 8 bytes.

    Returns:
        32 bytes.
    """
    digest = hashlib.sha256()
    for part in (tag.encode(), *parts):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def prf(key: bytes, tag: str, *parts: bytes) -> bytes:
    """Derive 64 bytes from a secret key: HMAC-SHA-512 over tag and parts, each preceded by its length."""
    framed = b"".join(len(part).to_bytes(8, "big") + part for part in (tag.encode(), *parts))
    return hmac.digest(key, framed, "sha512")
