"""Sealing: a pure function of what was handed in, which refuses each lie."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from keys.crypto.group import base_mul, scalar
from keys.election.draft import open_draft
from keys.election.enrolment import Enrolment
from keys.election.manifest import Manifest, open_manifest, open_sealed_pair
from keys.election.sealing import HandedIn, assemble, check_sealed
from keys.election.statement import Mode, Role, StatementType, read_statement
from keys.findings import Refused
from tests.simulator.papers import DEFINITION, Papers, sign

OFFICIAL, REHEARSAL = Papers(), Papers(Mode.REHEARSAL)
DRAFT, CONTEXT = OFFICIAL.draft_record, OFFICIAL.draft.fingerprint
GIVEN = OFFICIAL.given
IDENTITY, SMALL_ORDER = bytes([1]) + bytes(31), bytes(32)


def seal(given: HandedIn, mode: Mode = Mode.OFFICIAL) -> Manifest:
    return assemble(DRAFT, CONTEXT, mode, given, (OFFICIAL if mode is Mode.OFFICIAL else REHEARSAL).facts)


@pytest.mark.parametrize("papers", [OFFICIAL, REHEARSAL], ids=["official", "rehearsal"])
def test_the_order_of_what_is_handed_in_does_not_matter(papers: Papers) -> None:
    given = papers.given
    turned = HandedIn(given.enrolments[::-1], given.trustees[::-1], given.board[::-1])
    made = seal(given, papers.mode)
    assert made == seal(turned, papers.mode)
    opened = open_manifest(papers.manifest(), papers.mode, CONTEXT, DRAFT.authority_key)
    assert opened == made
    check_sealed(opened, DRAFT, papers.mode, turned)


def _points(change: Callable[[bytes], bytes]) -> Callable[[Enrolment], Enrolment]:
    def changed(enrolment: Enrolment) -> Enrolment:
        first, *rest = enrolment.credentials
        return replace(enrolment, credentials=(replace(first, points=change(first.points)), *rest))

    return changed


def _machines(*enrolments: Any) -> HandedIn:
    return replace(GIVEN, enrolments=enrolments)


def _second(**fields: Any) -> HandedIn:
    return _machines(GIVEN.enrolments[0], OFFICIAL.enrolment(1, lambda item: replace(item, **fields)))


def _second_points(change: Callable[[bytes], bytes]) -> HandedIn:
    return _machines(GIVEN.enrolments[0], OFFICIAL.enrolment(1, _points(change)))


FIRST_POINT = base_mul(scalar(1)).raw
BRUNO = GIVEN.trustees[1]

LIES: dict[str, tuple[str, Callable[[], HandedIn]]] = {
    "machine missing": ("V-202.*has not enrolled", lambda: _machines(GIVEN.enrolments[0])),
    "machine twice": ("V-202.*twice", lambda: _machines(*GIVEN.enrolments, GIVEN.enrolments[0])),
    "machine nobody defined": ("V-202.*no station", lambda: _machines(
        *GIVEN.enrolments, OFFICIAL.enrolment(1, lambda item: replace(item, machine="m3"), "third"))),
    "machine of another station": ("V-202.*another station", lambda: _second(station=0)),
    "machine for fewer contests": ("V-202.*other contests", lambda: _machines(
        OFFICIAL.enrolment(0, lambda item: replace(item, credentials=item.credentials[:1])), GIVEN.enrolments[1])),
    "machine for a contest twice": ("V-202.*other contests", lambda: _machines(
        OFFICIAL.enrolment(0, lambda item: replace(item, credentials=item.credentials * 2)), GIVEN.enrolments[1])),
    "machine for contests turned": ("V-202.*other contests", lambda: _machines(
        OFFICIAL.enrolment(0, lambda item: replace(item, credentials=item.credentials[::-1])), GIVEN.enrolments[1])),
    "two machines with one key": ("V-202.*same key", lambda: _machines(
        GIVEN.enrolments[0], OFFICIAL.enrolment(1, signer="machine 0 0"))),
    "machine that signs with another key": ("V-102", lambda: _second(public_key=base_mul(scalar(5)).raw)),
    "credential missing": ("V-202.*another number", lambda: _second_points(lambda points: points[32:])),
    "half a credential": ("V-202.*another number", lambda: _second_points(lambda points: points[1:])),
    "credential too many": ("V-202.*another number", lambda: _second_points(lambda points: points + points[:32])),
    "credential twice": ("V-203.*twice", lambda: _second_points(lambda points: points[:64] + points[:32])),
    "credential of another machine": ("V-203.*twice", lambda: _second_points(
        lambda points: points[:64] + FIRST_POINT)),
    "credential that is the identity": ("V-203", lambda: _second_points(
        lambda points: points[:64] + IDENTITY)),
    "credential of small order": ("V-203.*group", lambda: _second_points(lambda points: points[:64] + SMALL_ORDER)),
    "credential off the curve": ("V-203", lambda: _second_points(lambda points: points[:64] + b"\x02" + bytes(31))),
    "rehearsal enrolment": ("V-132.*mode", lambda: _machines(GIVEN.enrolments[0], REHEARSAL.enrolment(1))),
    "enrolment of another draft": ("V-103.*another vote", lambda: _machines(
        GIVEN.enrolments[0], Papers(definition=replace(DEFINITION, town="Agen")).enrolment(1))),
    "trustee file as enrolment": ("V-103.*type", lambda: _machines(GIVEN.enrolments[0], BRUNO)),
    "trustee missing": ("V-202.*trustees", lambda: replace(GIVEN, trustees=GIVEN.trustees[:1])),
    "no trustee": ("V-202.*trustees", lambda: replace(GIVEN, trustees=())),
    "trustee twice": ("V-202.*trustees", lambda: replace(GIVEN, trustees=(*GIVEN.trustees, BRUNO))),
    "trustee renamed": ("V-202.*trustees", lambda: _trustee(lambda file: replace(file, name="Brunot"))),
    "two trustees with one key": ("V-202.*same key", lambda: replace(
        GIVEN, trustees=(GIVEN.trustees[0], OFFICIAL.trustee(1, signer="trustee 0")))),
    "trustee of the rehearsal": ("V-133.*mode", lambda: replace(
        GIVEN, trustees=(GIVEN.trustees[0], REHEARSAL.trustee(1)))),
    "trustee's proof of another key": ("V-206", lambda: _trustee(lambda file: replace(file, public_key=_mixed()))),
    "trustee's key is no JSON": ("V-206", lambda: _trustee(lambda file: replace(file, public_key=b"{"))),
    "trustee's key with blanks": ("V-206", lambda: _trustee(
        lambda file: replace(file, public_key=file.public_key.replace(b",", b", ", 1)))),
    "trustee who brings another": ("V-206.*exactly one", lambda: _trustee(
        lambda file: replace(file, public_key=file.public_key + b'],["Single",' + file.public_key))),
    "board member missing": ("V-202.*board", lambda: replace(GIVEN, board=GIVEN.board[:1])),
    "board member unknown": ("V-202.*board", lambda: _member(lambda member: replace(member, name="Eva"))),
    "board member twice": ("V-202.*twice", lambda: replace(GIVEN, board=(*GIVEN.board, GIVEN.board[0]))),
    "two board members with one key": ("V-202.*same key", lambda: replace(
        GIVEN, board=(GIVEN.board[0], OFFICIAL.member(1, signer="board 0")))),
}  # fmt: skip


def _trustee(change: Callable[[Any], Any]) -> HandedIn:
    return replace(GIVEN, trustees=(GIVEN.trustees[0], OFFICIAL.trustee(1, change)))


def _member(change: Callable[[Any], Any]) -> HandedIn:
    return replace(GIVEN, board=(GIVEN.board[0], OFFICIAL.member(1, change)))


def _mixed() -> bytes:
    """The proof of one trustee with the key of the other."""
    one, other = (item.content[3] for item in GIVEN.trustees)
    mixed: bytes = one[: one.index(b'"public_key"')] + other[other.index(b'"public_key"') :]
    return mixed


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_refused(name: str) -> None:
    said, given = LIES[name]
    with pytest.raises(Refused, match=said):
        seal(given())


def test_a_rehearsal_has_one_trustee() -> None:
    given = REHEARSAL.given
    with pytest.raises(Refused, match=r"V-202.*exactly one"):
        seal(replace(given, trustees=(*given.trustees, REHEARSAL.trustee(1))), Mode.REHEARSAL)
    with pytest.raises(Refused, match=r"V-132.*mode"):
        seal(replace(given, enrolments=GIVEN.enrolments), Mode.REHEARSAL)


CHANGES: dict[str, dict[str, Any]] = {
    "draft": {"draft": bytes(32)},
    "number without replaces": {"number": 2},
    "replaces without number": {"replaces": bytes(32)},
    "definition": {"definition": replace(DEFINITION, town="Agen")},
    "styles": {"styles": ((0, 1), (0, 1))},
    "rehearsal secret": {"rehearsal_secret": bytes(32)},
    "uuids of the rehearsal": {"uuids": DRAFT.rehearsal_uuids},
    "a uuid twice": {"uuids": DRAFT.official_uuids[:1] * 2},
    "a uuid missing": {"uuids": DRAFT.official_uuids[:1]},
    "credentials": {"credentials": (bytes(32), bytes(32))},
    "a roll missing": {"rolls": (bytes(32),)},
    "authority": {"authority_key": base_mul(scalar(9)).raw},
    "authority's box": {"authority_box_key": bytes([1]) * 32},
    "protocol": {"protocol": "Belenios 2.0"},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_manifest_is_refused_though_the_authority_signed_it(name: str) -> None:
    with pytest.raises(Refused, match="V-201"):
        _open_and_check(Papers(manifest_change=partial(replace, **CHANGES[name])))


def _open_and_check(papers: Papers) -> None:
    opened = open_manifest(papers.manifest(), Mode.OFFICIAL, CONTEXT, DRAFT.authority_key)
    check_sealed(opened, DRAFT, Mode.OFFICIAL, GIVEN)


@pytest.mark.parametrize("field", ["machines", "trustees", "board"])
def test_people_and_machines_cannot_be_exchanged(field: str) -> None:
    made = seal(GIVEN)
    entries = getattr(made, field)
    for row in (
        entries[::-1],
        entries[:1],
        (entries[0], replace(entries[1], **_key_of(entries[1], entries[0]))),
    ):
        with pytest.raises(Refused, match="V-201"):
            _open_and_check(Papers(manifest_change=partial(replace, **{field: row})))


def _key_of(entry: Any, other: Any) -> dict[str, bytes]:
    name = "public_key" if hasattr(entry, "public_key") else "signing_key"
    return {name: getattr(other, name)}


@pytest.mark.parametrize(
    "json", [b"[]", b"x", b'[["Single",{}]]', seal(REHEARSAL.given, Mode.REHEARSAL).trustees_json]
)
def test_trustees_of_a_manifest_are_sound(json: bytes) -> None:
    papers = Papers(manifest_change=lambda manifest: replace(manifest, trustees_json=json))
    with pytest.raises(Refused, match=r"V-206|V-201"):
        open_manifest(papers.manifest(), Mode.OFFICIAL, CONTEXT, DRAFT.authority_key)


def test_only_the_authority_of_the_draft_seals() -> None:
    raw = sign("machine 0 0", StatementType.MANIFEST, Mode.OFFICIAL, CONTEXT, Role.AUTHORITY, seal(GIVEN))
    with pytest.raises(Refused, match="V-102"):
        open_manifest(read_statement(raw), Mode.OFFICIAL, CONTEXT, DRAFT.authority_key)


def test_a_pair_names_each_other() -> None:
    cores = [papers.manifest_record.core_digest for papers in (OFFICIAL, REHEARSAL)]
    official, rehearsal = OFFICIAL.manifest(cores[1]).raw, REHEARSAL.manifest(cores[0]).raw
    draft = OFFICIAL.draft.raw
    pair = open_sealed_pair(draft, official, rehearsal, Mode.OFFICIAL)
    assert pair.fingerprint == read_statement(official).fingerprint
    assert open_sealed_pair(draft, rehearsal, official, Mode.REHEARSAL).draft == DRAFT
    with pytest.raises(Refused, match="V-135"):
        open_sealed_pair(draft, rehearsal, official, Mode.OFFICIAL)
    for one, other in (
        (OFFICIAL.manifest().raw, rehearsal),
        (official, REHEARSAL.manifest().raw),
        (official, REHEARSAL.manifest(bytes(32)).raw),
    ):
        with pytest.raises(Refused, match="V-205"):
            open_sealed_pair(draft, one, other, Mode.OFFICIAL)


DRAFTS: dict[str, dict[str, Any]] = {
    "a uuid in both": {"rehearsal_uuids": (DRAFT.rehearsal_uuids[0], DRAFT.official_uuids[0])},
    "a uuid twice": {"official_uuids": DRAFT.official_uuids[:1] * 2},
    "a uuid too many": {"official_uuids": (*DRAFT.official_uuids, "ThirdContestXYZ")},
    "a uuid missing": {"rehearsal_uuids": DRAFT.rehearsal_uuids[:1]},
    "a uuid not in base 58": {"official_uuids": (DRAFT.official_uuids[0], "OfficialContest0")},
}


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_with_false_uuids(name: str) -> None:
    draft = dataclasses.replace(DRAFT, **DRAFTS[name])
    raw = sign("authority", StatementType.DRAFT, Mode.OFFICIAL, bytes(32), Role.AUTHORITY, draft)
    with pytest.raises(Refused, match=r"V-104.*uuid"):
        open_draft(read_statement(raw))
