"""Loading: the manifest and the roll of a machine, checked against what the machine handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import NamedTuple

from keys.desk.cards import Card
from keys.desk.files import folder_lock, load_statement, read_bytes, write_whole
from keys.desk.passphrase import open_sealed
from keys.election.cbor import decode
from keys.election.directory import DIRECTORY_PURPOSE, Directory
from keys.election.enrolment import Confirmation
from keys.election.manifest import Manifest, SealedPair, open_sealed_pair
from keys.election.roll import ROLL_PURPOSE, Package, Roll, entitled
from keys.election.statement import Header, Mode, Role, StatementType, read_statement, sign_statement
from keys.findings import Misuse, Refused, Unreadable
from station.booth import store_plan
from station.disk.additions import spare_numbers
from station.disk.folder import machine_name, mode_file
from station.disk.journal import journal_path
from station.disk.log import EventKind
from station.disk.plan import Settings
from station.disk.state import State
from station.machine import MachineKeys, open_keys
from station.store import Store

__all__ = ["Loaded", "NoPackage", "Prints", "confirm_on", "find_package", "fingerprints", "load"]

_PLACES = ("", "*/", "*/*/")
"""How deep on a stick the folder of a machine is looked for."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded."""

    manifest: Manifest
    fingerprint: bytes
    """Of the manifest: on the poster."""
    electors: int
    """Entitled on its roll."""
    confirmation: bytes
    """The statement to hand in."""
    confirmation_name: str
    """Name of its file."""


class Prints(NamedTuple):
    """Fingerprints of the two manifests of a package, 32 bytes each."""

    own: bytes
    """Of the mode: to compare with the poster."""
    twin: bytes


class NoPackage(Unreadable):
    """A stick holds no package for this machine.

    Attributes:
        machine: Its name.
    """

    def __init__(self, stick: Path, machine: str) -> None:
        super().__init__(f"{stick} holds no package for machine {machine}.")
        self.machine = machine


def find_package(stick: Path, folder: Path) -> Path:
    """Find the package of a machine on a stick: a folder with its name, or the one that was given.

    Of several, the one with the latest sealed file is taken; two groups of the poster tell whether it is the right one.

    Args:
        stick: Where to look.
        folder: Of the machine.

    Raises:
        NoPackage: There is none.
        Unreadable: The stick, or the name of the machine, cannot be read.
    """
    name = machine_name(folder)
    official = _manifest_name(Mode.OFFICIAL)
    if (stick / official).is_file():
        return stick
    try:
        found = [path for place in _PLACES for path in stick.glob(f"{place}{escape(name)}/{official}")]
    except OSError as error:
        raise Unreadable(f"{stick} could not be read: {error.strerror}") from None
    if not found:
        raise NoPackage(stick, name)
    return max(sorted(found), key=_number_in).parent


def _number_in(path: Path) -> int:
    """Number of a sealed file that is not checked yet; -1 where none can be read."""
    try:
        return Manifest.from_content(load_statement(path).content, path.name).number
    except (Refused, Unreadable):
        return -1


def fingerprints(package: Path, mode: Mode) -> Prints:
    """What the manifests of a package have on their posters.

    Args:
        package: Folder.
        mode: Official or rehearsal.

    Raises:
        Refused: V-1 codes.
        Unreadable: One is missing or cannot be read.
    """
    own, twin = (load_statement(package / _manifest_name(which)) for which in (mode, _other(mode)))
    return Prints(own.fingerprint, twin.fingerprint)


def confirm_on(stick: Path, loaded: Loaded) -> Path:
    """Write the confirmation of what was loaded to a stick, for the town hall.

    Returns:
        Its path.

    Raises:
        Unreadable: It cannot be written.
    """
    path = stick / loaded.confirmation_name
    write_whole(path, loaded.confirmation)
    return path


def load(
    folder: Path,
    package: Path,
    mode: Mode,
    cards: Sequence[Card],
    now: int,
    random_bytes: Callable[[int], bytes],
    *,
    expected: bytes | None = None,
) -> Loaded:
    """Load a package of the town hall into a machine, and confirm it.

    A later sealed file takes the place of the one that is loaded, as long as the machine has never opened.

    Args:
        folder: Of the machine.
        package: Folder with `manifest.cose`, `rehearsal.cose` and the sealed roll, as `tally seal` wrote it.
        mode: Official or rehearsal; official keys are never opened for a rehearsal.
        cards: Two officers' cards of that mode.
        now: Unix seconds; the first line of the log.
        random_bytes: Fills the free slots of the store.
        expected: Fingerprint of the manifest, 32 bytes, as it was compared with the poster: a stick that was exchanged
            meanwhile is refused.

    Raises:
        Refused: V-119 it is not the expected one, S-103 another machine's package, S-107 another roll, S-109 another
            sealed file that does not replace the one that is loaded in time; V-1 and V-2 codes, K-102.
        Misuse: It is loaded already.
    """
    with folder_lock(folder):
        keys = open_keys(folder, mode, cards)
        draft_bytes = read_bytes(folder / "draft.cose")
        manifest_bytes = read_bytes(package / _manifest_name(mode))
        other = read_bytes(package / _manifest_name(_other(mode)))
        pair = open_sealed_pair(draft_bytes, manifest_bytes, other, mode)
        if expected not in {None, pair.fingerprint}:
            raise Refused("V-119", "sealed file", "it is not the one that was compared with the poster")
        machine = _own_number(folder, mode, keys, pair.manifest)
        roll, directory = _open_package(package, mode, keys, pair.manifest, pair.fingerprint, machine)
        settings = Settings(manifest_bytes, draft_bytes, mode, machine)
        plan = store_plan(pair.manifest, pair.manifest.machines[machine].station)
        path = mode_file(folder, mode, "db")
        if path.exists():
            _check_replaces(path, pair)
        with _set_aside(path):
            spare = spare_numbers(pair.manifest.definition, roll, pair.manifest.machines[machine].name)
            with Store.create(path, plan, roll, settings, random_bytes, directory, spare) as store:
                store.sign_with(keys.signing)
                store.add_event(EventKind.LOADED, now)
    header = Header(StatementType.CONFIRMATION, mode, pair.fingerprint, Role.MACHINE, machine)
    handed_in = pair.manifest.machines[machine].enrolment
    confirmation = sign_statement(
        header, Confirmation(pair.fingerprint, handed_in).to_content(), keys.signing
    )
    name = f"confirmation-{mode.name.lower()}-{machine_name(folder)}.cose"
    return Loaded(pair.manifest, pair.fingerprint, entitled(roll.electors), confirmation, name)


def _check_replaces(path: Path, pair: SealedPair) -> None:
    """Check that a sealed file may take the place of the one that is loaded.

    Raises:
        Misuse: It is the same.
        Refused: S-109, it is no later one, or the machine has opened; S-2 codes.
    """
    with Store.open(path, held=True) as store:
        loaded = read_statement(store.settings.manifest)
        opened = bool(store.reports()) or store.state is not State.PREPARED
    if loaded.fingerprint == pair.fingerprint:
        raise Misuse(f"{path.parent} has loaded this already; station status shows what is next")
    if opened:
        raise Refused("S-109", f"sealed file number {pair.manifest.number}", "the machine has opened")
    number = Manifest.from_content(loaded.content, "manifest that is loaded").number
    if pair.manifest.number <= number:
        raise Refused("S-109", f"sealed file number {pair.manifest.number}", f"number {number} is loaded")


@contextmanager
def _set_aside(path: Path) -> Iterator[None]:
    """Keep the store that is replaced until the new one is there."""
    files = [item for item in (path, journal_path(path)) if item.exists()]
    aside = [item.with_name(f"{item.name}.replaced") for item in files]
    for item, name in zip(files, aside, strict=True):
        item.replace(name)
    try:
        yield
    except BaseException:
        for item, name in zip(files, aside, strict=True):
            name.replace(item)
        raise
    for name in aside:
        name.unlink()


def _manifest_name(mode: Mode) -> str:
    return "manifest.cose" if mode is Mode.OFFICIAL else "rehearsal.cose"


def _other(mode: Mode) -> Mode:
    return Mode.REHEARSAL if mode is Mode.OFFICIAL else Mode.OFFICIAL


def _own_number(folder: Path, mode: Mode, keys: MachineKeys, manifest: Manifest) -> int:
    """Check that the manifest holds exactly what this machine handed in."""
    name = machine_name(folder)
    enrolment = read_statement(read_bytes(mode_file(folder, mode, "enrolment.cose")))
    number = manifest.machine_named(name)
    entry = manifest.machines[number]
    public = keys.signing.public_key().public_bytes_raw()
    if entry.enrolment != enrolment.fingerprint or entry.public_key != public:
        raise Refused("S-103", f"machine {name}", "the manifest holds other keys or credentials")
    return number


def _open_package(
    package: Path, mode: Mode, keys: MachineKeys, manifest: Manifest, fingerprint: bytes, machine: int
) -> tuple[Roll, Directory]:
    statement = load_statement(package / f"roll-{mode.name.lower()}.cose")
    statement.expect(StatementType.PACKAGE, mode, fingerprint, Role.AUTHORITY)
    statement.verify(manifest.authority_key)
    content = Package.from_content(statement.content, "package")
    if content.machine != machine:
        raise Refused("S-103", "package", "made for another machine")
    roll = Roll.from_content(decode(open_sealed(content.sealed, keys.box, ROLL_PURPOSE), "roll"), "roll")
    station = manifest.machines[machine].station
    if roll.station != station or roll.digest != manifest.rolls[station]:
        raise Refused("S-107", f"station {manifest.definition.stations[station].id}")
    roll.check()
    index = decode(open_sealed(content.directory, keys.box, DIRECTORY_PURPOSE), "directory")
    directory = Directory.from_content(index, "directory")
    directory.check(len(manifest.definition.stations))
    return roll, directory
