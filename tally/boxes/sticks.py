"""Sticks: where they are mounted, which boxes are on one, and the copy of the folder that trustees get."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from keys.desk.mounts import PLACES, make_folder
from keys.election.layout import FOLDERS
from keys.findings import Misuse, Refused
from tally.boxes.merge import BOX_FILE

__all__ = ["NotEmpty", "check_empty", "copy_for_trustees", "copy_papers", "find_boxes", "mounted"]

_DEEPEST = 4
_MOST_FOLDERS = 5_000
_PAPERS = ("draft.cose", "manifest.cose")


class NotEmpty(Misuse):
    """A folder that should be new or empty is not."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} is not empty; take a new folder")
        self.place = place


def check_empty(folder: Path) -> None:
    """Refuse a folder that holds something already.

    Raises:
        NotEmpty: It does.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(folder)


def mounted(roots: Iterable[Path] = PLACES) -> list[Path]:
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
    """Copy what trustees need to check before they open; an older copy of the same vote gives way, whole.

    Args:
        root: The part of the officer's folder that is laid out as the public folder.
        target: A new or empty folder, or one with an older copy.

    Raises:
        NotEmpty: The folder holds something else.
        Unreadable: No stick is in.
        OSError: It could not be written; what was there before is still there.
    """
    if not _is_copy(root, target):
        check_empty(target)
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        copy_papers(root, part, _PAPERS)
        if target.exists():
            shutil.rmtree(target)
        part.rename(target)
        os.sync()  # a stick is pulled out as soon as the screen says that it is done
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        raise


def copy_papers(root: Path, target: Path, names: Iterable[str]) -> None:
    """Copy files, and all statements and archives in their folders.

    Raises:
        Unreadable: No stick is in where they should go.
        OSError: Something could not be read or written.
    """
    make_folder(target)
    for name in names:
        shutil.copyfile(root / name, target / name)
    for folder in FOLDERS:
        source = root / folder
        if source.is_dir():
            (target / folder).mkdir()
            for path in sorted(source.iterdir()):
                if path.suffix in {".cose", ".bel"}:
                    shutil.copyfile(path, target / folder / path.name)


def _is_copy(root: Path, target: Path) -> bool:
    """Whether a folder holds the papers of this very vote and nothing that a copy would not hold."""
    return (
        target.is_dir()
        and {path.name for path in target.iterdir()} <= {*_PAPERS, *FOLDERS}
        and all((target / name).is_file() for name in _PAPERS)
        and all((target / name).read_bytes() == (root / name).read_bytes() for name in _PAPERS)
    )


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
