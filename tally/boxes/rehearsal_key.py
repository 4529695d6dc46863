"""Telling a statement that was signed with a machine's key for rehearsals from one that somebody else signed.

Only the office can: the manifest of the rehearsal lies beside that of the vote, and not in the public folder.
"""

from __future__ import annotations

import dataclasses
from contextlib import suppress

from keys.election.dossier import Dossier
from keys.election.statement import Mode, Role, Statement
from keys.findings import Misuse, Refused, Unreadable
from tally.workspace import Workspace

__all__ = ["open_report"]


def open_report(workspace: Workspace, dossier: Dossier, statement: Statement) -> None:
    """Check that a machine of this vote signed a statement.

    Raises:
        Refused: As `Dossier.open`; V-162 for V-102 where the machine signed it with its key of the other mode.
    """
    try:
        dossier.open(statement, statement.header.type, Role.MACHINE)
    except Refused as refused:
        if refused.code == "V-102" and _is_twins(workspace, statement):
            raise Refused("V-162", statement.name) from None
        raise


def _is_twins(workspace: Workspace, statement: Statement) -> bool:
    other = Mode.REHEARSAL if workspace.mode is Mode.OFFICIAL else Mode.OFFICIAL
    with suppress(Refused, Misuse, Unreadable, IndexError, TypeError):
        machines = dataclasses.replace(workspace, mode=other).dossier().manifest.machines
        statement.verify(machines[statement.header.signer].public_key)  # type: ignore[index]
        return True
    return False
