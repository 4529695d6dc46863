"""Pages of a small vote in memory, and what is held against them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from hashlib import sha256

from keys.election.archive import outline
from keys.election.documents import result_from_json
from keys.election.layout import archive_path
from keys.election.receipt import Receipt
from keys.election.statement import StatementType
from keys.paper.codes import encode
from tally.page import page, read_ballots
from tally.results.counted import count_contest
from tests.tally.check.town import Town

__all__ = ["page_of", "receipt", "texts"]


def page_of(town: Town, more: Mapping[str, bytes] | None = None) -> bytes:
    """The page of a town, with other files beside or instead of its own."""
    files = {**town.files, **(more or {})}
    dossier = town.dossier
    counted, ballots = [], []
    for at, contest in enumerate(dossier.manifest.definition.contests):
        data = files[archive_path(contest.id)]
        seen = outline(io.BytesIO(data), contest.id)
        assert seen.result is not None
        counted.append(count_contest(dossier, at, result_from_json(seen.result.documents[0]), seen.ballots))
        ballots.append(read_ballots(io.BytesIO(data)))
    return page(dossier, counted, ballots, {path: sha256(data).digest() for path, data in files.items()})


def receipt(town: Town, visit: int = 0, content: Receipt | None = None, **how: str) -> bytes:
    """The receipt of a visit, signed by its machine."""
    item = town.visits[visit]
    return town.sign(StatementType.RECEIPT, content or town.receipt(item), signer=item.machine, **how)  # type: ignore[arg-type]


def texts(raw: bytes) -> str:
    """The codes of a statement, one a line."""
    return "\n".join(encode(raw))
