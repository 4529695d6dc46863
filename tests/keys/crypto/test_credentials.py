"""Credentials: texts, exponents, order."""

from __future__ import annotations

import hashlib
import re

import pytest

from keys.crypto.credentials import (
    credential_from_entropy,
    derive_credential,
    public_credential,
    secret_key,
    sort_credentials,
)
from keys.crypto.errors import CryptoError
from keys.crypto.group import Q, Scalar, base_mul

UUID = "HcNdVzzEcCHXPe"
SEED = bytes(range(32))


def test_form_and_independence() -> None:
    texts = {
        derive_credential(seed, uuid, index)
        for seed in (SEED, bytes(32))
        for uuid in (UUID, "1" * 14)
        for index in (0, 1, 256)
    }
    assert len(texts) == 12
    alphabet = "[1-9A-HJ-NP-Za-km-z]"
    form = re.compile(rf"{alphabet}{{5}}-{alphabet}{{6}}-{alphabet}{{5}}-{alphabet}{{6}}")
    assert all(form.fullmatch(text) for text in texts)


def test_every_digit_occurs() -> None:
    letters = "".join(derive_credential(SEED, UUID, index) for index in range(200)).replace("-", "")
    assert len(set(letters)) == 58


def test_exponent() -> None:
    """Section 4.8, written again in another way."""
    text = derive_credential(SEED, UUID, 3)
    halves = [hashlib.sha256(f"derive_credential|{UUID}|{n}|{text}".encode()).hexdigest() for n in (0, 1)]
    assert secret_key(UUID, text) == int("".join(halves), 16) % Q
    assert public_credential(UUID, text) == base_mul(secret_key(UUID, text))
    assert secret_key("1" * 14, text) != secret_key(UUID, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "qvrBYsTYKipSHTU4gdUoyC",
        "qvrBY-sTYKip-SHTU4-gdUoy",
        "qvrBY-sTYKip-SHTU4-gdUoyCC",
        "qvrBY-sTYKip-SHTU4-gdUoy0",
        "qvrBY-sTYKip-SHTU4-gdUoyl",
        "qvrBY sTYKip SHTU4 gdUoyC",
        "qvrBY-sTYKip-SHTU4-gdUoyC\n",
        " qvrBY-sTYKip-SHTU4-gdUoyC",
        "123-456-789-abc-deN",
    ],
)
def test_texts_that_are_no_credential(text: str) -> None:
    with pytest.raises(CryptoError) as caught:
        secret_key(UUID, text)
    assert caught.value.step == "credential"
    assert "gdUoy" not in str(caught.value)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_seeds_of_another_length(length: int) -> None:
    with pytest.raises(CryptoError):
        derive_credential(bytes(length), UUID, 0)


@pytest.mark.parametrize("length", [0, 32, 63, 65])
def test_entropy_of_another_length(length: int) -> None:
    with pytest.raises(CryptoError):
        credential_from_entropy(bytes(length))


def test_order_is_that_of_the_little_endian_bytes() -> None:
    points = [base_mul(Scalar(n)) for n in range(1, 40)]
    ordered = sort_credentials(reversed(points))
    assert [point.raw for point in ordered] == sorted(point.raw for point in points)
    assert [point.hex() for point in ordered] != sorted(point.hex() for point in points)
