"""A machine that gave up, and whose box a spare of its station closed from the stick.

The dead machine's signing key was on its disk, so the spare signs: it vouches for the set of ballots on the stick,
each of which the dead machine had signed with a credential of its own. Where it counts, this is the dead
machine's closing report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from keys.election.manifest import MachineEntry
from keys.election.marks import SealedMarks
from keys.election.record import Count, Key, Record
from keys.election.report import ClosingReport
from keys.election.statement import Statement, StatementType
from keys.findings import Refused

__all__ = ["Interrupted", "check_spoken_for", "closing_of", "machine_of"]


@dataclass(frozen=True, slots=True)
class Interrupted(Record):
    """The closing of a machine that gave up; signed by a spare of the same station."""

    machine: Annotated[Count, Key(1)]
    """Index in the manifest of the machine that gave up."""
    closing: Annotated[ClosingReport, Key(2)]
    """Its figures and digests, as the copy on the stick gives them; its links are to its own reports."""


def closing_of(statement: Statement) -> ClosingReport:
    """The closing report that a statement is or stands for.

    Raises:
        Refused: V-104.
    """
    if statement.header.type is StatementType.INTERRUPTED:
        return Interrupted.from_content(statement.content, statement.name).closing
    return ClosingReport.from_content(statement.content, statement.name)


def machine_of(statement: Statement) -> int:
    """Index of the machine that a machine's statement is about: its signer, but where a spare speaks for another.

    Raises:
        Refused: V-104; V-207, it names nobody.
    """
    header = statement.header
    if header.type is StatementType.INTERRUPTED:
        return Interrupted.from_content(statement.content, statement.name).machine
    if header.type is StatementType.MARKS:
        marked = SealedMarks.from_content(statement.content, statement.name).machine
        if marked is not None:
            return marked
    if header.signer is None:
        raise Refused("V-207", statement.name)
    return header.signer


def check_spoken_for(statement: Statement, machines: Sequence[MachineEntry]) -> int:
    """The machine that a machine's statement is about, which is its signer or one that it can stand in for.

    Args:
        statement: Its signature checked, or to be checked.
        machines: Of the manifest.

    Raises:
        Refused: V-401, another station's or no machine; V-104, V-207.
    """
    machine, signer = machine_of(statement), statement.header.signer
    if signer is None or max(machine, signer) >= len(machines):
        raise Refused("V-207", statement.name)
    spare = machine != signer
    if spare and machines[machine].station != machines[signer].station:
        raise Refused("V-401", statement.name, "it speaks for a machine that it cannot stand in for")
    if not spare and statement.header.type is StatementType.INTERRUPTED:
        raise Refused("V-401", statement.name, "a machine that gave up cannot say so itself")
    return machine
