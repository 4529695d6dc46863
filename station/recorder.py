"""The recorder: the only path of a vote from the choices of a voter to the store.

A visit is prepared (a fresh seed, an unsigned ballot in every contest of the style, slots drawn anew), and then, once:
cast, opened to check the machine, or forgotten. Choices, seeds and receipts are in memory alone; what was prepared is
dropped at the end of each of the three. Randomness is one argument: seeds, slots and the nonces of signatures are
separate draws from it, so that opening a seed tells nothing about a signature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from keys.crypto.group import Scalar, base_mul
from keys.crypto.randomness import SEED_LENGTH, expand_seed
from keys.crypto.transcript import wide_challenge
from keys.election.ballot import Ballot, UnsignedBallot, commitment
from keys.election.challenge import Challenge, OpenedBallot
from keys.election.forms import make_ballot_of
from keys.election.packing import pack
from keys.election.receipt import Receipt
from keys.election.statement import StatementType, sign_statement
from keys.findings import Misuse, Refused, Unreadable
from station.booth import Booth, BoothContest
from station.disk.plan import Counter, InDoubt, Mark
from station.store import Store

__all__ = ["CHECK_CODE", "Prepared", "Recorder"]

CHECK_CODE = 10
"""Bytes of the commitment that are shown."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What was prepared in one contest."""

    item: BoothContest
    choices: tuple[int, ...]
    slot: int
    secret: Scalar
    unsigned: UnsignedBallot


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A visit whose ballots are made and not signed: a name for it, that holds nothing but the commitment."""

    commitment: bytes
    """32 bytes over the unsigned ballots, shown or printed before the voter decides."""

    @property
    def check_code(self) -> bytes:
        """First 10 bytes of the commitment."""
        return self.commitment[:CHECK_CODE]


@dataclass(frozen=True, slots=True)
class _Live:
    """What is behind the visit that was prepared last; dropped when it ends."""

    prepared: Prepared
    seed: bytes = field(repr=False)
    parts: tuple[_Part, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A cast whose end is not known, until `Recorder.settle`."""

    elector: int
    bodies: Mapping[int, tuple[int, bytes]] = field(repr=False)
    receipt: bytes = field(repr=False)


class Recorder:
    """Makes, casts and opens the ballots of one visit after the other."""

    def __init__(
        self,
        store: Store,
        booth: Booth,
        random_bytes: Callable[[int], bytes],
        clock: Callable[[], int],
    ) -> None:
        """Take over an open store.

        Args:
            store: Of this machine.
            booth: The machine's keys and contests.
            random_bytes: Gives n random bytes (`secrets.token_bytes`).
            clock: Gives Unix seconds; used for the hour of the turnout alone.

        Raises:
            Misuse: Store and booth belong to different machines.
        """
        planned = {item.contest: item.body_size for item in store.plan.contests}
        if planned != {item.contest: item.body_size for item in booth.contests}:
            raise Misuse("The store was made for other contests than these.")
        if (store.settings.machine, store.settings.mode) != (booth.machine, booth.mode):
            raise Misuse("The store was made for another machine or mode.")
        self._store = store
        self._booth = booth
        self._random_bytes = random_bytes
        self._clock = clock
        self._live: _Live | None = None
        self._doubt: _Doubt | None = None

    def room(self) -> int:
        """How many more visits fit; ask before a visit starts."""
        return self._store.counts().free

    def prepare(self, selections: Mapping[int, tuple[int, ...]]) -> Prepared:
        """Make the ballots of a visit; whatever was prepared before is forgotten.

        Args:
            selections: By contest, one value for each option (`keys.election.forms`); empty is blank, and so is a
                contest that is left out.

        Raises:
            Refused: S-204, the store is full; S-303, a selection does not fit its contest.
        """
        self._live = None
        unknown = set(selections) - {item.contest for item in self._booth.contests}
        if unknown:
            raise Refused("S-303", f"contest {min(unknown)}", "it is not voted on here")
        seed = self._random_bytes(SEED_LENGTH)
        parts = tuple(
            self._prepare_part(item, tuple(selections.get(item.contest, ())), seed)
            for item in self._booth.contests
        )
        hashes = [part.unsigned.hash for part in parts]
        prepared = Prepared(commitment(hashes))
        self._live = _Live(prepared, seed, parts)
        return prepared

    def _prepare_part(self, item: BoothContest, selection: tuple[int, ...], seed: bytes) -> _Part:
        choices = selection or item.shape.blank
        if item.shape.flaw(choices) is not None:
            raise Refused("S-303", f"contest {item.contest}")
        free = self._store.free_slots(item.contest)
        if not free:
            raise Refused("S-204", f"contest {item.contest}")
        slot = free[self._below(len(free))]
        secret = self._booth.secret(item, slot)
        credential = base_mul(secret)
        draw = expand_seed(seed, fingerprint=item.fingerprint, credential=credential, selection=choices)
        unsigned = make_ballot_of(item.shape, item.params, item.fingerprint, credential, choices, draw)
        return _Part(item, choices, slot, secret, unsigned)

    def cast(self, prepared: Prepared, elector: int) -> bytes:
        """Sign and record a visit.

        Args:
            prepared: The visit, prepared last and not used yet.
            elector: Number on the roll.

        Returns:
            The receipt, a statement; it is kept nowhere.

        Raises:
            Refused: The store takes no vote, or none by this elector; nothing is recorded.
            InDoubt: Only the mark can say whether it is recorded: open the store again and call `settle`.
        """
        parts = self._take(prepared).parts
        ballots = {part.item.contest: part.unsigned.sign(part.secret, self._draw) for part in parts}
        receipt = self._receipt(prepared, tuple(ballots.values()))
        bodies = {part.item.contest: (part.slot, pack(ballots[part.item.contest])) for part in parts}
        try:
            self._store.record(elector, bodies, self._hour())
        except (InDoubt, Unreadable) as error:
            self._doubt = _Doubt(elector, bodies, receipt)
            self._store.close()
            raise InDoubt(str(error)) from None
        return receipt

    def settle(self, store: Store) -> bytes | None:
        """Say how a doubtful cast ended, and go on with the store that was opened again.

        Args:
            store: The same file, opened again.

        Returns:
            The receipt if the vote is recorded, None if it is not.

        Raises:
            Misuse: Nothing is in doubt.
            Refused: S-210, the mark is there and a ballot is not what was written.
        """
        doubt = self._doubt
        if doubt is None:
            raise Misuse("No vote is in doubt.")
        recorded = store.mark_of(doubt.elector) is Mark.VOTED
        if recorded:
            for contest, (slot, body) in doubt.bodies.items():
                if store.ballot_in(contest, slot) != body:
                    raise Refused("S-210", f"contest {contest}", "the last ballot")
        self._doubt, self._store = None, store
        return doubt.receipt if recorded else None

    def open(self, prepared: Prepared, *, by_officers: bool = False) -> bytes:
        """Open a visit to check the machine: nothing is cast, no credential is used up, one challenge is counted.

        Args:
            prepared: The visit, prepared last and not used yet.
            by_officers: It is no voter's visit, and is counted apart.

        Returns:
            The challenge, a statement, from which anyone rebuilds the commitment.
        """
        live = self._take(prepared)
        opened = Challenge(
            seed=live.seed,
            commitment=prepared.commitment,
            ballots=tuple(
                OpenedBallot(
                    contest=part.item.contest,
                    selection=part.choices if any(part.choices) else (),
                    credential=part.unsigned.credential.raw,
                )
                for part in live.parts
            ),
        )
        self._store.count_up(Counter.OFFICER_CHECKS if by_officers else Counter.CHALLENGES)
        header = self._booth.header(StatementType.CHALLENGE)
        return sign_statement(header, opened.to_content(), self._booth.signing_key)

    def forget(self, prepared: Prepared) -> None:
        """Drop a visit that is neither cast nor opened; one that ended already stays so."""
        if self._live is not None and prepared is self._live.prepared:
            self._live = None

    def _take(self, prepared: Prepared) -> _Live:
        """What is behind a visit; it can be taken once.

        Raises:
            Misuse: It was taken or forgotten, or another one was prepared after it.
        """
        live = self._live
        if live is None or prepared is not live.prepared:
            raise Misuse("These ballots were used already, or made anew since.")
        self._live = None
        return live

    def _receipt(self, prepared: Prepared, ballots: tuple[Ballot, ...]) -> bytes:
        trackers = tuple(ballot.tracker[:16] for ballot in ballots)
        content = Receipt(trackers, prepared.check_code).to_content()
        return sign_statement(self._booth.header(StatementType.RECEIPT), content, self._booth.signing_key)

    def _hour(self) -> int:
        opened = self._store.opened
        return 0 if opened is None else (self._clock() - opened) // 3600

    def _draw(self) -> Scalar:
        return wide_challenge(self._random_bytes(64))

    def _below(self, bound: int) -> int:
        """A uniform number below a bound: 16 bytes leave a bias of less than 2^-64."""
        return int.from_bytes(self._random_bytes(16), "big") % bound
