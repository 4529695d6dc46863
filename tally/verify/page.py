"""The step on the page for browsers: it is written again from what was verified, and compared byte for byte."""

from __future__ import annotations

from collections.abc import Mapping

from keys.election.result import Publication
from keys.findings import Refused
from tally.page import PageBallot, data_block, page
from tally.verify.archives import agreed, archives
from tally.verify.case import Case, need
from tally.verify.published import PUBLICATION

__all__ = ["PAGE", "check_page", "page_again"]

PAGE = "index.html"


def check_page(case: Case) -> None:
    """`index.html` is the page that this program writes from these papers, ballots and files.

    Raises:
        Refused: V-208 it is missing, V-625 it is another.
        Unchecked: What it is written from does not hold.
    """
    statement = need(case.statements.get(PUBLICATION))
    listed = Publication.from_content(statement.content, statement.name).files
    again = page_again(case, {file.path: file.digest for file in listed if file.path != PAGE})
    found = case.file(PAGE)
    if found != again:
        same = data_block(found) == data_block(again)
        raise Refused("V-625", PAGE, "its words or its program" if same else "its data")


def page_again(case: Case, digests: Mapping[str, bytes]) -> bytes:
    """The page as it must be.

    Args:
        case: As far as it was verified.
        digests: SHA-256 by path of all other files, as the publication says: whether they are so is another step.

    Raises:
        Unchecked: What it is written from does not hold.
    """
    contests = archives(case)
    counted = [need(case.counted.get(at)) for at in contests]
    ballots = [
        [PageBallot(cast.tracker, cast.credential.raw, cast.unsigned_hash) for cast in agreed(case, at).cast]
        for at in contests
    ]
    return page(case.dossier, counted, ballots, digests)
