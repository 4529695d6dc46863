"""The dossier: all signed papers of one vote in one mode, opened and checked against each other.

`keys decrypt` and `tally verify` check the same dossier, step by step, before either believes an archive.
Pure: it is given the bytes of the files by their path in the public folder, and opens none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from keys.crypto.credentials import sort_credentials
from keys.crypto.group import Point
from keys.election.chain import REPORTS, MachineDay, read_day
from keys.election.decision import AFTER_OPENING, Decision, DecisionKind
from keys.election.documents import credentials_to_json
from keys.election.draft import Draft, open_draft
from keys.election.enrolment import Confirmation, Enrolment
from keys.election.figures import check_roll
from keys.election.interruption import check_spoken_for
from keys.election.manifest import Manifest, open_manifest
from keys.election.sealing import HandedIn, check_sealed, open_enrolment
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from keys.election.twins import check_folder_mode
from keys.findings import Refused

__all__ = ["Dossier", "MachineDay", "SignedDecision", "read_dossier"]


@dataclass(frozen=True, slots=True)
class SignedDecision:
    """A decision with those who signed it."""

    decision: Decision
    fingerprint: bytes
    by_authority: bool
    board: frozenset[int]
    """Indices of the board members who signed."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A vote whose papers fit together."""

    draft: Draft
    draft_fingerprint: bytes
    manifest: Manifest
    fingerprint: bytes
    """Of the manifest: the context of all later statements."""
    mode: Mode
    enrolments: tuple[Enrolment, ...]
    """By machine, in the order of the manifest."""
    confirmed_machines: frozenset[int]
    confirmed_trustees: frozenset[int]
    days: tuple[MachineDay, ...]
    """By machine."""
    decisions: tuple[SignedDecision, ...] = ()
    others: Mapping[str, Statement] = field(default_factory=dict)
    """Statements of other folders, by path: read, not yet verified."""

    def key_of(self, statement: Statement) -> bytes:
        """The public key that a statement's role and signer number name.

        Raises:
            Refused: V-207, nobody of that number has that role.
        """
        role, signer = statement.header.role, statement.header.signer
        if role is Role.AUTHORITY and signer is None:
            return self.manifest.authority_key
        rows: Sequence[bytes] = {
            Role.MACHINE: [machine.public_key for machine in self.manifest.machines],
            Role.TRUSTEE: [trustee.signing_key for trustee in self.manifest.trustees],
            Role.BOARD: [member.signing_key for member in self.manifest.board],
        }.get(role, [])
        if signer is None or signer >= len(rows):
            raise Refused("V-207", statement.name)
        return rows[signer]

    def open(self, statement: Statement, type_: StatementType, role: Role) -> Mapping[int, object]:
        """Check type, mode, context, role and signature of a statement of this vote; return its content.

        Raises:
            Refused: V-102, V-103, V-104, V-207.
        """
        statement.expect(type_, self.mode, self.fingerprint, role)
        statement.verify(self.key_of(statement))
        return statement.content

    def credentials_of(self, machine: int, contest: int) -> frozenset[bytes]:
        """Public credentials of a machine in a contest, 32 little-endian bytes each."""
        for part in self.enrolments[machine].credentials:
            if part.contest == contest:
                return frozenset(part.split())
        return frozenset()

    def setup_of(self, contest: int) -> tuple[bytes, bytes, bytes]:
        """Election, trustees and credentials of a contest, as its archive begins with them."""
        machines = self.machines_of(contest)
        points = [Point.unchecked(raw) for at in machines for raw in self.credentials_of(at, contest)]
        credentials = credentials_to_json(sort_credentials(points))
        return self.manifest.params(contest).to_json_bytes(), self.manifest.trustees_json, credentials

    def machines_of(self, contest: int) -> tuple[int, ...]:
        """Indices of the machines that hold a contest."""
        return tuple(
            at
            for at, machine in enumerate(self.manifest.machines)
            if contest in self.manifest.styles[machine.station]
        )

    def excluded(self) -> frozenset[int]:
        """Machines that a decision leaves out, and no later one takes in again with a late box."""
        left_out = {item.subject for item in self.decided(DecisionKind.EXCLUSION)}
        return frozenset(left_out - {item.subject for item in self.decided(DecisionKind.LATE_BOX)})

    def decided(self, kind: DecisionKind) -> tuple[Decision, ...]:
        """The effective decisions of a kind."""
        return tuple(signed.decision for signed in self.effective_decisions() if signed.decision.kind is kind)

    def opening_decisions(self) -> tuple[bytes, ...]:
        """Fingerprints, rising, of the decisions that settle what is opened; ties and figures come after."""
        return tuple(
            sorted(
                item.fingerprint
                for item in self.effective_decisions()
                if item.decision.kind not in AFTER_OPENING
            )
        )

    def effective_decisions(self) -> tuple[SignedDecision, ...]:
        """The decisions that have all the signers the definition asks for."""
        needed = self.manifest.definition.signers
        return tuple(item for item in self.decisions if item.by_authority and len(item.board) >= needed)


def read_dossier(files: Mapping[str, bytes], mode: Mode) -> Dossier:
    """Open and check the papers of a vote (steps 1 to 6 of `tally verify`).

    Args:
        files: Content by path, as in the public folder: ``draft.cose``, ``manifest.cose``, ``enrolments/…``.
        mode: Official or rehearsal.

    Raises:
        Refused: The first thing that is missing or does not fit.
    """
    statements = {path: _read(path, data) for path, data in files.items() if path.endswith(".cose")}
    check_folder_mode((item.header for item in statements.values()), mode)
    draft_statement, manifest_statement = (_one(statements, f"{name}.cose") for name in ("draft", "manifest"))
    draft = open_draft(draft_statement)
    manifest = open_manifest(manifest_statement, mode, draft_statement.fingerprint, draft.authority_key)
    enrolments = _in(statements, "enrolments/")
    trustees = _in(statements, "trustees/")
    given = HandedIn(
        enrolments,
        [item for item in trustees if item.header.role is Role.TRUSTEE],
        [item for item in trustees if item.header.role is Role.BOARD],
    )
    check_sealed(manifest, draft, mode, given)
    opened = [open_enrolment(item, mode, manifest.draft) for item in enrolments]
    by_name = {enrolment.machine: enrolment for enrolment in opened}
    bare = Dossier(
        draft=draft,
        draft_fingerprint=draft_statement.fingerprint,
        manifest=manifest,
        fingerprint=manifest_statement.fingerprint,
        mode=mode,
        enrolments=tuple(by_name[machine.name] for machine in manifest.machines),
        confirmed_machines=frozenset(),
        confirmed_trustees=frozenset(),
        days=(),
    )
    machines, trustee_numbers = _confirmations(bare, _in(statements, "confirmations/"))
    handled = ("enrolments/", "trustees/", "confirmations/", "reports/", "decisions/")
    return Dossier(
        draft=draft,
        draft_fingerprint=bare.draft_fingerprint,
        manifest=manifest,
        fingerprint=bare.fingerprint,
        mode=mode,
        enrolments=bare.enrolments,
        confirmed_machines=machines,
        confirmed_trustees=trustee_numbers,
        days=_days(bare, _in(statements, "reports/")),
        decisions=_decisions(bare, _in(statements, "decisions/")),
        others={
            path: item for path, item in statements.items() if "/" in path and not path.startswith(handled)
        },
    )


def _read(path: str, data: bytes) -> Statement:
    try:
        return read_statement(data)
    except Refused as refused:
        raise Refused(refused.code, path, refused.detail) from None


def _one(statements: Mapping[str, Statement], path: str) -> Statement:
    if path not in statements:
        raise Refused("V-208", path)
    return statements[path]


def _in(statements: Mapping[str, Statement], folder: str) -> list[Statement]:
    return [statements[path] for path in sorted(statements) if path.startswith(folder)]


def _number(statement: Statement) -> int:
    """The signer's number; nobody passes as number 0 by leaving it out."""
    if statement.header.signer is None:
        raise Refused("V-207", statement.name)
    return statement.header.signer


def _confirmations(
    dossier: Dossier, statements: Sequence[Statement]
) -> tuple[frozenset[int], frozenset[int]]:
    manifest = dossier.manifest
    found: dict[Role, set[int]] = {Role.MACHINE: set(), Role.TRUSTEE: set()}
    for statement in statements:
        role = statement.header.role
        if role not in found:
            raise Refused("V-103", statement.name, "only machines and trustees confirm")
        content = dossier.open(statement, StatementType.CONFIRMATION, role)
        confirmation = Confirmation.from_content(content, statement.name)
        signer = _number(statement)
        handed_in = (
            manifest.machines[signer].enrolment
            if role is Role.MACHINE
            else manifest.trustees[signer].handed_in
        )
        if confirmation.manifest != dossier.fingerprint or confirmation.handed_in != handed_in:
            raise Refused("V-209", statement.name)
        found[role].add(signer)
    return frozenset(found[Role.MACHINE]), frozenset(found[Role.TRUSTEE])


def _days(dossier: Dossier, statements: Sequence[Statement]) -> tuple[MachineDay, ...]:
    by_machine: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.header.type not in REPORTS:
            raise Refused("V-103", statement.name, "it is no report")
        dossier.open(statement, statement.header.type, Role.MACHINE)
        machine = check_spoken_for(statement, dossier.manifest.machines)
        by_machine.setdefault(machine, []).append(statement)
    manifest = dossier.manifest
    days = tuple(read_day(machine, by_machine.get(at, [])) for at, machine in enumerate(manifest.machines))
    for entry, day in zip(manifest.machines, days, strict=True):
        if day.zero is not None and day.closing is not None:
            check_roll(day.zero, day.closing, manifest.definition, entry.station)
    return days


def _decisions(dossier: Dossier, statements: Sequence[Statement]) -> tuple[SignedDecision, ...]:
    by_fingerprint: dict[bytes, tuple[Decision, set[int], set[bool]]] = {}
    for statement in statements:
        role = statement.header.role
        if role not in {Role.AUTHORITY, Role.BOARD}:
            raise Refused("V-103", statement.name, "only the authority and the board decide")
        content = dossier.open(statement, StatementType.DECISION, role)
        decision = Decision.from_content(content, statement.name)
        row = by_fingerprint.setdefault(statement.fingerprint, (decision, set(), set()))
        if role is Role.BOARD:
            row[1].add(_number(statement))
        else:
            row[2].add(True)
    return tuple(
        SignedDecision(decision, fingerprint, bool(authority), frozenset(board))
        for fingerprint, (decision, board, authority) in sorted(by_fingerprint.items())
    )
