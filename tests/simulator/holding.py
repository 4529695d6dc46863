"""A vote of any definition held from its draft to its publication, through the functions that commands call.

Used with few electors by the tests of the templates and of the ballot forms, and by `scripts/published --whole` with
all ballots of a real vote; stations may then poll in processes of their own.
"""

from __future__ import annotations

import queue
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import Manager
from pathlib import Path
from typing import Any

from keys.confirming import confirm
from keys.decrypting import decrypt
from keys.desk.cards import Card
from keys.election.decision import Decision, DecisionKind
from keys.election.definition import Definition
from keys.election.forms import whole_contests
from keys.election.roll import Elector
from keys.election.statement import Mode
from keys.election.verification.pool import start_pool, submit
from keys.holding import Trustee
from keys.shuffling import shuffle_ballots
from station.day import Closing, Day, open_day
from station.loading import load
from station.machine import enrol
from station.recorder import Recorder
from station.script import play_all, read_script
from station.scripted import scripted_session
from tally.boxes.merge import import_box
from tally.decisions.deciding import decide
from tally.opening.answers import collect_decryptions, open_totals, request_opening
from tally.opening.shuffling import collect_shuffles
from tally.preparing.defining import collect_confirmations, keep_rolls, new_vote, seal_vote
from tally.publication.certify import certify
from tally.publication.publish import publish
from tally.results.all_contests import counted_contests
from tally.results.counted import Counted
from tally.workspace import Authority, Workspace
from tests.simulator.ceremony import make_keys

__all__ = [
    "NOW",
    "PASSPHRASE",
    "Held",
    "Poll",
    "Tell",
    "by_recorder",
    "by_script",
    "by_spendthrift",
    "hold",
    "spendthrift",
    "with_rolls",
]

NOW = 1_795_300_000
PASSPHRASE = b"a passphrase for tests"
_bytes: Callable[[int], bytes] = secrets.token_bytes

Tell = Callable[[str, int, int], None]
"""Told a stage, how much of it is done, and how much there is."""
Poll = Callable[[Day, Sequence[Any], Callable[[int], None]], bytes | None]
"""Casts the visits of an open machine and tells how many are cast; gives a challenge to be published, if any."""


def _nobody(_stage: str, _done: int, _all: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Held:
    """A vote that was held, and all who held it."""

    root: Path
    workspace: Workspace
    authority: Authority
    trustees: tuple[Trustee, ...]
    fingerprint: bytes
    """Of the manifest."""

    @property
    def public(self) -> Path:
        """The public folder, once it is published."""
        return self.root / "public"

    @property
    def stick(self) -> Path:
        """What was carried between people."""
        return self.root / "stick"

    def counted(self) -> tuple[Counted, ...]:
        """The contests, counted from their archives."""
        return counted_contests(self.workspace, self.workspace.dossier())[0]

    def draw_lots(self) -> None:
        """Decide every tie in the order of the question, as if a lot had been drawn in public."""
        while waiting := [
            (item.contest, item.outcome.ties[0]) for item in self.counted() if item.outcome.ties
        ]:
            for contest, tie in waiting:
                lot = Decision(
                    DecisionKind.TIE,
                    contest,
                    "a lot drawn in public",
                    NOW + 7000,
                    tie.step,
                    tie.options,
                    "lot",
                )
                decide(self.workspace, self.authority, lot)

    def publish(self) -> None:
        """Certify and publish."""
        certify(self.workspace, self.authority, NOW + 8000)
        publish(self.workspace, self.public, self.authority, NOW + 9000)


def by_recorder(
    day: Day, visits: Sequence[Mapping[int, tuple[int, ...]]], told: Callable[[int], None]
) -> bytes:
    """Cast selections by contest through the recorder; the first voter also checks the machine."""
    return _cast(day.recorder(), visits, told)


def by_spendthrift(
    day: Day, visits: Sequence[Mapping[int, tuple[int, ...]]], told: Callable[[int], None]
) -> bytes:
    """The same by a machine that lies: it holds nobody to a spending limit."""
    return _cast(spendthrift(day), visits, told)


def spendthrift(day: Day) -> Recorder:
    """The recorder of such a machine."""
    recorder = day.recorder()
    free = [replace(item, shape=replace(item.shape, spend=None)) for item in recorder._booth.contests]
    recorder._booth = replace(recorder._booth, contests=tuple(free))
    return recorder


def _cast(
    recorder: Recorder, visits: Sequence[Mapping[int, tuple[int, ...]]], told: Callable[[int], None]
) -> bytes:
    challenge = recorder.open(recorder.prepare(visits[0]))
    for elector, vote in enumerate(visits, 1):
        recorder.cast(recorder.prepare(vote), elector)
        told(elector)
    return challenge


def by_script(day: Day, visits: Sequence[str], told: Callable[[int], None]) -> None:
    """Play lines of a script through the session, as `station cast` does."""
    session, pin = scripted_session(day)
    play_all(session, day.manifest.definition, read_script("\n".join(visits)), pin, told)


def with_rolls(definition: Definition, electors: Sequence[int]) -> Definition:
    """The same vote for few electors, with the least that machines and thresholds need."""
    stations = tuple(
        replace(station, electors=number)
        for station, number in zip(definition.stations, electors, strict=True)
    )
    return replace(definition, stations=stations, small_number=1, reserve=1, cards=2)


def hold(
    root: Path,
    definition: Definition,
    visits: Sequence[Sequence[Any]],
    poll: Poll,
    *,
    tell: Tell = _nobody,
    workers: int = 1,
    count: bool = True,
) -> Held:
    """Hold a vote until its trustees have answered; nothing is certified yet.

    Args:
        root: An empty folder.
        definition: Of the vote; a station polls on its first machine, its spares are left out by a decision.
        visits: What `poll` takes, by station; as many as there are electors at most.
        poll: Casts them.
        tell: Told each stage.
        workers: Processes for polling and for checking ballots.
        count: Also open the totals; else that is left to who holds the vote.
    """
    held, cards = _seal(root, definition, tell)
    _poll(held, cards, visits, poll, tell, workers)
    _bring(held, definition, visits, tell, workers)
    request_opening(held.workspace, held.authority, NOW + 6000)
    ballots = sum(map(len, visits)) * len(definition.contests)
    _answer(held, definition.threshold, ballots, tell, workers)
    if count:
        collect_decryptions(held.workspace, [held.stick])
        open_totals(held.workspace)
    return held


def _seal(root: Path, definition: Definition, tell: Tell) -> tuple[Held, dict[str, tuple[Card, ...]]]:
    """Draft, enrol, make keys, seal, load and confirm."""
    folder, stick = root / "office", root / "stick"
    stick.mkdir(parents=True)
    new_vote(folder, definition, PASSPHRASE, NOW, _bytes)
    workspace = Workspace(folder)
    authority = workspace.open_authority(PASSPHRASE)
    keep_rolls(
        folder, {at: _roll(station.electors) for at, station in enumerate(definition.stations)}, _bytes
    )
    draft = (folder / "draft.cose").read_bytes()
    names = [name for station in definition.stations for name in station.machines]
    cards = {}
    for at, name in enumerate(names):
        tell("enrolling", at, len(names))
        cards[name] = _enrol(root / name, stick, draft, name)
    trustees = make_keys(root, stick, draft, definition.trustees, PASSPHRASE)
    sealed = seal_vote(folder, [stick], authority, NOW + 10, _bytes)
    for at, name in enumerate(names):
        tell("loading", at, len(names))
        loaded = load(root / name, workspace.package(name), Mode.OFFICIAL, cards[name], NOW + 50, _bytes)
        (stick / f"{name}-confirms.cose").write_bytes(loaded.confirmation)
    for trustee in trustees:
        (stick / f"{trustee.name}-confirms.cose").write_bytes(confirm(trustee, workspace.root))
    collect_confirmations(folder, [stick])
    return Held(root, workspace, authority, trustees, sealed.fingerprint), cards


def _roll(electors: int) -> list[Elector]:
    return [Elector(number, f"Nom{number}", "Camille") for number in range(1, electors + 1)]


def _enrol(folder: Path, stick: Path, draft: bytes, name: str) -> tuple[Card, ...]:
    made = enrol(folder, draft, name, _bytes)
    for mode, (statement, _) in made.items():
        (stick / f"{name}-{mode.name.lower()}.cose").write_bytes(statement)
    return made[Mode.OFFICIAL][1][:2]


@dataclass(frozen=True, slots=True)
class _Day:
    """What a machine does on the day; stands for itself, so that another process can hold it."""

    machine: Path
    cards: Sequence[Card]
    out: Path
    visits: Sequence[Any]
    poll: Poll

    def hold(self, told: Callable[[int], None]) -> bytes | None:
        """Open, poll, close, export; gives the challenge."""
        clock = iter(range(NOW + 100, NOW + 10**9))
        with open_day(self.machine, Mode.OFFICIAL, lambda: next(clock)) as day:
            day.unlock(self.cards)
            day.open(("P", "A"))
            challenge = self.poll(day, self.visits, told)
            day.close(Closing(len(self.visits)))
            day.export(self.out)
        return challenge

    def hold_apart(self, line: queue.Queue[int]) -> bytes | None:
        """The same in another process: each visit is told by a line."""
        return self.hold(line.put)


def _poll(
    held: Held,
    cards: Mapping[str, Sequence[Card]],
    visits: Sequence[Sequence[Any]],
    poll: Poll,
    tell: Tell,
    workers: int,
) -> None:
    names = [station.machines[0] for station in held.workspace.dossier().manifest.definition.stations]
    days = [
        _Day(held.root / name, cards[name], held.stick / name, share, poll)
        for name, share in zip(names, visits, strict=True)
    ]
    if workers == 1:
        made = [day.hold(_after(tell, "voting", at, visits)) for at, day in enumerate(days)]
    else:
        made = _poll_together(days, _after(tell, "voting", 0, visits), workers)
    for name, challenge in zip(names, made, strict=True):
        if challenge is not None:
            held.workspace.write(f"challenges/{name}.cose", challenge)


def _after(tell: Tell, stage: str, station: int, visits: Sequence[Sequence[Any]]) -> Callable[[int], None]:
    """Progress of a stage that goes from station to station, told the number of this one."""
    before, number = sum(map(len, visits[:station])), sum(map(len, visits))
    return lambda done: tell(stage, before + done, number)


def _poll_together(days: Sequence[_Day], told: Callable[[int], None], workers: int) -> list[bytes | None]:
    """Hold the days of several machines in processes of their own."""
    with Manager() as manager, start_pool(workers) as pool:
        line: queue.Queue[int] = manager.Queue()
        futures: list[Future[bytes | None]] = [submit(pool, day.hold_apart, line) for day in days]
        done = 0
        while wait(futures, timeout=0.5).not_done or not line.empty():
            while not line.empty():
                line.get()
                done += 1
            told(done)
        return [future.result() for future in futures]


def _bring(
    held: Held, definition: Definition, visits: Sequence[Sequence[Any]], tell: Tell, workers: int
) -> None:
    """Import the boxes; leave out the spares, and decide to open few ballots where they are few."""
    names = [machine.name for machine in held.workspace.dossier().manifest.machines]
    for at, station in enumerate(definition.stations):
        for spare in station.machines[1:]:
            left = Decision(DecisionKind.EXCLUSION, names.index(spare), "it never opened", NOW + 5500)
            decide(held.workspace, held.authority, left)
        told = _after(tell, "importing", at, visits)
        import_box(
            held.workspace,
            held.stick / station.machines[0],
            lambda *_: None,
            NOW + 5000,
            workers=workers,
            progress=_by_name(told),
        )
    if sum(map(len, visits)) < definition.small_number:
        for at in range(len(definition.contests)):
            few = Decision(DecisionKind.FEW_BALLOTS, at, "decided", NOW + 5600)
            decide(held.workspace, held.authority, few)


def _by_name(told: Callable[[int], None]) -> Callable[[str, int], None]:
    return lambda _name, done: told(done)


def _answer(held: Held, threshold: int, ballots: int, tell: Tell, workers: int) -> None:
    """As many trustees as are needed shuffle what must be shuffled, then open."""
    needed = held.trustees[:threshold]
    if whole_contests(held.workspace.dossier().manifest.definition):
        for at, trustee in enumerate(needed):
            with _stage(tell, "shuffling", at, len(needed), ballots) as progress:
                made = shuffle_ballots(
                    trustee,
                    held.workspace.root,
                    held.root / trustee.name,
                    workers=workers,
                    progress=progress,
                )
            path = held.stick / f"{trustee.name}-shuffles.cose"
            path.write_bytes(made)
            collect_shuffles(held.workspace, [path], end=at + 1 == len(needed))
    for at, trustee in enumerate(needed):
        with _stage(tell, "opening", at, len(needed), ballots) as progress:
            part = decrypt(
                trustee, held.workspace.root, held.root / trustee.name, workers=workers, progress=progress
            )
        (held.stick / f"{trustee.name}-opens.cose").write_bytes(part)


@contextmanager
def _stage(tell: Tell, stage: str, at: int, of: int, ballots: int) -> Iterator[Callable[[str, int], None]]:
    """Progress of one trustee of several who all check the same ballots."""
    tell(stage, at * ballots, of * ballots)
    yield _by_name(lambda done: tell(stage, at * ballots + done, of * ballots))
    tell(stage, (at + 1) * ballots, of * ballots)
