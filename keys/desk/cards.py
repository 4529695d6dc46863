"""An officer's card: a share as 8 groups of 4 Crockford characters, checked group by group.

160 bits: per group 17 of content and 3 of check. The content is index 4 bits, check of the secret 4 bits,
share 128 bits.

There is no room for more: a check character a group would leave 120 bits. So the three bits are spent where
people err. With f(c) = the low 3 bits of c xor (c >> 3), a group of characters a b c d is right if
f(a) + 2 f(b) + 4 f(c) + 3 f(d) = number of the group, counted in GF(8). This notices every exchange of one
character, and every swap of two, unless their values differ by 9, 18 or 27 (xor): no two characters that look
alike (0 D Q, 2 Z 7, 5 S, 6 G, 8 B, V Y, M N, ...) do. A group in the wrong place is always noticed. Any other
wrong group passes once in eight.

What passes is noticed when the whole card is compared with the recognitions that the machine keeps
(`Share.recognition`), and `wrong_group` then names the group of a single wrong character for certain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from keys.crypto.errors import CryptoError
from keys.crypto.sharing import Share
from keys.findings import Refused
from keys.paper import crockford
from keys.paper.codes import decode, encode
from keys.paper.keyboard import holds_code, read_typed

__all__ = ["GROUPS", "Card", "WrongGroup", "check_group", "holds_card", "wrong_group"]

GROUPS = 8
_SIZE = 4
_BITS = 17
_WEIGHTS = (1, 2, 4, 3)
_SUBJECT = "card"


class WrongGroup(Refused):
    """A group of a card was mistyped.

    Attributes:
        group: Its number, from 1.
    """

    def __init__(self, group: int, detail: str) -> None:
        super().__init__("S-120", f"group {group} of the card", detail)
        self.group = group


def _fold(value: int) -> int:
    return (value ^ value >> 3) & 7


def _times(left: int, right: int) -> int:
    product = left * (right & 1) ^ (left << 1) * (right >> 1 & 1) ^ (left << 2) * (right >> 2 & 1)
    for shift in (1, 0):
        if product >> 3 + shift & 1:
            product ^= 0b1011 << shift
    return product


_FOLDED = [[_times(_fold(value), weight) for value in range(32)] for weight in _WEIGHTS]


def _write_group(number: int, content: int) -> str:
    values = [content >> 12 & 31, content >> 7 & 31, content >> 2 & 31]
    rest = number
    for table, value in zip(_FOLDED[:3], values, strict=True):
        rest ^= table[value]
    high = (content & 3) << 3
    last = next(high | low for low in range(8) if _FOLDED[3][high | low] == rest)
    return "".join(crockford.ALPHABET[value] for value in (*values, last))


def check_group(number: int, text: str) -> str:
    """Check one group as soon as it is typed.

    Args:
        number: Which group of the card, 1 to 8.
        text: What was typed; small letters, O for 0, I or L for 1 are understood.

    Returns:
        The group in its one form.

    Raises:
        WrongGroup: Not four characters of the alphabet, or the check does not match.
    """
    try:
        letters = crockford.clean(text, _SUBJECT)
    except Refused as refusal:
        raise WrongGroup(number, refusal.detail) from None
    if len(letters) != _SIZE:
        raise WrongGroup(number, f"{_SIZE} characters expected, {len(letters)} found")
    syndrome = number % 8
    for table, letter in zip(_FOLDED, letters, strict=True):
        syndrome ^= table[crockford.ALPHABET.index(letter)]
    if syndrome:
        raise WrongGroup(number, "the check does not match")
    return letters


def _read_group(number: int, text: str) -> int:
    first, second, third, last = (crockford.ALPHABET.index(letter) for letter in check_group(number, text))
    return first << 12 | second << 7 | third << 2 | last >> 3


@dataclass(frozen=True, slots=True)
class Card:
    """One officer's card."""

    share: Share

    @property
    def groups(self) -> tuple[str, ...]:
        """The 8 groups to print."""
        head = bytes([self.share.index << 4 | self.share.check])
        number = int.from_bytes(head + self.share.value, "big")
        contents = (number >> _BITS * (GROUPS - 1 - place) & (1 << _BITS) - 1 for place in range(GROUPS))
        return tuple(_write_group(place % 8, content) for place, content in enumerate(contents, start=1))

    @property
    def text(self) -> str:
        """The 8 groups in one line."""
        return " ".join(self.groups)

    @property
    def code(self) -> tuple[str, ...]:
        """The groups as the text of a square code, which a scanner types on any keyboard."""
        return encode("".join(self.groups).encode("ascii"))

    @classmethod
    def parse(cls, text: str) -> Card:
        """Read a card, typed or scanned; blanks and dashes between groups do not matter.

        Raises:
            WrongGroup: S-120, the first group that is wrong.
            Refused: S-121, not 32 characters in all, or no card has this content; V-110 to V-114, a scanned
                code that cannot be read.
        """
        letters = "".join(letter for letter in _scanned(text) if letter.isalnum())
        if len(letters) != GROUPS * _SIZE:
            raise Refused(
                "S-121", _SUBJECT, f"{GROUPS * _SIZE} letters and digits expected, {len(letters)} found"
            )
        number = 0
        for place in range(GROUPS):
            number = number << _BITS | _read_group(place + 1, letters[_SIZE * place : _SIZE * (place + 1)])
        head, *value = number.to_bytes(_BITS, "big")
        try:
            return cls(Share(head >> 4, head & 15, bytes(value)))
        except CryptoError as error:
            raise Refused("S-121", _SUBJECT, error.detail) from None


def _scanned(text: str) -> str:
    """The text itself if it has as many letters as the groups; else what the square code in it says."""
    typed = sum(letter.isascii() and letter.isalnum() for letter in text) == GROUPS * _SIZE
    codes = () if typed else read_typed(text)
    return decode(codes).decode("ascii", errors="replace") if codes else text


def holds_card(text: str) -> bool:
    """Whether a card stands somewhere in a text, as groups or as a square code: such a text is neither shown nor kept.

    A square code counts from its first digits on, whatever it is of: a field that is too short cuts it off.
    """
    letters = "".join(letter for letter in text if letter.isalnum())
    whole = GROUPS * _SIZE
    return holds_code(text) or any(
        _are_groups(letters[start : start + whole]) for start in range(len(letters) - whole + 1)
    )


def _are_groups(letters: str) -> bool:
    try:
        for place in range(GROUPS):
            check_group(place + 1, letters[_SIZE * place : _SIZE * (place + 1)])
    except WrongGroup:
        return False
    return True


def wrong_group(card: Card, recognised: Callable[[Share], bool]) -> int | None:
    """Find the group in which a card that nobody recognises has one wrong character.

    Args:
        card: All its groups passed their check.
        recognised: Whether the machine knows a share, by its recognition.

    Returns:
        The group, from 1, or None if no single character explains it (another station's card, several
        mistakes).
    """
    for place in range(GROUPS * _SIZE):
        for difference in (9, 18, 27):
            letters = list("".join(card.groups))
            letters[place] = crockford.ALPHABET[crockford.ALPHABET.index(letters[place]) ^ difference]
            try:
                candidate = Card.parse("".join(letters))
            except Refused:
                continue
            if recognised(candidate.share):
                return place // _SIZE + 1
    return None
