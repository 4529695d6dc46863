"""Opening again: when a contest may be opened a second time, with a box that came late.

Two totals that differ by a box show what is in that box. So each set of machines must hold the one before it, a
published decision must name both, and the ballots that are added must be as many as may be opened alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keys.election.decision import Decision, DecisionKind
from keys.election.dossier import Dossier
from keys.election.opening import RequestedContest

__all__ = ["Opening", "check_again", "late_box"]


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening of a contest: what a trustee remembers of it."""

    head: str
    """Hash of the archive's EncryptedTally event, 64 hexadecimal digits."""
    ballots: int
    machines: tuple[int, ...]
    """Rising."""

    @classmethod
    def of(cls, item: RequestedContest) -> Opening:
        """What a request asks of a contest."""
        return cls(item.head.hex(), item.ballots, item.machines)


def late_box(dossier: Dossier, machine: int) -> Decision | None:
    """The effective decision that takes in the late box of a machine."""
    found = [item for item in dossier.decided(DecisionKind.LATE_BOX) if item.subject == machine]
    return found[0] if found else None


def check_again(dossier: Dossier, contest: int, earlier: Sequence[Opening], now: Opening) -> str | None:
    """Say why a contest may not be opened again, or None where it may.

    Args:
        dossier: The papers, with all decisions.
        contest: Index.
        earlier: All openings of this contest so far, in their order.
        now: What is asked for.
    """
    holders = set(dossier.machines_of(contest))
    others = [item for item in earlier if item.head != now.head]
    if not others:
        return None
    least = dossier.manifest.definition.small_number
    for item in others:
        if not set(item.machines) < set(now.machines):
            return "the machines are not those of the first opening and late ones"
        if now.ballots - item.ballots < least:
            return f"{now.ballots - item.ballots} ballots more, {least} asked for"
    last = set(others[-1].machines)
    for decision in dossier.decided(DecisionKind.LATE_BOX):
        before, after = set(decision.before or ()), set(decision.after or ())
        if before & holders == last and after & holders == set(now.machines):
            return None
    return "no effective decision names both sets of machines"
