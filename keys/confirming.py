"""A trustee's confirmation of the sealed vote, and the memory of which vote it was: no other is opened.

`confirmed` in the trustee's folder holds the fingerprint of the manifest, 32 bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from keys.desk.files import read_bytes, write_private
from keys.election.dossier import Dossier, read_dossier
from keys.election.enrolment import Confirmation
from keys.election.layout import read_statements
from keys.election.statement import Header, Mode, Role, StatementType, sign_statement
from keys.findings import Refused
from keys.holding import Trustee

__all__ = ["check_confirmed", "confirm", "sealed_dossier"]

_CONFIRMED = "confirmed"


def confirm(trustee: Trustee, root: Path) -> bytes:
    """Confirm that the manifest holds what this trustee handed in, and that everything fits together.

    Args:
        trustee: Opened; its folder remembers what was confirmed.
        root: Folder with draft, manifest, enrolments and trustee files.

    Raises:
        Refused: The manifest is not sound (V-2 codes), or does not name this trustee with these keys; K-115, another
            vote was confirmed before and this one does not replace it.
    """
    dossier = sealed_dossier(root)
    manifest = dossier.manifest
    number = trustee.number_in(manifest)
    if trustee.folder is not None:
        before = _confirmed(trustee.folder)
        if before not in {None, dossier.fingerprint, manifest.replaces}:
            raise Refused("K-115", f"trustee {trustee.name}", "it does not replace the one confirmed before")
        write_private(trustee.folder / _CONFIRMED, dossier.fingerprint)
    header = Header(StatementType.CONFIRMATION, dossier.mode, dossier.fingerprint, Role.TRUSTEE, number)
    confirmation = Confirmation(manifest=dossier.fingerprint, handed_in=manifest.trustees[number].handed_in)
    return sign_statement(header, confirmation.to_content(), trustee.signing)


def sealed_dossier(root: Path) -> Dossier:
    """The papers of the vote as far as sealing: later ones are not this step's business.

    Raises:
        Refused: V-2 codes.
        Unreadable: The folder cannot be read.
    """
    return read_dossier(_sealed_only(read_statements(root)), Mode.OFFICIAL)


def check_confirmed(memory: Path, dossier: Dossier, number: int) -> None:
    """Check that this trustee confirmed this very vote, in the folder of the vote and in its own.

    Args:
        memory: The trustee's folder.
        dossier: The papers.
        number: Of the trustee.

    Raises:
        Refused: V-210, the confirmation is not among the papers; K-115, it is not the vote that was confirmed.
    """
    name = f"trustee {dossier.manifest.trustees[number].name}"
    if number not in dossier.confirmed_trustees:
        raise Refused("V-210", name)
    if _confirmed(memory) != dossier.fingerprint:
        raise Refused("K-115", name)


def _confirmed(folder: Path) -> bytes | None:
    path = folder / _CONFIRMED
    return read_bytes(path, 32) if path.exists() else None


def _sealed_only(files: Mapping[str, bytes]) -> dict[str, bytes]:
    kept = ("enrolments/", "trustees/")
    return {path: data for path, data in files.items() if "/" not in path or path.startswith(kept)}
