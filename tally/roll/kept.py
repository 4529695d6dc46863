"""The rolls of stations between the town's list and the sealed packages, in the officer's private folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from keys.desk.files import read_bytes, write_private
from keys.desk.town import speaks
from keys.election.cbor import decode
from keys.election.definition import Definition
from keys.election.manifest import Manifest
from keys.election.roll import Elector, Roll
from keys.election.statement import Mode, canonical
from keys.findings import Misuse, Refused
from tally.workspace import Workspace

__all__ = ["keep_roll", "kept_electors", "kept_roll", "rehearsal_rolls", "roll_path", "sealed_roll"]


def roll_path(workspace: Workspace, mode: Mode, station: int) -> Path:
    """Where the roll of a station is kept until it is sealed."""
    return workspace.private / f"roll-{mode.name.lower()}-{station}.cbor"


def keep_roll(workspace: Workspace, mode: Mode, roll: Roll) -> None:
    """Keep a roll for the sealing."""
    write_private(roll_path(workspace, mode, roll.station), canonical(roll.to_content()))


def kept_roll(workspace: Workspace, definition: Definition, station: int) -> Roll:
    """The roll of a station, as it was kept.

    Raises:
        Misuse: There is none yet.
        Refused: T-603, it is longer than the definition says.
    """
    name = definition.stations[station].id
    if not roll_path(workspace, Mode.OFFICIAL, station).exists():
        raise Misuse(f"station {name} has no roll yet; run: tally roll FILE.csv")
    roll = _read(workspace, Mode.OFFICIAL, definition, station)
    if len(roll.electors) > definition.stations[station].electors:
        raise Refused("T-603", f"station {name}", f"electors on the roll: {len(roll.electors)}")
    return roll


def sealed_roll(workspace: Workspace, manifest: Manifest, station: int) -> Roll:
    """The roll of a station as it was sealed for its machines.

    Raises:
        Refused: T-210, another one is kept.
        Unreadable: None is kept any more.
    """
    roll = _read(workspace, workspace.mode, manifest.definition, station)
    if roll.digest != manifest.rolls[station]:
        raise Refused("T-210", _name(manifest.definition, station), "it is not the one that was sealed")
    return roll


def kept_electors(workspace: Workspace, definition: Definition) -> Iterator[Elector]:
    """Everybody on the rolls of the vote that are still kept."""
    for station in range(len(definition.stations)):
        if roll_path(workspace, Mode.OFFICIAL, station).exists():
            yield from _read(workspace, Mode.OFFICIAL, definition, station).electors


def _read(workspace: Workspace, mode: Mode, definition: Definition, station: int) -> Roll:
    path = roll_path(workspace, mode, station)
    return Roll.from_content(decode(read_bytes(path), path.name), _name(definition, station))


def _name(definition: Definition, station: int) -> str:
    return f"roll of station {definition.stations[station].id}"


def rehearsal_rolls(definition: Definition, random_bytes: Callable[[int], bytes]) -> list[Roll]:
    """Invented electors: no real name is shown in a rehearsal."""
    surname = speaks(definition).say("REHEARSAL|surname of invented electors")
    return [
        Roll(
            at,
            tuple(Elector(number, surname, str(number)) for number in range(1, station.electors + 1)),
            random_bytes(16),
        )
        for at, station in enumerate(definition.stations)
    ]
