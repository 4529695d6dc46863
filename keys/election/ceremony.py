"""The key ceremony of a vote: what trustees say to each other before sealing, and the keys that follow from it.

Where fewer than all trustees open a box, each of them says, in statements: a certificate of the keys it speaks with;
commitments to the polynomial it drew, which name all certificates; the images of that polynomial, sealed to each
trustee and never published; at last its file, which names all commitments. Whose message does not hold is named.
The protocol itself is `keys.crypto.ceremony` (specification, section 4.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated

from keys.crypto.channel import SignedMessage, decode
from keys.crypto.errors import BadMessage, CryptoError
from keys.crypto.pedersen import Pedersen, read_certificates
from keys.crypto.proofs import Proof
from keys.crypto.trustee_key import TrusteePublicKey
from keys.election.definition import Definition
from keys.election.enrolment import TrusteeFile
from keys.election.record import Bytes32, Key, Record, Size
from keys.election.statement import Mode, Role, Statement, StatementType
from keys.findings import Refused

__all__ = [
    "PUBLISHED",
    "CeremonyMessage",
    "CeremonyStep",
    "Heard",
    "all_of",
    "blamed",
    "check_rests_on",
    "check_same_key",
    "needs_ceremony",
    "open_message",
    "read_commitments",
    "read_step",
    "signed_certificates",
    "threshold_set",
]


class CeremonyStep(IntEnum):
    """What a message of the ceremony is."""

    CERTIFICATE = 1
    COMMITMENTS = 2
    SHARES = 3
    """Sealed to the trustees; handed from one to the other, never published."""
    DRY_RUN = 4
    """A part of the opening of a made-up number, before the day."""


PUBLISHED = frozenset({CeremonyStep.CERTIFICATE, CeremonyStep.COMMITMENTS})
"""What anybody needs who rebuilds the keys."""

_Step = CeremonyStep  # inside the record a field has the same name


@dataclass(frozen=True, slots=True)
class CeremonyMessage(Record):
    """What a trustee says in the ceremony; signed with the key that it brings."""

    step: Annotated[_Step, Key(1)]
    name: Annotated[str, Key(2), Size(1, 200)]
    signing_key: Annotated[Bytes32, Key(3)]
    """Ed25519; the same in all messages of a trustee, and in its file."""
    message: Annotated[bytes, Key(4), Size(1, 500_000)]
    """JSON, as the specification writes it."""
    rests_on: Annotated[tuple[Bytes32, ...], Key(5), Size(0, 50)] = ()
    """Fingerprints of what was heard before: commitments name all certificates, shares the own commitments."""
    one_machine: Annotated[bool, Key(6)] = False
    """All trustees made their keys on one machine."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message whose signature is its own key's."""

    content: CeremonyMessage
    fingerprint: bytes


def needs_ceremony(definition: Definition) -> bool:
    """Whether fewer than all trustees open a box."""
    return definition.threshold < len(definition.trustees)


def open_message(statement: Statement, draft: bytes) -> Heard:
    """Read a message of the ceremony; it is signed with the key that it brings.

    Raises:
        Refused: V-102, V-103, V-104.
    """
    statement.expect(StatementType.CEREMONY, Mode.OFFICIAL, draft, Role.TRUSTEE)
    content = CeremonyMessage.from_content(statement.content, statement.name)
    statement.verify(content.signing_key)
    return Heard(content, statement.fingerprint)


def read_step(
    names: Sequence[str], draft: bytes, statements: Iterable[Statement], step: CeremonyStep
) -> dict[str, Heard]:
    """The messages of one step, by trustee.

    Args:
        names: Of the trustees, as defined.
        draft: Fingerprint of the draft.
        statements: Of any step, in any order.
        step: Which.

    Raises:
        Refused: V-102, V-103, V-104; V-202, somebody else speaks; K-112, a trustee says two different things.
    """
    found: dict[str, Heard] = {}
    for heard in (open_message(statement, draft) for statement in statements):
        name = heard.content.name
        if heard.content.step is not step:
            continue
        if name not in names:
            raise Refused("V-202", f"trustee {name}", "the definition does not name this trustee")
        if found.setdefault(name, heard).fingerprint != heard.fingerprint:
            raise Refused("K-112", f"trustee {name}", f"two different {_called(step)}")
    return found


def all_of(names: Sequence[str], found: Mapping[str, Heard], step: CeremonyStep) -> tuple[Heard, ...]:
    """The messages of a step in the order of the trustees.

    Raises:
        Refused: K-111, some are missing.
    """
    missing = [name for name in names if name not in found]
    if missing:
        raise Refused("K-111", f"trustee {', '.join(missing)}", f"{_called(step)} are missing")
    return tuple(found[name] for name in names)


def check_rests_on(named: Sequence[bytes], before: Sequence[Heard], who: str) -> None:
    """Check that a trustee heard the same messages as everybody else.

    Raises:
        Refused: K-112, naming whose message differs.
    """
    if len(named) != len(before):
        raise Refused("K-110", f"trustee {who}", "it does not name one message a trustee")
    for fingerprint, heard in zip(named, before, strict=True):
        if fingerprint != heard.fingerprint:
            detail = f"trustee {who} was given other {_called(heard.content.step)}"
            raise Refused("K-112", f"trustee {heard.content.name}", detail)


def signed_certificates(definition: Definition, heard: Sequence[Heard]) -> tuple[SignedMessage, ...]:
    """Read and check the certificates.

    Raises:
        Refused: K-110, one does not hold.
    """
    signed = []
    for item in heard:
        with blamed((), item.content.name):
            message = decode("certificate", item.content.message, ("message", "signature"))
            signed.append(SignedMessage.from_json(message))
    with blamed(definition.trustees):
        first = read_certificates(signed)[0]
    if (first.size, first.threshold) != (len(definition.trustees), definition.threshold):
        raise Refused("K-110", f"trustee {heard[0].content.name}", "certificates for another threshold")
    return tuple(signed)


def read_commitments(heard: Heard) -> tuple[SignedMessage, Proof]:
    """Read what a trustee commits to; whether it holds is checked with the others'.

    Raises:
        Refused: K-110.
    """
    with blamed((), heard.content.name):
        value = decode("commitments", heard.content.message, ("coefexps", "signature"))
        return SignedMessage.from_json(value["coefexps"]), Proof.from_json(value["signature"])


def threshold_set(
    definition: Definition, draft: bytes, statements: Sequence[Statement], files: Sequence[TrusteeFile]
) -> Pedersen:
    """Conclude the ceremony: the keys follow from certificates, commitments and files.

    Args:
        definition: With the trustees and how many of them open a box.
        draft: Fingerprint of the draft.
        statements: Certificates and commitments of all trustees.
        files: Of all trustees, in the order of the definition.

    Raises:
        Refused: K-110 a message does not hold, K-111 one is missing, K-112 trustees heard different messages;
            V-202 a message that is not published.
    """
    names = definition.trustees
    for statement in statements:
        if open_message(statement, draft).content.step not in PUBLISHED:
            raise Refused("V-202", statement.name, "this message of the ceremony is not for everybody")
    certificates, commitments = (
        all_of(names, read_step(names, draft, statements, step), step) for step in sorted(PUBLISHED)
    )
    for certificate, commitment, file in zip(certificates, commitments, files, strict=True):
        check_same_key(certificate, commitment.content)
        check_same_key(certificate, file)
        check_rests_on(commitment.content.rests_on, certificates, file.name)
        check_rests_on(file.rests_on, commitments, file.name)
    signed = signed_certificates(definition, certificates)
    pairs = [read_commitments(item) for item in commitments]
    made = Pedersen(
        threshold=definition.threshold,
        certs=signed,
        coefexps=tuple(coefexps for coefexps, _ in pairs),
        signatures=tuple(signature for _, signature in pairs),
        verification_keys=tuple(_public_key(file) for file in files),
    )
    with blamed(names):
        made.verify()
    return made


def check_same_key(certificate: Heard, later: CeremonyMessage | TrusteeFile) -> None:
    """Check that a trustee signs with the key that its certificate brought.

    Raises:
        Refused: K-110.
    """
    if later.signing_key != certificate.content.signing_key:
        raise Refused("K-110", f"trustee {later.name}", "signed with another key than its certificate")


@contextmanager
def blamed(names: Sequence[str], who: str = "") -> Iterator[None]:
    """Name the trustee whose message does not hold.

    Args:
        names: Of all trustees, for messages that are blamed by index.
        who: Whose message it is where the error names nobody.

    Raises:
        Refused: K-110.
    """
    try:
        yield
    except BadMessage as bad:
        raise Refused("K-110", f"trustee {names[bad.trustee - 1]}", str(bad)) from None
    except CryptoError as error:
        raise Refused("K-110", f"trustee {who or ', '.join(names)}", str(error)) from None


def _public_key(file: TrusteeFile) -> TrusteePublicKey:
    with blamed((), file.name):
        fields = ("pok", "public_key", "signature")
        key = TrusteePublicKey.from_json(decode("public share", file.public_key, fields))
        if key.to_json().encode() != file.public_key:
            raise CryptoError("public share", "not written in the canonical form")
        return key


def _called(step: CeremonyStep) -> str:
    return {
        CeremonyStep.CERTIFICATE: "certificates",
        CeremonyStep.COMMITMENTS: "commitments",
        CeremonyStep.SHARES: "sealed shares",
        CeremonyStep.DRY_RUN: "parts of the dry run",
    }[step]
