"""The recorder: what a visit leaves behind, and that it can end only once."""

from __future__ import annotations

import ast
import math
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import station
import station.disk.database
from keys.crypto.credentials import derive_credential, public_credential
from keys.crypto.group import Point
from keys.crypto.randomness import expand_seed
from keys.election.ballot import commitment, verify_ballot
from keys.election.challenge import Challenge
from keys.election.forms import Shape, make_ballot_of
from keys.election.packing import unpack
from keys.election.question import ElectionParams, fingerprint
from keys.election.receipt import Receipt
from keys.election.roll import Elector, Roll
from keys.election.rules import Form
from keys.election.statement import Mode, Role, StatementType, read_statement
from keys.findings import Misuse, Refused
from station.booth import Booth, BoothContest
from station.disk.log import EventKind
from station.disk.plan import ContestSlots, Counter, InDoubt, Mark, Settings, StorePlan
from station.disk.state import State
from station.recorder import Prepared, Recorder
from station.store import Store

MakeStore = Callable[..., Store]
RandomBytes = Callable[[int], bytes]

SELECTIONS = {1: (0, 1, 1), 4: (1, 0)}


def recorder_of(store: Store, booth: Booth, random_bytes: RandomBytes) -> Recorder:
    return Recorder(store, booth, random_bytes, lambda: 3600 * 3)


@pytest.fixture
def store(make_store: MakeStore) -> Iterator[Store]:
    with make_store() as made:
        yield made


@pytest.fixture
def recorder(store: Store, booth: Booth, randomness: RandomBytes) -> Recorder:
    return recorder_of(store, booth, randomness)


def test_a_visit_is_recorded_in_every_contest(recorder: Recorder, store: Store, booth: Booth) -> None:
    prepared = recorder.prepare({4: (0, 1)})
    statement = read_statement(recorder.cast(prepared, 5))
    statement.verify(booth.signing_key.public_key().public_bytes_raw())
    statement.expect(StatementType.RECEIPT, Mode.REHEARSAL, booth.fingerprint, Role.MACHINE)
    assert statement.header.signer == 7
    receipt = Receipt.from_content(statement.content, "receipt")
    assert receipt.check_code == prepared.check_code == prepared.commitment[:10]
    trackers = []
    for item in booth.contests:
        ((slot, body),) = store.ballots(item.contest)
        ballot = unpack(body, item.params, item.fingerprint)
        verify_ballot(ballot, item.params, item.fingerprint, item.params.public_key)
        uuid = item.params.uuid
        expected = public_credential(uuid, derive_credential(booth.credential_seed, uuid, slot))
        assert ballot.unsigned.credential == expected
        trackers.append(ballot.tracker[:16])
    assert list(receipt.trackers) == trackers
    assert store.mark_of(5) is Mark.VOTED
    assert store.turnout() == (0, 0, 1)


@pytest.mark.parametrize(
    "selections",
    [{}, {1: (), 4: ()}, {1: (0, 0, 0), 4: (0, 0)}, {1: (1, 0, 0)}, {1: (1, 1, 0), 4: (1, 0)}],
    ids=["all left out", "empty", "zeros", "one left out", "most"],
)
def test_what_is_allowed_is_cast(
    recorder: Recorder, store: Store, selections: Mapping[int, tuple[int, ...]]
) -> None:
    recorder.cast(recorder.prepare(selections), 1)
    assert store.counts().ballots == {1: 1, 4: 1}


@pytest.mark.parametrize(
    "selections",
    [
        {1: (1, 1, 1)},
        {4: (1, 1)},
        {1: (1, 0)},
        {1: (1, 0, 0, 0)},
        {1: (2, 0, 0)},
        {1: (-1, 1, 1)},
        {1: (True, False, False)},
        {0: (1,)},
    ],
    ids=["too many", "too many of two", "too short", "too long", "twice", "negative", "not a number", "foreign"],
)  # fmt: skip
def test_what_is_not_allowed_makes_no_ballot_and_is_not_repeated(
    recorder: Recorder, store: Store, selections: Mapping[int, tuple[int, ...]]
) -> None:
    with pytest.raises(Refused) as refusal:
        recorder.prepare(selections)
    assert refusal.value.code == "S-303"
    assert str(next(iter(selections.values()))) not in str(refusal.value)
    assert store.counts().marks == 0


def test_a_visit_ends_once(recorder: Recorder, store: Store) -> None:
    ways: list[Callable[[Prepared], object]] = [
        lambda prepared: recorder.cast(prepared, 1),
        recorder.open,
        recorder.forget,
    ]
    for end in ways:
        prepared = recorder.prepare(SELECTIONS)
        end(prepared)
        for again in ways[:2]:
            with pytest.raises(Misuse):
                again(prepared)
        recorder.forget(prepared)
    assert store.counts().marks == 1
    assert store.counters()[Counter.CHALLENGES] == 1


def test_preparing_anew_makes_the_old_ballots_void(recorder: Recorder, store: Store) -> None:
    first = recorder.prepare(SELECTIONS)
    second = recorder.prepare(SELECTIONS)
    assert first.commitment != second.commitment
    with pytest.raises(Misuse):
        recorder.cast(first, 1)
    recorder.forget(first)
    recorder.cast(second, 1)
    assert store.counts().marks == 1


def test_a_challenge_rebuilds_the_commitment_and_casts_nothing(
    recorder: Recorder, store: Store, booth: Booth
) -> None:
    free = {item.contest: store.free_slots(item.contest) for item in booth.contests}
    logged = store.events()
    prepared = recorder.prepare({1: (0, 1, 1)})
    statement = read_statement(recorder.open(prepared))
    statement.verify(booth.signing_key.public_key().public_bytes_raw())
    statement.expect(StatementType.CHALLENGE, Mode.REHEARSAL, booth.fingerprint, Role.MACHINE)
    challenge = Challenge.from_content(statement.content, "challenge")
    assert [ballot.selection for ballot in challenge.ballots] == [(0, 1, 1), ()]
    assert _commitment_of(challenge, booth) == prepared.commitment
    another = replace(challenge.ballots[0], selection=(1, 1, 0))
    lying = replace(challenge, ballots=(another, challenge.ballots[1]))
    assert _commitment_of(lying, booth) != prepared.commitment
    assert {item.contest: store.free_slots(item.contest) for item in booth.contests} == free
    assert (store.counts().marks, store.counters()[Counter.CHALLENGES]) == (0, 1)
    assert store.events() == logged


def _commitment_of(challenge: Challenge, booth: Booth) -> bytes:
    hashes = []
    for opened, item in zip(challenge.ballots, booth.contests, strict=True):
        credential = Point.from_bytes(opened.credential)
        choices = opened.selection or item.shape.blank
        mark = item.fingerprint
        draw = expand_seed(challenge.seed, fingerprint=mark, credential=credential, selection=choices)
        hashes.append(make_ballot_of(item.shape, item.params, mark, credential, choices, draw).hash)
    return commitment(hashes)


def test_the_nonce_of_a_signature_is_not_from_the_seed(make_store: MakeStore, booth: Booth) -> None:
    """With seed and slots fixed, the unsigned ballots repeat and their signatures do not."""
    signatures, unsigned = set(), set()
    for run in range(2):
        sizes: list[int] = []

        def draw(length: int, run: int = run, sizes: list[int] = sizes) -> bytes:
            sizes.append(length)
            return bytes([run if length == 64 else 7]) * length

        with make_store(name=f"{run}.db") as store:
            recorder = recorder_of(store, booth, draw)
            recorder.cast(recorder.prepare(SELECTIONS), 1)
            assert sizes == [32, 16, 16, 64, 64], "one seed, a slot a contest, then a nonce a contest"
            item = booth.contests[0]
            ((_, body),) = store.ballots(item.contest)
            ballot = unpack(body, item.params, item.fingerprint)
            unsigned.add(ballot.unsigned.hash)
            signatures.add(ballot.signature)
    assert (len(unsigned), len(signatures)) == (1, 2)


def test_a_full_store_is_told_before_a_visit(
    make_store: MakeStore, booth: Booth, randomness: RandomBytes
) -> None:
    with make_store(slots=2) as store:
        recorder = recorder_of(store, booth, randomness)
        for number in (1, 2):
            assert recorder.room() == 3 - number
            recorder.cast(recorder.prepare(SELECTIONS), number)
        assert recorder.room() == 0
        with pytest.raises(Refused) as refusal:
            recorder.prepare(SELECTIONS)
        assert refusal.value.code == "S-204"
        assert store.counts().marks == 2


def test_a_store_of_another_machine_is_refused(store: Store, booth: Booth, randomness: RandomBytes) -> None:
    for other in (
        replace(booth, machine=8),
        replace(booth, mode=Mode.OFFICIAL),
        replace(booth, contests=booth.contests[:1]),
    ):
        with pytest.raises(Misuse):
            recorder_of(store, other, randomness)


# In doubt


def _gone(path: Path) -> None:
    raise OSError(5, "Input/output error")


def test_a_doubtful_vote_that_is_in_gives_its_receipt(
    recorder: Recorder, store: Store, booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = recorder.prepare(SELECTIONS)
    monkeypatch.setattr(station.disk.database, "scrub", _gone)
    with pytest.raises(InDoubt):
        recorder.cast(prepared, 1)
    monkeypatch.undo()
    with Store.open(store.path) as again:
        assert again.mark_of(1) is Mark.VOTED
        receipt = recorder.settle(again)
        assert receipt is not None
        assert Receipt.from_content(read_statement(receipt).content, "").check_code == prepared.check_code
        with pytest.raises(Misuse):
            recorder.settle(again)
        recorder.cast(recorder.prepare(SELECTIONS), 2)
        assert again.counts().marks == 2


def test_a_doubtful_vote_that_is_not_in_gives_none(recorder: Recorder, store: Store) -> None:
    prepared = recorder.prepare(SELECTIONS)
    store.close()
    with pytest.raises(InDoubt):
        recorder.cast(prepared, 1)
    with Store.open(store.path) as again:
        assert recorder.settle(again) is None
        assert again.mark_of(1) is Mark.NONE
        recorder.cast(recorder.prepare(SELECTIONS), 1)
        assert again.mark_of(1) is Mark.VOTED


def test_a_doubtful_vote_whose_ballot_is_another_is_damage(
    recorder: Recorder, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = recorder.prepare(SELECTIONS)
    monkeypatch.setattr(station.disk.database, "scrub", _gone)
    with pytest.raises(InDoubt):
        recorder.cast(prepared, 1)
    monkeypatch.undo()
    with Store.open(store.path) as again:
        monkeypatch.setattr(again, "ballot_in", lambda contest, slot: b"")
        with pytest.raises(Refused) as refusal:
            recorder.settle(again)
        assert refusal.value.code == "S-210"


# Secrecy


def test_nothing_that_is_printed_shows_a_choice_or_a_key(recorder: Recorder, booth: Booth) -> None:
    prepared = recorder.prepare({1: (0, 1, 1)})
    shown = repr(prepared) + repr(booth) + repr(recorder._live)
    assert "(0, 1, 1)" not in shown
    assert repr(bytes(32)) not in shown.replace(repr(booth.fingerprint), "")
    assert "PrivateKey" not in shown


CANARY = b"CANARY"
"""Its 48 bits are the choices of the canary: distinctive as bits, bytes, numbers and text."""


def _spellings(choices: tuple[int, ...]) -> list[bytes]:
    chosen = [index for index, value in enumerate(choices) if value]
    texts = [
        separator.join(map(str, values))
        for values in (choices, chosen, [index + 1 for index in chosen])
        for separator in (",", ", ", " ", "")
    ]
    return [CANARY, CANARY[::-1], bytes(choices), bytes(chosen), *(text.encode() for text in texts)]


def test_no_choice_no_seed_and_no_receipt_is_in_any_file(
    tmp_path: Path, booth: Booth, capfd: pytest.CaptureFixture[str]
) -> None:
    seed = b"canary seed, thirty-two bytes ok"
    choices = tuple(int(bit) for bit in f"{int.from_bytes(CANARY, 'big'):048b}")
    names = tuple(f"Projet {number}" for number in range(48))
    plain = booth.contests[0].params
    assert isinstance(plain, ElectionParams)
    params = replace(plain, answers=names, min=1, max=48)
    shape = Shape(Form.MARKS, 48, 1, 48, 1)
    contest = BoothContest(1, shape, params, fingerprint(params.to_json_bytes()))
    booth = replace(booth, contests=(contest,))
    plan = StorePlan((ContestSlots(1, 4, contest.body_size),))
    roll = Roll(0, tuple(Elector(number, "Martin", "Camille") for number in (1, 2, 3)), bytes(16))
    settings = Settings(b"manifest", b"draft", booth.mode, booth.machine)
    with Store.create(tmp_path / "station.db", plan, roll, settings, os.urandom) as store:
        store.advance(State.OPEN, 0, EventKind.OPENED)
        recorder = recorder_of(store, booth, lambda length: seed if length == 32 else os.urandom(length))
        receipts = [recorder.cast(recorder.prepare({1: choices}), number) for number in (1, 2)]
        challenge = recorder.open(recorder.prepare({1: choices}))
        recorder.forget(recorder.prepare({1: choices}))
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert {path.name for path in files} == {"station.db", "station.db-journal"}
        written = b"".join(path.read_bytes() for path in files)
    written += b"".join(path.read_bytes() for path in files)
    written += "".join(capfd.readouterr()).encode()
    traces = [*_spellings(choices), seed, seed.hex().encode(), *receipts, *map(_payload, receipts)]
    for trace in traces:
        assert trace not in written
    assert bytes(choices) in challenge, "the same search finds what was opened"
    assert seed in challenge
    assert written.count(b"Camille") == 6


def _payload(statement: bytes) -> bytes:
    return read_statement(statement).payload


def test_slots_say_nothing_of_the_order_of_votes(
    make_store: MakeStore, booth: Booth, randomness: RandomBytes
) -> None:
    """Spearman's rank correlation of 200 visits with their slots stays below four sigma, also between contests."""
    visits = 200
    with make_store(slots=visits + 20, electors=visits + 1) as store:
        recorder = recorder_of(store, booth, randomness)
        drawn: dict[int, list[int]] = {item.contest: [] for item in booth.contests}
        free = {item.contest: set(store.free_slots(item.contest)) for item in booth.contests}
        for number in [number for number in range(1, visits + 2) if number != 3]:
            recorder.cast(recorder.prepare({}), number)
            for contest, before in free.items():
                now = set(store.free_slots(contest))
                drawn[contest] += before - now
                free[contest] = now
    first, second = drawn.values()
    assert len(first) == len(second) == visits
    assert _sigmas(first, range(visits)) < 4
    assert _sigmas(second, range(visits)) < 4
    assert _sigmas(first, second) < 4
    assert _sigmas(sorted(first), range(visits)) > 4, "an order is found where there is one"


def _sigmas(some: list[int] | range, others: list[int] | range) -> float:
    ranks = [_ranks(list(some)), _ranks(list(others))]
    count = len(ranks[0])
    distance = sum((one - other) ** 2 for one, other in zip(*ranks, strict=True))
    return float(abs(1 - 6 * distance / (count * (count**2 - 1))) * math.sqrt(count - 1))


def _ranks(values: list[int]) -> list[int]:
    order = {value: rank for rank, value in enumerate(sorted(values))}
    return [order[value] for value in values]


BALLOT_CODE = (
    "recorder",
    "booth",
    "store",
    "disk/vote",
    "disk/database",
    "disk/creation",
    "disk/journal",
    "disk/plan",
    "sticks/box",
)
FORBIDDEN = {"random", "uuid", "time", "datetime", "secrets", "numpy", "logging"}


def lint(source: str) -> set[str]:
    """What in a module could put an order, a time or a weak number beside a ballot."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names} & FORBIDDEN
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module.split(".")[0]} & FORBIDDEN
        elif isinstance(node, ast.Name) and node.id == "print":
            found.add("print")
    for word in ("AUTOINCREMENT", "rowid", "last_insert", "CURRENT_TIME", "strftime", "journal_mode=WAL"):
        if word.casefold() in source.casefold().replace("without rowid", ""):
            found.add(word)
    return found


def test_ballot_code_has_no_clock_no_weak_randomness_and_no_counter_of_rows() -> None:
    folder = Path(station.__file__).parent
    for name in BALLOT_CODE:
        assert lint((folder / f"{name}.py").read_text()) == set(), name
    assert lint("import random\nfrom time import time\nimport uuid\nprint(1)") == {
        "random",
        "time",
        "uuid",
        "print",
    }
    assert lint("'CREATE TABLE x (a INTEGER PRIMARY KEY AUTOINCREMENT)'") == {"AUTOINCREMENT"}
    schema = (folder / "schema.sql").read_text()
    assert "AUTOINCREMENT" not in schema.upper()


def test_every_state_but_open_refuses_a_visit_at_the_store(
    make_store: MakeStore, booth: Booth, randomness: RandomBytes
) -> None:
    with make_store(state=State.PAUSED) as store:
        recorder = recorder_of(store, booth, randomness)
        prepared = recorder.prepare(SELECTIONS)
        with pytest.raises(Refused) as refusal:
            recorder.cast(prepared, 1)
        assert refusal.value.code == "S-209"
        assert store.counts().marks == 0
