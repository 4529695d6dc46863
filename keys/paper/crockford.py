"""Crockford's base 32: the alphabet of everything that people read, compare and type.

Ten digits and 22 capitals, without I, L, O and U. Reading forgives what people do: small letters, O for 0,
I or L for 1, blanks and dashes between groups. It forgives nothing else, and there is no check character.
"""

from __future__ import annotations

from keys.findings import Refused

__all__ = ["ALPHABET", "clean", "decode", "encode", "grouped"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_IGNORED = frozenset(" \t\r\n\u00a0\u202f-\u2010\u2011\u2012\u2013\u2014")


def encode(data: bytes) -> str:
    """Write bytes as ``ceil(8 len / 5)`` characters, high bits first, zero bits added at the end."""
    count = -(-8 * len(data) // 5)
    number = int.from_bytes(data, "big") << (5 * count - 8 * len(data))
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def clean(text: str, subject: str) -> str:
    """The characters of a typed code in their one form, without what parts the groups.

    Args:
        text: What somebody typed.
        subject: What it should be, for the message ("short code").

    Raises:
        Refused: V-118, a character is outside the alphabet.
    """
    kept = [letter for letter in text.upper() if letter not in _IGNORED]
    for place, letter in enumerate(kept, start=1):
        if letter not in _VALUES:
            raise Refused("V-118", subject, f"character {place} is {letter!r}")
    return "".join(ALPHABET[_VALUES[letter]] for letter in kept)


def decode(text: str, length: int, subject: str) -> bytes:
    """Read ``length`` bytes from a typed code; the inverse of `encode`.

    Args:
        text: What somebody typed.
        length: Number of bytes it must hold.
        subject: What it should be, for the message.

    Raises:
        Refused: V-118, wrong character, wrong number of them, or bits beyond the last byte not zero.
    """
    letters = clean(text, subject)
    expected = -(-8 * length // 5)
    if len(letters) != expected:
        raise Refused("V-118", subject, f"{expected} characters expected, {len(letters)} found")
    number = 0
    for letter in letters:
        number = number << 5 | _VALUES[letter]
    spare = 5 * expected - 8 * length
    if number & (1 << spare) - 1:
        raise Refused("V-118", subject, "the last character cannot stand there")
    return (number >> spare).to_bytes(length, "big")


def grouped(text: str, separator: str = " ") -> str:
    """The same characters in groups of four, parted by ``separator``."""
    return separator.join(text[start : start + 4] for start in range(0, len(text), 4))
