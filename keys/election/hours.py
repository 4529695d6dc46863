"""The announced hours of a vote as moments; a machine's own clock is what reports go by."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from keys.election.definition import Definition

__all__ = ["closing_hour"]


def closing_hour(definition: Definition) -> int:
    """The announced end of the vote, Unix seconds."""
    local = datetime.fromisoformat(definition.closes).replace(tzinfo=ZoneInfo(definition.timezone))
    return int(local.timestamp())
