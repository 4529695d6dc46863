"""What was opened: encrypted tally, partial decryptions, result (steps 8 to 11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from keys.crypto.elgamal import Ciphertext
from keys.crypto.errors import CryptoError
from keys.crypto.group import base_mul, scalar
from keys.crypto.proofs import Proof
from keys.crypto.trustees import PartialDecryption, combine, verify_partial, verify_published_partial
from keys.election.archive import Step
from keys.election.documents import result_from_json, tally_from_json
from keys.election.verification.contest import Contest
from keys.election.verification.refusing import refusing
from keys.findings import Refused

__all__ = ["check_decryption", "check_result", "check_tally"]


def check_tally(step: Step, ballots: int, sums: Sequence[Ciphertext], subject: str) -> tuple[Ciphertext, ...]:
    """Check an encrypted tally against the sum of the ballots (section 4.18).

    Args:
        step: The event with its document.
        ballots: How many ballots there are.
        sums: What they add up to.
        subject: What to call the archive in a refusal.

    Raises:
        Refused: V-330, another form or other counts; V-331, another sum.
    """
    with refusing("V-330", subject):
        tally = tally_from_json(step.documents[0])
    if step.numbers != (ballots, ballots):
        raise Refused("V-330", subject, f"counts {step.numbers}, but ballots there: {ballots}")
    if tally != tuple(sums):
        raise Refused("V-331", subject, "recomputed from the ballots, it is another")
    return tally


def check_decryption(
    step: Step,
    contest: Contest,
    tally: Sequence[Ciphertext],
    second_proofs: Mapping[int, Sequence[Proof]] | None,
    subject: str,
) -> tuple[int, PartialDecryption]:
    """Check one trustee's partial decryption (section 4.20, and our second proof where it is asked for).

    Args:
        step: The event with its document.
        contest: The setup.
        tally: The encrypted tally.
        second_proofs: By owner, from outside the archive; None if they are not asked for.
        subject: What to call the archive in a refusal.

    Returns:
        The owner, from 1, and the decryption.

    Raises:
        Refused: V-501, no such trustee or another form; V-502, a proof does not hold; V-503, the second
            proofs are missing or do not hold.
    """
    owner = step.numbers[0]
    place = f"{subject}, decryption of trustee {owner}"
    keys = contest.trustees.public_keys
    if not 1 <= owner <= len(keys):
        raise Refused("V-501", place, f"there are {len(keys)} trustees")
    with refusing("V-501", place):
        partial = PartialDecryption.parse(step.documents[0])
    with refusing("V-502", place):
        verify_published_partial(keys[owner - 1], tally, contest.fingerprint, partial)
    if second_proofs is not None:
        if owner not in second_proofs:
            raise Refused("V-503", place, "they are missing")
        partial = replace(partial, bound=tuple(second_proofs[owner]))
        with refusing("V-503", place):
            verify_partial(keys[owner - 1], tally, contest.fingerprint, partial)
    return owner, partial


def check_result(
    step: Step,
    contest: Contest,
    tally: Sequence[Ciphertext],
    decryptions: Mapping[int, PartialDecryption],
    ballots: int,
    subject: str,
) -> tuple[int, ...]:
    """Check the result against the decryptions (section 4.21); no logarithm is needed for that.

    Raises:
        Refused: V-504, the decryptions are not enough; V-505, another form or another result.
    """
    try:
        factors = combine(contest.trustees, decryptions)
    except CryptoError as error:
        raise Refused("V-504", subject, str(error)) from None
    with refusing("V-505", subject):
        counts = result_from_json(step.documents[0])
    if len(counts) != len(tally) or any(count > ballots for count in counts):
        raise Refused("V-505", subject, f"expected {len(tally)} numbers, none above {ballots}")
    for index, (item, factor, count) in enumerate(zip(tally, factors, counts, strict=True)):
        if base_mul(scalar(count)) != item.beta - factor:
            raise Refused("V-505", subject, f"number {index} is not what the decryptions give")
    return counts
