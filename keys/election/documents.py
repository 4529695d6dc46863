"""The small documents of an archive: list of credentials, encrypted tally, result (sections 4.8, 4.18, 4.21).

Each is compact JSON in one form. One contest is one question, so a tally is one row of ciphertexts and a
result one row of numbers. Reading accepts only what writing makes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point

__all__ = [
    "credentials_from_json",
    "credentials_to_json",
    "result_from_json",
    "result_to_json",
    "sheets_from_json",
    "sheets_to_json",
    "tally_from_json",
    "tally_to_json",
]

_MAX_COUNT = (1 << 30) - 1
"""Largest number that the format writes without quotes."""


def _read(data: bytes, step: str) -> object:
    try:
        return json.loads(data.decode("ascii"))
    except (ValueError, RecursionError):
        raise CryptoError(step, "not JSON in plain letters") from None


def _only_row(value: object, step: str) -> list[Any]:
    if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], list):
        raise CryptoError(step, "expected one row, of one question")
    return value[0]


def _ciphertext(value: object) -> Ciphertext:
    if not isinstance(value, dict) or set(value) != {"alpha", "beta"}:
        raise CryptoError("tally", "expected alpha and beta")
    alpha, beta = (Point.from_hex(value[name], allow_identity=True) for name in ("alpha", "beta"))
    return Ciphertext(alpha, beta)


def credentials_to_json(credentials: Sequence[Point]) -> bytes:
    """Write the list of public credentials, in the order given (see `sort_credentials`); no weights."""
    return ("[" + ",".join(f'"{credential.hex()}"' for credential in credentials) + "]").encode()


def credentials_from_json(data: bytes, *, any_order: bool = False) -> list[Point]:
    """Read a list of distinct public credentials, sorted by their little-endian bytes, each in the group.

    Args:
        data: The document.
        any_order: Accept a list that is not sorted.

    Raises:
        CryptoError: Step ``"credentials"``, or ``"point"``: a weight, a name, a credential twice or out of
            order, one outside the group, another spelling.
    """
    value = _read(data, "credentials")
    if not isinstance(value, list):
        raise CryptoError("credentials", "expected a list")
    credentials = [Point.from_hex(text) for text in value]
    if credentials_to_json(credentials) != data:
        raise CryptoError("credentials", "the list is not written in the canonical form")
    if len({credential.raw for credential in credentials}) != len(credentials):
        raise CryptoError("credentials", "a credential is there twice")
    if not any_order and any(first.raw > second.raw for first, second in pairwise(credentials)):
        raise CryptoError("credentials", "the list is not sorted")
    return credentials


def tally_to_json(tally: Sequence[Ciphertext]) -> bytes:
    """Write the encrypted tally of one question."""
    return ("[[" + ",".join(ciphertext.to_json() for ciphertext in tally) + "]]").encode()


def tally_from_json(data: bytes) -> tuple[Ciphertext, ...]:
    """Read the encrypted tally of one question; the identity is allowed (no ballot at all).

    Raises:
        CryptoError: Step ``"tally"`` or ``"point"``.
    """
    tally = tuple(_ciphertext(item) for item in _only_row(_read(data, "tally"), "tally"))
    if tally_to_json(tally) != data:
        raise CryptoError("tally", "the tally is not written in the canonical form")
    return tally


def result_to_json(counts: Sequence[int]) -> bytes:
    """Write the result of one homomorphic question.

    Raises:
        CryptoError: Step ``"result"``: a number that the format does not write without quotes.
    """
    if any(not 0 <= count <= _MAX_COUNT for count in counts):
        raise CryptoError("result", f"expected numbers from 0 to {_MAX_COUNT}")
    return ('{"result":[[' + ",".join(str(count) for count in counts) + "]]}").encode()


def result_from_json(data: bytes) -> tuple[int, ...]:
    """Read the result of one homomorphic question.

    Raises:
        CryptoError: Step ``"result"``.
    """
    value = _read(data, "result")
    counts = _only_row(value.get("result") if isinstance(value, dict) else None, "result")
    if any(type(count) is not int for count in counts) or result_to_json(counts) != data:
        raise CryptoError("result", "the result is not written in the canonical form")
    return tuple(counts)


def sheets_to_json(ballots: Sequence[Sequence[int]]) -> bytes:
    """Write the result of one question whose ballots are opened whole, in the order of the last shuffle."""
    rows = ",".join("[" + ",".join(map(str, values)) + "]" for values in ballots)
    return f'{{"result":[[{rows}]]}}'.encode()


def sheets_from_json(data: bytes) -> tuple[tuple[int, ...], ...]:
    """Read the result of one question whose ballots are opened whole, in the order of the last shuffle.

    Raises:
        CryptoError: Step ``"result"``.
    """
    value = _read(data, "result")
    rows = _only_row(value.get("result") if isinstance(value, dict) else None, "result")
    if any(
        not isinstance(row, list) or any(type(item) is not int or not 0 <= item <= 255 for item in row)
        for row in rows
    ):
        raise CryptoError("result", "expected ballots of values from 0 to 255")
    if sheets_to_json(rows) != data:
        raise CryptoError("result", "the result is not written in the canonical form")
    return tuple(tuple(row) for row in rows)
