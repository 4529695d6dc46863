"""What a machine tries on itself before it opens: a square code on its screen, and the proofs of a ballot.

Nothing of it is kept, and no key of the machine is used: the credential is drawn for the test alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from keys.crypto.errors import CryptoError
from keys.crypto.group import base_mul
from keys.crypto.randomness import SEED_LENGTH, expand_seed
from keys.crypto.transcript import wide_challenge
from keys.election.ballot import UnsignedBallot, verify_ballot
from keys.election.forms import make_ballot_of
from keys.paper.codes import encode
from keys.paper.qr import half_blocks, matrix
from keys.paper.readback import read_half_blocks
from station.booth import BoothContest

__all__ = ["codes_are_read", "proofs_hold"]

_RECEIPT = 149
"""Bytes of a receipt of one ballot."""


def codes_are_read(random_bytes: Callable[[int], bytes]) -> bool:
    """Draw a code as large as a receipt's in cells, and read it back."""
    (text,) = encode(random_bytes(_RECEIPT))
    try:
        return read_half_blocks(half_blocks(matrix(text))) == text
    except ValueError:
        return False


def proofs_hold(item: BoothContest, random_bytes: Callable[[int], bytes]) -> bool:
    """Build a blank ballot and verify it; the same ballot with a ciphertext turned round must be refused."""
    secret = wide_challenge(random_bytes(64))
    credential, choices = base_mul(secret), item.shape.blank
    draw = expand_seed(
        random_bytes(SEED_LENGTH), fingerprint=item.fingerprint, credential=credential, selection=choices
    )
    ballot = make_ballot_of(item.shape, item.params, item.fingerprint, credential, choices, draw)
    first, *rest = ballot.answer.choices
    turned = replace(first, alpha=first.beta, beta=first.alpha)
    altered = replace(ballot, answer=replace(ballot.answer, choices=(turned, *rest)))

    def verifies(unsigned: UnsignedBallot) -> bool:
        signed = unsigned.sign(secret, lambda: wide_challenge(random_bytes(64)))
        try:
            verify_ballot(signed, item.params, item.fingerprint, item.params.public_key)
        except CryptoError:
            return False
        return True

    return verifies(ballot) and not verifies(altered)
