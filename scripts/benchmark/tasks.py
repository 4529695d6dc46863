"""The work that is measured: a ballot, a shuffle, a vote on the disk, a public archive."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmark.floor import durable_write, group_calls
from benchmark.measure import Task
from keys.crypto.elgamal import encrypt_point
from keys.crypto.encoding import of_ints
from keys.crypto.group import base_mul
from keys.crypto.randomness import system_draw
from keys.crypto.shuffle import shuffle, verify_shuffle
from keys.election.ballot import make_ballot_for, verify_ballot
from keys.election.definition import Terms
from keys.election.forms import Shape
from keys.election.question import ElectionParams, fingerprint
from keys.election.roll import Elector, Roll
from keys.election.rules import Form
from keys.election.statement import Mode
from station.booth import Booth, BoothContest
from station.disk.log import EventKind
from station.disk.plan import ContestSlots, Settings, StorePlan
from station.disk.state import State
from station.recorder import Prepared, Recorder
from station.store import Store
from tally.verify import verify_folder
from tests.outside.tool import Tool
from tests.simulator.forms import contest_of, hold_forms

__all__ = ["Size", "archive_tasks", "ballot_tasks", "casting_tasks", "shuffle_tasks"]

_LIBSODIUM = "its calls to libsodium alone"


@dataclass(frozen=True, slots=True)
class Size:
    """How large the vote is."""

    options: int
    most: int
    """Options a voter may choose."""
    ballots: int
    """Of the shuffle, and of the archive."""

    def params(self) -> ElectionParams:
        """One contest, under a key that nobody holds."""
        answers = tuple(f"Project {number}" for number in range(1, self.options + 1))
        key = base_mul(system_draw())
        return ElectionParams("HcNdVzzEcCHXPe", "Vote", "Town", "Projects?", answers, True, 1, self.most, key)

    def choices(self) -> tuple[int, ...]:
        """As many options as are allowed."""
        return tuple(int(option < self.most) for option in range(self.options))


def ballot_tasks(size: Size) -> list[Task]:
    """Make a ballot, and verify one."""
    params, secret = size.params(), system_draw()
    printed = fingerprint(params.to_json_bytes())

    def make() -> None:
        make_ballot_for(params, printed, base_mul(secret), size.choices(), system_draw).sign(
            secret, system_draw
        )

    ballot = make_ballot_for(params, printed, base_mul(secret), size.choices(), system_draw).sign(
        secret, system_draw
    )

    def verify() -> None:
        verify_ballot(ballot, params, printed, params.public_key)

    return [
        Task(f"make a ballot of {size.options} options", make, group_calls(make), _LIBSODIUM),
        Task("verify it", verify, group_calls(verify), _LIBSODIUM),
    ]


def shuffle_tasks(size: Size) -> list[Task]:
    """Shuffle ballots with a proof, and check the proof; times are for one ballot."""
    key, number = base_mul(system_draw()), size.ballots
    before = [encrypt_point(key, of_ints((1, 2, 3)), system_draw()) for _ in range(number)]
    printed = fingerprint(size.params().to_json_bytes())
    shuffled = shuffle(before, key, printed, system_draw)

    def make() -> None:
        shuffle(before, key, printed, system_draw)

    def check() -> None:
        verify_shuffle(before, shuffled, key, printed)

    return [
        Task(f"shuffle {number} ballots, for each", make, group_calls(make), _LIBSODIUM, number),
        Task("check the shuffle, for each", check, group_calls(check), _LIBSODIUM, number),
    ]


@contextmanager
def casting_tasks(folder: Path, size: Size, rounds: int) -> Iterator[list[Task]]:
    """Cast a prepared ballot: sign it, record it with its mark, overwrite the journal.

    Args:
        folder: Where the store goes; its disk is what is measured.
        size: Of the vote.
        rounds: Votes that will be cast.
    """
    params = size.params()
    shape = Shape(Form.MARKS, size.options, 1, size.most, 1)
    item = BoothContest(0, shape, params, fingerprint(params.to_json_bytes()))
    booth = Booth(
        bytes(32), Mode.REHEARSAL, 0, (item,), secrets.token_bytes(32), Ed25519PrivateKey.generate()
    )
    people = tuple(Elector(number, f"Name {number}", "Camille") for number in range(1, rounds + 1))
    plan = StorePlan((ContestSlots(0, rounds, item.body_size),))
    settings = Settings(bytes(32), bytes(32), booth.mode, booth.machine)
    roll = Roll(0, people, bytes(16))
    store = Store.create(folder / "station.db", plan, roll, settings, secrets.token_bytes)
    try:
        store.advance(State.OPEN, 3600, EventKind.OPENED)
        recorder = Recorder(store, booth, secrets.token_bytes, lambda: 3600)
        electors = count(1)
        prepared: list[Prepared] = []
        yield [
            Task(
                "cast it: sign, record with its mark",
                lambda: recorder.cast(prepared.pop(), next(electors)),
                durable_write(folder / "floor", item.body_size),
                "one durable write of its bytes",
                first=lambda: prepared.append(recorder.prepare({0: size.choices()})),
            )
        ]
    finally:
        store.close()


def archive_tasks(folder: Path, size: Size, launcher: Path) -> list[Task]:
    """Verify a public folder with one contest, here and by belenios-tool; times are for one ballot."""
    names = [f"Project {number}" for number in range(1, size.options + 1)]
    contest = contest_of("bench", Form.MARKS, "approval", names, 1, size.most, terms=Terms(seats=1))
    held = hold_forms(folder / "vote", [contest], [{0: size.choices()}] * size.ballots)
    held.draw_lots()
    held.publish()
    archive = (held.public / "archives" / "bench.bel").read_bytes()
    tool = Tool(launcher, patience=None)

    def verify() -> None:
        report = verify_folder(held.public, fingerprint=held.fingerprint, workers=1)
        if not report.accepted:
            raise SystemExit("bench: tally verify refused the vote that was measured")

    def verify_outside() -> None:
        if not tool.accepts(archive):
            raise SystemExit("bench: belenios-tool refused the vote that was measured")

    floor = group_calls(verify)
    what = f"{size.ballots} ballots, for each"
    return [
        Task(f"tally verify, {what}", verify, floor, _LIBSODIUM, size.ballots),
        Task(
            f"belenios-tool, {what}", verify_outside, floor, "the calls of tally verify alone", size.ballots
        ),
    ]
