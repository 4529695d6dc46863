"""What machines, trustees and board members hand in before sealing, and confirm after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.election.record import Bytes32, Count, Key, Record, Size

__all__ = ["BoardMember", "Confirmation", "ContestCredentials", "Enrolment", "TrusteeFile"]

MAX_CREDENTIALS = 3000
"""Most credentials of a machine in a contest."""


@dataclass(frozen=True, slots=True)
class ContestCredentials(Record):
    """The public credentials of one machine in one contest."""

    contest: Annotated[Count, Key(1)]
    points: Annotated[bytes, Key(2), Size(32, 32 * MAX_CREDENTIALS)]
    """32 bytes each, in the order of the machine's slots."""

    def split(self) -> tuple[bytes, ...]:
        """The credentials one by one, 32 little-endian bytes each."""
        return tuple(self.points[at : at + 32] for at in range(0, len(self.points), 32))


@dataclass(frozen=True, slots=True)
class Enrolment(Record):
    """A machine for a station, in one mode; signed with its own new key."""

    station: Annotated[Count, Key(1)]
    machine: Annotated[str, Key(2), Size(1, 64)]
    public_key: Annotated[Bytes32, Key(3)]
    """Ed25519."""
    box_key: Annotated[Bytes32, Key(4)]
    """X25519, packages are sealed to it."""
    credentials: Annotated[tuple[ContestCredentials, ...], Key(5), Size(1, 250)]
    cards: Annotated[int, Key(6), Size(2, 16)]
    program: Annotated[str, Key(7), Size(1, 40)]


@dataclass(frozen=True, slots=True)
class TrusteeFile(Record):
    """A trustee: the share of the election key and the key that signs."""

    name: Annotated[str, Key(1), Size(1, 200)]
    signing_key: Annotated[Bytes32, Key(2)]
    """Ed25519."""
    public_key: Annotated[bytes, Key(3), Size(1, 2000)]
    """Belenios `trustee_public_key`, JSON (specification, section 4.7)."""
    one_machine: Annotated[bool, Key(4)] = False
    """All trustees made their keys on one machine."""
    rests_on: Annotated[tuple[Bytes32, ...], Key(5), Size(0, 50)] = ()
    """Fingerprints of the commitments of all trustees, in a key ceremony."""


@dataclass(frozen=True, slots=True)
class BoardMember(Record):
    """A member of the election board, who signs decisions."""

    name: Annotated[str, Key(1), Size(1, 200)]
    signing_key: Annotated[Bytes32, Key(2)]


@dataclass(frozen=True, slots=True)
class Confirmation(Record):
    """A machine or a trustee found in the manifest exactly what it had handed in."""

    manifest: Annotated[Bytes32, Key(1)]
    """Fingerprint."""
    handed_in: Annotated[Bytes32, Key(2)]
    """Fingerprint of the enrolment or trustee file."""
