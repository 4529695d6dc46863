"""The verdict on one thing that was handed in: a sentence, its reasons, and what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from keys.desk.language import Language
from keys.findings import Refused

__all__ = ["Denied", "Page", "State", "Verdict", "judged"]


class State(StrEnum):
    """How it ended."""

    HOLDS = "holds"
    REFUSED = "refused"
    UNCHECKED = "not checked"
    """Read, but there was nothing to check it against."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said about one thing."""

    state: State
    kind: str
    """Stable, for other programs: ``receipt``, ``closing report``, ``short code`` and so on."""
    sentence: str
    """Plain, in the reader's language."""
    reasons: tuple[str, ...]
    findings: tuple[Refused, ...] = ()
    source: str = ""
    """Where it came from: a file's name, or empty."""
    data: dict[str, Any] = field(default_factory=dict)
    """For other programs; JSON."""


class Denied(Exception):
    """It does not hold.

    Attributes:
        sentence: Why, in the reader's language.
        finding: The same for machines.
    """

    def __init__(self, code: str, subject: str, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.finding = Refused(code, subject, detail)


@dataclass(slots=True)
class Page:
    """What a check writes down on its way."""

    language: Language
    reasons: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    def note(self, sentence: str) -> None:
        """Write a reason down."""
        self.reasons.append(sentence)


def judged(kind: str, page: Page, check: Callable[[], str], source: str = "") -> Verdict:
    """Run a check that returns its sentence or is denied.

    Args:
        kind: Of what is checked.
        page: On which the check writes.
        check: Returns the sentence of what holds.
        source: Where the thing came from.
    """
    state = State.HOLDS
    findings: tuple[Refused, ...] = ()
    try:
        sentence = check()
    except Denied as denied:
        state, sentence, findings = State.REFUSED, denied.sentence, (denied.finding,)
    except Refused as refused:
        sentence = page.language.say(
            "The published files themselves do not hold together, so that nothing can be said about this."
        )
        state, findings = State.REFUSED, (refused,)
    return Verdict(state, kind, sentence, tuple(page.reasons), findings, source, dict(page.data))
