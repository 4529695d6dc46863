"""Archives on the officer's disk: written up to what is opened, continued with shuffles, finished with the result."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.shuffle import Shuffle, sort_ciphertexts
from keys.crypto.trustees import PartialDecryption, combine, decrypt_sums, verify_partial
from keys.election.archive import ArchiveWriter, Outline, continue_archive, outline
from keys.election.documents import result_to_json, sheets_to_json, tally_from_json, tally_to_json
from keys.election.events import Stage
from keys.election.opening import ContestDecryption, second_proofs
from keys.election.packing import unpack
from keys.election.question import WholeParams
from keys.election.verification import Contest, open_sheets, read_contest
from keys.election.verification.ballots import add_ballots, no_ballots
from keys.findings import Refused

__all__ = ["continued", "finish_archive", "last_ciphertexts", "read_outline", "write_archive"]


def write_archive(
    part: Path,
    setup: tuple[bytes, bytes, bytes],
    timestamp: int,
    bodies: Iterable[bytes],
    subject: str,
    progress: Callable[[int], None] | None = None,
) -> tuple[bytes, int]:
    """Write an archive up to its encrypted tally; the ballots were checked when their boxes came in.

    Args:
        part: Where to.
        setup: Election, trustees, credentials.
        timestamp: Of the manifest.
        bodies: Packed ballots in the order of their trackers.
        subject: What to call the archive in a refusal.
        progress: Told the number of ballots written.

    Returns:
        Hash of the EncryptedTally event, 32 bytes, and the number of ballots.
    """
    opened = read_contest(*setup, subject)
    params = opened.params
    sums, count = no_ballots(params), 0
    whole: list[Ciphertext] = []
    with part.open("wb") as stream:
        writer = ArchiveWriter(stream, timestamp)
        writer.setup(*setup)
        for body in bodies:
            ballot = unpack(body, params, opened.fingerprint)
            writer.ballot(ballot.to_json())
            if isinstance(params, WholeParams):
                whole += ballot.unsigned.answer.choices
            else:
                sums = add_ballots(params, sums, ballot.unsigned.answer.choices)
            count += 1
            if progress is not None:
                progress(count)
        writer.end_ballots()
        writer.encrypted_tally(tally_to_json((*sums, *sort_ciphertexts(whole))), count, count)
        return bytes.fromhex(writer.head), count


def read_outline(path: Path, subject: str) -> Outline:
    """Read an archive through, but for its ballots.

    Raises:
        Refused: V-30 codes; T-206, it does not hold its encrypted tally yet.
    """
    with path.open("rb") as stream:
        seen = outline(stream, subject)
    if seen.tally is None:
        raise Refused("T-206", subject, "its total was not made yet")
    return seen


def last_ciphertexts(seen: Outline, subject: str) -> tuple[Ciphertext, ...]:
    """What is shuffled or decrypted next.

    Raises:
        Refused: V-330, V-333.
    """
    try:
        if seen.shuffles:
            return Shuffle.parse(seen.shuffles[-1].documents[0]).ciphertexts
        return tally_from_json(seen.tally.documents[0]) if seen.tally is not None else ()
    except CryptoError as error:
        raise Refused("V-333" if seen.shuffles else "V-330", subject, str(error)) from None


@contextmanager
def continued(path: Path, subject: str) -> Iterator[ArchiveWriter]:
    """Write events at the end of an archive: all of them are there afterwards, or none."""
    part = path.with_suffix(".part")
    with path.open("rb") as source, part.open("wb") as target:
        yield continue_archive(source, target, subject)
        target.flush()
        os.fsync(target.fileno())
    part.replace(path)


def finish_archive(path: Path, parts: Mapping[int, ContestDecryption], subject: str) -> None:
    """Check the decryptions, and add them and the result to an archive; one that is finished stays as it is.

    Args:
        path: Of the archive.
        parts: By trustee, from 0.
        subject: What to call the archive in a refusal.

    Raises:
        Refused: T-206, V-407, V-503, V-504.
    """
    seen = read_outline(path, subject)
    if seen.stage is Stage.COMPLETE:
        return
    election, trustees, credentials = seen.setup.documents
    setup = read_contest(election, trustees, credentials, subject)
    if isinstance(setup.params, WholeParams) and seen.stage is not Stage.SHUFFLED:
        raise Refused("T-206", subject, "its ballots are not shuffled yet: tally shuffle")
    ciphertexts = last_ciphertexts(seen, subject)
    partials = {}
    for trustee, part in sorted(parts.items()):
        place = f"{subject}, decryption of trustee {trustee + 1}"
        if part.head.hex() != seen.head:
            raise Refused("V-407", place, "it opens another total or other shuffles")
        try:
            partial = PartialDecryption.parse(part.partial, second_proofs(part, place))
            verify_partial(setup.trustees.public_keys[trustee], ciphertexts, setup.fingerprint, partial)
        except CryptoError as error:
            raise Refused("V-503", place, str(error)) from None
        partials[trustee + 1] = partial
    result = _result(setup, ciphertexts, partials, seen.ballots, subject)
    with continued(path, subject) as writer:
        for owner, partial in partials.items():
            writer.partial_decryption(owner, partial.to_json())
        writer.result(result)


def _result(
    setup: Contest,
    ciphertexts: tuple[Ciphertext, ...],
    partials: Mapping[int, PartialDecryption],
    ballots: int,
    subject: str,
) -> bytes:
    try:
        factors = combine(setup.trustees, partials)
        if isinstance(setup.params, WholeParams):
            sheets = open_sheets(ciphertexts, factors, len(setup.params.answers))
            return sheets_to_json(sheets.values)
        return result_to_json(decrypt_sums(ciphertexts, factors, ballots))
    except CryptoError as error:
        raise Refused("V-504", subject, str(error)) from None
