"""Checks the ballots of an archive in chunks, here or in worker processes (steps 6 and 7).

A chunk is parsed, verified and summed in one place; only trackers, credentials and the chunk's sum come back,
so the memory of a verification does not grow with the size of the ballots.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from keys.crypto.elgamal import IDENTITY_CIPHERTEXT, Ciphertext
from keys.crypto.group import Point
from keys.crypto.shuffle import sort_ciphertexts
from keys.crypto.transcript import sha256
from keys.election.ballot import MAX_BALLOT_BYTES, Ballot, verify_ballot
from keys.election.question import ElectionParams, WholeParams
from keys.election.verification.contest import Contest
from keys.election.verification.refusing import refusing
from keys.findings import Refused, Unreadable

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

__all__ = ["BallotCheck", "Cast"]

CHUNK = 16
"""Ballots a chunk: about half a second of work with 20 options."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What remains of a ballot once it was checked and added."""

    tracker: bytes
    """SHA-256 of the ballot, 32 bytes."""
    credential: Point
    unsigned_hash: bytes
    """Belenios' hash of the ballot before it was signed, 32 bytes: what a visit's commitment covers."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The outcome of a chunk."""

    cast: tuple[Cast, ...]
    sums: tuple[Ciphertext, ...]
    """What the ballots add up to; of ballots that are opened whole, their ciphertexts."""


def check_chunk(
    ballots: Sequence[bytes], first: int, params: ElectionParams | WholeParams, fingerprint: str, subject: str
) -> Chunk:
    """Parse, verify and add ballots (section 4.17).

    Args:
        ballots: As they stand in the archive.
        first: Number of the first of them, from 1.
        params: The election.
        fingerprint: Of the election.
        subject: What to call the archive in a refusal.

    Raises:
        Refused: V-320, not a ballot in canonical form; V-321, a proof or the signature does not hold.
    """
    cast = []
    sums = no_ballots(params)
    for number, data in enumerate(ballots, first):
        place = f"{subject}, ballot {number}"
        with refusing("V-320", place):
            ballot = Ballot.parse(data)
        with refusing("V-321", place):
            verify_ballot(ballot, params, fingerprint, params.public_key)
        cast.append(Cast(sha256(data), ballot.unsigned.credential, ballot.unsigned.hash))
        sums = add_ballots(params, sums, ballot.unsigned.answer.choices)
    return Chunk(tuple(cast), sums)


def no_ballots(params: ElectionParams | WholeParams) -> tuple[Ciphertext, ...]:
    """What no ballot adds up to."""
    return () if isinstance(params, WholeParams) else (IDENTITY_CIPHERTEXT,) * params.width


def add_ballots(
    params: ElectionParams | WholeParams, sums: tuple[Ciphertext, ...], more: Sequence[Ciphertext]
) -> tuple[Ciphertext, ...]:
    """Add a ballot or a sum, answer by answer; ballots that are opened whole stand one after the other."""
    if isinstance(params, WholeParams):
        return (*sums, *more)
    return tuple(total + choice for total, choice in zip(sums, more, strict=True))


class BallotCheck:
    """Takes ballots one by one, and tells in the end what they add up to.

    Use it in a `with` statement: leaving it ends its processes, also after Ctrl-C.
    """

    def __init__(
        self,
        contest: Contest,
        subject: str,
        *,
        workers: int = 1,
        any_order: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Prepare.

        Args:
            contest: The setup.
            subject: What to call the archive in a refusal.
            workers: Processes beside this one; 1 or less does all the work here.
            any_order: Accept ballots that are not sorted by their trackers.
            progress: Called with the number of ballots done so far.
        """
        self._contest = contest
        self._subject = subject
        self._workers = workers
        self._any_order = any_order
        self._progress = progress
        self._held: list[bytes] = []
        self._taken = 0
        self._pending: deque[Future[Chunk]] = deque()
        self._pool: ProcessPoolExecutor | None = None
        self._listed = {credential.raw for credential in contest.credentials}
        self._used: set[bytes] = set()
        self._cast: list[Cast] = []
        self._sums = no_ballots(contest.params)
        self._whole: list[Ciphertext] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def add(self, ballot: bytes) -> None:
        """Take the next ballot; earlier ones may be refused now.

        Raises:
            Refused: V-306, V-320 to V-324.
            Unreadable: A worker process died.
        """
        if len(ballot) > MAX_BALLOT_BYTES:
            number = self._taken + len(self._held) + 1
            raise Refused("V-306", f"{self._subject}, ballot {number}", f"{len(ballot)} bytes")
        self._held.append(ballot)
        if len(self._held) == CHUNK:
            self._send()

    def finish(self) -> tuple[tuple[Cast, ...], tuple[Ciphertext, ...]]:
        """Wait for all ballots, and give them with their encrypted tally (section 4.18).

        That is their sum, answer by answer, or, of ballots that are opened whole, all of their ciphertexts, sorted.

        Raises:
            Refused: V-320 to V-324.
            Unreadable: A worker process died.
        """
        if self._held:
            self._send()
        while self._pending:
            self._collect()
        return tuple(self._cast), (*self._sums, *sort_ciphertexts(self._whole))

    def _send(self) -> None:
        ballots, self._held = self._held, []
        arguments = (ballots, self._taken + 1, self._contest.params, self._contest.fingerprint, self._subject)
        self._taken += len(ballots)
        if self._workers <= 1 or (self._pool is None and len(ballots) < CHUNK):
            self._accept(check_chunk(*arguments))
            return
        # Imported here: the processes bring in much that a small verification never needs.
        from keys.election.verification.pool import start_pool, submit

        if self._pool is None:
            self._pool = start_pool(self._workers)
        self._pending.append(submit(self._pool, check_chunk, *arguments))
        if len(self._pending) > 2 * self._workers:
            self._collect()

    def _collect(self) -> None:
        from concurrent.futures.process import BrokenProcessPool

        try:
            chunk = self._pending.popleft().result()
        except BrokenProcessPool:
            raise Unreadable(
                f"{self._subject}: a process that checked ballots ended before its time"
            ) from None
        self._accept(chunk)

    def _accept(self, chunk: Chunk) -> None:
        for cast in chunk.cast:
            self._accept_cast(cast)
        if isinstance(self._contest.params, WholeParams):
            self._whole += chunk.sums
        else:
            self._sums = add_ballots(self._contest.params, self._sums, chunk.sums)
        if self._progress is not None:
            self._progress(len(self._cast))

    def _accept_cast(self, cast: Cast) -> None:
        place = f"{self._subject}, ballot {len(self._cast) + 1}"
        if cast.credential.raw not in self._listed:
            raise Refused("V-322", place, f"credential {cast.credential.hex()}")
        if cast.credential.raw in self._used:
            raise Refused("V-323", place, f"credential {cast.credential.hex()}")
        if not self._any_order and self._cast and self._cast[-1].tracker >= cast.tracker:
            raise Refused("V-324", place, "its tracker is not above that of the ballot before")
        self._used.add(cast.credential.raw)
        self._cast.append(cast)
