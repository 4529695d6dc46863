"""The figures of a machine: electors marked, ballots in the box, signatures on paper, and slips where they are kept."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from keys.election.report import ClosingReport

__all__ = ["disagreement", "electors_of"]


def disagreement(closing: ClosingReport) -> str | None:
    """Say which figures of a closing report are not one number, or None where they are."""
    figures = {"marks": closing.marks, "ballots": closing.ballots, "signatures": closing.signatures}
    if closing.slips is not None:
        figures["slips"] = closing.slips
    if len(set(figures.values())) == 1:
        return None
    return ", ".join(f"{value} {name}" for name, value in figures.items())


def electors_of(rolls: Iterable[tuple[Hashable, int]]) -> int:
    """Electors of several machines: those of one station report the same roll, which counts once.

    Args:
        rolls: Station and electors, by machine.
    """
    stations: dict[Hashable, int] = {}
    for station, electors in rolls:
        stations[station] = max(stations.get(station, 0), electors)
    return sum(stations.values())
