"""Ballots: made, signed, packed, read, verified; and one changed bit anywhere is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.credentials import derive_credential, secret_key, sort_credentials
from keys.crypto.elgamal import Ciphertext, total
from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, IDENTITY, Point, Q, Scalar, base_mul, mul, scalar
from keys.crypto.proofs import Proof
from keys.crypto.randomness import SeededDraw, expand_seed
from keys.crypto.transcript import sha256
from keys.crypto.trustees import PartialDecryption, Trustees, combine, decrypt_sums, verify_published_partial
from keys.election.ballot import (
    Ballot,
    commitment,
    make_ballot_for,
    pack,
    packed_size,
    unpack,
    verify_ballot,
)
from keys.election.question import ElectionParams, fingerprint

UUID = "HcNdVzzEcCHXPe"
SECRET = Scalar(2022)
JOINT = base_mul(SECRET)


def election(answers: int, smallest: int, largest: int, *, blank: bool = True) -> ElectionParams:
    names = tuple(f"Projet n° {number}" for number in range(answers))
    return ElectionParams(UUID, "Quartier", "", "Vos projets ?", names, blank, smallest, largest, JOINT)


PARAMS = election(3, 1, 2)
FINGERPRINT = fingerprint(PARAMS.to_json_bytes())
CREDENTIAL = secret_key(UUID, derive_credential(bytes(32), UUID, 0))


def draw(label: str = "") -> SeededDraw:
    return SeededDraw(bytes(32), label.encode())


def cast(params: ElectionParams, choices: list[int], label: str = "") -> Ballot:
    mark = fingerprint(params.to_json_bytes())
    unsigned = make_ballot_for(params, mark, base_mul(CREDENTIAL), choices, draw(label))
    return unsigned.sign(CREDENTIAL, draw("nonce" + label))


BALLOT = cast(PARAMS, [0, 1, 1])
BLANK = cast(PARAMS, [0, 0, 0])


def check(ballot: Ballot, params: ElectionParams = PARAMS) -> None:
    verify_ballot(ballot, params, fingerprint(params.to_json_bytes()), JOINT)


def opened(ballot: Ballot) -> list[int]:
    """What a ballot really holds, by the private key."""
    values = {base_mul(Scalar(n)): n for n in range(3)}
    return [values[item.beta - mul(item.alpha, SECRET)] for item in ballot.unsigned.answer.choices]


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_every_allowed_vote_is_accepted_and_kept(data: st.DataObject) -> None:
    answers = data.draw(st.integers(1, 5))
    largest = data.draw(st.integers(0, answers))
    smallest = data.draw(st.integers(0, largest))
    chosen = data.draw(st.sets(st.integers(0, answers - 1), min_size=smallest, max_size=largest))
    choices = [int(number in chosen) for number in range(answers)]
    params = election(answers, smallest, largest)
    ballot = cast(params, choices)
    check(ballot, params)
    assert opened(ballot) == [int(not chosen), *choices]
    packed = pack(ballot)
    assert len(packed) == packed_size(answers, smallest, largest)
    assert len(packed) == 192 * (answers + 1) + 64 * (largest - smallest + 2) + 256
    mark = fingerprint(params.to_json_bytes())
    assert unpack(packed, params, mark).to_json() == ballot.to_json()
    assert Ballot.parse(ballot.to_json()) == ballot


@pytest.mark.parametrize("choices", [[1, 0, 0], [0, 1, 1]])
def test_a_question_without_blank(choices: list[int]) -> None:
    params = election(3, 1, 2, blank=False)
    mark = fingerprint(params.to_json_bytes())
    ballot = cast(params, choices)
    check(ballot, params)
    assert opened(ballot) == choices
    assert len(pack(ballot)) == packed_size(3, 1, 2, blank=False)
    assert unpack(pack(ballot), params, mark) == ballot
    assert Ballot.parse(ballot.to_json()) == ballot


def test_a_blank_vote() -> None:
    check(BLANK)
    assert opened(BLANK) == [1, 0, 0, 0]
    assert len(pack(BLANK)) == len(pack(BALLOT))


@pytest.mark.parametrize(
    "choices",
    [[1, 1, 1], [1, 0], [1, 0, 0, 0], [], [2, 0, 0], [-1, 1, 1], [Q, 1, 0]],
    ids=["too many", "short", "long", "nothing", "two", "minus one", "the order"],
)
def test_choices_that_the_question_does_not_allow(choices: list[int]) -> None:
    with pytest.raises(CryptoError) as caught:
        make_ballot_for(PARAMS, FINGERPRINT, base_mul(CREDENTIAL), choices, draw())
    assert caught.value.step == "choices"


@pytest.mark.parametrize("choices", [[0, 0, 0], [1, 1, 1]])
def test_choices_that_a_question_without_blank_does_not_allow(choices: list[int]) -> None:
    with pytest.raises(CryptoError):
        cast(election(3, 1, 2, blank=False), choices)


def test_the_seed_of_a_visit_rebuilds_its_ballot() -> None:
    public = base_mul(CREDENTIAL)
    choices = [1, 0, 1]

    def expanded(seed: bytes, selection: list[int]) -> SeededDraw:
        return expand_seed(seed, fingerprint=FINGERPRINT, credential=public, selection=selection)

    made = make_ballot_for(PARAMS, FINGERPRINT, base_mul(CREDENTIAL), choices, expanded(bytes(32), choices))
    rebuilt = make_ballot_for(PARAMS, FINGERPRINT, public, choices, expanded(bytes(32), choices))
    assert made.hash == rebuilt.hash
    other = make_ballot_for(PARAMS, FINGERPRINT, public, choices, expanded(bytes([1] * 32), choices))
    lie = make_ballot_for(PARAMS, FINGERPRINT, public, [1, 1, 0], expanded(bytes(32), [1, 1, 0]))
    assert len({made.hash, other.hash, lie.hash}) == 3


def test_hash_and_tracker_are_digests_of_the_json() -> None:
    value = json.loads(BALLOT.to_json())
    assert BALLOT.tracker == sha256(BALLOT.to_json())
    del value["signature"]
    assert BALLOT.unsigned.hash == sha256(json.dumps(value, separators=(",", ":")).encode())


def test_only_the_owner_of_the_credential_signs() -> None:
    with pytest.raises(CryptoError) as caught:
        BALLOT.unsigned.sign(scalar(CREDENTIAL + 1), draw())
    assert caught.value.step == "signature"


def test_commitment_depends_on_every_ballot_and_their_order() -> None:
    first, second = BALLOT.unsigned.hash, BLANK.unsigned.hash
    assert len(commitment([first])) == 32
    values = [commitment(items) for items in ([], [first], [second], [first, second], [second, first])]
    assert len(set(values)) == 5


def resigned(ballot: Ballot) -> Ballot:
    """Sign again, so that it is not the signature that refuses a lie."""
    return ballot.unsigned.sign(CREDENTIAL, draw("again"))


def with_answer(ballot: Ballot, **fields: Any) -> Ballot:
    answer = replace(ballot.unsigned.answer, **fields)
    return resigned(replace(ballot, unsigned=replace(ballot.unsigned, answer=answer)))


def bent(proof: Proof, part: str) -> Proof:
    if part == "challenge":
        return replace(proof, challenge=scalar(proof.challenge ^ 1))
    return replace(proof, response=scalar(proof.response ^ 1))


@pytest.mark.parametrize("ballot", [BALLOT, BLANK], ids=["marks", "blank"])
@pytest.mark.parametrize("part", ["challenge", "response"])
def test_every_proof_with_a_changed_bit_is_refused(ballot: Ballot, part: str) -> None:
    answer = ballot.unsigned.answer
    assert answer.blank is not None
    lies: list[tuple[str, Ballot]] = []
    for row, proofs in enumerate(answer.individual):
        for column, proof in enumerate(proofs):
            changed = tuple(bent(proof, part) if n == column else p for n, p in enumerate(proofs))
            rows = tuple(changed if n == row else p for n, p in enumerate(answer.individual))
            lies.append(("individual proof", with_answer(ballot, individual=rows)))
    for column, proof in enumerate(answer.overall):
        changed = tuple(bent(proof, part) if n == column else p for n, p in enumerate(answer.overall))
        lies.append(("overall proof", with_answer(ballot, overall=changed)))
    for column, proof in enumerate(answer.blank):
        changed = tuple(bent(proof, part) if n == column else p for n, p in enumerate(answer.blank))
        lies.append(("blank proof", with_answer(ballot, blank=changed)))
    lies.append(("signature", replace(ballot, signature=bent(ballot.signature, part))))
    for step, lie in lies:
        with pytest.raises(CryptoError) as caught:
            check(lie)
        assert caught.value.step == step


def choices_with(ballot: Ballot, row: int, item: Ciphertext) -> tuple[Ciphertext, ...]:
    return tuple(item if n == row else c for n, c in enumerate(ballot.unsigned.answer.choices))


@pytest.mark.parametrize("row", range(4))
def test_every_ciphertext_that_was_exchanged_is_refused(row: int) -> None:
    item = BALLOT.unsigned.answer.choices[row]
    for lie in (
        replace(item, alpha=item.alpha + GENERATOR),
        replace(item, beta=item.beta + GENERATOR),
        replace(item, beta=item.beta - GENERATOR),
        Ciphertext(item.beta, item.alpha),
    ):
        with pytest.raises(CryptoError) as caught:
            check(with_answer(BALLOT, choices=choices_with(BALLOT, row, lie)))
        assert caught.value.step == "individual proof"


TORSION = Point(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))


@pytest.mark.parametrize("row", range(4))
@pytest.mark.parametrize("half", ["alpha", "beta"])
def test_points_outside_the_group_are_refused(row: int, half: str) -> None:
    item = BALLOT.unsigned.answer.choices[row]
    for point in (IDENTITY, TORSION, getattr(item, half) + TORSION):
        lie = with_answer(BALLOT, choices=choices_with(BALLOT, row, replace(item, **{half: point})))
        with pytest.raises(CryptoError) as caught:
            check(lie)
        assert caught.value.step == "point"


def test_challenge_zero_does_not_hide_a_point_outside_the_group() -> None:
    """A zero scalar multiplies nothing, so the library would not look at the point."""
    item = BALLOT.unsigned.answer.choices[0]
    zero = Proof(Scalar(0), Scalar(1))
    answer = BALLOT.unsigned.answer
    lie = with_answer(
        BALLOT,
        choices=choices_with(BALLOT, 0, replace(item, alpha=item.alpha + TORSION)),
        individual=((zero, zero), *answer.individual[1:]),
    )
    with pytest.raises(CryptoError) as caught:
        check(lie)
    assert caught.value.step == "point"


def test_a_credential_outside_the_group_is_refused() -> None:
    for point in (IDENTITY, TORSION, base_mul(CREDENTIAL) + TORSION):
        with pytest.raises(CryptoError) as caught:
            check(replace(BALLOT, unsigned=replace(BALLOT.unsigned, credential=point)))
        assert caught.value.step == "point"


SHAPES: dict[str, tuple[str, Callable[[Ballot], Ballot]]] = {
    "a choice less": ("shape", lambda b: with_answer(b, choices=b.unsigned.answer.choices[:-1])),
    "a choice more": ("shape", lambda b: with_answer(b, choices=b.unsigned.answer.choices * 2)),
    "no choices": ("shape", lambda b: with_answer(b, choices=(), individual=())),
    "an individual proof less": (
        "shape",
        lambda b: with_answer(b, individual=b.unsigned.answer.individual[:-1]),
    ),
    "half an individual proof": (
        "individual proof",
        lambda b: with_answer(b, individual=tuple(p[:1] for p in b.unsigned.answer.individual)),
    ),
    "an overall proof less": (
        "overall proof",
        lambda b: with_answer(b, overall=b.unsigned.answer.overall[:-1]),
    ),
    "no blank proof": ("shape", lambda b: with_answer(b, blank=None)),
    "an empty blank proof": ("blank proof", lambda b: with_answer(b, blank=())),
    "another uuid": (
        "election",
        lambda b: resigned(replace(b, unsigned=replace(b.unsigned, uuid="1" * 14))),
    ),
    "another fingerprint": (
        "election",
        lambda b: resigned(replace(b, unsigned=replace(b.unsigned, fingerprint="A" * 43))),
    ),
    "another credential": (
        "signature",
        lambda b: replace(b, unsigned=replace(b.unsigned, credential=GENERATOR)),
    ),
}


@pytest.mark.parametrize(("step", "change"), SHAPES.values(), ids=SHAPES.keys())
def test_other_shapes_are_refused(step: str, change: Callable[[Ballot], Ballot]) -> None:
    with pytest.raises(CryptoError) as caught:
        check(change(BALLOT))
    assert caught.value.step == step


def test_proofs_of_another_credential_are_refused() -> None:
    """A ballot copied under another credential, and signed there, does not verify."""
    other = scalar(CREDENTIAL + 1)
    copied = replace(BALLOT.unsigned, credential=base_mul(other)).sign(other, draw())
    with pytest.raises(CryptoError) as caught:
        check(copied)
    assert caught.value.step == "individual proof"


def test_another_joint_key_is_refused() -> None:
    with pytest.raises(CryptoError) as caught:
        verify_ballot(BALLOT, PARAMS, FINGERPRINT, GENERATOR)
    assert caught.value.step == "election"


def test_every_bit_of_the_packed_form_counts() -> None:
    """A changed bit is refused by the stored digest, as not canonical, or by the signature."""
    packed = pack(BALLOT)
    for position in range(0, 8 * len(packed), 41):
        changed = bytearray(packed)
        changed[position // 8] ^= 1 << position % 8
        with pytest.raises(CryptoError):
            check(unpack(bytes(changed), PARAMS, FINGERPRINT))


@pytest.mark.parametrize("change", [lambda b: b[:-1], lambda b: b + b"\0", lambda b: b"", lambda b: b * 2])
def test_packed_forms_of_another_size_are_refused(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(CryptoError) as caught:
        unpack(change(pack(BALLOT)), PARAMS, FINGERPRINT)
    assert caught.value.step == "packed ballot"


def test_a_packed_ballot_of_another_election_is_refused() -> None:
    with pytest.raises(CryptoError):
        unpack(pack(BALLOT), PARAMS, "A" * 43)
    with pytest.raises(CryptoError):
        unpack(pack(BALLOT), replace(PARAMS, uuid="1" * 14), FINGERPRINT)


def edited(change: Callable[[Any], None]) -> bytes:
    value = json.loads(BALLOT.to_json())
    change(value)
    return json.dumps(value, separators=(",", ":")).encode()


def _reorder(value: Any) -> None:
    value["answers"][0]["choices"][0] = dict(reversed(value["answers"][0]["choices"][0].items()))


def _capitals(value: Any) -> None:
    value["answers"][0]["choices"][0]["alpha"] = value["answers"][0]["choices"][0]["alpha"].upper()


def _leading_zero(value: Any) -> None:
    proof = value["answers"][0]["overall_proof"][0]
    proof["challenge"] = "0" + proof["challenge"]


def _too_large(value: Any) -> None:
    proof = value["answers"][0]["overall_proof"][0]
    proof["response"] = str(int(proof["response"]) + Q)


TEXTS: dict[str, bytes] = {
    "a space": BALLOT.to_json().replace(b'","', b'", "', 1),
    "a newline": BALLOT.to_json() + b"\n",
    "twice": BALLOT.to_json() * 2,
    "cut": BALLOT.to_json()[:-1],
    "empty": b"",
    "a list": b"[]",
    "null": b"null",
    "not UTF-8": b"\xff" + BALLOT.to_json(),
    "deep": b"[" * 100_000,
    "huge": b" " * (1 << 21),
    "a key twice": BALLOT.to_json().replace(b"{", b'{"election_uuid":"x",', 1),
    "order in a choice": edited(_reorder),
    "capitals": edited(_capitals),
    "leading zero": edited(_leading_zero),
    "number above the order": edited(_too_large),
    "more": edited(lambda v: v.update(more=1)),
    "more in the answer": edited(lambda v: v["answers"][0].update(more=1)),
    "more in the signature": edited(lambda v: v["signature"].update(more=1)),
    "no signature": edited(lambda v: v.pop("signature")),
    "no answers": edited(lambda v: v.pop("answers")),
    "two answers": edited(lambda v: v["answers"].append(v["answers"][0])),
    "empty answers": edited(lambda v: v["answers"].clear()),
    "answer is a text": edited(lambda v: v["answers"].__setitem__(0, "x")),
    "choices is a text": edited(lambda v: v["answers"][0].update(choices="xy")),
    "choices is null": edited(lambda v: v["answers"][0].update(choices=None)),
    "proofs is an object": edited(lambda v: v["answers"][0].update(overall_proof={})),
    "blank proof is null": edited(lambda v: v["answers"][0].update(blank_proof=None)),
    "proof is a number": edited(lambda v: v["signature"].update(proof=3)),
    "another hash": edited(lambda v: v["signature"].update(hash="A" * 43)),
    "uuid is a number": edited(lambda v: v.update(election_uuid=5)),
    "uuid with a quotation mark": edited(lambda v: v.update(election_uuid='x","y":"z')),
    "credential is null": edited(lambda v: v.update(credential=None)),
}


def test_what_is_too_long_is_not_even_read() -> None:
    with pytest.raises(CryptoError, match="longer than"):
        Ballot.parse(TEXTS["huge"])


@pytest.mark.parametrize("data", TEXTS.values(), ids=TEXTS.keys())
def test_json_in_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(CryptoError):
        Ballot.parse(data)


VECTORS = Path(__file__).parents[2] / "vectors" / "belenios" / "homomorphic.json"
VECTOR = json.loads(VECTORS.read_text(encoding="utf-8"))
"""A small vote made by belenios-tool 3.0, with its secrets."""


def test_ballots_of_the_outside_tool_are_accepted_and_rebuilt_byte_for_byte() -> None:
    data = VECTOR["election"].encode()
    params, mark = ElectionParams.from_json_bytes(data), fingerprint(data)
    trustees = Trustees.parse(VECTOR["trustees"].encode())
    trustees.verify()
    keys = [secret_key(params.uuid, text) for text in VECTOR["private_credentials"]]
    listed = sort_credentials(map(base_mul, keys))
    assert [point.hex() for point in listed] == VECTOR["public_credentials"]
    ballots = []
    for text in VECTOR["ballots"]:
        ballot = Ballot.parse(text.encode())
        verify_ballot(ballot, params, mark, trustees.joint_key)
        assert ballot.unsigned.credential in listed
        assert unpack(pack(ballot), params, mark).to_json() == text.encode()
        ballots.append(ballot)
    tally = [total(column) for column in zip(*(b.unsigned.answer.choices for b in ballots), strict=True)]
    assert VECTOR["encrypted_tally"] == "[[" + ",".join(item.to_json() for item in tally) + "]]"
    partials = {
        n: PartialDecryption.parse(text.encode()) for n, text in enumerate(VECTOR["partial_decryptions"], 1)
    }
    for owner, partial in partials.items():
        verify_published_partial(trustees.public_keys[owner - 1], tally, mark, partial)
    assert decrypt_sums(tally, combine(trustees, partials), len(ballots)) == VECTOR["result"]


def test_a_changed_digit_of_a_ballot_of_the_outside_tool_is_refused() -> None:
    data = VECTOR["election"].encode()
    params, mark = ElectionParams.from_json_bytes(data), fingerprint(data)
    text = VECTOR["ballots"][0]
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    for place in digits[:: len(digits) // 40]:
        changed = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
        with pytest.raises(CryptoError):
            verify_ballot(Ballot.parse(changed.encode()), params, mark, params.public_key)
