"""The key ceremony: rounds between folders that stand for separate machines, and everything that is refused in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from keys.ceremony import hold_on_one_machine, proceed
from keys.crypto.trustees import Trustees
from keys.election.sealing import assemble, check_sealed
from keys.election.statement import Mode, Statement, StatementType, read_statement
from keys.findings import Misuse, Refused
from keys.holding import new_trustee, open_holding, open_trustee, sign_message
from tests.simulator.ceremony import (
    DRAFT,
    NAMES,
    PAPERS,
    STEPS,
    Table,
    edited,
    flipped,
    for_everybody,
    instead,
    message,
    opens,
    read,
    resay,
    told,
    words,
)
from tests.simulator.papers import DEFINITION, Papers

pytestmark = pytest.mark.usefixtures("quick_passphrases")


def test_a_round_repeated_gives_the_same_answer(table: Table) -> None:
    certificates = table.certificates()
    first = table.proceed("Anne", certificates)
    assert not first.finished
    assert first.waiting_for == ("Bilal", "Chloé")
    assert table.proceed("Anne", certificates) == first == table.proceed("Anne", [])
    bilal = read([table.proceed("Bilal", certificates)])
    assert table.proceed("Anne", [*certificates, *bilal]).waiting_for == ("Chloé",)
    last = table.proceed("Chloé", [*certificates, *bilal, *read([first])])
    assert last.finished
    everything = [*certificates, *bilal, *read([first, last])]
    done = table.proceed("Anne", everything)
    assert done.finished
    assert set(first.statements) < set(done.statements)
    assert table.proceed("Anne", everything) == done == table.proceed("Anne", [])


def test_no_secret_lies_open(finished: tuple[Table, list[Statement]]) -> None:
    table, said = finished
    for name in NAMES:
        holding = open_holding(table.folder(name), words(name))
        assert holding.secret is not None
        secrets = [holding.secret.to_bytes(32, "big"), str(holding.secret).encode(), holding.seed.encode()]
        files = [path.read_bytes() for path in table.root.rglob("*") if path.is_file()]
        for data in [*files, *(item.raw for item in said)]:
            assert not any(secret in data for secret in secrets)
        assert holding.seed not in repr(holding)


def test_the_key_is_not_there_before_the_end(table: Table) -> None:
    certificates = table.certificates()
    table.proceed("Anne", certificates)
    with pytest.raises(Misuse, match="not made yet"):
        open_trustee(table.folder("Anne"), words("Anne"))


def test_a_round_without_everybody(table: Table) -> None:
    anne, bilal, _ = table.certificates()
    with pytest.raises(Refused, match=r"K-111 trustee Chloé.*certificates"):
        table.proceed("Anne", [anne, bilal])
    with pytest.raises(Refused, match=r"K-111 trustee Bilal, Chloé"):
        table.proceed("Anne", [])


def test_another_vote(table: Table) -> None:
    table.certificates()
    other = replace(PAPERS, definition=replace(PAPERS.definition, town="Agen")).draft
    with pytest.raises(Refused, match="V-103"):
        proceed(table.folder("Anne"), other.raw, words("Anne"), [])
    with pytest.raises(Refused, match="K-101"):
        proceed(table.folder("Anne"), DRAFT.raw, b"other words", [])


def test_all_are_needed_no_ceremony(tmp_path: Path) -> None:
    papers = Papers(definition=replace(DEFINITION, trustees=NAMES, threshold=3))
    statement = read_statement(new_trustee(tmp_path, papers.draft.raw, "Anne", words("Anne")))
    assert statement.header.type is StatementType.TRUSTEE
    with pytest.raises(Misuse, match="nothing to agree on"):
        proceed(tmp_path, papers.draft.raw, words("Anne"), [])


# Lies of a trustee who keeps its own signing key, and of whoever carries the sticks.

CERTIFICATE_LIES: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda raw: b"{",
    "another key": lambda raw: flipped(raw, b'\\"encryption\\":\\"'),
    "another proof": lambda raw: flipped(raw, b'"challenge":"'),
    "another threshold": lambda raw: raw.replace(b'\\"threshold\\":2', b'\\"threshold\\":1'),
    "another index": lambda raw: raw.replace(b'\\"index\\":2', b'\\"index\\":3'),
}


@pytest.mark.parametrize("name", CERTIFICATE_LIES)
def test_a_bad_certificate_names_its_trustee(table: Table, name: str) -> None:
    certificates = table.certificates()
    bilal = certificates[1]
    lie = resay(table, bilal, message=CERTIFICATE_LIES[name](message(bilal).message))
    with pytest.raises(Refused, match=r"K-110 trustee Bilal"):
        table.proceed("Anne", instead(certificates, bilal, lie))
    assert table.proceed("Anne", certificates).waiting_for, "nothing was kept of the bad one"


def test_certificates_for_another_threshold_than_defined(tmp_path: Path) -> None:
    """All agree on three of three; the definition says two."""
    other = Papers(definition=replace(DEFINITION, trustees=(*NAMES, "Dora"), threshold=2))
    table = Table(tmp_path)
    own = table.certificates()
    lies = []
    for at, name in enumerate(NAMES):
        raw = new_trustee(tmp_path / f"other {name}", other.draft.raw, name, words(name))
        lies.append(resay(table, own[at], message=message(read_statement(raw)).message))
    with pytest.raises(Refused, match=r"K-11\d trustee"):
        table.proceed("Anne", [own[0], *lies[1:]])


def test_a_bit_of_a_message_is_refused(table: Table) -> None:
    certificates = table.certificates()
    raw = bytearray(certificates[1].raw)
    raw[-1] ^= 1
    with pytest.raises(Refused, match=r"V-102 ceremony of trustee"):
        table.proceed("Anne", instead(certificates, certificates[1], read_statement(bytes(raw))))


def test_a_certificate_changed_after_it_was_heard(table: Table) -> None:
    certificates = table.certificates()
    first = table.proceed("Anne", certificates)
    other = Table(table.root / "other").certificates()[1]
    with pytest.raises(Refused, match=r"K-112 trustee Bilal"):
        table.proceed("Anne", instead(certificates, certificates[1], other))
    with pytest.raises(Refused, match=r"K-112 trustee Bilal.*two different"):
        table.proceed("Anne", [*certificates, other])
    assert table.proceed("Anne", certificates) == first


def test_two_trustees_were_given_different_certificates(table: Table) -> None:
    certificates = table.certificates()
    other = Table(table.root / "other").certificates()[1]
    said = read([table.proceed("Anne", certificates), table.proceed("Bilal", certificates)])
    chloe = read([table.proceed("Chloé", instead(certificates, certificates[1], other))])
    with pytest.raises(Refused, match=r"K-112 trustee Bilal.*Chloé was given other"):
        table.proceed("Anne", [*said, *chloe])


def test_somebody_speaks_for_us(table: Table) -> None:
    certificates = table.certificates()
    stranger = Table(table.root / "other").certificates()[0]
    with pytest.raises(Refused, match=r"K-113 trustee Anne"):
        table.proceed("Anne", [stranger, *certificates[1:]])


def test_nobody_else_speaks(table: Table) -> None:
    certificates = table.certificates()
    eva = resay(table, certificates[1], name="Bilal")
    table.proceed("Anne", [certificates[0], eva, certificates[2]])
    holding = open_holding(table.folder("Bilal"), words("Bilal"))
    stranger = sign_message(replace(message(eva), name="Eva"), DRAFT.fingerprint, holding.signing)
    with pytest.raises(Refused, match=r"V-202 trustee Eva"):
        table.proceed("Anne", [*certificates, read_statement(stranger)])


COMMITMENT_LIES: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda raw: b"[]",
    "another coefficient": lambda raw: flipped(raw, b'\\"coefexps\\":[\\"'),
    "another proof": lambda raw: flipped(raw, b'"challenge":"'),
    "another tie to the certificates": lambda raw: flipped(raw, b'"signature":{"challenge":"'),
}


@pytest.mark.parametrize("name", COMMITMENT_LIES)
def test_bad_commitments_name_their_trustee(table: Table, name: str) -> None:
    said = table.dealt(table.certificates())
    old = told(said, "Bilal", STEPS.COMMITMENTS)
    lie = resay(table, old, message=COMMITMENT_LIES[name](message(old).message))
    shares = told(said, "Bilal", STEPS.SHARES)
    tied = resay(table, shares, rests_on=(lie.fingerprint,))
    with pytest.raises(Refused, match=r"K-110 trustee Bilal"):
        table.proceed("Anne", instead(instead(said, old, lie), shares, tied))
    assert table.proceed("Anne", said).finished


def swapped(value: dict[str, object]) -> None:
    secrets = value["secrets"]
    assert isinstance(secrets, list)
    value["secrets"] = secrets[::-1]


SHARE_LIES: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda raw: b"null",
    "one too few": lambda raw: edited(raw, lambda value: value.update(secrets=value["secrets"][:2])),  # type: ignore[index]
    "for somebody else": lambda raw: edited(raw, swapped),
    "unreadable": lambda raw: flipped(raw, b'"secrets":["{\\"alpha\\":\\"'),
    "numbers": lambda raw: edited(raw, lambda value: value.update(secrets=[1, 2, 3])),
}


@pytest.mark.parametrize("name", SHARE_LIES)
def test_bad_shares_name_their_trustee(table: Table, name: str) -> None:
    said = table.dealt(table.certificates())
    old = told(said, "Bilal", STEPS.SHARES)
    lie = resay(table, old, message=SHARE_LIES[name](message(old).message))
    with pytest.raises(Refused, match=r"K-110 trustee Bilal"):
        table.proceed("Anne", instead(said, old, lie))
    assert table.proceed("Anne", said).finished


def test_shares_of_another_polynomial(table: Table) -> None:
    """Well sealed, and yet not what was committed to."""
    certificates = table.certificates()
    folder, copy = table.folder("Bilal"), table.root / "copy"
    copy.mkdir()
    for path in folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    said = table.dealt(certificates)
    other = read([proceed(copy, DRAFT.raw, words("Bilal"), certificates)])
    old, commitments = told(said, "Bilal", STEPS.SHARES), told(said, "Bilal", STEPS.COMMITMENTS)
    lie = resay(
        table,
        old,
        message=message(told(other, "Bilal", STEPS.SHARES)).message,
        rests_on=(commitments.fingerprint,),
    )
    with pytest.raises(Refused, match=r"K-110 trustee Bilal.*does not match its commitments"):
        table.proceed("Anne", instead(said, old, lie))
    untied = told(other, "Bilal", STEPS.SHARES)
    with pytest.raises(Refused, match=r"K-112 trustee Bilal"):
        table.proceed("Anne", instead(said, old, untied))


def test_commitments_changed_after_the_key_was_made(table: Table) -> None:
    said = table.dealt(table.certificates())
    done = table.proceed("Anne", said)
    old = told(said, "Bilal", STEPS.COMMITMENTS)
    lie = resay(table, old, one_machine=True)
    with pytest.raises(Refused, match=r"K-112 trustee Bilal"):
        table.proceed("Anne", instead(said, old, lie))
    assert table.proceed("Anne", said) == done


@pytest.mark.parametrize("threshold", [2, 3], ids=["a set", "all needed"])
def test_a_ceremony_on_one_machine_says_so(tmp_path: Path, threshold: int) -> None:
    papers = Papers(definition=replace(DEFINITION, trustees=NAMES, threshold=threshold))
    folders = [tmp_path / name for name in NAMES]
    raws = hold_on_one_machine(folders, papers.draft.raw, [words(name) for name in NAMES])
    said = for_everybody([read_statement(raw) for raw in raws])
    made = replace(papers.given, trustees=said)
    facts = replace(papers.facts, definition=papers.definition)
    manifest = assemble(papers.draft_record, papers.draft.fingerprint, Mode.OFFICIAL, made, facts)
    assert manifest.one_machine_ceremony
    denied = replace(manifest, one_machine_ceremony=False)
    with pytest.raises(Refused, match=r"V-201.*one machine"):
        check_sealed(denied, papers.draft_record, Mode.OFFICIAL, made)
    trustees = Trustees.parse(manifest.trustees_json)
    secrets = {
        at: open_trustee(folder, words(name)).secret
        for at, (folder, name) in enumerate(zip(folders, NAMES, strict=True), 1)
    }
    assert opens(trustees, {at: secrets[at] for at in range(1, threshold + 1)}, 4) == 4
    for folder, name in zip(folders, NAMES, strict=True):
        for other in NAMES:
            if other != name:
                with pytest.raises(Refused, match="K-101"):
                    open_trustee(folder, words(other))
