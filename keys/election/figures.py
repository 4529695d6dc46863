"""The figures of a machine: electors marked, ballots in the box, signatures on paper, and slips where they are kept."""

from __future__ import annotations

from keys.election.report import ClosingReport

__all__ = ["disagreement"]


def disagreement(closing: ClosingReport) -> str | None:
    """Say which figures of a closing report are not one number, or None where they are."""
    figures = {"marks": closing.marks, "ballots": closing.ballots, "signatures": closing.signatures}
    if closing.slips is not None:
        figures["slips"] = closing.slips
    if len(set(figures.values())) == 1:
        return None
    return ", ".join(f"{value} {name}" for name, value in figures.items())
