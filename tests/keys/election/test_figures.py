"""The figures of machines."""

from __future__ import annotations

import dataclasses

import pytest

from keys.election.figures import check_roll, electors_of
from keys.election.report import ClosingReport, ZeroReport
from keys.findings import Refused
from tests.simulator.polling import ELECTORS, definition

ALLOWING = dataclasses.replace(definition(), additions=2)
FORBIDDING = dataclasses.replace(definition(), additions=0, proxies_at_desk=False)
OPENING = ZeroReport(0, ELECTORS, 0, 0, 14, bytes(32), "test")
CLOSING = ClosingReport(
    closed=1,
    electors=ELECTORS,
    marks=ELECTORS + 2,
    ballots=ELECTORS + 2,
    signatures=ELECTORS + 2,
    set_digest=bytes(32),
    file_digest=bytes(32),
    previous=bytes(32),
    zero_report=bytes(32),
    additions=2,
)


def test_two_machines_of_a_station_have_one_roll() -> None:
    assert electors_of([("06", 436, 0), ("06", 436, 0), ("17", 93, 0)]) == 529


def test_two_stations_of_one_size_count_twice() -> None:
    assert electors_of([("06", 436, 0), ("07", 436, 0)]) == 872


def test_everybody_who_was_added_counts() -> None:
    assert electors_of([("06", 436, 2), ("06", 436, 1), ("07", 93, 0)]) == 532


def test_as_many_marks_as_electors_and_additions_are_taken() -> None:
    check_roll(OPENING, CLOSING, ALLOWING, 0)
    check_roll(OPENING, dataclasses.replace(CLOSING, additions=0, marks=ELECTORS), FORBIDDING, 0)


def test_who_was_added_on_a_machine_that_stopped_may_vote_on_the_spare() -> None:
    closing = dataclasses.replace(CLOSING, additions=1, carried=1)
    check_roll(OPENING, closing, ALLOWING, 0)
    check_roll(
        dataclasses.replace(OPENING, carried_from=bytes(32)),
        dataclasses.replace(closing, carried=0),
        ALLOWING,
        0,
    )
    for opening, other in (
        (OPENING, dataclasses.replace(closing, carried=0)),
        (OPENING, dataclasses.replace(closing, marks=ELECTORS + 4)),
    ):
        with pytest.raises(Refused) as refused:
            check_roll(opening, other, ALLOWING, 0)
        assert refused.value.code == "V-409"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("V-408", {"additions": 3}),
        ("V-410", {"desk_proxies": ELECTORS + 3}),
        ("V-409", {"marks": ELECTORS + 3}),
        ("V-409", {"additions": 1}),
        ("V-409", {"electors": ELECTORS + 1}),
        ("V-409", {"electors": ELECTORS - 1}),
    ],
)
def test_other_figures_of_the_roll_are_refused(code: str, changes: dict[str, int]) -> None:
    with pytest.raises(Refused) as refused:
        check_roll(OPENING, dataclasses.replace(CLOSING, **changes), ALLOWING, 0)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_roll_longer_than_the_definition_is_refused_whoever_opens_it() -> None:
    opening = dataclasses.replace(OPENING, electors=ELECTORS + 1)
    with pytest.raises(Refused) as refused:
        check_roll(opening, dataclasses.replace(CLOSING, electors=ELECTORS + 1), ALLOWING, 0)
    assert refused.value.code == "V-409"


def test_without_leave_nobody_is_added() -> None:
    with pytest.raises(Refused) as refused:
        check_roll(OPENING, dataclasses.replace(CLOSING, additions=1, marks=ELECTORS), FORBIDDING, 0)
    assert refused.value.code == "V-408"


def test_votes_by_a_proxy_of_the_desk_are_taken_where_they_are_allowed() -> None:
    most = dataclasses.replace(CLOSING, desk_proxies=CLOSING.marks)
    check_roll(OPENING, most, ALLOWING, 0)
    one = dataclasses.replace(CLOSING, additions=0, marks=ELECTORS, desk_proxies=1)
    with pytest.raises(Refused) as refused:
        check_roll(OPENING, one, FORBIDDING, 0)
    assert refused.value.code == "V-410"
    check_roll(OPENING, dataclasses.replace(one, desk_proxies=0), FORBIDDING, 0)
