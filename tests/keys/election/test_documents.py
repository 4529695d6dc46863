"""The small documents of an archive: each has one form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.credentials import sort_credentials
from keys.crypto.elgamal import IDENTITY_CIPHERTEXT, Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point, base_mul, scalar
from keys.election.documents import (
    credentials_from_json,
    credentials_to_json,
    result_from_json,
    result_to_json,
    tally_from_json,
    tally_to_json,
)

exponents = st.integers(1, 10**30)
points = exponents.map(lambda number: base_mul(scalar(number)))
ciphertexts = st.builds(Ciphertext, points, points) | st.just(IDENTITY_CIPHERTEXT)


@settings(max_examples=30, deadline=None)
@given(st.lists(points, max_size=6, unique_by=lambda point: point.raw))
def test_credentials_come_back_sorted(credentials: list[Point]) -> None:
    listed = sort_credentials(credentials)
    assert credentials_from_json(credentials_to_json(listed)) == listed
    assert credentials_from_json(credentials_to_json(credentials), any_order=True) == credentials
    if credentials != listed:
        with pytest.raises(CryptoError, match="not sorted"):
            credentials_from_json(credentials_to_json(credentials))


@settings(max_examples=30, deadline=None)
@given(st.lists(ciphertexts, max_size=4))
def test_tally_comes_back(tally: list[Ciphertext]) -> None:
    assert tally_from_json(tally_to_json(tally)) == tuple(tally)


@given(st.lists(st.integers(0, (1 << 30) - 1), max_size=6))
def test_result_comes_back(counts: list[int]) -> None:
    assert result_from_json(result_to_json(counts)) == tuple(counts)


@pytest.mark.parametrize("count", [-1, 1 << 30])
def test_a_result_has_bounds(count: int) -> None:
    with pytest.raises(CryptoError, match="numbers from 0"):
        result_to_json([0, count])


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff", b"null", b"3", b"{}", b"[]", b'{"result":[]}', b'{"result":[[1],[2]]}', b'{"result":[1]}',
        b'{"result":[["1"]]}', b'{"result":[[1.0]]}', b'{"result":[[true]]}', b'{"result":[[01]]}',
        b'{"result":[[-1]]}', b'{"result":[[null]]}', b'{"result":[[1]],"x":1}', b'{"result":[[1]]}\n',
        b'{"result":[[2]],"result":[[1]]}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_no_result(data: bytes) -> None:
    with pytest.raises(CryptoError):
        result_from_json(data)


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"[[],[]]",
        b"[{}]",
        b"[[{}]]",
        b"[[1]]",
        b"[[[]]]",
        b'[[{"alpha":"1","beta":"1"}]]',
        b"{}",
        b"[[]]\n",
    ],
)
def test_no_tally(data: bytes) -> None:
    with pytest.raises(CryptoError):
        tally_from_json(data)
