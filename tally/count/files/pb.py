"""Pabulib's .pb files, read strictly (Faliszewski et al., IJCAI 2023; format 2.0 on pabulib.org).

Three sections of fields divided by semicolons: META, PROJECTS, VOTES. A file whose own counts differ from
what it holds is refused: `num_projects`, `num_votes`, and the `votes` and `score` columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from tally.count.files.lines import amount, clean_word, contradiction, malformed, whole
from tally.count.files.pb_file import PbFile, PbVoter, Project

__all__ = ["PbFile", "PbVoter", "Project", "read_pb"]

_SECTIONS = ("META", "PROJECTS", "VOTES")
_KINDS = ("approval", "ordinal", "cumulative", "scoring", "choose-1")
_COSTS = ("min_sum_cost", "max_sum_cost")
"""What the projects of a ballot may cost together."""
_FIELD = 100_000


_Row = tuple[int, list[str]]


def read_pb(text: str, name: str) -> PbFile:
    """Read a .pb file.

    Args:
        text: The whole file; either line ending, with or without a byte order mark.
        name: What to call it in refusals.

    Raises:
        Refused: A line cannot be read (T-411), the file contradicts itself (T-412), or an amount is not
            whole (T-413); each with its line.
    """
    sections = _sections(text, name)
    meta = _meta(sections["META"], name)
    projects = _projects(sections["PROJECTS"], name)
    columns = tuple(sections["PROJECTS"][0][1])
    voters = _voters(sections["VOTES"], name, meta, projects)
    found = PbFile(meta, projects, voters, columns)
    _reachable(found, name)
    _compare(found, name)
    return found


def _rows(text: str, name: str) -> Iterator[_Row]:
    reader = csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True), delimiter=";", strict=True)
    try:
        for row in reader:
            if any(len(cell) > _FIELD for cell in row):
                malformed(name, reader.line_num, f"a field of more than {_FIELD} characters")
            if any(cell.strip() for cell in row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as reason:
        malformed(name, reader.line_num, str(reason))


def _sections(text: str, name: str) -> dict[str, list[_Row]]:
    """Cut the file into its three sections, each with its headings first."""
    sections: dict[str, list[_Row]] = {}
    current: list[_Row] | None = None
    for line, row in _rows(text, name):
        word = row[0].upper()
        if word in _SECTIONS and not any(row[1:]):
            if word != _SECTIONS[len(sections) % 3] or word in sections:
                malformed(name, line, f"section {word} is twice or out of order")
            current = sections[word] = []
        elif current is None:
            malformed(name, line, "the file does not begin with META")
        else:
            current.append((line, row))
    for word in _SECTIONS:
        if not sections.get(word):
            malformed(name, text.count("\n") + 1, f"section {word} is missing or empty")
    return sections


def _meta(rows: list[_Row], name: str) -> dict[str, str]:
    meta: dict[str, str] = {}
    for line, row in rows:
        if len(row) < 2:
            malformed(name, line, "a key and a value were expected")
        if row[0] in meta:
            malformed(name, line, f"{row[0]} is stated twice")
        meta[row[0]] = clean_word(name, line, ";".join(row[1:]))
        if row[0] == "budget" or (row[0] in _COSTS and meta[row[0]]):
            amount(name, line, row[0], meta[row[0]])
        if row[0] in {"num_votes", "num_projects"}:
            whole(name, line, row[0], meta[row[0]])
    meta.pop("key", None)
    for key in ("budget", "num_projects", "num_votes", "vote_type"):
        if key not in meta:
            malformed(name, rows[0][0], f"META does not state {key}")
    if meta["vote_type"] not in _KINDS:
        malformed(
            name,
            rows[0][0],
            f"vote_type: one of {', '.join(_KINDS)} was expected, found {meta['vote_type'][:40]!r}",
        )
    return meta


def _headings(rows: list[_Row], name: str, needed: tuple[str, ...]) -> list[str]:
    line, headings = rows[0]
    if len(set(headings)) != len(headings):
        malformed(name, line, "a column is named twice")
    for column in needed:
        if column not in headings:
            malformed(name, line, f"the column {column} is missing")
    return headings


def _records(rows: list[_Row], name: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    headings = _headings(rows, name, needed)
    for line, row in rows[1:]:
        if len(row) != len(headings):
            malformed(name, line, f"{len(headings)} fields were expected, found {len(row)}")
        yield line, dict(zip(headings, row, strict=True))


def _projects(rows: list[_Row], name: str) -> tuple[Project, ...]:
    found: dict[str, Project] = {}
    for line, record in _records(rows, name, ("project_id", "cost")):
        key = clean_word(name, line, record["project_id"])
        if not key or "," in key:
            malformed(name, line, "a project without a usable id")
        if key in found:
            contradiction(name, line, f"project {key} is listed twice")
        found[key] = Project(
            id=key,
            name=clean_word(name, line, record.get("name", "")) or key,
            cost=amount(name, line, f"cost of project {key}", record["cost"]),
            votes=_optional(record, "votes", name, line),
            score=_optional(record, "score", name, line),
            selected=_optional(record, "selected", name, line),
            category=clean_word(name, line, record.get("category", "")),
            district=clean_word(name, line, record.get("district", "")),
        )
    return tuple(found.values())


def _optional(record: dict[str, str], column: str, name: str, line: int) -> int | None:
    text = record.get(column, "")
    return amount(name, line, column, text) if text else None


def _voters(
    rows: list[_Row], name: str, meta: dict[str, str], projects: tuple[Project, ...]
) -> tuple[PbVoter, ...]:
    index = {project.id: position for position, project in enumerate(projects)}
    pointed = meta["vote_type"] in {"cumulative", "scoring"}
    needed = ("voter_id", "vote", "points") if pointed else ("voter_id", "vote")
    found: dict[str, PbVoter] = {}
    for line, record in _records(rows, name, needed):
        key = clean_word(name, line, record["voter_id"])
        if not key:
            malformed(name, line, "a ballot without voter_id")
        if key in found:
            contradiction(name, line, f"voter {key} votes twice")
        found[key] = _voter(record, key, index, pointed, name, line)
        _limits(found[key], meta, projects, name, line)
    return tuple(found.values())


def _voter(
    record: dict[str, str], key: str, index: dict[str, int], pointed: bool, name: str, line: int
) -> PbVoter:
    words = [word.strip() for word in record["vote"].split(",")] if record["vote"] else []
    for word in words:
        if word not in index:
            contradiction(name, line, f"a vote for project {word[:40]!r}, which is not listed")
    approvals = tuple(index[word] for word in words)
    if len(set(approvals)) != len(approvals):
        contradiction(name, line, "the same project twice on one ballot")
    if not pointed:
        return PbVoter(key, approvals)
    parts = record["points"].split(",") if record["points"] else []
    points = tuple(amount(name, line, "points", part.strip()) for part in parts)
    if len(points) != len(approvals):
        contradiction(name, line, f"{len(approvals)} projects but {len(points)} numbers of points")
    return PbVoter(key, approvals, points)


def _limits(
    voter: PbVoter, meta: dict[str, str], projects: tuple[Project, ...], name: str, line: int
) -> None:
    """Refuse a ballot that passes the limits which META states; a blank one is always allowed."""
    if not voter.approvals:
        return
    _spent(sum(projects[option].cost for option in voter.approvals), meta, name, line)
    most = 1 if meta["vote_type"] == "choose-1" else None
    measured = {
        "max_length": len(voter.approvals),
        "max_sum_points": sum(voter.points or ()),
        "max_points": max(voter.points or (0,)),
    }
    for key, value in measured.items():
        limit = whole(name, line, key, meta[key]) if meta.get(key) else None
        if limit is not None and value > limit:
            contradiction(name, line, f"a ballot of {value}, but {key} is {limit}")
    if meta.get("min_length") and len(voter.approvals) < whole(name, line, "min_length", meta["min_length"]):
        contradiction(
            name, line, f"a ballot of {len(voter.approvals)}, but min_length is {meta['min_length']}"
        )
    if most is not None and len(voter.approvals) > most:
        contradiction(name, line, "several projects on a ballot that chooses one")


def _spent(cost: int, meta: dict[str, str], name: str, line: int) -> None:
    """Refuse a ballot whose projects cost more together, or less, than META allows."""
    least, most = (amount(name, line, key, meta[key]) if meta.get(key) else None for key in _COSTS)
    if most is not None and cost > most:
        contradiction(name, line, f"a ballot whose projects cost {cost}, but max_sum_cost is {most}")
    if least is not None and cost < least:
        contradiction(name, line, f"a ballot whose projects cost {cost}, but min_sum_cost is {least}")


def _reachable(found: PbFile, name: str) -> None:
    """Refuse limits that no ballot can meet."""
    pairs = [
        ("min_length", "max_length"),
        ("min_sum_points", "max_sum_points"),
        ("min_points", "max_points"),
        _COSTS,
    ]
    for least, most in pairs:
        low, high = found.limit(least), found.limit(most)
        if low is not None and high is not None and low > high:
            contradiction(name, None, f"{least} is {low}, but {most} is {high}")
    shortest = found.limit("min_length")
    if shortest is not None and shortest > len(found.projects):
        contradiction(name, None, f"min_length is {shortest}, but there are {len(found.projects)} projects")
    money = found.limit("max_sum_cost")
    cheapest = sum(sorted(project.cost for project in found.projects)[: shortest or 1])
    if money is not None and cheapest > money:
        contradiction(name, None, f"max_sum_cost is {money}, but the cheapest ballot costs {cheapest}")


def _compare(found: PbFile, name: str) -> None:
    """Compare what the file says of itself with what it holds."""
    for key, held in (("num_projects", len(found.projects)), ("num_votes", len(found.voters))):
        if int(found.meta[key]) != held:
            contradiction(name, None, f"{key} is {found.meta[key]}, the file holds {held}")
    for project, votes, points in zip(found.projects, found.votes(), found.points(), strict=True):
        if project.votes is not None and project.votes != votes:
            contradiction(
                name, None, f"project {project.id}: {project.votes} votes stated, {votes} on ballots"
            )
        if project.score is not None and project.score != points:
            contradiction(
                name, None, f"project {project.id}: score {project.score} stated, {points} on ballots"
            )
