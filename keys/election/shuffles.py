"""What trustees sign of their shuffles, and that an archive holds exactly that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keys.crypto.transcript import sha256
from keys.election.dossier import Dossier
from keys.election.layout import SHUFFLES
from keys.election.opening import Shuffled
from keys.election.statement import Role, Statement, StatementType
from keys.findings import Refused

__all__ = ["check_signed_shuffles", "signed_shuffles"]


def signed_shuffles(
    dossier: Dossier, statements: Mapping[str, Statement], request: bytes
) -> dict[int, Shuffled]:
    """The shuffles that trustees signed for a request, by trustee from 0.

    Args:
        dossier: The papers.
        statements: By path; others than shuffles are passed over.
        request: Fingerprint.

    Raises:
        Refused: V-102, V-103, V-104, V-207, V-333.
    """
    found: dict[int, Shuffled] = {}
    for path, statement in sorted(statements.items()):
        if not path.startswith(SHUFFLES):
            continue
        content = dossier.open(statement, StatementType.SHUFFLE, Role.TRUSTEE)
        shuffled = Shuffled.from_content(content, path)
        if shuffled.request != request:
            raise Refused("V-333", path, "it answers another request")
        trustee = statement.header.signer or 0
        if trustee in found:
            raise Refused("V-333", path, "a second shuffle of this trustee")
        found[trustee] = shuffled
    return found


def check_signed_shuffles(
    signed: Mapping[int, Shuffled], contest: int, shuffles: Sequence[tuple[int, bytes]], subject: str
) -> None:
    """Check that an archive's shuffles are those that their trustees signed, and that none is left out.

    Args:
        signed: Of `signed_shuffles`.
        contest: Index.
        shuffles: Owner, from 1, and SHA-256 of each shuffle in the archive.
        subject: What to call the archive in a refusal.

    Raises:
        Refused: V-335.
    """
    parts = {
        trustee + 1: sha256(part.shuffle)
        for trustee, statement in signed.items()
        for part in statement.contests
        if part.contest == contest
    }
    if dict(shuffles) != parts or len(shuffles) != len(parts):
        raise Refused("V-335", subject)
