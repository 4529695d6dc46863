"""The dry run before the day: trustees open a made-up number together, so that they know that their keys work.

No vote is involved, and nobody hands anybody anything to decrypt: every trustee's program makes the same ciphertext
itself, to the joint key of the sealed vote, with randomness that follows from the manifest's fingerprint. What it
opens is known to everybody beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from keys.confirming import sealed_dossier
from keys.crypto.elgamal import Ciphertext, encrypt
from keys.crypto.errors import CryptoError
from keys.crypto.randomness import SeededDraw, system_draw
from keys.crypto.transcript import b64_digest, tagged
from keys.crypto.trustees import (
    PartialDecryption,
    Trustees,
    combine,
    decrypt_sums,
    partial_decrypt,
    verify_published_partial,
)
from keys.election.ceremony import CeremonyMessage, CeremonyStep, open_message
from keys.election.dossier import Dossier
from keys.election.statement import Statement, StatementType
from keys.findings import Refused
from keys.holding import Trustee, sign_message

__all__ = ["DryRun", "dry_run"]

_NUMBER = 12
"""What is opened."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a trustee's program did and found."""

    number: int
    """Of the trustee."""
    part: bytes
    """The own part, for the other trustees."""
    taking_part: tuple[str, ...]
    """Trustees whose parts hold, in the order of the vote."""
    needed: int

    @property
    def opened(self) -> bool:
        """Whether enough of them opened it together."""
        return len(self.taking_part) >= self.needed


def dry_run(trustee: Trustee, root: Path, statements: Iterable[Statement]) -> DryRun:
    """Make this trustee's part of the dry run, and put it together with those of others.

    Args:
        trustee: Opened.
        root: Folder with draft, manifest, enrolments and trustee files.
        statements: From the stick; parts of other trustees among them.

    Raises:
        Refused: K-114, a part does not hold, or together they do not open what was sealed; V-2 codes, V-207.
    """
    dossier = sealed_dossier(root)
    manifest = dossier.manifest
    number = trustee.number_in(manifest)
    ciphertext, label = _made_up(dossier)
    partial = partial_decrypt(trustee.secret, [ciphertext], label, system_draw)
    message = CeremonyMessage(
        CeremonyStep.DRY_RUN,
        trustee.name,
        manifest.trustees[number].signing_key,
        partial.to_json(),
        (dossier.fingerprint,),
    )
    keys = Trustees.parse(manifest.trustees_json)
    parts = {number + 1: partial, **_parts(dossier, statements, number)}
    for owner, part in parts.items():
        _check_part(keys, owner, ciphertext, label, part, manifest.trustees[owner - 1].name)
    names = tuple(manifest.trustees[owner - 1].name for owner in sorted(parts))
    signed = sign_message(message, manifest.draft, trustee.signing)
    found = DryRun(number, signed, names, manifest.definition.threshold)
    if found.opened:
        _open(keys, ciphertext, parts, names)
    return found


def _made_up(dossier: Dossier) -> tuple[Ciphertext, str]:
    """The ciphertext, the same in every trustee's program, and what its proofs are made for."""
    seed = tagged("isoloir dry run", dossier.fingerprint)
    return encrypt(dossier.manifest.joint_key, _NUMBER, SeededDraw(seed)()), b64_digest(seed)


def _parts(dossier: Dossier, statements: Iterable[Statement], own: int) -> dict[int, PartialDecryption]:
    """Parts of other trustees of this sealed vote; everything else on the stick is left out."""
    numbers = {entry.signing_key: at for at, entry in enumerate(dossier.manifest.trustees)}
    found = {}
    for statement in statements:
        header = statement.header
        if header.type is not StatementType.CEREMONY or header.context != dossier.manifest.draft:
            continue
        content = open_message(statement, dossier.manifest.draft).content
        if content.step is not CeremonyStep.DRY_RUN or content.rests_on != (dossier.fingerprint,):
            continue
        if content.signing_key not in numbers:
            raise Refused("V-207", f"trustee {content.name}", "the manifest does not hold this trustee's key")
        number = numbers[content.signing_key]
        if number != own:
            found[number + 1] = _read(content)
    return found


def _read(content: CeremonyMessage) -> PartialDecryption:
    try:
        return PartialDecryption.parse(content.message)
    except CryptoError as error:
        raise Refused("K-114", f"trustee {content.name}", str(error)) from None


def _check_part(
    keys: Trustees, owner: int, ciphertext: Ciphertext, label: str, part: PartialDecryption, name: str
) -> None:
    try:
        verify_published_partial(keys.public_keys[owner - 1], [ciphertext], label, part)
    except CryptoError as error:
        raise Refused("K-114", f"trustee {name}", str(error)) from None


def _open(
    keys: Trustees, ciphertext: Ciphertext, parts: Mapping[int, PartialDecryption], names: tuple[str, ...]
) -> None:
    try:
        opened = decrypt_sums([ciphertext], combine(keys, parts), _NUMBER)
    except CryptoError as error:
        raise Refused("K-114", f"trustees {', '.join(names)}", str(error)) from None
    if opened != [_NUMBER]:
        raise Refused("K-114", f"trustees {', '.join(names)}", f"{opened[0]} found, {_NUMBER} expected")
