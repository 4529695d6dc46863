"""The sheet of a list of electors: its bytes as text, cut into lines, its headings found."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from keys.findings import Fact
from tally.roll.headings import Column, column_of

__all__ = ["Problem", "Sheet", "Unusable", "read_sheet"]

_DELIMITERS = (";", "\t", ",", "|")
_WINDOWS = {"cs": "cp1250", "ro": "cp1250", "et": "cp1257"}
"""What a spreadsheet writes on an old machine of these languages; elsewhere cp1252."""
_HEADINGS_WITHIN = 10
"""Lines in which the headings are looked for: a title may stand above them."""

_MAX_COLUMNS = 500
"""Of a line: a list of electors has some twenty."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a list from being used, or what somebody should look at."""

    line: int | None
    """Line of the file, from 1; None where it is about the whole."""
    text: str

    def __str__(self) -> str:
        return self.text if self.line is None else f"line {self.line}: {self.text}"


class Unusable(Exception):
    """The file is no sheet; holds a `Problem`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was cut into cells, and what was guessed to do so."""

    encoding: str
    delimiter: str
    columns: tuple[tuple[str, Column | None], ...]
    """Heading, and what it was taken for."""
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    """Number and cells of every line below the headings that is not empty."""


def read_sheet(data: bytes, language: str) -> Sheet:
    """Read the bytes of a file that a spreadsheet wrote.

    Args:
        data: The whole file.
        language: Of the town, to tell apart what has no mark of its own.

    Raises:
        Unusable: No text, no table, or no headings that we know.
    """
    text, encoding = _decode(data, language)
    best: Sheet | None = None
    failed: Unusable | None = None
    for delimiter in _DELIMITERS:
        try:
            sheet = _cut(text, encoding, delimiter)
        except Unusable as unusable:
            failed = failed or unusable
            continue
        if best is None or _known(sheet) > _known(best):
            best = sheet
    if best is not None:
        return best
    if failed is not None:
        raise failed
    raise Unusable(Problem(None, Fact("the list is empty")))


def _decode(data: bytes, language: str) -> tuple[str, str]:
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    encodings = [name for mark, name in marks if data.startswith(mark)]
    for encoding in encodings or ["utf-8", _WINDOWS.get(language, "cp1252")]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, encoding
    raise Unusable(Problem(None, Fact("this is no text; save the list as CSV, UTF-8")))


def _cut(text: str, encoding: str, delimiter: str) -> Sheet:
    rows = list(_rows(text, delimiter))
    for index, (_, cells) in enumerate(rows[:_HEADINGS_WITHIN]):
        columns = tuple((cell, column_of(cell)) for cell in cells)
        if len({column for _, column in columns if column}) >= 2:
            while columns and not columns[-1][0]:
                columns = columns[:-1]
            return Sheet(encoding, delimiter, columns, tuple(rows[index + 1 :]))
    raise Unusable(
        Problem(
            None, Fact("no line of headings was found, such as: number; surname; given names; born; station")
        )
    )


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if len(row) > _MAX_COLUMNS and "".join(row[_MAX_COLUMNS:]).strip():
                raise Unusable(Problem(line, f"more than {_MAX_COLUMNS} columns"))
            cells = tuple(cell.strip() for cell in row[:_MAX_COLUMNS])
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unusable(Problem(line, f"it cannot be cut into cells ({error})")) from None


def _known(sheet: Sheet) -> tuple[int, int]:
    return sum(column is not None for _, column in sheet.columns), len(sheet.columns)
