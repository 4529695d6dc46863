"""The tables [[contest.option]] of the definition file."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from keys.election.definition import Option
from tally.definition.table import Table

__all__ = ["SHORT", "read_options"]

SHORT = 60
"""Most letters of a name that every screen can show."""
_NAME = 400
_DESCRIPTION = 2000
_MEMBERS = 100


def read_options(contest: Table, languages: Sequence[str]) -> tuple[Option, ...]:
    """Read the options of a contest and note their mistakes.

    Where one option has a short name, all have: the name itself stands in where it is short enough.

    Args:
        contest: The table that holds them.
        languages: Of the vote; empty if they are not known because of another mistake.
    """
    tables = contest.tables("option", 240, by_id=False)
    options = [_read_option(table, languages) for table in tables]
    long = any(len(name) > SHORT for option in options for name in option.name.values())
    if long or any(option.short_name is not None for option in options):
        options = [_with_short_name(*pair) for pair in zip(tables, options, strict=True)]
    _check_once(tables, options)
    return tuple(options)


def _read_option(table: Table, languages: Sequence[str]) -> Option:
    id_ = table.raw("id", required=True)
    if type(id_) is int:
        id_ = str(id_)
    elif id_ is not None:
        id_ = table.text("id", 64)
    option = Option(
        id=str(id_ or ""),
        name=table.texts("name", languages, _NAME, required=True) or {},
        short_name=table.texts("short_name", languages, SHORT, required=False),
        cost=table.amount("cost"),
        members=table.lines("members", _MEMBERS, 200) or None,
        description=table.texts("description", languages, _DESCRIPTION, required=False),
    )
    table.finish()
    return option


def _with_short_name(table: Table, option: Option) -> Option:
    short = dict(option.short_name or {})
    for language, name in option.name.items():
        if language not in short and len(name) > SHORT:
            table.mistake(
                "short_name",
                f"the name in {language} has {len(name)} letters; give a short one of at most {SHORT}",
            )
    for language in short:
        if language not in option.name:
            table.mistake("short_name", f"there is no name in {language}")
    return dataclasses.replace(
        option, short_name={language: short.get(language, name) for language, name in option.name.items()}
    )


def _check_once(tables: Sequence[Table], options: Sequence[Option]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for number, (table, option) in enumerate(zip(tables, options, strict=True), 1):
        words = [("id", option.id)]
        words += [("name", f"{language} {name.casefold()}") for language, name in option.name.items()]
        short = (option.short_name or {}).items()
        words += [("short_name", f"{language} {name.casefold()}") for language, name in short]
        for word in words:
            if word[1] and word in seen and table.sound("name"):  # a name's own short form needs no word
                table.mistake(word[0], f"the same as that of option {seen[word]}")
            seen.setdefault(word, number)
