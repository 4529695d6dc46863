"""What a decision may do, and when: checked before it is signed, and again before signatures make it effective."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from keys.election.decided import check_decision
from keys.election.decision import AFTER_OPENING, Decision, DecisionKind
from keys.election.dossier import Dossier
from keys.election.figures import disagreement
from keys.findings import Fact, Refused
from tally.boxes.challenges import check_none_cast
from tally.boxes.database import open_boxes
from tally.boxes.marks import check_marks
from tally.results.all_contests import counted_contests
from tally.results.paper_votes import read_paper_count
from tally.workspace import Authority, Workspace

__all__ = ["check_fits"]


def check_fits(
    workspace: Workspace, dossier: Dossier, decision: Decision, authority: Authority | None
) -> None:
    """Check that a decision is about something that is open, and comes in time.

    Args:
        workspace: Of the officer.
        dossier: The papers, without the decision.
        decision: What shall become effective.
        authority: Opened, or None where it was checked with it before.

    Raises:
        Refused: T-302, it fits nothing that is open; T-204, it comes after the opening was requested; V-606.
    """
    name = decision.kind.name.lower().replace("_", " ")
    check_decision(dossier.manifest, decision, f"decision ({name})")
    requested = workspace.is_requested
    if requested and decision.kind not in AFTER_OPENING | {DecisionKind.LATE_BOX}:
        raise Refused("T-204", f"decision ({name})", Fact("what is opened was settled by the request"))
    checks: Mapping[DecisionKind, Callable[[Workspace, Dossier, Decision], None]] = {
        DecisionKind.TIE: _tie,
        DecisionKind.EXCLUSION: _exclusion,
        DecisionKind.FEW_BALLOTS: _few_ballots,
        DecisionKind.LATE_BOX: _late_box,
        DecisionKind.BOX: _box,
        DecisionKind.PAPER: _paper,
        DecisionKind.CORRECTION: _correction,
        DecisionKind.CHALLENGE: _challenge,
    }
    if decision.kind is DecisionKind.FIGURES:
        _figures(workspace, dossier, decision, authority)
    else:
        checks[decision.kind](workspace, dossier, decision)


def _tie(workspace: Workspace, dossier: Dossier, decision: Decision) -> None:
    counted, _ = counted_contests(workspace, dossier)
    ties = counted[decision.subject].outcome.ties
    if not any(tie.step == decision.step and set(tie.options) == set(decision.order or ()) for tie in ties):
        open_ = "; ".join(f"step {tie.step}" for tie in ties) or "no tie is open"
        raise Refused("T-302", "decision on a tie", open_)


def _exclusion(_: Workspace, dossier: Dossier, decision: Decision) -> None:
    if decision.subject in {item.subject for item in dossier.decided(DecisionKind.EXCLUSION)}:
        raise Refused("T-302", "exclusion", Fact("this machine was left out already"))


def _few_ballots(workspace: Workspace, dossier: Dossier, decision: Decision) -> None:
    definition = dossier.manifest.definition
    with open_boxes(workspace.boxes) as boxes:
        ballots = boxes.count(decision.subject, dossier.excluded())
    if ballots >= definition.small_number:
        subject = f"contest {definition.contests[decision.subject].id}"
        raise Refused("T-302", subject, Fact("its ballots are enough: {ballots}", ballots=ballots))
    _once(dossier, decision)


def _late_box(_: Workspace, dossier: Dossier, decision: Decision) -> None:
    excluded = dossier.excluded()
    if decision.subject not in excluded:
        raise Refused("T-302", "late box", Fact("this machine is not left out; take in its box"))
    machines = {at for at in range(len(dossier.manifest.machines)) if at not in excluded}
    if set(decision.before or ()) != machines:
        raise Refused("T-302", "late box", Fact("the machines that are counted without it are others"))
    station = dossier.manifest.machines[decision.subject].station
    if any(item.subject == station for item in dossier.decided(DecisionKind.PAPER)):
        raise Refused("T-302", "late box", Fact("its station voted on paper, by another decision"))


def _box(workspace: Workspace, dossier: Dossier, decision: Decision) -> None:
    name = f"machine {dossier.manifest.machines[decision.subject].name}"
    with open_boxes(workspace.boxes) as boxes:
        present, other = boxes.get(decision.subject), boxes.suspended().get(decision.subject)
    if present is None or other is None:
        raise Refused("T-302", name, Fact("there are no two boxes of it"))
    if decision.digest not in {present.set_digest, other}:
        raise Refused("T-302", name, Fact("neither of its two boxes has this digest"))
    _once(dossier, decision)


def _paper(_: Workspace, dossier: Dossier, decision: Decision) -> None:
    definition = dossier.manifest.definition
    name = f"station {definition.stations[decision.subject].id}"
    counts = [item for path, item in dossier.others.items() if path.startswith("paper/")]
    found = [item for item in counts if item.fingerprint == decision.digest]
    if not found or read_paper_count(dossier, found[0]).station != decision.subject:
        raise Refused("T-302", name, Fact("its count was not typed in twice"))
    for at, machine in enumerate(dossier.manifest.machines):
        if machine.station == decision.subject and at not in dossier.excluded():
            raise Refused("T-305", name, Fact("machine {machine} is not left out", machine=machine.name))
    _once(dossier, decision)


def _correction(_: Workspace, dossier: Dossier, decision: Decision) -> None:
    if dossier.days[decision.subject].closing is None:
        name = f"machine {dossier.manifest.machines[decision.subject].name}"
        raise Refused("T-302", name, Fact("it has handed in no report that could be corrected"))


def _challenge(workspace: Workspace, dossier: Dossier, decision: Decision) -> None:
    with open_boxes(workspace.boxes) as boxes:
        try:
            check_none_cast(dossier, boxes, machine=decision.subject)
        except Refused as refused:
            if refused.code == "V-608":
                return
            raise
    name = f"machine {dossier.manifest.machines[decision.subject].name}"
    raise Refused("T-302", name, Fact("no checked ballot is in its box"))


def _figures(workspace: Workspace, dossier: Dossier, decision: Decision, authority: Authority | None) -> None:
    """Its own figures differ, or its marks do not fit those of another machine."""
    name = f"machine {dossier.manifest.machines[decision.subject].name}"
    _once(dossier, decision)
    closing = dossier.days[decision.subject].closing
    if closing is None:
        raise Refused("T-302", name, Fact("its box is not in"))
    if disagreement(closing) is not None or authority is None:
        return
    with open_boxes(workspace.boxes) as boxes:
        rows = boxes.all()
    try:
        check_marks(workspace, dossier, rows, authority)
    except Refused as refused:
        if refused.code not in {"T-203", "T-207", "T-210", "T-211"}:
            raise
        if name.split()[1] in refused.subject.replace(",", "").split():
            return
    raise Refused("T-302", name, Fact("its figures agree"))


def _once(dossier: Dossier, decision: Decision) -> None:
    if any(item.subject == decision.subject for item in dossier.decided(decision.kind)):
        raise Refused("T-302", "decision", Fact("this was decided before"))
