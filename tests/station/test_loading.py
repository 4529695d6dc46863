"""Loading: only the package that the town hall made for this machine, from the sealing that it confirms."""

from __future__ import annotations

import dataclasses
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from keys.desk.passphrase import seal
from keys.election.directory import DIRECTORY_PURPOSE, Directory
from keys.election.draft import open_draft
from keys.election.enrolment import Confirmation
from keys.election.manifest import Manifest, open_manifest
from keys.election.roll import ROLL_PURPOSE, Package, Roll
from keys.election.statement import Mode, Role, StatementType, canonical, read_statement
from keys.findings import Misuse, Refused
from station.day import open_day
from station.disk.folder import mode_file
from station.loading import fingerprints, load
from station.machine import open_keys
from station.store import Store
from tally.workspace import Authority, Workspace
from tests.simulator.polling import LOADED, PASSPHRASE, STRUCK_OFF, PollingPlaces

DIRECTORY = Directory(bytes(32), bytes(8))


@pytest.fixture
def machine(tmp_path: Path, polling: PollingPlaces) -> Path:
    """A machine that has enrolled."""
    folder: Path = shutil.copytree(polling.machine("m1"), tmp_path / "m1")
    return folder


@pytest.fixture
def package(tmp_path: Path, polling: PollingPlaces) -> Path:
    """Its package, on a stick that tests may change."""
    folder: Path = shutil.copytree(polling.package("m1"), tmp_path / "package")
    return folder


@pytest.fixture
def authority(polling: PollingPlaces) -> Authority:
    """An insider at the town hall."""
    return Workspace(polling.office).open_authority(PASSPHRASE)


def _load(machine: Path, package: Path, polling: PollingPlaces, mode: Mode = Mode.OFFICIAL) -> None:
    load(machine, package, mode, polling.two("m1", mode), LOADED, secrets.token_bytes)


def _refused(machine: Path, package: Path, polling: PollingPlaces, mode: Mode = Mode.OFFICIAL) -> str:
    with pytest.raises(Refused) as caught:
        _load(machine, package, polling, mode)
    assert not mode_file(machine, mode, "db").exists()
    return caught.value.code


def _manifest(polling: PollingPlaces, package: Path, mode: Mode) -> Manifest:
    draft = read_statement((polling.office / "draft.cose").read_bytes())
    name = "manifest.cose" if mode is Mode.OFFICIAL else "rehearsal.cose"
    statement = read_statement((package / name).read_bytes())
    return open_manifest(statement, mode, draft.fingerprint, open_draft(draft).authority_key)


@pytest.mark.parametrize("mode", list(Mode))
def test_loading_confirms_exactly_what_was_handed_in(
    machine: Path, package: Path, polling: PollingPlaces, mode: Mode
) -> None:
    loaded = load(machine, package, mode, polling.two("m1", mode), LOADED, secrets.token_bytes)
    assert loaded.fingerprint == polling.fingerprints[mode]
    assert loaded.electors == {Mode.OFFICIAL: 11, Mode.REHEARSAL: 12}[mode], "one of 12 is struck off"
    statement = read_statement(loaded.confirmation)
    statement.expect(StatementType.CONFIRMATION, mode, loaded.fingerprint, Role.MACHINE)
    statement.verify(loaded.manifest.machines[0].public_key)
    enrolment = read_statement(mode_file(machine, mode, "enrolment.cose").read_bytes())
    assert Confirmation.from_content(statement.content, "") == Confirmation(
        loaded.fingerprint, enrolment.fingerprint
    )


def test_the_rehearsal_shows_no_real_name(machine: Path, package: Path, polling: PollingPlaces) -> None:
    _load(machine, package, polling, Mode.REHEARSAL)
    with Store.open(mode_file(machine, Mode.REHEARSAL, "db")) as store:
        names = {elector.surname for elector, _ in store.electors()}
    assert names == {"RÉPÉTITION"}
    assert b"Camille" not in mode_file(machine, Mode.REHEARSAL, "db").read_bytes()


def test_a_rehearsal_never_opens_official_keys(machine: Path, package: Path, polling: PollingPlaces) -> None:
    """The official keys may even be absent while it is rehearsed."""
    for ending in ("secret", "cards", "enrolment.cose"):
        mode_file(machine, Mode.OFFICIAL, ending).unlink()
    _load(machine, package, polling, Mode.REHEARSAL)


def test_loading_twice(machine: Path, package: Path, polling: PollingPlaces) -> None:
    _load(machine, package, polling)
    before = mode_file(machine, Mode.OFFICIAL, "db").read_bytes()
    with pytest.raises(Misuse):
        _load(machine, package, polling)
    assert mode_file(machine, Mode.OFFICIAL, "db").read_bytes() == before


@pytest.mark.parametrize("other", ["m1-spare", "m2"])
def test_package_of_another_machine(machine: Path, polling: PollingPlaces, other: str) -> None:
    assert _refused(machine, polling.package(other), polling) == "S-103"


def test_only_the_roll_of_another_machine(machine: Path, package: Path, polling: PollingPlaces) -> None:
    shutil.copy(polling.package("m1-spare") / "roll-official.cose", package)
    assert _refused(machine, package, polling) == "S-103"


def test_rehearsal_for_official_and_back(machine: Path, package: Path, polling: PollingPlaces) -> None:
    official, rehearsal = package / "manifest.cose", package / "rehearsal.cose"
    raws = official.read_bytes(), rehearsal.read_bytes()
    official.write_bytes(raws[1])
    rehearsal.write_bytes(raws[0])
    for mode in Mode:
        assert _refused(machine, package, polling, mode) == "V-135"
    rehearsal.write_bytes(raws[1])
    assert _refused(machine, package, polling) == "V-135"
    assert _refused(machine, package, polling, Mode.REHEARSAL) == "V-135"


def test_the_roll_of_the_rehearsal_for_the_official_one(
    machine: Path, package: Path, polling: PollingPlaces
) -> None:
    rolls = package / "roll-official.cose", package / "roll-rehearsal.cose"
    raws = rolls[0].read_bytes(), rolls[1].read_bytes()
    rolls[0].write_bytes(raws[1])
    rolls[1].write_bytes(raws[0])
    for mode in Mode:
        assert _refused(machine, package, polling, mode) == "V-149"


def test_cards_of_the_other_mode(machine: Path, package: Path, polling: PollingPlaces) -> None:
    with pytest.raises(Refused) as caught:
        load(machine, package, Mode.OFFICIAL, polling.two("m1", Mode.REHEARSAL), LOADED, secrets.token_bytes)
    assert caught.value.code == "S-110"


def test_files_of_the_rehearsal_under_the_names_of_the_vote(
    machine: Path, package: Path, polling: PollingPlaces
) -> None:
    """Keys, cards and store of the two are never taken for each other, whoever exchanges them on the disk."""
    for mode in Mode:
        _load(machine, package, polling, mode)
    twins = {Mode.OFFICIAL: Mode.REHEARSAL, Mode.REHEARSAL: Mode.OFFICIAL}
    for ending, code in (("secret", "S-111"), ("cards", "S-110"), ("db", "S-213")):
        raws = {mode: mode_file(machine, mode, ending).read_bytes() for mode in Mode}
        for mode in Mode:
            mode_file(machine, twins[mode], ending).write_bytes(raws[mode])
        for mode in Mode:
            with pytest.raises(Refused) as caught, open_day(machine, mode, lambda: 0) as day:
                day.unlock(polling.two("m1", mode))
            assert caught.value.code == code
        for mode in Mode:
            mode_file(machine, mode, ending).write_bytes(raws[mode])
    for mode in Mode:
        with open_day(machine, mode, lambda: 0) as day:
            day.unlock(polling.two("m1", mode))


def test_another_authority_or_another_draft(
    machine: Path, package: Path, polling: PollingPlaces, another_vote: PollingPlaces
) -> None:
    """The whole package of another town hall, and each of its manifests alone."""
    foreign = another_vote.package("m1")
    assert _refused(machine, foreign, polling) == "V-103"
    for name in ("manifest.cose", "rehearsal.cose"):
        kept = (package / name).read_bytes()
        shutil.copy(foreign / name, package)
        for mode in Mode:
            assert _refused(machine, package, polling, mode) == "V-103"
        (package / name).write_bytes(kept)
    shutil.copy(another_vote.office / "draft.cose", machine / "draft.cose")
    assert _refused(machine, foreign, polling) in {"S-103", "V-204"}


def test_a_manifest_signed_by_somebody_else(machine: Path, package: Path, polling: PollingPlaces) -> None:
    manifest = _manifest(polling, package, Mode.OFFICIAL)
    raw = Authority.generate().sign(StatementType.MANIFEST, Mode.OFFICIAL, manifest.draft, manifest)
    (package / "manifest.cose").write_bytes(raw)
    assert _refused(machine, package, polling) == "V-102"


def _with_number(manifest: Manifest) -> Manifest:
    return dataclasses.replace(manifest, sealed=manifest.sealed + 1)


def _with_other_machine(manifest: Manifest) -> Manifest:
    machines = list(manifest.machines)
    machines[0] = dataclasses.replace(machines[0], public_key=machines[1].public_key)
    return dataclasses.replace(manifest, machines=tuple(machines))


def _with_other_enrolment(manifest: Manifest) -> Manifest:
    machines = list(manifest.machines)
    machines[0] = dataclasses.replace(machines[0], enrolment=machines[1].enrolment)
    return dataclasses.replace(manifest, machines=tuple(machines))


@pytest.mark.parametrize("change", [_with_number, _with_other_machine], ids=["other time", "other key"])
@pytest.mark.parametrize("mode", list(Mode))
def test_an_insider_exchanges_one_of_the_pair(
    machine: Path,
    package: Path,
    polling: PollingPlaces,
    authority: Authority,
    change: Callable[[Manifest], Manifest],
    mode: Mode,
) -> None:
    """Whichever of the two was changed, they do not name each other any more."""
    changed = change(_manifest(polling, package, mode))
    name = "manifest.cose" if mode is Mode.OFFICIAL else "rehearsal.cose"
    (package / name).write_bytes(authority.sign(StatementType.MANIFEST, mode, changed.draft, changed))
    for loading in Mode:
        assert _refused(machine, package, polling, loading) == "V-205"


@pytest.mark.parametrize("change", [_with_other_machine, _with_other_enrolment], ids=["key", "credentials"])
def test_an_insider_exchanges_both(
    machine: Path,
    package: Path,
    polling: PollingPlaces,
    authority: Authority,
    change: Callable[[Manifest], Manifest],
) -> None:
    """A sound pair that does not hold what this machine handed in."""
    pair = {mode: change(_manifest(polling, package, mode)) for mode in Mode}
    cores = {mode: manifest.core_digest for mode, manifest in pair.items()}
    for mode, other, name in (
        (Mode.OFFICIAL, Mode.REHEARSAL, "manifest.cose"),
        (Mode.REHEARSAL, Mode.OFFICIAL, "rehearsal.cose"),
    ):
        manifest = dataclasses.replace(pair[mode], twin=cores[other])
        (package / name).write_bytes(authority.sign(StatementType.MANIFEST, mode, manifest.draft, manifest))
    assert _refused(machine, package, polling) == "S-103"


def _sealed_roll(
    polling: PollingPlaces,
    package: Path,
    signed_by: Authority,
    change: Callable[[Roll], Roll],
    machine: int = 0,
    mode: Mode = Mode.OFFICIAL,
) -> None:
    """Put a roll that was changed into the package."""
    machine_keys = open_keys(polling.machine("m1"), mode, polling.two("m1", mode))
    with Store.open(mode_file(polling.root / "for-rolls" / "m1", mode, "db")) as store:
        roll = change(store.roll())
    box_key = machine_keys.box.public_key().public_bytes_raw()
    content = Package(
        machine,
        seal(canonical(roll.to_content()), box_key, ROLL_PURPOSE),
        seal(canonical(DIRECTORY.to_content()), box_key, DIRECTORY_PURPOSE),
    )
    raw = signed_by.sign(StatementType.PACKAGE, mode, polling.fingerprints[mode], content)
    (package / f"roll-{mode.name.lower()}.cose").write_bytes(raw)


@pytest.fixture(scope="module", autouse=True)
def _rolls_of_the_machine(polling: PollingPlaces) -> None:
    (polling.root / "for-rolls").mkdir()
    polling.loaded(polling.root / "for-rolls")


def _one_more(roll: Roll) -> Roll:
    extra = dataclasses.replace(roll.electors[-1], number=99)
    return dataclasses.replace(roll, electors=(*roll.electors, extra))


def _one_struck_off(roll: Roll) -> Roll:
    first = dataclasses.replace(roll.electors[0], status=roll.electors[10].status)
    return dataclasses.replace(roll, electors=(first, *roll.electors[1:]))


@pytest.mark.parametrize(
    "change",
    [
        _one_more,
        _one_struck_off,
        lambda roll: dataclasses.replace(roll, salt=bytes(16)),
        lambda roll: dataclasses.replace(roll, station=1),
    ],
    ids=["one more", "one struck off", "other salt", "other station"],
)
def test_an_insider_changes_the_roll(
    machine: Path,
    package: Path,
    polling: PollingPlaces,
    authority: Authority,
    change: Callable[[Roll], Roll],
) -> None:
    _sealed_roll(polling, package, authority, lambda roll: roll)
    (machine.parent / "same").mkdir()
    polling.loaded(machine.parent / "same")  # the roll itself, sealed again, is taken
    _sealed_roll(polling, package, authority, change)
    assert _refused(machine, package, polling) == "S-107"


def test_a_roll_signed_by_somebody_else_or_for_another(
    machine: Path, package: Path, polling: PollingPlaces, authority: Authority
) -> None:
    _sealed_roll(polling, package, Authority.generate(), lambda roll: roll)
    assert _refused(machine, package, polling) == "V-102"
    _sealed_roll(polling, package, authority, lambda roll: roll, machine=1)
    assert _refused(machine, package, polling) == "S-103"


@pytest.mark.parametrize("sealed", [b"\xff", b"\x81", b"\x01\x02"], ids=["no item", "cut off", "two items"])
def test_what_was_sealed_is_no_roll(
    machine: Path, package: Path, polling: PollingPlaces, authority: Authority, sealed: bytes
) -> None:
    _seal_into(polling, package, authority, sealed, canonical(DIRECTORY.to_content()))
    assert _refused(machine, package, polling) == "V-101"


def _seal_into(
    polling: PollingPlaces, package: Path, authority: Authority, roll: bytes, directory: bytes
) -> None:
    """Put whatever bytes into the package as roll and as directory."""
    mode = Mode.OFFICIAL
    key = open_keys(polling.machine("m1"), mode, polling.two("m1", mode)).box.public_key().public_bytes_raw()
    content = Package(0, seal(roll, key, ROLL_PURPOSE), seal(directory, key, DIRECTORY_PURPOSE))
    raw = authority.sign(StatementType.PACKAGE, mode, polling.fingerprints[mode], content)
    (package / "roll-official.cose").write_bytes(raw)


def _content(directory: Directory) -> bytes:
    return canonical(directory.to_content())


@pytest.mark.parametrize(
    ("directory", "code"),
    [
        (b"\xff", "V-101"),
        (_content(DIRECTORY)[:-1], "V-101"),
        (_content(dataclasses.replace(DIRECTORY, rows=bytes(7))), "V-104"),
        (_content(dataclasses.replace(DIRECTORY, rows=bytes(16))), "V-104"),
        (_content(dataclasses.replace(DIRECTORY, rows=b"\1" + bytes(15))), "V-104"),
        (_content(dataclasses.replace(DIRECTORY, rows=bytes(7) + b"\2")), "V-104"),
    ],
    ids=["no item", "cut off", "half a row", "a row twice", "out of order", "a third station of two"],
)
def test_what_was_sealed_is_no_directory(
    machine: Path,
    package: Path,
    polling: PollingPlaces,
    authority: Authority,
    directory: bytes,
    code: str,
) -> None:
    with Store.open(mode_file(polling.root / "for-rolls" / "m1", Mode.OFFICIAL, "db")) as store:
        roll = canonical(store.roll().to_content())
    _seal_into(polling, package, authority, roll, directory)
    assert _refused(machine, package, polling) == code
    _seal_into(polling, package, authority, roll, _content(DIRECTORY))
    _load(machine, package, polling)


def test_the_machine_knows_who_votes_at_the_other_station(
    machine: Path, package: Path, polling: PollingPlaces
) -> None:
    _load(machine, package, polling)
    with Store.open(mode_file(machine, Mode.OFFICIAL, "db")) as store:
        directory = store.directory()
    assert directory is not None
    assert directory.stations("NOM5", "1958-03-05") == (0, 1)
    assert directory.stations("Nom5", "1958-03-06") == ()
    assert directory.stations(f"Nom{STRUCK_OFF}", f"1958-03-{STRUCK_OFF:02}") == ()


@pytest.mark.parametrize("name", ["manifest.cose", "rehearsal.cose", "roll-official.cose"])
def test_one_changed_bit_anywhere(machine: Path, package: Path, polling: PollingPlaces, name: str) -> None:
    path = package / name
    whole = path.read_bytes()
    for at in (0, 3, len(whole) // 2, len(whole) - 70, len(whole) - 1):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert _refused(machine, package, polling) in {"V-101", "V-102", "V-103", "V-104"}
    path.write_bytes(whole[:-1])
    assert _refused(machine, package, polling) == "V-101"


def test_the_fingerprint_that_is_compared_is_the_one_of_the_mode(
    package: Path, polling: PollingPlaces
) -> None:
    for mode in Mode:
        (twin,) = set(Mode) - {mode}
        assert fingerprints(package, mode) == (polling.fingerprints[mode], polling.fingerprints[twin])


def test_a_stick_that_was_exchanged_after_the_comparison_is_refused(
    machine: Path, package: Path, polling: PollingPlaces
) -> None:
    cards = polling.two("m1")
    compared = polling.fingerprints[Mode.OFFICIAL]
    other = bytes([compared[0] ^ 1]) + compared[1:]
    with pytest.raises(Refused) as caught:
        load(machine, package, Mode.OFFICIAL, cards, LOADED, secrets.token_bytes, expected=other)
    assert caught.value.code == "V-119"
    assert not mode_file(machine, Mode.OFFICIAL, "db").exists()
    load(machine, package, Mode.OFFICIAL, cards, LOADED, secrets.token_bytes, expected=compared)
