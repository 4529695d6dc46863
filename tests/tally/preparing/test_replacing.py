"""Replacing the sealed file before anything is open: a withdrawn option, a machine that broke."""

from __future__ import annotations

import dataclasses
import secrets
import shutil
from pathlib import Path

import pytest

from keys.confirming import confirm
from keys.desk.cards import Card
from keys.election.definition import Definition, Option
from keys.election.statement import Mode
from keys.findings import Misuse, Refused
from keys.holding import open_trustee
from station.day import Closing, open_day
from station.loading import load
from station.machine import enrol
from tally.boxes.merge import import_box
from tally.preparing.defining import collect_confirmations, replace_seal
from tally.preparing.sealing import Sealed
from tally.workspace import Workspace
from tests.simulator.polling import NOW, PASSPHRASE, PollingPlaces, definition, seal_polling
from tests.simulator.walking import Clock, cast, refused


@pytest.fixture
def vote(tmp_path: Path) -> PollingPlaces:
    return seal_polling(tmp_path / "vote")


def withdrawn() -> Definition:
    """One project of the first contest was withdrawn, another came in its place."""
    changed = definition()
    contest = changed.contests[0]
    options = (*contest.options[:2], Option(id="4", name={"fr": "Fontaine"}))
    contests = (dataclasses.replace(contest, options=options), *changed.contests[1:])
    return dataclasses.replace(changed, contests=contests)


def replaced(vote: PollingPlaces, changed: Definition | None, *sources: Path) -> Sealed:
    authority = Workspace(vote.office).open_authority(PASSPHRASE)
    return replace_seal(vote.office, changed, sources, authority, NOW + 50, secrets.token_bytes)


def _load(vote: PollingPlaces, folder: Path, name: str, mode: Mode = Mode.OFFICIAL) -> bytes:
    return load(folder, vote.package(name), mode, vote.two(name, mode), NOW, secrets.token_bytes).confirmation


def test_it_numbers_and_names_the_old_one_and_keeps_draft_and_uuids(vote: PollingPlaces) -> None:
    before = {mode: Workspace(vote.office, mode).dossier() for mode in Mode}
    sealed = replaced(vote, withdrawn())
    for mode in Mode:
        old, new = before[mode], Workspace(vote.office, mode).dossier()
        assert (old.manifest.number, new.manifest.number) == (1, 2)
        assert new.manifest.replaces == old.fingerprint
        assert new.manifest.uuids == old.manifest.uuids
        assert new.draft_fingerprint == old.draft_fingerprint
        assert [machine.enrolment for machine in new.manifest.machines] == [
            machine.enrolment for machine in old.manifest.machines
        ]
        assert [option.id for option in new.manifest.definition.contests[0].options] == ["1", "2", "4"]
        kept = Workspace(vote.office / "replaced" / "1", mode).dossier()
        assert kept.fingerprint == old.fingerprint
    assert sealed.fingerprint != before[Mode.OFFICIAL].fingerprint


def test_a_third_one_replaces_the_second(vote: PollingPlaces) -> None:
    replaced(vote, withdrawn())
    second = Workspace(vote.office).dossier()
    replaced(vote, None)
    third = Workspace(vote.office).dossier().manifest
    assert (third.number, third.replaces) == (3, second.fingerprint)
    assert third.definition == second.manifest.definition


def test_everybody_confirms_again(vote: PollingPlaces, tmp_path: Path) -> None:
    trustee = open_trustee(vote.root / "Anne", PASSPHRASE)
    machines = {
        name: shutil.copytree(vote.machine(name), tmp_path / name) for name in ("m1", "m1-spare", "m2")
    }

    def confirmed(stick: Path) -> Path:
        stick.mkdir()
        for name, folder in machines.items():
            (stick / f"{name}.cose").write_bytes(_load(vote, folder, name))
        (stick / "anne.cose").write_bytes(confirm(trustee, Workspace(vote.office).root))
        return stick

    first = confirmed(tmp_path / "first")
    assert collect_confirmations(vote.office, [first]) == (4, [])
    replaced(vote, withdrawn())
    assert len(collect_confirmations(vote.office, [])[1]) == 4
    with pytest.raises(Refused):
        collect_confirmations(vote.office, [first])
    assert collect_confirmations(vote.office, [confirmed(tmp_path / "second")]) == (4, [])


def test_a_machine_that_has_not_opened_takes_the_new_one(vote: PollingPlaces, tmp_path: Path) -> None:
    folder, _ = vote.loaded(tmp_path)
    with pytest.raises(Misuse):
        _load(vote, folder, "m1")
    old = shutil.copytree(vote.package("m1"), tmp_path / "old-package")
    replaced(vote, withdrawn())
    _load(vote, folder, "m1")
    assert not list(folder.glob("*.replaced"))
    assert (
        refused(lambda: load(folder, old, Mode.OFFICIAL, vote.two("m1"), NOW, secrets.token_bytes)) == "S-109"
    )
    with open_day(folder, Mode.OFFICIAL, Clock()) as day:
        assert day.manifest.number == 2
        day.unlock(vote.two("m1"))
        day.open()
        cast(day, 1, choice=(0, 0, 1))
        day.close(Closing(1))
        day.export(tmp_path / "out")
    done = import_box(Workspace(vote.office), tmp_path / "out", lambda *_: None, NOW + 100)
    assert done.ballots == 1
    with pytest.raises(Misuse):
        replaced(vote, None)


@pytest.mark.parametrize("undone", [False, True])
def test_a_machine_that_has_opened_refuses_the_new_one(
    vote: PollingPlaces, tmp_path: Path, undone: bool
) -> None:
    folder, _ = vote.loaded(tmp_path)
    with open_day(folder, Mode.OFFICIAL, Clock()) as day:
        day.unlock(vote.two("m1"))
        day.open()
        if undone:
            day.undo_opening("the wrong day")
        before = day.store.reports()
    replaced(vote, withdrawn())
    assert refused(lambda: _load(vote, folder, "m1")) == "S-109"
    with open_day(folder, Mode.OFFICIAL, Clock()) as day:
        assert day.manifest.number == 1
        assert day.store.reports() == before
    _load(vote, folder, "m1", Mode.REHEARSAL)


def test_a_disk_that_fails_while_the_new_one_is_loaded(
    vote: PollingPlaces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = vote.loaded(tmp_path)
    replaced(vote, withdrawn())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("station.store.create_store", full)
        with pytest.raises(OSError, match="No space"):
            _load(vote, folder, "m1")
    with open_day(folder, Mode.OFFICIAL, Clock()) as day:
        assert day.manifest.number == 1
    _load(vote, folder, "m1")


def test_a_machine_that_broke_enrols_again_under_its_name(vote: PollingPlaces, tmp_path: Path) -> None:
    draft = (vote.office / "draft.cose").read_bytes()
    stick = tmp_path / "stick"
    stick.mkdir()
    cards: dict[Mode, tuple[Card, ...]] = {}
    for mode, (handed_in, made) in enrol(tmp_path / "m1", draft, "m1", secrets.token_bytes).items():
        (stick / f"{mode.name}.cose").write_bytes(handed_in)
        cards[mode] = made
    old = Workspace(vote.office).dossier().manifest
    new = replaced(vote, None, stick).manifest
    assert new.machines[0].public_key != old.machines[0].public_key
    assert new.machines[1:] == old.machines[1:]
    loaded = load(
        tmp_path / "m1", vote.package("m1"), Mode.OFFICIAL, cards[Mode.OFFICIAL][:2], NOW, secrets.token_bytes
    )
    assert loaded.manifest.number == 2
    lost = shutil.copytree(vote.machine("m1"), tmp_path / "lost")
    assert refused(lambda: _load(vote, lost, "m1")) == "S-103"


def test_contests_stations_and_trustees_stay(vote: PollingPlaces) -> None:
    base = definition()
    before = Workspace(vote.office).dossier().fingerprint
    for changed in (
        dataclasses.replace(base, contests=base.contests[:1]),
        dataclasses.replace(base, contests=base.contests[::-1]),
        dataclasses.replace(base, stations=base.stations[:1]),
        dataclasses.replace(base, trustees=("Bilal",)),
    ):
        assert refused(lambda changed=changed: replaced(vote, changed)) == "V-201"  # type: ignore[misc]
    more = dataclasses.replace(base.stations[0], electors=13)
    with pytest.raises(Refused) as caught:
        replaced(vote, dataclasses.replace(base, stations=(more, base.stations[1])))
    assert caught.value.code == "V-202"
    assert Workspace(vote.office).dossier().fingerprint == before
    replaced(vote, withdrawn())
