"""Sealing: the manifest is a pure function of what was handed in; anyone can make it again and compare."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from keys.crypto.credentials import sort_credentials
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point
from keys.crypto.transcript import sha256
from keys.crypto.trustees import Single, Trustees
from keys.election.ceremony import needs_ceremony, threshold_set
from keys.election.definition import Definition
from keys.election.documents import credentials_to_json
from keys.election.draft import Draft
from keys.election.enrolment import BoardMember, Enrolment, TrusteeFile
from keys.election.manifest import PROTOCOL, BoardEntry, MachineEntry, Manifest, TrusteeEntry, check_drafted
from keys.election.statement import Mode, Role, Statement, StatementType
from keys.findings import Refused

__all__ = [
    "HandedIn",
    "SealingFacts",
    "assemble",
    "check_sealed",
    "open_board_member",
    "open_enrolment",
    "open_trustee_file",
]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Everything that machines, trustees and board handed in for one mode; order does not matter."""

    enrolments: Sequence[Statement]
    trustees: Sequence[Statement]
    """Their files and, where fewer than all open a box, the messages of the key ceremony."""
    board: Sequence[Statement] = ()


@dataclass(frozen=True, slots=True)
class SealingFacts:
    """What only the authority knows or decides when it seals."""

    definition: Definition
    rolls: tuple[bytes, ...]
    """Salted digests by station."""
    sealed: int
    """Unix seconds."""
    program: str
    number: int = 1
    replaces: bytes | None = None
    rehearsal_secret: bytes | None = None
    twin: bytes | None = None


def open_enrolment(statement: Statement, mode: Mode, draft: bytes) -> Enrolment:
    """Read an enrolment; it is signed with the key that it brings.

    Raises:
        Refused: V-102, V-103, V-104.
    """
    statement.expect(StatementType.ENROLMENT, mode, draft, Role.MACHINE)
    enrolment = Enrolment.from_content(statement.content, "enrolment")
    statement.verify(enrolment.public_key)
    return enrolment


def open_trustee_file(statement: Statement, mode: Mode, draft: bytes) -> TrusteeFile:
    """Read a trustee's file; it is signed with the key that it brings.

    Raises:
        Refused: V-102, V-103, V-104.
    """
    statement.expect(StatementType.TRUSTEE, mode, draft, Role.TRUSTEE)
    trustee = TrusteeFile.from_content(statement.content, "trustee file")
    statement.verify(trustee.signing_key)
    return trustee


def open_board_member(statement: Statement, mode: Mode, draft: bytes) -> BoardMember:
    """Read a board member's file; it is signed with the key that it brings.

    Raises:
        Refused: V-102, V-103, V-104.
    """
    statement.expect(StatementType.BOARD_MEMBER, mode, draft, Role.BOARD)
    member = BoardMember.from_content(statement.content, "board member")
    statement.verify(member.signing_key)
    return member


def assemble(
    draft: Draft, draft_fingerprint: bytes, mode: Mode, given: HandedIn, facts: SealingFacts
) -> Manifest:
    """Make the manifest of one mode.

    Raises:
        Refused: V-202 something is missing, twice or not as defined; V-203 credentials are not a disjoint
            union of valid ones; V-206, K-110, K-111, K-112 the trustees' keys; V-1 codes for a statement that is
            not sound.
    """
    definition = facts.definition
    enrolments = _machines_in_order(definition, mode, draft_fingerprint, given.enrolments)
    lists = _credential_lists(definition, [enrolment for enrolment, _ in enrolments])
    trustees = _trustees_in_order(definition, mode, draft_fingerprint, given.trustees)
    return Manifest(
        draft=draft_fingerprint,
        number=facts.number,
        definition=definition,
        uuids=draft.uuids(mode),
        machines=tuple(
            MachineEntry(enrolment.station, enrolment.machine, enrolment.public_key, fingerprint)
            for enrolment, fingerprint in enrolments
        ),
        trustees=trustees.entries,
        trustees_json=trustees.keys.to_json(),
        board=_board_in_order(definition, mode, draft_fingerprint, given.board),
        styles=tuple(definition.style(at) for at in range(len(definition.stations))),
        credentials=tuple(sha256(credentials_to_json(points)) for points in lists),
        rolls=facts.rolls,
        authority_key=draft.authority_key,
        authority_box_key=draft.authority_box_key,
        sealed=facts.sealed,
        protocol=PROTOCOL,
        program=facts.program,
        replaces=facts.replaces,
        rehearsal_secret=facts.rehearsal_secret,
        one_machine_ceremony=trustees.one_machine,
        twin=facts.twin,
    )


def check_sealed(manifest: Manifest, draft: Draft, mode: Mode, given: HandedIn) -> None:
    """Make the manifest again from what was handed in, and compare.

    Raises:
        Refused: V-202, V-203 as `assemble`; V-201 where the manifest says something else.
    """
    facts = SealingFacts(
        definition=manifest.definition,
        rolls=manifest.rolls,
        sealed=manifest.sealed,
        program=manifest.program,
        number=manifest.number,
        replaces=manifest.replaces,
        rehearsal_secret=manifest.rehearsal_secret,
        twin=manifest.twin,
    )
    check_drafted(manifest, draft, mode)
    again = assemble(draft, manifest.draft, mode, given, facts)
    for field in dataclasses.fields(Manifest):
        if getattr(again, field.name) != getattr(manifest, field.name):
            raise Refused("V-201", "manifest", f"{field.name.replace('_', ' ')} as handed in")


def _machines_in_order(
    definition: Definition, mode: Mode, draft: bytes, statements: Sequence[Statement]
) -> list[tuple[Enrolment, bytes]]:
    by_name: dict[str, tuple[Enrolment, bytes]] = {}
    for statement in statements:
        enrolment = open_enrolment(statement, mode, draft)
        if enrolment.machine in by_name:
            raise Refused("V-202", f"machine {enrolment.machine}", "enrolled twice")
        by_name[enrolment.machine] = (enrolment, statement.fingerprint)
    ordered = []
    for at, station in enumerate(definition.stations):
        for name in station.machines:
            if name not in by_name:
                raise Refused("V-202", f"machine {name} of station {station.id}", "it has not enrolled")
            enrolment, fingerprint = by_name.pop(name)
            _check_enrolment(definition, at, enrolment)
            ordered.append((enrolment, fingerprint))
    if by_name:
        raise Refused("V-202", f"machine {min(by_name)}", "no station of the definition has it")
    _all_different("machines", [enrolment.public_key for enrolment, _ in ordered])
    return ordered


def _check_enrolment(definition: Definition, station: int, enrolment: Enrolment) -> None:
    subject = f"machine {enrolment.machine}"
    if enrolment.station != station:
        raise Refused("V-202", subject, "enrolled for another station")
    if tuple(part.contest for part in enrolment.credentials) != definition.style(station):
        raise Refused("V-202", subject, "enrolled for other contests")
    wanted = 32 * definition.capacity(station)
    if any(len(part.points) != wanted for part in enrolment.credentials):
        raise Refused("V-202", subject, "another number of credentials than electors and reserve")


def _credential_lists(definition: Definition, enrolments: Sequence[Enrolment]) -> list[list[Point]]:
    lists: list[dict[bytes, Point]] = [{} for _ in definition.contests]
    for enrolment in enrolments:
        for part in enrolment.credentials:
            points = part.split()
            known = lists[part.contest]
            if len(set(points)) != len(points) or known.keys() & set(points):
                raise Refused("V-203", f"machine {enrolment.machine}", "a credential twice")
            for point in points:
                try:
                    known[point] = Point.from_bytes(point)
                except CryptoError as error:
                    raise Refused("V-203", f"machine {enrolment.machine}", str(error)) from None
    return [sort_credentials(known.values()) for known in lists]


@dataclass(frozen=True, slots=True)
class _Opened:
    """The trustees in the order of the definition, and their keys."""

    entries: tuple[TrusteeEntry, ...]
    keys: Trustees
    one_machine: bool


def _trustees_in_order(
    definition: Definition, mode: Mode, draft: bytes, statements: Sequence[Statement]
) -> _Opened:
    messages = [item for item in statements if item.header.type is StatementType.CEREMONY]
    opened = [
        (open_trustee_file(item, mode, draft), item.fingerprint)
        for item in statements
        if item.header.type is not StatementType.CEREMONY
    ]
    if mode is Mode.OFFICIAL:
        names = definition.trustees
        opened.sort(key=lambda pair: names.index(pair[0].name) if pair[0].name in names else len(names))
        if tuple(trustee.name for trustee, _ in opened) != names:
            raise Refused("V-202", "trustees", "not exactly those of the definition")
    elif len(opened) != 1:
        raise Refused("V-202", "trustees", "a rehearsal has exactly one, whose key is published")
    files = [trustee for trustee, _ in opened]
    entries = tuple(
        TrusteeEntry(trustee.name, trustee.signing_key, fingerprint) for trustee, fingerprint in opened
    )
    _all_different("trustees", [entry.signing_key for entry in entries])
    if mode is Mode.OFFICIAL and needs_ceremony(definition):
        keys = Trustees((threshold_set(definition, draft, messages, files),))
    else:
        keys = _single_ones(files, messages)
    return _Opened(entries, keys, any(file.one_machine for file in files))


def _single_ones(files: Sequence[TrusteeFile], messages: Sequence[Statement]) -> Trustees:
    """The keys of trustees who are all needed."""
    if messages or any(file.rests_on for file in files):
        raise Refused("V-202", "trustees", "a key ceremony though all of them are needed")
    try:
        trustees = Trustees(tuple(_single(file.public_key) for file in files))
        trustees.verify()
    except CryptoError as error:
        raise Refused("V-206", "trustees", str(error)) from None
    return trustees


def _single(public_key: bytes) -> Single:
    """One trustee's key, read by itself: spliced into the list unread, it could bring others with it.

    Raises:
        CryptoError: It is anything else than one key.
    """
    (entry,) = Trustees.parse(b'[["Single",' + public_key + b"]]").entries[:1]
    if not isinstance(entry, Single) or entry.key.to_json().encode() != public_key:
        raise CryptoError("trustee", "not exactly one key")
    if entry.key.signature is not None:
        raise CryptoError("trustee", "a signature that only a set with a threshold has")
    return entry


def _all_different(who: str, keys: Sequence[bytes]) -> None:
    if len(set(keys)) != len(keys):
        raise Refused("V-202", who, "two have the same key")


def _board_in_order(
    definition: Definition, mode: Mode, draft: bytes, statements: Sequence[Statement]
) -> tuple[BoardEntry, ...]:
    members = {}
    for statement in statements:
        member = open_board_member(statement, mode, draft)
        if member.name in members:
            raise Refused("V-202", f"board member {member.name}", "handed in twice")
        members[member.name] = BoardEntry(member.name, member.signing_key)
    if set(members) != set(definition.board):
        raise Refused("V-202", "board", "not exactly the members of the definition")
    entries = tuple(members[name] for name in definition.board)
    _all_different("board", [entry.signing_key for entry in entries])
    return entries
