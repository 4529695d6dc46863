"""What officers are asked, and answer, on a machine that has not loaded the file of the town hall yet."""

from __future__ import annotations

from dataclasses import dataclass

from station.answers import Answer
from station.officers.tasks import Problem
from station.questions import Question

__all__ = ["AskPoster", "LoadFile", "PosterTyped", "ShowLoaded", "ShowUnloaded", "WriteConfirmation"]


@dataclass(frozen=True, slots=True)
class ShowUnloaded(Question):
    """W1 without a file: it can be loaded, and nothing else."""

    problem: Problem | None = None
    """A finding, ``load-stick``, ``no-package`` or ``load``."""


@dataclass(frozen=True, slots=True)
class AskPoster(Question):
    """The two groups of the fingerprint that stand on the poster alone."""

    shown: tuple[str, ...]
    """The 13 groups, two of them hidden."""
    hidden: tuple[int, int]
    """Which, from 0."""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ShowLoaded(Question):
    """The file is loaded."""

    electors: int
    manifest: int
    confirmation: str
    """Name of what the town hall gets back."""
    written: bool
    """It is on the stick."""


@dataclass(frozen=True, slots=True)
class LoadFile(Answer):
    """Look for the file on the stick; after two cards, load it."""


@dataclass(frozen=True, slots=True)
class PosterTyped(Answer):
    """The two groups, as they were typed."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class WriteConfirmation(Answer):
    """Try again to write the confirmation to the stick."""
