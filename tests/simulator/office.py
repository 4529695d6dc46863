"""An office under way: a small vote that tests take step by step, with everybody's keys at hand.

Three stations with a machine each, and a spare for the first; a contest that all share and one of the third's own. A
copy of the folder is an office of its own, so that many tests begin at the same point.
"""

from __future__ import annotations

import dataclasses
import secrets
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from keys.board import Member, co_sign, new_member, open_member, read_vote
from keys.checking import Shown
from keys.confirming import confirm
from keys.decrypting import decrypt
from keys.desk.cards import Card
from keys.desk.files import load_statement
from keys.election.decision import Decision, DecisionKind
from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.dossier import Dossier
from keys.election.roll import Elector
from keys.election.statement import Mode
from keys.holding import Trustee
from station.day import Closing, open_day
from station.disk.additions import Added
from station.loading import load
from station.machine import enrol
from tally.boxes.merge import Import, import_box
from tally.decisions.deciding import decide, late_sets
from tally.opening.answers import collect_decryptions, open_totals, request_opening
from tally.preparing.defining import collect_confirmations, keep_rolls, new_vote, seal_vote
from tally.publication.certify import Certified, certify
from tally.publication.publish import publish
from tally.verify import Status, verify_folder
from tally.workspace import Authority, Workspace
from tests.simulator.ceremony import make_keys

__all__ = ["BOARD", "NOW", "Office", "failed"]

NOW = 1_795_300_000
BOARD = ("Chloé", "Driss", "Emma")
_WORDS = b"a passphrase for tests"
_SHARED = ((1, 0, 0), (1, 1, 0), (0, 1, 1), (), (1, 0, 1), (1, 0, 0))
_OWN = ((1, 0), (0, 1), (1, 0))


def _definition(**changes: object) -> Definition:
    defined = Definition(
        title={"fr": "Votes de quartier", "en": "Neighbourhood votes"},
        town="Agen",
        opens="2026-10-04T08:00",
        closes="2026-10-04T18:00",
        timezone="Europe/Paris",
        languages=("fr", "en"),
        contests=(
            _contest("ville", "approval", ("Arbres", "Bancs", "Cour"), 2, (0, 1, 2), Terms(seats=1)),
            _contest("lardenne", "plurality", ("Oui", "Non"), 1, (2,), Terms()),
        ),
        stations=(
            Station("b1", "Bureau 1", "", 14, ("m1", "m1bis")),
            Station("b2", "Bureau 2", "", 14, ("m2",)),
            Station("b3", "Bureau 3", "", 14, ("m3",)),
        ),
        trustees=("Anne", "Bilal"),
        threshold=2,
        board=BOARD,
        small_number=5,
        reserve=2,
        cards=2,
    )
    return dataclasses.replace(defined, **changes)  # type: ignore[arg-type]


def _contest(
    name: str, rule: str, options: Sequence[str], most: int, stations: tuple[int, ...], terms: Terms
) -> Contest:
    return Contest(
        id=name,
        title={"fr": f"Contest {name}"},
        rule=rule,
        least=1,
        most=most,
        options=tuple(Option(id=str(at), name={"fr": text}) for at, text in enumerate(options, 1)),
        stations=stations,
        terms=terms,
        form="marks",
    )


@dataclasses.dataclass(slots=True)
class Office:
    """The officer's folder, and everybody's beside it, below one root."""

    root: Path
    authority: Authority
    trustees: tuple[Trustee, ...]
    board: dict[str, Member]
    cards: dict[str, Sequence[Card]]
    clock: int = NOW + 5000
    rehearsal_cards: dict[str, Sequence[Card]] = dataclasses.field(default_factory=dict)

    @classmethod
    def sealed(cls, root: Path, **changes: object) -> Office:
        """Define, enrol, seal, load and confirm.

        Args:
            root: A new folder.
            changes: Fields of the definition that differ.
        """
        defined, stick = _definition(**changes), root / "stick"
        stick.mkdir(parents=True)
        new_vote(root / "office", defined, _WORDS, NOW, secrets.token_bytes)
        draft = (root / "office" / "draft.cose").read_bytes()
        office = cls(root, Workspace(root / "office").open_authority(_WORDS), (), {}, {})
        keep_rolls(root / "office", {at: _roll() for at in range(len(defined.stations))}, secrets.token_bytes)
        for name in _machines(defined):
            made = enrol(root / name, draft, name, secrets.token_bytes)
            for mode, (statement, _) in made.items():
                (stick / f"{name}-{mode.name}.cose").write_bytes(statement)
            office.cards[name] = made[Mode.OFFICIAL][1][:2]
            office.rehearsal_cards[name] = made[Mode.REHEARSAL][1][:2]
        office.trustees = make_keys(root, stick, draft, defined.trustees, _WORDS)
        for name in BOARD:
            for mode, raw in new_member(root / name, draft, name, _WORDS).items():
                (stick / f"{name}-{mode.name}.cose").write_bytes(raw)
            office.board[name] = open_member(root / name, _WORDS)
        seal_vote(root / "office", [stick], office.authority, NOW + 10, secrets.token_bytes)
        office._confirm(_machines(defined))
        return office

    def copy(self, root: Path) -> Office:
        """An office that stands where this one stands."""
        shutil.copytree(self.root, root)
        return dataclasses.replace(self, root=root, board=dict(self.board))

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root / "office")

    @property
    def folder(self) -> Path:
        """What will be published."""
        return self.workspace.root

    @property
    def dossier(self) -> Dossier:
        return self.workspace.dossier()

    def now(self) -> int:
        self.clock += 10
        return self.clock

    def hold(
        self,
        name: str,
        voters: Sequence[int] = range(1, 13),
        *,
        signatures: int | None = None,
        slips: int | None = None,
        as_name: str | None = None,
        lies: bool = False,
        added: Sequence[Added] = (),
    ) -> bytes:
        """Hold the day of a machine: one voter checks it, others vote; gives the challenge.

        Args:
            name: Of the machine.
            voters: Numbers on the roll.
            signatures: On the paper list, if they differ.
            slips: Of paper, if they are kept.
            as_name: Hold it in a copy of the machine, and export under this name.
            lies: Cast the ballot that was opened.
            added: Whom its officers add to the register.
        """
        machine = self.root / name
        if as_name is not None:
            machine = self.root / as_name
            shutil.copytree(self.root / name, machine)
        clock = iter(range(NOW + 100, NOW + 4000))
        station = {"m1": 0, "m1bis": 0, "m2": 1, "m3": 2}[name]
        with open_day(machine, Mode.OFFICIAL, lambda: next(clock)) as day:
            day.unlock(self.cards[name])
            day.open(("P", "A"))
            for person in added:
                day.add_elector(person)
            recorder = day.recorder()
            prepared = recorder.prepare({0: (1, 0, 0)})
            live = recorder._live
            challenge = recorder.open(prepared)
            voters = list(voters)
            if lies:
                recorder._live = live
                recorder.cast(prepared, voters.pop())
            for at, voter in enumerate(voters):
                own = {1: _OWN[at % 3]} if station == 2 else {}
                recorder.cast(recorder.prepare({0: _SHARED[at % 6], **own}), voter)
            count = len(voters) + lies
            day.close(Closing(count if signatures is None else signatures, slips))
            day.export(self.root / "stick" / (as_name or name))
        return challenge

    def bring(self, name: str) -> Import:
        """Import a box."""
        return import_box(self.workspace, self.root / "stick" / name, lambda *_: None, self.now())

    def decide(self, kind: DecisionKind, subject: int, reason: str = "decided", **content: object) -> bytes:
        """Have the authority decide."""
        if kind is DecisionKind.LATE_BOX and not content:
            before, after = late_sets(self.dossier, subject)
            content = {"before": before, "after": after}
        decision = Decision(kind, subject, reason, self.now(), **content)  # type: ignore[arg-type]
        return decide(self.workspace, self.authority, decision)

    def sign(self, name: str, *paths: Path) -> Path:
        """Have a board member sign papers; gives the folder with the signatures."""
        out = self.root / "signed" / name
        out.mkdir(parents=True, exist_ok=True)
        vote = read_vote(self.folder, Mode.OFFICIAL, self.root / name, lambda _: None)
        for path in paths:
            (out / path.name).write_bytes(co_sign(self.board[name], vote, load_statement(path)))
        return out

    def request(self, *, again: bool = False) -> None:
        """Ask for the opening."""
        request_opening(self.workspace, self.authority, self.now(), again=again)

    def answer(self, *opening: int) -> None:
        """Have trustees open, all where none is named, and count."""
        for at in opening or range(len(self.trustees)):
            path = self.root / "stick" / f"opens-{at}.cose"
            path.write_bytes(self.open(at))
            collect_decryptions(self.workspace, [path])
        open_totals(self.workspace)

    def open(self, at: int, show: Callable[[tuple[Shown, ...]], None] = lambda _: None) -> bytes:
        """Have one trustee open."""
        trustee = self.trustees[at]
        return decrypt(trustee, self.folder, self.root / trustee.name, show=show)

    def certify(self, *sources: Path) -> Certified:
        return certify(self.workspace, self.authority, self.now(), sources)

    def publish(self) -> Path:
        out = self.root / "public"
        publish(self.workspace, out, self.authority, self.now())
        return out

    def _confirm(self, machines: Sequence[str]) -> None:
        stick = self.root / "stick"
        for name in machines:
            package = self.workspace.package(name)
            loaded = load(
                self.root / name, package, Mode.OFFICIAL, self.cards[name], NOW + 50, secrets.token_bytes
            )
            (stick / f"{name}-confirms.cose").write_bytes(loaded.confirmation)
        for trustee in self.trustees:
            (stick / f"{trustee.name}-confirms.cose").write_bytes(confirm(trustee, self.folder))
        collect_confirmations(self.root / "office", [stick])


def _roll() -> list[Elector]:
    return [Elector(number, f"Nom{number}", "Camille") for number in range(1, 15)]


def _machines(definition: Definition) -> list[str]:
    return [name for station in definition.stations for name in station.machines]


def failed(public: Path) -> dict[str, set[str]]:
    """Steps of the verification that fail on a public folder, with their findings."""
    return {
        step.name: {finding.code for finding in step.findings}
        for step in verify_folder(public).steps
        if step.status is Status.FAILED
    }
