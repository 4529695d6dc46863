"""What a ballot of one contest holds (sections 4.11, 4.16, 4.17), and its exact JSON form.

One byte more or less is another ballot: reading refuses everything that writing would not give.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point, Scalar, base_mul
from keys.crypto.proofs import Proof, signature_prove
from keys.crypto.randomness import Draw
from keys.crypto.transcript import b64_digest, sha256

__all__ = ["MAX_BALLOT_BYTES", "Answer", "Ballot", "UnsignedBallot", "whole_answer"]

MAX_BALLOT_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """An encrypted answer (section 4.11): of marks with their proofs, or whole with one proof."""

    choices: tuple[Ciphertext, ...]
    """One an answer of the question, preceded by one for blank where blank is possible."""
    individual: tuple[tuple[Proof, ...], ...]
    """Two proofs a choice: it is 0 or 1."""
    overall: tuple[Proof, ...]
    blank: tuple[Proof, ...] | None
    """Two proofs, or None where blank is not possible."""
    plaintext: Proof | None = None
    """Only of a whole ballot, which has one choice and no other proof: its maker knows what it holds."""

    def to_json(self) -> str:
        """Write the compact JSON object."""
        if self.plaintext is not None:
            return f'{{"choices":{self.choices[0].to_json()},"proof":{self.plaintext.to_json()}}}'
        choices = ",".join(choice.to_json() for choice in self.choices)
        individual = ",".join(_proofs_json(proofs) for proofs in self.individual)
        blank = "" if self.blank is None else f',"blank_proof":{_proofs_json(self.blank)}'
        return (
            f'{{"choices":[{choices}],"individual_proofs":[{individual}],'
            f'"overall_proof":{_proofs_json(self.overall)}{blank}}}'
        )


def _proofs_json(proofs: Sequence[Proof]) -> str:
    return "[" + ",".join(proof.to_json() for proof in proofs) + "]"


@dataclass(frozen=True, slots=True)
class UnsignedBallot:
    """A ballot before it is cast."""

    uuid: str
    fingerprint: str
    credential: Point
    answer: Answer

    def to_json(self) -> bytes:
        """Write the compact JSON object without the signature."""
        return (
            f'{{"election_uuid":"{self.uuid}","election_hash":"{self.fingerprint}",'
            f'"credential":"{self.credential.hex()}","answers":[{self.answer.to_json()}]}}'
        ).encode()

    @property
    def hash(self) -> bytes:
        """Belenios' hash of the unsigned ballot, 32 bytes."""
        return sha256(self.to_json())

    def sign(self, secret: Scalar, draw: Draw) -> Ballot:
        """Sign for casting; the nonce must not come from the visit's seed, which may be opened.

        Raises:
            CryptoError: The secret is not that of the ballot's credential.
        """
        if base_mul(secret) != self.credential:
            raise CryptoError("signature", "the secret is not that of the ballot's credential")
        return Ballot(self, signature_prove(secret, b64_digest(self.to_json()), draw))


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot as it is cast and published."""

    unsigned: UnsignedBallot
    signature: Proof

    def to_json(self) -> bytes:
        """Write the compact JSON object, exactly as it stands in the archive."""
        body = self.unsigned.to_json()
        signature = f',"signature":{{"hash":"{b64_digest(body)}","proof":{self.signature.to_json()}}}}}'
        return body[:-1] + signature.encode()

    @property
    def tracker(self) -> bytes:
        """The digest under which the ballot is published, 32 bytes."""
        return sha256(self.to_json())

    @classmethod
    def parse(cls, data: bytes) -> Ballot:
        """Read a ballot; shapes and spelling are checked, proofs and membership in the group are not.

        Raises:
            CryptoError: Step ``"ballot"``, ``"point"`` or ``"scalar"``: not JSON, other fields, another
                order or spelling, anywhere (also inside the answer, where Belenios itself is more lenient).
        """
        value = _decode(data)
        try:
            ballot = _ballot_from_json(value)
        except (KeyError, TypeError, IndexError):
            raise CryptoError("ballot", "the fields are not those of the specification") from None
        if ballot.to_json() != data:
            raise CryptoError("ballot", "the ballot is not written in the canonical form")
        return ballot


def _decode(data: bytes) -> dict[str, object]:
    if len(data) > MAX_BALLOT_BYTES:
        raise CryptoError("ballot", f"longer than {MAX_BALLOT_BYTES} bytes")
    try:
        value = json.loads(data.decode("ascii"))
    except (ValueError, RecursionError):
        raise CryptoError("ballot", "not JSON in ASCII") from None
    if not isinstance(value, dict):
        raise CryptoError("ballot", "expected a JSON object")
    return value


def _proofs_from_json(value: object) -> tuple[Proof, ...]:
    if not isinstance(value, list):
        raise CryptoError("ballot", "expected a list of proofs")
    return tuple(Proof.from_json(item) for item in value)


def _ballot_from_json(value: dict[str, object]) -> Ballot:
    answers, signature = value["answers"], value["signature"]
    if not isinstance(answers, list) or len(answers) != 1 or not isinstance(signature, dict):
        raise CryptoError("ballot", "expected one answer and one signature")
    unsigned = UnsignedBallot(
        uuid=str(value["election_uuid"]),
        fingerprint=str(value["election_hash"]),
        credential=Point.unchecked_hex(value["credential"]),
        answer=_answer_from_json(answers[0]),
    )
    return Ballot(unsigned, Proof.from_json(signature["proof"]))


def _ciphertext(value: Any) -> Ciphertext:
    return Ciphertext(Point.unchecked_hex(value["alpha"]), Point.unchecked_hex(value["beta"]))


def _answer_from_json(raw: Any) -> Answer:
    if isinstance(raw["choices"], dict):
        return whole_answer(_ciphertext(raw["choices"]), Proof.from_json(raw["proof"]))
    return Answer(
        choices=tuple(_ciphertext(choice) for choice in raw["choices"]),
        individual=tuple(_proofs_from_json(proofs) for proofs in raw["individual_proofs"]),
        overall=_proofs_from_json(raw["overall_proof"]),
        blank=_proofs_from_json(raw["blank_proof"]) if "blank_proof" in raw else None,
    )


def whole_answer(choice: Ciphertext, proof: Proof) -> Answer:
    """Return the answer of a whole ballot (section 4.11.2)."""
    return Answer(choices=(choice,), individual=(), overall=(), blank=None, plaintext=proof)
