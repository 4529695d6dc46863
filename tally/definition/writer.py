"""Write a definition as a file that a town clerk can go on with."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping

from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.rules import Rule
from tally.definition.contests import default_form

__all__ = ["write_definition"]


def write_definition(definition: Definition) -> str:
    """The text of a definition file that reads back to the same definition.

    Args:
        definition: As `read_definition` gives it.
    """
    blocks = [
        _table("[election]", _election(definition)),
        _table("[trustees]", {"names": definition.trustees, "threshold": definition.threshold}),
        _table("[board]", {"members": definition.board, "signers": definition.signers}),
        *(_table("[[station]]", _station(station)) for station in definition.stations),
    ]
    for contest in definition.contests:
        blocks.append(_table("[[contest]]", _contest(contest, definition)))
        blocks += [
            _table("  [[contest.option]]", _option(option, definition.language), indent="  ")
            for option in contest.options
        ]
    blocks += [_table("[[wording]]", dataclasses.asdict(item)) for item in definition.wording]
    return "\n".join(blocks)


_Values = Mapping[str, object]


class _Bare(str):
    """A value that is written without quotes: a date and time."""

    __slots__ = ()


def _election(definition: Definition) -> _Values:
    return {
        "title": _texts(definition.title, definition.language),
        "town": definition.town,
        "opens": _Bare(definition.opens + ":00"),
        "closes": _Bare(definition.closes + ":00"),
        "timezone": definition.timezone,
        "languages": definition.languages,
        "help_phone": definition.help_phone,
        "small_number": definition.small_number,
        "reserve": definition.reserve,
        "cards": definition.cards,
        "minutes_per_visit": definition.minutes_per_visit,
        "demonstration": definition.demonstration,
        "challenge": definition.challenge,
        "proxies": definition.proxies,
        "additions": definition.additions,
        "proxies_at_desk": definition.proxies_at_desk,
    }


def _station(station: Station) -> _Values:
    return {
        "id": station.id,
        "name": station.name,
        "address": station.address,
        "electors": station.electors,
        "machines": station.machines if station.machines != (station.id,) else None,
    }


def _contest(contest: Contest, definition: Definition) -> _Values:
    everywhere = contest.stations == tuple(range(len(definition.stations)))
    form = default_form(Rule(contest.rule))
    single = contest.least == contest.most == 1
    return {
        "id": contest.id,
        "title": _texts(contest.title, definition.language),
        "description": _texts(contest.description, definition.language),
        "rule": contest.rule,
        "form": contest.form if contest.form != form else None,
        "choose": 1 if single else (contest.least, contest.most),
        "points_each": contest.points_each,
        "spend": contest.spend,
        **{field.name: getattr(contest.terms, field.name) for field in dataclasses.fields(Terms)},
        **({"grades": _grades(contest, definition.language)} if contest.grade_names else {}),
        "currency": contest.currency,
        "order": contest.order if contest.order != "defined" else None,
        "stations": None if everywhere else tuple(definition.stations[i].id for i in contest.stations),
    }


def _grades(contest: Contest, language: str) -> tuple[object, ...]:
    return tuple(_texts(texts, language) for texts in contest.grade_names or ())


def _option(option: Option, language: str) -> _Values:
    return {
        "id": option.id,
        "name": _texts(option.name, language),
        "short_name": _texts(option.short_name, language) if option.short_name != option.name else None,
        "cost": option.cost,
        "members": option.members,
        "description": _texts(option.description, language),
    }


def _texts(texts: Mapping[str, str] | None, language: str) -> object:
    """A plain line where the first language is the only one."""
    return texts[language] if texts is not None and set(texts) == {language} else texts


def _table(head: str, values: _Values, indent: str = "") -> str:
    lines = [f"{indent}{name} = {_value(value)}" for name, value in values.items() if value is not None]
    return "\n".join([head, *lines, ""])


def _value(value: object) -> str:
    if isinstance(value, _Bare):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(_items(value)) + "]"
    # A JSON string is a TOML basic string, as no text holds a control character.
    return json.dumps(value, ensure_ascii=False)


def _items(values: tuple[object, ...]) -> Iterator[str]:
    return (_value(value) for value in values)
