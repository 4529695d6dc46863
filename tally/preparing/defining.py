"""Defining and sealing: from a definition to the manifests and packages of a vote and its rehearsal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from keys.crypto.credentials import BASE58
from keys.desk.files import folder_lock, write_whole
from keys.desk.program import PROGRAM
from keys.desk.together import Together
from keys.election.definition import Definition
from keys.election.draft import Draft
from keys.election.roll import Elector, Roll
from keys.election.statement import (
    NO_CONTEXT,
    Mode,
    StatementType,
    read_statement,
)
from keys.findings import Misuse, Refused
from keys.paper.pages import render_a4
from tally.preparing.posters import poster
from tally.preparing.sealing import Sealed, read_all, replace_seal, seal_vote
from tally.roll.kept import keep_roll
from tally.workspace import Authority, Workspace

__all__ = [
    "Sealed",
    "collect_confirmations",
    "keep_rolls",
    "new_vote",
    "replace_seal",
    "seal_vote",
    "write_poster",
]

_UUID_LENGTH = 14


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
        if workspace.is_sealed:
            raise Misuse("the vote is sealed; its rolls cannot change any more")
        for station, electors in rolls.items():
            ordered = tuple(sorted(electors, key=lambda elector: elector.number))
            keep_roll(workspace, Mode.OFFICIAL, Roll(station, ordered, random_bytes(16)))


def write_poster(folder: Path, sealed: Sealed) -> Path:
    """Write the poster of a sealed vote into the officer's folder; gives where it lies."""
    manifest, path = sealed.manifest, folder / "poster.pdf"
    languages = Together.of(manifest.definition)
    page = poster(manifest, sealed.fingerprint, sealed.rehearsal_fingerprint, languages)
    write_whole(path, render_a4(page))
    return path


def collect_confirmations(folder: Path, sources: Iterable[Path]) -> tuple[int, list[str]]:
    """Take in confirmations of machines and trustees, for the vote and its rehearsal.

    Returns:
        How many were taken in now, and who has not confirmed the official manifest yet.

    Raises:
        Refused: V-209, V-207, V-102.
    """
    taken = 0
    with folder_lock(folder):
        for statement in read_all(sources):
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
