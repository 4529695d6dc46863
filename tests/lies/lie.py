"""A lie of the table, and the points at which somebody checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulator.forgery import Forgery
    from tests.simulator.hands import Hands

__all__ = ["Lie", "Point"]


class Point(StrEnum):
    """To whom a lie is told."""

    IMPORT = "import"
    REQUEST = "request"
    DECRYPT = "decrypt"
    COUNT = "count"
    CERTIFY = "certify"
    VERIFY = "verify"


@dataclass(frozen=True, slots=True)
class Lie:
    """A named lie."""

    name: str
    who: str
    """Whose keys and hands it takes."""
    told: Point
    refused: Mapping[str, str]
    """Step by step the first code; for what is told before the publication the step is the command. Empty: harmless."""
    office: Callable[[Hands], None] | None = None
    """What is done to an office under way; the command that is told is run afterwards."""
    folder: Callable[[Forgery], None] | None = None
    """What is done to a public folder; the authority signs its publication anew."""
    eventful: bool = field(default=False, kw_only=True)
    """The folder of a vote with a board, a late box, two boxes of a machine and a station on paper."""
    whole: bool = field(default=False, kw_only=True)
    """The folder of a vote whose ballots are shuffled and opened one by one."""
    published: Callable[[Forgery], None] | None = field(default=None, kw_only=True)
    """What is done to the folder once it is published; nobody signs the list of files again."""
    elsewhere: bool = field(default=False, kw_only=True)
    """Whoever verifies brings the fingerprint of another poster."""
    unseen: str = field(default="", kw_only=True)
    """What to say of the few that nobody refuses here."""
