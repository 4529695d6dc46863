"""The grades of a majority judgement for its readers: as shares of the ballots, and by the names of their language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from keys.desk.chosen import grade_texts
from keys.desk.language import Language
from keys.election.definition import Contest
from keys.election.rules import Rule
from tally.count.outcome import Outcome, Round

__all__ = ["GradesGiven", "grades_given", "with_grades"]

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


def with_grades(contest: Contest, outcome: Outcome, language: Language) -> Outcome:
    """A count whose steps name the grades in a reader's language, where the definition does."""
    if outcome.rule is not Rule.MAJORITY_JUDGEMENT or not contest.grade_names:
        return outcome
    pairs = zip(contest.terms.grades or (), grade_texts(contest), strict=True)
    names = {
        f"{name}{sign}": language.text({code: f"{word}{sign}" for code, word in texts.items()})
        for name, texts in pairs
        for sign in ("", "+", "-")
    }
    return replace(outcome, rounds=tuple(_renamed(step, names) for step in outcome.rounds))


def _renamed(step: Round, names: Mapping[str, str]) -> Round:
    """All but the first column, which is the option."""
    columns = (*step.columns[:1], *(names.get(column, column) for column in step.columns[1:]))
    rows = tuple(
        (*row[:1], *(names.get(cell, cell) if type(cell) is str else cell for cell in row[1:]))
        for row in step.rows
    )
    return replace(step, columns=columns, rows=rows)
