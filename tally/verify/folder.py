"""The verification of a whole public folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keys.election.definition import text_in
from keys.election.statement import Mode
from tally.results.counted import Counted
from tally.verify.case import Case
from tally.verify.published import read_folder
from tally.verify.report import ContestSummary, OptionSummary, Report
from tally.verify.steps import STEPS, run_step

__all__ = ["verify_folder"]


def verify_folder(
    root: Path,
    *,
    fingerprint: bytes | None = None,
    workers: int = 1,
    progress: Callable[[str, int], None] | None = None,
    mode: Mode = Mode.OFFICIAL,
) -> Report:
    """Verify a public folder.

    Args:
        root: The folder.
        fingerprint: Of the manifest, 32 bytes, from the poster or another source than the folder; without it the
            report says that the folder is consistent and that its origin was not checked.
        workers: Processes that check ballots; 1 does all the work here.
        progress: Told the contest and the number of its ballots checked so far.
        mode: What the folder must be: the vote, or its rehearsal.

    Returns:
        The report; what does not hold is in it.

    Raises:
        Unreadable: The folder is not there, the disk or a worker process failed.
    """
    case = Case(read_folder(root), mode, fingerprint, workers, progress)
    steps = tuple(run_step(case, number, row) for number, row in enumerate(STEPS, 1))
    manifest = case.manifest
    definition = None if manifest is None else manifest.definition
    sealed = case.statements.get("manifest.cose")
    return Report(
        steps=steps,
        summary=tuple(_summary(case, item) for _, item in sorted(case.counted.items())),
        mode=mode,
        fingerprint=None if sealed is None else sealed.fingerprint,
        origin_checked=case.origin_checked,
        title="" if definition is None else text_in(definition.title, definition.language),
        demonstration=definition is not None and definition.demonstration,
    )


def _summary(case: Case, counted: Counted) -> ContestSummary:
    definition = case.dossier.manifest.definition
    contest, language = definition.contests[counted.contest], definition.language
    totals, outcome = counted.totals, counted.outcome
    options = tuple(
        OptionSummary(option.id, text_in(option.name, language), totals.votes[at], at in outcome.winners)
        for at, option in enumerate(contest.options)
    )
    return ContestSummary(
        id=contest.id,
        title=text_in(contest.title, language),
        ballots=totals.ballots,
        blank=totals.blank,
        options=options,
        winners=outcome.names,
        tied=outcome.tied,
    )
