"""Challenges handed in: ballots that were opened to check a machine, and must be in no box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from keys.crypto.errors import CryptoError
from keys.desk.files import folder_lock, load_statement, read_bytes
from keys.election.challenge import opened_hashes
from keys.election.decision import DecisionKind
from keys.election.dossier import Dossier
from keys.election.layout import CHALLENGES, safe_name
from keys.election.packing import unpack
from keys.election.question import fingerprint
from keys.election.statement import Statement, StatementType, read_statement
from keys.findings import Refused
from keys.paper.codes import PREFIX, decode
from tally.boxes.database import Boxes, open_boxes
from tally.workspace import Workspace

__all__ = ["check_none_cast", "take_in"]


def take_in(workspace: Workspace, sources: Iterable[Path]) -> tuple[list[str], list[Refused]]:
    """Take in opened ballots, each checked: signed by a machine of the vote, and made again from its seed.

    Args:
        workspace: Of the officer.
        sources: `.cose` files, text files with the code of a sheet, or folders that are searched for challenges.

    Returns:
        Names of the files that are kept, and for each that was cast all the same, a finding (V-608).

    Raises:
        Refused: V-609, it cannot be made again; V-1 and V-2 codes. What came before it is kept.
    """
    kept, findings = [], []
    with folder_lock(workspace.folder), open_boxes(workspace.boxes) as boxes:
        dossier = workspace.dossier()
        for source in sources:
            for statement in _statements(source):
                hashes = opened_hashes(dossier, statement)
                machine = dossier.manifest.machines[statement.header.signer or 0].name
                path = f"{CHALLENGES}{safe_name(machine)}-{statement.fingerprint.hex()[:16]}.cose"
                workspace.write(path, statement.raw)
                kept.append(path)
                contest = _cast(dossier, boxes, statement.header.signer or 0, hashes)
                if contest is not None:
                    findings.append(_fraud(dossier, path, contest))
    return kept, findings


def check_none_cast(dossier: Dossier, boxes: Boxes, machine: int | None = None) -> None:
    """Check that no ballot that was opened to check a machine is in its box, or that a decision was taken on it.

    Machines that are left out bring no ballots.

    Args:
        dossier: The papers, with the challenges that were handed in.
        boxes: The officer's.
        machine: Look at this one alone.

    Raises:
        Refused: V-608, naming the first.
    """
    decided = {item.subject for item in dossier.decided(DecisionKind.CHALLENGE)} | dossier.excluded()
    for path, statement in sorted(dossier.others.items()):
        if not path.startswith(CHALLENGES):
            continue
        hashes = opened_hashes(dossier, statement)
        signer = statement.header.signer or 0
        if signer in decided or machine not in {None, signer}:
            continue
        contest = _cast(dossier, boxes, signer, hashes)
        if contest is not None:
            raise _fraud(dossier, path, contest)


def _fraud(dossier: Dossier, path: str, contest: int) -> Refused:
    return Refused("V-608", path, f"contest {dossier.manifest.definition.contests[contest].id}")


def _cast(dossier: Dossier, boxes: Boxes, machine: int, hashes: Mapping[int, bytes]) -> int | None:
    """The first contest in which a machine's box holds an opened ballot."""
    for contest, unsigned in hashes.items():
        params = dossier.manifest.params(contest)
        mark = fingerprint(params.to_json_bytes())
        for body in boxes.ballots_of(contest, machine):
            try:
                found = unpack(body, params, mark).unsigned.hash
            except CryptoError as error:
                raise Refused(
                    "T-113", f"machine {dossier.manifest.machines[machine].name}", str(error)
                ) from None
            if found == unsigned:
                return contest
    return None


def _statements(source: Path) -> list[Statement]:
    if source.is_dir():
        found = [load_statement(path) for path in sorted(source.rglob("*.cose"))]
        return [item for item in found if item.header.type is StatementType.CHALLENGE]
    data = read_bytes(source)
    if data[:4].upper() != PREFIX.encode():
        return [load_statement(source)]
    return [read_statement(decode(data.decode("ascii", "replace").split()))]
