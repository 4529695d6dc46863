"""What belenios-tool 3.0 accepts and we deliberately refuse, in our own archives and in those of others.

If one of these begins to fail because the tool has become stricter, the difference is gone: take it out of the
list in `keys.election.verification`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from keys.crypto.elgamal import total
from keys.crypto.group import Scalar, base_mul, scalar
from keys.crypto.proofs import signature_prove
from keys.crypto.transcript import b64_digest
from keys.election.archive import ArchiveReader, ArchiveWriter
from keys.election.ballot import Ballot, make_ballot_for
from keys.election.documents import result_to_json, tally_to_json
from keys.election.events import Event, Kind, Stage
from keys.election.tape import record_bytes
from keys.election.verification import verify_archive
from keys.findings import Refused
from tests.outside.tool import Tool
from tests.simulator.contest import TIMESTAMP, Held, Parts, draw, hold

HELD = hold(((1, 0, 0), (1, 1, 0), (0, 1, 0)))


def counted(ballots: tuple[bytes, ...], counting: list[Ballot]) -> Parts:
    """An archive of these ballots in which these count, opened honestly."""
    rows = zip(*(ballot.unsigned.answer.choices for ballot in counting), strict=True)
    tally = [total(row) for row in rows]
    opened = HELD.opened(tally)
    recount = hold_result(HELD, counting)
    return replace(
        HELD.parts,
        ballots=ballots,
        tally=tally_to_json(tally),
        counts=(len(counting), len(counting)),
        decryptions=tuple((owner, partial.to_json()) for owner, partial in opened.items()),
        result=result_to_json(recount),
    )


def hold_result(held: Held, counting: list[Ballot]) -> list[int]:
    """What these ballots hold, found with the trustees' secrets."""
    from keys.crypto.trustees import combine, decrypt_sums

    tally = [total(row) for row in zip(*(b.unsigned.answer.choices for b in counting), strict=True)]
    return decrypt_sums(tally, combine(held.trustees, held.opened(tally)), len(counting))


def secret_of(ballot: Ballot) -> Scalar:
    return HELD.secrets[ballot.unsigned.credential.raw]


def second_ballot() -> bytes:
    """A voter votes twice; the tool counts the last."""
    first = HELD.ballots[0]
    unsigned = make_ballot_for(
        HELD.params, HELD.fingerprint, base_mul(secret_of(first)), (0, 0, 1), draw("again")
    )
    again = unsigned.sign(secret_of(first), draw("again signed"))
    ballots = (*HELD.parts.ballots, again.to_json())
    return counted(ballots, [*HELD.ballots[1:], again]).archive()


def identity() -> bytes:
    """The first ciphertext is made with randomness 0, so that anybody can read it."""
    first, *others = HELD.ballots
    numbers = draw("identity")
    zero_first: Iterator[Scalar] = iter([scalar(0), *(numbers() for _ in range(200))])
    unsigned = make_ballot_for(
        HELD.params, HELD.fingerprint, base_mul(secret_of(first)), (1, 0, 0), lambda: next(zero_first)
    )
    assert unsigned.answer.choices[0].alpha.is_identity
    ballots = [unsigned.sign(secret_of(first), draw("identity signed")), *others]
    return counted(tuple(ballot.to_json() for ballot in ballots), ballots).archive()


def respelled() -> bytes:
    """The same answer with a field more in it, well signed."""
    first = HELD.ballots[0]
    body = first.unsigned.to_json().replace(b'"overall_proof"', b'"more":1,"overall_proof"')
    mark = b64_digest(body)
    proof = signature_prove(secret_of(first), mark, draw("respelled"))
    ballot = body[:-1] + f',"signature":{{"hash":"{mark}","proof":{proof.to_json()}}}}}'.encode()
    return replace(HELD.parts, ballots=(ballot, *HELD.parts.ballots[1:])).archive()


def unsorted_credentials() -> bytes:
    texts = HELD.parts.credentials[1:-1].split(b",")
    return replace(HELD.parts, credentials=b"[" + b",".join(texts[::-1]) + b"]").archive()


def two_ends() -> bytes:
    """The end of the ballots is told twice."""
    stream = io.BytesIO()
    writer = ArchiveWriter(stream, TIMESTAMP)
    for step in ArchiveReader(io.BytesIO(HELD.parts.archive(until=Stage.ENDED))):
        writer.append(step)
    again = Event(Kind.END_BALLOTS, 1 + len(HELD.ballots) + 1, writer.head, None)
    return stream.getvalue() + record_bytes(again.to_bytes(), is_event=True, timestamp=TIMESTAMP)[1]


DIFFERENCES: dict[str, tuple[str, Stage, Callable[[], bytes]]] = {
    "second ballot of a credential": ("V-323", Stage.COMPLETE, second_ballot),
    "identity in a ballot": ("V-321", Stage.COMPLETE, identity),
    "another spelling inside an answer": ("V-320", Stage.COMPLETE, respelled),
    "credentials out of order": ("V-313", Stage.COMPLETE, unsorted_credentials),
    "two ends": ("V-304", Stage.ENDED, two_ends),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_difference(name: str, belenios_tool: Tool) -> None:
    code, stage, make = DIFFERENCES[name]
    archive = make()
    assert belenios_tool.verdict(archive).accepted
    with pytest.raises(Refused) as refused:
        verify_archive(io.BytesIO(archive), expected=stage)
    assert refused.value.code == code
