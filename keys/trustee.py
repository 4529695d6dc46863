"""A trustee's use cases after sealing: the confirmation and the decryption.

How a trustee's keys are made stands in `keys.holding` and `keys.ceremony`, the memory of what this trustee has opened
in `keys.opened`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from keys.crypto.errors import CryptoError
from keys.crypto.randomness import system_draw
from keys.crypto.trustees import partial_decrypt
from keys.desk.files import open_regular
from keys.election.agreement import check_archive, check_boxes, check_enough, check_present
from keys.election.dossier import Dossier, read_dossier
from keys.election.enrolment import Confirmation
from keys.election.events import Stage
from keys.election.layout import archive_path, read_statements
from keys.election.manifest import Manifest
from keys.election.opening import ContestDecryption, Decryption, Request
from keys.election.reopening import Opening, check_again
from keys.election.statement import (
    Header,
    Mode,
    Role,
    Statement,
    StatementType,
    sign_statement,
)
from keys.election.verification import Verified, verify_archive
from keys.findings import Misuse, Refused
from keys.holding import Trustee, new_trustee, open_trustee, rehearsal_trustee
from keys.opened import remembering

__all__ = ["Shown", "Trustee", "confirm", "decrypt", "new_trustee", "open_trustee", "rehearsal_trustee"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a trustee's program is about to open."""

    contest: str
    ballots: int
    machines: tuple[str, ...]


def confirm(trustee: Trustee, root: Path) -> bytes:
    """Confirm that the manifest holds what this trustee handed in, and that everything fits together.

    Args:
        trustee: Opened.
        root: Folder with draft, manifest, enrolments and trustee files.

    Raises:
        Refused: The manifest is not sound (V-2 codes), or does not name this trustee with these keys.
    """
    dossier = read_dossier(_sealed_only(read_statements(root)), Mode.OFFICIAL)
    number = _number(trustee, dossier.manifest)
    entry = dossier.manifest.trustees[number]
    header = Header(StatementType.CONFIRMATION, dossier.mode, dossier.fingerprint, Role.TRUSTEE, number)
    confirmation = Confirmation(manifest=dossier.fingerprint, handed_in=entry.handed_in)
    return sign_statement(header, confirmation.to_content(), trustee.signing)


def decrypt(
    trustee: Trustee,
    root: Path,
    memory: Path | None,
    mode: Mode = Mode.OFFICIAL,
    *,
    workers: int = 1,
    show: Callable[[tuple[Shown, ...]], None] = lambda _: None,
    progress: Callable[[str, int], None] | None = None,
) -> bytes:
    """Open this trustee's part of the totals that the authority requests, and of nothing else.

    Everything is checked here first: the papers, every ballot, every box against its report, the totals.

    Args:
        trustee: Opened.
        root: The whole folder: papers, reports, decisions, archives, request.
        memory: The trustee's folder, which remembers what was opened; None for a rehearsal.
        mode: Official or rehearsal.
        workers: Processes that check ballots.
        show: Told what is about to be opened; raises to stop.
        progress: Told the contest and the number of ballots checked.

    Raises:
        Refused: Something does not hold, or another total of a contest was opened before and no decision allows
            this one (K-103), or the memory of it is gone or damaged (K-104).
        Misuse: The totals of a vote shall be opened without a memory.
    """
    if memory is None and mode is Mode.OFFICIAL:
        raise Misuse("a trustee opens nothing without the memory of what was opened before")
    dossier = read_dossier(read_statements(root), mode)
    number = _number(trustee, dossier.manifest)
    request, request_fingerprint = _request(dossier)
    check_present(dossier)
    if [item.contest for item in request.contests] != list(range(len(dossier.manifest.definition.contests))):
        raise Refused("V-407", "request", "not every contest of the vote, once and in order")
    archives = {
        item.contest: _verified(root, dossier, item.contest, workers, progress) for item in request.contests
    }
    check_boxes(dossier, {contest: archive.cast for contest, archive in archives.items()})
    check_enough(dossier, {contest: len(archive.cast) for contest, archive in archives.items()})
    _check_request(request, dossier, archives)
    show(_shown(dossier, request))
    uuids = dossier.manifest.uuids
    openings = {uuids[item.contest]: Opening.of(item) for item in request.contests}

    def judge(uuid: str, earlier: Sequence[Opening], now: Opening) -> str | None:
        return check_again(dossier, uuids.index(uuid), earlier, now)

    with remembering(memory, openings, judge):
        parts = tuple(_part(trustee, archives[item.contest], item.contest) for item in request.contests)
    header = Header(StatementType.DECRYPTION, mode, dossier.fingerprint, Role.TRUSTEE, number)
    return sign_statement(header, Decryption(request_fingerprint, parts).to_content(), trustee.signing)


def _number(trustee: Trustee, manifest: Manifest) -> int:
    public = trustee.signing.public_key().public_bytes_raw()
    for number, entry in enumerate(manifest.trustees):
        if entry.signing_key == public:
            return number
    raise Refused("V-207", f"trustee {trustee.name}", "the manifest does not hold this trustee's key")


def _sealed_only(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What there is at sealing: later papers are not this step's business."""
    kept = ("enrolments/", "trustees/")
    return {path: data for path, data in files.items() if "/" not in path or path.startswith(kept)}


def _request(dossier: Dossier) -> tuple[Request, bytes]:
    statement: Statement | None = dossier.others.get("decryptions/request.cose")
    if statement is None:
        raise Refused("V-208", "decryptions/request.cose")
    content = dossier.open(statement, StatementType.REQUEST, Role.AUTHORITY)
    return Request.from_content(content, statement.name), statement.fingerprint


def _verified(
    root: Path,
    dossier: Dossier,
    contest: int,
    workers: int,
    progress: Callable[[str, int], None] | None,
) -> Verified:
    identifier = dossier.manifest.definition.contests[contest].id
    tell = None if progress is None else lambda done: progress(identifier, done)
    with open_regular(root / archive_path(identifier)) as stream:
        archive = verify_archive(
            stream, f"contest {identifier}", expected=Stage.TALLIED, workers=workers, progress=tell
        )
    check_archive(dossier, contest, archive)
    return archive


def _check_request(request: Request, dossier: Dossier, archives: Mapping[int, Verified]) -> None:
    closings = sorted(day.closing_fingerprint for day in dossier.days if day.closing_fingerprint)
    excluded = dossier.excluded()
    if list(request.reports) != closings or request.decisions != dossier.opening_decisions():
        raise Refused("V-407", "request", "it rests on other reports or decisions than the folder holds")
    for item in request.contests:
        archive = archives[item.contest]
        machines = tuple(at for at in dossier.machines_of(item.contest) if at not in excluded)
        if (item.head.hex(), item.ballots, item.machines) != (archive.head, len(archive.cast), machines):
            raise Refused("V-407", "request", f"contest {item.contest} is not the one in the folder")


def _shown(dossier: Dossier, request: Request) -> tuple[Shown, ...]:
    manifest = dossier.manifest
    return tuple(
        Shown(
            manifest.definition.contests[item.contest].id,
            item.ballots,
            tuple(manifest.machines[at].name for at in item.machines),
        )
        for item in request.contests
    )


def _part(trustee: Trustee, archive: Verified, contest: int) -> ContestDecryption:
    if archive.tally is None:
        raise CryptoError("tally", "the archive has none")
    partial = partial_decrypt(trustee.secret, archive.tally, archive.contest.fingerprint, system_draw)
    return ContestDecryption(
        contest=contest,
        head=bytes.fromhex(archive.head),
        partial=partial.to_json(),
        bound_proofs=b"".join(proof.to_bytes() for proof in partial.bound),
    )
