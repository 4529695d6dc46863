"""The tables [[contest]] of the definition file, and what their rules ask of them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from keys.election.definition import Contest, Option, Station, Terms
from keys.election.parameters import mistakes, read_parameters
from keys.election.rules import FORM_LIMITS, RULES, Form, Rule
from tally.definition.options import read_options
from tally.definition.table import Table, whole_number

__all__ = ["default_form", "read_contests"]

_TITLE = 300
_DESCRIPTION = 2000
_GRADE = 40
_CURRENCY = re.compile(r"[A-Z]{3}")
_RANKED = frozenset({Form.RANKS, Form.GRADES})
_TERMS = tuple(field.name for field in dataclasses.fields(Terms))


def read_contests(root: Table, stations: Sequence[Station], languages: Sequence[str]) -> tuple[Contest, ...]:
    """Read all contests and note their mistakes.

    Args:
        root: The whole file.
        stations: As read.
        languages: Of the vote; empty if they are not known because of another mistake.
    """
    tables = root.tables("contest", 250)
    contests = [_read_contest(table, stations, languages) for table in tables]
    ids: set[str] = set()
    for index, (table, contest) in enumerate(zip(tables, contests, strict=True)):
        if contest.id and contest.id.lower() in ids:
            table.mistake("id", f"'{contest.id}' is used by two contests")
        ids.add(contest.id.lower())
        _check_title(table, contest, contests[:index])
    held = {station for contest in contests for station in contest.stations}
    if all(table.sound("stations") for table in tables):
        for number, station in enumerate(stations):
            if number not in held:
                root.mistake(f"station {station.id or number + 1}", "no contest is held here")
    return tuple(contests)


def default_form(rule: Rule) -> Form:
    """The form of a rule's ballots where the file names none: marks where it can, else its only one."""
    forms = RULES[rule].forms
    return Form.MARKS if Form.MARKS in forms else min(forms)


def _read_contest(table: Table, stations: Sequence[Station], languages: Sequence[str]) -> Contest:
    id_ = table.identifier()
    title = table.texts("title", languages, _TITLE, required=True) or {}
    options = read_options(table, languages)
    rule = table.choice("rule", [str(rule) for rule in Rule])
    form = _read_form(table, rule)
    points_each = table.whole("points_each", 1, 100) if form is Form.POINTS else None
    least, most = _read_choose(table, form, rule, len(options))
    spend, grades = table.amount("spend"), _read_grades(table, languages)
    currency = table.text("currency", 3, default="") or None
    contest = Contest(
        id=id_,
        title=title,
        rule=rule,
        least=least,
        most=most,
        options=options,
        stations=_read_stations(table, stations),
        terms=_read_terms(table, rule, options, grades),
        form=str(form),
        order=table.choice("order", ("defined", "random"), default="defined"),
        currency=currency,
        description=table.texts("description", languages, _DESCRIPTION, required=False),
        points_each=points_each,
        spend=spend,
        grade_names=grades if any(len(texts) > 1 for texts in grades) else None,
    )
    _check_money(table, contest)
    if spend is not None:
        _check_spend(table, contest, form, spend)
    if options:
        _check_form(table, contest, form)
    table.finish()
    return contest


def _check_title(table: Table, contest: Contest, others: Sequence[Contest]) -> None:
    for other in others:
        together = set(other.stations) & set(contest.stations)
        if together and set(other.title.items()) & set(contest.title.items()):
            table.mistake("title", f"contest {other.id} has the same, on the same ballots")


def _read_form(table: Table, rule: str) -> Form:
    if not rule:
        table.raw("form")
        return Form.MARKS
    allowed = sorted(RULES[Rule(rule)].forms)
    return Form(table.choice("form", allowed, default=default_form(Rule(rule))))


def _read_choose(table: Table, form: Form, rule: str, options: int) -> tuple[int, int]:
    """Fewest and most options (points) of a ballot that is not blank."""
    value = table.raw("choose")
    if value is None:
        if form in _RANKED or "spend" in table:
            return 1, max(1, options)
        if rule != Rule.YES_NO:
            table.mistake("choose", "missing; write 1 for one, [1, 3] for one to three")
        return 1, 1
    if value == 1 and type(value) is int:
        return 1, 1
    pair = [whole_number(item) for item in value] if isinstance(value, list) else []
    if len(pair) != 2 or pair[0] is None or pair[1] is None:
        table.mistake("choose", "write 1 for one, [1, 3] for one to three, [3, 3] for exactly three")
        return 1, 1
    least, most = pair[0], pair[1]
    if not 1 <= least <= 1000 or not 1 <= most <= 1000:
        table.mistake("choose", f"[{least}, {most}] is not within 1 and 1000")
    elif least > most:
        table.mistake("choose", f"at least {least} is more than at most {most}")
    return least, most


def _read_stations(table: Table, stations: Sequence[Station]) -> tuple[int, ...]:
    if "stations" not in table:
        table.raw("stations")
        return tuple(range(len(stations)))
    numbers = {station.id.lower(): index for index, station in enumerate(stations) if station.id}
    found = set()
    for value in table.items("stations", required=True):
        name = table.checked_identifier("stations", value)
        if name and name.lower() not in numbers:
            table.mistake("stations", f"there is no station '{name}'")
        elif name and numbers[name.lower()] in found:
            table.mistake("stations", f"'{name}' stands there twice")
        elif name:
            found.add(numbers[name.lower()])
    return tuple(sorted(found))


def _read_grades(table: Table, languages: Sequence[str]) -> tuple[dict[str, str], ...]:
    """Names of the grades in the languages of the vote; empty where none has a table by language."""
    value = table.raw("grades")
    if not isinstance(value, list) or not any(isinstance(item, dict) for item in value):
        return ()
    grades = tuple(table.in_languages("grades", item, languages, _GRADE) for item in value)
    for code in languages:
        names = [texts[code] for texts in grades if code in texts]
        for again in sorted({name for name in names if name and names.count(name) > 1}):
            table.mistake("grades", f"two grades are called '{again}' in {code}")
    return grades


def _read_terms(
    table: Table, rule: str, options: Sequence[Option], grades: Sequence[dict[str, str]]
) -> Terms:
    """What the rule is told; of grades, the names in the first language."""
    stated: dict[str, Any] = {name: table.raw(name) for name in _TERMS if name in table}
    if grades:
        stated["grades"] = [next(iter(texts.values())) for texts in grades if texts]
    if not table.sound("grades"):
        stated.pop("grades", None)
    for name in _TERMS:
        table.raw(name)  # known, stated or not
    for name in ("seats", "budget", "max_winners", "exactly"):
        if (number := whole_number(stated.get(name))) is not None:
            stated[name] = number
    parameters, wrong = read_parameters(stated)
    if rule:
        costs = bool(options) and all(option.cost is not None for option in options)
        lacking = set(RULES[Rule(rule)].needs) - {"costs"} - set(stated)
        unread = {mistake.field for mistake in wrong}
        wrong += tuple(
            mistake
            for mistake in mistakes(Rule(rule), parameters, len(options), costs)
            if mistake.field not in unread and (options or mistake.field in lacking)
        )
    for mistake in wrong:
        if mistake.field != "costs":  # noted option by option
            table.mistake(mistake.field, mistake.text)
    if wrong:
        return Terms()
    for name in ("points", "grades", "tie_order"):
        if name in stated:
            stated[name] = tuple(stated[name])
    return Terms(**stated)


def _check_money(table: Table, contest: Contest) -> None:
    needed = bool(contest.rule and "costs" in RULES[Rule(contest.rule)].needs)
    priced = needed or "budget" in table or "spend" in table
    if contest.currency is not None and not _CURRENCY.fullmatch(contest.currency):
        table.mistake("currency", f"'{contest.currency}' is not three capital letters like EUR")
    if contest.currency is None and (priced or any(option.cost is not None for option in contest.options)):
        table.mistake("currency", "missing; three capital letters like EUR")
    if priced:
        for number, option in enumerate(contest.options, 1):
            if option.cost is None:
                table.mistake(f"option {number}, cost", "missing, as money is shared out")


def _check_spend(table: Table, contest: Contest, form: Form, spend: int) -> None:
    """A spending limit per voter: only ballots that are opened whole can be held to it."""
    if form is not Form.APPROVALS and contest.rule:
        if Form.APPROVALS in RULES[Rule(contest.rule)].forms:
            way = f'write form = "{Form.APPROVALS}", and every ballot is published'
        else:
            way = f"the rule {contest.rule} has no ballots of approvals"
        table.mistake("spend", f"no ballot of the form {form} can be held to a spending limit; {way}")
    costs = sorted(option.cost for option in contest.options if option.cost is not None)
    if len(costs) < len(contest.options) or not costs or not table.sound("spend", "choose"):
        return
    cheapest = sum(costs[: contest.least])
    if cheapest > spend:
        what = (
            "the cheapest option costs"
            if contest.least == 1
            else f"the {contest.least} cheapest options cost"
        )
        table.mistake("spend", f"{what} {cheapest}, more than the limit of {spend}: nobody could vote")


def _check_form(table: Table, contest: Contest, form: Form) -> None:
    options, limits = len(contest.options), FORM_LIMITS[form]
    if options > limits.options:
        table.mistake("option", f"{options} options, at most {limits.options} in the form {form}")
    if not table.sound("choose", "points_each"):
        return
    most = options * contest.points_each if contest.points_each else options
    if contest.most > most:
        what = "points" if contest.points_each else "options"
        table.mistake("choose", f"{contest.most} is more than there are {what}, {most}")
    if limits.slots and contest.points_each and most > limits.slots:
        table.mistake(
            "points_each", f"{options} options x {contest.points_each}, at most {limits.slots} in all"
        )
    if limits.grades and len(contest.terms.grades or ()) > limits.grades:
        table.mistake("grades", f"{len(contest.terms.grades or ())} grades, at most {limits.grades}")
