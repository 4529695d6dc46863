"""Shuffles: every honest one holds, and no other."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.elgamal import Ciphertext, encrypt_point
from keys.crypto.encoding import of_ints, to_ints
from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, IDENTITY, Point, Scalar, base_mul, mul, scalar
from keys.crypto.randomness import SeededDraw
from keys.crypto.shuffle import Shuffle, shuffle, sort_ciphertexts, verify_shuffle
from keys.crypto.trustees import PartialDecryption, Trustees, combine, verify_published_partial
from keys.election.ballot import Ballot, pack, unpack, verify_ballot
from keys.election.question import WholeParams, fingerprint

VECTOR = json.loads(
    (Path(__file__).parents[2] / "vectors" / "belenios" / "whole.json").read_text(encoding="utf-8")
)
SECRET = Scalar(4711)
KEY = base_mul(SECRET)
MARK = "A" * 43
DRAW = SeededDraw(bytes(32), b"shuffle")
TORSION = Point(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))


def encrypted(values: list[int], draw: SeededDraw = DRAW) -> list[Ciphertext]:
    return [encrypt_point(KEY, of_ints([value]), draw()) for value in values]


def opened(items: tuple[Ciphertext, ...]) -> list[int]:
    return [to_ints(item.beta - mul(item.alpha, SECRET), 1)[0] for item in items]


VALUES = [1, 2, 3, 3]
BEFORE = encrypted(VALUES)
AFTER = shuffle(BEFORE, KEY, MARK, DRAW)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 255), max_size=6), st.binary(max_size=4))
def test_what_goes_in_comes_out(values: list[int], label: bytes) -> None:
    draw = SeededDraw(bytes(32), b"shuffle", label)
    before = encrypted(values, draw)
    after = shuffle(before, KEY, MARK, draw)
    verify_shuffle(before, after, KEY, MARK)
    assert sorted(opened(after.ciphertexts)) == sorted(values)
    assert not set(after.ciphertexts) & set(before)
    assert Shuffle.parse(after.to_json()) == after


def test_every_order_occurs() -> None:
    before = encrypted([1, 2, 3])
    orders = {tuple(opened(shuffle(before, KEY, MARK, DRAW).ciphertexts)) for _ in range(40)}
    assert len(orders) == 6


def test_two_shuffles_in_a_row() -> None:
    again = shuffle(AFTER.ciphertexts, KEY, MARK, DRAW)
    verify_shuffle(BEFORE, AFTER, KEY, MARK)
    verify_shuffle(AFTER.ciphertexts, again, KEY, MARK)
    with pytest.raises(CryptoError):
        verify_shuffle(BEFORE, again, KEY, MARK)


def proved(name: str, values: Any) -> Shuffle:
    """The shuffle with one list of its proof exchanged."""
    return replace(AFTER, proof=replace(AFTER.proof, **{name: values}))


def refused(step: str, after: Shuffle, before: list[Ciphertext] = BEFORE) -> None:
    with pytest.raises(CryptoError) as caught:
        verify_shuffle(before, after, KEY, MARK)
    assert caught.value.step == step


def test_a_ballot_was_exchanged_doubled_or_changed() -> None:
    items = AFTER.ciphertexts
    other = encrypted([9])[0]
    bent = replace(items[0], beta=items[0].beta + GENERATOR)
    for lie in (
        (other, *items[1:]),
        (items[1], *items[1:]),
        (bent, *items[1:]),
        items[::-1],
        tuple(BEFORE),
    ):
        refused("shuffle proof", replace(AFTER, ciphertexts=lie))
    for lie in (items[1:], (*items, items[0]), ()):
        refused("shape", replace(AFTER, ciphertexts=lie))


def test_the_proof_is_about_these_ballots_this_key_this_election() -> None:
    refused("shuffle proof", AFTER, BEFORE[::-1])
    refused("shuffle proof", AFTER, encrypted(VALUES))
    refused("shape", AFTER, BEFORE[:3])
    for key, mark in ((GENERATOR, MARK), (KEY, "B" * 43)):
        with pytest.raises(CryptoError):
            verify_shuffle(BEFORE, AFTER, key, mark)


@pytest.mark.parametrize("name", ["t", "t_hat", "c", "c_hat"])
def test_every_point_of_the_proof(name: str) -> None:
    points = getattr(AFTER.proof, name)
    for place, point in enumerate(points):
        for lie in (point + GENERATOR, IDENTITY):
            changed = tuple(lie if n == place else old for n, old in enumerate(points))
            refused("shuffle proof", proved(name, changed))
        outside = tuple(point + TORSION if n == place else old for n, old in enumerate(points))
        with pytest.raises(CryptoError):
            verify_shuffle(BEFORE, proved(name, outside), KEY, MARK)


@pytest.mark.parametrize("name", ["s", "s_hat", "s_prime"])
def test_every_number_of_the_proof(name: str) -> None:
    numbers = getattr(AFTER.proof, name)
    for place, number in enumerate(numbers):
        changed = tuple(scalar(number ^ 1) if n == place else old for n, old in enumerate(numbers))
        refused("shuffle proof", proved(name, changed))


@pytest.mark.parametrize("name", ["t_hat", "s_hat", "s_prime", "c", "c_hat"])
def test_a_list_of_another_length(name: str) -> None:
    values = getattr(AFTER.proof, name)
    for lie in (values[:-1], values + values[:1], ()):
        refused("shape", proved(name, lie))


@pytest.mark.parametrize("half", ["alpha", "beta"])
def test_points_outside_the_group(half: str) -> None:
    items = AFTER.ciphertexts
    for point in (IDENTITY, TORSION, getattr(items[0], half) + TORSION):
        lie = (replace(items[0], **{half: point}), *items[1:])
        refused("point", replace(AFTER, ciphertexts=lie))


def edited(change: Callable[[Any], Any]) -> bytes:
    value = json.loads(AFTER.to_json())
    change(value)
    return json.dumps(value, separators=(",", ":")).encode()


TEXTS: dict[str, bytes] = {
    "empty": b"",
    "null": b"null",
    "deep": b"[" * 100_000,
    "a newline": AFTER.to_json() + b"\n",
    "a space": AFTER.to_json().replace(b",", b", ", 1),
    "cut": AFTER.to_json()[:-1],
    "more": edited(lambda v: v.update(more=1)),
    "no proofs": edited(lambda v: v.pop("proofs")),
    "two questions": edited(lambda v: v["ciphertexts"].append([])),
    "no question": edited(lambda v: v["ciphertexts"].clear()),
    "a part of a proof less": edited(lambda v: v["proofs"][0].pop()),
    "a part of a proof more": edited(lambda v: v["proofs"][0].append([])),
    "t4 has three": edited(lambda v: v["proofs"][0][0][3].append("0" * 64)),
    "a number is a number": edited(lambda v: v["proofs"][0][1].__setitem__(0, 5)),
    "a list is a number": edited(lambda v: v["proofs"][0].__setitem__(2, 5)),
    "a ciphertext is a text": edited(lambda v: v["ciphertexts"][0].__setitem__(0, "x")),
    "capitals": edited(lambda v: v["proofs"][0][2].__setitem__(0, v["proofs"][0][2][0].upper())),
}


@pytest.mark.parametrize("data", TEXTS.values(), ids=TEXTS.keys())
def test_shuffles_in_another_form(data: bytes) -> None:
    with pytest.raises(CryptoError):
        Shuffle.parse(data)


def test_a_vote_of_the_outside_tool() -> None:
    """Ballots, order of the tally, shuffle, decryption and result made by belenios-tool 3.0."""
    data = VECTOR["election"].encode()
    params, mark = WholeParams.from_json_bytes(data), fingerprint(data)
    trustees = Trustees.parse(VECTOR["trustees"].encode())
    key = trustees.joint_key
    ballots = [Ballot.parse(text.encode()) for text in VECTOR["ballots"]]
    for ballot, text in zip(ballots, VECTOR["ballots"], strict=True):
        verify_ballot(ballot, params, mark, key)
        assert unpack(pack(ballot), params, mark).to_json() == text.encode()
    tally = sort_ciphertexts(ballot.unsigned.answer.choices[0] for ballot in ballots)
    assert VECTOR["encrypted_tally"] == "[[" + ",".join(item.to_json() for item in tally) + "]]"
    shuffled = Shuffle.parse(VECTOR["shuffle"].encode())
    verify_shuffle(tally, shuffled, key, mark)
    partial = PartialDecryption.parse(VECTOR["partial_decryption"].encode())
    verify_published_partial(trustees.public_keys[0], shuffled.ciphertexts, mark, partial)
    factors = combine(trustees, {1: partial})
    points = [item.beta - factor for item, factor in zip(shuffled.ciphertexts, factors, strict=True)]
    assert [list(to_ints(point, len(params.answers))) for point in points] == VECTOR["result"]


def test_a_changed_digit_of_a_shuffle_of_the_outside_tool() -> None:
    data = VECTOR["election"].encode()
    params, mark = WholeParams.from_json_bytes(data), fingerprint(data)
    rows = json.loads(VECTOR["encrypted_tally"])[0]
    tally = [Ciphertext(Point.from_hex(row["alpha"]), Point.from_hex(row["beta"])) for row in rows]
    text = VECTOR["shuffle"]
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    for place in digits[:: len(digits) // 50]:
        changed = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
        with pytest.raises(CryptoError):
            verify_shuffle(tally, Shuffle.parse(changed.encode()), params.public_key, mark)
