"""After the time for appeals: the order to destroy what is private, and the report of what was destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Annotated

from keys.election.hours import closing_hour
from keys.election.manifest import Manifest
from keys.election.record import Bytes32, Count, Key, Record, Size
from keys.election.statement import Mode, Role, Statement, StatementType
from keys.findings import Refused

__all__ = ["Destroyed", "DestructionOrder", "DestructionReport", "check_order"]

_LAST = 253_402_300_799
"""End of the year 9999, the last that can be written."""


class Destroyed(IntEnum):
    """What was destroyed; numbers from 20 on are of the town hall."""

    KEYS = 1
    """With the seed of the credentials, and what cards are recognised by."""
    BOX = 2
    ROLL = 3
    MARKS = 4
    LOG = 5
    STICK_COPY = 6
    REHEARSAL = 7
    """Keys and box of the machine in the rehearsal."""
    TAKEN_OVER = 8
    """Boxes of machines that this one took over."""
    AUTHORITY_KEYS = 20
    ROLLS = 21
    """Of all stations, in the office and in the packages for the machines."""
    SEALED_MARKS = 22
    DATABASE = 23
    """The boxes as they were imported."""


@dataclass(frozen=True, slots=True)
class DestructionOrder(Record):
    """The town hall orders what is private to be destroyed, on every machine and in the office."""

    at: Annotated[Count, Key(1)]
    """When it was signed, Unix seconds."""
    not_before: Annotated[Count, Key(2)]
    """When the time for appeals is over, Unix seconds: nobody follows the order earlier."""


@dataclass(frozen=True, slots=True)
class DestructionReport(Record):
    """What is destroyed from here on; signed before the first byte is overwritten."""

    at: Annotated[Count, Key(1)]
    """Unix seconds, by the clock of who signs."""
    destroyed: Annotated[tuple[Destroyed, ...], Key(2), Size(1, 20)]
    order: Annotated[Bytes32 | None, Key(3)] = None
    """Fingerprint of the order; a rehearsal needs none."""
    closing: Annotated[Bytes32 | None, Key(4)] = None
    """Fingerprint of the machine's closing report; none where it never closed a box."""
    publication: Annotated[Bytes32 | None, Key(5)] = None
    """The town hall: fingerprint of the list of published files, all of which were there and as listed."""
    officers: Annotated[tuple[Annotated[str, Size(0, 100)], ...], Key(6), Size(0, 2)] = ()


def check_order(
    statement: Statement | None, mode: Mode, context: bytes, manifest: Manifest, now: int
) -> Statement:
    """Check that an order is the authority's, for this vote, and that its day has come.

    Args:
        statement: As it was read; None where there is none.
        mode: Official or rehearsal.
        context: Fingerprint of the manifest.
        manifest: Of the vote, with the authority's key and the hour at which the vote ends.
        now: Unix seconds.

    Raises:
        Refused: V-102, V-103, V-104, V-158; V-160, it is too early, or the order is for a day before the vote ends.
    """
    if statement is None:
        raise Refused("V-160", "destruction", "there is no order")
    statement.expect(StatementType.DESTRUCTION_ORDER, mode, context, Role.AUTHORITY)
    statement.verify(manifest.authority_key)
    order = DestructionOrder.from_content(statement.content, statement.name)
    if order.not_before < closing_hour(manifest.definition):
        raise Refused("V-160", statement.name, "the time for appeals cannot be over before the vote is")
    if now < order.not_before:
        raise Refused("V-160", statement.name, f"it is {_hour(now)}, it holds from {_hour(order.not_before)}")
    return statement


def _hour(unix: int) -> str:
    return f"{datetime.fromtimestamp(min(unix, _LAST), UTC):%Y-%m-%d %H:%M} UTC"
