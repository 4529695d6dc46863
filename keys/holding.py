"""What a trustee holds: the folder with `trustee.key`, wrapped under a passphrase, and how its keys begin.

Where all trustees are needed the key is whole at once; where fewer are enough it comes out of the ceremony
(`keys.ceremony`), and the folder keeps what this trustee said, so that every round can be repeated.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys.crypto.ceremony import certify
from keys.crypto.channel import new_seed
from keys.crypto.group import Scalar, scalar
from keys.crypto.randomness import Draw, SeededDraw, system_draw
from keys.crypto.trustee_key import TrusteePublicKey
from keys.crypto.trustees import TrusteeKey
from keys.desk.files import folder_lock, read_bytes, write_private
from keys.desk.passphrase import unwrap, wrap
from keys.election.ceremony import CeremonyMessage, CeremonyStep, needs_ceremony
from keys.election.draft import open_draft
from keys.election.enrolment import TrusteeFile
from keys.election.manifest import Manifest
from keys.election.statement import Header, Mode, Role, StatementType, read_statement, sign_statement
from keys.findings import Misuse, Refused
from keys.opened import new_memory

__all__ = [
    "FILE",
    "Holding",
    "Trustee",
    "keep_holding",
    "new_trustee",
    "open_holding",
    "open_trustee",
    "rehearsal_trustee",
    "sign_file",
    "sign_message",
]

_KIND = "trustee key"
_KEY = "trustee.key"
FILE = 9
"""Stands for the trustee's file among what it said; the messages of the ceremony stand under their step."""


@dataclass(frozen=True, slots=True)
class Trustee:
    """A trustee's secrets, opened."""

    name: str
    secret: Scalar
    signing: Ed25519PrivateKey
    folder: Path | None = None
    """Of the trustee; none in a rehearsal."""

    def number_in(self, manifest: Manifest) -> int:
        """Number in the sealed vote, from 0.

        Raises:
            Refused: V-207, it does not hold this trustee's key.
        """
        for number, entry in enumerate(manifest.trustees):
            if entry.signing_key == _public(self.signing):
                return number
        raise Refused("V-207", f"trustee {self.name}", "the manifest does not hold this trustee's key")

    def __repr__(self) -> str:
        return f"Trustee({self.name})"


@dataclass(frozen=True, slots=True)
class Holding:
    """What lies in `trustee.key`."""

    name: str
    draft: bytes
    """Fingerprint."""
    signing: Ed25519PrivateKey
    secret: Scalar | None
    """The share of the key; None until the ceremony has given it."""
    seed: str = ""
    """Of the keys this trustee speaks with in the ceremony; empty where there is none."""
    said: Mapping[int, bytes] = field(default_factory=dict)
    """Statements of this trustee, by step."""

    def __repr__(self) -> str:
        return f"Holding({self.name})"


def new_trustee(
    folder: Path, draft_bytes: bytes, name: str, passphrase: bytes, *, one_machine: bool = False
) -> bytes:
    """Make a trustee's keys, and the file to hand in; where fewer than all open a box, the first message instead.

    Args:
        folder: The trustee's own; must not hold a key yet.
        draft_bytes: `draft.cose`.
        name: As the definition names the trustee.
        passphrase: Wraps the key.
        one_machine: All trustees make their keys on this machine, which is signed and published.

    Returns:
        The statement to hand in, or to bring to the other trustees.

    Raises:
        Misuse: There is a key already, or the definition names no such trustee.
        Refused: The draft is not sound.
    """
    statement = read_statement(draft_bytes)
    definition = open_draft(statement).definition
    if name not in definition.trustees:
        names = ", ".join(definition.trustees)
        raise Misuse(f"the definition names no trustee {name!r}; it names {names}")
    folder.mkdir(parents=True, exist_ok=True)
    with folder_lock(folder):
        if (folder / _KEY).exists():
            raise Misuse(f"{folder} holds a trustee's key already; take another folder")
        signing = Ed25519PrivateKey.generate()
        if needs_ceremony(definition):
            seed = new_seed(secrets.token_bytes(64))
            size, index = len(definition.trustees), definition.trustees.index(name) + 1
            certificate = certify(seed, size, definition.threshold, index, system_draw).to_json()
            message = CeremonyMessage(
                CeremonyStep.CERTIFICATE,
                name,
                _public(signing),
                certificate.encode(),
                one_machine=one_machine,
            )
            said = sign_message(message, statement.fingerprint, signing)
            holding = Holding(
                name, statement.fingerprint, signing, None, seed, {int(CeremonyStep.CERTIFICATE): said}
            )
        else:
            key = TrusteeKey.generate(system_draw)
            file = _file(name, signing, key.public(system_draw), one_machine=one_machine)
            said = sign_file(file, Mode.OFFICIAL, statement.fingerprint, signing)
            holding = Holding(name, statement.fingerprint, signing, key.secret, said={FILE: said})
        new_memory(folder)
        keep_holding(folder, holding, passphrase)
    return said


def rehearsal_trustee(secret: bytes, draft_fingerprint: bytes) -> tuple[Trustee, bytes]:
    """The one trustee of a rehearsal, whose secret the manifest publishes.

    Args:
        secret: 32 bytes.
        draft_fingerprint: Of the draft.

    Returns:
        The trustee, and its file; the same for the same secret.
    """
    draw: Draw = SeededDraw(secret, b"isoloir rehearsal trustee")
    signing = Ed25519PrivateKey.from_private_bytes(secret)
    key = TrusteeKey.generate(draw)
    file = _file("rehearsal", signing, key.public(draw))
    return Trustee("rehearsal", key.secret, signing), sign_file(
        file, Mode.REHEARSAL, draft_fingerprint, signing
    )


def open_trustee(folder: Path, passphrase: bytes) -> Trustee:
    """Open a trustee's folder.

    Raises:
        Refused: K-101, wrong passphrase.
        Unreadable: There is no key.
        Misuse: The key ceremony is not at its end yet.
    """
    holding = open_holding(folder, passphrase)
    if holding.secret is None:
        raise Misuse(
            f"the key of trustee {holding.name} is not made yet; go on with: keys trustee --from STICK"
        )
    return Trustee(holding.name, holding.secret, holding.signing, folder)


def open_holding(folder: Path, passphrase: bytes) -> Holding:
    """Open a trustee's folder, whether or not its key is made yet.

    Raises:
        Refused: K-101, wrong passphrase.
        Unreadable: There is no key.
    """
    content = cbor2.loads(unwrap(read_bytes(folder / _KEY), passphrase, _KIND))
    secret = content[3]
    return Holding(
        name=content[1],
        draft=content[2],
        secret=None if secret is None else scalar(int.from_bytes(secret, "big")),
        signing=Ed25519PrivateKey.from_private_bytes(content[4]),
        seed=content[5],
        said=content[6],
    )


def keep_holding(folder: Path, holding: Holding, passphrase: bytes) -> None:
    """Wrap what a trustee holds into its folder."""
    secret = None if holding.secret is None else holding.secret.to_bytes(32, "big")
    content = {
        1: holding.name,
        2: holding.draft,
        3: secret,
        4: holding.signing.private_bytes_raw(),
        5: holding.seed,
        6: dict(holding.said),
    }
    write_private(folder / _KEY, wrap(cbor2.dumps(content), passphrase, _KIND))


def sign_message(message: CeremonyMessage, draft: bytes, signing: Ed25519PrivateKey) -> bytes:
    """Sign a message of the ceremony."""
    header = Header(StatementType.CEREMONY, Mode.OFFICIAL, draft, Role.TRUSTEE)
    return sign_statement(header, message.to_content(), signing)


def sign_file(file: TrusteeFile, mode: Mode, draft: bytes, signing: Ed25519PrivateKey) -> bytes:
    """Sign a trustee's file."""
    return sign_statement(
        Header(StatementType.TRUSTEE, mode, draft, Role.TRUSTEE), file.to_content(), signing
    )


def _file(
    name: str, signing: Ed25519PrivateKey, public: TrusteePublicKey, *, one_machine: bool = False
) -> TrusteeFile:
    return TrusteeFile(name, _public(signing), public.to_json().encode(), one_machine)


def _public(signing: Ed25519PrivateKey) -> bytes:
    return signing.public_key().public_bytes_raw()
