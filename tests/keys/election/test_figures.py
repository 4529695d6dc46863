"""The figures of machines."""

from __future__ import annotations

from keys.election.figures import electors_of


def test_two_machines_of_a_station_have_one_roll() -> None:
    assert electors_of([("06", 436), ("06", 436), ("17", 93)]) == 529


def test_two_stations_of_one_size_count_twice() -> None:
    assert electors_of([("06", 436), ("07", 436)]) == 872
