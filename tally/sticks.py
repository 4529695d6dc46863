"""Sticks: where they are mounted, which boxes are on one, and the copy of the folder that trustees get."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from keys.election.layout import FOLDERS
from keys.findings import Misuse, Refused
from tally.merge import BOX_FILE

__all__ = ["MOUNTS", "copy_for_trustees", "find_boxes", "mounted"]

MOUNTS = (Path("/media"), Path("/run/media"), Path("/mnt"))
"""Where desktops and people mount sticks; below the first two there is often a folder a user."""
_DEEPEST = 4
_MOST_FOLDERS = 5_000


def mounted(roots: Iterable[Path] = MOUNTS) -> list[Path]:
    """Folders where something is mounted, by name."""
    found = []
    for root in roots:
        near = _folders(root)
        candidates = [*near, *(inner for folder in near for inner in _folders(folder))]
        found += [folder for folder in candidates if os.path.ismount(folder)]
    return sorted(set(found))


def find_boxes(sources: Sequence[Path]) -> list[Path]:
    """Folders with a box: the sources themselves, or what is in them.

    Raises:
        Refused: T-111, there is none in a source.
    """
    found: list[Path] = []
    for source in sources:
        if source.is_dir() and not (source / BOX_FILE).exists():
            inside = sorted(_search(source))
            if not inside:
                raise Refused("T-111", str(source), "there is no box in it")
            found += inside
        else:
            found.append(source)
    return found


def copy_for_trustees(root: Path, target: Path) -> None:
    """Copy what trustees need to check before they open.

    Args:
        root: The part of the officer's folder that is laid out as the public folder.
        target: New or empty folder.

    Raises:
        Misuse: The folder holds something already.
    """
    if target.exists() and any(target.iterdir()):
        raise Misuse(f"{target} is not empty; take a new folder")
    target.mkdir(parents=True, exist_ok=True)
    for name in ("draft.cose", "manifest.cose"):
        shutil.copyfile(root / name, target / name)
    for name in FOLDERS:
        if (root / name).is_dir():
            shutil.copytree(root / name, target / name)


def _search(source: Path) -> list[Path]:
    """Folders with a box at most some levels down; links are not followed, so that no search goes round."""
    found = []
    for seen, (folder, inner, names) in enumerate(os.walk(source), 1):
        depth = len(Path(folder).relative_to(source).parts)
        if depth >= _DEEPEST or seen >= _MOST_FOLDERS:
            inner.clear()
        if BOX_FILE in names:
            found.append(Path(folder))
    return found


def _folders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return []  # not there, or of another user: nothing to choose from
