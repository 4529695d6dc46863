"""A visit that was opened to check the machine (Benaloh's challenge, plan, section 5), and its ballots made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from keys.crypto.errors import CryptoError
from keys.crypto.group import Point
from keys.crypto.randomness import expand_seed
from keys.election.ballot import commitment
from keys.election.ballot_form import UnsignedBallot
from keys.election.dossier import Dossier
from keys.election.forms import Shape, make_ballot_of
from keys.election.manifest import Manifest
from keys.election.question import fingerprint
from keys.election.record import Key, Record, Size
from keys.election.statement import Role, Statement, StatementType
from keys.findings import Refused

__all__ = ["Challenge", "OpenedBallot", "make_again", "opened_hashes"]


@dataclass(frozen=True, slots=True)
class OpenedBallot(Record):
    """One ballot of a visit that was opened to check the machine."""

    contest: Annotated[int, Key(1), Size(0, 249)]
    selection: Annotated[tuple[Annotated[int, Size(0, 100)], ...], Key(2), Size(0, 240)]
    """Value by option; empty for blank."""
    credential: Annotated[bytes, Key(3), Size(32, 32)]
    """The public credential."""


@dataclass(frozen=True, slots=True)
class Challenge(Record):
    """A visit that was opened: seed and selections, from which anyone rebuilds the commitment."""

    seed: Annotated[bytes, Key(1), Size(32, 32)]
    commitment: Annotated[bytes, Key(2), Size(32, 32)]
    ballots: Annotated[tuple[OpenedBallot, ...], Key(3), Size(1, 250)]


def make_again(manifest: Manifest, seed: bytes, opened: OpenedBallot) -> UnsignedBallot:
    """Make a ballot again from what was opened of it; it must be one of the manifest's contests.

    Args:
        manifest: Of the vote.
        seed: Of the visit, 32 bytes.
        opened: Contest, selection and credential.

    Raises:
        CryptoError: No ballot of the contest can be made so.
    """
    params = manifest.params(opened.contest)
    mark = fingerprint(params.to_json_bytes())
    credential = Point.from_bytes(opened.credential)
    shape = Shape.of(manifest.definition.contests[opened.contest])
    selection = opened.selection or shape.blank
    draw = expand_seed(seed, fingerprint=mark, credential=credential, selection=selection)
    return make_ballot_of(shape, params, mark, credential, selection, draw)


def opened_hashes(sealed: Dossier, statement: Statement) -> Mapping[int, bytes]:
    """Check a challenge: signed by a machine, of its contests, and its ballots give the commitment that was shown.

    Does not prove that none of them was cast.

    Args:
        sealed: The papers up to the sealing.
        statement: The challenge.

    Returns:
        By contest, Belenios' hash of the unsigned ballot, 32 bytes.

    Raises:
        Refused: V-609, they do not give the commitment that was shown; V-1 and V-2 codes.
    """
    content = sealed.open(statement, StatementType.CHALLENGE, Role.MACHINE)
    challenge = Challenge.from_content(content, statement.name)
    machine = sealed.manifest.machines[statement.header.signer or 0]
    contests = tuple(ballot.contest for ballot in challenge.ballots)
    if contests != sealed.manifest.styles[machine.station]:
        raise Refused("V-609", statement.name, "it does not hold the contests of the machine's style")
    try:
        hashes = {
            ballot.contest: make_again(sealed.manifest, challenge.seed, ballot).hash
            for ballot in challenge.ballots
        }
    except CryptoError as error:
        raise Refused("V-609", statement.name, str(error)) from None
    if commitment(list(hashes.values())) != challenge.commitment:
        raise Refused("V-609", statement.name, "its ballots do not give the check code")
    return hashes
