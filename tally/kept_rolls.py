"""The rolls of stations between the town's list and the sealed packages, in the officer's private folder."""

from __future__ import annotations

from collections.abc import Callable
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

__all__ = ["keep_roll", "kept_roll", "rehearsal_rolls", "roll_path", "sealed_roll"]


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
    path = roll_path(workspace, Mode.OFFICIAL, station)
    name = definition.stations[station].id
    if not path.exists():
        raise Misuse(f"station {name} has no roll yet; run: tally roll FILE.csv")
    roll = Roll.from_content(decode(read_bytes(path), path.name), f"roll of station {name}")
    if len(roll.electors) > definition.stations[station].electors:
        raise Refused("T-603", f"station {name}", f"electors on the roll: {len(roll.electors)}")
    return roll


def sealed_roll(workspace: Workspace, manifest: Manifest, station: int) -> Roll:
    """The roll of a station as it was sealed for its machines.

    Raises:
        Refused: T-210, another one is kept.
        Unreadable: None is kept any more.
    """
    path = roll_path(workspace, workspace.mode, station)
    name = f"roll of station {manifest.definition.stations[station].id}"
    roll = Roll.from_content(decode(read_bytes(path), path.name), name)
    if roll.digest != manifest.rolls[station]:
        raise Refused("T-210", name, "it is not the one that was sealed")
    return roll


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
