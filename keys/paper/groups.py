"""Codes for people: a few groups of four characters, cut from a digest or a whole one.

A short code has 8 characters (40 bits), a check code 16 (80 bits), a fingerprint 13 groups (256 bits and 4
zero bits at the end, 260 in all). Somebody compares a fingerprint by typing two groups that the screen hides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keys.findings import Refused
from keys.paper import crockford

__all__ = [
    "HIDDEN",
    "HiddenGroups",
    "check_code",
    "fingerprint_groups",
    "fingerprint_text",
    "hide_two_groups",
    "parse_check_code",
    "parse_fingerprint",
    "parse_short_code",
    "short_code",
]

HIDDEN = "····"
"""What stands in the place of a hidden group."""

_SHORT_BYTES = 5
_CHECK_BYTES = 10
_FINGERPRINT_BYTES = 32


def _head(digest: bytes, length: int) -> bytes:
    if len(digest) < length:
        raise ValueError(f"a digest of at least {length} bytes is needed, got {len(digest)}")
    return digest[:length]


def short_code(digest: bytes) -> str:
    """The first 40 bits of a digest as ``4T8W - M2RK``: enough to find a line of a list, not to prove it."""
    return crockford.grouped(crockford.encode(_head(digest, _SHORT_BYTES)), " - ")


def parse_short_code(text: str) -> bytes:
    """The 5 bytes of a typed short code.

    Raises:
        Refused: V-118.
    """
    return crockford.decode(text, _SHORT_BYTES, "short code")


def check_code(commitment: bytes) -> str:
    """The first 80 bits of a visit's commitment as ``K7QD 93MX T0VB 5WHN``."""
    return crockford.grouped(crockford.encode(_head(commitment, _CHECK_BYTES)))


def parse_check_code(text: str) -> bytes:
    """The 10 bytes of a typed check code.

    Raises:
        Refused: V-118.
    """
    return crockford.decode(text, _CHECK_BYTES, "check code")


def fingerprint_groups(digest: bytes) -> tuple[str, ...]:
    """The 13 groups of a 32-byte digest; the last 4 of the 260 bits are zero."""
    if len(digest) != _FINGERPRINT_BYTES:
        raise ValueError(f"a digest of {_FINGERPRINT_BYTES} bytes is needed, got {len(digest)}")
    return tuple(crockford.grouped(crockford.encode(digest)).split())


def fingerprint_text(digest: bytes) -> str:
    """A 32-byte digest as 13 groups of 4 characters, parted by blanks."""
    return " ".join(fingerprint_groups(digest))


def parse_fingerprint(text: str) -> bytes:
    """The 32 bytes of a typed fingerprint.

    Raises:
        Refused: V-118, wrong characters or length, or one of the 4 last bits is not zero.
    """
    return crockford.decode(text, _FINGERPRINT_BYTES, "fingerprint")


@dataclass(frozen=True, slots=True)
class HiddenGroups:
    """A fingerprint two groups of which are on paper only."""

    digest: bytes
    """The 32 bytes."""
    hidden: tuple[int, int]
    """Places of the hidden groups, from 0, in rising order."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The 13 groups as the screen shows them."""
        groups = fingerprint_groups(self.digest)
        return tuple(HIDDEN if place in self.hidden else group for place, group in enumerate(groups))

    def check(self, typed: Sequence[str]) -> None:
        """Compare the two groups that somebody read off the paper, in their order.

        Raises:
            Refused: V-118, what was typed is not two groups; V-119, they are other groups. The message does
                not say what was expected.
        """
        if len(typed) != len(self.hidden):
            raise Refused("V-118", "fingerprint", f"{len(self.hidden)} groups expected, {len(typed)} found")
        groups = fingerprint_groups(self.digest)
        for place, text in zip(self.hidden, typed, strict=True):
            if crockford.clean(text, f"group {place + 1}") != groups[place]:
                raise Refused("V-119", f"group {place + 1}", "paper and file differ")

    def compare(self, typed: Sequence[str], twin: bytes, what: str) -> None:
        """Compare the two groups, and tell where they are those of the twin.

        Args:
            typed: As somebody read them off the paper, in their order.
            twin: The 32 bytes on the paper of the rehearsal where the vote is meant, or the other way round.
            what: The paper it stands on.

        Raises:
            Refused: V-118, V-119; V-156, they are those of the twin.
        """
        try:
            self.check(typed)
        except Refused:
            if HiddenGroups(twin, self.hidden)._are(typed):
                raise Refused("V-156", what) from None
            raise

    def _are(self, typed: Sequence[str]) -> bool:
        try:
            self.check(typed)
        except Refused:
            return False
        return True


def hide_two_groups(digest: bytes, randbelow: Callable[[int], int]) -> HiddenGroups:
    """Hide two different groups of a fingerprint.

    Args:
        digest: 32 bytes.
        randbelow: Gives a number from 0 up to, and without, its argument (`secrets.randbelow`).
    """
    count = len(fingerprint_groups(digest))
    first, second = randbelow(count), randbelow(count - 1)
    if second >= first:
        second += 1
    return HiddenGroups(digest, (min(first, second), max(first, second)))
