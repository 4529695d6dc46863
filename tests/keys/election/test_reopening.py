"""What a trustee states of its earlier openings, and whether it is all that is published."""

from __future__ import annotations

import pytest

from keys.election.opening import ContestDecryption, Decryption, EarlierOpening
from keys.election.reopening import Opening, check_stated, stated
from keys.findings import Refused

SHUFFLED, GROWN, FIRST = b"s" * 32, b"g" * 32, b"f" * 32
"""Heads of EncryptedTally events: of a whole contest that is asked twice, and of another one, later and before."""


def answer(earlier: tuple[EarlierOpening, ...]) -> Decryption:
    """To a second request: contest 0 as before, contest 1 with a late box; ballots of 0 are opened whole."""
    heads = (b"e" * 32, GROWN)  # of a whole contest, the head of EndShuffles
    parts = tuple(ContestDecryption(at, head, b"{}", bytes(64)) for at, head in enumerate(heads))
    return Decryption(bytes(32), parts, earlier)


def check(earlier: tuple[EarlierOpening, ...]) -> None:
    asked = {(0, SHUFFLED), (1, GROWN)}
    before = frozenset({(0, SHUFFLED), (1, FIRST)})
    check_stated(answer(earlier), "trustee 1", before, before - asked)


def test_what_is_asked_again_unchanged_is_no_earlier_opening() -> None:
    memory = {
        "a": (Opening(SHUFFLED.hex(), 9, (0,)),),
        "b": (Opening(FIRST.hex(), 9, (0,)),),
    }
    now = {"a": Opening(SHUFFLED.hex(), 9, (0,)), "b": Opening(GROWN.hex(), 20, (0, 1))}
    said = stated(("a", "b"), memory, now)
    assert said == (EarlierOpening(1, FIRST),)
    check(said)


@pytest.mark.parametrize(
    "said", [(), (EarlierOpening(1, FIRST), EarlierOpening(0, FIRST))], ids=["kept back", "not published"]
)
def test_anything_else_is_refused(said: tuple[EarlierOpening, ...]) -> None:
    with pytest.raises(Refused, match="V-626"):
        check(said)
