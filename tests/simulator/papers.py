"""All signed papers of a small vote, and of its rehearsal, any of which can be replaced by a lie.

Two stations with a machine each, two contests (the second at the first station only), two trustees and a
board of two. Everything follows from labels.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.crypto.group import base_mul, scalar
from keys.crypto.randomness import SeededDraw
from keys.crypto.trustees import TrusteeKey
from keys.election.decision import Decision, DecisionKind
from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.draft import Draft
from keys.election.enrolment import BoardMember, Confirmation, ContestCredentials, Enrolment, TrusteeFile
from keys.election.manifest import Manifest
from keys.election.record import Record
from keys.election.report import ClosingReport, PauseReport, ZeroReport
from keys.election.sealing import HandedIn, SealingFacts, assemble
from keys.election.statement import (
    NO_CONTEXT,
    Header,
    Mode,
    Role,
    Statement,
    StatementType,
    read_statement,
    sign_statement,
)

__all__ = ["DEFINITION", "Papers", "key", "sign"]

Change = Callable[[Any], Any]


def key(label: str) -> Ed25519PrivateKey:
    """A signing key that follows from a label."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(label.encode()).digest())


def public(label: str) -> bytes:
    return key(label).public_key().public_bytes_raw()


def sign(
    label: str, type_: StatementType, mode: Mode, context: bytes, role: Role, content: Record, signer: int | None = None
) -> bytes:  # fmt: skip
    return sign_statement(Header(type_, mode, context, role, signer), content.to_content(), key(label))


def _contest(name: str, stations: tuple[int, ...]) -> Contest:
    options = tuple(Option(id=str(n), name={"fr": f"Projet {n}"}) for n in (1, 2))
    return Contest(name, {"fr": name.title()}, "approval", 1, 2, options, stations, Terms(), "marks")


DEFINITION = Definition(
    title={"fr": "Budget participatif"},
    town="Toulouse",
    opens="2022-10-03T08:00",
    closes="2022-10-03T18:00",
    timezone="Europe/Paris",
    languages=("fr",),
    contests=(_contest("ville", (0, 1)), _contest("quartier", (0,))),
    stations=(
        Station("b1", "Bureau 1", "rue Une", 2, ("m1",)),
        Station("b2", "Bureau 2", "rue Deux", 2, ("m2",)),
    ),
    trustees=("Anne", "Bruno"),
    threshold=2,
    board=("Chloé", "Denis"),
    signers=1,
    reserve=1,
)


@dataclass(frozen=True, slots=True, eq=False)
class Papers:
    """The papers of one mode; fields that are functions change a record before it is signed."""

    mode: Mode = Mode.OFFICIAL
    definition: Definition = DEFINITION
    manifest_change: Change = lambda manifest: manifest

    @property
    def draft_record(self) -> Draft:
        return Draft(
            self.definition,
            tuple(f"officiaLContest{'ABCDEFGH'[at]}" for at in range(2)),
            tuple(f"RehearsaLContest{'ABCDEFGH'[at]}" for at in range(2)),
            public("authority"), bytes(32), 1_664_000_000, "Isoloir test",
        )  # fmt: skip

    @property
    def draft(self) -> Statement:
        raw = sign(
            "authority", StatementType.DRAFT, Mode.OFFICIAL, NO_CONTEXT, Role.AUTHORITY, self.draft_record
        )
        return read_statement(raw)

    def enrolment(self, at: int, change: Change = lambda enrolment: enrolment, signer: str = "") -> Statement:
        """The enrolment of a machine, m1 or m2."""
        return read_statement(_enrolment(self, at, change, signer or f"machine {self.mode} {at}"))

    def trustee(self, at: int, change: Change = lambda file: file, signer: str = "") -> Statement:
        """The file of a trustee; the rehearsal has one, number 2."""
        who = signer or f"trustee {at}"
        secret = SeededDraw(bytes(32), f"secret {at}".encode())
        share = TrusteeKey.generate(secret).public(secret).to_json().encode()
        name = ("Anne", "Bruno", "rehearsal")[at]
        file = change(TrusteeFile(name, public(who), share))
        return self._own(who, StatementType.TRUSTEE, Role.TRUSTEE, file)

    def member(self, at: int, change: Change = lambda member: member, signer: str = "") -> Statement:
        """The file of a member of the board."""
        who = signer or f"board {at}"
        member = change(BoardMember(("Chloé", "Denis")[at], public(who)))
        return self._own(who, StatementType.BOARD_MEMBER, Role.BOARD, member)

    def _own(self, who: str, type_: StatementType, role: Role, content: Record) -> Statement:
        return read_statement(sign(who, type_, self.mode, self.draft.fingerprint, role, content))

    @property
    def given(self) -> HandedIn:
        trustees = (0, 1) if self.mode is Mode.OFFICIAL else (2,)
        return HandedIn(
            [self.enrolment(at) for at in (0, 1)],
            [self.trustee(at) for at in trustees],
            [self.member(at) for at in (0, 1)],
        )

    @property
    def facts(self) -> SealingFacts:
        secret = bytes(32) if self.mode is Mode.REHEARSAL else None
        return SealingFacts(
            self.definition, (b"r" * 32,) * 2, 1_664_100_000, "Isoloir test", rehearsal_secret=secret
        )

    @property
    def manifest_record(self) -> Manifest:
        made = assemble(self.draft_record, self.draft.fingerprint, self.mode, self.given, self.facts)
        changed: Manifest = self.manifest_change(made)
        return changed

    def manifest(self, twin: bytes | None = None) -> Statement:
        """The manifest, signed by the authority."""
        record = self.manifest_record
        record = dataclasses.replace(record, twin=twin) if twin else record
        return self._own("authority", StatementType.MANIFEST, Role.AUTHORITY, record)

    def after(
        self, who: str, type_: StatementType, role: Role, content: Record, signer: int | None = None
    ) -> Statement:
        """A statement made after sealing."""
        return read_statement(sign(who, type_, self.mode, self.context, role, content, signer))

    @property
    def context(self) -> bytes:
        """The fingerprint of the manifest."""
        return _context(self)

    def confirmation(self, at: int, role: Role, change: Change = lambda item: item) -> Statement:
        who = f"machine {self.mode} {at}" if role is Role.MACHINE else f"trustee {at}"
        own = self.enrolment(at) if role is Role.MACHINE else self.trustee(at)
        content = change(Confirmation(self.context, own.fingerprint))
        return self.after(who, StatementType.CONFIRMATION, role, content, at)

    def zero(self, at: int, change: Change = lambda item: item) -> Statement:
        who = f"machine {self.mode} {at}"
        report = ZeroReport(1_664_780_400, 2, 0, 0, 3, public(who), "Isoloir test")
        return self.after(who, StatementType.ZERO_REPORT, Role.MACHINE, change(report), at)

    def pause(self, at: int, previous: bytes, marks: int = 1, *, reopening: bool = False) -> Statement:
        type_ = StatementType.REOPENING_REPORT if reopening else StatementType.PAUSE_REPORT
        report = PauseReport(1_664_790_400, marks, previous)
        return self.after(f"machine {self.mode} {at}", type_, Role.MACHINE, report, at)

    def closing(self, at: int, previous: bytes, zero: bytes) -> Statement:
        report = ClosingReport(1_664_816_400, 2, 0, 0, 0, bytes(32), bytes(32), previous, zero)
        return self.after(f"machine {self.mode} {at}", StatementType.CLOSING_REPORT, Role.MACHINE, report, at)

    def decision(self, role: Role, signer: int | None = None, reason: str = "Panne") -> Statement:
        who = "authority" if role is Role.AUTHORITY else f"board {signer}"
        content = Decision(DecisionKind.EXCLUSION, 1, reason, 1_664_820_000)
        return self.after(who, StatementType.DECISION, role, content, signer)

    @property
    def files(self) -> dict[str, bytes]:
        """As they lie in the public folder, up to the closing of both machines."""
        given = self.given
        files = {"draft.cose": self.draft, "manifest.cose": self.manifest()}
        files |= {f"enrolments/m{at}.cose": item for at, item in enumerate(given.enrolments, 1)}
        files |= {f"trustees/t{at}.cose": item for at, item in enumerate([*given.trustees, *given.board])}
        for at in (0, 1):
            zero = self.zero(at)
            files[f"confirmations/m{at}.cose"] = self.confirmation(at, Role.MACHINE)
            files[f"reports/zero-{at}.cose"] = zero
            files[f"reports/closing-{at}.cose"] = self.closing(at, zero.fingerprint, zero.fingerprint)
        for at in (0, 1) if self.mode is Mode.OFFICIAL else ():
            files[f"confirmations/t{at}.cose"] = self.confirmation(at, Role.TRUSTEE)
        return {path: statement.raw for path, statement in files.items()}


@cache
def _context(papers: Papers) -> bytes:
    return papers.manifest().fingerprint


@cache
def _points(mode: Mode, at: int, contest: int, count: int) -> bytes:
    start = 1 + 10_000 * mode + 1_000 * at + 100 * contest
    return b"".join(base_mul(scalar(start + n)).raw for n in range(count))


def _enrolment(papers: Papers, at: int, change: Change, who: str) -> bytes:
    room = papers.definition.capacity(at)
    style = papers.definition.style(at)
    record = Enrolment(
        station=at, machine=f"m{at + 1}", public_key=public(who), box_key=bytes([9]) * 32,
        credentials=tuple(ContestCredentials(c, _points(papers.mode, at, c, room)) for c in style),
        cards=5, program="Isoloir test",
    )  # fmt: skip
    context = papers.draft.fingerprint
    return sign(who, StatementType.ENROLMENT, papers.mode, context, Role.MACHINE, change(record))
