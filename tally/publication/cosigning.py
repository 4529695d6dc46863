"""Signatures of the board under results: `results/CONTEST.board-N.cose` beside `results/CONTEST.cose`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from keys.desk.files import load_statement
from keys.election.dossier import Dossier
from keys.election.result import Result
from keys.election.statement import Role, Statement, StatementType
from keys.findings import Refused
from tally.workspace import Workspace

__all__ = ["board_signatures"]


def board_signatures(
    workspace: Workspace, dossier: Dossier, results: Sequence[Statement], sources: Iterable[Path]
) -> tuple[frozenset[int], ...]:
    """Take in what board members signed, and say who signed each result.

    Signatures that are in the folder and belong to results that have changed since are removed.

    Args:
        workspace: Of the officer.
        dossier: The papers.
        results: Of the authority, by contest.
        sources: Files, or folders that are searched.

    Raises:
        Refused: V-102, V-103, V-207; V-610, a member signed another result.
    """
    contests = dossier.manifest.definition.contests
    found: list[dict[int, Statement]] = [{} for _ in results]
    for path in sorted((workspace.root / "results").glob("*.cose")):
        statement = load_statement(path)
        if statement.header.role is Role.BOARD:
            contest = _contest(dossier, statement)
            if statement.fingerprint == results[contest].fingerprint:
                found[contest][statement.header.signer or 0] = statement
            else:
                path.unlink()
    for source in sources:
        for statement in _signatures(source):
            contest = _contest(dossier, statement)
            if statement.fingerprint != results[contest].fingerprint:
                raise Refused(
                    "V-610", f"contest {contests[contest].id}", f"{statement.name} is of another result"
                )
            signer = statement.header.signer or 0
            workspace.write(f"results/{contests[contest].id}.board-{signer}.cose", statement.raw)
            found[contest][signer] = statement
    return tuple(frozenset(by_signer) for by_signer in found)


def _contest(dossier: Dossier, statement: Statement) -> int:
    content = dossier.open(statement, StatementType.RESULT, Role.BOARD)
    contest = Result.from_content(content, statement.name).contest
    if contest >= len(dossier.manifest.definition.contests):
        raise Refused("V-606", statement.name)
    return contest


def _signatures(source: Path) -> list[Statement]:
    if not source.is_dir():
        return [load_statement(source)]
    found = [load_statement(path) for path in sorted(source.rglob("*.cose"))]
    return [
        item for item in found if item.header.type is StatementType.RESULT and item.header.role is Role.BOARD
    ]
