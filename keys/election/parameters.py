"""Parameters of a rule: read from the definition, and all mistakes found at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from keys.election.rules import (
    RULES,
    Base,
    Completion,
    Rule,
    RuleParameters,
    Satisfaction,
    Support,
    TiePolicy,
)

__all__ = ["Mistake", "mistakes", "read_parameters"]

_T = TypeVar("_T")
_SHARE = re.compile(r"(\d{1,6})/(\d{1,6})|(\d{1,3})(?:[.,](\d{1,6}))? ?%", re.ASCII)
_ENUMS: dict[str, type[Base] | type[Completion] | type[Satisfaction] | type[Support] | type[TiePolicy]] = {
    "threshold_base": Base,
    "quorum_base": Base,
    "quorum_counts": Support,
    "completion": Completion,
    "satisfaction": Satisfaction,
    "ties": TiePolicy,
}
_COUNTS = ("seats", "budget", "max_winners", "exactly")
_SHARES = ("threshold", "quorum", "majority", "support", "bonus")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A parameter that cannot be used."""

    field: str
    """Its name in the definition."""
    text: str
    """What was expected, what was found."""


def read_parameters(table: Mapping[str, Any]) -> tuple[RuleParameters, tuple[Mistake, ...]]:
    """Read a table of the definition.

    Shares are texts, `"5 %"` or `"1/4"`, so that they are exact. `tie_order` holds numbers of options,
    from 1, and `qualified` is true or false.

    Args:
        table: Field names and values as TOML gives them; none of it is trusted.

    Returns:
        The parameters, without the fields that could not be read, and all mistakes.
    """
    found: dict[str, Any] = {}
    wrong: list[Mistake] = []
    for name, value in table.items():
        try:
            found[name] = _read(name, value)
        except ValueError as reason:
            wrong.append(Mistake(name, str(reason)))
    return RuleParameters(**found), tuple(wrong)


def _read(name: str, value: object) -> object:
    if name in _COUNTS:
        return _count(value)
    if name in _SHARES:
        return _share(value)
    if name in _ENUMS:
        kinds = _ENUMS[name]
        allowed = [str(kind) for kind in kinds]
        if value not in allowed:
            raise ValueError(f"one of {', '.join(allowed)} was expected, found {value!r}")
        return kinds(value)
    if name == "qualified":
        if not isinstance(value, bool):
            raise ValueError(f"true or false was expected, found {value!r}")
        return value
    if name == "points":
        return _several(value, _count)
    if name == "grades":
        return _several(value, _word)
    if name == "tie_order":
        return tuple(number - 1 for number in _several(value, _count))
    raise ValueError("no rule has a parameter of this name")


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"a whole number of at least 1 was expected, found {value!r}")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"a text was expected, found {value!r}")
    return value


def _several(value: object, one: Callable[[object], _T]) -> tuple[_T, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"a list was expected, found {value!r}")
    return tuple(one(item) for item in value)


def _share(value: object) -> Fraction:
    found = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'a share such as "5 %" or "1/4" was expected, as text, found {value!r}')
    above, below, whole, part = found.groups()
    if below is not None:
        if int(below) == 0:
            raise ValueError("a share cannot be divided by 0")
        share = Fraction(int(above), int(below))
    else:
        part = part or ""
        share = Fraction(int(whole + part), 100 * 10 ** len(part))
    if share > 1:
        raise ValueError(f"a share of at most the whole was expected, found {value!r}")
    return share


def mistakes(rule: Rule, parameters: RuleParameters, options: int, costs: bool) -> tuple[Mistake, ...]:
    """Say everything that keeps a rule from being counted with these parameters.

    Args:
        rule: The rule.
        parameters: As stated.
        options: Number of options of the contest.
        costs: Whether every option has a cost.
    """
    info = RULES[rule]
    plain = RuleParameters()
    wrong: list[Mistake] = []
    stated = {name for name in RuleParameters.__slots__ if getattr(parameters, name) != getattr(plain, name)}
    wrong += [Mistake(name, f"the rule {rule} has no such parameter") for name in sorted(stated - info.known)]
    for name in sorted(info.needs):
        missing = not costs if name == "costs" else getattr(parameters, name) is None
        if missing:
            wrong.append(Mistake(name, f"the rule {rule} needs it"))
    fewest, most = info.options
    if options < fewest or (most is not None and options > most):
        wrong.append(
            Mistake(
                "options",
                f"the rule {rule} takes {fewest} to {most or 'any number of'} options, found {options}",
            )
        )
    wrong += _ties(parameters, options) + _special(rule, parameters, options, costs)
    return tuple(wrong)


def _ties(parameters: RuleParameters, options: int) -> list[Mistake]:
    if parameters.ties is TiePolicy.LOT:
        if parameters.tie_order:
            return [Mistake("tie_order", "a lot has no order fixed before")]
        return []
    if sorted(parameters.tie_order) != list(range(options)):
        return [Mistake("tie_order", f"every option once, 1 to {options}, was expected")]
    return []


def _special(rule: Rule, parameters: RuleParameters, options: int, costs: bool) -> list[Mistake]:
    wrong: list[Mistake] = []
    if rule is Rule.RANKED_POINTS:
        if parameters.budget is not None and not costs:
            wrong.append(Mistake("costs", "a budget needs the cost of every option"))
        if list(parameters.points) != sorted(parameters.points, reverse=True):
            wrong.append(Mistake("points", "a better rank cannot be worth less"))
        if parameters.exactly is not None and parameters.exactly > options:
            wrong.append(Mistake("exactly", f"only {options} options can be ranked"))
    if parameters.grades and (
        len(set(parameters.grades)) != len(parameters.grades) or len(parameters.grades) < 2
    ):
        wrong.append(Mistake("grades", "two or more different names were expected"))
    if (
        rule in {Rule.STV_SCOTTISH, Rule.STV_MEEK}
        and parameters.seats is not None
        and parameters.seats > options
    ):
        wrong.append(Mistake("seats", f"only {options} options can be elected"))
    return wrong
