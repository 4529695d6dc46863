"""The verification of a whole archive: the numbered steps of the package in one pass over the stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO

from keys.crypto.elgamal import Ciphertext
from keys.crypto.proofs import Proof
from keys.crypto.transcript import sha256
from keys.crypto.trustees import PartialDecryption
from keys.election.archive import ArchiveReader, Step
from keys.election.events import Kind, Stage
from keys.election.question import WholeParams
from keys.election.verification.ballots import BallotCheck, Cast
from keys.election.verification.contest import Contest, read_contest
from keys.election.verification.opened import check_decryption, check_result, check_tally
from keys.election.verification.shuffled import Sheets, check_sheets, check_shuffle
from keys.findings import Refused

__all__ = ["Polled", "Verified", "verify_archive", "verify_ballots", "verify_opening"]


@dataclass(frozen=True, slots=True)
class Polled:
    """An archive whose form, setup and ballots hold; what its later events say was not looked at."""

    subject: str
    stage: Stage
    head: str
    """SHA-256 of the last event, 64 hexadecimal digits."""
    tally_head: str | None
    """SHA-256 of the EncryptedTally event: it names every ballot and the total."""
    timestamp: int
    contest: Contest
    cast: tuple[Cast, ...]
    sums: tuple[Ciphertext, ...]
    """The encrypted tally of the ballots."""
    later: tuple[Step, ...]
    """The events after the ballots."""
    opened_head: str | None = None
    """SHA-256 of the event before the decryptions: it names what is decrypted."""


@dataclass(frozen=True, slots=True)
class Verified:
    """An archive in which every step holds."""

    stage: Stage
    head: str
    """SHA-256 of the last event, 64 hexadecimal digits: stands for the whole archive."""
    tally_head: str | None
    """SHA-256 of the EncryptedTally event: the head of the archive when trustees are asked to open it."""
    timestamp: int
    """Seconds since 1970, as the archive says; nothing proves it."""
    contest: Contest
    cast: tuple[Cast, ...]
    """The ballots, in the order of the archive."""
    tally: tuple[Ciphertext, ...] | None
    """The encrypted tally: one ciphertext an answer, the first for blank where blank is possible; or one a ballot,
    where ballots are opened whole."""
    decryptions: Mapping[int, PartialDecryption]
    """By owner, from 1."""
    result: tuple[int, ...] | Sheets | None
    """The decrypted sums, in the order of `tally`; or the ballots, where they are opened whole."""
    shuffled: tuple[Ciphertext, ...] | None = None
    """What is decrypted: the ciphertexts after the last shuffle, or `tally` where nothing is shuffled."""
    shuffles: tuple[tuple[int, bytes], ...] = ()
    """Owner, from 1, and SHA-256 of each shuffle, in their order."""


@dataclass(slots=True)
class _Opened:
    """What follows the ballots, as far as it has been checked."""

    tally: tuple[Ciphertext, ...] | None = None
    shuffled: tuple[Ciphertext, ...] | None = None
    shuffles: dict[int, bytes] = field(default_factory=dict)
    decryptions: dict[int, PartialDecryption] = field(default_factory=dict)
    result: tuple[int, ...] | Sheets | None = None


def verify_archive(
    stream: BinaryIO,
    subject: str = "archive",
    *,
    expected: Stage | frozenset[Stage],
    second_proofs: Mapping[int, Sequence[Proof]] | None = None,
    foreign: bool = False,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Verified:
    """Check everything that an archive can show by itself (steps 1 to 11 of the package).

    Does not show who set it up, whose the credentials are, or that no ballot was left out: manifest,
    enrolments and closing reports do.

    Args:
        stream: A binary stream whose `read(n)` returns less than n bytes only at its end.
        subject: What to call the archive in a refusal ("contest saint-cyprien").
        expected: How far the archive must have come: `Stage.TALLIED` before trustees decrypt sums,
            `Stage.SHUFFLED` before they decrypt ballots, `Stage.COMPLETE` when published; one of several.
        second_proofs: Our second decryption proofs by owner, from `decryptions/*.cose`; None leaves them out,
            which is right for archives of others only.
        foreign: An archive written by another program: ballots and credentials may stand in any order.
        workers: Processes that check ballots beside this one; 1 does all the work here.
        progress: Called with the number of ballots checked so far.

    Raises:
        Refused: A step does not hold; the codes are in the list of the package.
        Unreadable: A worker process died.
    """
    polled = verify_ballots(
        stream, subject, expected=expected, foreign=foreign, workers=workers, progress=progress
    )
    return verify_opening(polled, second_proofs, foreign=foreign)


def verify_ballots(
    stream: BinaryIO,
    subject: str = "archive",
    *,
    expected: Stage | frozenset[Stage],
    foreign: bool = False,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Polled:
    """Check form, setup and ballots (steps 1 to 7 of the package); arguments as `verify_archive`.

    Raises:
        Refused: V-301 to V-324.
        Unreadable: A worker process died.
    """
    reader = ArchiveReader(stream, subject)
    steps = iter(reader)
    election, trustees, credentials = next(steps).documents
    contest = read_contest(election, trustees, credentials, subject, foreign=foreign)
    tally_head = opened_head = None
    with BallotCheck(contest, subject, workers=workers, any_order=foreign, progress=progress) as check:
        later = []
        for step in steps:
            if step.kind is Kind.BALLOT:
                check.add(step.documents[0])
                continue
            later.append(step)
            if step.kind is Kind.ENCRYPTED_TALLY:
                tally_head = reader.head
            if step.kind in {Kind.ENCRYPTED_TALLY, Kind.END_SHUFFLES}:
                opened_head = reader.head
        stages = {expected} if isinstance(expected, Stage) else expected
        if reader.stage not in stages:
            wanted = " or ".join(sorted(stage.value for stage in stages))
            raise Refused("V-307", subject, f"expected {wanted}, found {reader.stage.value}")
        cast, sums = check.finish()
    return Polled(
        subject,
        reader.stage,
        reader.head or "",
        tally_head,
        reader.timestamp,
        contest,
        cast,
        sums,
        tuple(later),
        opened_head,
    )


def verify_opening(
    polled: Polled, second_proofs: Mapping[int, Sequence[Proof]] | None = None, *, foreign: bool = False
) -> Verified:
    """Check what follows the ballots: total, shuffles, decryptions, result (steps 8 to 11 of the package).

    Args:
        polled: Of `verify_ballots`.
        second_proofs: As for `verify_archive`.
        foreign: A trustee may decrypt ballots without having shuffled them.

    Raises:
        Refused: V-330 to V-334, V-501 to V-505.
    """
    opened = _Opened()
    for step in polled.later:
        _check_step(step, opened, polled, second_proofs, foreign)
    return Verified(
        polled.stage,
        polled.head,
        polled.tally_head,
        polled.timestamp,
        polled.contest,
        polled.cast,
        opened.tally,
        MappingProxyType(opened.decryptions),
        opened.result,
        opened.shuffled,
        tuple(opened.shuffles.items()),
    )


def _check_step(
    step: Step,
    opened: _Opened,
    polled: Polled,
    second_proofs: Mapping[int, Sequence[Proof]] | None,
    foreign: bool,
) -> None:
    contest, subject = polled.contest, polled.subject
    before = polled.sums if opened.shuffled is None else opened.shuffled
    if step.kind is Kind.ENCRYPTED_TALLY:
        opened.tally = opened.shuffled = check_tally(step, len(polled.cast), polled.sums, subject)
    elif step.kind is Kind.SHUFFLE:
        owner, opened.shuffled = check_shuffle(step, contest, before, opened.shuffles, subject)
        opened.shuffles[owner] = sha256(step.documents[0])
    elif step.kind is Kind.PARTIAL_DECRYPTION:
        owner, partial = check_decryption(step, contest, before, second_proofs, subject)
        if owner in opened.decryptions:
            raise Refused("V-501", f"{subject}, decryption of trustee {owner}", "it is there twice")
        if isinstance(contest.params, WholeParams) and owner not in opened.shuffles and not foreign:
            raise Refused("V-332", subject, f"trustee {owner} decrypts what it has not shuffled")
        opened.decryptions[owner] = partial
    elif step.kind is Kind.RESULT:
        opened.result = _check_result(step, opened, polled, before)


def _check_result(
    step: Step, opened: _Opened, polled: Polled, before: Sequence[Ciphertext]
) -> tuple[int, ...] | Sheets:
    contest, subject, found = polled.contest, polled.subject, opened.decryptions
    if isinstance(contest.params, WholeParams):
        return check_sheets(step, contest, before, found, len(contest.params.answers), subject)
    return check_result(step, contest, before, found, len(polled.cast), subject)
