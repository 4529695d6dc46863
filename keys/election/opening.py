"""Opening the count: what the authority asks the trustees to open, and what each of them answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.crypto.errors import CryptoError
from keys.crypto.proofs import Proof
from keys.election.dossier import Dossier
from keys.election.record import Bytes32, Count, Key, Record, Size
from keys.election.statement import Role, Statement, StatementType
from keys.findings import Refused

__all__ = [
    "ContestDecryption",
    "Decryption",
    "EarlierOpening",
    "Request",
    "RequestedContest",
    "Shuffled",
    "ShuffledContest",
    "read_request",
    "second_proofs",
]


@dataclass(frozen=True, slots=True)
class RequestedContest(Record):
    """One contest, with all that its archive holds."""

    contest: Annotated[Count, Key(1)]
    head: Annotated[Bytes32, Key(2)]
    """Hash of the EncryptedTally event: it names every ballot and the total."""
    ballots: Annotated[Count, Key(3)]
    machines: Annotated[tuple[Count, ...], Key(4), Size(0, 1000)]
    """Indices of the machines whose ballots are in; none where all that hold the contest are left out."""


@dataclass(frozen=True, slots=True)
class Request(Record):
    """What shall be opened."""

    made: Annotated[Count, Key(1)]
    contests: Annotated[tuple[RequestedContest, ...], Key(2), Size(1, 250)]
    reports: Annotated[tuple[Bytes32, ...], Key(3), Size(1, 1000)]
    """Fingerprints of the closing reports of the machines, rising."""
    decisions: Annotated[tuple[Bytes32, ...], Key(4), Size(0, 1000)] = ()
    """Fingerprints of the decisions this request rests on, rising."""


@dataclass(frozen=True, slots=True)
class ShuffledContest(Record):
    """A trustee's shuffle of one contest whose ballots are opened whole."""

    contest: Annotated[Count, Key(1)]
    head: Annotated[Bytes32, Key(2)]
    """Hash of the archive's last event before the shuffle: it names what was shuffled."""
    shuffle: Annotated[bytes, Key(3), Size(1, 14_000_000)]
    """Belenios `shuffle`, JSON (specification, section 4.19)."""


@dataclass(frozen=True, slots=True)
class Shuffled(Record):
    """A trustee's shuffles for a request."""

    request: Annotated[Bytes32, Key(1)]
    """Fingerprint."""
    contests: Annotated[tuple[ShuffledContest, ...], Key(2), Size(1, 250)]


@dataclass(frozen=True, slots=True)
class ContestDecryption(Record):
    """A trustee's part for one contest."""

    contest: Annotated[Count, Key(1)]
    head: Annotated[Bytes32, Key(2)]
    """Hash of the EncryptedTally event, or of EndShuffles where ballots are opened whole."""
    partial: Annotated[bytes, Key(3), Size(1, 8_000_000)]
    """Belenios `partial_decryption`, JSON (specification, section 4.20)."""
    bound_proofs: Annotated[bytes, Key(4), Size(0, 4_000_000)]
    """Our second proof, one of 64 bytes a ciphertext: challenge and response, 32 bytes each, big-endian."""


@dataclass(frozen=True, slots=True)
class EarlierOpening(Record):
    """An opening of a contest that a trustee remembers, on other ballots than those of the answer."""

    contest: Annotated[Count, Key(1)]
    head: Annotated[Bytes32, Key(2)]
    """Hash of the EncryptedTally event, as in the request that was answered."""


@dataclass(frozen=True, slots=True)
class Decryption(Record):
    """A trustee's answer to a request."""

    request: Annotated[Bytes32, Key(1)]
    """Fingerprint."""
    contests: Annotated[tuple[ContestDecryption, ...], Key(2), Size(1, 250)]
    earlier: Annotated[tuple[EarlierOpening, ...] | None, Key(3), Size(0, 2_000)] = None
    """All that this trustee opened before, by contest and then in their order; None where it does not know."""


def read_request(dossier: Dossier, statement: Statement) -> Request:
    """Read what the authority asks to open.

    Raises:
        Refused: V-102, V-103, V-104, it is no request of this vote's authority.
    """
    content = dossier.open(statement, StatementType.REQUEST, Role.AUTHORITY)
    return Request.from_content(content, statement.name)


def second_proofs(part: ContestDecryption, subject: str) -> tuple[Proof, ...]:
    """The second proofs of a decryption.

    Raises:
        Refused: V-503, they are malformed.
    """
    raw = part.bound_proofs
    try:
        if len(raw) % 64:
            raise CryptoError("proof", "64 bytes each are expected")
        return tuple(Proof.from_bytes(raw[at : at + 64]) for at in range(0, len(raw), 64))
    except CryptoError as error:
        raise Refused("V-503", subject, str(error)) from None
