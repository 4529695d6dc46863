"""The paper signing list: fixed lines a page, in the order of the roll numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from keys.desk.language import Language
from keys.election.list_place import LINES_A_PAGE
from keys.election.manifest import Manifest
from keys.election.roll import Elector, ElectorStatus
from keys.election.statement import Mode
from keys.paper.document import Document, SigningLines
from keys.paper.frame import paper

__all__ = ["signing_paper"]

_TITLE = 90
"""Letters: with a title of more lines the first page would hold fewer lines than the others."""


def signing_paper(
    manifest: Manifest,
    fingerprint: bytes,
    mode: Mode,
    station: int,
    electors: Sequence[Elector],
    language: Language,
) -> Document:
    """The paper list of a station, to be signed by whoever has voted; always A4.

    Args:
        manifest: Of the vote.
        fingerprint: Of the manifest.
        mode: Official or rehearsal.
        station: Index.
        electors: The whole roll, in rising order of the numbers; who was struck off keeps a line.
        language: Of the paper.
    """
    say, where = language.say, manifest.definition.stations[station]
    rows = [_row(elector, language) for elector in electors]
    if manifest.definition.additions:
        rows += [("", "", "", "", "")] * (-len(rows) % LINES_A_PAGE + LINES_A_PAGE)
    lines = SigningLines(
        (say("Line"), say("No."), say("Name"), say("Born"), say("Signature")),
        tuple(rows),
        LINES_A_PAGE,
        say("Signatures on this page"),
    )
    subtitle = shorten(say("Station {id}, {name}", id=where.id, name=where.name), _TITLE, placeholder="...")
    whole = paper(
        manifest.definition, mode, fingerprint, language, say("Signing list"), (lines,), subtitle=subtitle
    )
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
