"""What is known of a machine before it opens: `station.checks.probes` finds it, `station.checks.readiness` judges."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from station.disk.state import State

__all__ = ["Facts", "PrinterFact", "SpoolFact", "StickFact"]


class PrinterFact(StrEnum):
    """What is known of the printer."""

    NONE = "none"
    """No printing command was given."""
    READY = "ready"
    NO_PAPER = "no-paper"
    STOPPED = "stopped"
    UNKNOWN = "unknown"
    """The print system tells nothing of it."""


class SpoolFact(StrEnum):
    """Whether the print system keeps what it printed."""

    NOTHING = "nothing"
    KEEPS = "keeps"
    UNKNOWN = "unknown"
    """No settings were found, or they cannot be read."""


class StickFact(StrEnum):
    """What is known of the stick."""

    NONE = "none"
    EMPTY = "empty"
    """No copy is on it yet."""
    OWN_COPY = "own-copy"
    OTHER_MACHINE = "other-machine"
    """The copy of another machine of this vote is on it."""
    OTHER_VOTE = "other-vote"
    """A copy of another vote, or one that cannot be read."""
    READ_ONLY = "read-only"
    FULL = "full"
    SAME_DISK = "same-disk"
    """The folder lies on the machine's own disk: nothing is put in there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was found; None where the system does not say."""

    manifest: int
    """Number of the sealed file."""
    station: str
    official: bool
    demonstration: bool
    same_machine: bool
    """The sealed file names the machine whose keys lie here."""
    state: State
    votes: int
    """Most ballots in any contest."""
    marks: int
    balanced: bool
    log_whole: bool
    """Every line of the machine's log follows the one before, under the machine's signature."""
    hidden: bool
    """The closing is announced: nobody is told how many have voted, or how many more can."""
    free: int
    """Visits that still fit."""
    electors: int
    contests: int
    """Of a visit."""
    now: int
    """Unix seconds, as all moments here."""
    last_event: int
    opens: int
    closes: int
    zone: str
    """Of the vote."""
    zone_agrees: bool | None
    """The machine's own clock runs in the same zone."""
    links: tuple[str, ...] | None
    """Names of network devices that are on."""
    filesystem: str
    """What is wrong with the file system; empty if nothing."""
    free_bytes: int | None
    encrypted: bool | None
    swap: bool | None
    cores: bool | None
    """Memory would be written to the disk after a crash."""
    mains: bool | None
    battery: int | None
    """Percent; None without one."""
    stick: StickFact
    stick_of: tuple[str, ...]
    """Names of other machines whose copy is on it."""
    codes: bool
    """A square code was drawn in cells and read back."""
    proofs: bool
    """A ballot was built and verified, and an altered one refused."""
    printer: PrinterFact
    test_page: bool | None
    """Whether the last test page was taken; None if none was printed."""
    spool: SpoolFact
    kept: tuple[str, ...]
    """Settings of the print system that keep something."""
    unreviewed: tuple[str, ...]
    """Names of languages whose texts no native speaker has read."""
    cells: tuple[int, int] | None
    """Columns and rows of the window."""
