"""The way to another station, for somebody who stands at the wrong one; nobody's name is on it."""

from __future__ import annotations

from keys.election.definition import Definition
from keys.paper.document import Block, Document, Notice, Text
from station.papers.letterhead import Letterhead

__all__ = ["address_paper", "station_address"]


def station_address(definition: Definition, station: int) -> str:
    """Name and, where the definition has it, address of a station on one line."""
    item = definition.stations[station]
    return f"{item.name}, {item.address}" if item.address else item.name


def address_paper(head: Letterhead, station: int) -> Document:
    """A paper that says where a station is.

    Args:
        head: Of the paper.
        station: Index of the station to go to.
    """
    say = head.language.say
    blocks: list[Block] = [
        Notice(station_address(head.definition, station), say("You vote here")),
        Text(say("Bring your identity document.")),
    ]
    return head.paper(say("Your polling station"), blocks)
