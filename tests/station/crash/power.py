"""What a disk may hold after the power went: every cut of a recording, with any part of what was not synced.

Model: what was written to a file before its last sync is there. Of what was written after it, each sector of 512
bytes holds, independently, what it held at the sync or any later content that was written to it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.station.crash.tracer import Ack, Call, Sync, Write

__all__ = ["Cut", "cuts"]

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Cut:
    """One state of the disk after the power went."""

    after: int
    """How many calls were made."""
    files: Mapping[str, bytes]
    told: tuple[str, ...]
    """What the program had told the world."""
    pending: int
    """Writes that no sync covered."""


def cuts(start: Mapping[str, bytes], calls: Sequence[Call], variants: int, seed: int) -> Iterator[Cut]:
    """States of the disk: for a cut after every call, all of what was not synced, none of it, and random parts.

    Args:
        start: Content of the files before the first call.
        calls: The recording.
        variants: States a cut, at least 2; cuts at which nothing is pending have one.
        seed: Of the random parts.
    """
    dice = random.Random(seed)
    synced = {name: bytearray(content) for name, content in start.items()}
    pending: dict[str, list[Write]] = {name: [] for name in start}
    told: list[str] = []
    for number, call in enumerate(calls, 1):
        match call:
            case Ack(text):
                told.append(text.strip())
            case Write(file):
                pending[file].append(call)
            case Sync(file) if file in pending:
                for write in pending[file]:
                    synced[file][write.at : write.at + len(write.data)] = write.data
                pending[file] = []
        waiting = sum(map(len, pending.values()))
        for variant in range(variants if waiting else 1):
            keep = {0: 1.0, 1: 0.0}.get(variant, dice.random())
            files = {name: _partly(synced[name], pending[name], keep, dice) for name in synced}
            yield Cut(number, files, tuple(told), waiting)


def _partly(synced: bytearray, pending: Sequence[Write], keep: float, dice: random.Random) -> bytes:
    """Content of a file: each sector of each pending write is kept with the given probability, in their order."""
    content = bytearray(synced)
    for write in pending:
        at, end = write.at, write.at + len(write.data)
        while at < end:
            stop = min(end, (at // SECTOR + 1) * SECTOR)
            if dice.random() < keep:
                content[at:stop] = write.data[at - write.at : stop - write.at]
            at = stop
    return bytes(content)
