"""Reasons that are published name nobody on the registers: whoever writes one is warned before it is signed."""

from __future__ import annotations

from keys.election.names import names_in
from keys.findings import Refused
from tally.roll.kept import kept_electors
from tally.workspace import Workspace

__all__ = ["check_unnamed", "named"]


def named(workspace: Workspace, text: str) -> tuple[str, ...]:
    """The words of a text that name somebody on a register of the town, as far as they are still kept.

    In a rehearsal too: its electors are invented, and whoever writes is not.
    """
    return names_in(text, kept_electors(workspace, workspace.dossier().manifest.definition))


def check_unnamed(workspace: Workspace, text: str, *, anyway: bool) -> None:
    """Check that a text of a command names nobody on a register.

    Args:
        workspace: Of the officer.
        text: As it would be published.
        anyway: The officer has seen it and keeps it.

    Raises:
        Refused: T-306.
    """
    names = () if anyway else named(workspace, text)
    if names:
        raise Refused("T-306", ", ".join(names))
