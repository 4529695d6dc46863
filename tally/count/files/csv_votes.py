"""Votes as CSV: sums, rankings or grades, told apart by their headings; comma or semicolon.

| headings | each line |
|---|---|
| `option,votes` and perhaps `cost` | votes of an option; `(blank)`, `(invalid)`, `(ballots)`, `(electors)`: figures |
| `count,rank1,rank2,…` (`count` may be missing) | a ballot: names of options; `A=B` share a rank; empty is skipped |
| `count`, `ballot` or nothing, then the options | a ballot: grades from 1, the worst; 0 or empty: none given |
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from tally.count.data import Data, GradeProfile, Ranking, RankProfile, Totals
from tally.count.files.lines import amount, clean_word, contradiction, malformed, whole

__all__ = ["read_csv"]

_RANK = re.compile(r"(?:rank|choice|preference) ?([0-9]{1,3})", re.IGNORECASE)
_FIGURES = ("(blank)", "(invalid)", "(ballots)", "(electors)")


def read_csv(text: str, name: str) -> Data:
    """Read votes from CSV.

    Raises:
        Refused: A line cannot be read (T-411), or the file contradicts itself (T-412).
    """
    rows = _rows(text, name)
    line, headings = next(rows, (1, []))
    lower = [heading.lower() for heading in headings]
    if lower[:2] == ["option", "votes"]:
        return _totals(rows, name, line, lower)
    ranks = [heading for heading in headings if _RANK.fullmatch(heading)]
    if ranks:
        return _rankings(rows, name, line, headings, len(ranks))
    if len(headings) >= 2 and lower[0] in {"", "count", "ballot"}:
        return _grades(rows, name, line, headings)
    return malformed(name, line, "the headings are of none of the three kinds: votes, ranks, grades")


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    first = lines[0] if lines else ""
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            width = width or len(row)
            if len(row) != width:
                malformed(name, reader.line_num, f"{width} fields were expected, found {len(row)}")
            yield reader.line_num, [clean_word(name, reader.line_num, cell) for cell in row]
    except csv.Error as reason:
        malformed(name, reader.line_num, str(reason))


def _totals(rows: Iterator[tuple[int, list[str]]], name: str, line: int, headings: list[str]) -> Totals:
    if headings not in (["option", "votes"], ["option", "votes", "cost"]):
        malformed(name, line, "the columns option, votes and perhaps cost were expected")
    votes: dict[str, int] = {}
    costs: list[int] = []
    figures: dict[str, int] = {}
    for line, row in rows:
        place = figures if row[0].lower() in _FIGURES else votes
        key = row[0].lower() if place is figures else row[0]
        if key in place:
            contradiction(name, line, "the same line twice")
        place[key] = whole(name, line, "votes", row[1])
        if place is votes and len(row) > 2:
            costs.append(amount(name, line, "cost", row[2]))
    blank, invalid = figures.get("(blank)", 0), figures.get("(invalid)", 0)
    return Totals(
        tuple(votes),
        tuple(votes.values()),
        ballots=figures.get("(ballots)", sum(votes.values()) + blank + invalid),
        blank=blank,
        invalid=invalid,
        electors=figures.get("(electors)"),
        costs=tuple(costs) if "cost" in headings else None,
    )


def _rankings(
    rows: Iterator[tuple[int, list[str]]], name: str, line: int, headings: list[str], ranks: int
) -> RankProfile:
    start = len(headings) - ranks
    numbers = [int(found[1]) for heading in headings[start:] if (found := _RANK.fullmatch(heading))]
    if start > 1 or (start and headings[0].lower() not in {"", "count", "ballot"}):
        malformed(name, line, "the columns count, rank1, rank2, … were expected")
    if numbers != list(range(1, ranks + 1)):
        malformed(name, line, "the ranks are not numbered 1, 2, …")
    counted = start == 1 and headings[0].lower() == "count"
    ballots: list[tuple[list[list[str]], int]] = []
    for line, row in rows:
        number = whole(name, line, "count", row[0]) if counted else 1
        ballots.append(([[part.strip() for part in cell.split("=")] for cell in row[start:] if cell], number))
    options = tuple(sorted({word for ranking, _ in ballots for group in ranking for word in group}))
    index = {option: position for position, option in enumerate(options)}
    groups: Counter[Ranking] = Counter()
    blank = invalid = 0
    for ranking, number in ballots:
        seen = [word for group in ranking for word in group]
        if not seen:
            blank += number
        elif len(set(seen)) != len(seen) or "" in seen:
            invalid += number
        elif number:
            groups[tuple(tuple(sorted(index[word] for word in group)) for group in ranking)] += number
    return RankProfile(options, tuple(sorted(groups.items())), blank, invalid)


def _grades(rows: Iterator[tuple[int, list[str]]], name: str, line: int, headings: list[str]) -> GradeProfile:
    options = tuple(headings[1:])
    if len(set(options)) != len(options) or "" in options:
        contradiction(name, line, "two options of one name, or one without a name")
    counted = headings[0].lower() == "count"
    groups: Counter[tuple[int, ...]] = Counter()
    for line, row in rows:
        number = whole(name, line, "count", row[0]) if counted else 1
        groups[tuple(whole(name, line, "grade", cell) if cell else 0 for cell in row[1:])] += number
    return GradeProfile(options, tuple(sorted(item for item in groups.items() if item[1])))
