"""Codes for people: written, forgiven, compared."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys.findings import Refused
from keys.paper import crockford, groups

DIGEST = bytes(range(1, 33))


@given(st.binary(max_size=40))
def test_crockford_round_trip(data: bytes) -> None:
    text = crockford.encode(data)
    assert len(text) == -(-8 * len(data) // 5)
    assert crockford.decode(text, len(data), "test") == data


def test_known_values() -> None:
    assert crockford.encode(b"\x00") == "00"
    assert crockford.encode(b"\xff" * 5) == "ZZZZZZZZ"
    assert crockford.encode(b"Hello") == "91JPRV3F"
    assert crockford.encode(b"\x00\x44\x32\x14\xc7") == "01234567"


def test_shapes() -> None:
    assert groups.short_code(b"Hello, world") == "91JP - RV3F"
    assert groups.check_code(b"Hello" * 4) == "91JP RV3F 91JP RV3F"
    text = groups.fingerprint_text(DIGEST)
    assert [len(group) for group in text.split(" ")] == [4] * 13
    with pytest.raises(ValueError, match="32 bytes"):
        groups.fingerprint_text(DIGEST[:31])
    with pytest.raises(ValueError, match="at least 5"):
        groups.short_code(b"abc")


@given(st.binary(min_size=32, max_size=32))
def test_typed_codes_come_back(digest: bytes) -> None:
    assert groups.parse_short_code(groups.short_code(digest)) == digest[:5]
    assert groups.parse_check_code(groups.check_code(digest)) == digest[:10]
    assert groups.parse_fingerprint(groups.fingerprint_text(digest)) == digest


def test_forgiven() -> None:
    assert groups.parse_short_code(" o1il\u00a08-9ab\n") == crockford.decode("011189AB", 5, "test")
    assert groups.parse_short_code("4t8w – m2rk") == groups.parse_short_code("4T8WM2RK")


@pytest.mark.parametrize(
    "text", ["", "4T8W - M2R", "4T8W - M2RKA", "4T8W - M2RU", "4T8W - M2R€", "4T8W.M2RK", "４T8W M2RK"]
)
def test_mistyped(text: str) -> None:
    with pytest.raises(Refused) as refused:
        groups.parse_short_code(text)
    assert refused.value.code == "V-118"


def test_the_four_last_bits_are_zero() -> None:
    text = groups.fingerprint_text(b"\xff" * 32)
    assert text.endswith("ZZZG")
    for last in "HJKZ":
        with pytest.raises(Refused) as refused:
            groups.parse_fingerprint(text[:-1] + last)
        assert refused.value.code == "V-118"


def test_one_changed_character_is_another_fingerprint() -> None:
    text = groups.fingerprint_text(DIGEST)
    for place, letter in enumerate(text[:-1]):
        if letter == " ":
            continue
        other = text[:place] + ("8" if letter != "8" else "9") + text[place + 1 :]
        assert groups.parse_fingerprint(other) != DIGEST


def test_hidden_groups() -> None:
    hidden = groups.hide_two_groups(DIGEST, lambda n: 4 if n == 13 else 3)
    assert hidden.hidden == (3, 4)
    all_groups = groups.fingerprint_groups(DIGEST)
    assert hidden.shown[:3] == all_groups[:3]
    assert hidden.shown[3:5] == (groups.HIDDEN, groups.HIDDEN)
    hidden.check([all_groups[3].lower(), " " + all_groups[4]])
    wrong = "0000" if all_groups[4] != "0000" else "1111"
    for typed in (
        [all_groups[3], wrong],
        [wrong, all_groups[4]],
        [all_groups[4], all_groups[3]],
        ["", all_groups[4]],
    ):
        with pytest.raises(Refused) as refused:
            hidden.check(typed)
        assert refused.value.code == "V-119"
        assert all_groups[3] not in str(refused.value)
        assert all_groups[4] not in str(refused.value)
    for count in ([], [all_groups[3]], [*all_groups[3:5], all_groups[3]]):
        with pytest.raises(Refused) as refused:
            hidden.check(count)
        assert refused.value.code == "V-118"


def test_two_different_groups_are_hidden_and_all_are_reached() -> None:
    seen = set()
    for _ in range(3000):
        first, second = groups.hide_two_groups(DIGEST, secrets.randbelow).hidden
        assert 0 <= first < second <= 12
        seen.add((first, second))
    assert len(seen) == 13 * 12 // 2
