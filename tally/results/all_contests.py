"""All contests of a vote, counted from their finished archives."""

from __future__ import annotations

from collections.abc import Callable

from keys.election.archive import outline
from keys.election.documents import result_from_json
from keys.election.dossier import Dossier
from keys.election.forms import Shape
from keys.election.verification import sheets_of
from keys.findings import Fact, Refused
from tally.results.counted import Counted, count_contest
from tally.workspace import Workspace

__all__ = ["counted_contests"]


def counted_contests(
    workspace: Workspace, dossier: Dossier, progress: Callable[[str], None] = lambda _: None
) -> tuple[tuple[Counted, ...], tuple[bytes, ...]]:
    """Count all contests from their finished archives.

    Returns:
        The contests, and the head of each archive (32 bytes).

    Raises:
        Refused: T-206 an archive has no result yet; T-4 codes.
    """
    counted, heads = [], []
    for contest, item in enumerate(dossier.manifest.definition.contests):
        progress(item.id)
        path = workspace.archive(item.id)
        if not path.exists():
            raise Refused("T-206", f"contest {item.id}", "there is no archive")
        with path.open("rb") as stream:
            seen = outline(stream, f"contest {item.id}")
        if seen.result is None:
            raise Refused("T-206", f"contest {item.id}", Fact("its total is not opened"))
        subject, result = f"contest {item.id}", seen.result.documents[0]
        whole = Shape.of(item).is_whole
        opened = sheets_of(seen, subject) if whole else result_from_json(result)
        counted.append(count_contest(dossier, contest, opened, seen.ballots))
        heads.append(bytes.fromhex(seen.head))
    return tuple(counted), tuple(heads)
