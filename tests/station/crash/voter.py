"""A machine that casts one vote after the other and says so after each: the program that is watched and killed."""

from __future__ import annotations

import hashlib
import os
import secrets
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from station.disk.additions import Added
from station.store import Store

__all__ = ["added_as", "body_of", "cast_until_killed", "cast_until_stopped"]


def body_of(elector: int, contest: int, size: int) -> bytes:
    """The ballot of an elector, by which the test knows it again."""
    return hashlib.shake_256(f"{elector} in {contest}".encode()).digest(size)


def added_as(number: int) -> Added:
    """Who is added to the roll under a number."""
    return Added(f"Ajout{number}", "Camille", "1990-01-01", f"reason {number}")


def cast_until_stopped(path: Path, first: int, last: int, say: Callable[[str], object]) -> None:
    """Open the store, and cast the votes of the electors from first to last, each told when it is recorded.

    Whoever is not on the roll as it was loaded is added first, which is told too.
    """
    with Store.open(path) as store:
        say("open\n")
        known = {elector.number for elector, _ in store.electors()}
        for elector in range(first, last + 1):
            if elector not in known:
                say(f"added {store.add_elector(added_as(elector))}\n")
            ballots = {
                item.contest: (
                    secrets.choice(store.free_slots(item.contest)),
                    body_of(elector, item.contest, item.body_size),
                )
                for item in store.plan.contests
            }
            store.record(elector, ballots, 0)
            say(f"{elector}\n")


def cast_until_killed(connection: Connection, path: Path, first: int, last: int) -> None:
    """Do the same as another process, and then wait for the end."""
    cast_until_stopped(path, first, last, lambda text: connection.send_bytes(text.encode()))
    signal.pause()


if __name__ == "__main__":
    cast_until_stopped(
        Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), lambda text: os.write(1, text.encode())
    )
