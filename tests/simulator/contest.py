"""A contest held from end to end in memory, and its parts, any of which can be replaced by a lie.

Everything follows from a label, so a contest is the same in every run.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from keys.crypto.ceremony import certify, conclude, deal, receive, recover, route
from keys.crypto.channel import new_seed
from keys.crypto.credentials import derive_credential, secret_key, sort_credentials
from keys.crypto.elgamal import Ciphertext, total
from keys.crypto.group import Scalar, base_mul
from keys.crypto.proofs import Proof
from keys.crypto.randomness import SeededDraw
from keys.crypto.trustees import (
    PartialDecryption,
    Pedersen,
    Single,
    TrusteeKey,
    Trustees,
    combine,
    decrypt_sums,
    partial_decrypt,
)
from keys.election.archive import ArchiveWriter
from keys.election.ballot import Ballot, make_ballot_for
from keys.election.documents import credentials_to_json, result_to_json, tally_to_json
from keys.election.events import Stage
from keys.election.question import ElectionParams, fingerprint

__all__ = ["TIMESTAMP", "UUID", "Form", "Held", "Parts", "draw", "flip", "hold"]

TIMESTAMP = 1795301063
UUID = "HcNdVzzEcCHXPe"


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked, and how."""

    answers: tuple[str, ...] = ("Jardin", "Préau", "Banc")
    fewest: int = 1
    most: int = 2
    blank: bool = True
    name: str = "Saint-Cyprien"
    description: str = ""
    question: str = "Vos projets ?"
    trustees: int = 2
    """Trustees who are all needed."""
    threshold: tuple[int, int] | None = None
    """A set beside them: how many of its members are needed, and how many there are."""
    present: tuple[int, ...] | None = None
    """The owners who decrypt; None for all."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The documents of an archive; `archive` writes whatever they say, with digests and chain to match."""

    election: bytes
    trustees: bytes
    credentials: bytes
    ballots: tuple[bytes, ...]
    tally: bytes
    counts: tuple[int, int]
    decryptions: tuple[tuple[int, bytes], ...]
    result: bytes

    def archive(self, until: Stage = Stage.COMPLETE) -> bytes:
        """Write the archive as far as a stage."""
        stream = io.BytesIO()
        writer = ArchiveWriter(stream, TIMESTAMP)
        writer.setup(self.election, self.trustees, self.credentials)
        for ballot in self.ballots:
            writer.ballot(ballot)
        steps: list[tuple[Stage, Callable[[], None]]] = [
            (Stage.ENDED, writer.end_ballots),
            (Stage.TALLIED, lambda: writer.encrypted_tally(self.tally, *self.counts)),
            (Stage.DECRYPTING, lambda: self._decrypt(writer)),
            (Stage.COMPLETE, lambda: writer.result(self.result)),
        ]
        for stage, write in steps:
            if writer.stage is until:
                break
            write()
            assert writer.stage is stage
        return stream.getvalue()

    def _decrypt(self, writer: ArchiveWriter) -> None:
        for owner, decryption in self.decryptions:
            writer.partial_decryption(owner, decryption)


@dataclass(frozen=True, slots=True)
class Held:
    """A contest with the secrets of all who took part."""

    params: ElectionParams
    fingerprint: str
    trustees: Trustees
    keys: tuple[TrusteeKey, ...]
    secrets: Mapping[bytes, Scalar]
    """Secret exponent of each credential, by its public point."""
    ballots: tuple[Ballot, ...]
    tally: tuple[Ciphertext, ...]
    decryptions: Mapping[int, PartialDecryption]
    counts: tuple[int, ...]
    parts: Parts

    @property
    def second_proofs(self) -> dict[int, tuple[Proof, ...]]:
        """What the trustees hand in beside the archive."""
        return {owner: partial.bound for owner, partial in self.decryptions.items()}

    def opened(self, tally: Sequence[Ciphertext], label: str = "opened") -> dict[int, PartialDecryption]:
        """What the trustees would give for another tally."""
        return {
            owner: partial_decrypt(key.secret, tally, self.fingerprint, draw(f"{label} {owner}"))
            for owner, key in enumerate(self.keys, 1)
        }


def draw(label: str) -> SeededDraw:
    """Randomness that follows from a label."""
    return SeededDraw(bytes(32), label.encode())


def _board(form: Form) -> tuple[Trustees, tuple[TrusteeKey, ...]]:
    """The trustees of a form, and the private share of each owner."""
    singles = tuple(TrusteeKey.generate(draw(f"key {n}")) for n in range(form.trustees))
    entries = tuple(Single(key.public(draw(f"pok {n}"))) for n, key in enumerate(singles))
    if form.threshold is None:
        return Trustees(entries), singles
    members, shares = _ceremony(*form.threshold)
    return Trustees((*entries, members)), singles + shares


def _ceremony(needed: int, size: int) -> tuple[Pedersen, tuple[TrusteeKey, ...]]:
    numbers = draw("seeds")
    seeds = [new_seed(numbers().to_bytes(64, "big")) for _ in range(size)]
    certs = [certify(seed, size, needed, n, draw(f"cert {n}")) for n, seed in enumerate(seeds, 1)]
    dealt = [deal(seed, certs, draw(f"deal {n}")) for n, seed in enumerate(seeds)]
    brought = zip(seeds, route(certs, dealt), strict=True)
    outcomes = [receive(seed, certs, box, draw(f"share {n}")) for n, (seed, box) in enumerate(brought)]
    shares = tuple(
        recover(seed, outcome.public_key.public_key, outcome.private_key)
        for seed, outcome in zip(seeds, outcomes, strict=True)
    )
    return conclude(certs, dealt, outcomes), shares


def hold(votes: Sequence[Sequence[int]], form: Form | None = None, electors: int | None = None) -> Held:
    """Hold a contest in which each vote, a list of 0 and 1, is cast with a credential of its own."""
    form = form or Form()
    trustees, keys = _board(form)
    params = ElectionParams(
        uuid=UUID,
        name=form.name,
        description=form.description,
        question=form.question,
        answers=form.answers,
        blank=form.blank,
        min=form.fewest,
        max=form.most,
        public_key=trustees.joint_key,
    )
    mark = fingerprint(params.to_json_bytes())
    secrets = [
        secret_key(UUID, derive_credential(bytes(32), UUID, row)) for row in range(electors or len(votes) + 2)
    ]
    ballots = [
        make_ballot_for(params, mark, base_mul(secret), vote, draw(f"vote {n}")).sign(
            secret, draw(f"nonce {n}")
        )
        for n, (secret, vote) in enumerate(zip(secrets, votes, strict=False))
    ]
    ballots.sort(key=lambda ballot: ballot.tracker)
    rows = zip(*(ballot.unsigned.answer.choices for ballot in ballots), strict=True) if ballots else []
    tally = tuple(total(row) for row in rows) or (total([]),) * params.width
    decryptions = {
        owner: partial_decrypt(key.secret, tally, mark, draw(f"decryption {owner}"))
        for owner, key in enumerate(keys, 1)
        if form.present is None or owner in form.present
    }
    counts = tuple(decrypt_sums(tally, combine(trustees, decryptions), len(ballots)))
    parts = Parts(
        params.to_json_bytes(),
        trustees.to_json(),
        credentials_to_json(sort_credentials(base_mul(secret) for secret in secrets)),
        tuple(ballot.to_json() for ballot in ballots),
        tally_to_json(tally),
        (len(ballots), len(ballots)),
        tuple((owner, partial.to_json()) for owner, partial in decryptions.items()),
        result_to_json(counts),
    )
    by_point = {base_mul(secret).raw: secret for secret in secrets}
    return Held(params, mark, trustees, keys, by_point, tuple(ballots), tally, decryptions, counts, parts)


def flip(document: bytes, after: bytes) -> bytes:
    """Change the lowest bit of the first decimal digit, but for a leading one, after a text."""
    start = document.index(after) + len(after)
    place = next(n for n in range(start + 1, len(document)) if document[n : n + 1].isdigit())
    return document[:place] + bytes([document[place] ^ 1]) + document[place + 1 :]
