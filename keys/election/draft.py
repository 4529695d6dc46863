"""The draft: a definition with the uuids of its contests and the authority's keys, before anybody enrolled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from keys.crypto.credentials import BASE58
from keys.election.definition import Definition
from keys.election.record import Bytes32, Count, Key, Record, Size
from keys.election.statement import NO_CONTEXT, Mode, Role, Statement, StatementType
from keys.findings import Refused

__all__ = ["Draft", "open_draft"]

_UUID = re.compile(f"[{BASE58}]*")

Uuid = Annotated[str, Size(14, 22)]
"""Base58, as Belenios section 4.1 demands."""


@dataclass(frozen=True, slots=True)
class Draft(Record):
    """What `tally new` signs; its fingerprint is the context of enrolments and trustee files."""

    definition: Annotated[Definition, Key(1)]
    official_uuids: Annotated[tuple[Uuid, ...], Key(2), Size(1, 250)]
    rehearsal_uuids: Annotated[tuple[Uuid, ...], Key(3), Size(1, 250)]
    authority_key: Annotated[Bytes32, Key(4)]
    """Ed25519, signs for the authority."""
    authority_box_key: Annotated[Bytes32, Key(5)]
    """X25519, marks are sealed to it."""
    made: Annotated[Count, Key(6)]
    """Unix seconds."""
    program: Annotated[str, Key(7), Size(1, 40)]

    def uuids(self, mode: Mode) -> tuple[str, ...]:
        """The uuids of the contests in a mode."""
        return self.official_uuids if mode is Mode.OFFICIAL else self.rehearsal_uuids


def open_draft(statement: Statement) -> Draft:
    """Read a draft; it names its own authority, so that its fingerprint has to come from outside.

    Raises:
        Refused: V-102, V-103, V-104.
    """
    statement.expect(StatementType.DRAFT, Mode.OFFICIAL, NO_CONTEXT, Role.AUTHORITY)
    draft = Draft.from_content(statement.content, "draft")
    statement.verify(draft.authority_key)
    uuids = (*draft.official_uuids, *draft.rehearsal_uuids)
    contests = len(draft.definition.contests)
    if len(draft.official_uuids) != contests or len(draft.rehearsal_uuids) != contests:
        raise Refused("V-104", "draft", "not one uuid for each contest, and one for its rehearsal")
    if len(set(uuids)) != len(uuids) or not all(_UUID.fullmatch(uuid) for uuid in uuids):
        raise Refused("V-104", "draft", "a uuid stands there twice, or is not in base 58")
    return draft
