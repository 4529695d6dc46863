"""The list of receipt codes for the door: printed at closing, in an order that says nothing of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keys.desk.language import Language
from keys.election.definition import text_in
from keys.election.manifest import Manifest
from keys.election.statement import Mode
from keys.paper.document import Block, Columns, Document, Heading, Text
from keys.paper.frame import paper
from keys.paper.groups import short_code

__all__ = ["trackers_paper"]


def trackers_paper(
    manifest: Manifest,
    fingerprint: bytes,
    mode: Mode,
    machine: int,
    trackers: Mapping[int, Sequence[bytes]],
    language: Language,
) -> Document:
    """The receipt codes of a machine.

    Args:
        manifest: Of the vote.
        fingerprint: Of the manifest.
        mode: Official or rehearsal.
        machine: Index.
        trackers: By contest, rising.
        language: Of the paper.
    """
    say = language.say
    entry = manifest.machines[machine]
    station = manifest.definition.stations[entry.station]
    blocks: list[Block] = [
        Text(say("If the code of your receipt is here, your vote is in the box. The order says nothing."))
    ]
    for contest, found in sorted(trackers.items()):
        title = text_in(manifest.definition.contests[contest].title, language.code)
        blocks += [
            Heading(title, 2),
            Text(say("Ballots: {count}", count=len(found))),
            Columns(tuple(short_code(tracker) for tracker in found)),
        ]
    where = {"id": station.id, "name": station.name, "machine": entry.name}
    subtitle = say("Station {id}, {name}, machine {machine}", **where)
    return paper(
        manifest.definition, mode, fingerprint, language, say("Receipt codes"), blocks, subtitle=subtitle
    )
