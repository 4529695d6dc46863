"""Opening the count: what is asked of the trustees, and their answers put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from keys.desk.files import folder_lock, load_statement
from keys.election.agreement import check_enough, check_present
from keys.election.dossier import Dossier
from keys.election.layout import ANSWERS, REQUEST
from keys.election.opening import Decryption, Request, RequestedContest, read_request
from keys.election.statement import Role, Statement, StatementType
from keys.findings import Fact, Misuse, Refused
from tally.boxes.database import Boxes, open_boxes
from tally.boxes.merge import suspended
from tally.opening.archiving import finish_archive, write_archive
from tally.opening.reopening import check_answered, check_reopening, earlier_requests, take_back
from tally.workspace import Authority, Workspace

__all__ = ["collect_decryptions", "open_totals", "request_fingerprint", "request_opening"]


def request_opening(
    workspace: Workspace,
    authority: Authority,
    now: int,
    progress: Callable[[str, int], None] | None = None,
    *,
    again: bool = False,
) -> Request:
    """Write the archives as far as the encrypted totals, and sign what shall be opened.

    Again, with a box that came late: the earlier request and its answers stay in the folder under other names, and
    what was counted from them is taken back.

    Args:
        workspace: Of the officer.
        authority: Opened.
        now: Unix seconds.
        progress: Told the contest and the number of ballots written.
        again: The opening was requested before, on fewer boxes.

    Raises:
        Refused: V-210 a trustee or machine has not confirmed, V-403, V-406, T-201; V-624, it may not be opened again.
        Misuse: It was requested already, or, to be requested again, never.
    """
    with folder_lock(workspace.folder), open_boxes(workspace.boxes) as boxes:
        dossier = workspace.dossier()
        if workspace.is_requested is not again:
            raise Misuse(
                "nothing was requested yet; leave out --again"
                if again
                else "the opening is requested already; hand the folder to the trustees"
            )
        _check_confirmed(dossier)
        excluded = dossier.excluded()
        for machine in suspended(dossier, boxes) - excluded:
            raise Refused("T-201", f"machine {dossier.manifest.machines[machine].name}")
        check_present(dossier)
        contests = []
        for contest, item in enumerate(dossier.manifest.definition.contests):
            tell = None if progress is None else lambda done, name=item.id: progress(name, done)
            contests.append(_write_archive(workspace, dossier, boxes, contest, tell))
        check_enough(dossier, {item.contest: item.ballots for item in contests})
        request = Request(
            made=now,
            contests=tuple(contests),
            reports=tuple(sorted(day.closing_fingerprint for day in dossier.days if day.closing_fingerprint)),
            decisions=dossier.opening_decisions(),
        )
        check_reopening(dossier, request)
        raw = authority.sign(StatementType.REQUEST, workspace.mode, dossier.fingerprint, request)
        take_back(workspace, len(earlier_requests(dossier)))
        for item in dossier.manifest.definition.contests:
            _part_path(workspace, item.id).replace(workspace.archive(item.id))
        workspace.write(REQUEST, raw)
    return request


def collect_decryptions(workspace: Workspace, sources: Iterable[Path]) -> int:
    """Take in trustees' decryptions; each is checked when the totals are opened.

    Returns:
        How many trustees have answered by now.

    Raises:
        Refused: V-102, V-103, V-207, or it answers another request (V-407).
    """
    with folder_lock(workspace.folder):
        dossier = workspace.dossier()
        request = request_fingerprint(dossier)
        for source in sources:
            paths = sorted(source.rglob("*.cose")) if source.is_dir() else [source]
            for path in paths:
                statement = load_statement(path)
                if source.is_dir() and statement.header.type is not StatementType.DECRYPTION:
                    continue
                decryption = _open_decryption(dossier, statement)
                if decryption.request != request:
                    raise Refused("V-407", str(path), Fact("it answers another request"))
                workspace.write(f"{ANSWERS}{statement.header.signer}.cose", statement.raw)
        return len(_decryptions(workspace.dossier()))


def open_totals(workspace: Workspace, progress: Callable[[str], None] = lambda _: None) -> tuple[str, ...]:
    """Check the decryptions, and finish the archives with the totals; those that are finished stay as they are.

    Args:
        workspace: Of the officer.
        progress: Told each contest before its turn.

    Returns:
        The contests that are open now, by id.

    Raises:
        Refused: T-205 too few trustees, V-626 one opened something that this folder does not hold, V-5 codes for a
            decryption that does not hold.
    """
    with folder_lock(workspace.folder):
        dossier = workspace.dossier()
        decryptions = _decryptions(dossier)
        check_answered(dossier, decryptions)
        manifest = dossier.manifest
        needed = 1 if manifest.rehearsal_secret is not None else manifest.definition.threshold
        if len(decryptions) < needed:
            raise Refused(
                "T-205", "trustees", Fact("{there} of {needed} needed", there=len(decryptions), needed=needed)
            )
        for contest, item in enumerate(dossier.manifest.definition.contests):
            progress(item.id)
            parts = {
                trustee: part
                for trustee, decryption in decryptions.items()
                for part in decryption.contests
                if part.contest == contest
            }
            finish_archive(workspace.archive(item.id), parts, f"contest {item.id}")
    return tuple(item.id for item in manifest.definition.contests)


def _check_confirmed(dossier: Dossier) -> None:
    manifest = dossier.manifest
    for at, trustee in enumerate(manifest.trustees):
        if at not in dossier.confirmed_trustees and manifest.rehearsal_secret is None:
            raise Refused("V-210", f"trustee {trustee.name}")
    for at, machine in enumerate(manifest.machines):
        if at not in dossier.confirmed_machines and at not in dossier.excluded():
            raise Refused("V-210", f"machine {machine.name}")


def _write_archive(
    workspace: Workspace,
    dossier: Dossier,
    boxes: Boxes,
    contest: int,
    progress: Callable[[int], None] | None,
) -> RequestedContest:
    """Write an archive up to its encrypted total; the ballots were checked when their boxes came in."""
    identifier = dossier.manifest.definition.contests[contest].id
    part = _part_path(workspace, identifier)
    part.parent.mkdir(parents=True, exist_ok=True)
    bodies = boxes.ballots(contest, dossier.excluded())
    setup, sealed = dossier.setup_of(contest), dossier.manifest.sealed
    head, count = write_archive(part, setup, sealed, bodies, f"contest {identifier}", progress)
    machines = tuple(at for at in dossier.machines_of(contest) if at not in dossier.excluded())
    return RequestedContest(contest, head, count, machines)


def _part_path(workspace: Workspace, contest_id: str) -> Path:
    return workspace.archive(contest_id).with_suffix(".part")


def request_fingerprint(dossier: Dossier) -> bytes:
    """Fingerprint of the request that stands.

    Raises:
        Refused: T-206, there is none.
    """
    statement = dossier.others.get(REQUEST)
    if statement is None:
        raise Refused("T-206", "opening", Fact("it has not been requested"))
    read_request(dossier, statement)
    return statement.fingerprint


def _open_decryption(dossier: Dossier, statement: Statement) -> Decryption:
    content = dossier.open(statement, StatementType.DECRYPTION, Role.TRUSTEE)
    return Decryption.from_content(content, statement.name)


def _decryptions(dossier: Dossier) -> dict[int, Decryption]:
    request = request_fingerprint(dossier)
    found: dict[int, Decryption] = {}
    for path, statement in sorted(dossier.others.items()):
        if path.startswith(ANSWERS):
            decryption = _open_decryption(dossier, statement)
            if decryption.request == request:
                found[statement.header.signer or 0] = decryption
    return found
