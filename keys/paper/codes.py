"""Code: a statement as text, which is also what stands in its QR drawing.

A text is ``ISO1`` and one decimal number: the bytes kind || body, read as one big-endian number. The kind
comes first and is 1 to 3, so the number never starts with a zero and its length is that of the bytes.

    1  whole     body = the data
    2  deflated  body = the data in raw deflate (RFC 1951), used only when shorter
    3  part      body = digest (8) || i (1) || n (1) || slice; i counts from 1

A body has at most 617 bytes: what version 19 at level M holds. Parts are slices of kind || body of the whole,
of equal length or a byte longer; their digest is the start of SHA-256(tag || kind || body of the whole).
Nothing in a text is trusted: it only carries bytes that are signed. Everything is bounded before it is
converted or inflated.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from keys.findings import Refused

__all__ = ["MAX_BODY", "MAX_DATA", "PREFIX", "Assembler", "decode", "encode"]

PREFIX = "ISO1"
MAX_BODY = 617
"""Bytes of data in one text."""
MAX_DATA = 32_768
"""Bytes of data in all parts together, inflated."""

_WHOLE, _DEFLATED, _PART = 1, 2, 3
_MAX_DIGITS = 1487  # digits of 4 * 256**617 - 1; a number of 619 bytes has at least 1489
_HEAD = 1 + 8 + 1 + 1
_SLICE = MAX_BODY + 1 - _HEAD
_MAX_PARTS = -(-(MAX_DATA + 1) // _SLICE)
_TAG = b"isoloir code part 1\x00"
_SUBJECT = "code"


@dataclass(frozen=True, slots=True)
class _Part:
    digest: bytes
    index: int
    count: int
    content: bytes


def encode(data: bytes) -> tuple[str, ...]:
    """The texts that carry the data: one, or its parts in order.

    Raises:
        ValueError: No data, or more than `MAX_DATA` bytes.
    """
    if not 0 < len(data) <= MAX_DATA:
        raise ValueError(f"a code carries 1 to {MAX_DATA} bytes, got {len(data)}")
    deflated = _deflate(data)
    whole = bytes([_DEFLATED]) + deflated if len(deflated) < len(data) else bytes([_WHOLE]) + data
    return tuple(PREFIX + str(int.from_bytes(piece, "big")) for piece in _pieces(whole))


def decode(texts: Iterable[str]) -> bytes:
    """The data of one code: of its one text, or of all its parts in any order.

    Raises:
        Refused: V-110 to V-117.
    """
    assembler = Assembler()
    for text in texts:
        assembler.feed(text)
    return assembler.data()


class Assembler:
    """Takes the texts of one code, in any order and as often as they come, and says what is missing."""

    def __init__(self) -> None:
        self._whole: bytes | None = None
        self._parts: dict[int, _Part] = {}

    def feed(self, text: str) -> None:
        """Take one text.

        Raises:
            Refused: V-110 to V-113, not a text of ours; V-116, it belongs to another code. What was fed
                before stays.
        """
        raw = _bytes_of(text)
        if raw[0] == _PART:
            self._feed_part(_part(raw))
            return
        if self._parts or self._whole not in {None, raw}:
            raise Refused("V-116", _SUBJECT, "a whole code among others")
        self._whole = raw

    def _feed_part(self, part: _Part) -> None:
        if self._whole is not None:
            raise Refused("V-116", _SUBJECT, "a part beside a whole code")
        for other in self._parts.values():
            if (other.digest, other.count) != (part.digest, part.count):
                raise Refused("V-116", f"part {part.index} of {part.count}", "its other parts are elsewhere")
        if self._parts.setdefault(part.index, part) != part:
            raise Refused("V-116", f"part {part.index} of {part.count}", "there are two different ones")

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the parts that are not there yet, from 1; empty before the first text."""
        for part in self._parts.values():
            return tuple(i for i in range(1, part.count + 1) if i not in self._parts)
        return ()

    @property
    def complete(self) -> bool:
        """Whether `data` can be tried."""
        return self._whole is not None or (bool(self._parts) and not self.missing)

    def data(self) -> bytes:
        """The bytes that the code carries; nothing says yet who signed them.

        Raises:
            Refused: V-114, it cannot be inflated; V-115, nothing or not every part was fed; V-117, the parts
                do not make the whole they name.
        """
        if self._whole is not None:
            return _unpack(self._whole)
        if not self._parts:
            raise Refused("V-115", _SUBJECT, "no code was read")
        if self.missing:
            names = ", ".join(map(str, self.missing))
            count = len(self._parts) + len(self.missing)
            raise Refused("V-115", _SUBJECT, f"part {names} of {count} is missing")
        parts = [self._parts[index] for index in sorted(self._parts)]
        whole = b"".join(part.content for part in parts)
        if _digest(whole) != parts[0].digest or _split(whole) != tuple(part.content for part in parts):
            raise Refused("V-117", _SUBJECT, f"{len(parts)} parts")
        return _unpack(whole)


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _digest(whole: bytes) -> bytes:
    return hashlib.sha256(_TAG + whole).digest()[:8]


def _split(whole: bytes) -> tuple[bytes, ...]:
    """Slices of equal length, some a byte longer where it does not come out even; one where it fits."""
    if len(whole) <= MAX_BODY + 1:
        return (whole,)
    count = -(-len(whole) // _SLICE)
    ends = [-(-len(whole) * number // count) for number in range(count + 1)]
    return tuple(whole[start:end] for start, end in pairwise(ends))


def _pieces(whole: bytes) -> tuple[bytes, ...]:
    slices = _split(whole)
    if len(slices) == 1:
        return slices
    head = bytes([_PART]) + _digest(whole)
    return tuple(head + bytes([i, len(slices)]) + piece for i, piece in enumerate(slices, start=1))


def _bytes_of(text: str) -> bytes:
    """Kind and body of a text, the kind one of ours."""
    if not text.startswith(PREFIX):
        raise Refused("V-110", _SUBJECT, f"it does not start with {PREFIX}")
    digits = text[len(PREFIX) :]
    if not (digits.isascii() and digits.isdigit()):
        raise Refused("V-110", _SUBJECT, "after its first four characters a code has digits only")
    if digits[0] == "0":
        raise Refused("V-110", _SUBJECT, "its number starts with 0")
    if len(digits) > _MAX_DIGITS:
        raise Refused("V-112", _SUBJECT, f"{len(digits)} digits, at most {_MAX_DIGITS}")
    number = int(digits)
    raw = number.to_bytes(-(-number.bit_length() // 8), "big")
    if raw[0] not in {_WHOLE, _DEFLATED, _PART}:
        _refuse_kind(raw[0])
    if len(raw) == 1:
        raise Refused("V-111", _SUBJECT, "it carries nothing")
    return raw


def _refuse_kind(kind: int) -> None:
    """Say why a kind is not ours.

    A number of ours lies between 1 and 4 times a power of 256. A digit missing (not the first) makes it 5 to
    20 times smaller, one too many (not before the first) 5 to 20 times larger: kinds 12 to 204, or 5 to 80.
    """
    if 5 <= kind <= 204:
        raise Refused("V-111", _SUBJECT)
    raise Refused("V-113", _SUBJECT, f"kind {kind}")


def _part(raw: bytes) -> _Part:
    part = _Part(raw[1:9], raw[9], raw[10], raw[_HEAD:]) if len(raw) > _HEAD else None
    if part is None or not 2 <= part.count <= _MAX_PARTS or not 1 <= part.index <= part.count:
        raise Refused("V-111", "part of a code", "its number and count make no sense")
    return part


def _unpack(whole: bytes) -> bytes:
    kind, body = whole[0], whole[1:]
    if kind == _WHOLE:
        return _bounded(body)
    if kind != _DEFLATED:
        raise Refused("V-113", _SUBJECT, f"kind {kind} inside its parts")
    unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        data = unpacker.decompress(body, MAX_DATA + 1)
    except zlib.error as error:
        raise Refused("V-114", _SUBJECT, "its packing is damaged") from error
    _bounded(data)
    if not unpacker.eof or unpacker.unused_data or len(data) <= len(body):
        raise Refused("V-114", _SUBJECT, "its packing is not the one we write")
    return data


def _bounded(data: bytes) -> bytes:
    if not 0 < len(data) <= MAX_DATA:
        raise Refused("V-114", _SUBJECT, f"1 to {MAX_DATA} bytes expected")
    return data
