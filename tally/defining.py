"""Defining and sealing: from a definition to the manifests and packages of a vote and its rehearsal."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cbor2

from keys.crypto.credentials import BASE58
from keys.desk.files import folder_lock, load_statement, read_bytes, write_private, write_whole
from keys.desk.passphrase import seal as seal_to
from keys.desk.program import PROGRAM
from keys.election.ceremony import PUBLISHED, open_message
from keys.election.definition import Definition
from keys.election.draft import Draft
from keys.election.layout import safe_name
from keys.election.manifest import Manifest
from keys.election.roll import ROLL_PURPOSE, Elector, Package, Roll
from keys.election.sealing import HandedIn, SealingFacts, assemble, open_enrolment
from keys.election.statement import (
    NO_CONTEXT,
    Mode,
    Statement,
    StatementType,
    canonical,
    read_statement,
)
from keys.findings import Misuse, Refused
from keys.trustee import rehearsal_trustee
from tally.workspace import Authority, Workspace

__all__ = ["Sealed", "collect_confirmations", "keep_rolls", "new_vote", "seal_vote"]

_UUID_LENGTH = 14


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed."""

    manifest: Manifest
    fingerprint: bytes
    """For the poster."""
    rehearsal_fingerprint: bytes
    packages: tuple[Path, ...]


def new_vote(
    folder: Path, definition: Definition, passphrase: bytes, now: int, random_bytes: Callable[[int], bytes]
) -> bytes:
    """Start a vote: the authority's keys, and the draft.

    Args:
        folder: New or empty.
        definition: As read.
        passphrase: Of the authority.
        now: Unix seconds.
        random_bytes: Randomness.

    Returns:
        The fingerprint of the draft.

    Raises:
        Misuse: The folder holds a vote already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with folder_lock(folder):
        if (folder / "authority.key").exists():
            raise Misuse(f"{folder} holds a vote already; take a new folder")
        authority = Authority.generate()
        uuids = [_uuid(random_bytes) for _ in range(2 * len(definition.contests))]
        draft = Draft(
            definition=definition,
            official_uuids=tuple(uuids[::2]),
            rehearsal_uuids=tuple(uuids[1::2]),
            authority_key=authority.signing.public_key().public_bytes_raw(),
            authority_box_key=authority.box.public_key().public_bytes_raw(),
            made=now,
            program=PROGRAM,
        )
        raw = authority.sign(StatementType.DRAFT, Mode.OFFICIAL, NO_CONTEXT, draft)
        for mode in Mode:
            Workspace(folder, mode).write("draft.cose", raw)
        write_whole(folder / "draft.cose", raw)
        Workspace(folder).keep_authority(authority, passphrase)
    return read_statement(raw).fingerprint


def keep_rolls(
    folder: Path, rolls: Mapping[int, Sequence[Elector]], random_bytes: Callable[[int], bytes]
) -> None:
    """Keep the rolls of stations until they are sealed; a station's earlier roll is replaced.

    Args:
        folder: Of the officer.
        rolls: Electors by index of the station, in any order.
        random_bytes: Draws the salts.
    """
    workspace = Workspace(folder)
    with folder_lock(folder):
        if (workspace.root / "manifest.cose").exists():
            raise Misuse("the vote is sealed; its rolls cannot change any more")
        for station, electors in rolls.items():
            ordered = tuple(sorted(electors, key=lambda elector: elector.number))
            _keep_roll(workspace, Mode.OFFICIAL, Roll(station, ordered, random_bytes(16)))


def seal_vote(
    folder: Path,
    sources: Iterable[Path],
    authority: Authority,
    now: int,
    random_bytes: Callable[[int], bytes],
) -> Sealed:
    """Seal the vote and its rehearsal, and write the packages of the machines.

    Args:
        folder: Of the officer.
        sources: Files, or folders that are searched, with enrolments and trustee files.
        authority: Opened.
        now: Unix seconds.
        random_bytes: Randomness.

    Raises:
        Refused: V-202 something is missing or wrong, V-203, V-206, V-1 codes.
        Misuse: It is sealed already, or a roll is missing.
    """
    with folder_lock(folder):
        official, rehearsal = Workspace(folder), Workspace(folder, Mode.REHEARSAL)
        draft, context = official.draft()
        if (official.root / "manifest.cose").exists():
            raise Misuse("the vote is sealed already")
        statements = _read_all(sources)
        secret = random_bytes(32)
        _, trustee_file = rehearsal_trustee(secret, context)
        rolls = {
            Mode.OFFICIAL: [
                _roll(official, draft.definition, at) for at in range(len(draft.definition.stations))
            ],
            Mode.REHEARSAL: _rehearsal_rolls(draft.definition, random_bytes),
        }
        manifests, given = {}, {}
        for mode in Mode:
            own = [*statements, read_statement(trustee_file)]
            given[mode] = _handed_in([item for item in own if item.header.mode is mode], context)
            facts = SealingFacts(
                definition=draft.definition,
                rolls=tuple(roll.digest for roll in rolls[mode]),
                sealed=now,
                program=PROGRAM,
                rehearsal_secret=secret if mode is Mode.REHEARSAL else None,
            )
            manifests[mode] = assemble(draft, context, mode, given[mode], facts)
        cores = {mode: manifest.core_digest for mode, manifest in manifests.items()}
        raws = {}
        for mode, other in ((Mode.OFFICIAL, Mode.REHEARSAL), (Mode.REHEARSAL, Mode.OFFICIAL)):
            manifests[mode] = dataclasses.replace(manifests[mode], twin=cores[other])
            raws[mode] = authority.sign(StatementType.MANIFEST, mode, context, manifests[mode])
        for workspace in (rehearsal, official):
            _keep_handed_in(workspace, given[workspace.mode], context)
            for roll in rolls[workspace.mode]:
                _keep_roll(workspace, workspace.mode, roll)
        packages = _write_packages(official, authority, manifests, raws, rolls)
        for workspace in (rehearsal, official):
            workspace.write("manifest.cose", raws[workspace.mode])
    return Sealed(
        manifests[Mode.OFFICIAL],
        read_statement(raws[Mode.OFFICIAL]).fingerprint,
        read_statement(raws[Mode.REHEARSAL]).fingerprint,
        packages,
    )


def collect_confirmations(folder: Path, sources: Iterable[Path]) -> tuple[int, list[str]]:
    """Take in confirmations of machines and trustees, for the vote and its rehearsal.

    Returns:
        How many were taken in now, and who has not confirmed the official manifest yet.

    Raises:
        Refused: V-209, V-207, V-102.
    """
    taken = 0
    with folder_lock(folder):
        for statement in _read_all(sources):
            if statement.header.type is not StatementType.CONFIRMATION:
                continue
            workspace = Workspace(folder, statement.header.mode)
            name = f"{statement.header.role.name.lower()}-{statement.header.signer}"
            path = workspace.write(f"confirmations/{name}.cose", statement.raw)
            try:
                workspace.dossier()
            except Refused:
                path.unlink()
                raise
            taken += 1
        dossier = Workspace(folder).dossier()
    manifest = dossier.manifest
    missing = [
        f"machine {machine.name}"
        for at, machine in enumerate(manifest.machines)
        if at not in dossier.confirmed_machines
    ]
    missing += [
        f"trustee {trustee.name}"
        for at, trustee in enumerate(manifest.trustees)
        if at not in dossier.confirmed_trustees
    ]
    return taken, missing


def _uuid(random_bytes: Callable[[int], bytes]) -> str:
    """A Belenios uuid: 14 letters and digits of base 58, drawn evenly (81.9 bits)."""
    letters: list[str] = []
    while len(letters) < _UUID_LENGTH:
        letters += [BASE58[byte % 58] for byte in random_bytes(16) if byte < 58 * 4]
    return "".join(letters[:_UUID_LENGTH])


def _read_all(sources: Iterable[Path]) -> list[Statement]:
    statements: dict[bytes, Statement] = {}
    for source in sources:
        paths = sorted(source.rglob("*.cose")) if source.is_dir() else [source]
        for path in paths:
            statement = load_statement(path)
            statements[statement.raw] = statement
    return list(statements.values())


def _handed_in(statements: Sequence[Statement], context: bytes) -> HandedIn:
    own = [item for item in statements if item.header.context == context]
    return HandedIn(
        [item for item in own if item.header.type is StatementType.ENROLMENT],
        sorted(
            (item for item in own if item.header.type is StatementType.TRUSTEE or _for_everybody(item)),
            key=lambda item: item.header.type,
        ),
        [item for item in own if item.header.type is StatementType.BOARD_MEMBER],
    )


def _for_everybody(statement: Statement) -> bool:
    """Whether it is a message of the key ceremony that is published."""
    if statement.header.type is not StatementType.CEREMONY:
        return False
    return open_message(statement, statement.header.context).content.step in PUBLISHED


def _keep_handed_in(workspace: Workspace, given: HandedIn, context: bytes) -> None:
    for statement in given.enrolments:
        enrolment = open_enrolment(statement, workspace.mode, context)
        workspace.write(f"enrolments/{safe_name(enrolment.machine)}.cose", statement.raw)
    for number, statement in enumerate(given.trustees, 1):
        what = "trustee" if statement.header.type is StatementType.TRUSTEE else "ceremony"
        workspace.write(f"trustees/{what}-{number}.cose", statement.raw)
    for number, statement in enumerate(given.board, 1):
        workspace.write(f"trustees/board-{number}.cose", statement.raw)


def _roll_path(workspace: Workspace, mode: Mode, station: int) -> Path:
    return workspace.private / f"roll-{mode.name.lower()}-{station}.cbor"


def _keep_roll(workspace: Workspace, mode: Mode, roll: Roll) -> None:
    write_private(_roll_path(workspace, mode, roll.station), canonical(roll.to_content()))


def _roll(workspace: Workspace, definition: Definition, station: int) -> Roll:
    path = _roll_path(workspace, Mode.OFFICIAL, station)
    name = definition.stations[station].id
    if not path.exists():
        raise Misuse(f"station {name} has no roll yet; run: tally roll FILE.csv")
    roll = Roll.from_content(cbor2.loads(read_bytes(path)), f"roll of station {name}")
    if len(roll.electors) > definition.stations[station].electors:
        raise Refused("T-603", f"station {name}", f"{len(roll.electors)} electors on the roll")
    return roll


def _rehearsal_rolls(definition: Definition, random_bytes: Callable[[int], bytes]) -> list[Roll]:
    """Invented electors: no real name is shown in a rehearsal."""
    return [
        Roll(
            at,
            tuple(
                Elector(number, "RÉPÉTITION" if definition.language == "fr" else "REHEARSAL", str(number))
                for number in range(1, station.electors + 1)
            ),
            random_bytes(16),
        )
        for at, station in enumerate(definition.stations)
    ]


def _write_packages(
    workspace: Workspace,
    authority: Authority,
    manifests: Mapping[Mode, Manifest],
    raws: Mapping[Mode, bytes],
    rolls: Mapping[Mode, Sequence[Roll]],
) -> tuple[Path, ...]:
    official = manifests[Mode.OFFICIAL]
    folders = []
    for number, machine in enumerate(official.machines):
        target = workspace.package(machine.name)
        write_whole(target / "manifest.cose", raws[Mode.OFFICIAL])
        write_whole(target / "rehearsal.cose", raws[Mode.REHEARSAL])
        for mode, manifest in manifests.items():
            box_key = _box_key(Workspace(workspace.folder, mode), manifest, number)
            content = canonical(rolls[mode][machine.station].to_content())
            package = Package(number, seal_to(content, box_key, ROLL_PURPOSE))
            context = read_statement(raws[mode]).fingerprint
            raw = authority.sign(StatementType.PACKAGE, mode, context, package)
            write_whole(target / f"roll-{mode.name.lower()}.cose", raw)
        folders.append(target)
    return tuple(folders)


def _box_key(workspace: Workspace, manifest: Manifest, machine: int) -> bytes:
    name = safe_name(manifest.machines[machine].name)
    statement = load_statement(workspace.root / "enrolments" / f"{name}.cose")
    return open_enrolment(statement, workspace.mode, manifest.draft).box_key
