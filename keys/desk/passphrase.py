"""Secrets at rest: wrapped under a passphrase (scrypt, RFC 7914) or under a key; sealed to a public key.

Everything is ChaCha20-Poly1305 (RFC 8439) with the kind of file as associated data, so that a wrapped
secret cannot be passed off as another. Sealing is HPKE (RFC 9180), X25519, HKDF-SHA256, ChaCha20-Poly1305.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from keys.desk.files import read_bytes
from keys.findings import Misuse, Refused

__all__ = ["ask_passphrase", "open_sealed", "seal", "unwrap", "unwrap_with_key", "wrap", "wrap_with_key"]

_MAGIC = b"ISOWRAP1"
_LOG_N, _R, _P = 16, 8, 1
_SALT, _NONCE = 16, 12
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def ask_passphrase(file: Path | None, purpose: str, *, new: bool = False) -> bytes:
    """Take a passphrase from a file or ask for it at the terminal; never from an argument.

    Args:
        file: `--passphrase-file`, whose first line counts.
        purpose: What it opens ("trustee Anne").
        new: Ask twice, and demand at least 8 characters.

    Raises:
        Misuse: No file, and no terminal to ask at; or the new passphrase is too short.
        Unreadable: The file cannot be read.
    """
    if file is not None:
        words = read_bytes(file, 4096).split(b"\n", 1)[0].rstrip(b"\r")
    else:
        if not sys.stdin.isatty():
            raise Misuse(f"no terminal to ask the passphrase of {purpose} at: use --passphrase-file")
        words = click.prompt(
            f"Passphrase of {purpose}", hide_input=True, confirmation_prompt=new, err=True
        ).encode()
    if new and len(words.decode("utf-8", "replace")) < 8:
        raise Misuse(f"the passphrase of {purpose} needs at least 8 characters")
    return bytes(words)


def wrap(secret: bytes, passphrase: bytes, kind: str) -> bytes:
    """Wrap a secret under a passphrase.

    Args:
        secret: Anything.
        passphrase: As asked.
        kind: What sort of secret it is; opening it as another sort fails.
    """
    salt = os.urandom(_SALT)
    return _MAGIC + salt + wrap_with_key(secret, _stretch(passphrase, salt), kind)


def unwrap(data: bytes, passphrase: bytes, kind: str) -> bytes:
    """Open what `wrap` made.

    Raises:
        Refused: K-101, wrong passphrase or damaged file.
    """
    if not data.startswith(_MAGIC) or len(data) < len(_MAGIC) + _SALT + _NONCE + 16:
        raise Refused("K-101", kind, "this is not a file of that kind")
    salt, body = data[len(_MAGIC) :][:_SALT], data[len(_MAGIC) + _SALT :]
    return unwrap_with_key(body, _stretch(passphrase, salt), kind)


def wrap_with_key(secret: bytes, key: bytes, kind: str) -> bytes:
    """Wrap a secret under a 32-byte key."""
    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, secret, kind.encode())


def unwrap_with_key(data: bytes, key: bytes, kind: str) -> bytes:
    """Open what `wrap_with_key` made.

    Raises:
        Refused: K-101.
    """
    try:
        return ChaCha20Poly1305(key).decrypt(data[:_NONCE], data[_NONCE:], kind.encode())
    except (InvalidTag, ValueError):
        raise Refused("K-101", kind) from None


def seal(data: bytes, box_key: bytes, purpose: bytes) -> bytes:
    """Seal data to the holder of an X25519 key; `purpose` must be the same at opening.

    Raises:
        Refused: K-105, it is no key that anything can be sealed to.
    """
    try:
        return bytes(_SUITE.encrypt(data, X25519PublicKey.from_public_bytes(box_key), purpose))
    except ValueError:
        raise Refused("K-105", "key for sealing") from None


def open_sealed(data: bytes, key: X25519PrivateKey, purpose: bytes) -> bytes:
    """Open what was sealed.

    Raises:
        Refused: K-102, it was sealed to somebody else, for another purpose, or changed.
    """
    try:
        return bytes(_SUITE.decrypt(data, key, purpose))
    except (InvalidTag, ValueError):
        raise Refused("K-102", "sealed file") from None


def _stretch(passphrase: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=1 << _LOG_N, r=_R, p=_P).derive(passphrase)
