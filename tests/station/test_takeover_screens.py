"""The spare takes over on its screen: from the choice of the copy to its own opening report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from keys.desk.language import Language
from keys.election.report import ZeroReport
from keys.election.statement import Mode, StatementType
from keys.findings import Misuse
from station.checks.readiness import Point
from station.day import Day, open_day
from station.disk.plan import Mark
from station.disk.state import State
from station.officers import deeds as d
from station.officers import takingover as over
from station.officers import tasks as t
from station.officers.closingtask import ClosingTask
from station.officers.office import Office
from station.sticks.stickwriter import COPY
from station.wording.frame import Frame
from station.wording.pages import page_of
from tests.simulator.polling import PollingPlaces
from tests.simulator.ready import good_machine
from tests.simulator.walking import Clock, cast
from tests.station.app.conftest import DeskPrinter


@pytest.fixture
def stick(tmp_path: Path, polling: PollingPlaces, clock: Clock) -> Path:
    """A stick with the copy of a machine on which two voted and that stopped then."""
    folder = tmp_path / "stick"
    folder.mkdir()
    with open_day(polling.loaded(tmp_path, "m1")[0], Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.use_stick(folder)
        day.open(("A", "B"))
        cast(day, 1, 2)
        day.store.close()
    return folder


@pytest.fixture
def spare(tmp_path: Path, polling: PollingPlaces, clock: Clock) -> Iterator[Day]:
    with open_day(polling.loaded(tmp_path, "m1-spare")[0], Mode.OFFICIAL, clock) as day:
        yield day


@pytest.fixture
def printer() -> DeskPrinter:
    return DeskPrinter()


@pytest.fixture
def office(spare: Day, printer: DeskPrinter, stick: Path, clock: Clock) -> Office:
    return Office(
        spare,
        printer,
        clock=clock,
        stick=lambda: stick if stick.is_dir() else None,
        shuffle=lambda count: tuple(range(count)),
        closes=0,
        probe=good_machine(clock),
    )


def _words(office: Office) -> str:
    day = office.day
    frame = Frame(
        Language("en"), day.manifest.definition, day.station, day.mode, day.state, 0, 1, width=85, height=24
    )
    page = page_of(office.question, frame)
    return "\n".join(
        [
            page.title,
            *(getattr(i, "text", getattr(i, "label", "")) for i in page.items),
            page.problem,
            page.note,
        ]
    )


def _show(office: Office, polling: PollingPlaces, machine: str) -> None:
    for card in polling.two(machine):
        office.answer(d.CardTyped(card.text, "Ada"))
    office.answer(d.Confirm())


def _choose(office: Office, count: str = "2") -> None:
    office.answer(d.Go(t.Place.TAKEOVER))
    office.answer(d.TakeFrom("m1"))
    office.answer(d.Counted("2", count, ""))


def test_the_whole_way(office: Office, spare: Day, printer: DeskPrinter, polling: PollingPlaces) -> None:
    assert "Take over from the stick of another machine" in _words(office)
    office.answer(d.Go(t.Place.TAKEOVER))
    words = _words(office)
    for said in (
        "Machine m1",
        "Kept: every vote that it showed",
        "May be lost: votes cast",
        "the board decides",
    ):
        assert said in words
    office.answer(d.TakeFrom("m1"))
    office.answer(d.Counted("2", "3", ""))
    assert "The two counts differ" in _words(office)
    office.answer(d.Counted("2", "2", ""))
    assert "Machine m1, which stopped: two of its cards" in _words(office)
    _show(office, polling, "m1")
    assert "Now two cards of this machine, two people" in _words(office)
    assert spare.taken_over() == ()
    assert ClosingTask().question(spare).carried == 0
    printer.works = False
    _show(office, polling, "m1-spare")
    assert office.question == over.ShowTakenOver("m1", 2, (2, 2, 2), printed=False)
    printer.works = True
    office.answer(d.Reprint(0))
    assert office.question == over.ShowTakenOver("m1", 2, (2, 2, 2), printed=True)
    assert "2 people have voted there, and cannot vote here any more." in _words(office)
    assert printer.printed == ["INTERRUPTED"]
    (statement,) = spare.taken_over()
    assert not spare.unlocked, "two cards open the station, as on any morning"
    office.answer(d.Leave())
    assert "2 people have voted on a machine that stopped" in _words(office)
    assert ClosingTask().question(spare).carried == 2, "their signatures are left out at the closing"
    office.answer(d.Begin(t.Purpose.OPEN))
    office.answer(d.CheckPoint(Point.LIST))
    office.answer(d.Begin(t.Purpose.OPEN))
    for card in polling.two("m1-spare"):
        office.answer(d.CardTyped(card.text))
    office.answer(d.PinChosen("1234", "1234"))
    office.answer(d.Confirm())
    zero = spare.report(StatementType.ZERO_REPORT)
    assert zero is not None
    content = ZeroReport.from_content(zero.content, "zero")
    assert (content.marks, content.carried_from) == (2, statement.fingerprint)
    assert spare.store.mark_of(1) is Mark.CARRIED


def test_cards_of_the_wrong_machine_change_nothing(
    office: Office, spare: Day, polling: PollingPlaces
) -> None:
    _choose(office)
    office.answer(d.CardTyped(polling.two("m1-spare")[0].text))
    assert "Card of another machine" in _words(office)
    _show(office, polling, "m1")
    office.answer(d.CardTyped(polling.two("m1")[0].text))
    assert "Card of another machine" in _words(office)
    with pytest.raises(Misuse):
        office.answer(d.Confirm())
    office.answer(d.Leave())
    assert isinstance(office.question, t.ShowStart)
    assert (spare.taken_over(), spare.state) == ((), State.PREPARED)


def test_a_damaged_copy_is_refused_and_cards_are_asked_again(
    office: Office, spare: Day, stick: Path, polling: PollingPlaces
) -> None:
    _choose(office)
    _show(office, polling, "m1")
    (copy,) = stick.rglob(COPY)
    data = bytearray(copy.read_bytes())
    for at in range(0, len(data), 100):
        data[at] ^= 1
    copy.write_bytes(bytes(data))
    _show(office, polling, "m1-spare")
    assert "not whole" in _words(office)
    assert "(S-132)" in _words(office)
    assert (spare.taken_over(), spare.unlocked, spare.counts().carried) == ((), False, 0)


def test_cards_are_forgotten_when_nobody_comes(office: Office, polling: PollingPlaces) -> None:
    _choose(office)
    office.answer(d.CardTyped(polling.two("m1")[0].text))
    office.forget()
    assert isinstance(office.question, t.ShowStart)


def test_no_stick_and_a_stick_of_nobody(office: Office, stick: Path) -> None:
    stick.rename(stick.parent / "pulled")
    office.answer(d.Go(t.Place.TAKEOVER))
    assert office.question == over.AskTakeover((), t.Problem("no-stick"))
    assert "No stick is in. Put in the one of the machine that stopped." in _words(office)
    stick.mkdir()
    office.answer(d.Go(t.Place.TAKEOVER))
    assert office.question == over.AskTakeover((), t.Problem("copies"))
    assert "Look at the stick again" in _words(office)
    stick.rmdir()
    (stick.parent / "pulled").rename(stick)
    office.answer(d.Go(t.Place.TAKEOVER))
    assert office.question == over.AskTakeover(("m1",))


def test_a_station_of_one_machine_is_not_asked(polling: PollingPlaces, tmp_path: Path, clock: Clock) -> None:
    with open_day(polling.loaded(tmp_path, "m2")[0], Mode.OFFICIAL, clock) as day:
        office = Office(
            day,
            DeskPrinter(),
            clock=clock,
            stick=lambda: None,
            shuffle=lambda n: tuple(range(n)),
            closes=0,
            probe=good_machine(clock),
        )
        assert "Take over" not in _words(office)
