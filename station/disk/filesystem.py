"""Which file systems may hold the store of an official vote.

Tried were ext4 with ordered data and XFS: there an overwritten byte is gone, and a power cut loses nothing that was
synced. Copy-on-write systems (btrfs, f2fs, overlay) and `data=journal` keep old copies, from which the order of votes
can be read; vfat and network systems promise nothing; what is in memory is lost with the power.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from keys.findings import Refused, Unreadable

__all__ = ["Mount", "check_filesystem", "check_mount", "mount_of"]

_MOUNTINFO = Path("/proc/self/mountinfo")
_SOUND = frozenset({"ext4", "xfs"})


@dataclass(frozen=True, slots=True)
class Mount:
    """A line of the system's list of mounts (proc(5), mountinfo)."""

    point: str
    kind: str
    options: frozenset[str]


def check_filesystem(path: Path) -> None:
    """Check that a path lies where a store may lie; in demonstrations and rehearsals the caller makes it a warning.

    Raises:
        Refused: S-205.
        Unreadable: The system does not say what is mounted.
    """
    try:
        listing = _MOUNTINFO.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise Unreadable(f"The list of mounts cannot be read: {error.strerror}.") from None
    check_mount(mount_of(path.resolve(), listing))


def mount_of(path: Path, listing: str) -> Mount:
    """The mount that holds an absolute path: the longest one, the last mounted of several.

    Raises:
        Refused: S-205, no mount holds it.
    """
    best: Mount | None = None
    for line in listing.splitlines():
        mount = _parse(line)
        if (
            mount
            and path.is_relative_to(mount.point)
            and (best is None or len(mount.point) >= len(best.point))
        ):
            best = mount
    if best is None:
        raise Refused("S-205", str(path), "no file system is mounted there")
    return best


def _parse(line: str) -> Mount | None:
    left, dash, right = line.partition(" - ")
    before, after = left.split(" "), right.split(" ")
    if not dash or len(before) < 6 or len(after) < 3:
        return None
    options = frozenset(before[5].split(",")) | frozenset(after[2].split(","))
    return Mount(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), before[4]), after[0], options)


def check_mount(mount: Mount) -> None:
    """Check a mount.

    Raises:
        Refused: S-205.
    """
    if mount.kind not in _SOUND:
        raise Refused("S-205", mount.point, f"it is {mount.kind}; ext4 or xfs was expected")
    data = sorted(option for option in mount.options if option.startswith("data="))
    if data and data != ["data=ordered"]:
        raise Refused("S-205", mount.point, f"it is mounted with {data[0]}; data=ordered was expected")
    if "ro" in mount.options:
        raise Refused("S-205", mount.point, "it cannot be written to")
