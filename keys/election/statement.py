"""Statement, the one signed format: COSE_Sign1 (RFC 9052, section 4.2) with Ed25519 over deterministic CBOR.

Owns the envelope: what a statement is about (`Header`) and that its bytes have exactly one form.
Refuses everything that does not re-encode to itself. What the content means is the business of `record.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from keys.crypto.errors import CryptoError
from keys.crypto.group import Point
from keys.crypto.transcript import tagged
from keys.election.cbor import TAG_SIGN1, canonical, decode
from keys.election.header import NO_CONTEXT, SIGNERS, Header, KeyFrom, Mode, Role, StatementType
from keys.election.twins import check_mode
from keys.findings import Refused

__all__ = [
    "MAX_STATEMENT",
    "NO_CONTEXT",
    "SIGNERS",
    "Header",
    "KeyFrom",
    "Mode",
    "Role",
    "Statement",
    "StatementType",
    "canonical",
    "fingerprint_of",
    "read_statement",
    "sign_statement",
]

MAX_STATEMENT = 16 * 1024 * 1024
"""Largest statement that is looked at, in bytes (enrolments with their credentials are the largest)."""

_ALGORITHM = {1: -8}  # RFC 9053, section 2.2: EdDSA
_ABOUT = -65537  # first of the private-use labels (RFC 9052, section 11.1)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that is well formed; nobody has checked its signature yet."""

    header: Header
    payload: bytes
    """Deterministic CBOR of the content."""
    signature: bytes
    raw: bytes

    def verify(self, public_key: bytes) -> None:
        """Check the signature (RFC 9052, section 4.4).

        Args:
            public_key: 32 bytes, Ed25519.

        Raises:
            Refused: V-102, the signature is not by this key, or the key is one under which anything verifies.
        """
        try:
            Point.from_bytes(public_key)
            Ed25519PublicKey.from_public_bytes(public_key).verify(
                self.signature, _to_be_signed(_protected(self.header), self.payload)
            )
        except (InvalidSignature, CryptoError, ValueError):
            raise Refused("V-102", self.name) from None

    def expect(self, type_: StatementType, mode: Mode, context: bytes, role: Role) -> None:
        """Check that this is the statement that belongs here.

        Raises:
            Refused: V-103, naming what differs; V-131 to V-159, it is of the rehearsal and not of the vote, or the
                other way round.
        """
        for field, value in (("type", type_), ("role", role)):
            found = getattr(self.header, field)
            if found is not value:
                raise Refused("V-103", self.name, f"{field} is {found.name}, expected {value.name}")
        check_mode(self.header, mode, self.name)
        if self.header.context != context:
            raise Refused("V-103", self.name, "it belongs to another vote (its context differs)")

    @property
    def name(self) -> str:
        """What to call it in a message."""
        signer = "" if self.header.signer is None else f" {self.header.signer}"
        return f"{self.header.type.name.lower().replace('_', ' ')} of {self.header.role.name.lower()}{signer}"

    @property
    def content(self) -> Mapping[int, Any]:
        """The decoded content, a map with integer keys."""
        value = decode(self.payload, self.name)
        if not isinstance(value, dict) or not all(type(key) is int for key in value):
            raise Refused("V-104", self.name, "the content is not a map with integer keys")
        return value

    @property
    def fingerprint(self) -> bytes:
        """32 bytes over type, mode, context and content: the same whoever signs."""
        return fingerprint_of(self.header, self.payload)


def fingerprint_of(header: Header, payload: bytes) -> bytes:
    """Digest that names a statement's content whoever signs it, 32 bytes."""
    about = bytes([header.type, header.mode])
    return tagged("isoloir statement", about, header.context, payload)


def sign_statement(header: Header, content: Mapping[int, Any], key: Ed25519PrivateKey) -> bytes:
    """Write and sign a statement.

    Args:
        header: What it is about.
        content: Map with integer keys, of CBOR values.
        key: The signer's Ed25519 key.

    Returns:
        The bytes of a `.cose` file.
    """
    protected = _protected(header)
    payload = canonical(dict(content))
    signature = key.sign(_to_be_signed(protected, payload))
    return _wrap(protected, payload, signature)


def read_statement(raw: bytes) -> Statement:
    """Read a statement in its only form; its signature and meaning are for the caller to check.

    Raises:
        Refused: V-101, the bytes are not the one canonical form of a statement.
    """
    subject = "statement"
    if len(raw) > MAX_STATEMENT:
        raise Refused("V-101", subject, f"{len(raw)} bytes, at most {MAX_STATEMENT}")
    value = decode(raw, subject)
    if not isinstance(value, cbor2.CBORTag) or value.tag != TAG_SIGN1:
        raise Refused("V-101", subject, "no COSE_Sign1 tag")
    parts = value.value
    if not isinstance(parts, list | tuple) or len(parts) != 4:
        raise Refused("V-101", subject, "not four parts")
    protected, unprotected, payload, signature = parts
    if not all(isinstance(part, bytes) for part in (protected, payload, signature)) or unprotected != {}:
        raise Refused("V-101", subject, "parts of a wrong kind")
    if len(signature) != 64 or _wrap(protected, payload, signature) != raw:
        raise Refused("V-101", subject, "not in its shortest form")
    return Statement(_read_header(protected), payload, signature, raw)


def _protected(header: Header) -> bytes:
    about = [int(header.type), int(header.mode), header.context, int(header.role), header.signer]
    return canonical({**_ALGORITHM, _ABOUT: about})


def _read_header(protected: bytes) -> Header:
    value = decode(protected, "protected header")
    about = value.get(_ABOUT) if isinstance(value, dict) else None
    if not isinstance(about, list | tuple) or len(about) != 5:
        raise Refused("V-101", "protected header", "what it is about is missing")
    type_, mode, context, role, signer = about
    sound = all(type(number) is int for number in (type_, mode, role)) and (
        signer is None or (type(signer) is int and 0 <= signer < 65536)
    )
    if not sound or not isinstance(context, bytes):
        raise Refused("V-101", "protected header", "fields of a wrong kind")
    try:
        header = Header(StatementType(type_), Mode(mode), context, Role(role), signer)
    except ValueError as error:
        raise Refused("V-101", "protected header", str(error)) from None
    if _protected(header) != protected:
        raise Refused("V-101", "protected header", "not in its only form")
    return header


def _wrap(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    return canonical(cbor2.CBORTag(TAG_SIGN1, [protected, {}, payload, signature]))


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return canonical(["Signature1", protected, b"", payload])
