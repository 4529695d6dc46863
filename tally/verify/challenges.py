"""The step on challenges: ballots that were opened to check a machine are made again, and none of them was cast."""

from __future__ import annotations

from collections.abc import Mapping

from keys.crypto.errors import CryptoError
from keys.crypto.group import Point
from keys.crypto.randomness import expand_seed
from keys.election.ballot import commitment
from keys.election.dossier import Dossier
from keys.election.forms import Shape, make_ballot_of
from keys.election.question import fingerprint
from keys.election.receipt import Challenge, OpenedBallot
from keys.election.statement import Role, Statement, StatementType
from keys.findings import Refused
from tally.verify.archives import evidence, polled
from tally.verify.case import Case, each, need

__all__ = ["check_challenges"]


def check_challenges(case: Case) -> None:
    """Every challenge in the folder holds, and no ballot of one is in an archive."""
    sealed = need(case.sealed)
    paths = case.folder.names("challenges")
    if not paths:
        return
    hashes = {path: rebuilt_hashes(sealed, case.statement(path)) for path in paths if path not in case.broken}
    cast = {at: {ballot.unsigned_hash for ballot in polled(case, at).cast} for at in evidence(case)}

    def check(path: str) -> None:
        case.statement(path)
        for contest, unsigned in hashes[path].items():
            if unsigned in cast[contest]:
                raise Refused("V-608", path, f"contest {sealed.manifest.definition.contests[contest].id}")

    each(paths, check)


def rebuilt_hashes(sealed: Dossier, statement: Statement) -> Mapping[int, bytes]:
    """Make the ballots of a challenge again.

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
        hashes = {ballot.contest: _hash(sealed, challenge.seed, ballot) for ballot in challenge.ballots}
    except CryptoError as error:
        raise Refused("V-609", statement.name, str(error)) from None
    if commitment(list(hashes.values())) != challenge.commitment:
        raise Refused("V-609", statement.name, "its ballots do not give the check code")
    return hashes


def _hash(sealed: Dossier, seed: bytes, ballot: OpenedBallot) -> bytes:
    params = sealed.manifest.params(ballot.contest)
    mark = fingerprint(params.to_json_bytes())
    credential = Point.from_bytes(ballot.credential)
    shape = Shape.of(sealed.manifest.definition.contests[ballot.contest])
    selection = ballot.selection or shape.blank
    draw = expand_seed(seed, fingerprint=mark, credential=credential, selection=selection)
    return make_ballot_of(shape, params, mark, credential, selection, draw).hash
