"""Nobody who was added is lost, doubled or half written when the program is killed or the power goes."""

from __future__ import annotations

import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from keys.findings import Refused
from station.disk.plan import Mark
from station.store import Store
from tests.station.crash.power import cuts
from tests.station.crash.tracer import Ack, Write, trace
from tests.station.crash.voter import added_as, cast_until_killed
from tests.station.test_crash import CLEAN, KILLS, STATES_A_CUT, VOTER, check_votes

MakeStore = Callable[..., Store]
ROLL = 4
"""Electors of the roll as it was loaded; those above are added."""
LAST = ROLL + 20


def check_additions(store: Store, added: Sequence[int], voted: Sequence[int]) -> None:
    """Check that all who were told to be added are there, and no other but perhaps the next, whole; and their votes.

    Args:
        store: Opened again.
        added: Numbers that were told to be given.
        voted: Electors whose vote was told.
    """
    there = {elector.number: elector for elector, _ in store.electors() if elector.number > ROLL}
    numbers = list(range(ROLL + 1, ROLL + 1 + len(there)))
    assert list(there) == numbers, "numbers are given in their order, each once"
    assert len(there) - len(added) in {0, 1}
    assert added == numbers[: len(added)]
    assert list(there.values()) == [added_as(number).elector(number) for number in numbers]
    assert (store.counts().additions, store.counts().electors) == (len(there), ROLL - 1), "one is struck off"
    check_votes(store, voted, max([*there, ROLL]))


def told_by(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    """Who was told to be added, and whose vote was told."""
    added = [int(text.removeprefix("added ")) for text in texts if text.startswith("added ")]
    return added, [int(text) for text in texts if text.isdigit()]


def test_kill_minus_nine(make_store: MakeStore) -> None:
    dice = random.Random(5)
    with make_store(slots=LAST, electors=ROLL, additions=LAST - ROLL) as store:
        path = store.path
    added: list[int] = []
    voted: list[int] = []
    met = set()
    for _ in range(max(6, KILLS // 8)):
        with Store.open(path) as store:
            waiting = [
                item.number for item, mark in store.electors() if item.number > ROLL and mark is Mark.NONE
            ]
            following = waiting[0] if waiting else ROLL + 1 + store.counts().additions
        if following >= LAST:
            break
        ours, theirs = CLEAN.Pipe(duplex=False)
        child = CLEAN.Process(target=cast_until_killed, args=(theirs, path, following, LAST))
        child.start()
        theirs.close()
        texts = [ours.recv_bytes().decode()]
        time.sleep(0.02 * dice.random())
        child.kill()
        with suppress(EOFError):
            while True:
                texts.append(ours.recv_bytes().decode())
        child.join()
        assert child.exitcode == -signal.SIGKILL
        now_added, now_voted = told_by([text.strip() for text in texts])
        added, voted = added + now_added, voted + now_voted
        with Store.open(path) as store:
            check_additions(store, added, voted)
            added = [item.number for item, _ in store.electors() if item.number > ROLL]
            voted = [item.number for item, mark in store.electors() if mark is Mark.VOTED]
        met.add(len(added) - len(voted))
    assert voted, "somebody was added and voted between the kills"
    print(f"{len(added)} added, {len(voted)} voted, ended {sorted(met)} additions ahead")


def test_power_cuts(make_store: MakeStore, tmp_path: Path) -> None:
    with make_store(slots=8, electors=ROLL, additions=4) as store:
        folder, path = store.path.parent, store.path
    before = {item.name: item.read_bytes() for item in folder.iterdir()}
    calls = trace([sys.executable, str(VOTER), str(path), str(ROLL), str(ROLL + 2)], folder)
    told = [call.text.strip() for call in calls if isinstance(call, Ack)]
    assert told == ["open", "4", "added 5", "5", "added 6", "6"]
    for call in calls:
        if isinstance(call, Write):
            assert call.at + len(call.data) <= len(before[call.file]), "no file grows"
    wrong, ahead = [], 0
    (tmp_path / "cut").mkdir()
    for cut in cuts(before, calls, STATES_A_CUT, seed=5):
        for name, content in cut.files.items():
            (tmp_path / "cut" / name).write_bytes(content)
        added, voted = told_by(cut.told)
        try:
            with Store.open(tmp_path / "cut" / "station.db") as store:
                check_additions(store, added, voted)
                ahead += store.counts().additions > len(added)
        except (Refused, AssertionError) as error:
            wrong.append(f"after call {cut.after}: {type(error).__name__} {str(error)[:80]}")
    assert wrong == []
    assert ahead, "cuts between writing and telling were met"
