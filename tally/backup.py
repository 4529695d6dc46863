"""A copy of the officer's folder in one file, read back and compared before anybody relies on it.

The file holds everything that is in the folder: rolls and marks in clear, the authority's keys under their passphrase.
It belongs in the safe, not on a shelf.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from keys.desk.files import folder_lock
from keys.desk.mounts import check_mounted
from keys.findings import Fact, Misuse, Refused, Unreadable

__all__ = ["Backup", "back_up", "count_files"]

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was read back."""

    path: Path
    files: int
    size: int
    """Bytes of the copy."""
    digest: bytes
    """SHA-256 of the copy, 32 bytes."""


def count_files(folder: Path) -> int:
    """How many files a copy will hold."""
    return sum(1 for _ in _files(folder))


def back_up(
    folder: Path, target: Path, now: int, progress: Callable[[str, int], None] = lambda *_: None
) -> Backup:
    """Copy the officer's folder into one new zip file, and compare.

    Args:
        folder: Of the officer; nobody else may work in it meanwhile.
        target: Folder for the file, outside the first.
        now: Unix seconds; names the file.
        progress: Told what is done (``writing``, ``comparing``) and the number of files.

    Raises:
        Misuse: The target lies in the folder itself, or there is a file of this name.
        Refused: T-811, what was read back is not what was written; the file is removed.
        Unreadable: Something could not be read or written; nothing is left behind.
    """
    if target.resolve().is_relative_to(folder.resolve()):
        raise Misuse(f"{target} lies in {folder} itself; take another disk")
    if not target.is_dir():
        raise Unreadable(f"{target} is not a folder")
    check_mounted(target)
    path = target / f"isoloir-{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M%S}.zip"
    if path.exists():
        raise Misuse(f"{path} is there already")
    part = path.with_name(f".{path.name}.part")
    try:
        with folder_lock(folder):
            digests, digest = _write(folder, part, progress)
        _compare(part, digests, digest, progress)
        part.rename(path)
        _sync(target)
    except OSError as error:
        raise Unreadable(f"{path} could not be written: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
    return Backup(path, len(digests), path.stat().st_size, digest)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name != ".lock" and path.suffix != ".part":
            yield path


class _Witness:
    """A stream that remembers the digest of what is written; it cannot go back, so each byte is written once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seen = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write on."""
        self.seen.update(data)
        return self._stream.write(data)

    def flush(self) -> None:
        """Pass on."""
        self._stream.flush()


def _write(folder: Path, part: Path, progress: Callable[[str, int], None]) -> tuple[dict[str, bytes], bytes]:
    """Write the copy, for its owner alone; gives the digest of each file as it was read, and of the copy."""
    digests = {}
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        witness = _Witness(stream)
        with zipfile.ZipFile(cast("BinaryIO", witness), "w", zipfile.ZIP_DEFLATED) as archive:
            for number, path in enumerate(_files(folder), 1):
                name = path.relative_to(folder).as_posix()
                entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
                entry.compress_type = zipfile.ZIP_DEFLATED
                seen = hashlib.sha256()
                with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as sink:
                    while chunk := source.read(_CHUNK):
                        seen.update(chunk)
                        sink.write(chunk)
                digests[name] = seen.digest()
                progress("writing", number)
        stream.flush()
        os.fsync(stream.fileno())
    return digests, witness.seen.digest()


def _compare(
    part: Path, digests: dict[str, bytes], digest: bytes, progress: Callable[[str, int], None]
) -> None:
    """Read the copy back, from the disk and not from memory where the system allows.

    Raises:
        Refused: T-811, its bytes are not those that were written, or unpacked they are not those of the folder.
    """
    with part.open("rb") as stream:
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if hashlib.file_digest(stream, "sha256").digest() != digest:
            raise Refused("T-811", part.name, Fact("other bytes were read back than were written"))
        with zipfile.ZipFile(stream) as archive:
            if archive.namelist() != list(digests):
                raise Refused("T-811", part.name, "other files are in it")
            for number, (name, expected) in enumerate(digests.items(), 1):
                if _digest_of(archive, name) != expected:
                    raise Refused("T-811", name)
                progress("comparing", number)


def _digest_of(archive: zipfile.ZipFile, name: str) -> bytes:
    seen = hashlib.sha256()
    with archive.open(name) as source:
        while chunk := source.read(_CHUNK):
            seen.update(chunk)
    return seen.digest()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
