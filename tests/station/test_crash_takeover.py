"""A machine with additions dies, and the spare dies while it takes it over: the next run finishes what is half done."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

import station.sticks.stick
import station.sticks.stickwriter
from keys.election.interruption import Interrupted
from keys.election.statement import Mode
from keys.findings import Refused
from station.day import Closing, Day, open_day
from station.disk.additions import Added
from station.disk.plan import Mark
from station.sticks.box import copy_to_stick
from station.sticks.stick import Change
from station.sticks.takeover import DeadMachine, copy_about, find_copies, read_dead_machine
from station.store import Store
from tests.simulator.dying import killed_at
from tests.simulator.polling import PollingPlaces
from tests.simulator.walking import Clock, cast, check_chain
from tests.station.crash.power import cuts
from tests.station.crash.tracer import Ack, Call, Sync, Write, trace
from tests.station.crash.voter import added_as
from tests.station.test_crash import STATES_A_CUT, check_votes

MakeStore = Callable[..., Store]
ZOE = Added("Émile", "Zoé", "2001-02-03", "court decision")
YANN = Added("Le Gall", "Yann", "1977-05-30", "left off by mistake")
VOTED, WAITING = 13, 14
"""Numbers of the two: she votes on the machine that dies, he has not voted yet."""


@pytest.fixture
def machines(tmp_path: Path, polling: PollingPlaces) -> tuple[Path, Path, Path]:
    """Folders of a machine, of its spare, and of a stick."""
    (tmp_path / "stick").mkdir()
    dead, spare = (polling.loaded(tmp_path, name)[0] for name in ("m1", "m1-spare"))
    return dead, spare, tmp_path / "stick"


# The machine that dies


class Recorded:
    """What a machine did to the copy on its stick, and what it told, in their order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[Call] = []
        self.files: dict[str, bytes] = {}
        monkeypatch.setattr(station.sticks.stickwriter, "_overwrite", self._overwrite)
        monkeypatch.setattr(station.sticks.stickwriter, "copy_to_stick", self._copy)

    def _overwrite(self, path: Path, steps: Sequence[Sequence[Change]]) -> None:
        for step in steps:
            self.calls += [Write(path.name, at, content) for at, content in step]
            self.calls.append(Sync(path.name))

    def _copy(self, files: dict[str, bytes], folder: Path) -> None:
        self.files |= files
        copy_to_stick(files, folder)

    def tell(self, text: str) -> None:
        self.calls.append(Ack(text))


def test_the_stick_is_cut_anywhere_while_people_are_added_and_vote(
    machines: tuple[Path, Path, Path],
    polling: PollingPlaces,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever was told to be added, noted or to have voted is carried over; nobody else but the one in between."""
    dead, spare, stick = machines
    recorded = Recorded(monkeypatch)
    with polling.opened(dead, stick, clock) as day:
        recorded.calls.clear()
        start = dict(recorded.files)
        cast(day, 1)
        recorded.tell("1")
        for added in (ZOE, YANN):
            recorded.tell(f"added {day.add_elector(added)}")
        day.give_proxy(WAITING, 1)
        recorded.tell("proxy")
        cast(day, VOTED)
        recorded.tell(f"{VOTED}")
        before = {"slots.bin": start["slots.bin"]}
    (copy,) = find_copies(stick)
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        seen = set()
        for cut in cuts(before, recorded.calls, 3, seed=7):
            (copy / "slots.bin").write_bytes(cut.files["slots.bin"])
            found = read(day, copy, polling)
            told = [int(text) for text in cut.told if text.isdigit()]
            known = [int(text.removeprefix("added ")) for text in cut.told if text.startswith("added ")]
            assert set(told) <= set(found.marks.voted)
            assert len(found.marks.voted) <= len(told) + 1
            assert set(known) <= set(found.added)
            assert len(found.added) <= len(known) + 1
            assert found.added.items() <= {VOTED: ZOE, WAITING: YANN}.items()
            assert set(found.box.ballots.values()) == {len(found.marks.voted)}
            assert found.proxies in ([{WAITING: 1}] if "proxy" in cut.told else [{}, {WAITING: 1}])
            seen.add((len(found.marks.voted), len(found.added), len(found.proxies)))
    assert seen == {(0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 2, 0), (1, 2, 1), (2, 2, 1)}


def read(day: Day, copy: Path, polling: PollingPlaces) -> DeadMachine:
    return read_dead_machine(
        copy, day.manifest, day.fingerprint, day.mode, day.machine, day.store.roll(), day.store.plan,
        day._contests, polling.two("m1"),
    )  # fmt: skip


def test_one_bit_of_somebody_who_was_added_is_not_passed_over(
    machines: tuple[Path, Path, Path], polling: PollingPlaces, clock: Clock
) -> None:
    dead, spare, stick = machines
    held(dead, stick, polling, clock)
    (copy,) = find_copies(stick)
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        assert read(day, copy, polling).added == {VOTED: ZOE, WAITING: YANN}
        at = (copy / "slots.bin").read_bytes()
        place = station.sticks.stick.Layout(
            copy_about(copy), day.store.plan, len(day.store.marks()), 4
        )._added_start(1)
        (copy / "slots.bin").write_bytes(at[: place + 30] + bytes([at[place + 30] ^ 1]) + at[place + 31 :])
        with pytest.raises(Refused, match="S-132"):
            read(day, copy, polling)


# The spare that dies


def held(dead: Path, stick: Path, polling: PollingPlaces, clock: Clock) -> None:
    with polling.opened(dead, stick, clock) as day:
        day.add_elector(ZOE)
        day.add_elector(YANN)
        day.give_proxy(WAITING, 2)
        cast(day, 2, VOTED)


def take_over(spare: Path, stick: Path, polling: PollingPlaces, clock: Clock) -> None:
    with open_day(spare, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        day.take_over(find_copies(stick)[0], polling.two("m1"), Closing(2, None, ("A", "B")))


def test_the_spare_is_killed_at_any_step_of_a_takeover(
    machines: tuple[Path, Path, Path], polling: PollingPlaces, clock: Clock, tmp_path: Path
) -> None:
    """Either nothing is taken over and no box of it leaves the spare, or all of it is."""
    dead, spare, stick = machines
    held(dead, stick, polling, clock)
    step, undone, done = 0, 0, 0
    while True:
        folder, out = tmp_path / f"spare-{step}", tmp_path / f"out-{step}"
        shutil.copytree(spare, folder)
        clock.now += 60
        killed = killed_at(step, partial(take_over, folder, stick, polling, clock))
        clock.now += 60
        with open_day(folder, Mode.OFFICIAL, clock) as day:
            taken = day.taken_over()
            if not taken:
                assert day.counts().carried == 0
                assert day.store.added() == {}
                undone += 1
            elif killed:
                done += 1
        if not taken and step % 3:
            go_on_without(folder, out, polling, clock)
        else:
            if not taken:
                take_over(folder, stick, polling, clock)
            finish(folder, out, polling, clock)
        shutil.rmtree(folder)
        if not killed:
            break
        step += 1
    assert undone > 20
    assert done > 3
    print(f"{step} steps, {undone} times nothing was taken over")


def go_on_without(folder: Path, out: Path, polling: PollingPlaces, clock: Clock) -> None:
    """The officers do not try again: what the store does not know stays where it is."""
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        day.open()
        assert day.store.mark_of(2) is Mark.NONE
        day.close(Closing(0))
        day.export(out)
        assert not (out / "box-official-m1").exists()


def finish(folder: Path, out: Path, polling: PollingPlaces, clock: Clock) -> None:
    """The day goes on, and both boxes leave together."""
    with open_day(folder, Mode.OFFICIAL, clock) as day:
        day.unlock(polling.two("m1-spare"))
        (statement,) = day.taken_over()
        assert Interrupted.from_content(statement.content, "").closing.additions == 2
        assert {day.store.mark_of(number) for number in (2, VOTED)} == {Mark.CARRIED}
        assert day.store.added() == {VOTED: ZOE, WAITING: YANN}
        assert day.store.desk_proxies() == {WAITING: 2}
        day.open()
        cast(day, WAITING)
        day.close(Closing(1))
        day.export(out)
        check_chain(day)
    box = out / "box-official-m1"
    assert {path.name for path in box.iterdir()} == {
        "box.sqlite", "marks.cose", "01-zero-report.cose", "02-interrupted.cose",
    }  # fmt: skip
    assert (box / "02-interrupted.cose").read_bytes() == statement.raw
    assert {path.name for path in (folder / "taken-over").iterdir()} == {"box-official-m1"}


# The power goes while the store writes it


TAKER = """
import os, sys
from pathlib import Path
from station.store import Store
from tests.station.crash.voter import added_as, body_of

with Store.open(Path(sys.argv[1])) as store:
    store.record(4, {item.contest: (0, body_of(4, item.contest, item.body_size)) for item in store.plan.contests}, 0)
    os.write(1, b"4\\n")
    store.take_over(
        {5, 9}, 7200, "m1", b"statement",
        adopted={9: added_as(9), 10: added_as(10)}, proxies={1: 10}, counted_there={7},
    )
    os.write(1, b"taken\\n")
    store.record(10, {item.contest: (1, body_of(10, item.contest, item.body_size)) for item in store.plan.contests}, 0)
    os.write(1, b"10\\n")
"""


def test_power_cuts_while_the_store_takes_over(make_store: MakeStore, tmp_path: Path) -> None:
    """All that is taken over is there together or not at all, and every vote that was told is there."""
    with make_store(slots=8, electors=6, additions=2, others=2) as store:
        assert store.add_elector(added_as(7)) == 7
        folder, path = store.path.parent, store.path
    before = {item.name: item.read_bytes() for item in folder.iterdir()}
    calls = trace([sys.executable, "-c", TAKER, str(path)], folder)
    assert [call.text.strip() for call in calls if isinstance(call, Ack)] == ["4", "taken", "10"]
    (tmp_path / "cut").mkdir()
    wrong, early = [], 0
    for cut in cuts(before, calls, STATES_A_CUT, seed=5):
        for name, content in cut.files.items():
            (tmp_path / "cut" / name).write_bytes(content)
        told = [int(text) for text in cut.told if text.isdigit()]
        try:
            with Store.open(tmp_path / "cut" / "station.db") as store:
                taken = store.reports() == (b"statement",)
                carried = {elector.number for elector, mark in store.electors() if mark is Mark.CARRIED}
                names = store.added()
                assert names.pop(7) == added_as(7)
                found = (carried, names, store.desk_proxies(), set(store.counted_additions()))
                adopted = {9: added_as(9), 10: added_as(10)}
                assert found == (({5, 9}, adopted, {1: 10}, set()) if taken else (set(), {}, {}, {7}))
                assert taken or not store.reports()
                assert len(store.events()) == 1 + taken
                assert taken or "taken" not in cut.told
                early += taken and "taken" not in cut.told
                check_votes(store, told, 10 if taken else 4)
        except (Refused, AssertionError) as error:
            wrong.append(f"after call {cut.after}: {type(error).__name__} {str(error)[:90]}")
    assert wrong == []
    assert early, "cuts between writing and telling were met"
