"""A small vote as its machines see it: drafted, enrolled, sealed, with packages to load and cards to open them.

Two stations: one with a machine and its spare, one with a machine alone. Two contests, one of both stations and one of
the first alone. Made once; tests copy a machine's folder before they run its day.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from keys.desk.cards import Card
from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.roll import Elector, ElectorStatus
from keys.election.statement import Mode
from keys.holding import new_trustee
from station.day import Day, open_day
from station.loading import Loaded, load
from station.machine import enrol
from tally.preparing.defining import keep_rolls, new_vote, seal_vote
from tally.workspace import Workspace

__all__ = ["NOW", "PASSPHRASE", "PollingPlaces", "definition", "drafted", "seal_polling"]

NOW = 1_795_300_000
LOADED = 1_790_672_400
"""29 September 2026: before the day of every test."""
PASSPHRASE = b"a passphrase for tests"
ELECTORS = 12
STRUCK_OFF = 11
ENTITLED = ELECTORS - 1
"""Electors of the vote who may vote at a station: one is struck off."""
_bytes: Callable[[int], bytes] = secrets.token_bytes


def _contest(name: str, options: Iterable[str], most: int, stations: tuple[int, ...]) -> Contest:
    return Contest(
        id=name,
        title={"fr": f"Vote {name}", "en": f"Vote on {name}"},
        rule="approval",
        least=1,
        most=most,
        options=tuple(Option(id=str(at), name={"fr": text}) for at, text in enumerate(options, 1)),
        stations=stations,
        terms=Terms(seats=1),
        form="marks",
    )


def definition() -> Definition:
    """The vote; a demonstration, so that scripts may cast."""
    return Definition(
        title={"fr": "Votes de quartier", "en": "Neighbourhood votes"},
        town="Toulouse",
        opens="2026-10-04T08:00",
        closes="2026-10-04T18:00",
        timezone="Europe/Paris",
        languages=("fr", "en"),
        contests=(
            _contest("ville", ("Arbres", "Bancs", "Cour"), 2, (0, 1)),
            _contest("roguet", ("Dôme", "Été"), 1, (0,)),
        ),
        stations=(
            Station("b1", "Bureau 1 Roguet", "1 place Roguet", ELECTORS, ("m1", "m1-spare")),
            Station("b2", "Bureau 2 Lardenne", "", ELECTORS, ("m2",)),
        ),
        trustees=("Anne",),
        threshold=1,
        small_number=5,
        reserve=2,
        additions=2,
        proxies=2,
        proxies_at_desk=True,
        cards=3,
        help_phone="05 36 49 10 10",
        demonstration=True,
    )


@dataclass(frozen=True, slots=True)
class PollingPlaces:
    """A sealed vote before its day."""

    root: Path
    cards: Mapping[tuple[str, Mode], tuple[Card, ...]]
    fingerprints: Mapping[Mode, bytes]
    """Of the manifests."""

    @property
    def office(self) -> Path:
        """Folder of the returning officer."""
        return self.root / "office"

    def machine(self, name: str) -> Path:
        """Folder of a machine that has enrolled."""
        return self.root / name

    def package(self, name: str) -> Path:
        """What the town hall made for it."""
        return Workspace(self.office).package(name)

    def two(self, name: str, mode: Mode = Mode.OFFICIAL) -> tuple[Card, ...]:
        """Two cards of a machine."""
        return self.cards[name, mode][:2]

    def loaded(self, into: Path, name: str = "m1", mode: Mode = Mode.OFFICIAL) -> tuple[Path, Loaded]:
        """A copy of a machine that has loaded its package."""
        folder = into / name
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(self.machine(name), folder)
        return folder, load(folder, self.package(name), mode, self.two(name, mode), LOADED, _bytes)

    @contextmanager
    def opened(self, folder: Path, stick: Path, clock: Callable[[], int], name: str = "m1") -> Iterator[Day]:
        """A machine that was loaded, open, with its copy on a stick."""
        with open_day(folder, Mode.OFFICIAL, clock) as day:
            day.unlock(self.two(name))
            day.use_stick(stick, patience=60)
            day.open()
            yield day


def drafted(
    root: Path, defined: Definition
) -> tuple[Workspace, dict[tuple[str, Mode], tuple[Card, ...]], Path]:
    """Draft a vote, enrol its machines, let its trustees hand in; not sealed yet.

    Returns:
        The workspace of the officer, the cards, and the stick with what was handed in.
    """
    office, stick = root / "office", root / "stick"
    stick.mkdir(parents=True)
    new_vote(office, defined, PASSPHRASE, NOW, _bytes)
    rolls = {
        at: [
            Elector(
                number,
                f"Nom{number}",
                "Camille",
                born=f"1958-03-{number:02}",
                status=ElectorStatus.STRUCK_OFF if number == STRUCK_OFF else ElectorStatus.ENTITLED,
            )
            for number in range(1, station.electors + 1)
        ]
        for at, station in enumerate(defined.stations)
    }
    keep_rolls(office, rolls, _bytes)
    draft = (office / "draft.cose").read_bytes()
    cards = {}
    for name in (name for station in defined.stations for name in station.machines):
        for mode, (handed_in, made) in enrol(root / name, draft, name, _bytes).items():
            (stick / f"{name}-{mode.name.lower()}.cose").write_bytes(handed_in)
            cards[name, mode] = made
    for name in defined.trustees:
        (stick / f"{name}.cose").write_bytes(new_trustee(root / name, draft, name, PASSPHRASE))
    return Workspace(office), cards, stick


def seal_polling(root: Path, **changes: object) -> PollingPlaces:
    """Seal a vote.

    Args:
        root: An empty folder.
        changes: Fields of the definition that differ.
    """
    defined = replace(definition(), **changes)  # type: ignore[arg-type]
    workspace, cards, stick = drafted(root, defined)
    authority = workspace.open_authority(PASSPHRASE)
    sealed = seal_vote(workspace.folder, [stick], authority, NOW + 10, _bytes)
    prints = {Mode.OFFICIAL: sealed.fingerprint, Mode.REHEARSAL: sealed.rehearsal_fingerprint}
    return PollingPlaces(root, cards, prints)
