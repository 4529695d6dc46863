"""The results of the page: a section a contest, with its table, its bars and how it was counted."""

from __future__ import annotations

from collections.abc import Mapping

from keys.desk.language import Language
from keys.election.definition import Contest, Definition
from tally.count.outcome import Cell, Outcome, Round, Word
from tally.page.markup import (
    Markup,
    bar,
    cards,
    element,
    figures,
    fragment,
    name_of,
    row,
    stack,
    swatches,
)
from tally.results.counted import Counted
from tally.telling.compared import compared_text, compared_words
from tally.telling.grades_given import grades_given, with_grades
from tally.telling.option_names import message_with, names_in, with_names
from tally.telling.rule_words import rule_words
from tally.telling.sentences import figure, sentence

__all__ = ["contest_section"]


def contest_section(definition: Definition, item: Counted, language: Language) -> Markup:
    """A contest that was counted.

    Args:
        definition: Of the vote.
        item: The count.
        language: Of the reader.
    """
    contest = definition.contests[item.contest]
    names = names_in(contest, item.outcome.options, language)
    name = f"{language.code}-{item.contest}"
    return element(
        "section",
        element("h3", name_of(contest.title, language.code), id=f"contest-{name}"),
        element("p", " ".join(rule_words(contest, language))),
        element("p", sentence(message_with(item.outcome.verdict, names), language), class_="verdict"),
        _table(contest, item, language),
        _grades(contest, item, language),
        _figures(item, language),
        _paper(item, language),
        _details(with_names(with_grades(contest, item.outcome, language), names), names, language),
        class_="contest",
        aria_labelledby=f"contest-{name}",
    )


def _table(contest: Contest, item: Counted, language: Language) -> Markup:
    say = language.say
    money = contest.currency is not None and all(option.cost is not None for option in contest.options)
    paper = item.paper is not None and bool(item.paper.votes)
    votes = [(say("On machines"), "number"), (say("On paper"), "number")] if paper else []
    cost = [(say("Cost"), "number")] if money else []
    heads = [
        (say("Option"), ""),
        *votes,
        (compared_words(contest, language), "number"),
        *cost,
        (say("Result"), ""),
    ]
    most = max(map(item.together, range(len(contest.options))), default=0)
    order = sorted(range(len(contest.options)), key=lambda at: (-item.together(at), at))
    given = grades_given(contest, item.outcome)
    shares = dict(given.rows) if given else {}
    rows = []
    for at in order:
        won, option = at in item.outcome.winners, contest.options[at]
        together, here = item.together(at), item.totals.votes[at]
        drawn = stack(shares[at]) if shares else bar(together, most, won=won)
        name = fragment(name_of(option.name, language.code), drawn)
        cells = [language.number(here), language.number(together - here)] if paper else []
        cells.append(compared_text(contest, together, language))
        if money:
            cells.append(language.money(option.cost or 0, contest.currency or ""))
        cells.append(_standing(item.outcome, at, language))
        rows.append(row(name, cells, heads, class_="elected" if won else False))
    return cards(say("Options, the largest number first"), heads, rows)


def _grades(contest: Contest, item: Counted, language: Language) -> Markup:
    """What the colours of the bars are, where they are grades; the numbers stand among the steps of the count."""
    given = grades_given(contest, item.outcome)
    if given is None:
        return fragment()
    grades = [name_of(texts, language.code) for texts in given.grades]
    return fragment(element("p", language.say("Grades, worst first")), swatches(grades))


def _standing(outcome: Outcome, option: int, language: Language) -> str:
    if outcome.seats:
        return language.say_many("{count} seat", "{count} seats", outcome.seats[option])
    if option in outcome.winners:
        return language.say("chosen")
    return language.say("tied") if any(option in tie.options for tie in outcome.ties) else ""


def _figures(item: Counted, language: Language) -> Markup:
    say, totals = language.say, item.totals
    facts = [
        (say("Ballots"), totals.ballots),
        (say("Blank or left out"), totals.blank),
        (say("Ballots with a choice"), totals.valid),
    ]
    if totals.invalid:
        facts.append((say("Invalid"), totals.invalid))
    pairs = [
        element("div", element("dt", term), element("dd", language.number(value))) for term, value in facts
    ]
    return element("dl", *pairs, class_="figures")


def _paper(item: Counted, language: Language) -> Markup:
    if item.paper is None:
        return fragment()
    say, paper = language.say, item.paper
    lines = [
        say(
            "Stations that voted on paper. Ballots: {ballots}; blank: {blank}; invalid: {invalid}. Nobody can "
            "prove these figures from this folder.",
            ballots=paper.ballots,
            blank=paper.blank,
            invalid=paper.invalid,
        )
    ]
    if not paper.votes:
        lines.append(say("Votes on paper cannot be added under this rule, and are not in the result."))
    return element("p", " ".join(lines), class_="notice")


def _details(outcome: Outcome, names: Mapping[str, str], language: Language) -> Markup:
    """The steps of the count, folded; the rule stands above in words."""
    say, parts = language.say, []
    for step in outcome.rounds:
        title = sentence(message_with(step.title, names), language)
        parts += [element("h4", title), _round(step, title, language)]
        parts += [element("p", sentence(message_with(line, names), language)) for line in step.sentences]
    return element("details", element("summary", say("How it was counted")), *parts)


def _round(step: Round, title: str, language: Language) -> Markup:
    columns = range(len(step.columns))
    numbers = [bool(step.rows) and all(not isinstance(line[at], str) for line in step.rows) for at in columns]
    kinds = ["number" if number else "" for number in numbers]
    heads = [
        (language.wording(column), kind) if column else ("", kind)
        for column, kind in zip(step.columns, kinds, strict=True)
    ]
    rows = [[_cell(cell, language) for cell in line] for line in step.rows]
    return figures(title, heads, rows) if rows else fragment()


def _cell(cell: Cell, language: Language) -> Markup:
    if isinstance(cell, Word):
        return element("span", language.wording(str(cell)) if cell else "")
    if isinstance(cell, str):
        return element("bdi", cell)
    return element("span", figure(cell, language))
