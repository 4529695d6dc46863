"""Sticks as they come from a shop, pulled out and put in again."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kioskboot.findings import Findings
from kioskboot.machine import Machine

__all__ = ["check_held", "check_kinds", "is_there", "make_stick"]

_FOLDER = "/media/isoloir/ISOLOIR"
_INSIDE = "nsenter -t $(systemctl show -P MainPID isoloir) -m"
_MAKERS = {
    "fat": ("mkfs.vfat", "-n", "ISOLOIR"),
    "exfat": ("mkfs.exfat", "-L", "ISOLOIR"),
    "ext4": ("mkfs.ext4", "-q", "-F", "-L", "ISOLOIR"),
    "other": ("mkfs.vfat", "-n", "HOLIDAYS"),
}


def make_stick(folder: Path, kind: str) -> Path:
    """An empty stick named ISOLOIR, of a kind of file system."""
    stick = folder / f"{kind}.stick"
    stick.unlink(missing_ok=True)
    with stick.open("wb") as file:
        file.truncate(256 << 20)
    subprocess.run([*_MAKERS[kind], stick], check=True, capture_output=True)
    return stick


def is_there(machine: Machine, *, wanted: bool = True) -> bool:
    """Whether the station can write to a stick, as soon as it is as wanted."""
    found = machine.run(
        f"for n in $(seq 60); do {_INSIDE} mountpoint -q /media/isoloir && "
        f"{_INSIDE} test -d {_FOLDER} && now=True || now=False; [ $now = {wanted} ] && break; sleep 0.5; "
        "done; echo $now"
    )
    return found == "True"


def check_kinds(machine: Machine, seen: Findings, sticks: dict[str, Path]) -> None:
    """Plug each kind in and pull it out; none is in afterwards."""
    for kind, taken in (("exfat", True), ("fat", True), ("ext4", False), ("other", False)):
        machine.plug(sticks[kind])
        machine.run("udevadm settle; sleep 2")
        seen.say(
            is_there(machine, wanted=taken) == taken,
            f"a stick ({kind}) is {'taken' if taken else 'left alone'}",
        )
        machine.pull(sticks[kind])
        seen.say(not is_there(machine, wanted=False), "and is gone when it is pulled out")


def check_held(machine: Machine, seen: Findings, first: Path, second: Path) -> None:
    """Pull a stick while a program holds a file of it; the second is in afterwards."""
    machine.plug(first)
    is_there(machine)
    machine.run(
        f"(setsid {_INSIDE} sh -c 'exec 9> {_FOLDER}/held; exec sleep 60' > /dev/null 2>&1 &) ; sleep 1"
    )
    machine.pull(first)
    is_there(machine, wanted=False)
    machine.plug(second)
    seen.say(is_there(machine), "pulled out with a file held open on it, it keeps no other stick out")
