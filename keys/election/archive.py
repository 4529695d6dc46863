"""The public archive of one contest, `CONTEST.bel`, written and read as a stream.

Owns the steps of the archive (Belenios specification 3.0, section 4.4): a `Step` is an event with its
documents. The writer lays down steps in the only order; the reader takes them back one at a time and refuses
whatever the writer would not have written: another tape form, a broken chain, an event out of turn, a record
that no event names. It does not look inside the documents: `keys.election.verification` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from keys.election.events import Event, Kind, Stage, after, link_bytes, link_numbers, parse_event
from keys.election.tape import Record, TapeReader, header_bytes, record_bytes
from keys.findings import Refused

__all__ = ["ArchiveReader", "ArchiveWriter", "Outline", "Step", "continue_archive", "outline"]


@dataclass(frozen=True, slots=True)
class Step:
    """An event with its documents."""

    kind: Kind
    documents: tuple[bytes, ...]
    """JSON as it stands: election, trustees, credentials of a setup; else one document, or none."""
    numbers: tuple[int, ...] = ()
    """`num_tallied, total_weight` of a tally; `owner` (from 1) of a shuffle or a decryption; else empty."""


class ArchiveWriter:
    """Writes an archive onto a stream, event by event; holds one document at a time.

    Each method raises `ValueError` if its event may not come now.
    """

    def __init__(self, stream: BinaryIO, timestamp: int) -> None:
        """Write the header.

        Args:
            stream: Where the archive goes, at its start.
            timestamp: Seconds since 1970, carried by every record.
        """
        stream.write(header_bytes(timestamp))
        self._stream = stream
        self._timestamp = timestamp
        self._head: str | None = None
        self._height = 0
        self._stage = Stage.EMPTY

    @property
    def head(self) -> str:
        """SHA-256 of the last event, 64 hexadecimal digits: it stands for the whole archive."""
        if self._head is None:
            raise ValueError("nothing was written yet")
        return self._head

    @property
    def stage(self) -> Stage:
        """How far the archive has come."""
        return self._stage

    def setup(self, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Write the first event (section 4.10): the three documents as they will be fingerprinted."""
        self.append(Step(Kind.SETUP, (election, trustees, credentials)))

    def ballot(self, ballot: bytes) -> None:
        """Write a ballot (section 4.17)."""
        self.append(Step(Kind.BALLOT, (ballot,)))

    def end_ballots(self) -> None:
        """Write the end of the ballots."""
        self.append(Step(Kind.END_BALLOTS, ()))

    def encrypted_tally(self, tally: bytes, num_tallied: int, total_weight: int) -> None:
        """Write the encrypted tally with its size (section 4.18)."""
        self.append(Step(Kind.ENCRYPTED_TALLY, (tally,), (num_tallied, total_weight)))

    def shuffle(self, owner: int, shuffle: bytes) -> None:
        """Write a trustee's shuffle (section 4.19); owners count from 1 over all trustees."""
        self.append(Step(Kind.SHUFFLE, (shuffle,), (owner,)))

    def end_shuffles(self) -> None:
        """Write the end of the shuffles."""
        self.append(Step(Kind.END_SHUFFLES, ()))

    def partial_decryption(self, owner: int, decryption: bytes) -> None:
        """Write a trustee's partial decryption (section 4.20); owners count from 1 over all trustees."""
        self.append(Step(Kind.PARTIAL_DECRYPTION, (decryption,), (owner,)))

    def result(self, result: bytes) -> None:
        """Write the result (section 4.21), the last event."""
        self.append(Step(Kind.RESULT, (result,)))

    def append(self, step: Step) -> None:
        """Write a step: documents, link record, event."""
        stage = after(self._stage, step.kind)
        if stage is None or len(step.documents) != step.kind.documents:
            raise ValueError(f"{step.kind.value} cannot come here: the archive is {self._stage.value}")
        digests = [self._write(document) for document in step.documents]
        payload = digests[-1] if digests else None
        if step.kind.has_link:
            payload = self._write(link_bytes(step.kind, step.numbers, digests))
        event = Event(step.kind, self._height, self._head, payload)
        self._head = self._write(event.to_bytes(), is_event=True)
        self._height += 1
        self._stage = stage

    def _write(self, content: bytes, is_event: bool = False) -> str:
        digest, block = record_bytes(content, is_event, self._timestamp)
        self._stream.write(block)
        return digest


class ArchiveReader:
    """Iterates over the steps of an archive, once, holding one step at a time.

    `head`, `height` and `stage` tell how far it has come; the archive as a whole is only
    accepted once the iteration has ended without a refusal.
    """

    def __init__(self, stream: BinaryIO, subject: str = "archive") -> None:
        """Read the header.

        Args:
            stream: A binary stream whose `read(n)` returns less than n bytes only at its end.
            subject: What to call the archive in a refusal.

        Raises:
            Refused: V-301, no header of the only form.
        """
        self._tape = TapeReader(stream, subject)
        self._subject = subject
        self.head: str | None = None
        self.height = 0
        self.stage = Stage.EMPTY

    @property
    def timestamp(self) -> int:
        """Seconds since 1970, as the header says."""
        return self._tape.timestamp

    def __iter__(self) -> Iterator[Step]:
        """Give each step once its event has been checked.

        Raises:
            Refused: V-301 form of the tape, V-302 digest of a record, V-303 chain and links,
                V-304 order of the events, V-305 form of a record, V-306 size.
        """
        held: list[Record] = []
        while (record := self._tape.next()) is not None:
            if record.is_event:
                yield self._step(record, held)
                held = []
            elif len(held) < 4:
                held.append(record)
            else:
                raise Refused("V-304", self._place, "more documents than any event has")
        if held:
            raise Refused("V-304", self._place, "documents at the end that no event names")
        if self.stage is Stage.EMPTY:
            raise Refused("V-304", self._subject, "it holds no event")

    @property
    def _place(self) -> str:
        return f"{self._subject}, event {self.height}"

    def _step(self, record: Record, held: list[Record]) -> Step:
        event = parse_event(record.content, self._place)
        stage = after(self.stage, event.kind)
        if stage is None:
            raise Refused(
                "V-304", self._place, f"{event.kind.value} in an archive that is {self.stage.value}"
            )
        if event.height != self.height or event.parent != self.head:
            raise Refused("V-303", self._place, "height or parent does not continue the chain")
        if len(held) != event.kind.documents + event.kind.has_link:
            raise Refused("V-304", self._place, f"{len(held)} documents before {event.kind.value}")
        if event.payload != (held[-1].digest if held else None):
            raise Refused("V-303", self._place, "the payload is not the record before the event")
        numbers: tuple[int, ...] = ()
        if event.kind.has_link:
            digests = [document.digest for document in held[:-1]]
            numbers = link_numbers(event.kind, held[-1].content, digests, self._place)
        self.head, self.stage = record.digest, stage
        self.height += 1
        documents = tuple(document.content for document in held[: event.kind.documents])
        return Step(event.kind, documents, numbers)


@dataclass(frozen=True, slots=True)
class Outline:
    """All of an archive but its ballots, as it stands; nothing inside the documents was checked."""

    stage: Stage
    head: str
    """SHA-256 of the last event."""
    timestamp: int
    setup: Step
    ballots: int
    tally: Step | None
    shuffles: tuple[Step, ...]
    decryptions: tuple[Step, ...]
    result: Step | None


def outline(stream: BinaryIO, subject: str = "archive") -> Outline:
    """Read an archive through and keep everything but its ballots.

    Raises:
        Refused: As `ArchiveReader`.
    """
    reader = ArchiveReader(stream, subject)
    kept: dict[Kind, list[Step]] = {kind: [] for kind in Kind}
    ballots = 0
    for step in reader:
        if step.kind is Kind.BALLOT:
            ballots += 1
        else:
            kept[step.kind].append(step)
    return Outline(
        reader.stage,
        reader.head or "",
        reader.timestamp,
        kept[Kind.SETUP][0],
        ballots,
        next(iter(kept[Kind.ENCRYPTED_TALLY]), None),
        tuple(kept[Kind.SHUFFLE]),
        tuple(kept[Kind.PARTIAL_DECRYPTION]),
        next(iter(kept[Kind.RESULT]), None),
    )


def continue_archive(source: BinaryIO, target: BinaryIO, subject: str = "archive") -> ArchiveWriter:
    """Copy an archive while checking its form, and give a writer that stands at its end.

    Raises:
        Refused: As `ArchiveReader`; what was written to the target is then to be thrown away.
    """
    reader = ArchiveReader(source, subject)
    writer = ArchiveWriter(target, reader.timestamp)
    for step in reader:
        writer.append(step)
    return writer
