"""A small vote for the tests of the store: two contests, a roll, keys, and randomness that repeats itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.crypto.group import Scalar, base_mul
from keys.election.forms import Shape
from keys.election.question import ElectionParams, fingerprint
from keys.election.roll import Elector, ElectorStatus, Roll
from keys.election.rules import Form
from keys.election.statement import Mode
from station.booth import Booth, BoothContest
from station.day import Day, open_day
from station.disk.additions import Spare
from station.disk.log import EventKind
from station.disk.plan import ContestSlots, Settings, StorePlan
from station.disk.state import State
from station.store import Store
from tests.simulator.commands import Machine
from tests.simulator.polling import PollingPlaces, seal_polling
from tests.simulator.walking import Clock

RandomBytes = Callable[[int], bytes]
MakeStore = Callable[..., Store]


@pytest.fixture
def randomness() -> RandomBytes:
    """Bytes that look random and are the same in every run."""
    counter = 0

    def draw(length: int) -> bytes:
        nonlocal counter
        counter += 1
        return hashlib.shake_256(counter.to_bytes(8, "big")).digest(length)

    return draw


def _contest(index: int, uuid: str, options: int, least: int, most: int) -> BoothContest:
    names = tuple(f"Projet {number}" for number in range(1, options + 1))
    key = base_mul(Scalar(2022))
    params = ElectionParams(uuid, "Vote", "Toulouse", "Vos projets ?", names, True, least, most, key)
    shape = Shape(Form.MARKS, options, least, most, 1)
    return BoothContest(index, shape, params, fingerprint(params.to_json_bytes()))


@pytest.fixture(scope="session")
def booth() -> Booth:
    """A machine with a style of two contests, of which the manifest has more."""
    contests = (_contest(1, "HcNdVzzEcCHXPe", 3, 1, 2), _contest(4, "QsVbTwr3KoiMnJ", 2, 1, 1))
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    return Booth(bytes(range(32)), Mode.REHEARSAL, 7, contests, bytes(32), key)


@pytest.fixture
def make_store(tmp_path: Path, booth: Booth, randomness: RandomBytes) -> MakeStore:
    """Makes a store with room for some visits, and opens it; elector 3 is struck off."""

    def make(
        slots: int = 8,
        *,
        electors: int = 8,
        state: State = State.OPEN,
        name: str = "station.db",
        random_bytes: RandomBytes = randomness,
        additions: int = 0,
        others: int = 0,
    ) -> Store:
        people = tuple(
            Elector(
                number,
                f"Nom{number}",
                "Camille",
                status=ElectorStatus.STRUCK_OFF if number == 3 else ElectorStatus.ENTITLED,
            )
            for number in range(1, electors + 1)
        )
        plan = StorePlan(tuple(ContestSlots(item.contest, slots, item.body_size) for item in booth.contests))
        settings = Settings(b"manifest", b"draft", booth.mode, booth.machine)
        last = electors + additions
        spare = Spare(tuple(range(electors + 1, last + 1)), tuple(range(last + 1, last + 1 + others)))
        roll = Roll(5, people, bytes(16))
        store = Store.create(tmp_path / name, plan, roll, settings, random_bytes, spare=spare)
        if state is not State.PREPARED:
            store.advance(State.OPEN, 3600, EventKind.OPENED)
        if state not in {State.PREPARED, State.OPEN}:
            store.advance(state, 3601, EventKind.PAUSED)
        return store

    return make


@pytest.fixture
def bodies(booth: Booth) -> Callable[[Store, int], dict[int, tuple[int, bytes]]]:
    """Ballots of a visit as a store sees them: bytes of the right size, in the slots of a number."""

    def make(store: Store, number: int) -> dict[int, tuple[int, bytes]]:
        made = {}
        for item in store.plan.contests:
            seed = f"ballot {number} of {item.contest}".encode()
            made[item.contest] = (
                (number * 7 + item.contest) % item.slots,
                hashlib.shake_256(seed).digest(item.body_size),
            )
        return made

    return make


@pytest.fixture(scope="session")
def polling(tmp_path_factory: pytest.TempPathFactory) -> PollingPlaces:
    """A sealed vote before its day; tests copy the folder of a machine before they use it."""
    return seal_polling(tmp_path_factory.mktemp("polling"))


@pytest.fixture(scope="session")
def another_vote(tmp_path_factory: pytest.TempPathFactory) -> PollingPlaces:
    """The same vote, drafted and sealed by somebody else."""
    return seal_polling(tmp_path_factory.mktemp("another"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path, polling: PollingPlaces) -> Path:
    """A machine that is loaded."""
    return polling.loaded(tmp_path)[0]


@pytest.fixture
def day(folder: Path, polling: PollingPlaces, clock: Clock) -> Iterator[Day]:
    """Its day, the keys open."""
    with open_day(folder, Mode.OFFICIAL, clock) as opened:
        opened.unlock(polling.two("m1"))
        yield opened


@pytest.fixture
def machine(polling: PollingPlaces, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    """A machine of the polling places, worked by commands."""
    return Machine(polling, tmp_path, capsys)
