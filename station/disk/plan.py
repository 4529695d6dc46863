"""What a store is made of: its slots, what was loaded into it, and the figures it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from keys.election.statement import Mode
from keys.findings import Misuse

__all__ = ["ContestSlots", "Counter", "Counts", "InDoubt", "Mark", "Paper", "Settings", "StorePlan"]


class InDoubt(Exception):
    """A cast failed on its way to the disk, or what came back is not what was written.

    The store is closed. Only opening it again and asking for the elector's mark tells whether the vote is recorded.
    """


class Mark(StrEnum):
    """What the roll says of an elector; one letter, so that a mark never changes the size of its row."""

    NONE = "-"
    VOTED = "V"
    """Voted on this machine."""
    CARRIED = "C"
    """Voted on another machine; not counted as a mark of this one."""
    SPARE = "+"
    """A line for an elector who may be added on the spot, and was not."""


class Paper(StrEnum):
    """What is known of the paper of a report; one letter, so that it never changes the size of its row."""

    NEVER = "-"
    PERHAPS = "?"
    """It was being handed to the printer when the machine stopped, or the printer did not take all of it."""
    PRINTED = "P"
    """All of it was handed to the printer."""


class Counter(StrEnum):
    """What is counted, and never who or when."""

    CHALLENGES = "challenges"
    """Ballots opened to check the machine, one a visit."""
    WRONG_PERSON = "cancelled-wrong-person"
    LEFT = "cancelled-left"
    """The person went away without a vote."""
    TIMED_OUT = "cancelled-timed-out"
    STOPPED = "cancelled-stopped"
    """An officer stopped the visit."""
    OTHER = "cancelled-other"
    UNSIGNED = "unsigned"
    """Voted, and left without signing the paper list."""
    CODES_SHOWN = "codes-shown"
    """Check codes that voters copied from the screen, because nothing printed them."""
    OFFICER_CHECKS = "officer-checks"
    """Ballots that officers had opened to check the machine, in visits that cannot vote."""

    @property
    def is_cancelled(self) -> bool:
        """Whether it counts visits that ended without a vote."""
        return self.value.startswith("cancelled-")


@dataclass(frozen=True, slots=True)
class ContestSlots:
    """The slots of one contest."""

    contest: int
    """Index in the manifest."""
    slots: int
    """Ballots that fit: the credentials of the machine in this contest."""
    body_size: int
    """Bytes of a ballot in its packed form."""


@dataclass(frozen=True, slots=True)
class StorePlan:
    """The slots of every contest of the machine's style.

    Raises:
        Misuse: No contest, one twice, or a contest without room.
    """

    contests: tuple[ContestSlots, ...]

    def __post_init__(self) -> None:
        names = [item.contest for item in self.contests]
        if not names or len(set(names)) != len(names):
            raise Misuse("A store needs every contest of its style once.")
        if any(item.slots < 1 or item.body_size < 1 or item.contest < 0 for item in self.contests):
            raise Misuse("Every contest of a store needs room for a ballot.")

    @property
    def journal_size(self) -> int:
        """Bytes that the journal of the largest transaction can take: each page once, with its frame, and a head."""
        pages = sum(item.body_size // 4084 + 3 for item in self.contests)
        return (pages + 24) * (4096 + 8) + 4096


@dataclass(frozen=True, slots=True)
class Settings:
    """What was loaded into the machine."""

    manifest: bytes
    """The signed statement."""
    draft: bytes
    """The signed statement that names the authority."""
    mode: Mode
    machine: int
    """Index in the manifest."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a machine."""

    electors: int
    """Entitled on the roll as it was loaded: nobody who is struck off."""
    marks: int
    """Electors who voted on this machine."""
    carried: int
    """Electors who voted on another machine."""
    ballots: Mapping[int, int]
    """By contest."""
    capacity: Mapping[int, int]
    """Slots by contest."""
    additions: int = 0
    """Electors who were added to the roll on this machine."""
    desk_proxies: int = 0
    """Votes by a proxy that was noted on this machine; among the marks."""

    @property
    def on_roll(self) -> int:
        """Who may vote here or has: entitled on the roll, or added on this machine."""
        return self.electors + self.additions

    @property
    def free(self) -> int:
        """Visits that still fit: the least number of free slots."""
        return min(self.capacity[contest] - self.ballots[contest] for contest in self.capacity)

    @property
    def balanced(self) -> bool:
        """Whether there are as many ballots as marks in every contest."""
        return all(ballots == self.marks for ballots in self.ballots.values())
