"""The sheet on which officers hold the marks of a station against the signatures, page by page of the paper list."""

from __future__ import annotations

from collections.abc import Sequence

from keys.desk.together import Together
from keys.election.manifest import Manifest
from keys.election.statement import Mode
from keys.paper.document import Block, Document, Heading, Signatures, Table, Text
from keys.paper.frame import paper
from tally.boxes.marks import MarkedStation

__all__ = ["list_sheet"]


def list_sheet(
    manifest: Manifest, fingerprint: bytes, mode: Mode, stations: Sequence[MarkedStation], language: Together
) -> Document:
    """One table a station, with a column to fill in.

    Args:
        manifest: Of the vote.
        fingerprint: Of the manifest.
        mode: Official or rehearsal.
        stations: Their marks by page.
        language: Of the paper.
    """
    say, definition = language.say, manifest.definition
    blocks: list[Block] = [
        Text(
            say(
                "Count the signatures on each page of the list. Where they are not as many as the marks, look at that "
                "page line by line, and let the board decide."
            )
        )
    ]
    header = (say("Page"), say("No."), say("Marks"), say("Signatures on this page"))
    for item in stations:
        where = definition.stations[item.station]
        rows = [(str(page.page), f"{page.first}-{page.last}", str(page.marks), "") for page in item.pages]
        if item.added:
            rows.append(("", say("Electors added on the spot"), str(item.added), ""))
        rows.append((say("Total"), "", str(item.marks), ""))
        blocks += [
            Heading(say("Station {id}, {name}", id=where.id, name=where.name), 2),
            Table(header, tuple(rows), "llrr", total=True),
        ]
    blocks.append(Signatures(((say("Presiding officer"), ""), (say("Poll clerk"), ""))))
    title = say("Marks by page of the signing list")
    return paper(definition, mode, fingerprint, language, title, blocks)
