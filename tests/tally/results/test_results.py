"""What is counted of a contest: the figures that do not come from ballots."""

from __future__ import annotations

from dataclasses import replace

import pytest

from keys.election.dossier import Dossier, read_dossier
from keys.election.statement import Mode
from tally.results.counted import count_contest
from tests.simulator.papers import Papers

DOSSIER = read_dossier(Papers().files, Mode.OFFICIAL)
"""Two stations of two electors with a machine each, both closed without a ballot."""


def electors(dossier: Dossier) -> int | None:
    return count_contest(dossier, 0, (0, 0, 0), 0).totals.electors


def at_one_station(*rolls: int) -> Dossier:
    """Both machines serve the first station; what each reports as the length of its roll."""
    manifest = DOSSIER.manifest
    machines = tuple(replace(machine, station=0) for machine in manifest.machines)
    days = []
    for day, roll in zip(DOSSIER.days, rolls, strict=True):
        assert day.closing is not None
        days.append(replace(day, closing=replace(day.closing, electors=roll)))
    return replace(DOSSIER, manifest=replace(manifest, machines=machines), days=tuple(days))


def test_each_station_brings_its_roll() -> None:
    assert electors(DOSSIER) == 4
    assert count_contest(DOSSIER, 1, (0, 0, 0), 0).totals.electors == 2


@pytest.mark.parametrize("rolls", [(2, 2), (2, 0), (0, 2)])
def test_two_machines_of_a_station_share_one_roll(rolls: tuple[int, int]) -> None:
    assert electors(at_one_station(*rolls)) == 2


def test_a_station_whose_machines_have_not_closed_brings_none() -> None:
    day = replace(DOSSIER.days[1], closing=None, closing_fingerprint=None)
    assert electors(replace(DOSSIER, days=(DOSSIER.days[0], day))) == 2
