"""A whole small vote in a folder, from its definition to its publication, through the functions that commands call.

Two stations with a machine each, a spare that never opens and is left out by a decision, a contest that both share
and one of each station's own, one of them decided by a lot, a voter who checked the machine. Beside the public folder
it keeps everybody's keys, so that tests can lie in anybody's name.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.confirming import confirm
from keys.decrypting import decrypt
from keys.desk.cards import Card
from keys.election.challenge import Challenge, OpenedBallot
from keys.election.decision import Decision, DecisionKind
from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.enrolment import BoardMember
from keys.election.roll import Elector
from keys.election.statement import Header, Mode, Role, StatementType, sign_statement
from keys.holding import Trustee, new_trustee, open_trustee, rehearsal_trustee
from station.day import Closing, open_day
from station.loading import load
from station.machine import MachineKeys, enrol, open_keys
from station.recorder import Recorder
from tally.boxes.merge import import_box
from tally.decisions.deciding import decide
from tally.opening.answers import collect_decryptions, open_totals, request_opening
from tally.preparing.defining import collect_confirmations, keep_rolls, new_vote, seal_vote
from tally.publication.certify import certify
from tally.publication.publish import publish
from tally.workspace import Authority, Workspace

__all__ = ["BALLOTS", "NOW", "HeldVote", "hold_both", "hold_vote"]

NOW = 1_795_300_000
BALLOTS = 12
"""Cast on each machine that opens."""
_bytes: Callable[[int], bytes] = secrets.token_bytes
_PASSPHRASE = b"a passphrase for tests"
_SHARED = ((1, 0, 0), (1, 1, 0), (0, 1, 1), (), (1, 0, 1), (1, 0, 0))
_OWN: Mapping[int, Sequence[tuple[int, ...]]] = {
    1: ((1, 0, 0), (0, 1, 0), (0, 1, 1), (), (1, 0, 0), (0, 1, 0)),
    2: ((1, 0), (0, 1), (1, 0), (0, 1), (), ()),  # a tie
}


@dataclass(frozen=True, slots=True)
class HeldVote:
    """The vote and everybody's keys."""

    root: Path
    """Everything that was written: sticks, machines, people."""
    folder: Path
    """Of the officer."""
    public: Path
    mode: Mode
    fingerprint: bytes
    """Of the manifest."""
    authority: Authority
    trustees: tuple[Trustee, ...]
    machines: Mapping[int, MachineKeys]
    """Of the machines that opened, by number."""
    cast: Challenge
    """Opens a visit that was cast on the last machine."""
    board: Sequence[Ed25519PrivateKey] = ()
    twin: HeldVote | None = None
    """The rehearsal of the same vote, if it was held."""

    def signed(self, type_: StatementType, content: Mapping[int, object], signer: int | None = None) -> bytes:
        """A statement of this vote by whoever signs such statements; the authority where nobody is named."""
        role = Role.AUTHORITY
        if signer is not None:
            trustee = type_ in {StatementType.DECRYPTION, StatementType.CONFIRMATION}
            role = Role.TRUSTEE if trustee else Role.MACHINE
        return self.signed_by(role, type_, content, signer)

    def signed_by(
        self, role: Role, type_: StatementType, content: Mapping[int, object], signer: int | None
    ) -> bytes:
        """A statement of this vote by anybody."""
        key = self.authority.signing
        if signer is not None:
            key = {
                Role.TRUSTEE: lambda: self.trustees[signer].signing,
                Role.MACHINE: lambda: self.machines[signer].signing,
                Role.BOARD: lambda: self.board[signer],
            }[role]()
        return sign_statement(Header(type_, self.mode, self.fingerprint, role, signer), content, key)


def definition() -> Definition:
    """Two stations, three contests."""
    return Definition(
        title={"fr": "Votes de quartier", "en": "Neighbourhood votes"},
        town="Toulouse",
        opens="2026-10-04T08:00",
        closes="2026-10-04T18:00",
        timezone="Europe/Paris",
        languages=("fr", "en"),
        contests=(
            _contest("ville", "approval", ("Arbres", "Bancs", "Cour"), 2, (0, 1), Terms(seats=1)),
            _contest("roguet", "budget-greedy", ("Dôme", "Été", "Fête"), 2, (0,), Terms(budget=50), costs=20),
            _contest("lardenne", "plurality", ("Oui", "Non"), 1, (1,), Terms()),
        ),
        stations=(
            Station("b1", "Bureau 1 Roguet", "1 place Roguet", 14, ("m1",)),
            Station("b2", "Bureau 2 Lardenne", "", 14, ("m2", "m2bis")),
        ),
        trustees=("Anne", "Bilal"),
        threshold=2,
        board=("Chloé",),
        small_number=5,
        reserve=2,
        cards=2,
    )


def _contest(
    name: str,
    rule: str,
    options: Sequence[str],
    most: int,
    stations: tuple[int, ...],
    terms: Terms,
    costs: int | None = None,
) -> Contest:
    return Contest(
        id=name,
        title={"fr": f"Contest {name}"},
        rule=rule,
        least=1,
        most=most,
        options=tuple(
            Option(id=str(at), name={"fr": text}, cost=costs) for at, text in enumerate(options, 1)
        ),
        stations=stations,
        terms=terms,
        form="marks",
        currency=None if costs is None else "EUR",
    )


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A vote and its rehearsal before the day."""

    root: Path
    authority: Authority
    trustees: tuple[Trustee, ...]
    cards: Mapping[tuple[str, Mode], tuple[Card, ...]]
    fingerprints: Mapping[Mode, bytes]
    context: bytes

    @property
    def names(self) -> list[str]:
        return [name for station in definition().stations for name in station.machines]


def hold_vote(root: Path, mode: Mode = Mode.OFFICIAL) -> HeldVote:
    """Hold the vote.

    Args:
        root: An empty folder.
        mode: The vote, or its rehearsal, which has one trustee whose key is published.
    """
    return _hold(_seal(root), mode)


def hold_both(root: Path) -> HeldVote:
    """Hold the rehearsal, then the vote; the same people seal both at once."""
    sealed = _seal(root)
    rehearsal = _hold(sealed, Mode.REHEARSAL)
    return replace(_hold(sealed, Mode.OFFICIAL), twin=rehearsal)


def _seal(root: Path) -> _Sealed:
    folder, stick = root / "office", root / "stick"
    stick.mkdir(parents=True)
    defined = definition()
    context = new_vote(folder, defined, _PASSPHRASE, NOW, _bytes)
    authority = Workspace(folder).open_authority(_PASSPHRASE)
    keep_rolls(folder, {at: _roll(station.electors) for at, station in enumerate(defined.stations)}, _bytes)
    draft = (folder / "draft.cose").read_bytes()
    cards: dict[tuple[str, Mode], tuple[Card, ...]] = {}
    for name in (name for station in defined.stations for name in station.machines):
        cards |= {(name, mode): own for mode, own in _enrol(root / name, stick, draft, name).items()}
    trustees = tuple(_trustee(root / name, stick, draft, name) for name in defined.trustees)
    _board(stick, context, defined.board)
    sealed = seal_vote(folder, [stick], authority, NOW + 10, _bytes)
    prints = {Mode.OFFICIAL: sealed.fingerprint, Mode.REHEARSAL: sealed.rehearsal_fingerprint}
    return _Sealed(root, authority, trustees, cards, prints, context)


def _hold(sealed: _Sealed, mode: Mode) -> HeldVote:
    root, authority = sealed.root, sealed.authority
    workspace, stick = Workspace(root / "office", mode), root / "stick" / mode.name.lower()
    stick.mkdir()
    machines = {}
    for number, name in enumerate(sealed.names):
        own = sealed.cards[name, mode]
        _load(workspace.folder, root / name, stick, name, own, mode)
        if not name.endswith("bis"):
            machines[number] = open_keys(root / name, mode, own)
    trustees = sealed.trustees
    if mode is Mode.REHEARSAL:
        secret = workspace.dossier().manifest.rehearsal_secret
        trustees = (rehearsal_trustee(secret or b"", sealed.context)[0],)
    for trustee in trustees if mode is Mode.OFFICIAL else ():
        (stick / f"{trustee.name}-confirms.cose").write_bytes(confirm(trustee, workspace.root))
    collect_confirmations(workspace.folder, [stick])
    for number in machines:
        name = sealed.names[number]
        challenge, cast = _vote(root / name, mode, sealed.cards[name, mode], stick / name, number)
        workspace.write(f"challenges/{name}.cose", challenge)
        import_box(workspace, stick / name, lambda *_: None, NOW + 5000)
    _finish(workspace, authority, {trustee: root / trustee.name for trustee in trustees}, stick)
    public = root / f"public-{mode.name.lower()}"
    publish(workspace, public, authority, NOW + 9000)
    return HeldVote(
        root, workspace.folder, public, mode, sealed.fingerprints[mode], authority, trustees, machines, cast
    )


def _finish(
    workspace: Workspace, authority: Authority, trustees: Mapping[Trustee, Path], stick: Path
) -> None:
    """Leave out the spare, open, draw the lot, certify."""
    names = [machine.name for machine in workspace.dossier().manifest.machines]
    left_out = Decision(DecisionKind.EXCLUSION, names.index("m2bis"), "never opened", NOW + 5100)
    decide(workspace, authority, left_out)
    request_opening(workspace, authority, NOW + 6000)
    for trustee, folder in trustees.items():
        memory = folder if workspace.mode is Mode.OFFICIAL else None
        path = stick / f"{trustee.name}-opens.cose"
        path.write_bytes(decrypt(trustee, workspace.root, memory, workspace.mode))
        collect_decryptions(workspace, [path])
    open_totals(workspace)
    lot = Decision(DecisionKind.TIE, 2, "a lot drawn in public", NOW + 7000, "place-1", (1, 0), "lot")
    decide(workspace, authority, lot)
    certify(workspace, authority, NOW + 8000)


def _roll(electors: int) -> list[Elector]:
    return [Elector(number, f"Nom{number}", "Camille") for number in range(1, electors + 1)]


def _enrol(folder: Path, stick: Path, draft: bytes, name: str) -> dict[Mode, tuple[Card, ...]]:
    made = enrol(folder, draft, name, _bytes)
    for mode, (statement, _) in made.items():
        (stick / f"{name}-{mode.name.lower()}.cose").write_bytes(statement)
    return {mode: cards[:2] for mode, (_, cards) in made.items()}


def _trustee(folder: Path, stick: Path, draft: bytes, name: str) -> Trustee:
    (stick / f"{name}.cose").write_bytes(new_trustee(folder, draft, name, _PASSPHRASE))
    return open_trustee(folder, _PASSPHRASE)


def _board(stick: Path, context: bytes, names: Sequence[str]) -> None:
    for name in names:
        key = Ed25519PrivateKey.generate()
        member = BoardMember(name, key.public_key().public_bytes_raw())
        for mode in Mode:
            header = Header(StatementType.BOARD_MEMBER, mode, context, Role.BOARD)
            raw = sign_statement(header, member.to_content(), key)
            (stick / f"board-{name}-{mode.name.lower()}.cose").write_bytes(raw)


def _load(folder: Path, machine: Path, stick: Path, name: str, cards: Sequence[Card], mode: Mode) -> None:
    package = Workspace(folder).package(name)
    loaded = load(machine, package, mode, cards, NOW + 50, _bytes)
    (stick / f"{name}-confirms.cose").write_bytes(loaded.confirmation)


def _vote(
    machine: Path, mode: Mode, cards: Sequence[Card], out: Path, number: int
) -> tuple[bytes, Challenge]:
    """Open, let one voter check the machine, cast, pause and go on, close, export.

    Returns:
        The challenge, and one that opens a visit which was cast: no honest machine signs that.
    """
    clock = iter(range(NOW + 100 + number, NOW + 4000))
    with open_day(machine, mode, lambda: next(clock)) as day:
        day.unlock(cards)
        day.open(("P", "A"))
        recorder = day.recorder()
        challenge = recorder.open(recorder.prepare({0: (1, 0, 0)}))
        for visit in range(BALLOTS):
            own = _OWN[1 + number]
            chosen = {0: _SHARED[visit % len(_SHARED)], 1 + number: own[visit % len(own)]}
            prepared = recorder.prepare(chosen)
            if visit == 0:
                cast = _opened(recorder)
            recorder.cast(prepared, visit + 1)
            if visit == BALLOTS // 2:
                day.pause("lunch")
                day.reopen()
        day.note_incident("the lamp failed")
        day.close(Closing(BALLOTS))
        day.export(out)
    return challenge, cast


def _opened(recorder: Recorder) -> Challenge:
    """What the machine could sign about the visit it has just prepared."""
    live = recorder._live
    assert live is not None
    ballots = tuple(
        OpenedBallot(part.item.contest, part.choices, part.unsigned.credential.raw) for part in live.parts
    )
    return Challenge(live.seed, live.prepared.commitment, ballots)
