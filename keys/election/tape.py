"""The records of a Belenios archive on the tape: old-style tar, byte for byte in one form.

Owns the 512-byte heads and the padding. A record is a name and its bytes; the only names are `BELENIOS`
(first, once) and `<sha-256>.data.json` or `<sha-256>.event.json`. Every record carries the archive's
timestamp. Refuses any head that it would not have written itself. Not `ustar`: no magic, no user names, and
no closing blocks (Belenios specification 3.0, section 4.4, and what its program writes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from keys.crypto.transcript import sha256
from keys.findings import Refused

__all__ = ["HEADER_NAME", "MAX_TIMESTAMP", "Record", "TapeReader", "header_bytes", "record_bytes"]

HEADER_NAME = "BELENIOS"
MAX_TIMESTAMP = 8**11 - 1
MAX_RECORD = 1 << 28
"""Largest record, in bytes: a shuffle of 300,000 ballots fits."""
_BLOCK = 512
_NAME = re.compile(rb"([0-9a-f]{64})\.(data|event)\.json")
_HEADER = re.compile(rb'\{"version":1,"timestamp":"(0|[1-9][0-9]{0,10})"\}')


@dataclass(frozen=True, slots=True)
class Record:
    """One data or event record."""

    digest: str
    """SHA-256 of the content, 64 lower-case hexadecimal digits; checked against the content."""
    is_event: bool
    content: bytes


def _head(name: str, size: int, timestamp: int) -> bytes:
    start = (
        name.encode("ascii").ljust(100, b"\0")
        + b"0000644\0" + b"0000000\0" * 2
        + b"%011o\0" % size
        + b"%011o\0" % timestamp
    )  # fmt: skip
    # The checksum is the sum of all bytes of the head, its own field counted as eight spaces.
    total = sum(start) + 8 * ord(" ") + ord("0")
    return (start + b"%06o\0 0" % total).ljust(_BLOCK, b"\0")


def _on_tape(name: str, content: bytes, timestamp: int) -> bytes:
    return _head(name, len(content), timestamp) + content + b"\0" * (-len(content) % _BLOCK)


def header_bytes(timestamp: int) -> bytes:
    """The first record of an archive, on the tape.

    Raises:
        ValueError: The timestamp (seconds since 1970) is negative or above `MAX_TIMESTAMP`.
    """
    if not 0 <= timestamp <= MAX_TIMESTAMP:
        raise ValueError(f"timestamp {timestamp} is not within 0 and {MAX_TIMESTAMP}")
    return _on_tape(HEADER_NAME, b'{"version":1,"timestamp":"%d"}' % timestamp, timestamp)


def record_bytes(content: bytes, is_event: bool, timestamp: int) -> tuple[str, bytes]:
    """A record on the tape: its SHA-256 as 64 hexadecimal digits, and the bytes to write."""
    digest = sha256(content).hex()
    kind = "event" if is_event else "data"
    return digest, _on_tape(f"{digest}.{kind}.json", content, timestamp)


class TapeReader:
    """Reads an archive record by record; holds one record at a time.

    Attributes:
        timestamp: Seconds since 1970, as the header says; every record carries the same.
    """

    def __init__(self, stream: BinaryIO, subject: str) -> None:
        """Read the header.

        Args:
            stream: A binary stream whose `read(n)` returns less than n bytes only at its end.
            subject: What to call the archive in a refusal.

        Raises:
            Refused: V-301, no header of the only form.
        """
        self._stream = stream
        self._subject = subject
        self._read = 0
        self.timestamp = 0
        name, content, head = self._next_raw(limit=_BLOCK)
        match = _HEADER.fullmatch(content)
        if name != HEADER_NAME.encode() or match is None or int(match[1]) > MAX_TIMESTAMP:
            raise Refused("V-301", subject, "the first record is not the header of version 1")
        self.timestamp = int(match[1])
        self._check_head(head, HEADER_NAME, content)

    def next(self) -> Record | None:
        """The next record, or None at the end.

        Raises:
            Refused: V-301 if a head or the padding is not in the only form; V-302 if the name is not the
                digest of the content; V-306 if the record is too large.
        """
        name, content, head = self._next_raw(MAX_RECORD)
        if not head:
            return None
        match = _NAME.fullmatch(name)
        if match is None:
            raise Refused("V-301", self._subject, f"{self._place} has a name that no record has")
        digest = sha256(content).hex()
        if match[1].decode() != digest:
            raise Refused(
                "V-302", self._subject, f"{self._place} is named {match[1].decode()}, content {digest}"
            )
        self._check_head(head, name.decode(), content)
        return Record(digest, match[2] == b"event", content)

    @property
    def _place(self) -> str:
        return f"record {self._read}"

    def _next_raw(self, limit: int) -> tuple[bytes, bytes, bytes]:
        head = self._stream.read(_BLOCK)
        if not head:
            return b"", b"", b""
        self._read += 1
        size_field = head[124:135]
        if len(head) != _BLOCK or re.fullmatch(rb"[0-7]{11}", size_field) is None:
            raise Refused("V-301", self._subject, f"{self._place} has a damaged head")
        size = int(size_field, 8)
        if size > limit:
            raise Refused("V-306", self._subject, f"{self._place} has {size} bytes, at most {limit} are read")
        padding = -size % _BLOCK
        body = self._stream.read(size + padding)
        if len(body) != size + padding or body[size:] != b"\0" * padding:
            raise Refused("V-301", self._subject, f"{self._place} is cut off or wrongly padded")
        return head[:100].rstrip(b"\0"), body[:size], head

    def _check_head(self, head: bytes, name: str, content: bytes) -> None:
        if head != _head(name, len(content), self.timestamp):
            raise Refused("V-301", self._subject, f"{self._place} has a head in another form")
