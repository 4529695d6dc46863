"""Rolls: a town's list of electors, brought to its stations.

Owns how a CSV file of any town becomes the electors of each station. What had to be guessed (encoding,
delimiter, columns) is shown; nothing is half imported: one problem in one line keeps the whole list out,
and all are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keys.election.definition import Definition, Station
from keys.election.roll import Elector
from keys.findings import Fact, Refused
from tally.roll.headings import Column
from tally.roll.people import read_elector
from tally.roll.proxies import proxy_faults
from tally.roll.sheet import Problem, Sheet, Unusable, read_sheet

__all__ = ["Problem", "RollMistakes", "RollPreview", "read_roll"]

_JOINED = frozenset({Column.SURNAME, Column.GIVEN_NAMES, Column.ADDRESS})
_LAST_NUMBER = 1_000_000
_MOST_SHOWN = 100


class RollMistakes(Refused):
    """A list that cannot be used (T-601), with everything that is wrong in it.

    Attributes:
        problems: Each with its line.
    """

    def __init__(self, subject: str, problems: Sequence[Problem]) -> None:
        super().__init__("T-601", subject, "; ".join(map(str, problems[:_MOST_SHOWN])))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """One line for the whole, one for each problem."""
        count = len(self.problems)
        head = f"{self.code} {self.subject}: {self.finding.title}, {count} {'problem' if count == 1 else 'problems'}."
        shown = [f"  {problem}" for problem in self.problems[:_MOST_SHOWN]]
        more = [f"  and {count - _MOST_SHOWN} more"] if count > _MOST_SHOWN else []
        return "\n".join([head, *shown, *more, self.finding.remedy])


@dataclass(frozen=True, slots=True)
class RollPreview:
    """What a list would bring; nothing of it is used yet."""

    encoding: str
    delimiter: str
    columns: tuple[tuple[str, str], ...]
    """Heading, and what it was taken for; empty where it is left out."""
    electors: Mapping[int, tuple[Elector, ...]]
    """By index of the station, rising by number; what could be read, also where there are problems."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    def accept(self, name: str) -> Mapping[int, tuple[Elector, ...]]:
        """The electors of each station that is on the list.

        Args:
            name: What to call the list in a refusal.

        Raises:
            RollMistakes: T-601, there is a problem, so that nothing is used.
        """
        if self.problems:
            raise RollMistakes(name, self.problems)
        return self.electors


def read_roll(data: bytes, definition: Definition) -> RollPreview:
    """Read a town's list.

    Args:
        data: The whole file: UTF-8, UTF-16 with its mark, or what Windows writes in the town's language.
        definition: Says which stations there are, and how long their rolls may be.
    """
    try:
        sheet = read_sheet(data, definition.language)
    except Unusable as unusable:
        return RollPreview("", "", (), {}, (unusable.args[0],), ())
    reader = _Reader(sheet, definition)
    reader.read()
    return RollPreview(
        sheet.encoding,
        sheet.delimiter,
        tuple((heading, str(column or "")) for heading, column in sheet.columns),
        {station: tuple(found[n] for n in sorted(found)) for station, found in sorted(reader.found.items())},
        tuple(reader.problems),
        tuple(reader.warnings),
    )


class _Reader:
    """Goes through a sheet line by line and notes every problem."""

    def __init__(self, sheet: Sheet, definition: Definition) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.found: dict[int, dict[int, Elector]] = {}
        self._sheet = sheet
        self._definition = definition
        self._stations = _station_names(definition.stations)
        self._lines: dict[tuple[int, int], int] = {}
        self._people: dict[tuple[str, ...], int] = {}
        self._references: dict[str, int] = {}

    def read(self) -> None:
        self._check_columns()
        if self.problems:
            return
        for line, cells in self._sheet.lines:
            try:
                self._read_line(line, cells)
            except ValueError as error:
                self.problems.append(Problem(line, error.args[0]))
        self._check_lengths()
        self._check_proxies()

    def _check_columns(self) -> None:
        counts = Counter(column for _, column in self._sheet.columns if column)
        for column, count in counts.items():
            if count > 1 and column not in _JOINED:
                self.problems.append(Problem(None, f"{count} columns are called {column}; keep one"))
        needed = {
            Column.NUMBER: Fact("no column holds the number of the paper list"),
        }
        if not counts.keys() & {Column.SURNAME, Column.BIRTH_NAME, Column.USED_NAME}:
            self.problems.append(Problem(None, Fact("no column holds the surname")))
        if len(self._definition.stations) > 1:
            needed[Column.STATION] = Fact("no column holds the station")
        for column, what in needed.items():
            if column not in counts:
                self.problems.append(Problem(None, what))

    def _read_line(self, line: int, cells: tuple[str, ...]) -> None:
        columns = self._sheet.columns
        if len(cells) < len(columns) or any(cells[len(columns) :]):
            raise ValueError(
                Fact(
                    "cells: {cells}; headings: {headings}; they should be as many",
                    cells=len(cells),
                    headings=len(columns),
                )
            )
        values: dict[Column, list[str]] = {column: [] for column in Column}
        for (_, column), cell in zip(columns, cells, strict=False):
            if column is not None and cell:
                values[column].append(cell)
        texts = {column: " ".join(parts) for column, parts in values.items()}
        station = self._station(texts[Column.STATION])
        elector = read_elector(texts, self._definition)
        self._check_once(line, station, elector)
        self.found.setdefault(station, {})[elector.number] = elector

    def _station(self, text: str) -> int:
        if Column.STATION not in {column for _, column in self._sheet.columns}:
            return 0
        key = _station_key(text)
        if key not in self._stations:
            raise ValueError(
                Fact("there is no station '{name}'", name=text[:40]) if text else Fact("no station is named")
            )
        return self._stations[key]

    def _check_once(self, line: int, station: int, elector: Elector) -> None:
        first = self._lines.setdefault((station, elector.number), line)
        if first != line:
            raise ValueError(
                Fact(
                    "number {number} is already that of line {line}, at the same station",
                    number=elector.number,
                    line=first,
                )
            )
        if elector.reference:
            first = self._references.setdefault(elector.reference, line)
            if first != line:
                raise ValueError(f"the reference is already that of line {first}")
        person = (elector.surname, elector.given_names, elector.born)
        first = self._people.setdefault(tuple(word.casefold() for word in person), line)
        if first != line:
            self.warnings.append(
                Problem(line, Fact("same name and date of birth as line {line}", line=first))
            )

    def _check_lengths(self) -> None:
        for index, station in enumerate(self._definition.stations):
            count = len(self.found.get(index, {}))
            if count > station.electors:
                text = Fact(
                    "station {station}, electors: {count} here, {most} in the definition",
                    station=station.id,
                    count=count,
                    most=station.electors,
                )
                self.problems.append(Problem(None, text))
            elif count == 0:
                self.warnings.append(
                    Problem(None, Fact("nobody here votes at station {station}", station=station.id))
                )
            room = self._definition.additions * len(station.machines)
            if max(self.found.get(index, {0: None})) + room > _LAST_NUMBER:
                self.problems.append(Problem(None, f"station {station.id} has no numbers left for additions"))
        if not self.found and not self.problems:
            self.problems.append(Problem(None, Fact("there is nobody on it")))

    def _check_proxies(self) -> None:
        for station, electors in sorted(self.found.items()):
            for number, fault in proxy_faults(electors, self._definition.proxies):
                self.problems.append(Problem(self._lines[station, number], fault))


def _station_names(stations: Sequence[Station]) -> dict[str, int]:
    """Ids, and names that are unique, as keys of stations; an id goes before a name."""
    keys = [_station_key(station.name) for station in stations]
    names = {key: index for index, key in enumerate(keys) if keys.count(key) == 1}
    return names | {_station_key(station.id): index for index, station in enumerate(stations)}


def _station_key(text: str) -> str:
    """6, 06 and 0006 are one station; so are École and école."""
    plain = " ".join(text.casefold().split())
    return str(int(plain)) if plain.isascii() and plain.isdigit() else plain
