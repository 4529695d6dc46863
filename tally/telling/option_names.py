"""The names of options in a count, in a language of its reader; a count itself speaks the first of the vote. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from keys.desk.language import Language
from keys.election.definition import Contest
from tally.count.message import Message, Word
from tally.count.outcome import Outcome, Round

__all__ = ["message_with", "names_in", "with_names"]


def names_in(contest: Contest, counted: Sequence[str], language: Language) -> dict[str, str]:
    """What to say for each name of a count; a name that two options share stays as it is.

    Args:
        contest: Holds the names in all languages.
        counted: Names in the count, in the order of the options.
        language: Of the reader, or several.
    """
    often = Counter(counted)
    pairs = zip(counted, contest.options, strict=True)
    return {name: language.text(option.name) for name, option in pairs if often[name] == 1}


def with_names(outcome: Outcome, names: Mapping[str, str]) -> Outcome:
    """A count whose tables have other names; its sentences get them one by one, with `message_with`."""
    rounds = tuple(_renamed(step, outcome, names) for step in outcome.rounds)
    return replace(outcome, options=tuple(names.get(name, name) for name in outcome.options), rounds=rounds)


def message_with(message: Message, names: Mapping[str, str]) -> Message:
    """A sentence of a count with other names; words of ours stay."""
    args = {
        key: tuple(names.get(name, name) for name in value)
        if isinstance(value, tuple)
        else names.get(value, value)
        if isinstance(value, str) and not isinstance(value, Word)
        else value
        for key, value in message.args.items()
    }
    return replace(message, args=args)


def _renamed(step: Round, outcome: Outcome, names: Mapping[str, str]) -> Round:
    columns = step.columns
    if columns[1:] == outcome.options:  # a table of options against options
        columns = (*columns[:1], *(names.get(name, name) for name in columns[1:]))
    rows = tuple(
        tuple(names.get(cell, cell) if type(cell) is str else cell for cell in row) for row in step.rows
    )
    return replace(step, columns=columns, rows=rows)
