"""Contests of any ballot form held from the definition to the publication, through the functions that commands call.

One station for every 2,000 voters, a machine each; two trustees who are both needed. Used by the tests with samples
of real votes, and by `scripts/published --whole` with all of their ballots.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from keys.desk.cards import Card
from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.roll import Elector
from keys.election.rules import Form
from keys.election.statement import Mode
from keys.shuffling import shuffle_ballots
from keys.trustee import Trustee, confirm, decrypt, new_trustee, open_trustee
from station.day import Closing, open_day
from station.loading import load
from station.machine import enrol
from tally.certify import certify, counted_contests
from tally.defining import collect_confirmations, keep_rolls, new_vote, seal_vote
from tally.merge import import_box
from tally.opening import collect_decryptions, open_totals, request_opening
from tally.publish import publish
from tally.results import Counted
from tally.shuffling import collect_shuffles, whole_contests
from tally.workspace import Authority, Workspace

__all__ = ["FormVote", "contest_of", "hold_forms"]

NOW = 1_795_300_000
_PASSPHRASE = b"a passphrase for tests"
_bytes: Callable[[int], bytes] = secrets.token_bytes
_STATION = 2000
Tell = Callable[[str], None]
Votes = Sequence[Mapping[int, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class FormVote:
    """A vote that was held, and all who held it."""

    root: Path
    workspace: Workspace
    authority: Authority
    trustees: tuple[Trustee, ...]
    fingerprint: bytes
    """Of the manifest."""
    challenge: bytes
    """A visit that was opened to check the machine."""

    @property
    def public(self) -> Path:
        """The public folder, once it is published."""
        return self.root / "public"

    def counted(self) -> tuple[Counted, ...]:
        """The contests, counted from their archives."""
        return counted_contests(self.workspace, self.workspace.dossier())[0]

    def publish(self) -> None:
        """Certify and publish."""
        certify(self.workspace, self.authority, NOW + 8000)
        publish(self.workspace, self.public, self.authority, NOW + 9000)


def contest_of(
    name: str,
    form: Form,
    rule: str,
    options: Sequence[str],
    least: int,
    most: int,
    *,
    terms: Terms | None = None,
    costs: Sequence[int] = (),
    points_each: int | None = None,
    members: Mapping[int, Sequence[str]] | None = None,
) -> Contest:
    """A contest; `hold_forms` gives it to all stations."""
    return Contest(
        id=name,
        title={"fr": f"Contest {name}"},
        rule=rule,
        least=least,
        most=most,
        options=tuple(
            Option(
                id=str(at + 1),
                name={"fr": text},
                cost=costs[at] if costs else None,
                members=tuple(members[at]) if members else None,
            )
            for at, text in enumerate(options)
        ),
        stations=(0,),
        terms=terms or Terms(),
        form=form,
        currency="EUR" if costs else None,
        points_each=points_each,
    )


def hold_forms(
    root: Path,
    contests: Sequence[Contest],
    votes: Sequence[Mapping[int, tuple[int, ...]]],
    tell: Tell = lambda _: None,
) -> FormVote:
    """Hold a vote and open its totals; nothing is certified yet.

    Args:
        root: An empty folder.
        contests: Made by `contest_of`.
        votes: A visit each: selections by contest.
        tell: Told each stage.
    """
    folder, stick = root / "office", root / "stick"
    stick.mkdir(parents=True)
    shares = [votes[start : start + _STATION] for start in range(0, len(votes), _STATION)]
    defined = _definition(contests, [len(share) for share in shares])
    new_vote(folder, defined, _PASSPHRASE, NOW, _bytes)
    workspace = Workspace(folder)
    authority = workspace.open_authority(_PASSPHRASE)
    keep_rolls(folder, {at: _roll(len(share)) for at, share in enumerate(shares)}, _bytes)
    tell("enrolling")
    draft = (folder / "draft.cose").read_bytes()
    names = [station.machines[0] for station in defined.stations]
    cards = {name: _enrol(root / name, stick, draft, name) for name in names}
    for name in defined.trustees:
        (stick / f"{name}.cose").write_bytes(new_trustee(root / name, draft, name, _PASSPHRASE))
    trustees = tuple(open_trustee(root / name, _PASSPHRASE) for name in defined.trustees)
    sealed = seal_vote(folder, [stick], authority, NOW + 10, _bytes)
    for name in names:
        loaded = load(root / name, workspace.package(name), Mode.OFFICIAL, cards[name], _bytes)
        (stick / f"{name}-confirms.cose").write_bytes(loaded.confirmation)
    for trustee in trustees:
        (stick / f"{trustee.name}-confirms.cose").write_bytes(confirm(trustee, workspace.root))
    collect_confirmations(folder, [stick])
    challenge = b""
    for name, share in zip(names, shares, strict=True):
        tell(f"voting at {name}")
        challenge = _vote(root / name, cards[name], stick / name, share)
        workspace.write(f"challenges/{name}.cose", challenge)
        tell(f"importing {name}")
        import_box(workspace, stick / name, lambda *_: None, NOW + 5000)
    request_opening(workspace, authority, NOW + 6000)
    held = FormVote(root, workspace, authority, trustees, sealed.fingerprint, challenge)
    _open(held, tell)
    return held


def _roll(electors: int) -> list[Elector]:
    return [Elector(number, f"Nom{number}", "Camille") for number in range(1, electors + 1)]


def _enrol(folder: Path, stick: Path, draft: bytes, name: str) -> tuple[Card, ...]:
    made = enrol(folder, draft, name, _bytes)
    for mode, (statement, _) in made.items():
        (stick / f"{name}-{mode.name.lower()}.cose").write_bytes(statement)
    return made[Mode.OFFICIAL][1][:2]


def _vote(machine: Path, cards: Sequence[Card], out: Path, votes: Votes) -> bytes:
    """Let one voter check the machine, cast, export; gives the challenge."""
    clock = iter(range(NOW + 100, NOW + 10**9))
    with open_day(machine, Mode.OFFICIAL, lambda: next(clock)) as day:
        day.unlock(cards)
        day.open(("P", "A"))
        recorder = day.recorder()
        challenge = recorder.open(recorder.prepare(votes[0]))
        for elector, vote in enumerate(votes, 1):
            recorder.cast(recorder.prepare(vote), elector)
        day.close(Closing(len(votes)))
        day.export(out)
    return challenge


def _open(held: FormVote, tell: Tell) -> None:
    if whole_contests(held.workspace.dossier()):
        tell("shuffling")
        for trustee in held.trustees:
            made = shuffle_ballots(trustee, held.workspace.root, held.root / trustee.name)
            path = held.root / "stick" / f"{trustee.name}-shuffles.cose"
            path.write_bytes(made)
            collect_shuffles(held.workspace, [path])
    tell("opening")
    for trustee in held.trustees:
        part = decrypt(trustee, held.workspace.root, held.root / trustee.name)
        path = held.root / "stick" / f"{trustee.name}-opens.cose"
        path.write_bytes(part)
        collect_decryptions(held.workspace, [path])
    open_totals(held.workspace)


def _definition(contests: Sequence[Contest], electors: Sequence[int]) -> Definition:
    stations = tuple(range(len(electors)))
    return Definition(
        title={"fr": "Votes de quartier"},
        town="Toulouse",
        opens="2026-10-04T08:00",
        closes="2026-10-04T18:00",
        timezone="Europe/Paris",
        languages=("fr",),
        contests=tuple(replace(contest, stations=stations) for contest in contests),
        stations=tuple(Station(f"b{at}", f"Bureau {at}", "", electors[at], (f"m{at}",)) for at in stations),
        trustees=("Anne", "Bilal"),
        threshold=2,
        small_number=1,
        reserve=1,
        cards=2,
    )
