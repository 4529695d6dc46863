"""The grades of each option as shares of its ballots: what the pictures of a majority judgement show."""

from __future__ import annotations

from dataclasses import dataclass

from keys.desk.chosen import grade_texts
from keys.election.definition import Contest
from keys.election.rules import Rule
from tally.count.outcome import Outcome

__all__ = ["GradesGiven", "grades_given"]

_STEP = "grades"
"""The round of `tally.count.grades` with a row for each option, the best first: its name, ballots by grade."""


@dataclass(frozen=True, slots=True)
class GradesGiven:
    """How often each option received each grade."""

    grades: tuple[dict[str, str], ...]
    """Names by language, the worst first."""
    rows: tuple[tuple[int, tuple[int, ...]], ...]
    """Index of each option, the best first, and its ballots by grade; all rows have the same sum."""


def grades_given(contest: Contest, outcome: Outcome) -> GradesGiven | None:
    """Read the grades out of a count of a contest; None for another rule, or where nobody gave a grade."""
    step = next((step for step in outcome.rounds if step.step == _STEP), None)
    if outcome.rule is not Rule.MAJORITY_JUDGEMENT or step is None:
        return None
    rows = tuple(
        (outcome.options.index(str(row[0])), tuple(cell for cell in row[1:-1] if isinstance(cell, int)))
        for row in step.rows
    )
    grades = grade_texts(contest)[: len(step.columns) - 2]
    return GradesGiven(grades, rows) if any(sum(given) for _, given in rows) else None
