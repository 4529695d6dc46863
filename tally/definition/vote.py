"""The tables [election], [trustees] and [board] of the definition file."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime

from tally.definition.table import Table

__all__ = ["LANGUAGES", "Election", "People", "read_election", "read_people"]

LANGUAGES = ("fr", "en", "de", "it", "ro", "cs", "pt", "et", "es", "oc")
"""Languages that the screens speak."""
_TITLE = 300
_NAME = 200


@dataclass(frozen=True, slots=True)
class Election:
    """What [election] says; fields as in `keys.election.definition.Definition`."""

    title: dict[str, str]
    town: str
    opens: str
    closes: str
    timezone: str
    languages: tuple[str, ...]
    small_number: int
    reserve: int
    cards: int
    help_phone: str
    demonstration: bool
    challenge: bool
    minutes_per_visit: int
    proxies: int
    additions: int
    proxies_at_desk: bool


@dataclass(frozen=True, slots=True)
class People:
    """What [trustees] and [board] say."""

    trustees: tuple[str, ...]
    threshold: int
    board: tuple[str, ...]
    signers: int


def read_election(root: Table) -> Election:
    """Read [election] and note its mistakes.

    Args:
        root: The whole file.
    """
    table = root.table("election")
    languages = _languages(table)
    title = table.texts("title", languages, _TITLE, required=True) or {}
    found = Election(
        title=title,
        town=table.text("town", _NAME),
        opens=table.moment("opens"),
        closes=table.moment("closes"),
        timezone=table.text("timezone", 64),
        languages=languages,
        small_number=table.whole("small_number", 1, 1000, default=10),
        reserve=table.whole("reserve", 0, 1000, default=20),
        cards=table.whole("cards", 2, 16, default=5),
        help_phone=table.text("help_phone", 40, default=""),
        demonstration=table.flag("demonstration", default=False),
        challenge=table.flag("challenge", default=True),
        minutes_per_visit=table.whole("minutes_per_visit", 1, 60, default=3),
        proxies=table.whole("proxies", 0, 10, default=0),
        additions=table.whole("additions", 0, 100, default=0),
        proxies_at_desk=table.flag("proxies_at_desk", default=False),
    )
    _check_hours(table, found)
    if table.sound("reserve", "additions") and found.additions > found.reserve:
        table.mistake("additions", f"{found.additions}, but the reserve holds ballots for {found.reserve}")
    if table.sound("proxies", "proxies_at_desk") and found.proxies_at_desk and not found.proxies:
        table.mistake("proxies_at_desk", "nobody may vote for another: proxies is 0")
    table.finish()
    return found


def _languages(table: Table) -> tuple[str, ...]:
    languages = table.lines("languages", 10, 8, required=True)
    for code in languages:
        if code and code not in LANGUAGES:
            table.mistake("languages", f"'{code}' is none of {', '.join(LANGUAGES)}")
    return languages if table.sound("languages") else ()


def _check_hours(table: Table, election: Election) -> None:
    zone = None
    if table.sound("timezone"):
        try:
            zone = zoneinfo.ZoneInfo(election.timezone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            table.mistake("timezone", f"'{election.timezone}' is not a time zone like Europe/Paris")
    for name, moment in (("opens", election.opens), ("closes", election.closes)):
        if zone is not None and table.sound(name):
            local = datetime.fromisoformat(moment).replace(tzinfo=zone)
            if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
                table.mistake(name, "the clocks skip this hour on that day")
    if table.sound("opens", "closes") and election.closes <= election.opens:
        table.mistake("closes", f"{election.closes} is not after the opening, {election.opens}")


def read_people(root: Table) -> People:
    """Read [trustees] and [board] and note their mistakes.

    Args:
        root: The whole file.
    """
    trustees = root.table("trustees")
    names = trustees.lines("names", 20, _NAME, required=True)
    threshold = trustees.whole("threshold", 1, 20, default=max(1, len(names)))
    if trustees.sound("names", "threshold") and threshold > len(names):
        trustees.mistake("threshold", f"{threshold} of {len(names)} trustees can never come together")
    trustees.finish()
    board = root.table("board", required=False)
    members = board.lines("members", 30, _NAME)
    signers = board.whole("signers", 0, 30, default=0)
    if board.sound("members", "signers") and signers > len(members):
        board.mistake("signers", f"{signers} of {len(members)} members can never sign")
    board.finish()
    return People(names, threshold, members, signers)
