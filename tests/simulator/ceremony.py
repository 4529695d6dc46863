"""Three trustees who make a common key, two of whom are enough; with what they say, which tests can exchange."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from keys.ceremony import Answered, proceed
from keys.crypto.elgamal import encrypt
from keys.crypto.group import scalar
from keys.crypto.trustees import Trustees, combine, decrypt_sums, partial_decrypt
from keys.election.ceremony import CeremonyMessage, CeremonyStep
from keys.election.statement import Statement, StatementType, read_statement
from keys.holding import Trustee, new_trustee, open_holding, open_trustee, sign_message
from tests.simulator.papers import DEFINITION, Papers

__all__ = [
    "DRAFT",
    "NAMES",
    "PAPERS",
    "STEPS",
    "Table",
    "edited",
    "flipped",
    "for_everybody",
    "instead",
    "make_keys",
    "message",
    "opens",
    "read",
    "resay",
    "step_of",
    "told",
    "words",
]

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


def make_keys(
    root: Path, stick: Path, draft: bytes, names: Sequence[str], passphrase: bytes
) -> tuple[Trustee, ...]:
    """Make the keys of any trustees, each in the folder of its name; what they hand in lies on the stick."""
    said = {name: [new_trustee(root / name, draft, name, passphrase)] for name in names}
    heard = [read_statement(raw) for own in said.values() for raw in own]
    if heard[0].header.type is StatementType.CEREMONY:
        for _ in range(2):
            for name in names:
                said[name] = list(proceed(root / name, draft, passphrase, heard).statements)
            heard = [read_statement(raw) for own in said.values() for raw in own]
    for name, own in said.items():
        for at, raw in enumerate(own):
            (stick / f"{name}-{at}.cose").write_bytes(raw)
    return tuple(open_trustee(root / name, passphrase) for name in names)


def step_of(statement: Statement) -> CeremonyStep | None:
    return message(statement).step if statement.header.type is StatementType.CEREMONY else None


def for_everybody(said: Sequence[Statement]) -> list[Statement]:
    return [item for item in said if step_of(item) is not STEPS.SHARES]


def opens(trustees: Trustees, secrets: dict[int, int], total: int) -> int:
    ciphertext = [encrypt(trustees.joint_key, total, scalar(77))]
    parts = {
        owner: partial_decrypt(scalar(secret), ciphertext, "f", lambda: scalar(5))
        for owner, secret in secrets.items()
    }
    return decrypt_sums(ciphertext, combine(trustees, parts), 10)[0]


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
