"""Sealing: the manifests of a vote and of its rehearsal, the packages of the machines; and replacing them in time."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from keys.desk.files import folder_lock, load_statement, read_bytes, write_whole
from keys.desk.passphrase import seal as seal_to
from keys.desk.program import PROGRAM
from keys.election.ceremony import PUBLISHED, open_message
from keys.election.definition import Definition
from keys.election.directory import DIRECTORY_PURPOSE, Directory
from keys.election.layout import safe_name
from keys.election.manifest import Manifest
from keys.election.roll import ROLL_PURPOSE, Package, Roll
from keys.election.sealing import HandedIn, SealingFacts, assemble, open_enrolment
from keys.election.statement import Mode, Statement, StatementType, canonical, read_statement
from keys.findings import Misuse, Refused
from keys.holding import rehearsal_trustee
from tally.roll.kept import keep_roll, kept_roll, rehearsal_rolls
from tally.workspace import Authority, Workspace

__all__ = ["Sealed", "read_all", "replace_seal", "seal_vote"]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed."""

    manifest: Manifest
    fingerprint: bytes
    """For the poster."""
    rehearsal_fingerprint: bytes
    packages: tuple[Path, ...]


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
        draft, _ = Workspace(folder).draft()
        if Workspace(folder).is_sealed:
            raise Misuse("the vote is sealed already; to replace the sealed file: tally seal --replaces")
        sealing = _Sealing(folder, folder, authority, now, random_bytes)
        return sealing.seal(draft.definition, read_all(sources))


def replace_seal(
    folder: Path,
    definition: Definition | None,
    sources: Iterable[Path],
    authority: Authority,
    now: int,
    random_bytes: Callable[[int], bytes],
) -> Sealed:
    """Replace the sealed file before anything is open: a withdrawn candidate, a machine that broke.

    Draft, uuids, rolls and the trustees' keys stay; machines and trustees confirm again. What was there before is
    kept in a folder of its own, the rehearsal with all its results.

    Args:
        folder: Of the officer.
        definition: The changed one; None where it stays.
        sources: New enrolments, each in the place of the machine's earlier one.
        authority: Opened.
        now: Unix seconds.
        random_bytes: Randomness.

    Raises:
        Refused: As `seal_vote`; V-201, the definition has other contests or stations than the draft.
        Misuse: Nothing is sealed yet, or a box is in already.
    """
    with folder_lock(folder):
        official = Workspace(folder)
        before = {mode: Workspace(folder, mode).dossier() for mode in Mode}
        if any(day.zero is not None for day in before[Mode.OFFICIAL].days) or official.boxes.exists():
            raise Misuse("boxes are in already; nothing can replace the sealed file any more")
        number = before[Mode.OFFICIAL].manifest.number
        wanted = definition or before[Mode.OFFICIAL].manifest.definition
        _check_kept(before[Mode.OFFICIAL].draft.definition, wanted)
        staged = folder / "sealing"
        shutil.rmtree(staged, ignore_errors=True)
        for mode in Mode:
            Workspace(staged, mode).write(
                "draft.cose", read_bytes(Workspace(folder, mode).root / "draft.cose")
            )
        prints = {mode: dossier.fingerprint for mode, dossier in before.items()}
        sealing = _Sealing(folder, staged, authority, now, random_bytes, number + 1, prints)
        sealed = sealing.seal(
            wanted, _kept(folder, read_all(sources), before[Mode.OFFICIAL].draft_fingerprint)
        )
        aside = folder / "replaced" / str(number)
        aside.mkdir(parents=True)
        for mode in Mode:
            own, name = Workspace(folder, mode), mode.name.lower()
            own.root.rename(aside / name)
            if own.boxes.exists():
                own.boxes.rename(aside / own.boxes.name)
            Workspace(staged, mode).root.rename(folder / name)
        staged.rmdir()
    return sealed


def _check_kept(drafted: Definition, wanted: Definition) -> None:
    """Check that the uuids of the draft still name the same contests, and its rolls the same stations.

    Raises:
        Refused: V-201.
    """
    for what in ("contests", "stations"):
        if [item.id for item in getattr(drafted, what)] != [item.id for item in getattr(wanted, what)]:
            raise Refused("V-201", "replacement", f"it must keep the {what} of the draft and their order")
    if (drafted.trustees, drafted.threshold) != (wanted.trustees, wanted.threshold):
        raise Refused("V-201", "replacement", "it must keep the trustees")


def _kept(folder: Path, new: Sequence[Statement], context: bytes) -> list[Statement]:
    """What was handed in before, but for machines that enrolled anew; and what is new."""
    new = [item for item in new if item.header.type is StatementType.ENROLMENT]
    renewed = {(item.header.mode, open_enrolment(item, item.header.mode, context).machine) for item in new}
    kept = list(new)
    for mode in Mode:
        root = Workspace(folder, mode).root
        for statement in read_all([root / "enrolments"]):
            if (mode, open_enrolment(statement, mode, context).machine) not in renewed:
                kept.append(statement)
        if mode is Mode.OFFICIAL or (root / "trustees").is_dir():
            kept += [
                item
                for item in read_all([root / "trustees"])
                if mode is Mode.OFFICIAL or item.header.type is StatementType.BOARD_MEMBER
            ]
    return kept


@dataclass(frozen=True, slots=True)
class _Sealing:
    """One sealing, first or replacing."""

    folder: Path
    """Of the officer: rolls and packages."""
    target: Path
    """Where the vote and its rehearsal are written."""
    authority: Authority
    now: int
    random_bytes: Callable[[int], bytes]
    number: int = 1
    replaces: Mapping[Mode, bytes] = field(default_factory=dict)

    def seal(self, definition: Definition, statements: Sequence[Statement]) -> Sealed:
        """Seal what was handed in."""
        spaces = {mode: Workspace(self.target, mode) for mode in Mode}
        draft, context = spaces[Mode.OFFICIAL].draft()
        secret = self.random_bytes(32)
        _, trustee_file = rehearsal_trustee(secret, context)
        stations = range(len(definition.stations))
        rolls = {
            Mode.OFFICIAL: [kept_roll(Workspace(self.folder), definition, at) for at in stations],
            Mode.REHEARSAL: rehearsal_rolls(definition, self.random_bytes),
        }
        manifests, given = {}, {}
        for mode in Mode:
            own = [*statements, read_statement(trustee_file)]
            given[mode] = _handed_in([item for item in own if item.header.mode is mode], context)
            facts = SealingFacts(
                definition=definition,
                rolls=tuple(roll.digest for roll in rolls[mode]),
                sealed=self.now,
                program=PROGRAM,
                number=self.number,
                replaces=self.replaces.get(mode),
                rehearsal_secret=secret if mode is Mode.REHEARSAL else None,
            )
            manifests[mode] = assemble(draft, context, mode, given[mode], facts)
        raws = self._sign(manifests, context)
        for mode, workspace in spaces.items():
            _keep_handed_in(workspace, given[mode], context)
            for roll in rolls[mode]:
                keep_roll(Workspace(self.folder), mode, roll)
        packages = _write_packages(self, manifests, raws, rolls)
        for mode in (Mode.REHEARSAL, Mode.OFFICIAL):
            spaces[mode].write("manifest.cose", raws[mode])
        official, rehearsal = (read_statement(raws[mode]).fingerprint for mode in Mode)
        return Sealed(manifests[Mode.OFFICIAL], official, rehearsal, packages)

    def _sign(self, manifests: dict[Mode, Manifest], context: bytes) -> dict[Mode, bytes]:
        """Let the two name each other, and sign them."""
        cores = {mode: manifest.core_digest for mode, manifest in manifests.items()}
        raws = {}
        for mode, other in ((Mode.OFFICIAL, Mode.REHEARSAL), (Mode.REHEARSAL, Mode.OFFICIAL)):
            manifests[mode] = dataclasses.replace(manifests[mode], twin=cores[other])
            raws[mode] = self.authority.sign(StatementType.MANIFEST, mode, context, manifests[mode])
        return raws


def read_all(sources: Iterable[Path]) -> list[Statement]:
    """All statements in files and folders, each once."""
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


def _write_packages(
    sealing: _Sealing,
    manifests: Mapping[Mode, Manifest],
    raws: Mapping[Mode, bytes],
    rolls: Mapping[Mode, Sequence[Roll]],
) -> tuple[Path, ...]:
    official = manifests[Mode.OFFICIAL]
    folders = []
    for number, machine in enumerate(official.machines):
        target = Workspace(sealing.folder).package(machine.name)
        write_whole(target / "manifest.cose", raws[Mode.OFFICIAL])
        write_whole(target / "rehearsal.cose", raws[Mode.REHEARSAL])
        for mode, manifest in manifests.items():
            box_key = _box_key(Workspace(sealing.target, mode), manifest, number)
            content = canonical(rolls[mode][machine.station].to_content())
            directory = canonical(Directory.of(rolls[mode], sealing.random_bytes).to_content())
            package = Package(
                number,
                seal_to(content, box_key, ROLL_PURPOSE),
                seal_to(directory, box_key, DIRECTORY_PURPOSE),
            )
            context = read_statement(raws[mode]).fingerprint
            raw = sealing.authority.sign(StatementType.PACKAGE, mode, context, package)
            write_whole(target / f"roll-{mode.name.lower()}.cose", raw)
        folders.append(target)
    return tuple(folders)


def _box_key(workspace: Workspace, manifest: Manifest, machine: int) -> bytes:
    name = safe_name(manifest.machines[machine].name)
    statement = load_statement(workspace.root / "enrolments" / f"{name}.cose")
    return open_enrolment(statement, workspace.mode, manifest.draft).box_key
