"""What is on the stick before the station opens: nothing, this machine's own copy, or somebody else's."""

from __future__ import annotations

import os
from pathlib import Path

from keys.findings import Refused, Unreadable
from station.checks.facts import StickFact
from station.day import Day
from station.sticks.stick import About
from station.sticks.takeover import copy_about, find_copies

__all__ = ["stick_state"]

_ROOM = 64 << 20
"""Bytes that the copies of a machine take at most, with room to spare."""


def stick_state(stick: Path | None, day: Day) -> tuple[StickFact, tuple[str, ...]]:
    """What there is to say about the stick, and the names of other machines of this vote that have a copy on it.

    Args:
        stick: Its folder; None where there is none.
        day: Of this machine.
    """
    try:
        if stick is None or not stick.is_dir():
            return StickFact.NONE, ()
        if on_one_disk(stick, day.folder):
            return StickFact.SAME_DISK, ()
        room = os.statvfs(stick)
    except OSError:
        return StickFact.NONE, ()
    if room.f_flag & os.ST_RDONLY or not os.access(stick, os.W_OK):
        return StickFact.READ_ONLY, ()
    fact, names = copies_on(stick, day)
    if fact is StickFact.EMPTY and room.f_bavail * room.f_frsize < _ROOM:
        return StickFact.FULL, ()
    return fact, names


def on_one_disk(stick: Path, folder: Path) -> bool:
    """Whether two folders lie on one disk."""
    return stick.stat().st_dev == folder.stat().st_dev


def copies_on(stick: Path, day: Day) -> tuple[StickFact, tuple[str, ...]]:
    """Whose copies are on a stick; what cannot be read is somebody else's.

    A copy made in the rehearsal lies beside that of the vote, and harms nobody.
    """
    try:
        abouts = [_about(copy) for copy in find_copies(stick)]
    except Unreadable:
        return StickFact.NONE, ()
    found = [_machine(about, day) for about in abouts if about is None or about.mode is day.mode]
    names = {day.manifest.machines[at].name for at in found if at is not None}
    own = day.manifest.machines[day.machine].name
    if None in found:
        return StickFact.OTHER_VOTE, tuple(sorted(names - {own}))
    if names - {own}:
        return StickFact.OTHER_MACHINE, tuple(sorted(names - {own}))
    return StickFact.OWN_COPY if names else StickFact.EMPTY, ()


def _about(copy: Path) -> About | None:
    try:
        return copy_about(copy)
    except (Refused, Unreadable):
        return None


def _machine(about: About | None, day: Day) -> int | None:
    """Index of the machine whose copy it is; None where it is of another vote, or cannot be read."""
    if about is None or about.manifest != day.fingerprint or about.machine >= len(day.manifest.machines):
        return None
    return about.machine
