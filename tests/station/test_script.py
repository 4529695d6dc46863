"""Visits from plain data go through the same session as the screens."""

from __future__ import annotations

import pytest

from keys.findings import Refused
from station import questions as q
from station.script import ScriptedVisit, play, play_all, read_script
from station.session import Session
from station.stages import Stage
from tests.simulator.hall import PIN, contest, simulate


def test_a_script_is_read_line_by_line() -> None:
    text = '{"elector": 12, "choices": {"a": ["1", "2"], "b": []}, "checks": 1}\n\n{"elector": 3, "choices": {}}\n'
    assert list(read_script(text)) == [
        ScriptedVisit(12, {"a": ("1", "2"), "b": ()}, 1),
        ScriptedVisit(3, {}),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "12 a=1",
        pytest.param('{"elector":' * 3000, id="deep"),
        "[]",
        '{"elector": 12}',
        '{"elector": "12", "choices": {}}',
        '{"elector": true, "choices": {}}',
        '{"elector": 12, "choices": []}',
        '{"elector": 12, "choices": {"a": "1"}}',
        '{"elector": 12, "choices": {"a": [1]}}',
        '{"elector": 12, "choices": {}, "checks": -1}',
        '{"elector": 12, "choices": {}, "at": "noon"}',
    ],
)
def test_a_line_that_is_no_visit_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(Refused) as caught:
        list(read_script('{"elector": 1, "choices": {}}\n' + line))
    assert caught.value.code == "S-310"
    assert "line 2" in caught.value.subject


def test_visits_are_cast_as_written() -> None:
    simulated = simulate(contest("a", "ABC", most=2), contest("b", "AB"))
    session = Session(simulated.hall)
    visits = [
        ScriptedVisit(1, {"a": ("1", "3")}, checks=2),
        ScriptedVisit(2, {"b": ("2",), "a": ()}),
        ScriptedVisit(3, {}),
    ]
    told: list[int] = []
    assert play_all(session, simulated.hall.definition, visits, PIN, told.append) == 3
    assert simulated.recorder.cast_for == {1: {0: (1, 0, 1), 1: ()}, 2: {0: (), 1: (0, 1)}, 3: {0: (), 1: ()}}
    assert told == [1, 2, 3]
    assert len(simulated.recorder.opened) == 2
    assert session.stage is Stage.WAITING


@pytest.mark.parametrize(
    ("visit", "code"),
    [
        (ScriptedVisit(4, {}), "S-302"),
        (ScriptedVisit(99, {}), "S-302"),
        (ScriptedVisit(1, {"a": ("1", "2", "3")}), "S-303"),
        (ScriptedVisit(1, {"a": ("1", "1")}), "S-303"),
        (ScriptedVisit(1, {"a": ("9",)}), "S-303"),
        (ScriptedVisit(1, {"z": ("1",)}), "S-303"),
        (ScriptedVisit(1, {"b": ("1",)}), "S-303"),
    ],
)
def test_a_visit_that_cannot_be_is_refused_and_leaves_an_empty_desk(visit: ScriptedVisit, code: str) -> None:
    simulated = simulate(contest("a", "ABC", most=2), contest("b", "ABC", least=2))
    session = Session(simulated.hall)
    with pytest.raises(Refused) as caught:
        play(session, simulated.hall.definition, visit, PIN)
    assert caught.value.code == code
    assert session.stage is Stage.WAITING
    assert simulated.recorder.cast_for == {}
    assert play(session, simulated.hall.definition, ScriptedVisit(2, {}), PIN)


def test_nobody_votes_twice_and_a_full_box_stops_the_script() -> None:
    simulated = simulate()
    simulated.recorder.places = 1
    session = Session(simulated.hall)
    play(session, simulated.hall.definition, ScriptedVisit(1, {}), PIN)
    for elector, code in ((1, "S-301"), (2, "S-204")):
        with pytest.raises(Refused) as caught:
            play(session, simulated.hall.definition, ScriptedVisit(elector, {}), PIN)
        assert caught.value.code == code


def test_a_failing_disk_stops_the_script_in_doubt() -> None:
    simulated = simulate()
    simulated.recorder.fails = "after"
    session = Session(simulated.hall)
    with pytest.raises(Refused) as caught:
        play(session, simulated.hall.definition, ScriptedVisit(1, {}), PIN)
    assert caught.value.code == "S-311"
    assert isinstance(session.question, q.InDoubt)
