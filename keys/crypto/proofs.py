"""Single proofs of Belenios 3.0 (sections 4.5, 4.16, 4.20) and our second decryption proof.

A proof is (challenge, response); a commitment is recomputed as g^response * X^challenge. Verifying returns
None or raises `CryptoError` whose `step` names the proof. Texts that are hashed are built here and nowhere
else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import GROUP_NAME, Point, Q, Scalar, base_mul, mul, scalar, scalar_from_json
from keys.crypto.randomness import Draw
from keys.crypto.transcript import challenge, tagged

__all__ = [
    "Proof",
    "bound_decryption_prove",
    "bound_decryption_verify",
    "decryption_prove",
    "decryption_verify",
    "message_prove",
    "message_verify",
    "plaintext_prove",
    "plaintext_verify",
    "pok_prove",
    "pok_verify",
    "signature_prove",
    "signature_verify",
]


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and its response."""

    challenge: Scalar
    response: Scalar

    def to_json(self) -> str:
        """Write the compact JSON object."""
        return f'{{"challenge":"{self.challenge}","response":"{self.response}"}}'

    @classmethod
    def from_json(cls, value: object) -> Proof:
        """Read a decoded JSON object with exactly the two fields.

        Raises:
            CryptoError: Anything is missing, too much, or not a canonical scalar.
        """
        if not isinstance(value, dict) or set(value) != {"challenge", "response"}:
            raise CryptoError("proof", "expected an object with challenge and response")
        return cls(scalar_from_json(value["challenge"]), scalar_from_json(value["response"]))

    def to_bytes(self) -> bytes:
        """Write 64 bytes: challenge, response, little-endian."""
        return self.challenge.to_bytes(32, "little") + self.response.to_bytes(32, "little")

    @classmethod
    def from_bytes(cls, raw: bytes) -> Proof:
        """Read 64 bytes.

        Raises:
            CryptoError: Wrong length or a number that is not below Q.
        """
        if len(raw) != 64:
            raise CryptoError("proof", f"expected 64 bytes, found {len(raw)}")
        numbers = [int.from_bytes(raw[:32], "little"), int.from_bytes(raw[32:], "little")]
        if max(numbers) >= Q:
            raise CryptoError("proof", "a number is not below the order of the group")
        return cls(Scalar(numbers[0]), Scalar(numbers[1]))


def _respond(nonce: Scalar, secret: Scalar, found: Scalar) -> Proof:
    return Proof(found, scalar(nonce - secret * found))


def _schnorr_prove(prefix: str, secret: Scalar, draw: Draw) -> Proof:
    nonce = draw()
    return _respond(nonce, secret, challenge(prefix + base_mul(nonce).hex()))


def _schnorr_verify(step: str, prefix: str, public: Point, proof: Proof) -> None:
    if public.is_identity:
        raise CryptoError("point", "the identity is not allowed here")
    commitment = base_mul(proof.response) + mul(public, proof.challenge)
    if challenge(prefix + commitment.hex()) != proof.challenge:
        raise CryptoError(step, "the proof does not hold")


def pok_prove(secret: Scalar, draw: Draw) -> Proof:
    """Prove knowledge of a trustee's private key (section 4.5)."""
    return _schnorr_prove(f"pok|{GROUP_NAME}|{base_mul(secret).hex()}|", secret, draw)


def pok_verify(public: Point, proof: Proof) -> None:
    """Check a trustee's proof of knowledge (section 4.5).

    Raises:
        CryptoError: Step ``"proof of knowledge"``; or ``"point"`` if the key is not in the group.
    """
    _schnorr_verify("proof of knowledge", f"pok|{GROUP_NAME}|{public.hex()}|", public, proof)


def signature_prove(secret: Scalar, ballot_hash: str, draw: Draw) -> Proof:
    """Sign the hash (43 characters) of an unsigned ballot with a credential (section 4.16)."""
    return _schnorr_prove(f"sig|{ballot_hash}|", secret, draw)


def signature_verify(credential: Point, ballot_hash: str, proof: Proof) -> None:
    """Check the signature of a ballot (section 4.16).

    Raises:
        CryptoError: Step ``"signature"``; or ``"point"`` if the credential is not in the group.
    """
    _schnorr_verify("signature", f"sig|{ballot_hash}|", credential, proof)


def message_prove(secret: Scalar, message: str, draw: Draw) -> Proof:
    """Sign a message between trustees (section 4.6)."""
    return _schnorr_prove(f"sigmsg|{message}|", secret, draw)


def message_verify(public: Point, message: str, proof: Proof) -> None:
    """Check the signature of a message between trustees (section 4.6).

    Raises:
        CryptoError: Step ``"message signature"``; or ``"point"`` if the key is not in the group.
    """
    _schnorr_verify("message signature", f"sigmsg|{message}|", public, proof)


def plaintext_prove(statement: str, key: Point, item: Ciphertext, randomness: Scalar, draw: Draw) -> Proof:
    """Prove that the maker of a ciphertext knows its randomness (section 4.11.2, `raweg`)."""
    return _schnorr_prove(f"raweg|{statement}|{key.hex()},{item.text()}|", randomness, draw)


def plaintext_verify(statement: str, key: Point, item: Ciphertext, proof: Proof) -> None:
    """Check a proof of `plaintext_prove`.

    Raises:
        CryptoError: Step ``"plaintext proof"``; or ``"point"`` if alpha is not in the group, or is the identity.
    """
    _schnorr_verify("plaintext proof", f"raweg|{statement}|{key.hex()},{item.text()}|", item.alpha, proof)


def decryption_prove(secret: Scalar, alpha: Point, fingerprint: str, draw: Draw) -> Proof:
    """Prove that alpha^secret is a right decryption factor (section 4.20)."""
    nonce = draw()
    public = base_mul(secret)
    text = f"decrypt|{fingerprint}|{public.hex()}|{base_mul(nonce).hex()},{mul(alpha, nonce).hex()}"
    return _respond(nonce, secret, challenge(text))


def _commitments(public: Point, alpha: Point, factor: Point, proof: Proof) -> tuple[Point, Point]:
    first = base_mul(proof.response) + mul(public, proof.challenge)
    second = mul(alpha, proof.response) + mul(factor, proof.challenge)
    return first, second


def decryption_verify(public: Point, alpha: Point, factor: Point, fingerprint: str, proof: Proof) -> None:
    """Check a decryption proof (section 4.20); it binds neither the ciphertext nor the factor.

    Args:
        public: The trustee's share of the public key, of the group.
        alpha: First half of the ciphertext, of the group.
        factor: The decryption factor, of the group.
        fingerprint: Of the election.
        proof: What is checked.

    Raises:
        CryptoError: Step ``"decryption proof"``.
    """
    first, second = _commitments(public, alpha, factor, proof)
    text = f"decrypt|{fingerprint}|{public.hex()}|{first.hex()},{second.hex()}"
    if challenge(text) != proof.challenge:
        raise CryptoError("decryption proof", "the proof does not hold")


def _bound_challenge(fingerprint: str, index: int, points: Sequence[Point]) -> Scalar:
    parts = [fingerprint.encode(), index.to_bytes(4, "big"), *(point.raw for point in points)]
    return scalar(int.from_bytes(tagged("isoloir/decryption/1", *parts), "big"))


def bound_decryption_prove(
    secret: Scalar, ciphertext: Ciphertext, fingerprint: str, index: int, draw: Draw
) -> Proof:
    """Prove a decryption factor with a challenge that covers all it speaks of (design, section 5).

    Args:
        secret: The trustee's private share.
        ciphertext: What is decrypted.
        fingerprint: Of the contest's election.
        index: Which ciphertext of the contest, from 0.
        draw: Randomness.
    """
    nonce = draw()
    points = [base_mul(secret), ciphertext.alpha, ciphertext.beta, mul(ciphertext.alpha, secret)]
    points += [base_mul(nonce), mul(ciphertext.alpha, nonce)]
    return _respond(nonce, secret, _bound_challenge(fingerprint, index, points))


def bound_decryption_verify(
    public: Point, ciphertext: Ciphertext, factor: Point, fingerprint: str, index: int, proof: Proof
) -> None:
    """Check our second decryption proof.

    Raises:
        CryptoError: Step ``"bound decryption proof"``.
    """
    first, second = _commitments(public, ciphertext.alpha, factor, proof)
    points = [public, ciphertext.alpha, ciphertext.beta, factor, first, second]
    if _bound_challenge(fingerprint, index, points) != proof.challenge:
        raise CryptoError("bound decryption proof", "the proof does not hold")
