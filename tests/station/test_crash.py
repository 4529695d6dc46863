"""Nothing is lost or doubled when the program is killed or the power goes.

`ISOLOIR_KILLS` and `ISOLOIR_CUTS` set how many kills, and how many states of the disk a cut, are tried; both are
raised before a release.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from keys.findings import Refused
from station.disk.journal import journal_path
from station.disk.plan import Mark
from station.store import Store
from tests.station.crash.power import Cut, cuts
from tests.station.crash.tracer import Ack, Call, Sync, Write, trace
from tests.station.crash.voter import body_of, cast_until_killed

MakeStore = Callable[..., Store]
KILLS = int(os.environ.get("ISOLOIR_KILLS", "60"))
STATES_A_CUT = int(os.environ.get("ISOLOIR_CUTS", "4"))
VOTER = Path(__file__).parent / "crash" / "voter.py"


def check_votes(store: Store, told: Sequence[int], doubtful: int) -> bool:
    """Check that all votes that were told are in, and no other but perhaps one, whole.

    Args:
        store: Opened again.
        told: Electors whose vote was said to be recorded.
        doubtful: The elector who may have been voting.

    Returns:
        Whether the doubtful vote is recorded, as its mark says.
    """
    recorded = store.mark_of(doubtful) is Mark.VOTED
    voted = {elector.number for elector, mark in store.electors() if mark is Mark.VOTED}
    assert voted == set(told) | ({doubtful} if recorded else set())
    for item in store.plan.contests:
        found = Counter(body for _, body in store.ballots(item.contest))
        assert found == Counter(body_of(number, item.contest, item.body_size) for number in voted)
    assert store.counts().balanced
    assert sum(store.turnout()) == len(voted)
    journal = journal_path(store.path).read_bytes()
    assert journal.count(0) == len(journal)
    return recorded


# Killed

CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload(["tests.station.crash.voter"])

VOTES_A_KILL = 8
"""Most votes that a machine casts before it is killed."""


def test_kill_minus_nine(make_store: MakeStore) -> None:
    """Kill a machine again and again while it casts; whoever was voting votes again if the mark says so."""
    dice = random.Random(11)
    people = 4 + (VOTES_A_KILL + 1) * KILLS
    store = make_store(slots=people, electors=people)
    path = store.path
    store.close()
    told: list[int] = []
    doubts, following, pace = 0, 4, 0.005  # elector 3 of this roll is struck off
    for _ in range(KILLS):
        said, pace = kill_while_voting(path, following, dice.randrange(5), dice.random(), pace)
        told += said
        following += len(said)
        with Store.open(path) as store:
            if check_votes(store, told, following):
                doubts += 1
                told.append(following)
                following += 1
    assert told == list(range(4, following)), "everybody has voted once"
    assert len(told) > KILLS, "votes were cast between the kills"
    print(f"{KILLS} kills, {len(told)} votes, {doubts} recorded and not told")


def kill_while_voting(
    path: Path, first: int, votes: int, moment: float, pace: float
) -> tuple[list[int], float]:
    """Let a child cast votes, and kill it in the middle of one.

    Args:
        path: Of the store.
        first: Elector who votes first.
        votes: How many votes to wait for.
        moment: When to kill after that, from 0 to 1, in parts of twice the pace.
        pace: Seconds a vote took before.

    Returns:
        The electors whose vote was told, and the seconds that a vote takes now.
    """
    ours, theirs = CLEAN.Pipe(duplex=False)
    last = first + VOTES_A_KILL - 1
    child = CLEAN.Process(target=cast_until_killed, args=(theirs, path, first, last))
    child.start()
    theirs.close()
    assert ours.recv_bytes() == b"open\n"
    start = time.monotonic()
    said = [int(ours.recv_bytes()) for _ in range(votes)]
    if votes:
        pace = (time.monotonic() - start) / votes
    time.sleep(2 * pace * moment)
    child.kill()
    with suppress(EOFError):
        while True:
            said.append(int(ours.recv_bytes()))
    child.join()
    assert child.exitcode == -signal.SIGKILL
    ours.close()
    return said, pace


# Power cut


@pytest.fixture
def recording(make_store: MakeStore) -> tuple[dict[str, bytes], list[Call]]:
    """A machine that opens its store, casts four votes and closes it: the files before, and all it did to them."""
    store = make_store(slots=16, electors=16)
    store.close()
    folder = store.path.parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    return before, trace([sys.executable, str(VOTER), str(store.path), "4", "7"], folder)


def test_the_recording_sees_what_happens(recording: tuple[dict[str, bytes], list[Call]]) -> None:
    before, calls = recording
    assert [call.text for call in calls if isinstance(call, Ack)] == [
        "open\n",
        *(f"{n}\n" for n in range(4, 8)),
    ]
    assert {call.file for call in calls if isinstance(call, Write)} == set(before)
    for call in calls:
        if isinstance(call, Write):
            assert call.at + len(call.data) <= len(before[call.file]), "no file grows"
    told = [index for index, call in enumerate(calls) if isinstance(call, Ack)]
    for index in told[1:]:
        last = calls[index - 1]
        assert last == Sync("station.db-journal"), (
            "a vote is told after its journal was overwritten and synced"
        )


def survivors(
    folder: Path,
    start: Mapping[str, bytes],
    calls: Sequence[Call],
    states: int,
    told_before: Sequence[int] = (),
) -> Iterator[tuple[Cut, str]]:
    """Open the store from every state of the disk after a power cut.

    Returns:
        Each state with what is wrong in it; an empty text if nothing is.
    """
    folder.mkdir()
    for cut in cuts(start, calls, states, seed=5):
        for name, content in cut.files.items():
            (folder / name).write_bytes(content)
        told = [*told_before, *(int(text) for text in cut.told if text != "open")]
        try:
            with Store.open(folder / "station.db") as store:
                check_votes(store, told, max([*told, 3]) + 1)
        except (Refused, AssertionError) as error:
            yield cut, f"after call {cut.after}: {type(error).__name__} {str(error)[:60]}"
        else:
            yield cut, ""


def is_unfinished(cut: Cut) -> bool:
    """Whether SQLite has something to undo."""
    return cut.files["station.db-journal"][:1] != b"\0"


def test_power_cuts_lose_nothing(recording: tuple[dict[str, bytes], list[Call]], tmp_path: Path) -> None:
    start, calls = recording
    found = list(survivors(tmp_path / "cut", start, calls, STATES_A_CUT))
    assert [wrong for _, wrong in found if wrong] == []
    undone = sum(is_unfinished(cut) for cut, _ in found)
    assert undone > 20, "unfinished changes were met"
    print(f"{len(calls)} calls, {len(found)} states of the disk, {undone} with an unfinished change")


def test_a_second_power_cut_during_the_recovery_loses_nothing(
    recording: tuple[dict[str, bytes], list[Call]], tmp_path: Path
) -> None:
    """The tracer also refuses a recovery that removes or shortens the journal: its blocks hold names and ballots."""
    start, calls = recording
    unfinished = [cut for cut in cuts(start, calls, 1, seed=5) if is_unfinished(cut)]
    changed = [cut for cut in unfinished if cut.files["station.db"] != start["station.db"]]
    tried = 0
    for number, cut in enumerate(changed[:: max(1, len(changed) // 4)]):
        folder = tmp_path / f"recovery{number}"
        folder.mkdir()
        for name, content in cut.files.items():
            (folder / name).write_bytes(content)
        again = trace([sys.executable, str(VOTER), str(folder / "station.db"), "1", "0"], folder)
        told = [int(text) for text in cut.told if text != "open"]
        found = list(survivors(tmp_path / f"second{number}", cut.files, again, 3, told))
        assert [wrong for _, wrong in found if wrong] == []
        tried += len(found)
    assert tried > 20


@pytest.mark.parametrize("file", ["station.db", "station.db-journal"])
def test_power_cuts_would_lose_votes_without_syncs(
    recording: tuple[dict[str, bytes], list[Call]], tmp_path: Path, file: str
) -> None:
    """The simulator can find a loss: with the syncs of one file left out, it does."""
    start, calls = recording
    unsynced = [call for call in calls if call != Sync(file)]
    assert len(unsynced) < len(calls)
    assert any(wrong for _, wrong in survivors(tmp_path / "cut", start, unsynced, 3))
