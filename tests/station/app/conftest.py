"""A station that is ready to open, and a terminal to play it on."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from keys.desk.cards import Card
from keys.election.statement import Mode, Statement
from station import answers as a
from station.app import StationApp
from station.checks.readiness import CheckLine, Point
from station.day import Day, open_day
from station.disk.plan import Paper
from station.faces.face import Face, OfficeFace
from station.officers import deeds as d
from station.officers import tasks as t
from station.officers.office import Office
from tests.simulator.ready import good_machine
from tests.simulator.terminal import PIN, Terminal
from tests.simulator.town import Loaded, load_machine

OCTOBER_4 = 1_791_100_800  # 4 October 2026, 10:00 in Paris
CLOSES = OCTOBER_4 + 8 * 3600

Play = Callable[..., AbstractAsyncContextManager[Terminal]]


class DeskPrinter:
    """Remembers what was printed."""

    def __init__(self) -> None:
        self.works = True
        self.printed: list[str] = []
        self._asked = False

    @property
    def failing(self) -> bool:
        return bool(self._asked) and not self.works

    def _print(self, what: str) -> bool:
        self._asked = True
        if self.works:
            self.printed.append(what)
        return self.works

    def slip(self, code: str, number: int, language: str) -> bool:
        return self._print(f"slip {number}")

    def sheet(self, challenge: bytes, code: str, language: str) -> bool:
        return self._print("sheet")

    def receipt(self, receipt: bytes, language: str) -> bool:
        return self._print("receipt")

    @property
    def there(self) -> bool:
        return True

    def report(self, report: Statement, known: Paper) -> Paper:
        again = "" if known is Paper.NEVER else " duplicate"
        return Paper.PRINTED if self._print(report.header.type.name + again) else Paper.NEVER

    def trackers(self) -> bool:
        return self._print("trackers")

    def address(self, station: int) -> bool:
        return self._print(f"address {station}")

    def test_page(self) -> bool:
        return self._print("test page")

    def signing_list(self) -> bool:
        return self._print("signing list")

    def readiness(self, lines: Sequence[CheckLine]) -> bool:
        return self._print(f"check of {len(lines)} lines")


@pytest.fixture(scope="session")
def one_contest(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A machine that has loaded a vote of one contest; copied for every test."""
    return load_machine(tmp_path_factory.mktemp("one"))


@pytest.fixture
def cards(one_contest: Loaded) -> tuple[Card, ...]:
    """Officers' cards of the machine."""
    return one_contest.cards


@pytest.fixture
def folder(one_contest: Loaded, tmp_path: Path) -> Path:
    """A machine of its own for one test."""
    return shutil.copytree(one_contest.folder, tmp_path / "machine")


@pytest.fixture
def day(folder: Path) -> Iterator[Day]:
    """Its day, open."""
    with open_day(folder, Mode.OFFICIAL, lambda: OCTOBER_4) as opened:
        yield opened


@pytest.fixture
def printer() -> DeskPrinter:
    """The printer of the desk."""
    return DeskPrinter()


def office_of(day: Day, printer: DeskPrinter, stick: Path) -> Office:
    """An office of this day, as a run of the program makes it."""
    return Office(
        day,
        printer,
        clock=lambda: OCTOBER_4,
        stick=lambda: stick,
        shuffle=lambda count: tuple(range(count)),
        closes=CLOSES,
        probe=good_machine(lambda: OCTOBER_4),
    )


def two_cards(office: Office, purpose: t.Purpose, cards: tuple[Card, ...]) -> None:
    """Show two cards for something."""
    for answer in (d.Begin(purpose), d.CardTyped(cards[0].text), d.CardTyped(cards[1].text)):
        office.answer(answer)
    if purpose.needs_pin:
        office.answer(d.PinChosen(PIN, PIN))
    office.answer(d.Confirm())


def open_desk(office: Office, cards: tuple[Card, ...]) -> Office:
    """Two officers open the station and go to the desk."""
    for answer in (
        d.Begin(t.Purpose.OPEN),
        d.CheckPoint(Point.LIST),
        d.Begin(t.Purpose.OPEN),
        d.CardTyped(cards[0].text),
        d.CardTyped(cards[1].text),
        d.PinChosen(PIN, PIN),
        d.Confirm(),
        d.Go(t.Place.DESK),
    ):
        office.answer(answer)
    return office


@pytest.fixture
def office(day: Day, printer: DeskPrinter, tmp_path: Path) -> Office:
    """Its office."""
    return office_of(day, printer, tmp_path / "stick")


@pytest.fixture
def at_desk(office: Office, cards: tuple[Card, ...]) -> Office:
    """The same office, opened by two officers."""
    return open_desk(office, cards)


@pytest.fixture
def in_booth(at_desk: Office) -> Office:
    """The same, with a voter who has chosen French and ticked the first project."""
    for answer in (a.Choose(132), a.HandOver(), a.LanguageChosen("fr"), a.Tick(0)):
        if isinstance(answer, a.Choose):
            at_desk.answer(a.Search("132"))
        at_desk.answer(answer)
    return at_desk


@pytest.fixture
def play() -> Play:
    """Runs the app on a terminal of a given size."""

    @asynccontextmanager
    async def run(face: Face | Office, size: tuple[int, int] = (85, 24)) -> AsyncIterator[Terminal]:
        shown = OfficeFace(face, lambda: OCTOBER_4) if isinstance(face, Office) else face
        terminal = Terminal()
        app = StationApp(shown, terminal.clock)
        async with app.run_test(size=size) as pilot:
            terminal.attach(app, pilot)
            await terminal.settle()
            yield terminal

    return run
