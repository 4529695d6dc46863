"""Merge: boxes from sticks are taken in, whole or not at all, in any order, each once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from keys.crypto.errors import CryptoError
from keys.desk.files import folder_lock, write_private
from keys.election.box import set_digest
from keys.election.decision import DecisionKind
from keys.election.dossier import Dossier, read_dossier
from keys.election.interruption import check_spoken_for, closing_of, machine_of
from keys.election.layout import read_statements, safe_name
from keys.election.packing import body_size, unpack
from keys.election.reopening import late_box
from keys.election.report import ClosingReport
from keys.election.statement import MAX_STATEMENT, Mode, Role, Statement, StatementType, read_statement
from keys.election.verification import read_contest
from keys.election.verification.ballots import BallotCheck
from keys.findings import Fact, Refused
from tally.boxes.database import Boxes, BoxRow, open_boxes
from tally.boxes.rehearsal_key import open_report
from tally.hostile.intake import Box, read_box, read_file
from tally.workspace import Workspace

__all__ = ["Import", "Verdict", "chosen_box", "import_box", "suspended"]

BOX_FILE = "box.sqlite"
_CLOSINGS = (StatementType.CLOSING_REPORT, StatementType.INTERRUPTED)
_MOST_FILES = 500


class Verdict(Enum):
    """What became of a box."""

    TAKEN_IN = "taken in"
    ALREADY_IN = "already in, nothing changed"


@dataclass(frozen=True, slots=True)
class Import:
    """A box that is in."""

    machine: str
    station: str
    verdict: Verdict
    ballots: int
    marks: int
    signatures: int


def chosen_box(dossier: Dossier, machine: int) -> bytes | None:
    """Set digest of the box that the board decided for, where two different ones of a machine came."""
    found = [item.digest for item in dossier.decided(DecisionKind.BOX) if item.subject == machine]
    return found[0] if found else None


def suspended(dossier: Dossier, boxes: Boxes) -> frozenset[int]:
    """Machines of which two different boxes came, and of which the one that stays is not decided or not in."""
    found = set()
    for machine in boxes.suspended():
        present = boxes.get(machine)
        if present is None or chosen_box(dossier, machine) != present.set_digest:
            found.add(machine)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A box on a stick whose reports are sound."""

    machine: int
    closing: ClosingReport
    fingerprint: bytes
    statements: Sequence[Statement]


def import_box(
    workspace: Workspace,
    source: Path,
    check_paper: Callable[[str, str, bytes], None],
    now: int,
    *,
    workers: int = 1,
    progress: Callable[[str, int], None] | None = None,
) -> Import:
    """Take in the box of one machine.

    Args:
        workspace: Of the officer.
        source: The folder that the machine exported, or the box in it.
        check_paper: Told the machine, the station's name and the set digest; raises where the paper says otherwise.
        now: Unix seconds.
        workers: Processes that check ballots.
        progress: Told the machine and the number of ballots checked.

    Raises:
        Refused: T-1 codes, T-114 the box of the rehearsal for that of the vote, T-201, T-204, T-208, T-209, V-1 and
            V-4 codes. Nothing has changed then, but that a second, different box suspends its machine.
    """
    folder = source if source.is_dir() else source.parent
    with folder_lock(workspace.folder), open_boxes(workspace.boxes) as boxes:
        dossier = workspace.dossier()
        incoming = _reports(workspace, dossier, folder, boxes, now)
        present = boxes.get(incoming.machine)
        if present is not None and present.closing == incoming.fingerprint:
            return _row_import(present, Verdict.ALREADY_IN)
        if workspace.is_requested:
            _check_late(dossier, incoming.machine)
        box = _box(dossier, incoming, folder / BOX_FILE)
        _check_ballots(dossier, incoming.machine, box, workers, progress)
        machine = dossier.manifest.machines[incoming.machine]
        station = dossier.manifest.definition.stations[machine.station]
        check_paper(machine.name, station.name, incoming.closing.set_digest)
        if present is not None:
            _set_aside(workspace, dossier, boxes, incoming.machine)
        for number, statement in enumerate(incoming.statements, 1):
            name = safe_name(dossier.manifest.machines[incoming.machine].name)
            if statement.header.type is StatementType.MARKS:
                write_private(workspace.private_of_mode / f"marks/{name}-{number}.cose", statement.raw)
            else:
                workspace.write(f"reports/{name}-{number}.cose", statement.raw)
        row = _row(dossier, incoming, station.id, box, now)
        boxes.add(row, box.ballots)
    return _row_import(row, Verdict.TAKEN_IN)


def _reports(workspace: Workspace, dossier: Dossier, folder: Path, boxes: Boxes, now: int) -> _Incoming:
    """Read the papers beside a box and check them together with those that are in."""
    statements = _statements(folder)
    closing = next((item for item in statements if item.header.type in _CLOSINGS), None)
    if closing is None:
        raise Refused("T-111", folder.name, Fact("the closing report is missing"))
    if all(item.header.mode is not workspace.mode for item in statements):
        raise Refused("T-114", folder.name, _cast_in(closing))
    open_report(workspace, dossier, closing)
    report = closing_of(closing)
    machine = check_spoken_for(closing, dossier.manifest.machines)
    present = boxes.get(machine)
    _check_chosen(dossier, boxes, present, closing, report.set_digest, now)
    for item in statements:
        machines = dossier.manifest.machines
        if item.header.role is not Role.MACHINE or check_spoken_for(item, machines) != machine:
            raise Refused("V-103", f"{folder.name}, {item.name}", "reports of one machine are expected")
    marks = [item for item in statements if item.header.type is StatementType.MARKS]
    for item in marks:
        dossier.open(item, StatementType.MARKS, Role.MACHINE)
    reports = [item for item in statements if item not in marks]
    known = {
        path: data
        for path, data in read_statements(workspace.root).items()
        if not path.startswith("reports/")
    }
    read_dossier(
        {**known, **{f"reports/{n}.cose": item.raw for n, item in enumerate(reports)}}, workspace.mode
    )
    return _Incoming(machine, report, closing.fingerprint, statements)


def _check_chosen(
    dossier: Dossier, boxes: Boxes, present: BoxRow | None, closing: Statement, digest: bytes, now: int
) -> None:
    """Check that of two boxes of a machine this is the one that the board chose; without a choice it is suspended.

    Raises:
        Refused: T-201, T-208.
    """
    machine = machine_of(closing)
    chosen = chosen_box(dossier, machine)
    if chosen is not None:
        if chosen != digest:
            raise Refused("T-208", _name(dossier, machine))
    elif present is not None and present.closing != closing.fingerprint:
        boxes.suspend(machine, _name(dossier, machine), digest, now)
        raise Refused("T-201", _name(dossier, machine))


def _check_late(dossier: Dossier, machine: int) -> None:
    """Check that a box may come though the opening is requested.

    Raises:
        Refused: T-209 it needs a decision, T-204 it changes what is being opened.
    """
    if machine in dossier.excluded():
        raise Refused("T-209", _name(dossier, machine))
    if late_box(dossier, machine) is None:
        raise Refused("T-204", _name(dossier, machine))


def _set_aside(workspace: Workspace, dossier: Dossier, boxes: Boxes, machine: int) -> None:
    """Take out the box that the board decided against; its papers are kept apart, as evidence."""
    name = safe_name(dossier.manifest.machines[machine].name)
    own = workspace.private_of_mode
    for folder, public in ((workspace.root / "reports", True), (own / "marks", False)):
        for path in sorted(folder.glob(f"{name}-*.cose")):
            statement = _read(path)
            if machine_of(statement) == machine:
                kind = "reports" if public else "marks"
                write_private(own / "set-aside" / f"{kind}-{path.name}", statement.raw)
                path.unlink()
    boxes.remove(machine)


def _statements(folder: Path) -> list[Statement]:
    paths = sorted(folder.glob("*.cose"))
    if len(paths) > _MOST_FILES:
        raise Refused("T-102", folder.name, f"{len(paths)} statements")
    return [_read(path) for path in paths]


def _cast_in(closing: Statement) -> Fact:
    if closing.header.mode is Mode.REHEARSAL:
        return Fact("it was cast in the rehearsal")
    return Fact("it was cast in the official vote")


def _read(path: Path) -> Statement:
    try:
        return read_statement(read_file(path, MAX_STATEMENT))
    except Refused as refused:
        raise Refused(refused.code, path.name, refused.detail) from None


def _box(dossier: Dossier, incoming: _Incoming, path: Path) -> Box:
    definition = dossier.manifest.definition
    station = dossier.manifest.machines[incoming.machine].station
    sizes = {
        contest: body_size(dossier.manifest.params(contest)) for contest in dossier.manifest.styles[station]
    }
    box = read_box(path, contests=sizes, max_ballots=definition.capacity(station))
    name = _name(dossier, incoming.machine)
    if box.file_digest != incoming.closing.file_digest:
        raise Refused("T-112", name, Fact("the digest of the file differs"))
    trackers = {contest: [tracker for tracker, _ in rows] for contest, rows in box.ballots.items()}
    if set_digest(trackers) != incoming.closing.set_digest:
        raise Refused("T-112", name, Fact("the digest of the ballots differs"))
    if any(len(rows) != incoming.closing.ballots for rows in box.ballots.values()):
        raise Refused("T-112", name, Fact("the number of ballots differs"))
    return box


def _check_ballots(
    dossier: Dossier,
    machine: int,
    box: Box,
    workers: int,
    progress: Callable[[str, int], None] | None,
) -> None:
    """Check each ballot whole: tracker, credential of this machine, proofs, signature."""
    name = _name(dossier, machine)
    tell = None if progress is None else lambda done: progress(name, done)
    for contest, rows in box.ballots.items():
        setup = read_contest(*dossier.setup_of(contest), f"{name}, contest {contest}")
        own = dossier.credentials_of(machine, contest)
        with BallotCheck(setup, name, workers=workers, any_order=True, progress=tell) as check:
            for tracker, body in rows:
                try:
                    ballot = unpack(body, setup.params, setup.fingerprint)
                except CryptoError as error:
                    raise Refused("T-113", name, str(error)) from None
                if ballot.tracker != tracker or ballot.unsigned.credential.raw not in own:
                    raise Refused("T-113", name, "tracker or credential is not this machine's")
                check.add(ballot.to_json())
            check.finish()


def _name(dossier: Dossier, machine: int) -> str:
    return f"machine {dossier.manifest.machines[machine].name}"


def _row(dossier: Dossier, incoming: _Incoming, station: str, box: Box, now: int) -> BoxRow:
    closing = incoming.closing
    return BoxRow(
        machine=incoming.machine,
        name=dossier.manifest.machines[incoming.machine].name,
        station=station,
        ballots=closing.ballots,
        marks=closing.marks,
        signatures=closing.signatures,
        electors=closing.electors,
        set_digest=closing.set_digest,
        file_digest=box.file_digest,
        closing=incoming.fingerprint,
        imported=now,
    )


def _row_import(row: BoxRow, verdict: Verdict) -> Import:
    return Import(row.name, row.station, verdict, row.ballots, row.marks, row.signatures)
