"""The public folder: where each thing lies, by its path."""

from __future__ import annotations

import re
from pathlib import Path

from keys.findings import Refused, Unreadable

__all__ = [
    "ANSWERS",
    "CHALLENGES",
    "DRAFT",
    "EARLIER",
    "FOLDERS",
    "MANIFEST",
    "REQUEST",
    "SHUFFLES",
    "archive_path",
    "read_statements",
    "safe_name",
]

FOLDERS = (
    "enrolments",
    "trustees",
    "confirmations",
    "reports",
    "decisions",
    "paper",
    "challenges",
    "archives",
    "decryptions",
    "results",
    "trackers",
)
"""Sub-folders of a public folder; each holds files only."""

DRAFT = "draft.cose"
MANIFEST = "manifest.cose"
CHALLENGES = "challenges/"
REQUEST = "decryptions/request.cose"
"""What the authority asks the trustees to open."""
ANSWERS = "decryptions/trustee-"
"""Beginning of the paths of trustees' decryptions: `trustee-N.cose`, N the trustee's number."""
SHUFFLES = "decryptions/shuffle-"
"""Beginning of the paths of trustees' shuffles: `shuffle-N.cose`, N the trustee's number."""
EARLIER = "decryptions/request-"
"""Earlier requests stay as `request-N.cose`, their answers as `request-N-trustee-K.cose` and `…-shuffle-K.cose`."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MOST_FILES = 20_000
_MOST_BYTES = 16 * 1024 * 1024
_MOST_BYTES_IN_ALL = 1024 * 1024 * 1024


def safe_name(text: str) -> str:
    """A name from a signed paper that becomes part of a file's name.

    Raises:
        Refused: V-104, it could lead out of its folder.
    """
    if not _NAME.fullmatch(text):
        raise Refused("V-104", f"name {text[:40]!r}", "letters, digits, dot, hyphen and underscore only")
    return text


def archive_path(contest_id: str) -> str:
    """Path of a contest's archive."""
    return f"archives/{safe_name(contest_id)}.bel"


def read_statements(root: Path) -> dict[str, bytes]:
    """Read all `.cose` files of a folder and its known sub-folders, by their path.

    Raises:
        Unreadable: The folder is not there, or a file cannot be read.
        Refused: V-601, a link, a folder where a file should be, too many files or bytes.
    """
    if not root.is_dir():
        raise Unreadable(f"{root} is not a folder")
    files: dict[str, bytes] = {}
    left = _MOST_BYTES_IN_ALL
    for folder in (root, *(root / name for name in FOLDERS)):
        if folder is not root and folder.is_symlink():
            raise Refused("V-601", folder.name, "a link")
        if not folder.is_dir():
            continue
        for path in sorted(folder.glob("*.cose")):
            if path.is_symlink() or not path.is_file() or len(files) >= _MOST_FILES:
                raise Refused("V-601", path.name, "a link, no file, or one too many")
            data = _read(path, min(left, _MOST_BYTES))
            left -= len(data)
            files[path.relative_to(root).as_posix()] = data
    return files


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Unreadable(f"{path} could not be read: {error.strerror}") from None
    if len(data) > most:
        raise Refused("V-601", path.name, "too large")
    return data
