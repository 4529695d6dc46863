"""Publishing: the public folder, from which anyone recomputes the result, and the statement that closes it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from keys.desk.files import folder_lock, write_whole
from keys.desk.program import PROGRAM
from keys.election.layout import safe_name
from keys.election.result import Publication, PublishedFile
from keys.election.statement import StatementType
from keys.findings import Fact, Refused, Unreadable
from tally.boxes.sticks import check_empty, copy_papers
from tally.page import PageBallot, page, read_ballots
from tally.results.all_contests import counted_contests
from tally.telling.tables import results_csv, results_json
from tally.telling.trackers import tracker_lines
from tally.workspace import Authority, Workspace

__all__ = ["publish"]

_COPIED = ("draft.cose", "manifest.cose", "minutes.pdf")


def publish(
    workspace: Workspace,
    out: Path,
    authority: Authority,
    now: int,
    progress: Callable[[str], None] = lambda _: None,
) -> int:
    """Write the public folder, and keep the list of its files.

    Args:
        workspace: Of the officer, certified.
        out: New or empty folder.
        authority: Opened.
        now: Unix seconds.
        progress: Told each contest before its turn.

    Returns:
        The number of files.

    Raises:
        NotEmpty: The folder holds something already.
        Refused: T-206, nothing is certified yet.
        Unreadable: It could not be written; then it is empty again.
    """
    with folder_lock(workspace.folder):
        dossier = workspace.dossier()
        if not (workspace.root / "minutes.pdf").exists():
            raise Refused("T-206", "publication", Fact("the results are not certified"))
        check_empty(out)
        counted, _ = counted_contests(workspace, dossier, progress)
        with _whole_or_empty(out):
            copy_papers(workspace.root, out, _COPIED)
            language = dossier.manifest.definition.language
            write_whole(out / "results.json", results_json(dossier, counted, language))
            write_whole(out / "results.csv", results_csv(dossier, counted, language))
            ballots = [_ballots(workspace, item.id) for item in dossier.manifest.definition.contests]
            for item, cast in zip(dossier.manifest.definition.contests, ballots, strict=True):
                lines = tracker_lines(ballot.tracker for ballot in cast)
                write_whole(out / "trackers" / f"{safe_name(item.id)}.txt", lines)
            digests = {file.path: file.digest for file in _digests(out)}
            write_whole(out / "index.html", page(dossier, counted, ballots, digests))
            files = _digests(out)
            publication = Publication(now, files, PROGRAM)
            raw = authority.sign(StatementType.PUBLICATION, workspace.mode, dossier.fingerprint, publication)
            write_whole(out / "publication.cose", raw)
        write_whole(workspace.publication, raw)
    return len(files) + 1


@contextmanager
def _whole_or_empty(out: Path) -> Iterator[None]:
    """Leave nothing half published: after a full disk or Ctrl-C the same folder can be taken again.

    Raises:
        Unreadable: The disk is full, or cannot be read or written.
    """
    try:
        yield
    except BaseException as error:
        for path in out.glob("*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Unreadable(f"{out} could not be written: {error.strerror}") from None
        raise


def _ballots(workspace: Workspace, contest: str) -> tuple[PageBallot, ...]:
    with workspace.archive(contest).open("rb") as stream:
        return read_ballots(stream)


def _digests(out: Path) -> tuple[PublishedFile, ...]:
    files = []
    for path in sorted(out.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").digest()
            files.append(PublishedFile(path.relative_to(out).as_posix(), path.stat().st_size, digest))
    return tuple(sorted(files, key=lambda item: item.path))
