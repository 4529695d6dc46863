"""Files that are destroyed: overwritten where they lie, then their names are taken away; all of it on the disk.

What flash storage has set aside, what a file system keeps in its journal and what somebody copied before is out of
reach from here: the key of the encrypted disk is to be erased as well.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from keys.findings import Unreadable

__all__ = ["ERASE_DISK", "destroy"]

ERASE_DISK = "cryptsetup erase /dev/DISK"
"""Takes the keys out of the header of an encrypted disk (cryptsetup-erase(8)): nothing on it can be read any more."""
_CHUNK = 1 << 20


def destroy(paths: Iterable[Path]) -> int:
    """Destroy files and folders; what is not there any more is passed over, so it may be stopped and run again.

    A link is taken away; what it leads to is left alone.

    Returns:
        How many files there were.

    Raises:
        Unreadable: The disk failed; what was destroyed before stays so.
    """
    return sum(_destroy(path) for path in paths)


def _destroy(path: Path) -> int:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            count = destroy(sorted(path.iterdir()))
            path.rmdir()
        else:
            count = 1
            if stat.S_ISREG(mode):
                _overwrite(path)
            path.unlink()
        _keep(path.parent)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        raise Unreadable(f"{path} could not be destroyed: {error.strerror}; run it again") from None
    return count


def _overwrite(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        left = os.fstat(descriptor).st_size
        while left > 0:
            left -= os.write(descriptor, os.urandom(min(left, _CHUNK)))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
