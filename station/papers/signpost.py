"""The way to another station, for somebody who stands at the wrong one; nobody's name is on it."""

from __future__ import annotations

from keys.desk.language import Language
from keys.election.definition import Definition
from keys.election.manifest import Manifest
from keys.election.statement import Mode
from keys.paper.document import Block, Document, Notice, Text
from keys.paper.frame import paper

__all__ = ["address_paper", "station_address"]


def station_address(definition: Definition, station: int) -> str:
    """Name and, where the definition has it, address of a station on one line."""
    item = definition.stations[station]
    return f"{item.name}, {item.address}" if item.address else item.name


def address_paper(
    manifest: Manifest, fingerprint: bytes, mode: Mode, station: int, language: Language
) -> Document:
    """A paper that says where a station is and until when it is open.

    Args:
        manifest: Of the vote.
        fingerprint: Of the manifest.
        mode: Official or rehearsal.
        station: Index of the station to go to.
        language: Of the paper.
    """
    say, definition = language.say, manifest.definition
    blocks: list[Block] = [
        Notice(station_address(definition, station), say("You vote here")),
        Text(say("Bring your identity document.")),
    ]
    return paper(definition, mode, fingerprint, language, say("Your polling station"), blocks)
