"""The group: known values, the honest cases that libsodium refuses, and everything that is no point."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.errors import CryptoError
from keys.crypto.group import (
    GENERATOR,
    IDENTITY,
    Point,
    Q,
    Scalar,
    base_mul,
    mul,
    scalar,
    scalar_from_json,
)

ONE = bytes([1]) + bytes(31)
P = 2**255 - 19
ORDER_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
"""A point of order 8, from the list of small-order points of the Ed25519 literature."""
TORSION = (Point(ORDER_8) + GENERATOR).raw
"""On the curve, canonical, but not in the prime-order subgroup."""

scalars = st.integers(min_value=0, max_value=Q - 1).map(Scalar)


def test_generator_is_the_standard_base_point() -> None:
    """RFC 8032, section 5.1: y = 4/5, written big-endian."""
    assert GENERATOR.hex() == "66" * 31 + "58"
    assert int(GENERATOR.hex(), 16) * 5 % P == 4


def test_order() -> None:
    assert base_mul(Scalar(Q - 1)) + GENERATOR == IDENTITY
    assert scalar(-1) == Q - 1
    assert scalar(Q) == 0


@pytest.mark.parametrize(
    ("point", "exponent"),
    [(GENERATOR, 0), (IDENTITY, 0), (IDENTITY, 5), (IDENTITY, Q - 1)],
    ids=["zero", "zero of identity", "identity", "identity by the largest"],
)
def test_honest_cases_that_libsodium_refuses(point: Point, exponent: int) -> None:
    assert mul(point, Scalar(exponent)) == IDENTITY


def test_zero_of_the_base() -> None:
    assert base_mul(Scalar(0)) == IDENTITY
    assert IDENTITY.is_identity
    assert IDENTITY + GENERATOR == GENERATOR
    assert GENERATOR - GENERATOR == IDENTITY


@settings(max_examples=25, deadline=None)
@given(scalars, scalars)
def test_multiplication_is_linear(a: Scalar, b: Scalar) -> None:
    assert base_mul(a) + base_mul(b) == base_mul(scalar(a + b))
    assert base_mul(a) - base_mul(b) == base_mul(scalar(a - b))
    assert mul(base_mul(a), b) == base_mul(scalar(a * b))


@settings(max_examples=25, deadline=None)
@given(scalars.filter(bool))
def test_points_are_read_as_they_are_written(a: Scalar) -> None:
    point = base_mul(a)
    assert Point.from_hex(point.hex()) == point
    assert Point.from_bytes(point.raw) == point
    assert bytes.fromhex(point.hex())[::-1] == point.raw


BAD_BYTES = {
    "identity": ONE,
    "empty": b"",
    "short": GENERATOR.raw[:-1],
    "long": GENERATOR.raw + b"\0",
    "order 8": ORDER_8,
    "order 4": bytes(32),
    "order 2": (P - 1).to_bytes(32, "little"),
    "torsion": TORSION,
    "not on the curve": (2).to_bytes(32, "little"),
    "identity as p + 1": (P + 1).to_bytes(32, "little"),
    "y = p": P.to_bytes(32, "little"),
    "identity with a sign": bytes([1]) + bytes(30) + bytes([0x80]),
    "all ones": b"\xff" * 32,
}


@pytest.mark.parametrize("raw", BAD_BYTES.values(), ids=BAD_BYTES.keys())
def test_bytes_that_are_no_point_are_refused(raw: bytes) -> None:
    with pytest.raises(CryptoError) as caught:
        Point.from_bytes(raw)
    assert caught.value.step == "point"


@pytest.mark.parametrize("name", sorted(BAD_BYTES.keys() - {"identity", "empty", "short", "long"}))
@pytest.mark.parametrize("exponent", [0, 1, 2, 8, Q - 1])
def test_a_multiplication_finds_what_was_not_checked(name: str, exponent: int) -> None:
    with pytest.raises(CryptoError):
        mul(Point(BAD_BYTES[name]), Scalar(exponent))


@pytest.mark.parametrize("name", ["identity as p + 1", "y = p", "all ones", "short", "long", "empty"])
def test_unchecked_points_are_canonical(name: str) -> None:
    with pytest.raises(CryptoError):
        Point.unchecked(BAD_BYTES[name])


def test_the_identity_only_where_it_is_allowed() -> None:
    assert Point.from_bytes(ONE, allow_identity=True) == IDENTITY
    assert Point.from_hex(IDENTITY.hex(), allow_identity=True) == IDENTITY
    with pytest.raises(CryptoError):
        Point.from_bytes(BAD_BYTES["identity with a sign"], allow_identity=True)


@pytest.mark.parametrize(
    "text",
    [
        GENERATOR.hex().upper().replace("6", "A"),
        GENERATOR.hex()[1:],
        GENERATOR.hex() + "0",
        " " + GENERATOR.hex()[1:],
        GENERATOR.hex() + "\n",
        "0x" + GENERATOR.hex()[2:],
        "٦" * 64,
        None,
        17,
        b"66",
        [],
    ],
    ids=[
        "capitals",
        "short",
        "long",
        "space",
        "newline",
        "0x",
        "arabic digits",
        "null",
        "int",
        "bytes",
        "list",
    ],
)
def test_text_that_is_no_point_is_refused(text: object) -> None:
    with pytest.raises(CryptoError):
        Point.from_hex(text)


@settings(max_examples=50, deadline=None)
@given(scalars)
def test_scalars_are_read_as_they_are_written(number: Scalar) -> None:
    assert scalar_from_json(str(number)) == number


NOT_NUMBERS = ["", "-1", "+1", "01", "00", " 1", "1 ", "1\n", "1_0", "0x1", "1.0", "1e3", "٣", 5, None]


@pytest.mark.parametrize("text", [*NOT_NUMBERS, str(Q), str(Q + 1), "9" * 77, "9" * 5000])
def test_text_that_is_no_scalar_is_refused(text: object) -> None:
    with pytest.raises(CryptoError) as caught:
        scalar_from_json(text)
    assert caught.value.step == "scalar"
