"""Typing in a station that had to vote on paper: twice, by two people, line by line the same.

Lines of a count, as a form or a CSV file has them (`contest,line,number`): for the station `(electors)` and
`(signatures)` with an empty contest; for each contest `(ballots)`, `(blank)`, `(invalid)` and each option by its id.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from keys.desk.files import folder_lock, read_bytes, write_private
from keys.election.decision import DecisionKind
from keys.election.definition import Definition
from keys.election.dossier import Dossier
from keys.election.layout import safe_name
from keys.election.paper_count import PaperContest, PaperCount
from keys.election.statement import StatementType, read_statement
from keys.findings import Fact, Misuse, Refused
from tally.results.paper_votes import addable, check_paper_count
from tally.workspace import Authority, Workspace

__all__ = [
    "Figures",
    "Line",
    "Typist",
    "half_typed",
    "read_figures",
    "station_named",
    "type_count",
    "wanted",
]

Line = tuple[str, str]
"""Id of the contest, empty for the station itself; and the line."""
Figures = Mapping[Line, int]
_COLUMNS = ["contest", "line", "number"]
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Typist:
    """Who types, and why there is a count on paper."""

    name: str
    reason: str


def station_named(definition: Definition, name: str) -> int:
    """Index of a station by its id.

    Raises:
        Misuse: There is none.
    """
    for at, station in enumerate(definition.stations):
        if station.id == name:
            return at
    raise Misuse(
        f"there is no station {name!r}; there are {', '.join(item.id for item in definition.stations)}"
    )


def wanted(definition: Definition, station: int) -> tuple[Line, ...]:
    """The lines of a station's count, in the order they are asked for."""
    lines: list[Line] = [("", "(electors)"), ("", "(signatures)")]
    for at in definition.style(station):
        contest = definition.contests[at]
        lines += [(contest.id, line) for line in ("(ballots)", "(blank)", "(invalid)")]
        if addable(contest):
            lines += [(contest.id, option.id) for option in contest.options]
    return tuple(lines)


def read_figures(text: str, definition: Definition, station: int) -> dict[Line, int]:
    """Read a count from CSV.

    Raises:
        Misuse: A line is missing, unknown, there twice, or holds no whole number.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    known, found = wanted(definition, station), {}
    try:
        rows = [[cell.strip() for cell in row] for row in reader if row]
    except csv.Error as error:
        raise Misuse(f"not a CSV file: {error}") from None
    if not rows or rows[0] != _COLUMNS:
        raise Misuse(f"the first line must be {','.join(_COLUMNS)}")
    for row in rows[1:]:
        line = (row[0], row[1]) if len(row) == 3 else ("", "")
        if line not in known or line in found:
            raise Misuse(f"line {','.join(row)[:80]!r}: unknown, or there twice")
        found[line] = _number(row[2], line)
    missing = [line for line in known if line not in found]
    if missing:
        raise Misuse(f"missing: {', '.join(_name(line) for line in missing)}")
    return found


def type_count(
    workspace: Workspace, authority: Authority, station: int, figures: Figures, typist: Typist, now: int
) -> bytes | None:
    """Keep the first typing of a count; with the second, which must be the same, make the statement.

    Args:
        workspace: Of the officer.
        authority: Opened.
        station: Index.
        figures: A number for each line that is wanted.
        typist: Who typed them.
        now: Unix seconds.

    Returns:
        None after the first person; the fingerprint of the count after the second.

    Raises:
        Refused: T-204 the opening is requested; T-302 the count of this station is decided already; T-305 its
            machines have opened and are not left out; T-304, with the lines that differ; V-621, the figures
            contradict each other.
    """
    with folder_lock(workspace.folder):
        dossier = workspace.dossier()
        _check_allowed(workspace, dossier, station)
        definition = dossier.manifest.definition
        _content(definition, station, figures, (typist.name, "second"), typist, now)
        path = _draft_path(workspace, definition, station)
        first = _read_first(path)
        if first is None or first[0] == typist.name:
            write_private(path, _write_first(typist.name, figures))
            return None
        differing = [_name(line) for line in wanted(definition, station) if first[1][line] != figures[line]]
        if differing:
            raise Refused("T-304", f"station {definition.stations[station].id}", ", ".join(differing))
        content = _content(definition, station, figures, (first[0], typist.name), typist, now)
        raw = authority.sign(StatementType.PAPER_COUNT, workspace.mode, dossier.fingerprint, content)
        workspace.write(f"paper/{safe_name(definition.stations[station].id)}.cose", raw)
        path.unlink()
    return read_statement(raw).fingerprint


def _check_allowed(workspace: Workspace, dossier: Dossier, station: int) -> None:
    name = f"station {dossier.manifest.definition.stations[station].id}"
    if workspace.is_requested:
        raise Refused("T-204", name)
    if any(item.subject == station for item in dossier.decided(DecisionKind.PAPER)):
        raise Refused("T-302", name, Fact("its count on paper is decided"))
    for at, machine in enumerate(dossier.manifest.machines):
        opened = dossier.days[at].zero is not None
        if machine.station == station and opened and at not in dossier.excluded():
            raise Refused("T-305", name, Fact("machine {machine} is not left out", machine=machine.name))


def _content(
    definition: Definition,
    station: int,
    figures: Figures,
    typed: tuple[str, str],
    typist: Typist,
    now: int,
) -> PaperCount:
    """The statement's content, checked.

    Raises:
        Refused: V-621.
    """
    contests = []
    for at in definition.style(station):
        contest = definition.contests[at]
        options = contest.options if addable(contest) else ()
        contests.append(
            PaperContest(
                contest=at,
                ballots=figures[contest.id, "(ballots)"],
                blank=figures[contest.id, "(blank)"],
                invalid=figures[contest.id, "(invalid)"],
                votes=tuple(figures[contest.id, option.id] for option in options),
            )
        )
    electors, signatures = figures["", "(electors)"], figures["", "(signatures)"]
    count = PaperCount(station, electors, signatures, tuple(contests), typed, typist.reason, now)
    check_paper_count(definition, count)
    return count


def half_typed(workspace: Workspace, definition: Definition) -> frozenset[int]:
    """Stations whose count one person has typed, and nobody else so far."""
    stations = range(len(definition.stations))
    return frozenset(at for at in stations if _draft_path(workspace, definition, at).exists())


def _draft_path(workspace: Workspace, definition: Definition, station: int) -> Path:
    name = f"{safe_name(definition.stations[station].id)}.json"
    return workspace.private_of_mode / "paper" / name


def _write_first(name: str, figures: Figures) -> bytes:
    rows = [[contest, line, number] for (contest, line), number in figures.items()]
    return json.dumps({"name": name, "figures": rows}, ensure_ascii=False).encode()


def _read_first(path: Path) -> tuple[str, dict[Line, int]] | None:
    if not path.exists():
        return None
    found = json.loads(read_bytes(path))
    return found["name"], {(contest, line): number for contest, line, number in found["figures"]}


def _number(text: str, line: Line) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:9]) > _MOST or len(text) > 9:
        raise Misuse(f"{_name(line)}: {text[:20]!r} is not a whole number up to {_MOST}")
    return int(text)


def _name(line: Line) -> str:
    return f"{line[0]} {line[1]}".strip()
