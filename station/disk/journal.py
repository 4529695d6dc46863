"""The rollback journal of the store, and why it is overwritten.

SQLite copies every page that it is about to change into `<file>-journal`, and only marks the copy as void when the
change is done. With roll and ballots in one file that copy names an elector and a ballot; so it is overwritten with
zeros after each commit and at each start, once SQLite has rolled back what was unfinished. The file is made as long as
it will ever need to be when the store is made: a full disk then stops no vote.
"""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["journal_path", "lay_out", "scrub"]

_CHUNK = 4096
_ZEROS = bytes(_CHUNK)


def journal_path(store: Path) -> Path:
    """Where SQLite keeps the journal of a database."""
    return store.with_name(store.name + "-journal")


def lay_out(store: Path, size: int) -> None:
    """Make sure that the journal is there and at least so long; what is added is zeros on the disk.

    Args:
        store: Path of the database.
        size: Bytes.

    Raises:
        OSError: The disk is full or cannot be written.
    """
    journal = os.open(journal_path(store), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        at = os.fstat(journal).st_size
        if at >= size:
            return
        while at < size:
            at += os.pwrite(journal, _ZEROS[: min(_CHUNK, size - at)], at)
        os.fsync(journal)
    finally:
        os.close(journal)
    sync_folder(store.parent)


def scrub(store: Path) -> None:
    """Overwrite with zeros all of the journal that is not zero yet, and wait until the disk has it.

    Must not be called while a transaction is open: the journal is what undoes it.

    Raises:
        OSError: The journal is not there, or the disk cannot be read or written.
    """
    journal = os.open(journal_path(store), os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        size = os.fstat(journal).st_size
        for at in range(0, size, _CHUNK):
            found = os.pread(journal, _CHUNK, at)
            if found.count(0) != len(found):
                _overwrite(journal, len(found), at)
        os.fdatasync(journal)
    finally:
        os.close(journal)


def _overwrite(journal: int, length: int, at: int) -> None:
    done = 0
    while done < length:
        done += os.pwrite(journal, _ZEROS[: length - done], at + done)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder.

    Raises:
        OSError: The folder cannot be opened or synced.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
