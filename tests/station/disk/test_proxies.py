"""A proxy noted at the desk: by the rules of the list, counted without names, taken back until it is used."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from keys.election.interruption import Interrupted
from keys.election.report import ClosingReport
from keys.election.roll import Elector, ElectorStatus
from keys.election.statement import Mode
from keys.findings import Misuse
from station.day import Closing, Day, open_day
from station.disk.plan import Mark
from station.disk.proxies import ProxyFault, proxy_fault
from station.disk.state import State
from station.electors.people import Person
from station.electors.register import StoreRegister
from station.sticks import copying
from station.sticks.stick import NotedProxy
from station.sticks.takeover import find_copies
from tests.simulator.dying import begin, killed_at
from tests.simulator.polling import STRUCK_OFF, PollingPlaces
from tests.simulator.walking import Clock, cast, check_chain, refused

PEOPLE = {
    1: Elector(1, "A", ""),
    2: Elector(2, "B", ""),
    3: Elector(3, "C", "", status=ElectorStatus.STRUCK_OFF),
    4: Elector(4, "D", "", proxy=5),
    5: Elector(5, "E", ""),
    6: Elector(6, "F", "", proxy_name="Somebody of another town"),
    7: Elector(7, "G", "", proxy=2),
    8: Elector(8, "H", "", proxy=2),
}


@pytest.mark.parametrize(
    ("number", "holder", "fault"),
    [
        (1, 2, ProxyFault.MANY),
        (1, 5, None),
        (1, 9, ProxyFault.UNKNOWN),
        (1, 0, ProxyFault.UNKNOWN),
        (1, 1, ProxyFault.SELF),
        (1, 3, ProxyFault.STRUCK_OFF),
        (1, 4, ProxyFault.GAVE),
        (1, 6, ProxyFault.GAVE),
        (4, 1, ProxyFault.HOLDS),
        (5, 1, ProxyFault.HOLDS),
        (6, 1, ProxyFault.HOLDS),
    ],
)
def test_who_may_vote_for_whom(number: int, holder: int, fault: ProxyFault | None) -> None:
    assert proxy_fault(PEOPLE, number, holder, 2) is fault


def test_the_limit_counts_the_proxies_of_the_list() -> None:
    assert proxy_fault(PEOPLE, 1, 2, 3) is None
    people = {**PEOPLE, 1: replace(PEOPLE[1], proxy=5)}
    assert proxy_fault(people, 7, 5, 3) is ProxyFault.HOLDS
    assert proxy_fault({**people, 7: Elector(7, "G", "")}, 7, 5, 2) is ProxyFault.MANY


def person(day: Day, number: int) -> Person:
    found = StoreRegister(day.store, day.recorder(), day.reopen_store).person(number)
    assert found is not None
    return found


def closing_of_day(day: Day, signatures: int) -> ClosingReport:
    report = day.close(Closing(signatures))
    check_chain(day)
    return ClosingReport.from_content(report.content, "closing")


def test_a_vote_by_proxy_is_counted_without_names(day: Day) -> None:
    day.open()
    register = StoreRegister(day.store, day.recorder(), day.reopen_store)
    assert register.person(5) is not None
    day.give_proxy(5, 2)
    found = register.person(5)
    assert found is not None
    assert (found.proxy, found.proxy_at_desk, found.refusal) == ("NOM2 Camille", True, None)
    assert [item.number for item in person(day, 2).principals] == [5]
    assert day.counts().desk_proxies == 0, "noted, and not used"
    cast(day, 5, 2)
    assert day.counts().desk_proxies == 1
    assert day.store.roll().digest == day.manifest.rolls[day.station]
    closing = closing_of_day(day, 2)
    assert (closing.desk_proxies, closing.marks) == (1, 2)


def test_nobody_uses_a_proxy_and_nothing_is_reported(day: Day) -> None:
    day.open()
    day.give_proxy(5, 2)
    cast(day, 1)
    assert closing_of_day(day, 1).desk_proxies is None


def test_a_proxy_is_taken_back_until_it_is_used(day: Day) -> None:
    day.open()
    day.give_proxy(5, 2)
    assert refused(lambda: day.give_proxy(5, 3)) == "S-306", "one at a time"
    day.take_proxy_back(5)
    assert (person(day, 5).proxy, person(day, 5).proxy_at_desk) == ("", False)
    day.give_proxy(5, 3)
    assert person(day, 5).proxy == "NOM3 Camille"
    cast(day, 5)
    assert refused(lambda: day.take_proxy_back(5)) == "S-301"
    with pytest.raises(Misuse):
        day.take_proxy_back(1)


@pytest.mark.parametrize(
    ("number", "holder", "code"),
    [(5, 5, "S-306"), (5, STRUCK_OFF, "S-306"), (5, 99, "S-306"), (1, 2, "S-301"), (STRUCK_OFF, 2, "S-302")],
)
def test_who_cannot_is_refused_and_nothing_changes(day: Day, number: int, holder: int, code: str) -> None:
    day.open()
    cast(day, 1)
    assert refused(lambda: day.give_proxy(number, holder)) == code
    assert day.store.desk_proxies() == {}


def test_who_has_voted_may_still_vote_for_somebody(day: Day) -> None:
    day.open()
    cast(day, 2)
    day.give_proxy(5, 2)
    assert [item.number for item in person(day, 2).waiting] == [5]


def test_only_while_the_station_takes_votes(day: Day) -> None:
    steps: tuple[Callable[[], object], ...] = (
        lambda: day.give_proxy(5, 2),
        lambda: day.take_proxy_back(5),
    )
    for step in steps:
        assert refused(step) == "S-105"
    day.open()
    day.give_proxy(5, 2)
    day.pause("night")
    for step in steps:
        assert refused(step) == "S-105"


def test_where_the_definition_has_none(day: Day) -> None:
    day.open()
    forbidding = replace(day.manifest.definition, proxies_at_desk=False)
    object.__setattr__(day, "manifest", replace(day.manifest, definition=forbidding))
    assert refused(lambda: day.give_proxy(5, 2)) == "S-105"


def test_it_is_there_again_after_a_power_cut(folder: Path, polling: PollingPlaces, clock: Clock) -> None:
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.open()
        size = day.store.path.stat().st_size
        day.give_proxy(5, 2)
        assert day.store.path.stat().st_size == size
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        assert day.note_interruption()
        day.unlock(polling.two("m1"))
        day.reopen()
        assert (person(day, 5).proxy, person(day, 5).proxy_at_desk) == ("NOM2 Camille", True)
        cast(day, 5)
        assert closing_of_day(day, 1).desk_proxies == 1


def note(folder: Path, polling: PollingPlaces, clock: Clock) -> None:
    """Officers come back after the power did, and note a proxy."""
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.note_interruption()
        day.unlock(polling.two("m1"))
        day.reopen()
        begin()
        day.give_proxy(5, 2)


def test_killed_at_any_step_a_proxy_is_there_or_not_at_all(
    folder: Path, polling: PollingPlaces, clock: Clock, tmp_path: Path
) -> None:
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1"))
        day.open()
    step, killed, noted = 0, True, []
    while killed:
        copy = shutil.copytree(folder, tmp_path / f"copy-{step}")
        killed = killed_at(step, partial(note, copy, polling, clock), wait=True)
        with open_day(copy, Mode.OFFICIAL, clock) as day:
            proxies = day.store.desk_proxies()
            assert proxies in [{}, {5: 2}]
            noted.append(bool(proxies))
        step += 1
    assert noted == sorted(noted)
    assert set(noted) == {False, True}


def test_a_spare_reports_the_votes_by_proxy_of_a_machine_that_stopped(
    tmp_path: Path, polling: PollingPlaces, clock: Clock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    dead, spare = (polling.loaded(tmp_path, name)[0] for name in ("m1", "m1-spare"))
    with polling.opened(dead, stick, clock) as day:
        for number in (5, 6):
            day.give_proxy(number, 2)
        cast(day, 5, 2)
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        (copy,) = find_copies(stick)
        day.take_over(copy, polling.two("m1"), Closing(2, None, ("A", "B")))
        (interrupted,) = day.taken_over()
        closing = Interrupted.from_content(interrupted.content, "interrupted").closing
        assert (closing.marks, closing.desk_proxies) == (2, 1)
        day.open()
        assert day.store.mark_of(5) is Mark.CARRIED
        assert (person(day, 6).proxy, person(day, 6).proxy_at_desk) == ("NOM2 Camille", True), "not used yet"
        assert [item.number for item in person(day, 2).waiting] == [6]
        cast(day, 6)
        assert closing_of_day(day, 1).desk_proxies == 1


@pytest.mark.parametrize(
    ("there", "used", "here", "voted_here", "holds"),
    [
        ({5: 2, 6: 3}, (), {}, (), {5: 2, 6: 3}),
        ({5: 2, 6: 2}, (), {}, (), {5: 2, 6: 2}),
        ({5: 2}, (), {5: 3}, (), {5: 3}),
        ({5: 2}, (), {}, (5,), {}),
        ({5: 2, 6: 2}, (), {7: 2}, (), {5: 2, 7: 2}),
        ({5: 2, 6: 2}, (6,), {7: 2}, (), {6: 2, 7: 2}),
        ({5: 2}, (), {2: 3}, (), {2: 3}),
    ],
    ids=[
        "two",
        "two of one person",
        "noted on both",
        "voted on the spare",
        "one too many",
        "used first",
        "gave it",
    ],
)
def test_a_proxy_holds_on_the_spare_where_the_rules_allow_it(
    tmp_path: Path,
    polling: PollingPlaces,
    clock: Clock,
    there: dict[int, int],
    used: tuple[int, ...],
    here: dict[int, int],
    voted_here: tuple[int, ...],
    holds: dict[int, int],
) -> None:
    """Both machines were open; here one person may vote for two others."""
    stick = tmp_path / "stick"
    stick.mkdir()
    dead, spare = (polling.loaded(tmp_path, name)[0] for name in ("m1", "m1-spare"))
    with polling.opened(dead, stick, clock) as day:
        for pair in there.items():
            day.give_proxy(*pair)
        cast(day, *used)
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        day.open()
        for pair in here.items():
            day.give_proxy(*pair)
        cast(day, *voted_here)
        for _ in range(2):
            day.take_over(find_copies(stick)[0], polling.two("m1"), Closing(len(used), None, ("A", "B")))
        assert day.store.desk_proxies() == holds
        assert day.counts().desk_proxies == 0


def test_a_spare_that_has_closed_takes_no_proxy_on(
    tmp_path: Path, polling: PollingPlaces, clock: Clock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    dead, spare = (polling.loaded(tmp_path, name)[0] for name in ("m1", "m1-spare"))
    with polling.opened(dead, stick, clock) as day:
        day.give_proxy(5, 2)
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        day.open()
        day.close(Closing(0))
        day.take_over(find_copies(stick)[0], polling.two("m1"), Closing(0, None, ("A", "B")))
        assert day.store.desk_proxies() == {}


def test_a_proxy_of_nobody_on_the_stick_is_refused(
    tmp_path: Path, polling: PollingPlaces, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    dead, spare = (polling.loaded(tmp_path, name)[0] for name in ("m1", "m1-spare"))
    honest = copying.state_of
    for wrong in (NotedProxy(5, 99), NotedProxy(13, 2)):
        monkeypatch.setattr(
            copying, "state_of", lambda store, wrong=wrong: replace(honest(store), proxies=(wrong,))
        )
        with open_day(dead, Mode.OFFICIAL, clock) as day:
            day.note_interruption()
            day.unlock(polling.two("m1"))
            day.use_stick(stick, patience=60)
            if day.state is State.PREPARED:
                day.open()
        with open_day(spare, Mode.OFFICIAL, clock) as day:
            day.unlock(polling.two("m1-spare"))
            take = lambda day=day: day.take_over(find_copies(stick)[0], polling.two("m1"), Closing(0))  # noqa: E731
            assert refused(take) == "S-132"
            assert (day.store.desk_proxies(), day.taken_over()) == ({}, ())
