"""Reports of a machine: statements that are also printed, each naming the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from keys.election.record import Bytes32, Count, Key, Record, Size

__all__ = ["ClosingReport", "Incident", "PauseReport", "ZeroReport"]

Line = Annotated[str, Size(1, 400)]


@dataclass(frozen=True, slots=True)
class Incident(Record):
    """Something the officers wrote down."""

    at: Annotated[Count, Key(1)]
    """Unix seconds."""
    text: Annotated[Line, Key(2)]


@dataclass(frozen=True, slots=True)
class ZeroReport(Record):
    """The box is open and empty."""

    opened: Annotated[Count, Key(1)]
    """Unix seconds."""
    electors: Annotated[Count, Key(2)]
    """Entitled on the roll: nobody who is struck off."""
    ballots: Annotated[int, Key(3), Size(0, 0)]
    marks: Annotated[Count, Key(4)]
    """Zero, but for marks carried over from a machine that gave up (counted apart)."""
    capacity: Annotated[Count, Key(5)]
    """Ballots that fit in each contest."""
    machine_key: Annotated[Bytes32, Key(6)]
    program: Annotated[str, Key(7), Size(1, 40)]
    notes: Annotated[tuple[Line, ...], Key(8), Size(0, 50)] = ()
    """Lines of the readiness check that were passed, in the words that the officers read."""
    carried_from: Annotated[Bytes32 | None, Key(9)] = None
    """Fingerprint of the closing of the machine whose marks were carried over."""
    officers: Annotated[tuple[Annotated[str, Size(0, 100)], ...], Key(10), Size(0, 2)] = ()


@dataclass(frozen=True, slots=True)
class PauseReport(Record):
    """The station paused (or reopened after a pause or a fault); counts of marks only."""

    at: Annotated[Count, Key(1)]
    marks: Annotated[Count | None, Key(2)]
    """Absent from the announcement of the closing on: nobody counts the signatures with the figure in mind."""
    previous: Annotated[Bytes32, Key(3)]
    """Fingerprint of the report before this one."""
    reason: Annotated[str, Key(4), Size(0, 400)] = ""
    officers: Annotated[tuple[Annotated[str, Size(0, 100)], ...], Key(5), Size(0, 2)] = ()
    notes: Annotated[tuple[Line, ...] | None, Key(6), Size(1, 50)] = None
    """At a reopening, lines of the readiness check that were passed; absent where there are none."""


@dataclass(frozen=True, slots=True)
class ClosingReport(Record):
    """The box is closed for good."""

    closed: Annotated[Count, Key(1)]
    electors: Annotated[Count, Key(2)]
    """As in the opening report."""
    marks: Annotated[Count, Key(3)]
    """Electors marked as having voted on this machine."""
    ballots: Annotated[Count, Key(4)]
    """Ballots in each contest of the style."""
    signatures: Annotated[Count, Key(5)]
    """Signatures on the paper list, counted by the officers."""
    set_digest: Annotated[Bytes32, Key(6)]
    """Digest of all trackers, see `keys.election.box.set_digest`."""
    file_digest: Annotated[Bytes32, Key(7)]
    """SHA-256 of the file of the box, for import only."""
    previous: Annotated[Bytes32, Key(8)]
    """Fingerprint of the report before this one."""
    zero_report: Annotated[Bytes32, Key(9)]
    challenges: Annotated[Count, Key(10)] = 0
    """Ballots that voters had opened to check the machine."""
    cancelled: Annotated[Count, Key(11)] = 0
    """Visits that ended without a vote."""
    unsigned: Annotated[Count, Key(12)] = 0
    """Voters who left without signing the paper list."""
    slips: Annotated[Count | None, Key(13)] = None
    incidents: Annotated[tuple[Incident, ...], Key(14), Size(0, 200)] = ()
    turnout: Annotated[tuple[Count, ...], Key(15), Size(0, 400)] = ()
    """Marks by hour since opening, merged below the small number."""
    officers: Annotated[tuple[Annotated[str, Size(0, 100)], ...], Key(16), Size(0, 2)] = ()
    carried: Annotated[Count, Key(17)] = 0
    """Electors marked as having voted on another machine."""
    additions: Annotated[Count, Key(18)] = 0
    """Electors whom the officers of this machine added to the roll; not among `electors`."""
    desk_proxies: Annotated[Count | None, Key(26)] = None
    """Votes by a proxy that officers had noted on the spot, among `marks`; absent where there are none."""
    officer_checks: Annotated[Count | None, Key(25)] = None
    """Ballots that officers had opened to check the machine, in visits that cannot vote; not among `challenges`."""
    codes_shown: Annotated[Count | None, Key(27)] = None
    """Check codes that voters copied from the screen, as nothing printed them (a weak check); absent where none."""

    @property
    def on_roll(self) -> int:
        """Who could vote on this machine: entitled on the roll, or added here."""
        return self.electors + self.additions
