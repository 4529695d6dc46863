"""The whole folder, as a trustee's program checks it before the trustee takes any part in the opening."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from keys.confirming import check_confirmed
from keys.desk.files import open_regular
from keys.election.agreement import check_archive, check_boxes, check_enough, check_present
from keys.election.dossier import Dossier, read_dossier
from keys.election.events import Stage
from keys.election.forms import Shape, whole_contests
from keys.election.hours import closing_hour
from keys.election.layout import REQUEST, archive_path, read_statements
from keys.election.opening import Request, Shuffled, read_request
from keys.election.reopening import Opening, check_again
from keys.election.shuffles import check_signed_shuffles, signed_shuffles
from keys.election.statement import Header, Mode, Role, Statement, StatementType
from keys.election.verification import Verified, verify_archive
from keys.findings import Misuse, Refused
from keys.holding import Trustee

__all__ = ["Checked", "Shown", "check_folder"]


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
    signed_shuffles: Mapping[int, Shuffled]
    """What trustees signed of their shuffles so far, by trustee."""

    @property
    def uuids(self) -> tuple[str, ...]:
        """Of the contests, in the order of the definition."""
        return self.dossier.manifest.uuids

    @property
    def whole(self) -> tuple[int, ...]:
        """The contests whose ballots are opened whole."""
        return whole_contests(self.dossier.manifest.definition)

    def judge(self, uuid: str, earlier: Sequence[Opening], now: Opening) -> str | None:
        """Say why a contest that was opened before may not be opened so, or None (see `keys.opened.Judge`)."""
        return check_again(self.dossier, self.uuids.index(uuid), earlier, now)

    def header(self, type_: StatementType) -> Header:
        """Of what this trustee signs of the opening."""
        return Header(type_, self.dossier.mode, self.dossier.fingerprint, Role.TRUSTEE, self.number)

    @property
    def openings(self) -> dict[str, Opening]:
        """What a trustee remembers of this opening, by uuid of the contest."""
        return {self.uuids[item.contest]: Opening.of(item) for item in self.request.contests}

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


def check_folder(
    trustee: Trustee,
    root: Path,
    memory: Path | None,
    mode: Mode,
    whole: frozenset[Stage],
    *,
    workers: int = 1,
    progress: Callable[[str, int], None] | None = None,
) -> Checked:
    """Check the papers, every ballot, every box against its report, the totals, the shuffles.

    Args:
        trustee: Who checks.
        root: The whole folder: papers, reports, decisions, archives, request.
        memory: The trustee's folder; None for a rehearsal.
        mode: Official or rehearsal.
        whole: How far archives may have come whose ballots are opened whole; the others hold their encrypted total.
        workers: Processes that check ballots.
        progress: Told the contest and the number of ballots checked.

    Raises:
        Refused: V-207, the vote has no such trustee; V-210, K-115, this trustee has not confirmed this very vote; the
            first thing that does not hold.
        Misuse: A vote without a memory, or a rehearsal with one.
    """
    if memory is None and mode is Mode.OFFICIAL:
        raise Misuse("a trustee opens nothing without the memory of what was opened before")
    if memory is not None and mode is Mode.REHEARSAL:
        raise Misuse("a rehearsal leaves no trace in a trustee's memory")
    dossier = read_dossier(read_statements(root), mode)
    number = trustee.number_in(dossier.manifest)
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
    if memory is not None:
        check_confirmed(memory, dossier, number)
    signed = signed_shuffles(dossier, dossier.others, fingerprint)
    for at in whole_contests(dossier.manifest.definition):
        check_signed_shuffles(signed, at, archives[at].shuffles, f"contest {contests[at].id}")
    return Checked(dossier, request, fingerprint, archives, number, signed)


def _request(dossier: Dossier) -> tuple[Request, bytes]:
    statement: Statement | None = dossier.others.get(REQUEST)
    if statement is None:
        raise Refused("V-208", REQUEST)
    return read_request(dossier, statement), statement.fingerprint


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
