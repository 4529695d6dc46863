"""The manifest: one signed statement that binds everything a vote rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from keys.crypto.errors import CryptoError
from keys.crypto.group import Point
from keys.crypto.transcript import tagged
from keys.crypto.trustees import Trustees
from keys.election.definition import Contest, Definition, text_in
from keys.election.draft import Draft, open_draft
from keys.election.forms import Shape
from keys.election.question import ElectionParams, WholeParams
from keys.election.record import Bytes32, Count, Key, Record, Size
from keys.election.statement import Mode, Role, Statement, StatementType, canonical, read_statement
from keys.findings import Refused

__all__ = [
    "PROTOCOL",
    "BoardEntry",
    "MachineEntry",
    "Manifest",
    "SealedPair",
    "TrusteeEntry",
    "check_drafted",
    "check_twins",
    "open_manifest",
    "open_sealed_pair",
]

PROTOCOL = "Belenios 3.0, crypto version 1, Ed25519"


@dataclass(frozen=True, slots=True)
class MachineEntry(Record):
    """A machine of the vote; its index in the list is its signer number."""

    station: Annotated[Count, Key(1)]
    name: Annotated[str, Key(2), Size(1, 64)]
    public_key: Annotated[Bytes32, Key(3)]
    enrolment: Annotated[Bytes32, Key(4)]
    """Fingerprint of its enrolment."""


@dataclass(frozen=True, slots=True)
class TrusteeEntry(Record):
    """A trustee; its index in the list plus one is its owner number in the archives."""

    name: Annotated[str, Key(1), Size(1, 200)]
    signing_key: Annotated[Bytes32, Key(2)]
    handed_in: Annotated[Bytes32, Key(3)]
    """Fingerprint of the trustee's file."""


@dataclass(frozen=True, slots=True)
class BoardEntry(Record):
    """A member of the board."""

    name: Annotated[str, Key(1), Size(1, 200)]
    signing_key: Annotated[Bytes32, Key(2)]


@dataclass(frozen=True, slots=True)
class Manifest(Record):
    """Everything, bound."""

    draft: Annotated[Bytes32, Key(1)]
    """Fingerprint of the draft."""
    number: Annotated[int, Key(2), Size(1, 100)]
    """1, or one more than the manifest it replaces."""
    definition: Annotated[Definition, Key(3)]
    uuids: Annotated[tuple[Annotated[str, Size(14, 22)], ...], Key(4), Size(1, 250)]
    """Belenios uuid by contest, for this manifest's mode."""
    machines: Annotated[tuple[MachineEntry, ...], Key(5), Size(1, 1000)]
    trustees: Annotated[tuple[TrusteeEntry, ...], Key(6), Size(1, 20)]
    trustees_json: Annotated[bytes, Key(7), Size(1, 100_000)]
    """Belenios `trustees`, JSON: single ones or a threshold set."""
    board: Annotated[tuple[BoardEntry, ...], Key(8), Size(0, 30)]
    styles: Annotated[tuple[Annotated[tuple[Count, ...], Size(1, 250)], ...], Key(9), Size(1, 250)]
    """Ballot style by station: indices of its contests."""
    credentials: Annotated[tuple[Bytes32, ...], Key(10), Size(1, 250)]
    """SHA-256 of the archive's credential list by contest."""
    rolls: Annotated[tuple[Bytes32, ...], Key(11), Size(1, 250)]
    """Salted digest of the roll by station."""
    authority_key: Annotated[Bytes32, Key(12)]
    authority_box_key: Annotated[Bytes32, Key(13)]
    sealed: Annotated[Count, Key(14)]
    """Unix seconds; also the timestamp of the archives."""
    protocol: Annotated[str, Key(15), Size(1, 100)]
    program: Annotated[str, Key(16), Size(1, 40)]
    replaces: Annotated[Bytes32 | None, Key(17)] = None
    """Fingerprint of the manifest that this one replaces."""
    rehearsal_secret: Annotated[bytes | None, Key(18), Size(32, 32)] = None
    """The published trustee key of a rehearsal; never in an official manifest."""
    one_machine_ceremony: Annotated[bool, Key(19)] = False
    """The trustees made their keys on one machine."""
    twin: Annotated[Bytes32 | None, Key(20)] = None
    """Core digest of the other manifest of the pair (official and rehearsal)."""

    @property
    def core_digest(self) -> bytes:
        """Digest of everything but `twin`, by which the two manifests name each other."""
        content = self.to_content()
        content.pop(20, None)
        return tagged("isoloir manifest core", canonical(content))

    def params(self, contest: int) -> ElectionParams | WholeParams:
        """The Belenios parameters of a contest, by its index; a pure function of the manifest."""
        return contest_params(self.definition, self.uuids[contest], contest, self.joint_key)

    @property
    def joint_key(self) -> Point:
        """The key that ballots are encrypted to."""
        return Trustees.parse(self.trustees_json).joint_key

    def machine_named(self, name: str) -> int:
        """Index of a machine.

        Raises:
            Refused: V-204, there is no such machine.
        """
        for index, machine in enumerate(self.machines):
            if machine.name == name:
                return index
        raise Refused("V-204", f"machine {name}")


def contest_params(
    definition: Definition, uuid: str, contest: int, public_key: Point
) -> ElectionParams | WholeParams:
    """Belenios parameters of a contest: one question, blank always possible (specification, section 4.6).

    Raises:
        Refused: V-616, no ballot can hold what the definition asks.
    """
    item: Contest = definition.contests[contest]
    language, shape = definition.language, Shape.of(item)
    name = f"{text_in(definition.title, language)}: {text_in(item.title, language)}"
    description = f"{definition.town}, {definition.opens[:10]}"
    question = text_in(item.title, language)
    answers = shape.answers([text_in(option.name, language) for option in item.options])
    if shape.is_whole:
        return WholeParams(uuid, name, description, question, answers, public_key)
    return ElectionParams(
        uuid=uuid,
        name=name,
        description=description,
        question=question,
        answers=answers,
        blank=True,
        min=shape.least,
        max=shape.most,
        public_key=public_key,
    )


def open_manifest(statement: Statement, mode: Mode, draft: bytes, authority_key: bytes) -> Manifest:
    """Read a manifest that a known authority signed.

    Args:
        statement: As read.
        mode: Official or rehearsal.
        draft: Fingerprint of the draft.
        authority_key: From the draft.

    Raises:
        Refused: V-102, V-103, V-104; V-201 where its parts do not fit together.
    """
    statement.expect(StatementType.MANIFEST, mode, draft, Role.AUTHORITY)
    statement.verify(authority_key)
    manifest = Manifest.from_content(statement.content, "manifest")
    _check_shape(manifest, mode, draft)
    return manifest


@dataclass(frozen=True, slots=True)
class SealedPair:
    """A manifest that its twin names, with its fingerprint."""

    manifest: Manifest
    fingerprint: bytes
    draft: Draft


def open_sealed_pair(draft: bytes, manifest: bytes, other: bytes, mode: Mode) -> SealedPair:
    """Open a manifest together with its twin, as a machine does that has the draft only.

    Args:
        draft: `draft.cose`.
        manifest: The manifest of `mode`.
        other: The manifest of the other mode.
        mode: Official or rehearsal.

    Raises:
        Refused: V-102, V-103, V-104, V-201, V-205.
    """
    draft_statement = read_statement(draft)
    opened = open_draft(draft_statement)
    own = read_statement(manifest)
    twin_mode = Mode.REHEARSAL if mode is Mode.OFFICIAL else Mode.OFFICIAL
    found = open_manifest(own, mode, draft_statement.fingerprint, opened.authority_key)
    twin = open_manifest(read_statement(other), twin_mode, draft_statement.fingerprint, opened.authority_key)
    check_twins(found, twin)
    check_drafted(found, opened, mode)
    check_drafted(twin, opened, twin_mode)
    return SealedPair(found, own.fingerprint, opened)


def check_twins(one: Manifest, other: Manifest) -> None:
    """Check that the two manifests of a pair name each other.

    Raises:
        Refused: V-205.
    """
    if one.twin != other.core_digest or other.twin != one.core_digest:
        raise Refused("V-205", "manifest and rehearsal manifest")


def check_drafted(manifest: Manifest, draft: Draft, mode: Mode) -> None:
    """Check that the manifest keeps what the draft laid down.

    Raises:
        Refused: V-201.
    """
    facts = {
        "the uuids of the draft": manifest.uuids == draft.uuids(mode),
        "the keys of the authority": (manifest.authority_key, manifest.authority_box_key)
        == (draft.authority_key, draft.authority_box_key),
        "the definition of the draft": manifest.number > 1 or manifest.definition == draft.definition,
    }
    _demand(facts)


def _check_shape(manifest: Manifest, mode: Mode, draft: bytes) -> None:
    definition = manifest.definition
    contests, stations = len(definition.contests), len(definition.stations)
    facts = {
        "the draft it names": manifest.draft == draft,
        "the protocol": manifest.protocol == PROTOCOL,
        "a uuid, a credential list for each contest": len(manifest.uuids)
        == len(manifest.credentials)
        == len(set(manifest.uuids))
        == contests,
        "a style and a roll for each station": len(manifest.rolls) == len(manifest.styles) == stations,
        "styles as defined": all(manifest.styles[at] == definition.style(at) for at in range(stations)),
        "machines as defined": [(machine.station, machine.name) for machine in manifest.machines]
        == [(at, name) for at, station in enumerate(definition.stations) for name in station.machines],
        "a published trustee key only in a rehearsal": (manifest.rehearsal_secret is not None)
        == (mode is Mode.REHEARSAL),
        "a number above 1 only where it replaces": (manifest.replaces is not None) == (manifest.number > 1),
    }
    _demand(facts)
    _check_trustees(manifest, mode)


def _check_trustees(manifest: Manifest, mode: Mode) -> None:
    try:
        trustees = Trustees.parse(manifest.trustees_json)
        trustees.verify()
    except CryptoError as error:
        raise Refused("V-206", "trustees", str(error)) from None
    names = tuple(trustee.name for trustee in manifest.trustees)
    _demand(
        {
            "a key for each trustee": len(trustees.public_keys) == len(names),
            "trustees as defined": mode is Mode.REHEARSAL or names == manifest.definition.trustees,
            "one trustee in a rehearsal": mode is Mode.OFFICIAL or len(names) == 1,
            "board as defined": tuple(member.name for member in manifest.board) == manifest.definition.board,
        }
    )


def _demand(facts: Mapping[str, bool]) -> None:
    for fact, holds in facts.items():
        if not holds:
            raise Refused("V-201", "manifest", fact)
