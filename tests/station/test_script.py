"""Visits from plain data go through the same session as the screens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from keys.election.definition import Terms
from keys.election.rules import Form
from keys.findings import Refused
from station import questions as q
from station.script import ScriptedVisit, Written, play, play_all, read_script
from station.session import Session
from station.visits.stages import Stage
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
        '{"elector": 12, "choices": {"a": {"1": 2.5}}}',
        '{"elector": 12, "choices": {"a": {"1": true}}}',
        '{"elector": 12, "choices": {"a": {"1": 1, "1": 2}}}',
        '{"elector": 12, "choices": {}, "checks": -1}',
        '{"elector": 12, "choices": {}, "checks": 21}',
        '{"elector": 12, "choices": {}, "checks": 1000000000}',
        '{"elector": 12, "choices": {}, "at": "noon"}',
    ],
)
def test_a_line_that_is_no_visit_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(Refused) as caught:
        list(read_script('{"elector": 1, "choices": {}}\n' + line))
    assert caught.value.code == "S-310"
    assert "line 2" in caught.value.subject


POINTS = contest("points", "ABC", most=4, form=Form.POINTS, points_each=3)
RANKS = contest("ranks", "ABC", least=2, form=Form.RANKS)
ENGLISH = ("Later", "Soon", "Now")
GRADES = contest("grades", "ABC", form=Form.GRADES, terms=Terms(grades=ENGLISH))


MONEY = contest("money", "ABCD", most=4, costs=(10, 20, 30, 61), form=Form.APPROVALS, spend=60)


def test_a_script_spends_exactly_the_limit_and_not_more() -> None:
    simulated = simulate(MONEY)
    session = Session(simulated.hall)
    play(session, simulated.hall.definition, ScriptedVisit(1, {"money": ("3", "1", "2")}), PIN)
    assert simulated.recorder.cast_for == {1: {0: (1, 1, 1, 0)}}
    for too_dear, reason in (
        (("4",), "more money than may be spent"),
        (("1", "3", "4"), "more money than may"),
    ):
        with pytest.raises(Refused, match=f"S-303 .*{reason}"):
            play(session, simulated.hall.definition, ScriptedVisit(2, {"money": too_dear}), PIN)
    less = simulate(contest("money", "ABC", most=3, costs=(10, 20, 31), form=Form.APPROVALS, spend=60))
    with pytest.raises(Refused, match=r"S-303 .*more money than is left"):
        play(Session(less.hall), less.hall.definition, ScriptedVisit(1, {"money": ("1", "2", "3")}), PIN)
    assert set(simulated.recorder.cast_for) | set(less.recorder.cast_for) == {1}


def test_every_form_is_cast_as_written() -> None:
    names = tuple({"fr": name, "en": english} for name, english in zip(("A", "B", "C"), ENGLISH, strict=True))
    grades = replace(GRADES, terms=Terms(grades=("A", "B", "C")), grade_names=names)
    simulated = simulate(POINTS, RANKS, grades, contest("whole", "ABCD", most=4, form=Form.APPROVALS))
    session = Session(simulated.hall)
    line = (
        '{"elector": 1, "choices": {"points": {"3": 3, "1": 1}, "ranks": ["3", "1"], '
        '"grades": {"2": "Now", "1": "A"}, "whole": ["4", "1", "2"]}}'
    )
    (visit,) = read_script(line)
    play(session, simulated.hall.definition, visit, PIN)
    play(session, simulated.hall.definition, ScriptedVisit(2, {"points": {}, "grades": ()}), PIN)
    assert simulated.recorder.cast_for == {
        1: {0: (1, 0, 3), 1: (2, 0, 1), 2: (1, 3, 0), 3: (1, 1, 0, 1)},
        2: {0: (), 1: (), 2: (), 3: ()},
    }


@pytest.mark.parametrize(
    "choices",
    [
        {"points": {"1": 4}},
        {"points": {"1": 3, "2": 2}},
        {"points": {"1": -1}},
        {"points": {"1": "Now"}},
        {"points": {"9": 1}},
        {"points": ("1",)},
        {"ranks": ("1",)},
        {"ranks": ("1", "1")},
        {"ranks": {"1": 1, "2": 2}},
        {"grades": {"1": 4}},
        {"grades": {"1": "now"}},
        {"grades": ("1",)},
    ],
    ids=str,
)
def test_what_a_form_does_not_allow_is_refused(choices: dict[str, Written]) -> None:
    simulated = simulate(POINTS, RANKS, GRADES)
    session = Session(simulated.hall)
    with pytest.raises(Refused) as caught:
        play(session, simulated.hall.definition, ScriptedVisit(1, choices), PIN)
    assert caught.value.code == "S-303"
    assert session.stage is Stage.WAITING
    assert simulated.recorder.cast_for == {}
    assert play(session, simulated.hall.definition, ScriptedVisit(2, {}), PIN)


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
