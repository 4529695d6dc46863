"""The key ceremony: rounds between folders that stand for separate machines, and everything that is refused in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pytest

from keys.ceremony import Answered, hold_on_one_machine, proceed
from keys.crypto.elgamal import encrypt
from keys.crypto.group import scalar
from keys.crypto.trustees import Pedersen, Trustees, combine, decrypt_sums, partial_decrypt
from keys.desk import passphrase
from keys.election.ceremony import CeremonyMessage, CeremonyStep
from keys.election.enrolment import TrusteeFile
from keys.election.manifest import Manifest, open_manifest
from keys.election.sealing import HandedIn, assemble, check_sealed, open_trustee_file
from keys.election.statement import Mode, Role, Statement, StatementType, read_statement
from keys.findings import Misuse, Refused
from keys.holding import new_trustee, open_holding, open_trustee, sign_file, sign_message
from tests.simulator.papers import DEFINITION, Papers

NAMES = ("Anne", "Bilal", "Chloé")
PAPERS = Papers(definition=replace(DEFINITION, trustees=NAMES, threshold=2))
DRAFT = PAPERS.draft
STEPS = CeremonyStep


def words(name: str) -> bytes:
    return f"the words of {name}".encode()


@dataclass(frozen=True, slots=True)
class Table:
    """Three trustees with a folder each."""

    root: Path

    def folder(self, name: str) -> Path:
        return self.root / name

    def proceed(self, name: str, heard: Sequence[Statement]) -> Answered:
        return proceed(self.folder(name), DRAFT.raw, words(name), heard)

    def certificates(self) -> list[Statement]:
        return [
            read_statement(new_trustee(self.folder(name), DRAFT.raw, name, words(name))) for name in NAMES
        ]

    def dealt(self, heard: Sequence[Statement]) -> list[Statement]:
        return read([self.proceed(name, heard) for name in NAMES])

    def finished(self) -> list[Statement]:
        dealt = self.dealt(self.certificates())
        return read([self.proceed(name, dealt) for name in NAMES])


def read(answers: Sequence[Answered]) -> list[Statement]:
    return [read_statement(raw) for answer in answers for raw in answer.statements]


def message(statement: Statement) -> CeremonyMessage:
    return CeremonyMessage.from_content(statement.content, "message")


def step_of(statement: Statement) -> CeremonyStep | None:
    return message(statement).step if statement.header.type is StatementType.CEREMONY else None


def for_everybody(said: Sequence[Statement]) -> list[Statement]:
    return [item for item in said if step_of(item) is not STEPS.SHARES]


def given(said: Sequence[Statement]) -> HandedIn:
    return replace(PAPERS.given, trustees=for_everybody(said))


def seal(said: Sequence[Statement]) -> Manifest:
    facts = replace(PAPERS.facts, definition=PAPERS.definition)
    return assemble(PAPERS.draft_record, DRAFT.fingerprint, Mode.OFFICIAL, given(said), facts)


def opens(trustees: Trustees, secrets: dict[int, int], total: int) -> int:
    ciphertext = [encrypt(trustees.joint_key, total, scalar(77))]
    parts = {
        owner: partial_decrypt(scalar(secret), ciphertext, "f", lambda: scalar(5))
        for owner, secret in secrets.items()
    }
    return decrypt_sums(ciphertext, combine(trustees, parts), 10)[0]


@pytest.fixture(scope="module", autouse=True)
def _quick_passphrases() -> Iterator[None]:
    """Stretching passphrases for long is not what is tested here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase, "_LOG_N", 4)
        yield


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Table, list[Statement]]:
    table = Table(tmp_path_factory.mktemp("ceremony"))
    return table, table.finished()


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


def test_any_two_of_three_open_and_nobody_alone(held: tuple[Table, list[Statement]]) -> None:
    table, said = held
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


def test_the_manifest_follows_from_what_is_published(held: tuple[Table, list[Statement]]) -> None:
    _, said = held
    manifest = seal(said)
    sealed = PAPERS._own("authority", StatementType.MANIFEST, Role.AUTHORITY, manifest)
    opened = open_manifest(sealed, Mode.OFFICIAL, DRAFT.fingerprint, PAPERS.draft_record.authority_key)
    check_sealed(opened, PAPERS.draft_record, Mode.OFFICIAL, given(said[::-1]))
    assert not opened.one_machine_ceremony


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


def test_no_secret_lies_open(held: tuple[Table, list[Statement]]) -> None:
    table, said = held
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


def resay(table: Table, statement: Statement, **changes: object) -> Statement:
    """The same message with other fields, signed again by who said it."""
    before = message(statement)
    holding = open_holding(table.folder(before.name), words(before.name))
    changed = replace(before, **changes)  # type: ignore[arg-type]
    return read_statement(sign_message(changed, DRAFT.fingerprint, holding.signing))


def told(said: Sequence[Statement], name: str, step: CeremonyStep) -> Statement:
    return next(item for item in said if step_of(item) is step and message(item).name == name)


def instead(said: Sequence[Statement], old: Statement, new: Statement) -> list[Statement]:
    return [new if item is old else item for item in said]


def edited(raw: bytes, change: Callable[[dict[str, object]], None]) -> bytes:
    value = json.loads(raw)
    change(value)
    return json.dumps(value, separators=(",", ":")).encode()


def flipped(raw: bytes, after: bytes) -> bytes:
    at = raw.index(after) + len(after)
    return raw[:at] + (b"1" if raw[at : at + 1] != b"1" else b"2") + raw[at + 1 :]


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


# Sealing: the same messages, judged by anybody.


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
def test_a_lie_at_sealing_is_refused(held: tuple[Table, list[Statement]], name: str) -> None:
    table, said = held
    code, lie = SEALING_LIES[name]
    unique = list({item.raw: item for item in said}.values())
    with pytest.raises(Refused, match=code):
        seal(lie(table, unique))


def test_sealed_shares_are_not_published(held: tuple[Table, list[Statement]]) -> None:
    _, said = held
    facts = replace(PAPERS.facts, definition=PAPERS.definition)
    all_said = replace(PAPERS.given, trustees=said)
    with pytest.raises(Refused, match=r"V-202.*not for everybody"):
        assemble(PAPERS.draft_record, DRAFT.fingerprint, Mode.OFFICIAL, all_said, facts)


def test_a_set_for_a_vote_in_which_all_are_needed(held: tuple[Table, list[Statement]]) -> None:
    _, said = held
    facts = replace(PAPERS.facts, definition=replace(PAPERS.definition, threshold=3))
    with pytest.raises(Refused, match=r"V-202.*all of them are needed"):
        assemble(PAPERS.draft_record, DRAFT.fingerprint, Mode.OFFICIAL, given(said), facts)
    facts = replace(PAPERS.facts, definition=replace(PAPERS.definition, threshold=1))
    with pytest.raises(Refused, match=r"K-110.*another threshold"):
        assemble(PAPERS.draft_record, DRAFT.fingerprint, Mode.OFFICIAL, given(said), facts)


def test_a_stranger_takes_the_place_of_a_trustee(held: tuple[Table, list[Statement]], tmp_path: Path) -> None:
    """Somebody else's signing key over Bilal's own messages."""
    _, said = held
    stranger = new_trustee(tmp_path, DRAFT.raw, "Bilal", words("Bilal"))
    key = open_holding(tmp_path, words("Bilal")).signing
    file = TrusteeFile.from_content(file_of(said, "Bilal").content, "file")
    public = read_statement(stranger).content[3]
    lie = read_statement(sign_file(replace(file, signing_key=public), Mode.OFFICIAL, DRAFT.fingerprint, key))
    with pytest.raises(Refused, match=r"K-110 trustee Bilal.*another key"):
        seal(instead(said, file_of(said, "Bilal"), lie))


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


def test_a_rehearsal_holds_no_ceremony() -> None:
    twin = replace(PAPERS, mode=Mode.REHEARSAL)
    file = open_trustee_file(twin.trustee(2), Mode.REHEARSAL, DRAFT.fingerprint)
    assert file.name == "rehearsal"
    manifest = assemble(twin.draft_record, DRAFT.fingerprint, Mode.REHEARSAL, twin.given, replace(twin.facts))
    assert len(manifest.trustees) == 1
