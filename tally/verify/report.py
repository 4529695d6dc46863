"""The report of a verification: a numbered list, what each step proves, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from keys.election.statement import Mode
from keys.findings import Refused

__all__ = ["ContestSummary", "OptionSummary", "Report", "Status", "Step"]


class Status(StrEnum):
    """How a step went."""

    OK = "ok"
    FAILED = "failed"
    NOT_CHECKED = "not checked"
    """Something that the step rests on is missing or did not hold."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list."""

    number: int
    """From 1."""
    name: str
    """Short, in English; stable, for other programs."""
    proves: str
    """What holds if the step holds, one sentence."""
    status: Status
    findings: tuple[Refused, ...] = ()
    """What was found, where it failed; warnings also where it did not."""

    @property
    def finding(self) -> Refused | None:
        """The first thing found."""
        return self.findings[0] if self.findings else None


@dataclass(frozen=True, slots=True)
class OptionSummary:
    """An option as it was counted here."""

    id: str
    name: str
    votes: int
    won: bool


@dataclass(frozen=True, slots=True)
class ContestSummary:
    """A contest as it was counted here."""

    id: str
    title: str
    ballots: int
    blank: int
    options: tuple[OptionSummary, ...]
    winners: tuple[str, ...]
    """Names, in the order of the rule."""
    tied: tuple[str, ...]
    """Names of those who wait for a decision."""


@dataclass(frozen=True, slots=True)
class Report:
    """A public folder, verified."""

    steps: tuple[Step, ...]
    summary: tuple[ContestSummary, ...]
    """Contests that could be counted here from their archives."""
    mode: Mode
    fingerprint: bytes | None
    """Of the manifest in the folder."""
    origin_checked: bool
    """Whether a fingerprint was given from outside, and is that of the manifest."""
    title: str = ""
    """Of the vote, as its manifest says."""
    demonstration: bool = False

    @property
    def accepted(self) -> bool:
        """Whether every step held that could be checked."""
        return not any(step.status is Status.FAILED for step in self.steps)

    @property
    def findings(self) -> tuple[Refused, ...]:
        """All findings, in the order of the list."""
        return tuple(finding for step in self.steps for finding in step.findings)
