"""Two of n: any two shares give the secret, one gives nothing, a wrong one is noticed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.errors import CryptoError
from keys.crypto.sharing import MAX_SHARES, Share, join, split
from keys.crypto.transcript import prf

SECRET = bytes(range(16))


def stream(label: bytes = b"") -> bytes:
    return prf(label, "test")


def shares(holders: int = 5, secret: bytes = SECRET, label: bytes = b"") -> list[Share]:
    return split(secret, holders, lambda length: stream(label)[:length])


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=16, max_size=16), st.integers(2, MAX_SHARES), st.binary(max_size=8))
def test_any_two_of_n(secret: bytes, holders: int, label: bytes) -> None:
    cards = shares(holders, secret, label)
    assert [card.index for card in cards] == list(range(1, holders + 1))
    for first, second in permutations(cards, 2):
        assert join(first, second) == secret


def test_known_answer_of_the_field() -> None:
    """AES' field (FIPS 197, section 4.2): 57 x 83 = c1, so the secret 0 with slope 57 gives c1 at no index
    below 16, but 57 x 2 = ae, x 4 = 47, x 8 = 8e (the standard's own chain)."""
    cards = split(bytes(16), 8, lambda length: b"\x57" * length)
    assert [cards[index - 1].value[0] for index in (1, 2, 4, 8)] == [0x57, 0xAE, 0x47, 0x8E]


def test_one_share_is_uniform_whatever_the_secret() -> None:
    """Over all slopes of a byte, every value of a share occurs once, for each secret and holder."""
    for secret in (0, 1, 0x57, 0xFF):
        seen = Counter[tuple[int, int]]()
        for slope in range(256):

            def drawn(length: int, slope: int = slope) -> bytes:
                return bytes([slope]) * length

            for card in split(bytes([secret]) * 16, 15, drawn):
                seen[card.index, card.value[0]] += 1
        assert len(seen) == 15 * 256
        assert set(seen.values()) == {1}


def test_the_same_share_twice() -> None:
    first, *_ = shares()
    with pytest.raises(CryptoError) as caught:
        join(first, first)
    assert caught.value.step == "same share"


def test_shares_of_two_secrets_with_another_check() -> None:
    first, *_ = shares()
    others = (shares(secret=bytes([n] * 16))[1] for n in range(256))
    other = next(card for card in others if card.check != first.check)
    with pytest.raises(CryptoError) as caught:
        join(first, other)
    assert caught.value.step == "foreign share"


def test_a_wrong_share_is_noticed_about_15_times_in_16() -> None:
    first, second, *_ = shares()
    missed = 0
    for position in range(16):
        for bit in range(8):
            value = bytearray(second.value)
            value[position] ^= 1 << bit
            try:
                assert join(first, replace(second, value=bytes(value))) != SECRET
                missed += 1
            except CryptoError as error:
                assert error.step == "share"
    assert missed < 24


@pytest.mark.parametrize(("length", "holders"), [(15, 5), (17, 5), (0, 5), (16, 1), (16, 0), (16, 16)])
def test_wrong_sizes(length: int, holders: int) -> None:
    with pytest.raises(CryptoError):
        split(bytes(length), holders, bytes)


@pytest.mark.parametrize(
    ("index", "check", "value"),
    [(0, 0, bytes(16)), (16, 0, bytes(16)), (1, 16, bytes(16)), (1, -1, bytes(16)), (1, 0, bytes(15))],
)
def test_no_such_share(index: int, check: int, value: bytes) -> None:
    with pytest.raises(CryptoError):
        Share(index, check, value)


def test_recognition_differs_by_salt_and_share() -> None:
    cards = shares()
    known = {card.recognition(salt) for card in cards for salt in (b"a", b"b")}
    assert len(known) == 10
    assert cards[0].recognition(b"a") == cards[0].recognition(b"a")
    assert "value" not in repr(cards[0])
