"""The binary form of a ballot, of fixed size for a contest: what a slot of the station's store holds.

Size with blank: 192 (n + 1) + 64 (max - min + 2) + 256 bytes for n answers. In order: credential 32; hash
of the unsigned ballot 32; each choice 64 (alpha, beta); each individual proof 2 x 64; overall proof 64
each; blank proof 2 x 64; signature 64.
Without blank there is one choice less, one overall proof less and no blank proof.

A whole ballot has 256 bytes: credential, hash, one choice, its proof, signature.
"""

from __future__ import annotations

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point
from keys.crypto.proofs import Proof
from keys.election.ballot_form import Answer, Ballot, UnsignedBallot, whole_answer
from keys.election.question import ElectionParams, WholeParams

__all__ = ["WHOLE_SIZE", "body_size", "pack", "packed_size", "unpack"]

WHOLE_SIZE = 256
"""Size in bytes of a packed whole ballot."""


def packed_size(answers: int, smallest: int, largest: int, *, blank: bool = True) -> int:
    """Return the size in bytes of a packed ballot of a question (number of answers, min, max)."""
    return 192 * (answers + blank) + 64 * (largest - smallest + 1 + blank) + 128 + 128 * blank


def pack(ballot: Ballot) -> bytes:
    """Write the binary form."""
    unsigned = ballot.unsigned
    answer = unsigned.answer
    parts = [unsigned.credential.raw, unsigned.hash]
    parts += [choice.alpha.raw + choice.beta.raw for choice in answer.choices]
    proofs = [proof for pair in answer.individual for proof in pair]
    proofs += [*answer.overall, *(answer.blank or ())]
    proofs += [ballot.signature] if answer.plaintext is None else [answer.plaintext, ballot.signature]
    parts += [proof.to_bytes() for proof in proofs]
    return b"".join(parts)


def unpack(data: bytes, params: ElectionParams | WholeParams, fingerprint: str) -> Ballot:
    """Read the binary form back; the JSON form of what comes out is that of what went in, byte for byte.

    Proofs and membership in the group are not checked: `verify_ballot` does that.

    Raises:
        CryptoError: Step ``"packed ballot"``: another size, or the stored hash is not that of the content; or
            ``"point"``, ``"proof"``: a value that is not canonical.
    """
    expected = body_size(params)
    if len(data) != expected:
        raise CryptoError("packed ballot", f"expected {expected} bytes, found {len(data)}")
    credential, stored, body = Point.unchecked(data[:32]), data[32:64], data[64:-64]
    rows = [body[start : start + 64] for start in range(0, len(body), 64)]
    answer = _answer(rows, params)
    unsigned = UnsignedBallot(params.uuid, fingerprint, credential, answer)
    if unsigned.hash != stored:
        raise CryptoError("packed ballot", "the content does not have the stored digest")
    return Ballot(unsigned, Proof.from_bytes(data[-64:]))


def body_size(params: ElectionParams | WholeParams) -> int:
    """Return the size in bytes of a packed ballot of an election."""
    if isinstance(params, WholeParams):
        return WHOLE_SIZE
    return packed_size(len(params.answers), params.min, params.max, blank=params.blank)


def _ciphertext(row: bytes) -> Ciphertext:
    return Ciphertext(Point.unchecked(row[:32]), Point.unchecked(row[32:]))


def _answer(rows: list[bytes], params: ElectionParams | WholeParams) -> Answer:
    if isinstance(params, WholeParams):
        return whole_answer(_ciphertext(rows[0]), Proof.from_bytes(rows[1]))
    width = params.width
    choices = tuple(_ciphertext(row) for row in rows[:width])
    proofs = tuple(Proof.from_bytes(row) for row in rows[width:])
    individual = tuple((proofs[2 * row], proofs[2 * row + 1]) for row in range(width))
    rest = proofs[2 * width :]
    overall, blank = (rest[:-2], rest[-2:]) if params.blank else (rest, None)
    return Answer(choices, individual, overall, blank)
