"""What follows from a key ceremony, judged by anybody: the keys of the sealed vote, and every lie about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from keys.crypto.trustees import Pedersen, Trustees
from keys.election.ceremony import CeremonyStep
from keys.election.enrolment import TrusteeFile
from keys.election.manifest import Manifest, open_manifest
from keys.election.sealing import HandedIn, assemble, check_sealed, open_trustee_file
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from keys.findings import Refused
from keys.holding import new_trustee, open_holding, open_trustee, sign_file
from tests.simulator.ceremony import (
    DRAFT,
    NAMES,
    PAPERS,
    STEPS,
    Table,
    flipped,
    for_everybody,
    instead,
    message,
    opens,
    resay,
    told,
    words,
)


def given(said: Sequence[Statement]) -> HandedIn:
    return replace(PAPERS.given, trustees=for_everybody(said))


def seal(said: Sequence[Statement]) -> Manifest:
    facts = replace(PAPERS.facts, definition=PAPERS.definition)
    return assemble(PAPERS.draft_record, DRAFT.fingerprint, Mode.OFFICIAL, given(said), facts)


pytestmark = pytest.mark.usefixtures("quick_passphrases")


def test_any_two_of_three_open_and_nobody_alone(finished: tuple[Table, list[Statement]]) -> None:
    table, said = finished
    manifest = seal(said)
    trustees = Trustees.parse(manifest.trustees_json)
    assert isinstance(trustees.entries[0], Pedersen)
    assert [entry.name for entry in manifest.trustees] == list(NAMES)
    secrets = {at: open_trustee(table.folder(name), words(name)).secret for at, name in enumerate(NAMES, 1)}
    for pair in combinations(secrets, 2):
        assert opens(trustees, {owner: secrets[owner] for owner in pair}, 7) == 7
    assert opens(trustees, dict(secrets), 7) == 7
    for alone, secret in secrets.items():
        with pytest.raises(ValueError, match="2 decryptions needed"):
            opens(trustees, {alone: secret}, 7)


def test_the_manifest_follows_from_what_is_published(finished: tuple[Table, list[Statement]]) -> None:
    _, said = finished
    manifest = seal(said)
    sealed = PAPERS._own("authority", StatementType.MANIFEST, Role.AUTHORITY, manifest)
    opened = open_manifest(sealed, Mode.OFFICIAL, DRAFT.fingerprint, PAPERS.draft_record.authority_key)
    check_sealed(opened, PAPERS.draft_record, Mode.OFFICIAL, given(said[::-1]))
    assert not opened.one_machine_ceremony


def resigned(table: Table, statement: Statement, **changes: object) -> Statement:
    """A trustee's file with other fields, signed again."""
    file = TrusteeFile.from_content(statement.content, "file")
    signing = open_holding(table.folder(file.name), words(file.name)).signing
    changed = replace(file, **changes)  # type: ignore[arg-type]
    return read_statement(sign_file(changed, Mode.OFFICIAL, DRAFT.fingerprint, signing))


def file_of(said: Sequence[Statement], name: str) -> Statement:
    return next(
        item for item in said if item.header.type is StatementType.TRUSTEE and item.content[1] == name
    )


Lie = Callable[[Table, list[Statement]], list[Statement]]


def without(step: CeremonyStep) -> Lie:
    return lambda table, said: [item for item in said if item is not told(said, "Bilal", step)]


def changed(step: CeremonyStep, after: bytes) -> Lie:
    def lie(table: Table, said: list[Statement]) -> list[Statement]:
        old = told(said, "Bilal", step)
        return instead(said, old, resay(table, old, message=flipped(message(old).message, after)))

    return lie


def other_file(**changes: Callable[[TrusteeFile], object]) -> Lie:
    def lie(table: Table, said: list[Statement]) -> list[Statement]:
        old = file_of(said, "Bilal")
        file = TrusteeFile.from_content(old.content, "file")
        fields = {name: change(file) for name, change in changes.items()}
        return instead(said, old, resigned(table, old, **fields))

    return lie


SEALING_LIES: dict[str, tuple[str, Lie]] = {
    "certificate missing": ("K-111 trustee Bilal", without(STEPS.CERTIFICATE)),
    "commitments missing": ("K-111 trustee Bilal", without(STEPS.COMMITMENTS)),
    "another certificate": ("K-112 trustee Bilal", changed(STEPS.CERTIFICATE, b'"challenge":"')),
    "other commitments": ("K-112 trustee Bilal", changed(STEPS.COMMITMENTS, b'"challenge":"')),
    "file that rests on nothing": ("K-110 trustee Bilal", other_file(rests_on=lambda _: ())),
    "file that rests on others": ("K-112 trustee Anne", other_file(rests_on=lambda f: (bytes(32), *f.rests_on[1:]))),
    "share of another key": ("K-110 trustee Bilal", other_file(
        public_key=lambda f: flipped(f.public_key, b'"public_key":"'))),
    "share without proof": ("K-110 trustee Bilal", other_file(
        public_key=lambda f: flipped(f.public_key, b'"challenge":"'))),
    "unsigned share": ("K-110 trustee Bilal", other_file(
        public_key=lambda f: f.public_key[: f.public_key.index(b',"signature"')] + b"}")),
    "share with blanks": ("K-110 trustee Bilal", other_file(public_key=lambda f: f.public_key.replace(b",", b", ", 1))),
    "trustee file missing": ("V-202 trustees", lambda _, said: [i for i in said if i is not file_of(said, "Bilal")]),
    "no ceremony at all": ("K-111 trustee Anne, Bilal, Chloé", lambda _, said: [
        item for item in said if item.header.type is StatementType.TRUSTEE]),
}  # fmt: skip


@pytest.mark.parametrize("name", SEALING_LIES)
def test_a_lie_at_sealing_is_refused(finished: tuple[Table, list[Statement]], name: str) -> None:
    table, said = finished
    code, lie = SEALING_LIES[name]
    unique = list({item.raw: item for item in said}.values())
    with pytest.raises(Refused, match=code):
        seal(lie(table, unique))


def test_sealed_shares_are_not_published(finished: tuple[Table, list[Statement]]) -> None:
    _, said = finished
    facts = replace(PAPERS.facts, definition=PAPERS.definition)
    all_said = replace(PAPERS.given, trustees=said)
    with pytest.raises(Refused, match=r"V-202.*not for everybody"):
        assemble(PAPERS.draft_record, DRAFT.fingerprint, Mode.OFFICIAL, all_said, facts)


def test_a_set_for_a_vote_in_which_all_are_needed(finished: tuple[Table, list[Statement]]) -> None:
    _, said = finished
    facts = replace(PAPERS.facts, definition=replace(PAPERS.definition, threshold=3))
    with pytest.raises(Refused, match=r"V-202.*all of them are needed"):
        assemble(PAPERS.draft_record, DRAFT.fingerprint, Mode.OFFICIAL, given(said), facts)
    facts = replace(PAPERS.facts, definition=replace(PAPERS.definition, threshold=1))
    with pytest.raises(Refused, match=r"K-110.*another threshold"):
        assemble(PAPERS.draft_record, DRAFT.fingerprint, Mode.OFFICIAL, given(said), facts)


def test_a_stranger_takes_the_place_of_a_trustee(
    finished: tuple[Table, list[Statement]], tmp_path: Path
) -> None:
    """Somebody else's signing key over Bilal's own messages."""
    _, said = finished
    stranger = new_trustee(tmp_path, DRAFT.raw, "Bilal", words("Bilal"))
    key = open_holding(tmp_path, words("Bilal")).signing
    file = TrusteeFile.from_content(file_of(said, "Bilal").content, "file")
    public = read_statement(stranger).content[3]
    lie = read_statement(sign_file(replace(file, signing_key=public), Mode.OFFICIAL, DRAFT.fingerprint, key))
    with pytest.raises(Refused, match=r"K-110 trustee Bilal.*another key"):
        seal(instead(said, file_of(said, "Bilal"), lie))


def test_a_rehearsal_holds_no_ceremony() -> None:
    twin = replace(PAPERS, mode=Mode.REHEARSAL)
    file = open_trustee_file(twin.trustee(2), Mode.REHEARSAL, DRAFT.fingerprint)
    assert file.name == "rehearsal"
    manifest = assemble(twin.draft_record, DRAFT.fingerprint, Mode.REHEARSAL, twin.given, replace(twin.facts))
    assert len(manifest.trustees) == 1
