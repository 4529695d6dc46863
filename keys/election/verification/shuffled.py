"""Ballots that are opened whole: their shuffles, and what the decryptions make of them (steps 8 to 11)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from keys.crypto.elgamal import Ciphertext
from keys.crypto.encoding import check_encoding, to_ints
from keys.crypto.errors import CryptoError
from keys.crypto.group import Point
from keys.crypto.shuffle import Shuffle, verify_shuffle
from keys.crypto.trustees import PartialDecryption, combine
from keys.election.archive import Outline, Step
from keys.election.documents import sheets_from_json, tally_from_json
from keys.election.question import WholeParams
from keys.election.verification.contest import Contest, read_contest
from keys.election.verification.refusing import refusing
from keys.findings import Refused

__all__ = ["Sheets", "check_sheets", "check_shuffle", "open_sheets", "sheets_of"]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The ballots of a contest, opened whole, as the last shuffle left them: nothing tells whose is which."""

    values: tuple[tuple[int, ...], ...]
    """As the archive's result lists them: one of 0 to 255 an answer."""
    sound: tuple[bool, ...]
    """For each, whether it was written in the only form; another one would be a ballot that can be recognised."""


def check_shuffle(
    step: Step, contest: Contest, before: Sequence[Ciphertext], owners: Collection[int], subject: str
) -> tuple[int, tuple[Ciphertext, ...]]:
    """Check one trustee's shuffle (section 4.19).

    Args:
        step: The event with its document.
        contest: The setup.
        before: What was shuffled: the encrypted tally, or what the shuffle before gave.
        owners: Of the shuffles before.
        subject: What to call the archive in a refusal.

    Returns:
        The owner, from 1, and the ciphertexts after it.

    Raises:
        Refused: V-332, the question's ballots are added; V-333, no such trustee, twice the same one, or another
            form; V-334, the proof does not hold.
    """
    if not isinstance(contest.params, WholeParams):
        raise Refused("V-332", subject, "its ballots are added")
    owner = step.numbers[0]
    place = f"{subject}, shuffle of trustee {owner}"
    if not 1 <= owner <= len(contest.trustees.public_keys) or owner in owners:
        raise Refused("V-333", place, "there is no such trustee, or it has shuffled before")
    with refusing("V-333", place):
        shuffled = Shuffle.parse(step.documents[0])
    with refusing("V-334", place):
        verify_shuffle(before, shuffled, contest.params.public_key, contest.fingerprint)
    return owner, shuffled.ciphertexts


def open_sheets(ciphertexts: Sequence[Ciphertext], factors: Sequence[Point], length: int) -> Sheets:
    """Decode shuffled ballots (sections 4.21 and 5.2).

    Args:
        ciphertexts: After the last shuffle.
        factors: From `combine`.
        length: Values of a ballot.
    """
    points = [item.beta - factor for item, factor in zip(ciphertexts, factors, strict=True)]
    values = tuple(to_ints(point, length) for point in points)
    return Sheets(values, tuple(_is_sound(point, length) for point in points))


def _is_sound(point: Point, length: int) -> bool:
    try:
        check_encoding(point, length)
    except CryptoError:
        return False
    return True


def check_sheets(
    step: Step,
    contest: Contest,
    ciphertexts: Sequence[Ciphertext],
    decryptions: Mapping[int, PartialDecryption],
    length: int,
    subject: str,
) -> Sheets:
    """Check the result of a shuffled question against the decryptions (section 4.21).

    Raises:
        Refused: V-504, the decryptions are not enough; V-505, another form or another result.
    """
    try:
        factors = combine(contest.trustees, decryptions)
    except CryptoError as error:
        raise Refused("V-504", subject, str(error)) from None
    sheets = open_sheets(ciphertexts, factors, length)
    with refusing("V-505", subject):
        found = sheets_from_json(step.documents[0])
    if found != sheets.values:
        raise Refused("V-505", subject, "the ballots are not what the decryptions give")
    return sheets


def sheets_of(seen: Outline, subject: str) -> Sheets:
    """The opened ballots of a finished archive of one's own: its proofs are not looked at again.

    Raises:
        Refused: V-31 codes, V-333, V-501, V-504, V-505.
    """
    election, trustees, credentials = seen.setup.documents
    contest = read_contest(election, trustees, credentials, subject)
    if not isinstance(contest.params, WholeParams) or seen.result is None or seen.tally is None:
        raise Refused("V-505", subject, "it holds no opened ballots")
    with refusing("V-333", subject):
        ciphertexts = Shuffle.parse(seen.shuffles[-1].documents[0]).ciphertexts if seen.shuffles else ()
    if not seen.shuffles:
        with refusing("V-330", subject):
            ciphertexts = tally_from_json(seen.tally.documents[0])
    with refusing("V-501", subject):
        opened = {step.numbers[0]: PartialDecryption.parse(step.documents[0]) for step in seen.decryptions}
    return check_sheets(seen.result, contest, ciphertexts, opened, len(contest.params.answers), subject)
