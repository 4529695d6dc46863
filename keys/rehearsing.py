"""The one trustee of a rehearsal, from the folder of the rehearsal itself: its key is published there."""

from __future__ import annotations

from pathlib import Path

from keys.election.draft import open_draft
from keys.election.layout import read_statements
from keys.election.manifest import open_manifest
from keys.election.statement import Mode, read_statement
from keys.findings import Refused
from keys.holding import Trustee, rehearsal_trustee

__all__ = ["rehearsal_of"]


def rehearsal_of(root: Path) -> Trustee:
    """Open the trustee of a rehearsal.

    Args:
        root: The folder of the rehearsal.

    Raises:
        Refused: V-208, draft or manifest is missing; V-1 and V-2 codes.
    """
    files = read_statements(root)
    try:
        draft = read_statement(files["draft.cose"])
        manifest = read_statement(files["manifest.cose"])
    except KeyError as missing:
        raise Refused("V-208", str(missing.args[0])) from None
    opened = open_manifest(manifest, Mode.REHEARSAL, draft.fingerprint, open_draft(draft).authority_key)
    trustee, _ = rehearsal_trustee(opened.rehearsal_secret or b"", draft.fingerprint)
    return trustee
