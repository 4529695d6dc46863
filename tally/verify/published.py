"""The public folder as a stranger finds it: read once, with nothing trusted that lies in it.

Only plain files under the names of the plan are read; links, other names and files that are too large are
noted as findings. Archives stay on the disk and are read as streams.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from keys.desk.files import read_bytes
from keys.election.layout import FOLDERS
from keys.findings import Refused, Unreadable

__all__ = ["PUBLICATION", "PublishedFolder", "StoredFile", "read_folder"]

PUBLICATION = "publication.cose"
_MIB = 1024 * 1024
_ROOT = {
    "draft.cose": 16 * _MIB,
    "manifest.cose": 16 * _MIB,
    PUBLICATION: 16 * _MIB,
    "results.json": 64 * _MIB,
    "results.csv": 64 * _MIB,
    "minutes.pdf": 64 * _MIB,
    "index.html": 64 * _MIB,
}
"""Files beside the sub-folders, with the most bytes that are read of each."""
_ENDINGS = {"archives": ".bel", "trackers": ".txt"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_LIMIT = 16 * _MIB
_MOST_FILES = 20_000
_MOST_BYTES = 1024 * _MIB
"""Of all files together that are held in memory."""
_MOST_ARCHIVED = 65_536 * _MIB
"""Of all archives together, which are read from the disk: a file with a hole in it can say any size."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What a publication says of a file."""

    size: int
    digest: bytes
    """SHA-256."""


@dataclass(frozen=True, slots=True)
class PublishedFolder:
    """A public folder, read."""

    root: Path
    files: Mapping[str, bytes]
    """All files but the archives, by path."""
    stored: Mapping[str, StoredFile]
    """All files, by path."""
    strays: tuple[Refused, ...]
    """What does not belong there (V-601)."""

    def names(self, folder: str) -> list[str]:
        """Paths of a sub-folder, sorted."""
        return sorted(path for path in self.stored if path.startswith(f"{folder}/"))

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Open an archive.

        Raises:
            Unreadable: It cannot be read.
        """
        with _open(self.root / path) as stream:
            yield stream


def read_folder(root: Path) -> PublishedFolder:
    """Read a public folder.

    Raises:
        Unreadable: It is not there, or the disk failed.
    """
    if not root.is_dir():
        raise Unreadable(f"{root} is not a folder")
    files: dict[str, bytes] = {}
    stored: dict[str, StoredFile] = {}
    strays: list[Refused] = []
    held = archived = 0
    for path, limit in _places(root, strays):
        name = path.relative_to(root).as_posix()
        size = path.stat(follow_symlinks=False).st_size
        large = archived + size > _MOST_ARCHIVED if limit is None else size > limit or held > _MOST_BYTES
        if large or len(stored) >= _MOST_FILES:
            strays.append(Refused("V-601", name, f"too large or one too many ({size} bytes)"))
        elif limit is None:
            stored[name] = _digest(path)
            archived += size
        else:
            data = files[name] = read_bytes(path, limit)
            held += len(data)
            stored[name] = StoredFile(len(data), hashlib.sha256(data).digest())
    return PublishedFolder(root, files, stored, tuple(strays))


def _places(root: Path, strays: list[Refused]) -> Iterator[tuple[Path, int | None]]:
    """Files that belong into a public folder, with the most bytes that are read of each at once."""
    for entry in _scan(root):
        if entry.name in _ROOT and _plain(entry):
            yield Path(entry.path), _ROOT[entry.name]
        elif entry.name in FOLDERS and entry.is_dir(follow_symlinks=False):
            yield from _places_in(Path(entry.path), entry.name, strays)
        else:
            strays.append(Refused("V-601", _shown(entry.name), _kind(entry)))


def _places_in(folder: Path, name: str, strays: list[Refused]) -> Iterator[tuple[Path, int | None]]:
    ending = _ENDINGS.get(name, ".cose")
    for entry in _scan(folder):
        if _plain(entry) and entry.name.endswith(ending) and _NAME.fullmatch(entry.name):
            yield Path(entry.path), None if ending == ".bel" else _LIMIT
        else:
            strays.append(Refused("V-601", f"{name}/{_shown(entry.name)}", _kind(entry)))


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise Unreadable(f"{folder} could not be read: {error.strerror}") from None


def _plain(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False)


def _shown(name: str) -> str:
    """A stranger's name of a file on one line, with nothing in it that a terminal obeys."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "a link"
    return "a file of another name" if _plain(entry) else "a folder or something else"


def _digest(path: Path) -> StoredFile:
    with _open(path) as stream:
        digest = hashlib.file_digest(stream, "sha256").digest()
        return StoredFile(stream.tell(), digest)


@contextmanager
def _open(path: Path) -> Iterator[BufferedReader]:
    """Open a plain file without following a link."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Unreadable(f"{path} could not be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise Unreadable(f"{path} is not a regular file")
        yield stream
