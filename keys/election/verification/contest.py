"""What the setup of an archive says: election, trustees, credentials (steps 3 to 5)."""

from __future__ import annotations

from dataclasses import dataclass

from keys.crypto.group import Point
from keys.crypto.trustees import Trustees
from keys.election.documents import credentials_from_json
from keys.election.question import ElectionParams, WholeParams, fingerprint, read_election
from keys.election.verification.refusing import refusing
from keys.findings import Refused

__all__ = ["Contest", "read_contest"]


@dataclass(frozen=True, slots=True)
class Contest:
    """The setup of one contest, checked."""

    params: ElectionParams | WholeParams
    fingerprint: str
    """Of the election's bytes, 43 characters."""
    trustees: Trustees
    credentials: tuple[Point, ...]
    """The public credentials, in the order of the archive."""


def read_contest(
    election: bytes, trustees: bytes, credentials: bytes, subject: str, *, foreign: bool = False
) -> Contest:
    """Read and check the three documents of a setup.

    Does not show that anybody agreed to them: that is what the manifest and its confirmations are for.

    Args:
        election: `election.json`, exact bytes.
        trustees: The trustees, exact bytes.
        credentials: The list of public credentials, exact bytes.
        subject: What to call the archive in a refusal.
        foreign: Accept credentials in any order.

    Raises:
        Refused: V-310 election, V-311 trustees, V-312 joint key, V-313 credentials.
    """
    with refusing("V-310", subject):
        params = read_election(election)
    with refusing("V-311", subject):
        board = Trustees.parse(trustees)
        board.verify()
    if board.joint_key != params.public_key:
        raise Refused("V-312", subject, "the election's key is not the sum of the trustees' keys")
    with refusing("V-313", subject):
        listed = credentials_from_json(credentials, any_order=foreign)
    return Contest(params, fingerprint(election), board, tuple(listed))
