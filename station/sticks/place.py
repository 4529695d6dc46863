"""The place where the stick of a machine appears, and whether it is in."""

from __future__ import annotations

from pathlib import Path

from keys.desk.mounts import check_mounted
from keys.findings import Unreadable

__all__ = ["StickPlace"]


class StickPlace:
    """A folder that lies on a stick while one is in.

    Once it was seen on another disk than the machine's, a folder left there on the machine's own disk is no stick. A
    folder that was never elsewhere is taken as it is, and the readiness check says so, but where sticks are mounted.
    """

    def __init__(self, folder: Path, home: Path) -> None:
        """Look where the folder is now.

        Args:
            folder: Where the stick appears; it may be out for the moment.
            home: The machine's own folder.
        """
        self.folder = folder
        self._home = _device(home)
        self._seen = False

    def is_there(self) -> bool:
        """Whether a stick is in."""
        device = _device(self.folder)
        self._seen = self._seen or device not in {None, self._home}
        if device is None or (device == self._home and self._seen):
            return False
        try:
            check_mounted(self.folder)
        except Unreadable:
            return False
        return True


def _device(folder: Path) -> int | None:
    """Number of the disk that a folder lies on; None if it is not there."""
    try:
        return folder.stat().st_dev if folder.is_dir() else None
    except OSError:  # pulled out a moment ago, or not ours to look at
        return None
