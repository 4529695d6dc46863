"""Opening again: when a contest may be opened a second time, with a box that came late.

Two totals that differ by a box show what is in that box. So each set of machines must hold the one before it, a
published decision must name both, and the ballots that are added must be as many as may be opened alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from keys.election.decision import Decision, DecisionKind
from keys.election.dossier import Dossier
from keys.election.opening import Decryption, EarlierOpening, Request, RequestedContest
from keys.findings import Refused

__all__ = ["Opening", "check_again", "check_stated", "late_box", "requested", "stated"]


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
            return f"ballots more: {now.ballots - item.ballots}, needed: {least}"
    last = set(others[-1].machines)
    for decision in dossier.decided(DecisionKind.LATE_BOX):
        before, after = set(decision.before or ()), set(decision.after or ())
        if before & holders == last and after & holders == set(now.machines):
            return None
    return "no effective decision names both sets of machines"


Requested = frozenset[tuple[int, bytes]]
"""Contests with the head of what was opened of them."""


def requested(requests: Iterable[Request]) -> Requested:
    """What requests ask to open."""
    return frozenset((item.contest, item.head) for request in requests for item in request.contests)


def stated(
    uuids: Sequence[str], earlier: Mapping[str, Sequence[Opening]], now: Mapping[str, Opening]
) -> tuple[EarlierOpening, ...]:
    """What a trustee states of its earlier openings with an answer.

    Args:
        uuids: Of the contests, in their order.
        earlier: What it remembers, by uuid.
        now: What it opens, by uuid; the same opening again is no other.
    """
    return tuple(
        EarlierOpening(contest, bytes.fromhex(item.head))
        for contest, uuid in enumerate(uuids)
        for item in earlier.get(uuid, ())
        if item.head != now[uuid].head
    )


def check_stated(answer: Decryption, subject: str, published: Requested, answered: Requested) -> None:
    """Check that whatever a trustee opened before is published, and that it keeps back nothing of it.

    A trustee who does not know what it opened passes here; who verifies is told so.

    Args:
        answer: Of the trustee.
        subject: What to call it in a refusal.
        published: Of the requests before the one that is answered.
        answered: Of those among them that this trustee is seen to have answered, but for what this request asks again.

    Raises:
        Refused: V-626.
    """
    if answer.earlier is None:
        return
    said = {(item.contest, item.head) for item in answer.earlier}
    for contest, _ in sorted(said - published):
        raise Refused("V-626", subject, f"of contest {contest} it opened something that is not published")
    for contest, _ in sorted(answered - said):
        raise Refused("V-626", subject, f"of contest {contest} it keeps back what it opened")
