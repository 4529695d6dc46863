"""The tables [[station]] of the definition file."""

from __future__ import annotations

from collections.abc import Sequence

from keys.election.definition import Station
from tally.definition.table import Table

__all__ = ["read_stations"]

_MACHINES = 10
_MOST = 2000
"""Ballots of a machine in a contest (`keys.election.box.MAX_BALLOTS`)."""


def read_stations(root: Table, additions: int = 0) -> tuple[Station, ...]:
    """Read all stations and note their mistakes; a name that is used twice is noted where it is used again.

    Names are compared without regard to capitals: they become names of files, also on sticks that have none.

    Args:
        root: The whole file.
        additions: How many electors each machine may add: their ballots take room too.
    """
    tables = root.tables("station", 250)
    stations = [_read_station(table, additions) for table in tables]
    ids: set[str] = set()
    machines: dict[str, str] = {}
    for table, station in zip(tables, stations, strict=True):
        _check_once(table, station, ids, machines)
    return tuple(stations)


def _read_station(table: Table, additions: int) -> Station:
    id_ = table.identifier()
    if "machines" in table:
        machines = _machines(table)
    else:
        table.raw("machines")
        machines = (id_,)
    station = Station(
        id=id_,
        name=table.text("name", 200),
        address=table.text("address", 300, default=""),
        electors=table.whole("electors", 1, _MOST),
        machines=machines,
    )
    if table.sound("electors") and station.electors + additions > _MOST:
        table.mistake("electors", f"{station.electors} and {additions} additions are more than {_MOST}")
    table.finish()
    return station


def _machines(table: Table) -> tuple[str, ...]:
    names: Sequence[object] = table.items("machines", required=True)
    if len(names) > _MACHINES:
        table.mistake("machines", f"{len(names)} entries, at most {_MACHINES}")
    return tuple(table.checked_identifier("machines", name) for name in names)


def _check_once(table: Table, station: Station, ids: set[str], machines: dict[str, str]) -> None:
    id_ = station.id.lower()
    if id_ and id_ in ids:
        table.mistake("id", f"'{station.id}' is used by two stations")
    ids.add(id_)
    if not table.sound("id", "machines"):
        return
    for machine in station.machines:
        other = machines.get(machine.lower())
        if other is not None:
            where = "twice" if other == station.id else f"also by station {other}"
            table.mistake("machines", f"'{machine}' is used {where}; every machine needs its own name")
        machines[machine.lower()] = station.id
