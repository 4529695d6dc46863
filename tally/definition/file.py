"""The definition file, `election.toml`: read into a definition, with all mistakes at once, and written again.

Owns the form of the file. A TOML syntax error is named with its line; everything else that is wrong is
noted with its path and reported together. What is allowed but may not work on the day is a warning.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from keys.election.definition import Definition
from keys.findings import Refused
from tally.definition.cautions import cautions
from tally.definition.contests import read_contests
from tally.definition.stations import read_stations
from tally.definition.table import Log, Note, Table
from tally.definition.vote import read_election, read_people
from tally.definition.wordings import read_wordings
from tally.definition.writer import write_definition

__all__ = ["DefinitionMistakes", "Note", "read_definition", "write_definition"]

_SHORT_MOMENT = re.compile(
    r"^([ \t]*(?:opens|closes)[ \t]*=[ \t]*\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?=[ \t]*(?:#|\r?$))", re.M
)
_LINE = re.compile(r"^(.*) \(at line (\d+), column (\d+)\)$", re.S)
_END = re.compile(r"^(.*) \(at end of document\)$", re.S)


class DefinitionMistakes(Refused):
    """A definition that cannot be used (T-501), with everything that is wrong in it.

    Attributes:
        mistakes: Each with its path, in the order of the file as far as it can be told.
    """

    def __init__(self, subject: str, mistakes: Sequence[Note]) -> None:
        super().__init__("T-501", subject, "; ".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)

    def __str__(self) -> str:
        """One line for the whole, one for each mistake."""
        count = len(self.mistakes)
        head = f"{self.code} {self.subject}: {self.finding.title}, {count} {'place' if count == 1 else 'places'}."
        return "\n".join([head, *(f"  {mistake}" for mistake in self.mistakes), f"{self.finding.remedy}"])


def read_definition(text: str, name: str) -> tuple[Definition, tuple[Note, ...]]:
    """Read a definition file.

    Args:
        text: The whole file.
        name: What to call it in a refusal.

    Returns:
        The definition, and warnings with their paths.

    Raises:
        DefinitionMistakes: T-501, with all mistakes; after a syntax error, with this one only.
    """
    log = Log()
    root = Table(_parse(text, name), "", log)
    election = read_election(root)
    people = read_people(root)
    stations = read_stations(root, election.additions)
    contests = read_contests(root, stations, election.languages)
    wording = read_wordings(root, election.languages)
    root.finish()
    if log.mistakes:
        raise DefinitionMistakes(name, log.mistakes)
    definition = Definition(
        wording=wording,
        contests=contests,
        stations=stations,
        trustees=people.trustees,
        threshold=people.threshold,
        board=people.board,
        signers=people.signers,
        **{field: getattr(election, field) for field in election.__slots__},
    )
    try:
        definition.to_content()
    except Refused as refused:  # a limit of the record that no check above knows
        path = refused.subject.removeprefix("Definition, ")
        raise DefinitionMistakes(name, [Note(path, refused.detail)]) from None
    return definition, cautions(definition, log.gaps)


def _parse(text: str, name: str) -> dict[str, object]:
    text = text.removeprefix("\ufeff")
    try:
        return tomllib.loads(text)
    except ValueError:
        # TOML 1.0 demands seconds where a clerk writes none.
        text = _SHORT_MOMENT.sub(r"\1:00", text)
    except RecursionError:
        pass
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise DefinitionMistakes(name, [Note("", "brackets within brackets, far too deep")]) from None
    except ValueError as error:  # a syntax error, or a number of thousands of digits
        raise DefinitionMistakes(name, [_syntax(str(error), text)]) from None


def _syntax(message: str, text: str) -> Note:
    if found := _LINE.match(message):
        return Note(f"line {found[2]}, column {found[3]}", found[1])
    if found := _END.match(message):
        return Note(f"line {len(text.splitlines())}, its end", found[1])
    return Note("", message)
