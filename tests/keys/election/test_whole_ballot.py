"""Whole ballots: one ciphertext, one proof."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.elgamal import Ciphertext, encrypt
from keys.crypto.encoding import of_ints
from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, IDENTITY, Point, Scalar, base_mul, mul, scalar
from keys.crypto.proofs import Proof
from keys.crypto.randomness import SeededDraw
from keys.election.ballot import (
    WHOLE_SIZE,
    Ballot,
    make_ballot_for,
    make_whole_ballot_for,
    pack,
    unpack,
    verify_ballot,
)
from keys.election.question import ElectionParams, WholeParams, fingerprint, read_election

SECRET, CREDENTIAL = Scalar(4711), Scalar(99)
JOINT = base_mul(SECRET)
PARAMS = WholeParams("HcNdVzzEcCHXPe", "Rangs", "", "Votre ordre ?", ("Un", "Deux"), JOINT)
DATA = PARAMS.to_json_bytes()
MARK = fingerprint(DATA)
DRAW = SeededDraw(bytes(32), b"whole")
MARKS = ElectionParams(PARAMS.uuid, "Rangs", "", "?", ("Un", "Deux"), True, 1, 1, JOINT)


def cast(values: list[int]) -> Ballot:
    made = make_whole_ballot_for(PARAMS, MARK, base_mul(CREDENTIAL), values, DRAW)
    return made.sign(CREDENTIAL, DRAW)


BALLOT = cast([1, 2])


def refused(step: str, ballot: Ballot) -> None:
    with pytest.raises(CryptoError) as caught:
        verify_ballot(ballot, PARAMS, MARK, JOINT)
    assert caught.value.step == step


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 255), min_size=2, max_size=2))
def test_every_vote_is_accepted_and_kept(values: list[int]) -> None:
    ballot = cast(values)
    verify_ballot(ballot, PARAMS, MARK, JOINT)
    assert Ballot.parse(ballot.to_json()) == ballot
    assert len(pack(ballot)) == WHOLE_SIZE
    assert unpack(pack(ballot), PARAMS, MARK) == ballot
    (item,) = ballot.unsigned.answer.choices
    assert item.beta - mul(item.alpha, SECRET) == of_ints(values)


@pytest.mark.parametrize("values", [[], [1], [1, 2, 3], [1, 256], [-1, 0]])
def test_values_that_the_question_does_not_have(values: list[int]) -> None:
    with pytest.raises(CryptoError):
        cast(values)


def changed(**fields: object) -> Ballot:
    answer = replace(BALLOT.unsigned.answer, **fields)  # type: ignore[arg-type]
    return replace(BALLOT.unsigned, answer=answer).sign(CREDENTIAL, DRAW)


def test_a_bit_of_any_proof() -> None:
    proof = BALLOT.unsigned.answer.plaintext
    assert proof is not None
    for part in ("challenge", "response"):
        bent = replace(proof, **{part: scalar(getattr(proof, part) ^ 1)})
        refused("plaintext proof", changed(plaintext=bent))
        signature = replace(BALLOT.signature, **{part: scalar(getattr(BALLOT.signature, part) ^ 1)})
        refused("signature", replace(BALLOT, signature=signature))


def test_another_ciphertext() -> None:
    (item,) = BALLOT.unsigned.answer.choices
    for lie in (
        Ciphertext(item.alpha + GENERATOR, item.beta),
        Ciphertext(item.alpha, item.beta + GENERATOR),
        encrypt(JOINT, 1, Scalar(5)),
    ):
        refused("plaintext proof", changed(choices=(lie,)))


TORSION = Point(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))


@pytest.mark.parametrize("half", ["alpha", "beta"])
def test_points_outside_the_group(half: str) -> None:
    (item,) = BALLOT.unsigned.answer.choices
    for point in (IDENTITY, TORSION, getattr(item, half) + TORSION):
        refused("point", changed(choices=(replace(item, **{half: point}),)))


def test_a_ballot_copied_under_another_credential() -> None:
    other = scalar(CREDENTIAL + 1)
    copied = replace(BALLOT.unsigned, credential=base_mul(other)).sign(other, DRAW)
    refused("plaintext proof", copied)


def test_each_kind_of_ballot_in_its_own_election() -> None:
    mark = fingerprint(MARKS.to_json_bytes())
    marks = make_ballot_for(MARKS, mark, base_mul(CREDENTIAL), [1, 0], DRAW).sign(CREDENTIAL, DRAW)
    with pytest.raises(CryptoError):
        verify_ballot(marks, PARAMS, MARK, JOINT)
    with pytest.raises(CryptoError):
        verify_ballot(BALLOT, MARKS, mark, JOINT)
    as_whole = replace(marks.unsigned, fingerprint=MARK).sign(CREDENTIAL, DRAW)
    refused("shape", as_whole)
    as_marks = replace(BALLOT.unsigned, fingerprint=mark).sign(CREDENTIAL, DRAW)
    with pytest.raises(CryptoError) as caught:
        verify_ballot(as_marks, MARKS, mark, JOINT)
    assert caught.value.step == "shape"
    with pytest.raises(CryptoError):
        unpack(pack(BALLOT), MARKS, mark)
    with pytest.raises(CryptoError):
        unpack(pack(marks), PARAMS, MARK)


def test_two_ciphertexts_are_not_a_whole_ballot() -> None:
    refused("shape", changed(choices=BALLOT.unsigned.answer.choices * 2))
    refused("shape", changed(plaintext=None, individual=((Proof(Scalar(1), Scalar(1)),) * 2,)))


def test_every_bit_of_the_packed_form_counts() -> None:
    packed = pack(BALLOT)
    for position in range(0, 8 * len(packed), 13):
        lie = bytearray(packed)
        lie[position // 8] ^= 1 << position % 8
        with pytest.raises(CryptoError):
            verify_ballot(unpack(bytes(lie), PARAMS, MARK), PARAMS, MARK, JOINT)


def test_the_election_is_read_as_it_is_written() -> None:
    assert WholeParams.from_json_bytes(DATA) == PARAMS
    assert read_election(DATA) == PARAMS
    assert read_election(MARKS.to_json_bytes()) == MARKS
    assert b'"questions":[{"type":"NonHomomorphic","value":{"answers":["Un","Deux"],"question":"Votre' in DATA


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"NonHomomorphic"', b'"Lists"'),
        (b'"NonHomomorphic"', b"5"),
        (b'"type"', b'"kind"'),
        (b'"value":{', b'"value":[{'),
        (b'"value":{', b'"value":{"blank":true,'),
        (b'"value":{', b'"extra":1,"value":{'),
        (b'["Un","Deux"]', b"[]"),
        (b'["Un","Deux"]', b'"Un"'),
        (b'["Un","Deux"]', b'["Un",2]'),
        (b'["Un","Deux"]', b'["Un"' + b',"x"' * 30 + b"]"),
        (b'{"type":"NonHomomorphic",', b'{ "type":"NonHomomorphic",'),
    ],
)
def test_elections_in_another_form(old: bytes, new: bytes) -> None:
    assert DATA.count(old) == 1
    for read in (WholeParams.from_json_bytes, read_election, ElectionParams.from_json_bytes):
        with pytest.raises(CryptoError):
            read(DATA.replace(old, new))


def test_each_kind_reads_its_own() -> None:
    with pytest.raises(CryptoError):
        WholeParams.from_json_bytes(MARKS.to_json_bytes())
    with pytest.raises(CryptoError):
        ElectionParams.from_json_bytes(DATA)
