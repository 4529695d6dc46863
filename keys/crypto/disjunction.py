"""Proofs that one of several statements about ciphertexts is true (sections 4.12 and 4.13).

The prover knows the randomness of every ciphertext, so a simulated commitment costs one multiplication of
the key and two of the generator: y^(response + r * challenge) * g^((m - M) * challenge).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import GENERATOR, Point, Scalar, base_mul, mul, scalar
from keys.crypto.proofs import Proof
from keys.crypto.randomness import Draw
from keys.crypto.transcript import challenge

__all__ = [
    "Opened",
    "prove_blank",
    "prove_interval",
    "prove_overall",
    "verify_blank",
    "verify_interval",
    "verify_overall",
]


@dataclass(frozen=True, slots=True)
class Opened:
    """A ciphertext with what only its maker knows."""

    ciphertext: Ciphertext
    randomness: Scalar
    message: int


def _prove(
    prefix: str, key: Point, branches: Sequence[tuple[Opened, int]], true_branch: int, draw: Draw
) -> tuple[Proof, ...]:
    """Prove that one branch, an opened ciphertext and the value claimed for it, is true.

    Draws, for each other branch in order, challenge and response; then the nonce of the true one.
    """
    proofs: dict[int, Proof] = {}
    texts: dict[int, str] = {}
    for number, (opened, claimed) in enumerate(branches):
        if number == true_branch:
            continue
        proof = Proof(draw(), draw())
        power = scalar(proof.response + opened.randomness * proof.challenge)
        shift = base_mul(scalar((opened.message - claimed) * proof.challenge))
        proofs[number] = proof
        texts[number] = f"{base_mul(power).hex()},{(mul(key, power) + shift).hex()}"
    nonce = draw()
    texts[true_branch] = f"{base_mul(nonce).hex()},{mul(key, nonce).hex()}"
    whole = challenge(prefix + ",".join(texts[number] for number in range(len(branches))))
    own = scalar(whole - sum(proof.challenge for proof in proofs.values()))
    proofs[true_branch] = Proof(own, scalar(nonce - branches[true_branch][0].randomness * own))
    return tuple(proofs[number] for number in range(len(branches)))


def _verify(
    step: str, prefix: str, key: Point, branches: Sequence[tuple[Ciphertext, int]], proofs: Sequence[Proof]
) -> None:
    if len(proofs) != len(branches):
        raise CryptoError(step, f"expected {len(branches)} proofs, found {len(proofs)}")
    texts = []
    for (ciphertext, claimed), proof in zip(branches, proofs, strict=True):
        first = base_mul(proof.response) + mul(ciphertext.alpha, proof.challenge)
        beta = ciphertext.beta
        if claimed:
            beta -= GENERATOR if claimed == 1 else base_mul(scalar(claimed))
        second = mul(key, proof.response) + mul(beta, proof.challenge)
        texts.append(f"{first.hex()},{second.hex()}")
    if challenge(prefix + ",".join(texts)) != scalar(sum(proof.challenge for proof in proofs)):
        raise CryptoError(step, "the proof does not hold")


def prove_interval(
    statement: str, key: Point, opened: Opened, values: range, draw: Draw
) -> tuple[Proof, ...]:
    """Prove that a ciphertext holds one of the values (section 4.12, `iprove`).

    Args:
        statement: The string S of the specification.
        key: The election's public key.
        opened: The ciphertext, its randomness and its message, which must be in `values`.
        values: Consecutive values, smallest first.
        draw: Randomness.
    """
    prefix = f"prove|{statement}|{opened.ciphertext.text()}|"
    branches = [(opened, value) for value in values]
    return _prove(prefix, key, branches, values.index(opened.message), draw)


def verify_interval(
    step: str, statement: str, key: Point, ciphertext: Ciphertext, values: range, proofs: Sequence[Proof]
) -> None:
    """Check a proof of `prove_interval`; membership of the ciphertext in the group is checked on the way.

    Raises:
        CryptoError: With this step; or ``"point"``.
    """
    prefix = f"prove|{statement}|{ciphertext.text()}|"
    _verify(step, prefix, key, [(ciphertext, value) for value in values], proofs)


def prove_blank(statement: str, key: Point, blank: Opened, rest: Opened, draw: Draw) -> tuple[Proof, ...]:
    """Prove that the vote is not blank, or that nothing is chosen (section 4.13, `blank_proof`)."""
    branches = [(blank, 0), (rest, 0)]
    return _prove(f"bproof0|{statement}|", key, branches, 1 if blank.message else 0, draw)


def verify_blank(
    statement: str, key: Point, blank: Ciphertext, rest: Ciphertext, proofs: Sequence[Proof]
) -> None:
    """Check a proof of `prove_blank`.

    Raises:
        CryptoError: Step ``"blank proof"``.
    """
    _verify("blank proof", f"bproof0|{statement}|", key, [(blank, 0), (rest, 0)], proofs)


def prove_overall(
    statement: str, key: Point, blank: Opened, rest: Opened, values: range, draw: Draw
) -> tuple[Proof, ...]:
    """Prove that the vote is blank, or that the number chosen is allowed (section 4.13, `overall_proof`)."""
    branches = [(blank, 1), *((rest, value) for value in values)]
    true_branch = 0 if blank.message else 1 + values.index(rest.message)
    return _prove(f"bproof1|{statement}|", key, branches, true_branch, draw)


def verify_overall(
    statement: str, key: Point, blank: Ciphertext, rest: Ciphertext, values: range, proofs: Sequence[Proof]
) -> None:
    """Check a proof of `prove_overall`.

    Raises:
        CryptoError: Step ``"overall proof"``.
    """
    branches = [(blank, 1), *((rest, value) for value in values)]
    _verify("overall proof", f"bproof1|{statement}|", key, branches, proofs)
