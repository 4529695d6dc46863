"""Deciding: what people decided about a count, as signed statements; the program only checks that it fits.

A decision lies in `decisions/CODE.cose`, signed by the authority; each signature of a board member over the same
payload lies beside it in `decisions/CODE.board-N.cose`. It takes effect with as many as the definition asks for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from keys.desk.files import folder_lock, load_statement
from keys.election.decision import Decision
from keys.election.dossier import Dossier, SignedDecision
from keys.election.statement import Role, Statement, StatementType, read_statement
from keys.findings import Misuse, Refused
from tally.decisions.fitness import check_fits
from tally.workspace import Authority, Workspace

__all__ = ["Waiting", "collect_signatures", "contest_named", "decide", "late_sets", "tie_order", "waiting"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that lacks signatures of the board."""

    signed: SignedDecision
    path: str
    """Of the authority's statement, in the officer's folder."""
    missing: int


def decide(workspace: Workspace, authority: Authority, decision: Decision) -> bytes:
    """Sign a decision as the authority, and keep it; board members may have to sign it too.

    Args:
        workspace: Of the officer.
        authority: Opened.
        decision: What was decided.

    Returns:
        Its fingerprint.

    Raises:
        Refused: T-302, it fits nothing that is open; T-204, it comes after the opening was requested; T-305, V-606.
    """
    with folder_lock(workspace.folder):
        dossier = workspace.dossier()
        check_fits(workspace, dossier, decision, authority)
        raw = authority.sign(StatementType.DECISION, workspace.mode, dossier.fingerprint, decision)
        fingerprint = read_statement(raw).fingerprint
        workspace.write(_path(fingerprint), raw)
    return fingerprint


def collect_signatures(workspace: Workspace, sources: Iterable[Path]) -> tuple[int, tuple[Waiting, ...]]:
    """Take in signatures of board members on decisions.

    Args:
        workspace: Of the officer.
        sources: Files, or folders that are searched.

    Returns:
        How many were taken in now, and the decisions that still wait.

    Raises:
        Refused: V-102, V-103, V-207; V-606, the authority made no such decision; as `decide`, where the decision
            would take effect and no longer fits.
    """
    taken = 0
    with folder_lock(workspace.folder):
        for source in sources:
            for statement in _signatures(source):
                taken += _take(workspace, statement)
        left = waiting(workspace.dossier())
    return taken, left


def waiting(dossier: Dossier) -> tuple[Waiting, ...]:
    """The decisions of the authority that lack signatures of the board."""
    needed = dossier.manifest.definition.signers
    return tuple(
        Waiting(item, _path(item.fingerprint), needed - len(item.board))
        for item in dossier.decisions
        if item.by_authority and len(item.board) < needed
    )


def late_sets(dossier: Dossier, machine: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The machines that are counted without a late box, and with it."""
    excluded = dossier.excluded()
    before = tuple(at for at in range(len(dossier.manifest.machines)) if at not in excluded)
    return before, tuple(sorted({*before, machine}))


def contest_named(dossier: Dossier, name: str) -> int:
    """Index of a contest by its id.

    Raises:
        Misuse: There is none.
    """
    contests = dossier.manifest.definition.contests
    for index, contest in enumerate(contests):
        if contest.id == name:
            return index
    raise Misuse(f"there is no contest {name!r}; there are {', '.join(item.id for item in contests)}")


def tie_order(dossier: Dossier, contest: int, ids: tuple[str, ...]) -> tuple[int, ...]:
    """Indices of options by their ids, in the order given.

    Raises:
        Misuse: There is no such option.
    """
    options = {
        option.id: at for at, option in enumerate(dossier.manifest.definition.contests[contest].options)
    }
    unknown = [name for name in ids if name not in options]
    if unknown:
        raise Misuse(f"there is no option {unknown[0]!r}; there are {', '.join(options)}")
    return tuple(options[name] for name in ids)


def _path(fingerprint: bytes) -> str:
    return f"decisions/{fingerprint.hex()[:16]}.cose"


def _signatures(source: Path) -> list[Statement]:
    if not source.is_dir():
        return [load_statement(source)]
    found = [load_statement(path) for path in sorted(source.rglob("*.cose"))]
    return [
        item
        for item in found
        if item.header.type is StatementType.DECISION and item.header.role is Role.BOARD
    ]


def _take(workspace: Workspace, statement: Statement) -> int:
    """Keep one signature, unless it is in already."""
    dossier = workspace.dossier()
    dossier.open(statement, StatementType.DECISION, Role.BOARD)
    signer = statement.header.signer or 0
    found = [item for item in dossier.decisions if item.fingerprint == statement.fingerprint]
    if not found or not found[0].by_authority:
        raise Refused("V-606", statement.name, "the authority made no such decision")
    signed = found[0]
    if signer in signed.board:
        return 0
    if len(signed.board) + 1 == dossier.manifest.definition.signers:
        others = tuple(item for item in dossier.decisions if item is not signed)
        check_fits(workspace, dataclasses.replace(dossier, decisions=others), signed.decision, None)
    path = _path(statement.fingerprint).removesuffix(".cose")
    workspace.write(f"{path}.board-{signer}.cose", statement.raw)
    return 1
