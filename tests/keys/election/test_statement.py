"""Statements have one form: vectors that must fail, bits that must not flip, and who signs what."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import keys.election.header as header_module
from keys.election.cbor import canonical, decode
from keys.election.receipt import Receipt
from keys.election.statement import (
    MAX_STATEMENT,
    NO_CONTEXT,
    SIGNERS,
    Header,
    KeyFrom,
    Mode,
    Role,
    StatementType,
    read_statement,
    sign_statement,
)
from keys.election.twins import MIXED_UP
from keys.findings import FINDINGS, Refused

VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors" / "statement" / "statements.json").read_text(encoding="utf-8")
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
CONTEXT = bytes([7]) * 32
ABOUT = Header(StatementType.RECEIPT, Mode.OFFICIAL, CONTEXT, Role.MACHINE, 3)


def receipt(trackers: int) -> bytes:
    return sign_statement(
        ABOUT, Receipt(tuple(bytes([n]) * 16 for n in range(trackers)), bytes(10)).to_content(), KEY
    )


@pytest.mark.parametrize("name", sorted(VECTORS["sound"]))
def test_a_sound_vector_is_read(name: str) -> None:
    raw = bytes.fromhex(VECTORS["sound"][name])
    statement = read_statement(raw)
    statement.verify(PUBLIC)
    assert sign_statement(statement.header, statement.content, KEY) == raw == statement.raw


@pytest.mark.parametrize("name", sorted(VECTORS["refused"]))
def test_a_false_vector_is_refused(name: str) -> None:
    vector = VECTORS["refused"][name]
    with pytest.raises(Refused) as refused:
        statement = read_statement(bytes.fromhex(vector["statement"]))
        statement.verify(PUBLIC)
        Receipt.from_content(statement.content, "receipt")
    assert refused.value.code == vector["code"]


def test_failures_outnumber_successes() -> None:
    assert len(VECTORS["refused"]) >= 3 * len(VECTORS["sound"])


def test_no_bit_may_flip() -> None:
    raw = receipt(1)
    for bit in range(8 * len(raw)):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refused, match=r"V-10[1-4]"):
            read_statement(bytes(changed)).verify(PUBLIC)


def test_nothing_may_be_cut_off() -> None:
    raw = receipt(1)
    for size in range(len(raw)):
        with pytest.raises(Refused, match="V-101"):
            read_statement(raw[:size])


@pytest.mark.parametrize(("trackers", "size"), [(1, 152), (15, 391)])
def test_size_of_a_receipt(trackers: int, size: int) -> None:
    assert len(receipt(trackers)) == size


def test_too_long_to_be_looked_at() -> None:
    with pytest.raises(Refused, match="V-101"):
        read_statement(bytes(MAX_STATEMENT + 1))


def test_another_key_does_not_verify() -> None:
    statement = read_statement(receipt(1))
    with pytest.raises(Refused, match="V-102"):
        statement.verify(Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw())


@pytest.mark.parametrize(
    "weak", ["00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "00" * 31 + "80", "ff" * 32, "00" * 31]
)
def test_a_key_under_which_anything_verifies_is_none(weak: str) -> None:
    """For a key of small order, R = identity and S = 0 is a signature of anything in one case of its order."""
    raw = bytearray(receipt(1))
    raw[-64:] = bytes([1]) + bytes(63)
    for signature in (bytes(raw), receipt(1)):
        with pytest.raises(Refused, match="V-102"):
            read_statement(signature).verify(bytes.fromhex(weak))


@pytest.mark.parametrize(
    ("type_", "mode", "context", "role", "said"),
    [
        (
            StatementType.CHALLENGE,
            Mode.OFFICIAL,
            CONTEXT,
            Role.MACHINE,
            "type is RECEIPT, expected CHALLENGE",
        ),
        (StatementType.RECEIPT, Mode.OFFICIAL, CONTEXT, Role.TRUSTEE, "role is MACHINE"),
        (StatementType.RECEIPT, Mode.OFFICIAL, bytes(32), Role.MACHINE, "another vote"),
    ],
)
def test_what_is_expected(type_: StatementType, mode: Mode, context: bytes, role: Role, said: str) -> None:
    statement = read_statement(receipt(1))
    statement.expect(StatementType.RECEIPT, Mode.OFFICIAL, CONTEXT, Role.MACHINE)
    with pytest.raises(Refused, match=f"V-103.*{said}"):
        statement.expect(type_, mode, context, role)


def test_a_fingerprint_names_content_not_signer() -> None:
    decision = {1: 2}
    by_authority = Header(StatementType.DECISION, Mode.OFFICIAL, CONTEXT, Role.AUTHORITY)
    by_board = Header(StatementType.DECISION, Mode.OFFICIAL, CONTEXT, Role.BOARD, 4)
    rehearsed = Header(StatementType.DECISION, Mode.REHEARSAL, CONTEXT, Role.AUTHORITY)
    one, two, three = (
        read_statement(sign_statement(header, decision, KEY)).fingerprint
        for header in (by_authority, by_board, rehearsed)
    )
    assert one == two != three


@pytest.mark.parametrize("type_", StatementType, ids=lambda item: item.name)
def test_only_its_signers_sign_a_type(type_: StatementType) -> None:
    key, roles = SIGNERS[type_]
    for role in Role:
        for signer in (None, 0, 65_535):
            numbered = key is KeyFrom.MANIFEST and role is not Role.AUTHORITY
            if role in roles and (signer is not None) == numbered:
                header = Header(type_, Mode.OFFICIAL, CONTEXT, role, signer)
                assert read_statement(sign_statement(header, {}, KEY)).header == header
            else:
                with pytest.raises(ValueError, match=type_.name):
                    Header(type_, Mode.OFFICIAL, CONTEXT, role, signer)


def test_a_context_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Header(StatementType.DRAFT, Mode.OFFICIAL, NO_CONTEXT[1:], Role.AUTHORITY)


def test_the_table_in_the_documentation() -> None:
    rows: dict[str, tuple[str, frozenset[str]]] = {}
    for line in inspect.getdoc(header_module).splitlines():  # type: ignore[union-attr]
        if found := re.fullmatch(r" +(\S.*?) {3,}(\S.*?) +the key in (?:its |the )(\w+)", line):
            names, roles, where = found.groups()
            rows |= dict.fromkeys(names.split(", "), (where, frozenset(roles.split(", "))))
    wanted = {
        type_.name.lower().replace("_", " "): (key.value, frozenset(role.name.lower() for role in roles))
        for type_, (key, roles) in SIGNERS.items()
    }
    assert rows == wanted
    assert set(SIGNERS) == set(StatementType)


EXOTIC = {
    "undefined": "f7", "simple value": "f8ff", "unassigned": "f0", "float": "fb3ff0000000000000", "half": "f93c00",
    "not a number": "f97e00", "bignum": "c249010000000000000000", "negative bignum": "c349010000000000000000",
    "small bignum": "c24101", "date": "c074323031332d30332d32315432303a30343a30305a", "seconds": "c11a514b67b0",
    "full date": "d903ec6a323031332d30332d3231", "set": "d9010283010203", "shared": "d81c80", "cycle": "d81c81d81d00",
    "reference to nothing": "d81d00", "string reference": "d9010081d81900", "pattern": "d8236161",
    "bad pattern": "d8236128", "message": "d8246161", "uuid": "d82550" + "00" * 16, "address": "d9010444c0a80001",
    "fraction": "d81e820103", "division by zero": "d81e820100", "decimal": "c48221196ab3",
    "huge decimal": "c4821b7fffffffffffffff01", "huge big float": "c5821b7fffffffffffffff01", "own tag": "d9d9f700",
    "unknown tag": "d83d00", "sign tag inside": "81d200", "map by list": "a18000", "map by map": "a1a000",
    "map by constant": "a1f501", "map by bytes": "a1410000", "map by not a number": "a2f97e0000f97e0001",
    "key twice": "a201020103", "keys out of order": "a202000100", "deep": "81" * 17 + "00",
    "very deep": "81" * 100_000 + "00", "length beyond memory": "9bffffffffffffffff",
    "bytes beyond memory": "5bffffffffffffffff", "text beyond memory": "7b7fffffffffffffff",
    "map beyond memory": "bb7fffffffffffffff", "many entries": "b841" + "".join(f"18{n:02x}00" for n in range(24, 89)),
    "indefinite list": "9fff", "indefinite bytes": "5f4100ff", "indefinite map": "bfff", "empty": "",
    "trailing": "0000", "break": "ff", "reserved": "1c", "bad text": "61ff", "half a surrogate": "63eda080",
    "long one": "1801", "long length": "580100", "long zero": "1b0000000000000000", "cut": "8201",
}  # fmt: skip


@pytest.mark.parametrize("name", EXOTIC)
def test_what_cbor_can_say_beyond_our_form(name: str) -> None:
    with pytest.raises(Refused, match="V-101"):
        decode(bytes.fromhex(EXOTIC[name]), "test")
    payload = bytes.fromhex(EXOTIC[name])
    protected = canonical({1: -8, -65537: [11, 0, CONTEXT, 1, 3]})
    signature = KEY.sign(canonical(["Signature1", protected, b"", payload]))
    raw = b"\xd2" + canonical([protected, {}, payload, signature])
    statement = read_statement(raw)
    statement.verify(PUBLIC)
    with pytest.raises(Refused, match=r"V-10[14]"):
        Receipt.from_content(statement.content, "receipt")


@pytest.mark.parametrize(
    "value", [2**64 - 1, -(2**64), "é", b"", None, True, [], {}, {-1: 0, 5: "x"}, {"fr": 1}]
)
def test_what_our_form_can_say(value: object) -> None:
    assert decode(canonical(value), "test") == value


def test_a_million_items_are_enough() -> None:
    raw = b"\x9a" + (1_000_000).to_bytes(4, "big") + bytes(1_000_000)
    with pytest.raises(Refused, match="too many items"):
        decode(raw, "test")


@pytest.mark.parametrize("type_", StatementType, ids=lambda type_: type_.name)
def test_vote_and_rehearsal_are_told_apart_by_a_finding_of_each_type(type_: StatementType) -> None:
    key, roles = SIGNERS[type_]
    role = min(roles)
    signer = 0 if key is KeyFrom.MANIFEST and role is not Role.AUTHORITY else None
    signing = Ed25519PrivateKey.from_private_bytes(bytes(32))
    for mode, other in ((Mode.OFFICIAL, Mode.REHEARSAL), (Mode.REHEARSAL, Mode.OFFICIAL)):
        statement = read_statement(sign_statement(Header(type_, mode, CONTEXT, role, signer), {}, signing))
        statement.expect(type_, mode, CONTEXT, role)
        with pytest.raises(Refused, match=f"{MIXED_UP[type_]}.*{mode.name}, expected {other.name}"):
            statement.expect(type_, other, CONTEXT, role)


def test_each_of_these_findings_is_one_type_s_own() -> None:
    assert set(MIXED_UP) == set(StatementType)
    assert len({FINDINGS[code].title for code in MIXED_UP.values()}) == len(StatementType)
