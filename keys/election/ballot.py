"""A ballot of one contest, made and verified (sections 4.11, 4.12, 4.13, 4.16).

A ballot is made unsigned from a visit's draws; only "Vote" signs it, with a nonce of its own.
Its JSON form is in `keys.election.ballot_form`, its binary form of fixed size in `keys.election.packing`;
both are offered here too.
"""

from __future__ import annotations

from collections.abc import Sequence

from keys.crypto.disjunction import (
    Opened,
    prove_blank,
    prove_interval,
    prove_overall,
    verify_blank,
    verify_interval,
    verify_overall,
)
from keys.crypto.elgamal import Ciphertext, encrypt, encrypt_point, total
from keys.crypto.encoding import of_ints
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point, scalar
from keys.crypto.proofs import plaintext_prove, plaintext_verify, signature_verify
from keys.crypto.randomness import Draw
from keys.crypto.transcript import b64_digest, tagged
from keys.election.ballot_form import MAX_BALLOT_BYTES, Answer, Ballot, UnsignedBallot, whole_answer
from keys.election.packing import WHOLE_SIZE, pack, packed_size, unpack
from keys.election.question import ElectionParams, WholeParams

__all__ = [
    "MAX_BALLOT_BYTES",
    "WHOLE_SIZE",
    "Answer",
    "Ballot",
    "UnsignedBallot",
    "commitment",
    "make_ballot_for",
    "make_whole_ballot_for",
    "pack",
    "packed_size",
    "unpack",
    "verify_ballot",
]

_BIT = range(2)


def _statements(fingerprint: str, credential: Point, choices: Sequence[Ciphertext]) -> tuple[str, str]:
    own = f"{fingerprint}|{credential.hex()}"
    return own, own + "|" + ",".join(choice.text() for choice in choices)


def _sum(opened: Sequence[Opened]) -> Opened:
    return Opened(
        total(item.ciphertext for item in opened),
        scalar(sum(item.randomness for item in opened)),
        sum(item.message for item in opened),
    )


def make_ballot_for(
    params: ElectionParams, fingerprint: str, credential: Point, choices: Sequence[int], draw: Draw
) -> UnsignedBallot:
    """Make an unsigned ballot for a public credential; whoever opens a visit's seed rebuilds it with this.

    Args:
        params: The election.
        fingerprint: Of its `election.json`.
        credential: Public credential the ballot carries.
        choices: One 0 or 1 an answer; all zero is a blank vote where blank is possible.
        draw: Randomness, used in a fixed order: the ciphertexts, their proofs, the overall proof, the blank
            proof.

    Raises:
        CryptoError: Step ``"choices"``: the choices are not allowed by the question.
    """
    if len(choices) != len(params.answers) or any(choice not in (0, 1) for choice in choices):
        raise CryptoError("choices", "expected one 0 or 1 an answer")
    is_blank = params.blank and not any(choices)
    if not is_blank and sum(choices) not in params.values:
        raise CryptoError("choices", "the number of answers chosen is not allowed")
    key = params.public_key
    messages = [int(is_blank), *choices] if params.blank else list(choices)
    opened = []
    for message in messages:
        randomness = draw()
        opened.append(Opened(encrypt(key, message, randomness), randomness, message))
    own, whole = _statements(fingerprint, credential, [item.ciphertext for item in opened])
    individual = tuple(prove_interval(own, key, item, _BIT, draw) for item in opened)
    if params.blank:
        rest = _sum(opened[1:])
        overall = prove_overall(whole, key, opened[0], rest, params.values, draw)
        blank = prove_blank(whole, key, opened[0], rest, draw)
    else:
        overall, blank = prove_interval(whole, key, _sum(opened), params.values, draw), None
    answer = Answer(tuple(item.ciphertext for item in opened), individual, overall, blank)
    return UnsignedBallot(params.uuid, fingerprint, credential, answer)


def make_whole_ballot_for(
    params: WholeParams, fingerprint: str, credential: Point, values: Sequence[int], draw: Draw
) -> UnsignedBallot:
    """Make an unsigned whole ballot for a public credential.

    Nothing is proved about the values: a ballot that breaks its rule is found when it is opened.

    Args:
        params: The election.
        fingerprint: Of its `election.json`.
        credential: Public credential the ballot carries.
        values: One of 0 to 255 an answer of the question; all zero is a blank vote.
        draw: Randomness: of the ciphertext, then of its proof.

    Raises:
        CryptoError: Step ``"choices"`` or ``"encoding"``.
    """
    if len(values) != len(params.answers):
        raise CryptoError("choices", "expected one value an answer")
    randomness = draw()
    item = encrypt_point(params.public_key, of_ints(values), randomness)
    own = f"{fingerprint}|{credential.hex()}"
    proof = plaintext_prove(own, params.public_key, item, randomness, draw)
    return UnsignedBallot(params.uuid, fingerprint, credential, whole_answer(item, proof))


def verify_ballot(
    ballot: Ballot, params: ElectionParams | WholeParams, fingerprint: str, joint_key: Point
) -> None:
    """Check that a ballot encrypts an allowed vote of this election, and its signature.

    Does not prove that its credential is on the list, nor that it was counted; of a whole ballot only that its
    maker knows what it holds.

    Args:
        ballot: What is checked.
        params: The election.
        fingerprint: Of its `election.json`.
        joint_key: Of the trustees; the ballot must be encrypted under it, and the election must name it.

    Raises:
        CryptoError: `step` names what failed: ``"election"``, ``"shape"``, ``"point"``, ``"individual
            proof"``, ``"overall proof"``, ``"blank proof"``, ``"plaintext proof"``, ``"signature"``.
    """
    unsigned = ballot.unsigned
    answer = unsigned.answer
    if unsigned.uuid != params.uuid or unsigned.fingerprint != fingerprint:
        raise CryptoError("election", "the ballot belongs to another election")
    if params.public_key != joint_key:
        raise CryptoError("election", "the election's key is not that of its trustees")
    if any(choice.alpha.is_identity or choice.beta.is_identity for choice in answer.choices):
        raise CryptoError("point", "the identity is not allowed in a ballot")
    signature_verify(unsigned.credential, b64_digest(unsigned.to_json()), ballot.signature)
    if isinstance(params, WholeParams):
        _verify_whole(unsigned, joint_key)
    else:
        _verify_marks(unsigned, params)


def _verify_whole(unsigned: UnsignedBallot, key: Point) -> None:
    proof, (item, *more) = unsigned.answer.plaintext, unsigned.answer.choices
    if proof is None or more:
        raise CryptoError("shape", "expected a whole ballot")
    Point.from_bytes(item.beta.raw)  # alpha is checked by the proof
    plaintext_verify(f"{unsigned.fingerprint}|{unsigned.credential.hex()}", key, item, proof)


def _verify_marks(unsigned: UnsignedBallot, params: ElectionParams) -> None:
    answer, key = unsigned.answer, params.public_key
    if len(answer.choices) != params.width or len(answer.individual) != params.width:
        raise CryptoError("shape", f"expected {params.width} choices and as many individual proofs")
    if (answer.blank is not None) != params.blank:
        raise CryptoError("shape", "a blank proof is there exactly where blank is possible")
    own, whole = _statements(unsigned.fingerprint, unsigned.credential, answer.choices)
    for choice, proofs in zip(answer.choices, answer.individual, strict=True):
        verify_interval("individual proof", own, key, choice, _BIT, proofs)
    if answer.blank is not None:
        rest = total(answer.choices[1:])
        verify_overall(whole, key, answer.choices[0], rest, params.values, answer.overall)
        verify_blank(whole, key, answer.choices[0], rest, answer.blank)
    else:
        sums = total(answer.choices)
        verify_interval("overall proof", whole, key, sums, params.values, answer.overall)


def commitment(hashes: Sequence[bytes]) -> bytes:
    """Return the commitment of a visit, 32 bytes, over the hashes of its unsigned ballots in manifest order.

    Its first 80 bits, as 16 Crockford characters, are the check code that the voter sees before deciding.
    """
    return tagged("isoloir/challenge/1", *hashes)
