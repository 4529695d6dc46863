"""Where a vote stands: reads the officer's folder, for the board that `tally status` prints and `tally run` draws."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from keys.desk.files import load_statement
from keys.election.archive import outline
from keys.election.decision import DecisionKind
from keys.election.dossier import Dossier
from keys.election.layout import ANSWERS, REQUEST
from keys.election.result import Publication
from keys.election.statement import Role, StatementType
from keys.findings import Refused
from tally.board import Board, make_board
from tally.boxes.database import Boxes, open_boxes
from tally.boxes.merge import suspended
from tally.opening.reopening import earlier_requests
from tally.opening.shuffling import Shuffling, read_shuffling
from tally.results.all_contests import counted_contests
from tally.results.counted import Counted
from tally.results.paper_entry import half_typed
from tally.results.plausibility import Doubt, doubt_counted
from tally.retiring import ordered_from
from tally.step import Files
from tally.workspace import Workspace

__all__ = ["Standing", "read_standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A sealed vote as it is now."""

    dossier: Dossier
    board: Board
    counted: tuple[Counted, ...]
    """All contests, once their totals are opened; else none."""
    trouble: Refused | None = None
    """Why opened totals cannot be counted."""
    shuffling: Shuffling | None = None
    """How far the shuffles have come, where ballots are opened whole and the opening is requested."""

    @property
    def needed(self) -> int:
        """Trustees who must answer: in a rehearsal the one whose key is published."""
        manifest = self.dossier.manifest
        return 1 if manifest.rehearsal_secret is not None else manifest.definition.threshold

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """All that is unusual."""
        return (*self.board.doubts, *doubt_counted(self.dossier.manifest.definition, self.counted))


def read_standing(workspace: Workspace, now: int) -> Standing:
    """Read where a sealed vote stands.

    Args:
        workspace: Of the officer.
        now: Unix seconds.

    Raises:
        Refused: The papers do not fit together, or the boxes are damaged.
        Misuse: Nothing is sealed.
    """
    dossier = workspace.dossier()
    definition = dossier.manifest.definition
    opened = all(_is_opened(workspace.archive(item.id)) for item in definition.contests)
    counted: tuple[Counted, ...] = ()
    trouble = None
    if opened:
        try:
            counted = counted_contests(workspace, dossier)[0]
        except Refused as refused:
            trouble = refused
    with open_boxes(workspace.boxes) as boxes:
        files = _files(workspace, dossier, boxes, counted, opened=opened)
        rows = boxes.all()
    closes = datetime.fromisoformat(definition.closes).replace(tzinfo=ZoneInfo(definition.timezone))
    board = make_board(dossier, rows, files, over=now >= closes.timestamp())
    shuffling = read_shuffling(workspace, dossier) if files.requested and not opened else None
    return Standing(dossier, board, counted, trouble, shuffling)


def _files(
    workspace: Workspace, dossier: Dossier, boxes: Boxes, counted: tuple[Counted, ...], *, opened: bool
) -> Files:
    contests, excluded = dossier.manifest.definition.contests, dossier.excluded()
    stations = dossier.manifest.definition.stations
    return Files(
        ballots={at: boxes.count(at, excluded) for at in range(len(contests))},
        suspended=suspended(dossier, boxes) - excluded,
        begun=half_typed(workspace, dossier.manifest.definition),
        typed=frozenset(at for at, item in enumerate(stations) if f"paper/{item.id}.cose" in dossier.others),
        requested=REQUEST in dossier.others,
        late=_late(dossier),
        answered=frozenset(
            item.header.signer or 0 for path, item in dossier.others.items() if path.startswith(ANSWERS)
        ),
        opened=opened,
        tied=tuple(item.contest for item in counted if item.outcome.ties),
        unsigned=_unsigned(workspace, dossier),
        certified=(workspace.root / "minutes.pdf").exists(),
        published=_published(workspace, dossier),
        ordered=ordered_from(workspace, dossier),
    )


def _late(dossier: Dossier) -> frozenset[int]:
    if REQUEST not in dossier.others:
        return frozenset()
    named = {machine for item in earlier_requests(dossier)[-1].contests for machine in item.machines}
    return frozenset(item.subject for item in dossier.decided(DecisionKind.LATE_BOX)) - named


def _published(workspace: Workspace, dossier: Dossier) -> bool:
    """Whether what was published last holds the minutes as they are now."""
    minutes = workspace.root / "minutes.pdf"
    if not (workspace.publication.exists() and minutes.exists()):
        return False
    statement = load_statement(workspace.publication)
    content = dossier.open(statement, StatementType.PUBLICATION, Role.AUTHORITY)
    files = Publication.from_content(content, statement.name).files
    digest = hashlib.sha256(minutes.read_bytes()).digest()
    return any(item.path == minutes.name and item.digest == digest for item in files)


def _unsigned(workspace: Workspace, dossier: Dossier) -> int:
    """Signatures of the board that the result which has fewest still lacks; 0 before there are results."""
    contests = dossier.manifest.definition.contests
    if not all((workspace.root / "results" / f"{item.id}.cose").exists() for item in contests):
        return 0
    signed = [
        sum(
            load_statement(path).header.role is Role.BOARD
            for path in (workspace.root / "results").glob(f"{item.id}.board-*.cose")
        )
        for item in contests
    ]
    return max(dossier.manifest.definition.signers - min(signed), 0)


def _is_opened(path: Path) -> bool:
    if not path.exists():
        return False
    known = path.stat()
    return _ends_in_result(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=512)
def _ends_in_result(path: Path, _changed: int, _size: int) -> bool:
    """An archive is read through once; it is looked at again only when it has changed."""
    with path.open("rb") as stream:
        return outline(stream, path.name).result is not None
