"""Findings: everything that is refused or doubtful, with its code, what it means and what to do.

One table for the three commands. `S-` codes belong to a station, `T-` to the tally, `V-` to verification.
Ranges: V-1 statements, codes and definition, V-2 manifest and roles, V-3 archive and ballots, V-4 reports,
V-5 decryption and result, V-6 publication; T-1 boxes, T-2 merge, T-3 decisions, T-4 count, T-5 definition, T-6 rolls;
S-1 machine and cards, S-2 store, S-3 visit, S-4 printing; K-1 a trustee's own refusals.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["FINDINGS", "Finding", "Misuse", "Refused", "Severity", "Unreadable"]


class Severity(Enum):
    """How much a finding weighs."""

    REFUSED = "refused"
    """The thing is not accepted; nothing of it is used."""
    WARNING = "warning"
    """The thing is accepted; somebody must look at it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of the table."""

    title: str
    """What happened, a few words."""
    meaning: str
    """What it means for the vote, one sentence."""
    remedy: str
    """What to do now, one sentence."""
    severity: Severity = Severity.REFUSED


class Refused(Exception):
    """Data that is not to be trusted, or a step that must not be taken.

    Attributes:
        code: The finding, a key of `FINDINGS`.
        subject: The record it is about ("ballot 7 of contest saint-cyprien", "stick ISOLOIR").
        detail: What was expected and what was found; never a secret, never a choice.
    """

    def __init__(self, code: str, subject: str, detail: str = "") -> None:
        super().__init__(code, subject, detail)
        self.code = code
        self.subject = subject
        self.detail = detail

    @property
    def finding(self) -> Finding:
        """The row of the table."""
        return FINDINGS[self.code]

    def __str__(self) -> str:
        finding = self.finding
        detail = f": {self.detail}" if self.detail else ""
        return f"{self.code} {self.subject}: {finding.title}{detail}. {finding.meaning} {finding.remedy}"


class Unreadable(Exception):
    """Something could not be read or written (exit status 3): what, and the reason the system gave."""


class Misuse(Exception):
    """The command was called in a way that cannot work (exit status 2)."""


FINDINGS: dict[str, Finding] = {
    # V-1: statements, codes
    "V-101": Finding(
        "not a statement of ours",
        "The bytes are not one COSE_Sign1 message in the only form we write.",
        "Copy the file again from where it was made; if it stays so, it was altered.",
    ),
    "V-102": Finding(
        "signature does not match",
        "The content was changed, or was signed by somebody else.",
        "Ask the signer for the original; do not use this one.",
    ),
    "V-103": Finding(
        "statement of another kind",
        "A statement of this type, vote, mode or role was not expected here.",
        "Check that the file belongs to this vote and this step.",
    ),
    "V-104": Finding(
        "statement with a wrong content",
        "The signed content does not have the fields or limits that its type demands.",
        "It was made by another version or by hand; ask the signer for a new one.",
    ),
}
