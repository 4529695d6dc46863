"""Deciding: what people decided about a count, as signed statements; the program only checks that it fits."""

from __future__ import annotations

from keys.desk.files import folder_lock
from keys.election.decision import Decision, DecisionKind
from keys.election.dossier import Dossier
from keys.election.statement import StatementType, read_statement
from keys.findings import Misuse, Refused
from tally.certify import counted_contests
from tally.workspace import Authority, Workspace

__all__ = ["contest_named", "decide", "tie_order"]


def decide(workspace: Workspace, authority: Authority, decision: Decision) -> bytes:
    """Sign a decision as the authority, and keep it.

    Args:
        workspace: Of the officer.
        authority: Opened.
        decision: What was decided.

    Returns:
        Its fingerprint.

    Raises:
        Refused: T-302, it fits nothing that is open; T-204, it comes after the opening was requested.
    """
    with folder_lock(workspace.folder):
        dossier = workspace.dossier()
        _check(workspace, dossier, decision)
        raw = authority.sign(StatementType.DECISION, workspace.mode, dossier.fingerprint, decision)
        fingerprint = read_statement(raw).fingerprint
        workspace.write(f"decisions/{fingerprint.hex()[:16]}.cose", raw)
    return fingerprint


def contest_named(dossier: Dossier, name: str) -> int:
    """Index of a contest by its id.

    Raises:
        Misuse: There is none.
    """
    contests = dossier.manifest.definition.contests
    for index, contest in enumerate(contests):
        if contest.id == name:
            return index
    raise Misuse(f"there is no contest {name!r}; there are {', '.join(item.id for item in contests)}")


def tie_order(dossier: Dossier, contest: int, ids: tuple[str, ...]) -> tuple[int, ...]:
    """Indices of options by their ids, in the order given.

    Raises:
        Misuse: There is no such option.
    """
    options = {
        option.id: at for at, option in enumerate(dossier.manifest.definition.contests[contest].options)
    }
    unknown = [name for name in ids if name not in options]
    if unknown:
        raise Misuse(f"there is no option {unknown[0]!r}; there are {', '.join(options)}")
    return tuple(options[name] for name in ids)


def _check(workspace: Workspace, dossier: Dossier, decision: Decision) -> None:
    if decision.kind is DecisionKind.TIE:
        _check_tie(workspace, dossier, decision)
        return
    if decision.kind is not DecisionKind.FIGURES and (workspace.root / "decryptions/request.cose").exists():
        raise Refused("T-204", "decision", "what is opened was settled by the request")
    if decision.kind is DecisionKind.EXCLUSION and decision.subject in dossier.excluded():
        raise Refused("T-302", "exclusion", "this machine is left out already")


def _check_tie(workspace: Workspace, dossier: Dossier, decision: Decision) -> None:
    counted, _ = counted_contests(workspace, dossier)
    ties = counted[decision.subject].outcome.ties
    for tie in ties:
        if tie.step == decision.step and set(tie.options) == set(decision.order or ()):
            return
    open_ = "; ".join(f"step {tie.step}" for tie in ties) or "no tie is open"
    raise Refused("T-302", "decision on a tie", open_)
