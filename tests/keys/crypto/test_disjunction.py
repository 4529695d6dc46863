"""Proofs of one of several statements: honest, changed, and by a prover who lies and follows the algorithm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keys.crypto.disjunction import (
    Opened,
    prove_blank,
    prove_interval,
    prove_overall,
    verify_blank,
    verify_interval,
    verify_overall,
)
from keys.crypto.elgamal import IDENTITY_CIPHERTEXT, Ciphertext, encrypt, total
from keys.crypto.errors import CryptoError
from keys.crypto.group import IDENTITY, Q, Scalar, base_mul, mul, scalar
from keys.crypto.randomness import SeededDraw

SECRET = Scalar(31337)
KEY = base_mul(SECRET)
DRAW = SeededDraw(bytes(32), b"disjunction")
STATEMENT = "statement"


def made(message: int, claimed: int | None = None) -> Opened:
    """A ciphertext, with what its maker says it holds."""
    randomness = DRAW()
    item = encrypt(KEY, message, randomness)
    return Opened(item, randomness, message if claimed is None else claimed)


def refused(step: str, act: Callable[[], None]) -> None:
    with pytest.raises(CryptoError) as caught:
        act()
    assert caught.value.step == step


@pytest.mark.parametrize("values", [range(2), range(1), range(3, 4), range(2, 6)])
def test_each_value_of_an_interval(values: range) -> None:
    for message in values:
        item = made(message)
        proofs = prove_interval(STATEMENT, KEY, item, values, DRAW)
        verify_interval("step", STATEMENT, KEY, item.ciphertext, values, proofs)
        assert len(proofs) == len(values)
        shifted = range(values.start + 1, values.stop + 1)
        for statement, claimed in (("other", values), (STATEMENT, shifted)):
            with pytest.raises(CryptoError):
                verify_interval("step", statement, KEY, item.ciphertext, claimed, proofs)


@pytest.mark.parametrize("message", [2, 3, -1, Q // 2])
@pytest.mark.parametrize("claimed", [0, 1])
def test_a_value_outside_the_interval(message: int, claimed: int) -> None:
    item = made(message, claimed)
    proofs = prove_interval(STATEMENT, KEY, item, range(2), DRAW)
    refused("step", lambda: verify_interval("step", STATEMENT, KEY, item.ciphertext, range(2), proofs))


@pytest.mark.parametrize(("blank", "rest"), [(0, 0), (0, 3), (1, 0)])
def test_blank_or_nothing(blank: int, rest: int) -> None:
    items = made(blank), made(rest)
    proofs = prove_blank(STATEMENT, KEY, *items, DRAW)
    verify_blank(STATEMENT, KEY, items[0].ciphertext, items[1].ciphertext, proofs)
    refused("blank proof", lambda: verify_blank("s", KEY, items[0].ciphertext, items[1].ciphertext, proofs))


@pytest.mark.parametrize("claims", [(0, 1), (1, 0), (0, 0)])
def test_blank_and_something(claims: tuple[int, int]) -> None:
    items = made(1, claims[0]), made(1, claims[1])
    proofs = prove_blank(STATEMENT, KEY, *items, DRAW)
    refused(
        "blank proof",
        lambda: verify_blank(STATEMENT, KEY, items[0].ciphertext, items[1].ciphertext, proofs),
    )


VALUES = range(2, 5)


@pytest.mark.parametrize(("blank", "rest"), [(0, 2), (0, 3), (0, 4), (1, 0), (1, 7)])
def test_blank_or_a_number_that_is_allowed(blank: int, rest: int) -> None:
    items = made(blank), made(rest)
    proofs = prove_overall(STATEMENT, KEY, *items, VALUES, DRAW)
    verify_overall(STATEMENT, KEY, items[0].ciphertext, items[1].ciphertext, VALUES, proofs)
    refused(
        "overall proof",
        lambda: verify_overall(STATEMENT, KEY, items[1].ciphertext, items[0].ciphertext, VALUES, proofs),
    )


@pytest.mark.parametrize("rest", [0, 1, 5, -1])
@pytest.mark.parametrize("claims", [(0, 2), (0, 4), (1, 0)])
def test_neither_blank_nor_a_number_that_is_allowed(rest: int, claims: tuple[int, int]) -> None:
    items = made(0, claims[0]), made(rest, claims[1])
    proofs = prove_overall(STATEMENT, KEY, *items, VALUES, DRAW)
    refused(
        "overall proof",
        lambda: verify_overall(STATEMENT, KEY, items[0].ciphertext, items[1].ciphertext, VALUES, proofs),
    )


def test_randomness_zero_is_still_proved() -> None:
    """A hostile voter's ciphertext with alpha the identity: the proof holds, the ballot is refused elsewhere."""
    item = Opened(encrypt(KEY, 1, Scalar(0)), Scalar(0), 1)
    assert item.ciphertext.alpha == IDENTITY
    proofs = prove_interval(STATEMENT, KEY, item, range(2), DRAW)
    verify_interval("step", STATEMENT, KEY, item.ciphertext, range(2), proofs)


def test_sums_of_ciphertexts() -> None:
    items = [made(n) for n in (1, 2, 3)]
    added = total(item.ciphertext for item in items)
    assert added.beta - mul(added.alpha, SECRET) == base_mul(Scalar(6))
    assert total([]) == IDENTITY_CIPHERTEXT
    assert total([IDENTITY_CIPHERTEXT, items[0].ciphertext]) == items[0].ciphertext
    minus = Ciphertext(mul(added.alpha, scalar(-1)), mul(added.beta, scalar(-1)))
    assert added + minus == IDENTITY_CIPHERTEXT
