"""The whole folder, as a trustee's program checks it before the trustee takes any part in the opening."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from keys.desk.files import open_regular
from keys.election.agreement import check_archive, check_boxes, check_enough, check_present
from keys.election.dossier import Dossier, read_dossier
from keys.election.events import Stage
from keys.election.forms import Shape
from keys.election.hours import closing_hour
from keys.election.layout import archive_path, read_statements
from keys.election.manifest import Manifest
from keys.election.opening import Request
from keys.election.reopening import Opening
from keys.election.statement import Mode, Role, Statement, StatementType
from keys.election.verification import Verified, verify_archive
from keys.findings import Refused

__all__ = ["Checked", "Shown", "check_folder", "number_of"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a trustee's program is about to open."""

    contest: str
    ballots: int
    machines: tuple[str, ...]
    early: tuple[str, ...] = ()
    """Machines among them that closed before the announced hour, by their own clock."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A folder in which everything holds, as far as it has come."""

    dossier: Dossier
    request: Request
    request_fingerprint: bytes
    archives: Mapping[int, Verified]
    """By contest."""
    number: int
    """Of the trustee who checks."""

    @property
    def openings(self) -> dict[str, Opening]:
        """What a trustee remembers of this opening, by uuid of the contest."""
        uuids = self.dossier.manifest.uuids
        return {uuids[item.contest]: Opening.of(item) for item in self.request.contests}

    @property
    def shown(self) -> tuple[Shown, ...]:
        """What is about to be opened."""
        manifest, hour = self.dossier.manifest, closing_hour(self.dossier.manifest.definition)
        early = {at for at, day in enumerate(self.dossier.days) if day.closing and day.closing.closed < hour}
        return tuple(
            Shown(
                manifest.definition.contests[item.contest].id,
                item.ballots,
                tuple(manifest.machines[at].name for at in item.machines),
                tuple(manifest.machines[at].name for at in item.machines if at in early),
            )
            for item in self.request.contests
        )


def number_of(name: str, public: bytes, manifest: Manifest) -> int:
    """Number of a trustee in the manifest, by the public part of the signing key.

    Raises:
        Refused: V-207.
    """
    for number, entry in enumerate(manifest.trustees):
        if entry.signing_key == public:
            return number
    raise Refused("V-207", f"trustee {name}", "the manifest does not hold this trustee's key")


def check_folder(
    root: Path,
    mode: Mode,
    whole: frozenset[Stage],
    trustee: tuple[str, bytes],
    *,
    workers: int = 1,
    progress: Callable[[str, int], None] | None = None,
) -> Checked:
    """Check the papers, every ballot, every box against its report, the totals, the shuffles.

    Args:
        root: The whole folder: papers, reports, decisions, archives, request.
        mode: Official or rehearsal.
        whole: How far archives may have come whose ballots are opened whole; the others hold their encrypted total.
        trustee: Name, and public part of the signing key, of who checks.
        workers: Processes that check ballots.
        progress: Told the contest and the number of ballots checked.

    Raises:
        Refused: V-207, the vote has no such trustee; the first thing that does not hold.
    """
    dossier = read_dossier(read_statements(root), mode)
    number = number_of(*trustee, dossier.manifest)
    request, fingerprint = _request(dossier)
    check_present(dossier)
    contests = dossier.manifest.definition.contests
    if [item.contest for item in request.contests] != list(range(len(contests))):
        raise Refused("V-407", "request", "not every contest of the vote, once and in order")
    archives = {}
    for at, contest in enumerate(contests):
        stages = whole if Shape.of(contest).is_whole else frozenset({Stage.TALLIED})
        tell = None if progress is None else lambda done, name=contest.id: progress(name, done)
        archives[at] = _verified(root, contest.id, stages, workers, tell)
        check_archive(dossier, at, archives[at])
    check_boxes(dossier, {contest: archive.cast for contest, archive in archives.items()})
    check_enough(dossier, {contest: len(archive.cast) for contest, archive in archives.items()})
    _check_request(request, dossier, archives)
    return Checked(dossier, request, fingerprint, archives, number)


def _request(dossier: Dossier) -> tuple[Request, bytes]:
    statement: Statement | None = dossier.others.get("decryptions/request.cose")
    if statement is None:
        raise Refused("V-208", "decryptions/request.cose")
    content = dossier.open(statement, StatementType.REQUEST, Role.AUTHORITY)
    return Request.from_content(content, statement.name), statement.fingerprint


def _verified(
    root: Path,
    identifier: str,
    stages: frozenset[Stage],
    workers: int,
    tell: Callable[[int], None] | None,
) -> Verified:
    with open_regular(root / archive_path(identifier)) as stream:
        return verify_archive(
            stream, f"contest {identifier}", expected=stages, workers=workers, progress=tell
        )


def _check_request(request: Request, dossier: Dossier, archives: Mapping[int, Verified]) -> None:
    closings = sorted(day.closing_fingerprint for day in dossier.days if day.closing_fingerprint)
    excluded = dossier.excluded()
    if list(request.reports) != closings or request.decisions != dossier.opening_decisions():
        raise Refused("V-407", "request", "it rests on other reports or decisions than the folder holds")
    for item in request.contests:
        archive = archives[item.contest]
        machines = tuple(at for at in dossier.machines_of(item.contest) if at not in excluded)
        found = (archive.tally_head, len(archive.cast), machines)
        if found != (item.head.hex(), item.ballots, item.machines):
            raise Refused("V-407", "request", f"contest {item.contest} is not the one in the folder")
