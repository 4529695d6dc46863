"""Files: whole or not at all, private where they hold a secret, one writer a folder."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from keys.desk.mounts import make_folder
from keys.election.statement import MAX_STATEMENT, Statement, read_statement
from keys.findings import Misuse, Refused, Unreadable

__all__ = [
    "Busy",
    "folder_lock",
    "load_statement",
    "open_regular",
    "read_bytes",
    "write_private",
    "write_whole",
]


class Busy(Misuse):
    """Another command is at work in a folder."""


@contextlib.contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading, without following a link or waiting for a pipe.

    Raises:
        Unreadable: It is missing or no regular file, or reading failed.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        reason = "it is a link" if error.errno == errno.ELOOP else error.strerror
        raise Unreadable(f"{path} could not be read: {reason}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable(f"{path} is not a regular file")
    with os.fdopen(descriptor, "rb") as file:
        try:
            yield file
        except OSError as error:
            raise Unreadable(f"{path} could not be read: {error.strerror}") from None


def read_bytes(path: Path, limit: int = MAX_STATEMENT) -> bytes:
    """Read a regular file of at most `limit` bytes, without following a link.

    Raises:
        Unreadable: It is missing, no regular file, too large, or the disk failed.
    """
    with open_regular(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"{path} is larger than {limit} bytes")
    return data


def load_statement(path: Path) -> Statement:
    """Read a `.cose` file.

    Raises:
        Unreadable: The file cannot be read.
        Refused: V-101, with the file's name.
    """
    try:
        return read_statement(read_bytes(path))
    except Refused as refused:
        raise Refused(refused.code, str(path), refused.detail) from None


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that it is there whole or not at all, and on the disk when this returns.

    Raises:
        Unreadable: It could not be written, or no stick is in where it should be.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        make_folder(path.parent)
        part.unlink(missing_ok=True)
        try:
            _write_new(part, data, 0o600 if private else 0o644)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _keep(path.parent)
    except OSError as error:
        raise Unreadable(f"{path} could not be written: {error.strerror}", path) from None


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read."""
    write_whole(path, data, private=True)


@contextlib.contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Keep every other command out of a folder while one changes it.

    Raises:
        Busy: Another command is at work in it.
        Unreadable: The folder is not there or cannot be written.
    """
    try:
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unreadable(f"{folder} cannot be used: {error.strerror}") from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"another command is at work in {folder}; wait for its end") from None
        except OSError as error:
            raise Unreadable(f"{folder} cannot be locked: {error.strerror}") from None
        yield
    finally:
        os.close(descriptor)


def _write_new(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _keep(folder: Path) -> None:
    """Have the folder itself on the disk, so that the new name survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
