"""Contests of any ballot form held from the definition to the publication, through the functions that commands call.

One station, one machine, two trustees who are both needed. Used by the tests with samples of real votes, and by
`scripts/published --whole` with all of their ballots.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.roll import Elector
from keys.election.rules import Form
from keys.election.statement import Mode
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
from tally.workspace import Authority, Workspace

__all__ = ["FormVote", "contest_of", "hold_forms"]

NOW = 1_795_300_000
_PASSPHRASE = b"a passphrase for tests"
_bytes: Callable[[int], bytes] = secrets.token_bytes
Tell = Callable[[str], None]


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
    """A contest of the one station."""
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
    folder, stick, machine = root / "office", root / "stick", root / "m1"
    stick.mkdir(parents=True)
    defined = _definition(contests, len(votes))
    new_vote(folder, defined, _PASSPHRASE, NOW, _bytes)
    workspace = Workspace(folder)
    authority = workspace.open_authority(_PASSPHRASE)
    keep_rolls(folder, {0: [Elector(n, f"Nom{n}", "Camille") for n in range(1, len(votes) + 1)]}, _bytes)
    draft = (folder / "draft.cose").read_bytes()
    tell("enrolling")
    made = enrol(machine, draft, "m1", _bytes)
    for mode, (statement, _) in made.items():
        (stick / f"m1-{mode.name}.cose").write_bytes(statement)
    cards = made[Mode.OFFICIAL][1][:2]
    for name in defined.trustees:
        (stick / f"{name}.cose").write_bytes(new_trustee(root / name, draft, name, _PASSPHRASE))
    trustees = tuple(open_trustee(root / name, _PASSPHRASE) for name in defined.trustees)
    sealed = seal_vote(folder, [stick], authority, NOW + 10, _bytes)
    loaded = load(machine, workspace.package("m1"), Mode.OFFICIAL, cards, _bytes)
    (stick / "m1-confirms.cose").write_bytes(loaded.confirmation)
    for trustee in trustees:
        (stick / f"{trustee.name}-confirms.cose").write_bytes(confirm(trustee, workspace.root))
    collect_confirmations(folder, [stick])
    tell("voting")
    clock = iter(range(NOW + 100, NOW + 10**9))
    with open_day(machine, Mode.OFFICIAL, lambda: next(clock)) as day:
        day.unlock(cards)
        day.open(("P", "A"))
        recorder = day.recorder()
        challenge = recorder.open(recorder.prepare(votes[0]))
        for elector, vote in enumerate(votes, 1):
            recorder.cast(recorder.prepare(vote), elector)
        day.close(Closing(len(votes)))
        day.export(stick / "m1")
    workspace.write("challenges/m1.cose", challenge)
    tell("importing")
    import_box(workspace, stick / "m1", lambda *_: None, NOW + 5000)
    request_opening(workspace, authority, NOW + 6000)
    held = FormVote(root, workspace, authority, trustees, sealed.fingerprint, challenge)
    _open(held, tell)
    return held


def _open(held: FormVote, tell: Tell) -> None:
    tell("opening")
    for trustee in held.trustees:
        part = decrypt(trustee, held.workspace.root, held.root / trustee.name)
        path = held.root / "stick" / f"{trustee.name}-opens.cose"
        path.write_bytes(part)
        collect_decryptions(held.workspace, [path])
    open_totals(held.workspace)


def _definition(contests: Sequence[Contest], electors: int) -> Definition:
    return Definition(
        title={"fr": "Votes de quartier"},
        town="Toulouse",
        opens="2026-10-04T08:00",
        closes="2026-10-04T18:00",
        timezone="Europe/Paris",
        languages=("fr",),
        contests=tuple(replace(contest, stations=(0,)) for contest in contests),
        stations=(Station("b1", "Bureau 1", "", electors, ("m1",)),),
        trustees=("Anne", "Bilal"),
        threshold=2,
        small_number=1,
        reserve=1,
        cards=2,
    )
