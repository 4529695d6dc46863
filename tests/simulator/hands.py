"""An office in the hands of an insider: sticks that are changed, machines and people that sign again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from keys.crypto.credentials import derive_credential, secret_key
from keys.crypto.elgamal import Ciphertext
from keys.crypto.group import Scalar, base_mul
from keys.crypto.randomness import system_draw
from keys.decrypting import decrypt
from keys.desk.options import check_paper
from keys.election.archive import Step
from keys.election.ballot import make_ballot_for
from keys.election.ballot_form import Ballot
from keys.election.box import set_digest
from keys.election.challenge import Challenge
from keys.election.documents import tally_to_json
from keys.election.events import Kind
from keys.election.packing import unpack
from keys.election.question import ElectionParams, fingerprint
from keys.election.record import Record
from keys.election.report import ClosingReport
from keys.election.statement import Mode, Role, StatementType, read_statement
from keys.paper.groups import fingerprint_text
from station.machine import MachineKeys, open_keys
from station.sticks.box import make_box
from tally.boxes.merge import import_box
from tests.simulator.forgery import Forgery
from tests.simulator.office import Office
from tests.simulator.vote import HeldVote

__all__ = ["Hands", "Rows", "Stick"]

Rows = dict[int, dict[bytes, bytes]]
"""Packed ballot by tracker, by contest."""
_R = TypeVar("_R", bound=Record)


@dataclass(slots=True)
class Stick:
    """What a machine exported, and the machine, which signs whatever it is told."""

    folder: Path
    insider: HeldVote
    machine: int

    @property
    def box(self) -> Path:
        return self.folder / "box.sqlite"

    def rows(self) -> Rows:
        """The ballots in the box."""
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(self.box.read_bytes())
            found: Rows = {}
            for contest, tracker, body in connection.execute("SELECT * FROM ballot"):
                found.setdefault(contest, {})[tracker] = body
        return found

    def put(self, rows: Rows) -> None:
        """Exchange the box; its report stays."""
        self.box.write_bytes(make_box(rows))

    def put_signed(self, rows: Rows, **fields: object) -> None:
        """Exchange the box, and have the machine sign its closing report anew."""
        self.put(rows)
        known: dict[str, object] = {
            "set_digest": set_digest(rows),
            "file_digest": hashlib.sha256(self.box.read_bytes()).digest(),
            "ballots": len(rows[0]),
        }
        self.change(StatementType.CLOSING_REPORT, ClosingReport, **(known | fields))

    def path(self, type_: StatementType) -> Path:
        """The statement of a type on the stick."""
        for path in sorted(self.folder.glob("*.cose")):
            if read_statement(path.read_bytes()).header.type is type_:
                return path
        raise LookupError(type_)

    def record(self, type_: StatementType, kind: type[_R]) -> _R:
        return kind.from_content(read_statement(self.path(type_).read_bytes()).content, "report")

    def change(self, type_: StatementType, kind: type[_R], **fields: Any) -> None:
        """Change a statement, signed again by the machine."""
        record: Any = self.record(type_, kind)
        self.sign(type_, replace(record, **fields), self.machine)

    def sign(self, type_: StatementType, content: Record, signer: int) -> None:
        """Put a statement by any machine in the place of the one of this type."""
        self.path(type_).write_bytes(
            self.insider.signed_by(Role.MACHINE, type_, content.to_content(), signer)
        )


@dataclass
class Hands:
    """An office, somebody else's vote, and the keys of all."""

    office: Office
    other: HeldVote
    """Another vote, with its rehearsal."""
    name: str = "m1"
    """The machine whose stick is brought."""
    paper: bytes | None = None
    """The digest on the signed paper report, if somebody kept it."""

    @cached_property
    def insider(self) -> HeldVote:
        """Everybody of this office."""
        office = self.office
        names = {machine.name: at for at, machine in enumerate(office.dossier.manifest.machines)}
        return HeldVote(
            root=office.root,
            folder=office.root / "office",
            public=office.root / "public",
            mode=Mode.OFFICIAL,
            fingerprint=office.dossier.fingerprint,
            authority=office.authority,
            trustees=office.trustees,
            machines={at: self.keys(name) for name, at in names.items()},
            cast=Challenge(bytes(32), bytes(32), ()),
            board=tuple(member.signing for member in office.board.values()),
        )

    def keys(self, name: str) -> MachineKeys:
        return open_keys(self.office.root / name, Mode.OFFICIAL, self.office.cards[name])

    @property
    def forgery(self) -> Forgery:
        """The officer's own folder, open to be changed."""
        return Forgery(self.insider, self.office.folder)

    def stick(self, name: str | None = None) -> Stick:
        name = name or self.name
        machines = self.office.dossier.manifest
        return Stick(
            self.office.root / "stick" / name, self.insider, machines.machine_named(name.split("-")[0])
        )

    def params(self, contest: int = 0) -> ElectionParams:
        found = self.office.dossier.manifest.params(contest)
        assert isinstance(found, ElectionParams)
        return found

    def read(self, body: bytes, contest: int = 0) -> Ballot:
        params = self.params(contest)
        return unpack(body, params, fingerprint(params.to_json_bytes()))

    def secret(self, name: str, row: int) -> Scalar:
        """A machine's private credential in the first contest."""
        uuid = self.params().uuid
        return secret_key(uuid, derive_credential(self.keys(name).credential_seed, uuid, row))

    def secret_of(self, name: str, credential: bytes) -> Scalar:
        """The private credential behind a public one."""
        room = self.office.dossier.manifest.definition.capacity(0)
        return next(
            found for row in range(room) if base_mul(found := self.secret(name, row)).raw == credential
        )

    def ballot(self, secret: Scalar, vote: tuple[int, ...] = (1, 0, 0)) -> Ballot:
        """A sound ballot in the first contest with any credential."""
        params = self.params()
        mark = fingerprint(params.to_json_bytes())
        return make_ballot_for(params, mark, base_mul(secret), vote, system_draw).sign(secret, system_draw)

    def total(
        self, contest: str, tally: Callable[[list[Ballot]], list[Ciphertext]], count: int | None = None
    ) -> None:
        """Write another total of a contest, made of its ballots, and ask for it."""
        forgery = self.forgery
        steps = forgery.steps(contest)
        ballots = [Ballot.parse(step.documents[0]) for step in steps if step.kind is Kind.BALLOT]
        number = len(ballots) if count is None else count
        steps[-1] = Step(Kind.ENCRYPTED_TALLY, (tally_to_json(tally(ballots)),), (number, number))
        forgery.archive(contest, steps)
        self.ask()

    def ask(self) -> None:
        """The authority asks for the archives as they are now."""
        forgery = self.forgery
        names = [item.id for item in self.office.dossier.manifest.definition.contests]
        archives = {name: forgery.steps(name) for name in names}
        heads = [bytes.fromhex(forgery.archive(name, steps)) for name, steps in archives.items()]
        counts = [sum(step.kind is Kind.BALLOT for step in steps) for steps in archives.values()]
        forgery.request(heads, counts)

    def bring(self) -> None:
        """Bring the stick; the officer types the digest from the paper, where there is one."""

        def compare(_machine: str, station: str, digest: bytes) -> None:
            if self.paper is not None:
                check_paper(digest, fingerprint_text(self.paper), station)

        office = self.office
        import_box(office.workspace, office.root / "stick" / self.name, compare, office.now())

    def open(self) -> None:
        """The first trustee opens."""
        trustee = self.office.trustees[0]
        decrypt(trustee, self.office.folder, self.office.root / trustee.name)
