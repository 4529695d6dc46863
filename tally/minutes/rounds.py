"""How a contest was counted, step by step: sentences, and tables that fit a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from keys.desk.language import Language
from keys.desk.together import Together
from keys.paper.document import MAX_COLUMNS, Block, Heading, Table, Text
from tally.count.message import Message
from tally.count.outcome import Cell, Outcome, Round, Word
from tally.telling.option_names import message_with, with_names
from tally.telling.sentences import figure, sentence

__all__ = ["Names", "rendered", "rounds"]

_SIGNS = 60
"""Letters of a row's numbers with two blanks each: what is left beside the names of the options."""
_DECIMALS = 5


Names = Callable[[Language], Mapping[str, str]]
"""Names of options in a language, by those of the count."""


def rendered(message: Message, language: Together, names: Names) -> str:
    """A sentence of the count in the languages of the paper."""
    return language.each(lambda one: sentence(message_with(message, names(one)), one))


def rounds(counted: Outcome, language: Together, names: Names) -> list[Block]:
    """The steps of the count: what happened and why, with their tables."""
    outcome = with_names(counted, names(language.stacked()))
    blocks: list[Block] = [Heading(language.say("How it was counted"), 2)]
    stages = _transfers(outcome)
    if stages:
        return [*blocks, *_sentences(stages, language, names), *_stage_tables(outcome, stages, language)]
    for step in outcome.rounds:
        blocks.append(Text(rendered(step.title, language, names), bold=True))
        blocks += [Text(rendered(line, language, names), small=True) for line in _new(step, outcome)]
        blocks.append(_round_table(step, outcome, language))
    return blocks


def _new(step: Round, outcome: Outcome) -> Sequence[Message]:
    """Its sentences but for the verdict, which stands above in bold."""
    return [line for line in step.sentences if line != outcome.verdict]


def _transfers(outcome: Outcome) -> Sequence[Round]:
    """The stages of a count by transfers; nothing where a rule has no such stages."""
    rows = outcome.rounds
    return rows if len(rows) > 1 and all(step.columns[:2] == ("Option", "Votes") for step in rows) else ()


def _sentences(stages: Sequence[Round], language: Together, names: Names) -> list[Block]:
    blocks: list[Block] = []
    for at, step in enumerate(stages, 1):
        title = rendered(step.title, language, names)
        blocks.append(Text(f"{language.number(at)}. {title}", bold=True, small=True))
        blocks += [Text(rendered(line, language, names), small=True) for line in step.sentences]
    return blocks


def _stage_tables(outcome: Outcome, stages: Sequence[Round], language: Together) -> list[Block]:
    """Votes of each option at the end of every stage: an option a row, a stage a column."""
    blocks: list[Block] = [Text(language.say("Votes at the end of each step"), bold=True)]
    names = list(outcome.options)
    names += [str(row[0]) for row in stages[-1].rows if row[0] not in outcome.options]
    votes = [_votes(name, stages, language) for name in names]
    for start, end in _parts(len(stages), max(len(text) for row in votes for text in row)):
        header = (language.stacked().say("Option"), *(str(at + 1) for at in range(start, end)))
        rows = [
            (name if name in outcome.options else language.wording(name), *row[start:end])
            for name, row in zip(names, votes, strict=True)
        ]
        blocks.append(Table(header, tuple(rows), "l".ljust(len(header), "r")))
    return blocks


def _parts(stages: int, longest: int) -> list[tuple[int, int]]:
    """From which stage to which each table goes: as few tables as fit a page's width, all of one size."""
    tables = -(-stages // min(MAX_COLUMNS - 1, max(1, _SIGNS // (longest + 2))))
    return [(stages * at // tables, stages * (at + 1) // tables) for at in range(tables)]


def _votes(name: str, stages: Sequence[Round], language: Together) -> list[str]:
    found = []
    for step in stages:
        cell = next((row[1] for row in step.rows if row[0] == name), None)
        found.append("-" if cell is None or isinstance(cell, str) else _cut(language)(cell))
    return found


def _round_table(step: Round, outcome: Outcome, language: Together) -> Block:
    if len(step.columns) > MAX_COLUMNS:
        return Text(language.say("This table is too wide for paper: it is in results.json."), small=True)
    matrix = step.columns[1:] == outcome.options
    numbers = [
        bool(step.rows) and all(not isinstance(row[at], str) for row in step.rows)
        for at in range(len(step.columns))
    ]
    rows = [[_cell(cell, language) for cell in row] for row in step.rows]
    header = [language.stacked().wording(column) for column in step.columns]
    if matrix:  # names of the options would not fit into the head: their places stand there
        header = [header[0], *(str(at + 1) for at in range(len(outcome.options)))]
        rows = [[f"{outcome.options.index(row[0]) + 1}. {row[0]}", *row[1:]] for row in rows]
    align = "".join("r" if number else "l" for number in numbers)
    return Table(tuple(header), tuple(tuple(row) for row in rows), align)


def _cell(cell: Cell, language: Together) -> str:
    """A cell; names are nobody's to translate."""
    if isinstance(cell, str):
        return language.wording(cell) if isinstance(cell, Word) and cell else cell
    return figure(cell, language)


def _cut(language: Together) -> Callable[[int | Fraction], str]:
    """Numbers of the wide tables: more decimals than five are left to the sentences and to results.json."""

    def shown(value: int | Fraction) -> str:
        if isinstance(value, int):
            return language.number(value)
        whole = Fraction(int(value * 10**_DECIMALS), 10**_DECIMALS)
        return figure(whole, language)

    return shown
