"""The figures of a machine: electors marked, ballots in the box, signatures on paper, and slips where they are kept."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from keys.election.definition import Definition
from keys.election.report import ClosingReport, ZeroReport
from keys.findings import Refused

__all__ = ["check_roll", "disagreement", "electors_of"]


def disagreement(closing: ClosingReport) -> str | None:
    """Say which figures of a closing report are not one number, or None where they are."""
    figures = {"marks": closing.marks, "ballots": closing.ballots, "signatures": closing.signatures}
    if closing.slips is not None:
        figures["slips"] = closing.slips
    if len(set(figures.values())) == 1:
        return None
    return ", ".join(f"{name} {value}" for name, value in figures.items())


def check_roll(opening: ZeroReport, closing: ClosingReport, definition: Definition, station: int) -> None:
    """Check what a machine reports of its roll: as many electors as at its opening, and additions as allowed.

    Whoever was added on a machine that stopped may vote on the spare, which does not count them among its additions.

    Args:
        opening: The zero report of the machine.
        closing: Its closing report, or what a spare signed in its place.
        definition: Of the vote.
        station: Index of its station.

    Raises:
        Refused: V-408 more additions than the definition allows, V-410 proxies that it does not, V-409.
    """
    name = f"station {definition.stations[station].id}"
    if closing.additions > definition.additions:
        raise Refused("V-408", name, f"{closing.additions} added, {definition.additions} allowed")
    noted = closing.desk_proxies or 0
    if noted > (closing.marks if definition.proxies_at_desk else 0):
        allowed = f"marks {closing.marks}" if definition.proxies_at_desk else "none allowed"
        raise Refused("V-410", name, f"{noted} votes by a proxy of the desk, {allowed}")
    if closing.electors != opening.electors:
        raise Refused(
            "V-409", name, f"electors when opened {opening.electors}, when closed {closing.electors}"
        )
    if closing.electors > definition.stations[station].electors:
        most = definition.stations[station].electors
        raise Refused("V-409", name, f"electors {closing.electors}, at most {most} in the definition")
    others = len(definition.stations[station].machines) - 1
    took_over = opening.carried_from is not None or closing.carried > 0
    most = closing.electors + closing.additions + (others * definition.additions if took_over else 0)
    if closing.marks > most:
        raise Refused("V-409", name, f"marks {closing.marks}, electors {most}")


def electors_of(rolls: Iterable[tuple[Hashable, int, int]]) -> int:
    """Electors of several machines: those of one station report the same roll, which counts once.

    Args:
        rolls: Station, electors and electors whom this machine added, by machine.
    """
    stations: dict[Hashable, int] = {}
    added = 0
    for station, electors, additions in rolls:
        stations[station] = max(stations.get(station, 0), electors)
        added += additions
    return sum(stations.values()) + added
