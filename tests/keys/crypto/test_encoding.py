"""Small integers as points, and independent generators."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.encoding import MAX_VALUES, check_encoding, of_ints, to_ints
from keys.crypto.errors import CryptoError
from keys.crypto.generators import generators, secondary_generator
from keys.crypto.group import GENERATOR, IDENTITY, Point, Q, Scalar, base_mul, mul


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 255), min_size=1, max_size=MAX_VALUES))
def test_decoded_as_encoded(values: list[int]) -> None:
    point = of_ints(values)
    assert to_ints(point, len(values)) == tuple(values)
    check_encoding(point, len(values))
    assert Point.from_bytes(point.raw) == point
    assert mul(point, Scalar(Q - 1)) + point == IDENTITY


def test_the_padding_is_the_smallest() -> None:
    point = of_ints([5, 200])
    number = int.from_bytes(point.raw, "little")
    assert number >> 14 == 5 * 256 + 200
    for padding in range(number & (1 << 14) - 1):
        with pytest.raises(CryptoError):
            Point.from_bytes(((number >> 14 << 14) + padding).to_bytes(32, "little"))


def test_extremes() -> None:
    for values in ([0], [255], [0] * 30, [255] * 30):
        assert to_ints(of_ints(values), len(values)) == tuple(values)


@pytest.mark.parametrize("values", [[], [0] * 31, [256], [-1], [0, 1 << 40]])
def test_values_that_do_not_fit(values: list[int]) -> None:
    with pytest.raises(CryptoError) as caught:
        of_ints(values)
    assert caught.value.step == "encoding"


def next_encoding(point: Point) -> Point:
    number = int.from_bytes(point.raw, "little") + 1
    while not Point.is_member(number.to_bytes(32, "little")):
        number += 1
    return Point(number.to_bytes(32, "little"))


def test_another_padding_decodes_but_is_not_canonical() -> None:
    point = of_ints([3, 4, 5])
    marked = next_encoding(point)
    assert to_ints(marked, 3) == (3, 4, 5)
    with pytest.raises(CryptoError) as caught:
        check_encoding(marked, 3)
    assert caught.value.step == "encoding"


@pytest.mark.parametrize("point", [GENERATOR, base_mul(Scalar(12345)), of_ints([1, 2, 3]), IDENTITY])
def test_any_other_element_is_not_canonical(point: Point) -> None:
    assert len(to_ints(point, 2)) == 2
    with pytest.raises(CryptoError):
        check_encoding(point, 2)


def test_generators_are_distinct_elements_of_the_group() -> None:
    found = [secondary_generator(), *generators(20), GENERATOR]
    assert len(set(found)) == 22
    for point in found:
        assert Point.from_bytes(point.raw) == point
    assert generators(5) == generators(20)[:5]
    assert generators(0) == []
