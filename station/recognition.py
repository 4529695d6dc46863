"""By which a machine, or a spare that stands in for it, recognises officers' cards without being able to make them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cbor2

from keys.crypto.sharing import Share
from keys.desk.cards import Card, WrongGroup, wrong_group
from keys.desk.files import read_bytes
from keys.election.statement import Mode
from keys.findings import Refused, Unreadable
from station.disk.folder import machine_name, mode_file

__all__ = ["Recognitions", "recognise", "recognitions"]


@dataclass(frozen=True, slots=True)
class Recognitions:
    """By which a machine, or a spare that stands in for it, recognises cards without being able to make them."""

    salt: bytes
    rows: tuple[bytes, ...]

    def knows(self, card: Card) -> bool:
        """Whether a card is one of these."""
        return self._knows(card.share)

    def _knows(self, share: Share) -> bool:
        return share.recognition(self.salt) in self.rows

    def check(self, card: Card, machine: str) -> None:
        """Check that a card is one of these.

        Raises:
            Refused: S-101, a card of another machine; S-120, one group is certainly wrong.
        """
        if self.knows(card):
            return
        group = wrong_group(card, self._knows)
        if group is not None:
            raise WrongGroup(group, "it is not as on the card")
        raise Refused("S-101", f"card for {machine}")


def recognitions(folder: Path, mode: Mode) -> Recognitions:
    """By which the cards of a machine are recognised.

    Raises:
        Unreadable: The memory of the cards is gone or damaged.
    """
    path = mode_file(folder, mode, "cards")
    try:
        known = cbor2.loads(read_bytes(path, 10_000))
        salt, rows = known[1], known[2]
        if not all(isinstance(item, bytes) for item in (salt, *rows)):
            raise TypeError
        return Recognitions(salt, tuple(rows))
    except (cbor2.CBORError, ValueError, KeyError, TypeError, IndexError):
        raise Unreadable(f"{path} is damaged") from None


def recognise(folder: Path, mode: Mode, card: Card) -> None:
    """Check that a card belongs to this machine, before the second one is asked for.

    Raises:
        Refused: S-101, a card of another machine; S-110, a card of the rehearsal for the vote, or the other way
            round; S-120, one group is certainly wrong.
        Unreadable: The memory of the cards is gone or damaged.
    """
    try:
        recognitions(folder, mode).check(card, machine_name(folder))
    except Refused:
        twin = recognitions(folder, Mode.REHEARSAL if mode is Mode.OFFICIAL else Mode.OFFICIAL)
        if twin.knows(card):
            raise Refused("S-110", f"card for {machine_name(folder)}") from None
        raise
