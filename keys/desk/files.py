"""Files: whole or not at all, private where they hold a secret, one writer a folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from keys.election.statement import MAX_STATEMENT, Statement, read_statement
from keys.findings import Misuse, Refused, Unreadable

__all__ = ["folder_lock", "load_statement", "read_bytes", "write_private", "write_whole"]


def read_bytes(path: Path, limit: int = MAX_STATEMENT) -> bytes:
    """Read a regular file of at most `limit` bytes, without following a link.

    Raises:
        Unreadable: It is missing, no regular file, too large, or the disk failed.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not _regular(file.fileno()):
                raise Unreadable(f"{path} is not a regular file")
            data = file.read(limit + 1)
    except OSError as error:
        raise Unreadable(f"{path} could not be read: {error.strerror}") from None
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
        Unreadable: It could not be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise Unreadable(f"{path} could not be written: {error.strerror}") from None


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read."""
    write_whole(path, data, private=True)


@contextlib.contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Keep every other command out of a folder while one changes it.

    Raises:
        Misuse: Another command is at work in it.
        Unreadable: The folder is not there or cannot be written.
    """
    try:
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unreadable(f"{folder} cannot be used: {error.strerror}") from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Misuse(f"another command is at work in {folder}; wait for its end") from None
        yield
    finally:
        os.close(descriptor)


def _regular(descriptor: int) -> bool:
    return (os.fstat(descriptor).st_mode & 0o170000) == 0o100000
