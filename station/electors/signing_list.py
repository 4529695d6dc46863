"""The paper signing list: fixed lines a page, in the order of the roll numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from keys.desk.language import Language
from keys.election.list_place import LINES_A_PAGE
from keys.election.roll import Elector, ElectorStatus
from keys.paper.document import Document, SigningLines
from station.papers.letterhead import Letterhead

__all__ = ["signing_paper"]

_TITLE = 90
"""Letters: with a title of more lines the first page would hold fewer lines than the others."""


def signing_paper(head: Letterhead, station: int, electors: Sequence[Elector]) -> Document:
    """The paper list of a station, to be signed by whoever has voted; always A4.

    Args:
        head: Of the paper.
        station: Index.
        electors: The whole roll, in rising order of the numbers; who was struck off keeps a line.
    """
    say, where = head.language.say, head.definition.stations[station]
    rows = [_row(elector, head.language) for elector in electors]
    if head.definition.additions:
        rows += [("", "", "", "", "")] * (-len(rows) % LINES_A_PAGE + LINES_A_PAGE)
    lines = SigningLines(
        (say("Line"), say("No."), say("Name"), say("Born"), say("Signature")),
        tuple(rows),
        LINES_A_PAGE,
        say("Signatures on this page"),
    )
    subtitle = shorten(say("Station {id}, {name}", id=where.id, name=where.name), _TITLE, placeholder="...")
    whole = head.paper(say("Signing list"), (lines,), subtitle)
    return replace(whole, issuer=shorten(whole.issuer, _TITLE, placeholder="..."))


def _row(elector: Elector, language: Language) -> tuple[str, str, str, str, str]:
    struck = elector.status is ElectorStatus.STRUCK_OFF
    return (
        str(elector.number),
        f"{elector.surname} {elector.given_names}".strip(),
        _second(elector, language),
        language.digits(elector.born),
        language.say("STRUCK OFF") if struck else "",
    )


def _second(elector: Elector, language: Language) -> str:
    """The row under the name: the name at birth, as on an older identity document, and what the town noted."""
    birth = language.say("name at birth {name}", name=elector.birth_name) if elector.birth_name else ""
    return ", ".join(part for part in (birth, elector.note) if part)
