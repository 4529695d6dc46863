"""The board, step by step through an evening; and each warning with its twin just below the threshold."""

from __future__ import annotations

import dataclasses
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from keys.desk.language import Language
from keys.election.decision import DecisionKind
from keys.election.report import ClosingReport, ZeroReport
from keys.findings import FINDINGS, Refused, Severity
from tally.board import Board, Question, State
from tally.pace import Pace
from tally.results import plausibility as p
from tally.retiring import order_destruction
from tally.standing import read_standing
from tally.step import Step
from tests.simulator.office import NOW, Office
from tests.simulator.vote import definition

LATER = NOW + 20_000
OPENS = 1_791_093_600  # 4 October 2026, 08:00 in Paris
CLOSES = OPENS + 10 * 3600


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office.sealed(tmp_path_factory.mktemp("board"))


@pytest.fixture
def office(sealed: Office, tmp_path: Path) -> Office:
    shutil.copytree(sealed.root, tmp_path / "all")
    return dataclasses.replace(sealed, root=tmp_path / "all")


def board(office: Office, now: int = LATER) -> Board:
    return read_standing(office.workspace, now).board


def states(found: Board) -> list[State]:
    return [row.state for row in found.machines]


def test_the_board_follows_an_evening(office: Office) -> None:
    before = board(office, OPENS)
    assert states(before) == [State.EXPECTED] * 4 and before.step is Step.IMPORT and not before.questions
    assert states(board(office)) == [State.MISSING] * 4
    office.hold("m1")
    office.hold("m2", signatures=11)
    office.hold("m3")
    for name in ("m1", "m2", "m3"):
        office.bring(name)
    found = board(office)
    assert states(found) == [State.IN, State.MISSING, State.IN, State.IN]
    assert [row.state for row in found.stations] == [State.MISSING, State.IN, State.IN]
    assert [row.turnout for row in found.stations] == [Fraction(12, 14)] * 3
    assert found.questions == (Question(DecisionKind.EXCLUSION, 1), Question(DecisionKind.FIGURES, 2))
    assert found.step is Step.IMPORT
    assert "T-802" in {item.code for item in found.doubts}
    office.decide(DecisionKind.EXCLUSION, 1)
    assert board(office).step is Step.REQUEST and states(board(office))[1] is State.LEFT_OUT
    office.request()
    assert board(office).step is Step.ANSWER and board(office).files.requested
    office.answer()
    done = read_standing(office.workspace, LATER)
    assert done.board.step is Step.SETTLE and len(done.counted) == 2 and done.trouble is None
    office.decide(DecisionKind.FIGURES, 2)
    assert board(office).step is Step.CERTIFY and not board(office).questions
    office.certify()
    assert board(office).step is Step.PUBLISH
    office.publish()
    assert board(office).step is Step.ORDER
    order_destruction(office.workspace, office.authority, LATER + 86_400, LATER)
    assert board(office).step is Step.RETIRE and board(office).files.ordered == LATER + 86_400
    with (office.folder / "minutes.pdf").open("ab") as stream:
        stream.write(b"%")
    assert board(office).step is Step.PUBLISH  # other minutes than those that were published


def test_two_boxes_of_one_machine_suspend_its_station(office: Office) -> None:
    office.hold("m2", range(1, 9), as_name="m2-again")
    office.hold("m2")
    office.bring("m2")
    with pytest.raises(Refused, match="T-201"):
        office.bring("m2-again")
    found = board(office)
    assert found.stations[1].state is State.SUSPENDED
    assert Question(DecisionKind.BOX, 2) in found.questions


def test_a_contest_with_few_ballots_asks_for_a_decision(office: Office) -> None:
    for name, voters in (("m1", range(1, 13)), ("m2", range(1, 13)), ("m3", range(1, 4))):
        office.hold(name, voters)
        office.bring(name)
    office.decide(DecisionKind.EXCLUSION, 1)
    assert board(office).questions == (Question(DecisionKind.FEW_BALLOTS, 1),)
    office.decide(DecisionKind.FEW_BALLOTS, 1)
    assert not board(office).questions


def codes(doubts: list[p.Doubt]) -> list[str]:
    return [item.code for item in doubts]


@pytest.mark.parametrize(
    ("blank", "ballots", "alone", "expected"),
    [
        (25, 100, True, ["T-801"]),
        (24, 100, True, []),
        (5, 19, True, []),
        (94, 100, False, []),
        (95, 100, False, ["T-801"]),
        (0, 0, True, []),
    ],
)
def test_blank_share(blank: int, ballots: int, alone: bool, expected: list[str]) -> None:
    assert codes(p.doubt_blank([p.Blank("c", ballots, blank, alone)])) == expected


@pytest.mark.parametrize(
    ("marks", "electors", "expected"),
    [
        (300, 600, []),
        (430, 600, ["T-803"]),
        (419, 600, []),  # 19.8 points above the others
        (170, 600, ["T-803"]),
        (22, 30, []),  # 23 points, and yet no three standard deviations of so few
        (570, 600, ["T-804", "T-803"]),
        (569, 600, ["T-803"]),
        (29, 29, []),
        (0, 0, []),
    ],
)
def test_turnout(marks: int, electors: int, expected: list[str]) -> None:
    others = [p.Poll("b", 700, 350), p.Poll("c", 500, 250)]
    found = [item for item in p.doubt_turnout([p.Poll("a", electors, marks), *others]) if item.name == "a"]
    assert codes(found) == expected


def test_turnout_is_not_compared_with_a_single_other() -> None:
    assert not p.doubt_turnout([p.Poll("a", 600, 500), p.Poll("b", 600, 100)])


@pytest.mark.parametrize(
    ("opened", "closed", "expected"),
    [
        (OPENS, CLOSES, []),
        (OPENS + 1800, CLOSES + 3 * 3600, []),
        (OPENS + 1801, CLOSES, ["T-805"]),
        (OPENS - 1801, CLOSES, ["T-805"]),
        (OPENS, CLOSES - 1, ["T-806"]),
        (OPENS, CLOSES + 3 * 3600 + 1, ["T-806"]),
    ],
)
def test_hours(
    opened: int, closed: int, expected: list[str], held_reports: tuple[ZeroReport, ClosingReport]
) -> None:
    zero, closing = held_reports
    day = (
        dataclasses.replace(zero, opened=opened),
        dataclasses.replace(closing, closed=closed),
    )
    assert codes(p.doubt_hours(definition(), {"m1": day})) == expected
    assert not p.doubt_hours(definition(), {"m1": (None, None)})


@pytest.fixture(scope="module")
def held_reports() -> tuple[ZeroReport, ClosingReport]:
    zero = ZeroReport(0, 14, 0, 0, 16, bytes(32), "x")
    return zero, ClosingReport(0, 14, 12, 12, 12, bytes(32), bytes(32), bytes(32), bytes(32))


def test_every_warning_is_a_warning_and_names_its_threshold(
    held_reports: tuple[ZeroReport, ClosingReport],
) -> None:
    differing = dataclasses.replace(held_reports[1], signatures=11)
    doubts = p.doubt_blank([p.Blank("c", 100, 50, alone=True)]) + p.doubt_figures({"m1": differing})
    for doubt in doubts:
        assert FINDINGS[doubt.code].severity is Severity.WARNING
        assert "flagged from" in str(doubt)


def test_a_warning_is_written_as_its_language_writes_hours_shares_and_figures(
    held_reports: tuple[ZeroReport, ClosingReport],
) -> None:
    zero, closing = held_reports
    french = Language("fr")
    (hours,) = p.doubt_hours(definition(), {"m1": (dataclasses.replace(zero, opened=OPENS - 7200), None)})
    assert "4 octobre 2026, 08:00" in hours.detail(french) and "4 oct. 2026, 06:00" in hours.detail(french)
    (blank,) = p.doubt_blank([p.Blank("c", 100, 50, alone=True)])
    assert "25,0\u00a0%" in blank.detail(french) and blank.about(french) == "scrutin c"
    (figures,) = p.doubt_figures({"m1": dataclasses.replace(closing, signatures=11)})
    assert "12 pointages" in figures.detail(french) and "11 signatures" in figures.detail(french)
    assert "marks" not in figures.detail(french)


def test_pace_adds_up_parts_and_tells_the_time_left() -> None:
    pace = Pace(100, started=0.0)
    assert pace.left(10.0) is None
    pace.report("m1", 10)
    assert pace.left(1.0) is None and pace.left(10.0) == 90
    pace.report("m1", 20)
    pace.report("m1", 5)  # its next contest
    assert pace.done == 25
    pace.report("m2", 25)
    assert pace.done == 50 and pace.left(50.0) == 50
    pace.report("m2", 90)
    assert pace.left(50.0) is None  # more than was said
    assert Pace(None, 0.0, done=3).left(9.0) is None
