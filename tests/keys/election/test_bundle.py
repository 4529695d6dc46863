"""Marks of a whole ballot in values of 8 bits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.errors import CryptoError
from keys.election.bundle import bundle, bundle_answers, unbundle

FORMS = {1: 240, 3: 80, 6: 40, 8: 30}
"""Bits an option, and the most options that the plan allows (8 bits: one option a value)."""


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.data())
def test_unpacked_as_packed(bits: int, data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.integers(0, 2**bits - 1), min_size=1, max_size=FORMS[bits]))
    values = bundle(marks, bits)
    assert len(values) == -(-len(marks) * bits // 8)
    assert all(0 <= value < 256 for value in values)
    assert unbundle(values, len(marks), bits) == tuple(marks)
    assert any(values) == any(marks)


def test_known_answers() -> None:
    assert bundle([1, 0, 1], 1) == (0b10100000,)
    assert bundle([7, 0, 5], 3) == (0b11100010, 0b10000000)
    assert bundle([1, 2, 3, 4], 6) == (0b00000100, 0b00100000, 0b11000100)
    assert bundle([200, 3], 8) == (200, 3)


@pytest.mark.parametrize(("bits", "most"), FORMS.items())
def test_the_limits_of_the_plan_just_fit(bits: int, most: int) -> None:
    assert bundle([2**bits - 1] * most, bits) == (255,) * 30
    for act in (lambda: bundle([0] * (most + 1), bits), lambda: bundle_answers(["x"] * (most + 1), bits)):
        with pytest.raises(CryptoError) as caught:
            act()
        assert caught.value.step == "bundle"


@pytest.mark.parametrize(("marks", "bits"), [([], 3), ([8], 3), ([-1], 3), ([2], 1), ([64], 6), ([1], 0)])
def test_marks_that_do_not_fit(marks: list[int], bits: int) -> None:
    with pytest.raises(CryptoError):
        bundle(marks, bits)


@pytest.mark.parametrize("spare", range(5))
def test_a_bit_that_belongs_to_no_option(spare: int) -> None:
    assert unbundle((0b10100000,), 3, 1) == (1, 0, 1)
    with pytest.raises(CryptoError):
        unbundle((0b10100000 | 1 << spare,), 3, 1)


@pytest.mark.parametrize("values", [(), (0, 0)])
def test_another_number_of_values(values: tuple[int, ...]) -> None:
    with pytest.raises(CryptoError):
        unbundle(values, 3, 1)


def test_every_bit_of_every_option_is_named() -> None:
    assert bundle_answers(["Un", "Deux", "Trois", "Quatre"], 3) == (
        "Un (1-3), Deux (4-6), Trois (7-9)",
        "Trois (7-9), Quatre (10-12)",
    )
    assert bundle_answers(["Un", "Deux"], 1) == ("Un (1), Deux (2)",)
    assert bundle_answers(["Un", "Deux"], 8) == ("Un (1-8)", "Deux (9-16)")
    for bits, most in FORMS.items():
        names = [f"option {n}" for n in range(most)]
        answers = bundle_answers(names, bits)
        assert len(answers) == 30
        assert all(any(f"{name} (" in answer for answer in answers) for name in names)
