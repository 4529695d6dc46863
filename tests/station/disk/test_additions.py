"""Electors added on the spot: on the roll at once, counted on their own, never one number twice."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from keys.election.figures import electors_of
from keys.election.interruption import Interrupted
from keys.election.report import ClosingReport
from keys.election.statement import Mode, StatementType
from station.day import Closing, Day, open_day
from station.disk.additions import ADDED_SIZE, Added, pack_added, unpack_added
from station.disk.plan import Mark
from station.electors.people import Refusal
from station.electors.register import StoreRegister
from station.reports import marks_content
from station.sticks.takeover import find_copies
from tests.simulator.polling import ELECTORS, ENTITLED, PollingPlaces
from tests.simulator.walking import Clock, cast, check_chain, refused

ZOE = Added("ÉMILE", "Zoé", "2001-02-03", "decision of 12 September")
YANN = Added("Le Gall", "Yann", "1977-05-30", "left off by mistake")


def test_whoever_is_added_is_found_votes_and_is_counted_apart(day: Day) -> None:
    day.open()
    register = StoreRegister(day.store, day.recorder(), day.reopen_store)
    assert register.search("emile") == ()
    assert day.add_elector(ZOE) == ELECTORS + 1
    (found,) = register.search("emile zoe")
    assert (found.number, found.refusal, found.place) == (13, None, None), "no line of the printed list"
    assert register.counts() == (0, ENTITLED + 1)
    cast(day, 1)
    cast(day, 13)
    counts = day.counts()
    assert (counts.electors, counts.additions, counts.marks, counts.balanced) == (ENTITLED, 1, 2, True)
    report = day.close(Closing(2))
    closing = ClosingReport.from_content(report.content, "closing")
    assert (closing.electors, closing.additions, closing.marks) == (ENTITLED, 1, 2)
    check_chain(day)


def test_nobody_is_added_and_nothing_is_counted(day: Day) -> None:
    day.open()
    cast(day, 1)
    closing = ClosingReport.from_content(day.close(Closing(1)).content, "closing")
    assert (closing.electors, closing.additions) == (ENTITLED, 0)


def test_the_roll_that_the_manifest_binds_stays_as_it_was(day: Day) -> None:
    day.open()
    day.add_elector(ZOE)
    assert day.store.roll().digest == day.manifest.rolls[day.station]


def test_the_definition_says_how_many(day: Day) -> None:
    day.open()
    assert (day.add_elector(ZOE), day.add_elector(YANN)) == (13, 14)
    assert day.store.additions_left() == 0
    assert refused(lambda: day.add_elector(Added("X", "", "1990-01-01", "y"))) == "S-304"


def test_nobody_is_added_twice_whatever_the_accents(day: Day) -> None:
    day.open()
    day.add_elector(ZOE)
    same = Added("Emile", "ZOE", "2001-02-03", "again")
    assert refused(lambda: day.add_elector(same)) == "S-305"
    assert refused(lambda: day.add_elector(Added("nom5", "camille", "1958-03-05", "x"))) == "S-305"
    assert day.counts().additions == 1
    day.add_elector(Added("Nom5", "Camille", "1958-03-06", "a namesake"))


def test_a_station_that_takes_no_votes_adds_nobody(day: Day) -> None:
    assert refused(lambda: day.add_elector(ZOE)) == "S-105"
    day.open()
    day.pause("night")
    assert refused(lambda: day.add_elector(ZOE)) == "S-105"
    assert day.counts().additions == 0


@pytest.mark.parametrize("number", [13, 14, 15, 99])
def test_a_number_that_nobody_was_given_cannot_vote(day: Day, number: int) -> None:
    day.open()
    assert refused(lambda: cast(day, number)) == "S-302"
    assert refused(lambda: day.store.mark_of(number)) == "S-302"


def test_two_machines_of_a_station_never_give_one_number(
    tmp_path: Path, polling: PollingPlaces, clock: Clock
) -> None:
    given = {}
    for name in ("m1", "m1-spare"):
        folder, _ = polling.loaded(tmp_path, name)
        with open_day(folder, Mode.OFFICIAL, clock) as day:
            day.unlock(polling.two(name))
            day.open()
            given[name] = (day.add_elector(ZOE), day.add_elector(YANN))
    assert given == {"m1": (13, 14), "m1-spare": (15, 16)}


def test_a_spare_takes_over_the_marks_of_those_who_were_added(
    tmp_path: Path, polling: PollingPlaces, clock: Clock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    dead, spare = (polling.loaded(tmp_path, name)[0] for name in ("m1", "m1-spare"))
    with polling.opened(dead, stick, clock) as day:
        day.add_elector(ZOE)
        day.add_elector(YANN)
        cast(day, 13)
        cast(day, 2)
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        (copy,) = find_copies(stick)
        assert day.take_over(copy, polling.two("m1"), Closing(2, None, ("A", "B"))).adopted
        (interrupted,) = day.taken_over()
        assert interrupted.header.type is StatementType.INTERRUPTED
        closing = Interrupted.from_content(interrupted.content, "interrupted").closing
        assert (closing.electors, closing.additions, closing.marks) == (ENTITLED, 2, 2)
        assert [day.store.mark_of(number) for number in (2, 13)] == [Mark.CARRIED] * 2
        assert (day.counts().carried, day.counts().additions) == (2, 0)
        day.open()
        register = StoreRegister(day.store, day.recorder(), day.reopen_store)
        (zoe,), (yann,) = register.search("emile zoe"), register.search("le gall yann")
        assert (zoe.number, zoe.refusal) == (13, Refusal.VOTED_ELSEWHERE)
        assert (yann.number, yann.refusal) == (14, None), "added there, and has not voted"
        assert refused(lambda: day.add_elector(YANN)) == "S-305"
        cast(day, 14)
        assert day.add_elector(Added("Nouveau", "", "1990-01-01", "x")) == 15
        own = ClosingReport.from_content(day.close(Closing(1)).content, "closing")
        assert (own.marks, own.additions, own.carried) == (1, 1, 2)
        rolls = [(0, item.electors, item.additions) for item in (closing, own)]
        assert electors_of(rolls) == ENTITLED + 3, "two were added there, one here"


THERE, HERE = 13, 15


@pytest.mark.parametrize(
    ("there", "here", "carried", "counted", "twice"),
    [
        (Mark.NONE, Mark.NONE, set(), 0, ()),
        (Mark.NONE, Mark.VOTED, set(), 0, ()),
        (Mark.VOTED, Mark.NONE, {THERE, HERE}, 1, ()),
        (Mark.VOTED, Mark.VOTED, {THERE}, 0, ((THERE, HERE),)),
    ],
)
def test_somebody_who_was_added_on_both_machines_is_one_elector(
    tmp_path: Path,
    polling: PollingPlaces,
    clock: Clock,
    there: Mark,
    here: Mark,
    carried: set[int],
    counted: int,
    twice: tuple[tuple[int, int], ...],
) -> None:
    """Both machines were open; the spare learns of it when it takes the other one over."""
    stick = tmp_path / "stick"
    stick.mkdir()
    dead, spare = (polling.loaded(tmp_path, name)[0] for name in ("m1", "m1-spare"))
    with polling.opened(dead, stick, clock) as day:
        assert day.add_elector(ZOE) == THERE
        if there is Mark.VOTED:
            cast(day, THERE)
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        day.open()
        assert day.add_elector(Added("Emile", "ZOE", ZOE.born, "again")) == HERE
        if here is Mark.VOTED:
            cast(day, HERE)
        for _ in range(2):
            day.take_over(find_copies(stick)[0], polling.two("m1"), Closing(0, None, ("A", "B")))
        assert {item.number for item, mark in day.store.electors() if mark is Mark.CARRIED} == carried
        closing = Interrupted.from_content(day.taken_over()[-1].content, "interrupted").closing
        notes = [item.text for item in closing.incidents]
        assert notes == [
            f"Électeurs ajoutés à la liste sur les deux machines et pointés sur les deux\u00a0: {a} = {b}"
            for a, b in twice
        ]
        own = ClosingReport.from_content(day.close(Closing(int(here is Mark.VOTED))).content, "closing")
        assert closing.additions == counted
        assert electors_of([(0, item.electors, item.additions) for item in (closing, own)]) == ENTITLED + 1


@pytest.mark.parametrize("closed_here", [False, True])
@pytest.mark.parametrize(
    ("there", "here", "carried"),
    [
        (Mark.NONE, Mark.NONE, 0),
        (Mark.NONE, Mark.VOTED, 0),
        (Mark.VOTED, Mark.NONE, 2),
        (Mark.VOTED, Mark.VOTED, 1),
    ],
)
def test_a_machine_that_had_closed_itself_has_counted_whom_it_added(
    tmp_path: Path,
    polling: PollingPlaces,
    clock: Clock,
    there: Mark,
    here: Mark,
    carried: int,
    closed_here: bool,
) -> None:
    """Its report is signed: the spare counts nobody whom it counts, but where its own report is signed as well."""
    stick = tmp_path / "stick"
    stick.mkdir()
    dead, spare = (polling.loaded(tmp_path, name)[0] for name in ("m1", "m1-spare"))
    with polling.opened(dead, stick, clock) as day:
        day.add_elector(ZOE)
        if there is Mark.VOTED:
            cast(day, THERE)
        signed = ClosingReport.from_content(day.close(Closing(int(there is Mark.VOTED))).content, "closing")
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        day.open()
        assert day.add_elector(Added("Emile", "ZOE", ZOE.born, "again")) == HERE
        if here is Mark.VOTED:
            cast(day, HERE)
        close = partial(day.close, Closing(int(here is Mark.VOTED)))
        report = close() if closed_here else None
        for _ in range(2):
            day.take_over(find_copies(stick)[0], polling.two("m1"), Closing(0, None, ("A", "B")))
        assert day.taken_over() == ()
        assert day.counts().carried == (0 if closed_here else carried)
        own = ClosingReport.from_content((report or close()).content, "closing")
        marks = marks_content(day.store)
        assert [(item.number, item.counted) for item in marks.added if item.number == HERE] == [
            (HERE, bool(own.additions))
        ]
        assert {item.person for item in marks.added} == {ZOE.tag(day.store.roll().salt)}
        electors = electors_of([(0, item.electors, item.additions) for item in (signed, own)])
        assert electors == ENTITLED + (2 if closed_here else 1), (
            "two signed reports: the town hall refuses them"
        )
        check_chain(day)


def test_rows_have_one_size_and_say_what_was_written() -> None:
    longest = Added("é" * 80, "é" * 80, "2001-02-03", "é" * 200)
    for added in (ZOE, longest):
        row = pack_added(added)
        assert len(row) == ADDED_SIZE == len(pack_added(None))
        assert unpack_added(row) == added
    for damaged in (pack_added(None), pack_added(ZOE)[:20], b"\xff" * ADDED_SIZE):
        assert refused(lambda row=damaged: unpack_added(row)) == "V-101"  # type: ignore[misc]


def test_what_is_too_long_or_steers_a_terminal_is_not_written(day: Day) -> None:
    day.open()
    for wrong in (
        Added("A" * 81, "", "1990-01-01", "x"),
        Added("", "", "1990-01-01", "x"),
        Added("A\x1b[2J", "", "1990-01-01", "x"),
        Added("A", "", "1990", "x"),
        Added("A", "", "1990-01-01", ""),
    ):
        assert refused(lambda wrong=wrong: day.add_elector(wrong)) == "V-104"  # type: ignore[misc]
    assert day.counts().additions == 0
