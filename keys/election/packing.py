"""The binary form of a ballot, of fixed size for a contest: what a slot of the station's store holds.

Size with blank: 192 (n + 1) + 64 (max - min + 2) + 256 bytes for n answers. In order: credential 32; hash
of the unsigned ballot 32; each choice 64 (alpha, beta); each individual proof 2 x 64; overall proof 64
each; blank proof 2 x 64; signature 64. Without blank there is one choice less, one overall proof less and
no blank proof.
"""

from __future__ import annotations

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point
from keys.crypto.proofs import Proof
from keys.election.ballot_form import Answer, Ballot, UnsignedBallot
from keys.election.question import ElectionParams

__all__ = ["pack", "packed_size", "unpack"]


def packed_size(answers: int, smallest: int, largest: int, *, blank: bool = True) -> int:
    """Return the size in bytes of a packed ballot of a question (number of answers, min, max)."""
    return 192 * (answers + blank) + 64 * (largest - smallest + 1 + blank) + 128 + 128 * blank


def pack(ballot: Ballot) -> bytes:
    """Write the binary form."""
    unsigned = ballot.unsigned
    answer = unsigned.answer
    parts = [unsigned.credential.raw, unsigned.hash]
    parts += [choice.alpha.raw + choice.beta.raw for choice in answer.choices]
    parts += [proof.to_bytes() for proofs in answer.individual for proof in proofs]
    parts += [proof.to_bytes() for proof in (*answer.overall, *(answer.blank or ()), ballot.signature)]
    return b"".join(parts)


def unpack(data: bytes, params: ElectionParams, fingerprint: str) -> Ballot:
    """Read the binary form back; the JSON form of what comes out is that of what went in, byte for byte.

    Proofs and membership in the group are not checked: `verify_ballot` does that.

    Raises:
        CryptoError: Step ``"packed ballot"``: another size, or the stored hash is not that of the content; or
            ``"point"``, ``"proof"``: a value that is not canonical.
    """
    expected = packed_size(len(params.answers), params.min, params.max, blank=params.blank)
    if len(data) != expected:
        raise CryptoError("packed ballot", f"expected {expected} bytes, found {len(data)}")
    credential, stored, body = Point.unchecked(data[:32]), data[32:64], data[64:]
    width = params.width
    points = [Point.unchecked(body[start : start + 32]) for start in range(0, 64 * width, 32)]
    choices = tuple(Ciphertext(*pair) for pair in zip(points[::2], points[1::2], strict=True))
    proofs = [Proof.from_bytes(body[start : start + 64]) for start in range(64 * width, len(body), 64)]
    individual = tuple((proofs[2 * row], proofs[2 * row + 1]) for row in range(width))
    rest = tuple(proofs[2 * width : -1])
    overall, blank = (rest[:-2], rest[-2:]) if params.blank else (rest, None)
    unsigned = UnsignedBallot(
        params.uuid, fingerprint, credential, Answer(choices, individual, overall, blank)
    )
    if unsigned.hash != stored:
        raise CryptoError("packed ballot", "the content does not have the stored digest")
    return Ballot(unsigned, proofs[-1])
