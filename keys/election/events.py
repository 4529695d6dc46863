"""The events of a Belenios archive: their kinds, their order, their links (specification 3.0, section 4.4).

Owns the grammar `Setup, Ballot*, EndBallots, EncryptedTally, (Shuffle+, EndShuffles)?, PartialDecryption+,
Result` and the small records that tie documents to events. Each record has one form; any other is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from keys.findings import Refused

__all__ = ["Event", "Kind", "Stage", "after", "link_bytes", "link_numbers", "parse_event"]


class Kind(Enum):
    """Type of an event."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    SHUFFLE = "Shuffle"
    END_SHUFFLES = "EndShuffles"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"

    @property
    def documents(self) -> int:
        """How many documents come before the event, without the link record."""
        return _DOCUMENTS.get(self, 1)

    @property
    def has_link(self) -> bool:
        """True if the payload is a link record that names the documents."""
        return self in _LINKS


class Stage(Enum):
    """How far an archive has come."""

    EMPTY = "empty"
    OPEN = "open"
    """Set up; holds any number of ballots, and more may come."""
    ENDED = "ended"
    TALLIED = "tallied"
    SHUFFLING = "shuffling"
    SHUFFLED = "shuffled"
    DECRYPTING = "decrypting"
    COMPLETE = "complete"


_DOCUMENTS = {Kind.SETUP: 3, Kind.END_BALLOTS: 0, Kind.END_SHUFFLES: 0}
_GRAMMAR: dict[Stage, dict[Kind, Stage]] = {
    Stage.EMPTY: {Kind.SETUP: Stage.OPEN},
    Stage.OPEN: {Kind.BALLOT: Stage.OPEN, Kind.END_BALLOTS: Stage.ENDED},
    Stage.ENDED: {Kind.ENCRYPTED_TALLY: Stage.TALLIED},
    Stage.TALLIED: {Kind.SHUFFLE: Stage.SHUFFLING, Kind.PARTIAL_DECRYPTION: Stage.DECRYPTING},
    Stage.SHUFFLING: {Kind.SHUFFLE: Stage.SHUFFLING, Kind.END_SHUFFLES: Stage.SHUFFLED},
    Stage.SHUFFLED: {Kind.PARTIAL_DECRYPTION: Stage.DECRYPTING},
    Stage.DECRYPTING: {Kind.PARTIAL_DECRYPTION: Stage.DECRYPTING, Kind.RESULT: Stage.COMPLETE},
    Stage.COMPLETE: {},
}
# The fields of each link record in their order: "#" is a number, "%" the digest of the next document.
_LINKS: dict[Kind, str] = {
    Kind.SETUP: '{"election":"%","trustees":"%","credentials":"%"}',
    Kind.ENCRYPTED_TALLY: '{"num_tallied":#,"total_weight":#,"encrypted_tally":"%"}',
    Kind.SHUFFLE: '{"owner":#,"payload":"%"}',
    Kind.PARTIAL_DECRYPTION: '{"owner":#,"payload":"%"}',
}
_NUMBER = "(0|[1-9][0-9]{0,9})"
_HEX = "([0-9a-f]{64})"
_LINK_FORMS = {
    kind: re.compile(re.escape(form).replace(re.escape("#"), _NUMBER).replace("%", _HEX))
    for kind, form in _LINKS.items()
}
MAX_NUMBER = (1 << 30) - 1
"""Largest number that the format writes without quotes."""


def after(stage: Stage, kind: Kind) -> Stage | None:
    """The stage after an event of this kind, or None if the event may not come here."""
    return _GRAMMAR[stage].get(kind)


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it stands in the archive."""

    kind: Kind
    height: int
    """0 for the first event, one more for each next."""
    parent: str | None
    """Digest of the event before, 64 hexadecimal digits; None for the first."""
    payload: str | None
    """Digest of the last record before this event; None where the kind has no document."""

    def to_bytes(self) -> bytes:
        """The only form: compact JSON, absent fields left out."""
        fields: dict[str, object] = {"height": self.height, "type": self.kind.value}
        if self.parent is not None:
            fields = {"parent": self.parent} | fields
        if self.payload is not None:
            fields["payload"] = self.payload
        return json.dumps(fields, separators=(",", ":")).encode()


_EVENT = re.compile(
    rf'\{{(?:"parent":"{_HEX}",)?"height":{_NUMBER},"type":"([A-Za-z]+)"(?:,"payload":"{_HEX}")?\}}'
)
_KINDS = {kind.value: kind for kind in Kind}


def parse_event(content: bytes, subject: str) -> Event:
    """Read an event record.

    Raises:
        Refused: V-305 if the bytes are not an event of a known kind in the only form.
    """
    match = _EVENT.fullmatch(_ascii(content, subject))
    kind = _KINDS.get(match[3]) if match else None
    if match is None or kind is None:
        _refuse_form(subject, "an event")
    return Event(kind, int(match[2]), match[1], match[4])


def link_bytes(kind: Kind, numbers: Sequence[int], digests: Sequence[str]) -> bytes:
    """The record that links the documents of an event.

    Args:
        kind: One for which `has_link` holds.
        numbers: `num_tallied, total_weight` of a tally, `owner` of a shuffle or a decryption, else none.
        digests: Of the documents, 64 hexadecimal digits each.
    """
    rest_numbers, rest_digests = iter(numbers), iter(digests)
    parts = re.split("([#%])", _LINKS[kind])
    filled = [str(next(rest_numbers)) if p == "#" else next(rest_digests) if p == "%" else p for p in parts]
    return "".join(filled).encode()


def link_numbers(kind: Kind, content: bytes, digests: Sequence[str], subject: str) -> tuple[int, ...]:
    """Check a link record against the documents before it, and give its numbers.

    Raises:
        Refused: V-305 for another form; V-303 if it names other documents than those before it.
    """
    match = _LINK_FORMS[kind].fullmatch(_ascii(content, subject))
    if match is None:
        _refuse_form(subject, f"the link record of {kind.value}")
    marks = re.findall("[#%]", _LINKS[kind])
    groups = list(zip(marks, match.groups(), strict=True))
    named = [text for mark, text in groups if mark == "%"]
    if named != list(digests):
        raise Refused("V-303", subject, f"the link record of {kind.value} names other documents")
    numbers = tuple(int(text) for mark, text in groups if mark == "#")
    if any(number > MAX_NUMBER for number in numbers):
        _refuse_form(subject, f"the link record of {kind.value}")
    return numbers


def _ascii(content: bytes, subject: str) -> str:
    try:
        return content.decode("ascii")
    except UnicodeDecodeError:
        _refuse_form(subject, "a record of plain letters")


def _refuse_form(subject: str, expected: str) -> NoReturn:
    raise Refused("V-305", subject, f"expected {expected} in its only form")
