"""What the readiness check finds out about the machine: between the system's files and `station.checks.readiness`.

Everything is read, nothing is changed. What the system does not say is None or "unknown": a line to look at, never a
good one. Paths are below a root, so that tests put another machine there.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from keys.desk.catalogue import SOURCE
from keys.desk.language import Language
from keys.election.statement import Mode
from keys.findings import Refused, Unreadable
from station.booth import booth_contests
from station.checks.facts import Facts
from station.checks.selftest import codes_are_read, proofs_hold
from station.checks.spooling import printer_state, run_quietly, spool
from station.checks.stickprobe import stick_state
from station.day import Day
from station.disk.filesystem import check_filesystem
from station.disk.folder import machine_name
from station.disk.log import check_log

__all__ = ["Probes", "encrypted", "links", "power"]

ROOT = Path("/")


class Probes:
    """Gathers the facts of a machine."""

    def __init__(
        self,
        clock: Callable[[], int],
        *,
        printing: str | None,
        stick: Callable[[], Path | None],
        cells: Callable[[], tuple[int, int] | None],
        root: Path = ROOT,
    ) -> None:
        """Take what the command was given.

        Args:
            clock: Unix seconds.
            printing: The printing command; None without a printer.
            stick: Where the stick is; None while there is none.
            cells: Columns and rows of the window.
            root: Of the system's files.
        """
        self._clock = clock
        self._printing = printing
        self._stick = stick
        self._cells = cells
        self._root = root

    def __call__(self, day: Day, test_page: bool | None) -> Facts:
        """The facts now.

        Args:
            day: Of the machine.
            test_page: Whether the last test page was taken by the printer; None if none was printed.
        """
        definition, counts, now = day.manifest.definition, day.counts(), self._clock()
        zone = ZoneInfo(definition.timezone)
        smallest = min(booth_contests(day.manifest, day.station), key=lambda item: item.body_size)
        mains, battery = power(self._root)
        kept, spooled = spool(self._root)
        stick, stick_of = stick_state(self._stick(), day)
        return Facts(
            manifest=day.manifest.number,
            station=definition.stations[day.station].name,
            official=day.mode is Mode.OFFICIAL,
            demonstration=definition.demonstration,
            same_machine=_name(day.folder) == day.manifest.machines[day.machine].name,
            state=day.state,
            votes=max(counts.ballots.values()),
            marks=counts.marks,
            balanced=counts.balanced,
            log_whole=_log_whole(day),
            hidden=day.closing_announced,
            free=counts.free,
            electors=counts.on_roll,
            contests=len(counts.ballots),
            now=now,
            last_event=day.store.last_at(),
            opens=_unix(definition.opens, zone),
            closes=_unix(definition.closes, zone),
            zone=definition.timezone,
            zone_agrees=time.localtime(now).tm_gmtoff == _offset(now, zone),
            links=links(self._root),
            filesystem=_filesystem(day.folder),
            free_bytes=_free(day.folder),
            encrypted=encrypted(day.folder, self._root),
            swap=_swap(self._root),
            cores=_cores(self._root),
            mains=mains,
            battery=battery,
            stick=stick,
            stick_of=stick_of,
            codes=codes_are_read(secrets.token_bytes),
            proofs=proofs_hold(smallest, secrets.token_bytes),
            printer=printer_state(self._printing, run_quietly),
            test_page=test_page,
            spool=spooled,
            kept=kept,
            unreviewed=_unreviewed(definition.languages),
            cells=self._cells(),
        )


def links(root: Path) -> tuple[str, ...] | None:
    """Network devices that are on, but the machine's talk to itself; None if the system does not say."""
    try:
        devices = sorted((root / "sys/class/net").iterdir())
    except OSError:
        return None
    return tuple(device.name for device in devices if device.name != "lo" and _is_on(device))


def _is_on(device: Path) -> bool:
    """Whether a device carries anything: its state, or where it has none (a tunnel, a modem) its carrier."""
    state = _text(device / "operstate")
    if state in {None, "unknown"}:
        return _text(device / "carrier") != "0"
    return state in {"up", "dormant", "testing"}


def power(root: Path) -> tuple[bool | None, int | None]:
    """Whether the machine is on mains, and the least of its batteries in percent.

    A machine without any power supply that says of itself what it is (a desktop) is on mains.
    """
    try:
        supplies = list((root / "sys/class/power_supply").iterdir())
    except OSError:
        return None, None
    mains, levels = [], []
    for supply in supplies:
        if _text(supply / "scope") == "Device":  # of a mouse or a keyboard
            continue
        if _text(supply / "type") == "Battery":
            level = _text(supply / "capacity") or ""
            levels.append(int(level) if level.isdecimal() else 0)
        else:
            mains.append(_text(supply / "online") not in {None, "0"})
    return any(mains) or not (mains or levels), min(levels, default=None)


def encrypted(folder: Path, root: Path) -> bool | None:
    """Whether everything under a folder's file system is encrypted (dm-crypt); None if the system does not say."""
    number = folder.stat().st_dev
    device = root / f"sys/dev/block/{os.major(number)}:{os.minor(number)}"
    return _is_crypt(device, 0) if device.exists() else None


def _is_crypt(device: Path, depth: int) -> bool:
    if (_text(device / "dm/uuid") or "").startswith("CRYPT-"):
        return True
    try:
        below = list((device / "slaves").iterdir())
    except OSError:
        return False
    return bool(below) and depth < 8 and all(_is_crypt(item, depth + 1) for item in below)


def _log_whole(day: Day) -> bool:
    try:
        check_log(day.store.events(), day.manifest.machines[day.machine].public_key)
    except Refused:
        return False
    return True


def _swap(root: Path) -> bool | None:
    listing = _text(root / "proc/swaps")
    return None if listing is None else len(listing.splitlines()) > 1


def _cores(root: Path) -> bool | None:
    """Whether the system pipes the memory of programs that crash to another one, limits or not (core(5)).

    This program leaves none (`keys.desk.command`); a terminal or a print filter that dies beside it might.
    """
    pattern = _text(root / "proc/sys/kernel/core_pattern")
    return None if pattern is None else pattern.startswith("|")


def _filesystem(folder: Path) -> str:
    try:
        check_filesystem(folder)
    except Refused as refused:
        return refused.detail
    except Unreadable as trouble:
        return str(trouble)
    return ""


def _free(folder: Path) -> int | None:
    try:
        room = os.statvfs(folder)
    except OSError:
        return None
    return room.f_bavail * room.f_frsize


def _name(folder: Path) -> str | None:
    try:
        return machine_name(folder)
    except Unreadable:
        return None


def _unix(local: str, zone: ZoneInfo) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=zone).timestamp())


def _offset(now: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(now, zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _unreviewed(codes: Sequence[str]) -> tuple[str, ...]:
    languages = [Language(code) for code in codes if code != SOURCE]
    return tuple(language.name for language in languages if not language.reviewed)


def _text(path: Path) -> str | None:
    """A small file of the system, without blanks around it."""
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return None
