"""Wiping a machine: its report is signed first, then its keys, box, roll, marks and log are destroyed.

The report in the machine's folder is the turning point. Before it is there, nothing has changed; once it is there,
the machine is never opened again, and a wipe that was stopped goes on from it, with no order and no card: the keys
may be gone already. Draft, enrolments, name and printed reports stay; they hold no secret and nobody's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from keys.desk.destroying import destroy
from keys.desk.files import folder_lock, load_statement, write_whole
from keys.election.destruction import Destroyed, DestructionReport, check_order
from keys.election.enrolment import Enrolment
from keys.election.statement import Mode, Role, Statement, StatementType
from keys.findings import Refused
from station.day import Day
from station.disk.folder import machine_name, mode_file, wiped_file
from station.disk.log import EventKind
from station.disk.state import State
from station.sticks.copying import copy_folder
from station.sticks.exporting import TAKEN

__all__ = ["begin_wipe", "finish_wipe", "wiped_report"]

_KEPT = frozenset({"enrolment.cose", "wiped.cose"})
_ALWAYS = (Destroyed.KEYS, Destroyed.BOX, Destroyed.ROLL, Destroyed.MARKS, Destroyed.LOG)


def wiped_report(folder: Path, mode: Mode) -> Statement | None:
    """The destruction report of a machine, checked with the key that it enrolled with; None while there is none.

    Raises:
        Refused: V-101, V-102, V-103, V-159: something else lies there.
    """
    path = wiped_file(folder, mode)
    if not path.exists():
        return None
    report, enrolment = load_statement(path), load_statement(mode_file(folder, mode, "enrolment.cose"))
    report.expect(StatementType.DESTRUCTION_REPORT, mode, report.header.context, Role.MACHINE)
    report.verify(Enrolment.from_content(enrolment.content, enrolment.name).public_key)
    return report


def begin_wipe(
    day: Day, order: Statement | None, stick: Path | None, now: int, officers: Sequence[str] = ()
) -> Statement:
    """Check that this machine may be wiped, and sign the report; nothing is destroyed yet.

    Args:
        day: Of the machine, its keys open.
        order: Of the town hall; None in a rehearsal, which needs none.
        stick: With this machine's copy, if it is in.
        now: Unix seconds.
        officers: Names of the two.

    Raises:
        Refused: S-105, it is still in use; S-141, never copied; V-160, too early; V-102, V-103, V-104, V-158, the
            order is none of this vote.
    """
    ordered = None
    if day.mode is Mode.OFFICIAL:
        checked = check_order(order, day.mode, day.fingerprint, day.manifest, now)
        ordered = checked.fingerprint
        _check_done_with(day)
    closing = day.report(StatementType.CLOSING_REPORT)
    report = day.sign_destruction(
        DestructionReport(
            at=now,
            destroyed=tuple(_to_destroy(day, stick)),
            order=ordered,
            closing=closing.fingerprint if closing else None,
            officers=tuple(officers),
        )
    )
    write_whole(wiped_file(day.folder, day.mode), report.raw)
    return report


def finish_wipe(folder: Path, mode: Mode, stick: Path | None) -> int:
    """Destroy what the report of this machine names; may be stopped at any instant and run again.

    Args:
        folder: Of the machine, nothing of it open.
        mode: Official takes the rehearsal along; the rehearsal leaves the vote alone.
        stick: With this machine's copy, if it is in.

    Returns:
        How many files were destroyed now.

    Raises:
        Refused: S-105, there is no report yet that says so; as `wiped_report`.
        Unreadable: The disk failed.
    """
    with folder_lock(folder):
        if wiped_report(folder, mode) is None:
            raise Refused("S-105", f"machine {machine_name(folder)}", "its destruction report is not signed")
        return destroy(_doomed(folder, mode, stick))


def _check_done_with(day: Day) -> None:
    """A closed box was copied; a machine that never opened has none."""
    if day.state is State.PREPARED and day.report(StatementType.ZERO_REPORT) is None:
        return
    if day.state is not State.CLOSED:
        raise Refused("S-105", "wiping", f"it is {day.state}; for this it must be {State.CLOSED}")
    if day.store.first_at(EventKind.EXPORTED) is None:
        raise Refused("S-141", f"machine {day.manifest.machines[day.machine].name}")


def _to_destroy(day: Day, stick: Path | None) -> Iterator[Destroyed]:
    yield from _ALWAYS
    if stick is not None and _copy(day.folder, day.mode, stick).exists():
        yield Destroyed.STICK_COPY
    if day.mode is Mode.OFFICIAL and mode_file(day.folder, Mode.REHEARSAL, "secret").exists():
        yield Destroyed.REHEARSAL
    if any((day.folder / TAKEN).glob(f"*box-{day.mode.name.lower()}-*")):
        yield Destroyed.TAKEN_OVER


def _doomed(folder: Path, mode: Mode, stick: Path | None) -> Iterator[Path]:
    """Keys first: without them nothing else that is left can be used."""
    for each in (mode, Mode.REHEARSAL) if mode is Mode.OFFICIAL else (mode,):
        yield mode_file(folder, each, "secret")
        yield from sorted(path for path in folder.iterdir() if _is_private(path.name, each))
        yield from sorted((folder / TAKEN).glob(f"*box-{each.name.lower()}-*"))
        if stick is not None:
            yield _copy(folder, each, stick)


def _is_private(name: str, mode: Mode) -> bool:
    """Whether a file is of a mode and neither public nor its report; also what was half written under another name."""
    start, ending = f"{mode.name.lower()}.", name.removeprefix(".").partition(".")[2]
    return name.removeprefix(".").startswith(start) and ending not in _KEPT


def _copy(folder: Path, mode: Mode, stick: Path) -> Path:
    return copy_folder(stick, mode.name.lower(), machine_name(folder))
