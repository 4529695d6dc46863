"""The log of a machine: what happened to it, never what happened in a visit or shortly before one.

Kinds of event are closed. Each event is chained to the one before and signed by the machine while its key is at hand;
events noted before two officers opened the machine (a power cut found at the start) carry no signature of their own and
are covered by the next one that does. An event fills a row of fixed size.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from keys.crypto.transcript import tagged
from keys.election.statement import canonical
from keys.findings import Misuse, Refused

__all__ = ["EVENT_SIZE", "Event", "EventKind", "check_log", "next_event", "pack_event", "unpack_event"]

EVENT_SIZE = 960
"""Bytes of a row: four rows a page of the store."""
MAX_TEXT = 800
"""Longest text of an event, bytes in UTF-8."""
_START = bytes(32)
_UNSIGNED = bytes(64)


class EventKind(StrEnum):
    """What can happen to a machine; nothing here happens inside a visit, or tells when one elector came."""

    LOADED = "loaded"
    OPENED = "opened"
    OPENING_UNDONE = "opening-undone"
    ANNOUNCED = "closing-announced"
    ANNOUNCEMENT_UNDONE = "announcement-undone"
    PAUSED = "paused"
    REOPENED = "reopened"
    INTERRUPTED = "interrupted"
    CLOSED = "closed"
    EXPORTED = "exported"
    CARRIED_OVER = "carried-over"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the log."""

    kind: EventKind
    at: int
    """Unix seconds."""
    text: str
    link: bytes
    """Digest of this event and of all before it, 32 bytes."""
    signature: bytes
    """Of the link, 64 bytes; zeros if the machine's key was not at hand."""


def _link(before: bytes, kind: EventKind, at: int, text: str) -> bytes:
    return tagged("isoloir event", before, canonical([str(kind), at, text]))


def next_event(
    before: Event | None, kind: EventKind, at: int, text: str, key: Ed25519PrivateKey | None
) -> Event:
    """The event that follows another.

    Args:
        before: The last event, or None for the first.
        kind: What happened.
        at: Unix seconds.
        text: At most `MAX_TEXT` bytes in UTF-8; never a choice, and nobody's name.
        key: The machine's key, if it is at hand.

    Raises:
        Misuse: The text is too long.
    """
    if len(text.encode()) > MAX_TEXT:
        raise Misuse(f"The text of an event has at most {MAX_TEXT} bytes; shorten it.")
    link = _link(before.link if before else _START, kind, at, text)
    return Event(kind, at, text, link, key.sign(link) if key else _UNSIGNED)


def pack_event(event: Event) -> bytes:
    """Write an event as the content of a row, `EVENT_SIZE` bytes: length in two bytes, CBOR, zeros."""
    body = canonical([str(event.kind), event.at, event.text, event.link, event.signature])
    return (len(body).to_bytes(2, "big") + body).ljust(EVENT_SIZE, b"\0")


def unpack_event(row: bytes) -> Event:
    """Read the content of a row.

    Raises:
        Refused: S-207, it is not what `pack_event` writes.
    """
    try:
        fields: Any = cbor2.loads(row[2 : 2 + int.from_bytes(row[:2], "big")])
        kind, at, text, link, signature = fields
        event = Event(EventKind(kind), at, text, link, signature)
        sound = pack_event(event) == row
    except (ValueError, TypeError, AttributeError, cbor2.CBORError):
        sound = False
    if not sound:
        raise Refused("S-207", "log", "a row cannot be read")
    return event


def check_log(events: Iterable[Event], public_key: bytes) -> None:
    """Check that no event was changed, taken out or put in.

    Args:
        events: All, in their order.
        public_key: The machine's, 32 bytes.

    Raises:
        Refused: S-207, naming the first event that does not fit.
    """
    verifier = Ed25519PublicKey.from_public_bytes(public_key)
    before = _START
    for number, event in enumerate(events, 1):
        before = _link(before, event.kind, event.at, event.text)
        if event.link != before:
            raise Refused("S-207", f"event {number}", "it does not follow the one before it")
        if event.signature != _UNSIGNED:
            try:
                verifier.verify(event.signature, event.link)
            except InvalidSignature:
                raise Refused("S-207", f"event {number}", "it was not signed by this machine") from None
