"""Where sticks appear: nothing is written there while none is in.

A stick that was pulled out leaves an empty folder behind, or a name that a program of the administrator would make
anew: what is "on the stick" would then lie on the disk of the machine. A folder anywhere else is taken as it is.
"""

from __future__ import annotations

import os
from pathlib import Path

from keys.findings import Unreadable

__all__ = ["PLACES", "NoStick", "check_mounted", "make_folder"]

PLACES = (Path("/media"), Path("/run/media"), Path("/mnt"))
"""Where desktops, people and the kiosk mount sticks; below the first two there is often a folder a user."""


class NoStick(Unreadable):
    """No stick is in where something should be written; nothing was."""


def check_mounted(path: Path) -> None:
    """Check that a disk of its own is mounted where a path leads, if it leads to a place where sticks appear.

    Raises:
        NoStick: So.
        Unreadable: The place cannot be looked at.
    """
    real = Path(os.path.realpath(path))
    place = next((place for place in PLACES if real.is_relative_to(os.path.realpath(place))), None)
    if place is None:
        return
    try:
        near = next(folder for folder in (real, *real.parents) if folder.exists())
        mounted = near.stat().st_dev != place.parent.stat().st_dev
    except OSError as error:
        raise Unreadable(f"{path} cannot be looked at: {error.strerror}.") from None
    if not mounted:
        raise NoStick(f"There is no stick at {path}: put it in and try again. Nothing was written.", path)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, unless it would lie where a stick should be.

    Raises:
        NoStick: So.
        OSError: It cannot be made.
    """
    check_mounted(folder)
    folder.mkdir(parents=True, exist_ok=True)
