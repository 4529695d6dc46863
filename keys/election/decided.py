"""What a decision must hold to mean something: its subject exists, and what its kind needs is there."""

from __future__ import annotations

from keys.election.decision import Decision, DecisionKind, Matter, matter
from keys.election.manifest import Manifest
from keys.findings import Refused

__all__ = ["check_decision"]


def check_decision(manifest: Manifest, decision: Decision, subject: str) -> None:
    """Check that a decision is about something of this vote, and whole.

    Args:
        manifest: Of the vote.
        decision: Whoever signed it.
        subject: What to call it in a refusal.

    Raises:
        Refused: V-606.
    """
    definition, kind = manifest.definition, decision.kind
    known = {
        Matter.CONTEST: len(definition.contests),
        Matter.MACHINE: len(manifest.machines),
        Matter.STATION: len(definition.stations),
    }
    if decision.subject >= known[matter(kind)]:
        raise Refused("V-606", subject)
    if kind is DecisionKind.TIE:
        _check_tie(manifest, decision, subject)
    if kind is DecisionKind.LATE_BOX:
        _check_late_box(manifest, decision, subject)
    if kind in {DecisionKind.BOX, DecisionKind.PAPER} and decision.digest is None:
        raise Refused("V-606", subject, "it does not name what stays or counts")


def _check_tie(manifest: Manifest, decision: Decision, subject: str) -> None:
    order = decision.order or ()
    if decision.step is None or not order or len(set(order)) != len(order):
        raise Refused("V-606", subject, "it names no step or no order of a tie")
    if max(order) >= len(manifest.definition.contests[decision.subject].options):
        raise Refused("V-606", subject, "it orders options that do not exist")


def _check_late_box(manifest: Manifest, decision: Decision, subject: str) -> None:
    before, after = set(decision.before or ()), set(decision.after or ())
    if after != before | {decision.subject} or decision.subject in before:
        raise Refused("V-606", subject, "its two sets of machines do not differ by the late one alone")
    if max(after) >= len(manifest.machines):
        raise Refused("V-606", subject, "it names machines that do not exist")
