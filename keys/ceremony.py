"""A trustee's use cases in the key ceremony: what it says in each round, given what the others said.

Every round can be repeated: it gives the same answer, from the folder. What another trustee said once must stay.
The pure part, which anybody can do again, is `keys.election.ceremony`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from keys.crypto.ceremony import Delivery, Polynomial, deal, receive, recover
from keys.crypto.channel import decode
from keys.crypto.errors import CryptoError
from keys.crypto.group import Scalar
from keys.crypto.randomness import system_draw
from keys.crypto.trustee_key import TrusteePublicKey
from keys.desk.files import folder_lock
from keys.election.ceremony import (
    CeremonyStep,
    Heard,
    all_of,
    blamed,
    check_rests_on,
    check_same_key,
    open_message,
    read_commitments,
    read_step,
    signed_certificates,
)
from keys.election.definition import Definition
from keys.election.draft import open_draft
from keys.election.enrolment import TrusteeFile
from keys.election.sealing import open_trustee_file
from keys.election.statement import Mode, Statement, StatementType, read_statement
from keys.findings import Misuse, Refused
from keys.holding import (
    FILE,
    Holding,
    keep_holding,
    new_trustee,
    open_holding,
    sign_file,
    sign_message,
)

__all__ = ["Answered", "hold_on_one_machine", "proceed"]

_CERTIFICATE, _COMMITMENTS, _SHARES = (
    CeremonyStep.CERTIFICATE,
    CeremonyStep.COMMITMENTS,
    CeremonyStep.SHARES,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a trustee says in a round."""

    statements: tuple[bytes, ...]
    """All that this trustee has said so far."""
    finished: bool
    """The key is made, and the trustee's file is among the statements."""
    waiting_for: tuple[str, ...] = ()
    """Trustees whose commitments or shares are not in yet; the round is to be repeated with theirs."""


@dataclass(frozen=True, slots=True)
class _Table:
    """What a trustee has before it: the vote, its own part, and what everybody said."""

    definition: Definition
    own: Holding
    statements: tuple[Statement, ...]

    def step(self, step: CeremonyStep) -> dict[str, Heard]:
        return read_step(self.definition.trustees, self.own.draft, self.statements, step)

    def all_of(self, step: CeremonyStep) -> tuple[Heard, ...]:
        return all_of(self.definition.trustees, self.step(step), step)

    def said(self, step: CeremonyStep) -> Heard:
        return open_message(read_statement(self.own.said[step]), self.own.draft)


def proceed(folder: Path, draft_bytes: bytes, passphrase: bytes, statements: Iterable[Statement]) -> Answered:
    """Take a trustee's next step in the ceremony, or repeat the last one.

    Args:
        folder: Of the trustee.
        draft_bytes: `draft.cose`.
        passphrase: Of the trustee.
        statements: What the other trustees said; others on the same stick are left out.

    Raises:
        Refused: K-110 a message does not hold, K-111 one is missing, K-112 one differs from what was said before,
            K-113 one in our own name is not ours; K-101; V-103, another vote.
        Misuse: This vote needs no ceremony.
    """
    with folder_lock(folder):
        holding = open_holding(folder, passphrase)
        draft = read_statement(draft_bytes)
        definition = open_draft(draft).definition
        if draft.fingerprint != holding.draft:
            raise Refused("V-103", "draft", f"the key of trustee {holding.name} is for another vote")
        if not holding.seed:
            raise Misuse("all trustees of this vote are needed to open it: there is nothing to agree on")
        own = [read_statement(raw) for raw in holding.said.values()]
        table = _Table(definition, holding, _of_the_ceremony(holding, statements, own))
        if _COMMITMENTS not in holding.said:
            holding = dataclasses.replace(holding, said={**holding.said, **_deal(table)})
            keep_holding(folder, holding, passphrase)
            own = [read_statement(raw) for raw in holding.said.values()]
            table = _Table(definition, holding, _of_the_ceremony(holding, table.statements, own))
        _check_unchanged(table)
        if FILE in holding.said:
            return _answered(holding)
        missing = [
            name
            for name in definition.trustees
            if any(name not in table.step(step) for step in (_COMMITMENTS, _SHARES))
        ]
        if missing:
            return _answered(holding, missing)
        secret, file = _receive(table)
        holding = dataclasses.replace(holding, secret=secret, said={**holding.said, FILE: file})
        keep_holding(folder, holding, passphrase)
        return _answered(holding)


def hold_on_one_machine(
    folders: Sequence[Path], draft_bytes: bytes, passphrases: Sequence[bytes]
) -> tuple[bytes, ...]:
    """Hold all rounds for all trustees on this machine, which each of them signs.

    Args:
        folders: New ones, one a trustee, in the order of the definition.
        draft_bytes: `draft.cose`.
        passphrases: Of the trustees, in the same order.

    Returns:
        All statements of all of them.

    Raises:
        Misuse: A folder holds a key already.
        Refused: The draft is not sound.
    """
    names = open_draft(read_statement(draft_bytes)).definition.trustees
    people = list(zip(names, folders, passphrases, strict=True))
    handed_in = [new_trustee(at, draft_bytes, name, words, one_machine=True) for name, at, words in people]
    if read_statement(handed_in[0]).header.type is StatementType.TRUSTEE:
        return tuple(handed_in)
    for _ in range(2):
        heard = [read_statement(raw) for raw in handed_in]
        handed_in = [
            raw for _, at, words in people for raw in proceed(at, draft_bytes, words, heard).statements
        ]
    return tuple(handed_in)


def _answered(holding: Holding, waiting_for: Sequence[str] = ()) -> Answered:
    said = tuple(holding.said[step] for step in sorted(holding.said))
    return Answered(said, FILE in holding.said, tuple(waiting_for))


def _of_the_ceremony(
    holding: Holding, statements: Iterable[Statement], own: Sequence[Statement]
) -> tuple[Statement, ...]:
    """The messages of this ceremony; whatever is in our own name must be ours.

    Raises:
        Refused: K-113.
    """
    ours = {item.fingerprint for item in own}
    found = []
    for item in statements:
        type_ = item.header.type
        if item.header.context != holding.draft or type_ not in {
            StatementType.CEREMONY,
            StatementType.TRUSTEE,
        }:
            continue
        name = (
            open_message(item, holding.draft).content.name
            if type_ is StatementType.CEREMONY
            else open_trustee_file(item, item.header.mode, holding.draft).name
        )
        if name == holding.name and item.fingerprint not in ours:
            raise Refused("K-113", f"trustee {name}", item.name)
        if type_ is StatementType.CEREMONY and name != holding.name:
            found.append(item)
    return (*found, *(item for item in own if item.header.type is StatementType.CEREMONY))


def _deal(table: _Table) -> dict[int, bytes]:
    """Commit to a polynomial, and seal its images to the others."""
    certificates = table.all_of(_CERTIFICATE)
    signed = signed_certificates(table.definition, certificates)
    made = deal(table.own.seed, signed, system_draw)
    commitments = f'{{"coefexps":{made.coefexps.to_json()},"signature":{made.signature.to_json()}}}'
    shares = json.dumps({"polynomial": made.polynomial, "secrets": list(made.secrets)}, separators=(",", ":"))
    first = _say(table, _COMMITMENTS, commitments, [item.fingerprint for item in certificates])
    second = _say(table, _SHARES, shares, [read_statement(first).fingerprint])
    return {int(_COMMITMENTS): first, int(_SHARES): second}


def _say(table: _Table, step: CeremonyStep, text: str, rests_on: Sequence[bytes]) -> bytes:
    before = table.said(_CERTIFICATE).content
    message = dataclasses.replace(before, step=step, message=text.encode(), rests_on=tuple(rests_on))
    return sign_message(message, table.own.draft, table.own.signing)


def _check_unchanged(table: _Table) -> None:
    """Check that what is heard now is what our own messages named.

    Raises:
        Refused: K-112, naming whose message differs.
    """
    names = table.definition.trustees
    named = [(_CERTIFICATE, table.said(_COMMITMENTS).content.rests_on)]
    if FILE in table.own.said:
        file = open_trustee_file(read_statement(table.own.said[FILE]), Mode.OFFICIAL, table.own.draft)
        named.append((_COMMITMENTS, file.rests_on))
    for step, fingerprints in named:
        now = table.step(step)
        for name, fingerprint in zip(names, fingerprints, strict=True):
            if name in now and now[name].fingerprint != fingerprint:
                raise Refused("K-112", f"trustee {name}", "another message than the one heard before")


def _receive(table: _Table) -> tuple[Scalar, bytes]:
    """Check all that was dealt; the share of the key, and the file."""
    names, holding = table.definition.trustees, table.own
    certificates, commitments, shares = (table.all_of(step) for step in (_CERTIFICATE, _COMMITMENTS, _SHARES))
    for certificate, commitment, share in zip(certificates, commitments, shares, strict=True):
        check_same_key(certificate, commitment.content)
        check_same_key(certificate, share.content)
        check_rests_on(commitment.content.rests_on, certificates, commitment.content.name)
        check_rests_on(share.content.rests_on, [commitment], share.content.name)
    dealt = [_dealt(*pair, len(names)) for pair in zip(commitments, shares, strict=True)]
    at = names.index(holding.name)
    delivery = Delivery(
        dealt[at].polynomial,
        tuple(item.secrets[at] for item in dealt),
        tuple(item.coefexps for item in dealt),
        tuple(item.signature for item in dealt),
    )
    signed = signed_certificates(table.definition, certificates)
    with blamed(names, holding.name):
        outcome = receive(holding.seed, signed, delivery, system_draw)
    secret = recover(holding.seed, outcome.public_key.public_key, outcome.private_key).secret
    return secret, _file(table, outcome.public_key, [item.fingerprint for item in commitments])


def _dealt(commitment: Heard, share: Heard, size: int) -> Polynomial:
    name = share.content.name
    coefexps, signature = read_commitments(commitment)
    with blamed((), name):
        value = decode("sealed shares", share.content.message, ("polynomial", "secrets"))
        own, secrets = value["polynomial"], value["secrets"]
        texts = [own, *secrets] if isinstance(secrets, list) else []
        if len(texts) != size + 1 or not all(isinstance(text, str) for text in texts):
            raise CryptoError("sealed shares", f"expected {size} of them")
    return Polynomial(own, tuple(secrets), coefexps, signature)


def _file(table: _Table, public: TrusteePublicKey, rests_on: Sequence[bytes]) -> bytes:
    certificate = table.said(_CERTIFICATE).content
    file = TrusteeFile(
        certificate.name,
        certificate.signing_key,
        public.to_json().encode(),
        certificate.one_machine,
        tuple(rests_on),
    )
    return sign_file(file, Mode.OFFICIAL, table.own.draft, table.own.signing)
