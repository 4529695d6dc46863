"""CBOR as statements use it: one form for each value, and few kinds of values.

Numbers of 64 bits, bytes, texts, lists, maps by number or text, true, false, null, and the one tag of
COSE_Sign1. What CBOR can say beyond that (dates, fractions, patterns, sets, references, floats) is refused
before the library sees it: such values would be built at a cost that their sender chooses.
"""

from __future__ import annotations

from typing import Any, Final

import cbor2

from keys.findings import Refused

__all__ = ["TAG_SIGN1", "canonical", "decode"]

TAG_SIGN1: Final = 18
"""The only tag (RFC 9052, section 2); allowed at the very beginning."""

MAX_DEPTH: Final = 16
MAX_ITEMS: Final = 1_000_000
MAX_PAIRS: Final = 64
"""Most entries of a map: no record has more fields, no text more languages."""

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _LIST, _MAP, _TAG, _SIMPLE = range(8)
_CONSTANTS = (0xF4, 0xF5, 0xF6)  # false, true, null


def canonical(value: object) -> bytes:
    """Deterministic CBOR (RFC 8949, section 4.2.1)."""
    return cbor2.dumps(value, canonical=True)


def decode(data: bytes, subject: str) -> Any:
    """Decode the one item that fills `data`, in its only form.

    Args:
        data: Untrusted.
        subject: What to call it in a refusal.

    Raises:
        Refused: V-101, with what is wrong.
    """
    _Walk(data, subject).item(0)
    try:
        value = cbor2.loads(data, max_depth=MAX_DEPTH + 2, allow_indefinite=False)
        same = canonical(value) == data
    except (cbor2.CBORError, ValueError) as error:
        raise Refused("V-101", subject, f"not CBOR ({type(error).__name__})") from None
    if not same:
        raise Refused("V-101", subject, "not in its only form")
    return value


class _Walk:
    """One look at every item, without building any."""

    def __init__(self, data: bytes, subject: str) -> None:
        self.data = data
        self.subject = subject
        self.at = 0
        self.items = 0

    def item(self, depth: int) -> int:
        """Pass one item, whatever it holds; return its major type."""
        self.items += 1
        if depth > MAX_DEPTH or self.items > MAX_ITEMS:
            raise self._refused("nested too deeply" if depth > MAX_DEPTH else "too many items")
        first = self._take(1)[0]
        major, info = first >> 5, first & 31
        if major == _SIMPLE:
            if first not in _CONSTANTS:
                raise self._refused("a float, or a constant that we do not use")
            return major
        if info > 27:
            raise self._refused("a length that is not stated")
        argument = info if info < 24 else int.from_bytes(self._take(1 << info - 24), "big")
        if major in {_BYTES, _TEXT}:
            self._take(argument)
        elif major == _LIST:
            self._fits(argument)
            for _ in range(argument):
                self.item(depth + 1)
        elif major == _MAP:
            self._map(argument, depth)
        elif major == _TAG:
            if argument != TAG_SIGN1 or depth:
                raise self._refused(f"a tag ({argument})")
            self.item(depth + 1)
        return major

    def _map(self, pairs: int, depth: int) -> None:
        if pairs > MAX_PAIRS:
            raise self._refused(f"a map with {pairs} entries, at most {MAX_PAIRS}")
        for _ in range(pairs):
            if self.item(depth + 1) not in {_UNSIGNED, _NEGATIVE, _TEXT}:
                raise self._refused("a map by something else than numbers or texts")
            self.item(depth + 1)

    def _fits(self, items: int) -> None:
        if items > len(self.data) - self.at:
            raise self._refused("cut off")

    def _take(self, size: int) -> bytes:
        self._fits(size)
        self.at += size
        return self.data[self.at - size : self.at]

    def _refused(self, detail: str) -> Refused:
        return Refused("V-101", self.subject, detail)
