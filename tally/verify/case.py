"""The case: what a verification knows so far, and how a step is run.

A step reads what earlier ones established. What did not hold is not there: asking for it raises `Unchecked`, and
the step that asked is reported as not checked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from keys.election.dossier import Dossier
from keys.election.manifest import Manifest
from keys.election.opening import Decryption, Request
from keys.election.result import Result
from keys.election.statement import Mode, Statement
from keys.election.verification import Polled, Verified
from keys.findings import Refused
from tally.results.counted import Counted
from tally.verify.published import PublishedFolder

__all__ = ["Archive", "Case", "Several", "Unchecked", "each", "need"]

_T = TypeVar("_T")
_MOST = 50
"""Findings of one step that are kept."""


class Unchecked(Exception):
    """What a step rests on is missing or did not hold."""


class Several(Exception):
    """A step failed in several places."""

    def __init__(self, findings: Sequence[Refused]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = tuple(findings[:_MOST])


def need(value: _T | None) -> _T:
    """A value that an earlier step established.

    Raises:
        Unchecked: It did not.
    """
    if value is None:
        raise Unchecked
    return value


def each(items: Iterable[_T], check: Callable[[_T], None]) -> None:
    """Check all items, and only then refuse.

    Raises:
        Several: Some do not hold.
        Unchecked: None was refused, and some could not be checked.
    """
    findings: list[Refused] = []
    unchecked = False
    for item in items:
        try:
            check(item)
        except Refused as refused:
            findings.append(refused)
        except Unchecked:
            unchecked = True
    if findings:
        raise Several(findings)
    if unchecked:
        raise Unchecked


@dataclass(slots=True)
class Archive:
    """One archive, as far as it holds."""

    polled: Polled | None = None
    """Form, setup and ballots hold."""
    verified: Verified | None = None
    """Total, decryptions and result hold too."""
    refused: Refused | None = None
    """Why it went no further."""


@dataclass(slots=True)
class Case:
    """A folder under verification."""

    folder: PublishedFolder
    mode: Mode
    fingerprint: bytes | None
    """From outside."""
    workers: int = 1
    progress: Callable[[str, int], None] | None = None
    statements: dict[str, Statement] = field(default_factory=dict)
    """By path, those that are in their only form and in their place."""
    broken: set[str] = field(default_factory=set)
    """Paths of the others."""
    manifest: Manifest | None = None
    sealed: Dossier | None = None
    """Draft, manifest, enrolments and trustees fit together."""
    reported: Dossier | None = None
    """The same with the reports."""
    decided: Dossier | None = None
    """The same with the decisions."""
    request: Request | None = None
    decryptions: dict[int, Decryption] | None = None
    """By trustee, from 0."""
    archives: dict[int, Archive] | None = None
    """By contest, once they were looked at."""
    agreed: set[int] = field(default_factory=set)
    """Contests whose archive has the setup that the papers give."""
    counted: dict[int, Counted] = field(default_factory=dict)
    """By contest, counted here."""
    published: dict[int, Result] = field(default_factory=dict)
    """By contest, as the authority signed them."""
    origin_checked: bool = False
    doubts: list[Refused] = field(default_factory=list)
    """Warnings of the step that is run."""

    @property
    def dossier(self) -> Dossier:
        """All papers together.

        Raises:
            Unchecked: Some do not hold.
        """
        reported, decided = need(self.reported), need(self.decided)
        return dataclasses.replace(decided, days=reported.days)

    def statement(self, path: str) -> Statement:
        """A statement.

        Raises:
            Refused: V-208, it is missing.
            Unchecked: It is not in its only form.
        """
        if path in self.broken:
            raise Unchecked
        if path not in self.statements:
            raise Refused("V-208", path)
        return self.statements[path]

    def sources(self, *folders: str) -> dict[str, bytes]:
        """Draft, manifest and the statements of some sub-folders, as bytes by path.

        Raises:
            Unchecked: One of them is not in its only form.
        """
        wanted = ("draft.cose", "manifest.cose", *(f"{folder}/" for folder in folders))
        found = [path for path in self.folder.files if path.startswith(wanted)]
        if self.broken.intersection(found):
            raise Unchecked
        return {path: self.folder.files[path] for path in found}

    def file(self, path: str) -> bytes:
        """A file's bytes.

        Raises:
            Refused: V-208, it is missing.
        """
        if path not in self.folder.files:
            raise Refused("V-208", path)
        return self.folder.files[path]

    def contest_files(self, folder: str, ending: str) -> list[tuple[int, str]]:
        """Index and path of the file that each contest has in a sub-folder.

        Raises:
            Unchecked: The manifest does not hold.
        """
        contests = need(self.manifest).definition.contests
        return [(at, f"{folder}/{contest.id}{ending}") for at, contest in enumerate(contests)]

    def check_no_others(self, folder: str, ending: str, besides: Collection[str] = ()) -> None:
        """Check that a sub-folder holds one file for each contest, what is named besides, and nothing else.

        Raises:
            Several: V-208, V-601.
        """
        wanted = {path for _, path in self.contest_files(folder, ending)}
        found = set(self.folder.names(folder))
        findings = [Refused("V-208", path) for path in sorted(wanted - found)]
        findings += [
            Refused("V-601", path, "no contest has this name")
            for path in sorted(found - wanted - set(besides))
        ]
        if findings:
            raise Several(findings)
