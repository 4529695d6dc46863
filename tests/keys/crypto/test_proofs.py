"""Single proofs: accepted when honest, refused after any change, and known answers of another program."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.elgamal import Ciphertext, encrypt
from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, IDENTITY, Point, Q, Scalar, base_mul, mul, scalar
from keys.crypto.proofs import (
    Proof,
    bound_decryption_prove,
    bound_decryption_verify,
    decryption_prove,
    decryption_verify,
    pok_prove,
    pok_verify,
    signature_prove,
    signature_verify,
)
from keys.crypto.randomness import SeededDraw
from keys.crypto.transcript import b64_digest, challenge, prf, sha256, sha256_text, tagged

VECTORS = Path(__file__).parents[2] / "vectors" / "belenios"
SECRET = Scalar(77)
PUBLIC = base_mul(SECRET)
MARK = "A" * 43
CIPHERTEXT = encrypt(PUBLIC, 5, Scalar(123456789))
FACTOR = mul(CIPHERTEXT.alpha, SECRET)


def draw(label: str = "") -> SeededDraw:
    return SeededDraw(bytes(32), label.encode())


def bent(proof: Proof) -> list[Proof]:
    """The proof with one bit changed, in each of its numbers, and the numbers exchanged."""
    return [
        replace(proof, challenge=scalar(proof.challenge ^ 1)),
        replace(proof, challenge=scalar(proof.challenge ^ 1 << 200)),
        replace(proof, response=scalar(proof.response ^ 1)),
        replace(proof, response=scalar(proof.response ^ 1 << 200)),
        Proof(proof.response, proof.challenge),
        Proof(Scalar(0), Scalar(0)),
    ]


scalars = st.integers(0, Q - 1).map(Scalar)


@settings(max_examples=20, deadline=None)
@given(scalars.filter(bool), st.binary(max_size=8))
def test_honest_proofs_hold(secret: Scalar, label: bytes) -> None:
    drawn = SeededDraw(bytes(32), label)
    pok_verify(base_mul(secret), pok_prove(secret, drawn))
    signature_verify(base_mul(secret), MARK, signature_prove(secret, MARK, drawn))
    item = encrypt(base_mul(secret), 3, drawn())
    factor = mul(item.alpha, secret)
    proof = decryption_prove(secret, item.alpha, MARK, drawn)
    decryption_verify(base_mul(secret), item.alpha, factor, MARK, proof)
    bound = bound_decryption_prove(secret, item, MARK, 2, drawn)
    bound_decryption_verify(base_mul(secret), item, factor, MARK, 2, bound)


def test_text_of_the_proof_of_knowledge() -> None:
    """Section 4.5, hashed here in another way than there."""
    proof = pok_prove(SECRET, draw())
    commitment = base_mul(proof.response) + mul(PUBLIC, proof.challenge)
    text = f"pok|Ed25519|{PUBLIC.hex()}|{commitment.hex()}"
    assert proof.challenge == int(hashlib.sha256(text.encode()).hexdigest(), 16) % Q
    assert proof.challenge == challenge(text)


def test_a_proof_of_knowledge_for_something_else() -> None:
    proof = pok_prove(SECRET, draw())
    for other in bent(proof):
        with pytest.raises(CryptoError, match="proof of knowledge"):
            pok_verify(PUBLIC, other)
    with pytest.raises(CryptoError, match="proof of knowledge"):
        pok_verify(GENERATOR, proof)
    with pytest.raises(CryptoError, match="identity"):
        pok_verify(IDENTITY, pok_prove(Scalar(0), draw()))


def test_a_signature_for_something_else() -> None:
    proof = signature_prove(SECRET, MARK, draw())
    for other in bent(proof):
        with pytest.raises(CryptoError, match="signature"):
            signature_verify(PUBLIC, MARK, other)
    with pytest.raises(CryptoError, match="signature"):
        signature_verify(PUBLIC, "B" * 43, proof)
    with pytest.raises(CryptoError, match="signature"):
        signature_verify(GENERATOR, MARK, proof)


def test_a_proof_is_of_its_own_kind() -> None:
    with pytest.raises(CryptoError, match="signature"):
        signature_verify(PUBLIC, MARK, pok_prove(SECRET, draw()))
    with pytest.raises(CryptoError, match="decryption proof"):
        bound_decryption_verify(
            PUBLIC, CIPHERTEXT, FACTOR, MARK, 0, decryption_prove(SECRET, CIPHERTEXT.alpha, MARK, draw())
        )
    with pytest.raises(CryptoError, match="decryption proof"):
        decryption_verify(
            PUBLIC,
            CIPHERTEXT.alpha,
            FACTOR,
            MARK,
            bound_decryption_prove(SECRET, CIPHERTEXT, MARK, 0, draw()),
        )


def test_a_decryption_proof_for_something_else() -> None:
    alpha = CIPHERTEXT.alpha
    proof = decryption_prove(SECRET, alpha, MARK, draw())
    lies = [(PUBLIC, alpha, FACTOR, MARK, other) for other in bent(proof)]
    lies += [
        (GENERATOR, alpha, FACTOR, MARK, proof),
        (PUBLIC, GENERATOR, FACTOR, MARK, proof),
        (PUBLIC, alpha, FACTOR + GENERATOR, MARK, proof),
        (PUBLIC, alpha, IDENTITY, MARK, proof),
        (PUBLIC, alpha, FACTOR, "B" * 43, proof),
    ]
    for lie in lies:
        with pytest.raises(CryptoError) as caught:
            decryption_verify(*lie)
        assert caught.value.step == "decryption proof"


def test_a_bound_decryption_proof_for_something_else() -> None:
    proof = bound_decryption_prove(SECRET, CIPHERTEXT, MARK, 4, draw())
    other_beta = replace(CIPHERTEXT, beta=CIPHERTEXT.beta + GENERATOR)
    other_alpha = replace(CIPHERTEXT, alpha=CIPHERTEXT.alpha + GENERATOR)
    lies = [(PUBLIC, CIPHERTEXT, FACTOR, MARK, 4, other) for other in bent(proof)]
    lies += [
        (GENERATOR, CIPHERTEXT, FACTOR, MARK, 4, proof),
        (PUBLIC, other_beta, FACTOR, MARK, 4, proof),
        (PUBLIC, other_alpha, FACTOR, MARK, 4, proof),
        (PUBLIC, CIPHERTEXT, FACTOR + GENERATOR, MARK, 4, proof),
        (PUBLIC, CIPHERTEXT, IDENTITY, MARK, 4, proof),
        (PUBLIC, CIPHERTEXT, FACTOR, "B" * 43, 4, proof),
        (PUBLIC, CIPHERTEXT, FACTOR, MARK, 5, proof),
    ]
    for lie in lies:
        with pytest.raises(CryptoError) as caught:
            bound_decryption_verify(*lie)
        assert caught.value.step == "bound decryption proof"


def test_an_empty_sum_is_decrypted_and_proved() -> None:
    empty = Ciphertext(IDENTITY, IDENTITY)
    decryption_verify(PUBLIC, IDENTITY, IDENTITY, MARK, decryption_prove(SECRET, IDENTITY, MARK, draw()))
    proof = bound_decryption_prove(SECRET, empty, MARK, 0, draw())
    bound_decryption_verify(PUBLIC, empty, IDENTITY, MARK, 0, proof)
    with pytest.raises(CryptoError):
        bound_decryption_verify(PUBLIC, empty, GENERATOR, MARK, 0, proof)


def test_a_shifted_decryption_passes_the_first_proof_and_not_the_second() -> None:
    vector = json.loads((VECTORS / "unbound-decryption.json").read_text(encoding="utf-8"))
    mark = vector["fingerprint"]
    names = ("public_key", "alpha", "beta", "true_factor", "forged_factor")
    public, alpha, beta, true_factor, forged = (Point.from_hex(vector[name]) for name in names)
    item = Ciphertext(alpha, beta)
    proof = Proof.from_json(vector["proof"])
    bound = Proof.from_json(vector["bound_proof_of_the_true_factor"])
    assert beta - true_factor == base_mul(Scalar(vector["true_message"]))
    assert beta - forged == base_mul(Scalar(vector["forged_message"]))
    decryption_verify(public, alpha, forged, mark, proof)
    bound_decryption_verify(public, item, true_factor, mark, 0, bound)
    for second in (bound, proof):
        with pytest.raises(CryptoError) as caught:
            bound_decryption_verify(public, item, forged, mark, 0, second)
        assert caught.value.step == "bound decryption proof"


@settings(max_examples=30, deadline=None)
@given(scalars, scalars)
def test_proofs_are_read_as_they_are_written(first: Scalar, second: Scalar) -> None:
    proof = Proof(first, second)
    assert Proof.from_bytes(proof.to_bytes()) == proof
    assert Proof.from_json(json.loads(proof.to_json())) == proof
    assert len(proof.to_bytes()) == 64


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"challenge": "1"},
        {"challenge": "1", "response": "2", "more": "3"},
        {"challenge": 1, "response": "2"},
        {"challenge": "1", "response": "02"},
        {"challenge": str(Q), "response": "2"},
        ["1", "2"],
        "1",
        None,
    ],
)
def test_values_that_are_no_proof(value: object) -> None:
    with pytest.raises(CryptoError):
        Proof.from_json(value)


@pytest.mark.parametrize(
    "raw",
    [b"", bytes(63), bytes(65), Q.to_bytes(32, "little") + bytes(32), bytes(32) + b"\xff" * 32],
)
def test_bytes_that_are_no_proof(raw: bytes) -> None:
    with pytest.raises(CryptoError):
        Proof.from_bytes(raw)


def test_hashes() -> None:
    """FIPS 180-4's example, and lengths that keep parts apart."""
    assert sha256(b"abc").hex().startswith("ba7816bf8f01cfea414140de5dae2223")
    assert sha256_text("abc") == sha256(b"abc")
    assert base64.b64decode(b64_digest(b"abc") + "=") == sha256(b"abc")
    parts: list[tuple[str, tuple[bytes, ...]]] = [
        ("a", (b"b", b"c")),
        ("a", (b"bc",)),
        ("ab", (b"c",)),
        ("a", (b"b", b"c", b"")),
        ("a", (b"", b"bc")),
    ]
    assert len({tagged(tag, *rest) for tag, rest in parts}) == len(parts)
    assert len({prf(b"", tag, *rest) for tag, rest in parts}) == len(parts)
    assert prf(b"key", "a") != prf(b"kex", "a")
    assert len(prf(b"", "")) == 64
