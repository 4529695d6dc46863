"""A contest in the minutes: its rule in words, its figures, options and bars, how it was counted, its code."""

from __future__ import annotations

from functools import partial

from keys.desk.together import Together
from keys.election.definition import Contest, Option, text_in
from keys.paper.document import Bar, Block, Chart, Heading, Rows, Stack, StackedChart, Table, Text
from keys.paper.frame import code_of
from tally.count.outcome import Outcome
from tally.minutes.proceedings import Proceedings
from tally.minutes.remarks import paper_rows, signers_text
from tally.minutes.rounds import rendered, rounds
from tally.results.counted import Counted
from tally.telling.compared import compared_text, compared_words
from tally.telling.grades_given import grades_given, with_grades
from tally.telling.option_names import names_in
from tally.telling.rule_words import rule_words

__all__ = ["contest_blocks"]


def contest_blocks(count: Proceedings, at: int, language: Together) -> list[Block]:
    """A contest that was counted.

    Args:
        count: What happened.
        at: Place of the contest in it.
        language: Of the paper.
    """
    item, dossier = count.counted[at], count.dossier
    contest = dossier.manifest.definition.contests[item.contest]
    title = language.text(contest.title)
    names = partial(names_in, contest, item.outcome.options)
    blocks: list[Block] = [
        Heading(title),
        Text(language.each(lambda one: " ".join(rule_words(contest, one))), small=True),
        Rows(tuple(_figures(item, language))),
        *paper_rows(item, language),
        _options(contest, item, language),
        _picture(contest, item, language),
        Text(rendered(item.outcome.verdict, language, names), bold=True),
    ]
    blocks += rounds(with_grades(contest, item.outcome, language.stacked()), language, names)
    named = language.each(lambda one: one.say("Result: {contest}", contest=text_in(contest.title, one.code)))
    blocks.append(code_of(count.statements[at], named))
    blocks += signers_text(dossier, count.signers[at], language)
    return blocks


def _figures(item: Counted, language: Together) -> list[tuple[str, str]]:
    say, number, totals = language.say, language.number, item.totals
    rows = [
        (say("Ballots"), number(totals.ballots)),
        (say("Blank or left out"), number(totals.blank)),
        (say("Ballots with a choice"), number(totals.valid)),
    ]
    if totals.invalid:
        rows.append((say("Invalid"), number(totals.invalid)))
    return rows


def _order(item: Counted) -> list[int]:
    """The largest number first."""
    return sorted(range(len(item.totals.options)), key=lambda at: (-item.together(at), at))


def _options(contest: Contest, item: Counted, language: Together) -> Table:
    head, outcome = language.stacked(), item.outcome
    paper = item.paper is not None and bool(item.paper.votes)
    money = contest.currency is not None and all(option.cost is not None for option in contest.options)
    header = ["", head.say("Option"), language.stacked().each(lambda one: compared_words(contest, one))]
    header += [head.say("On paper, not provable"), head.say("Together")] if paper else []
    header += [*([head.say("Cost")] if money else []), head.say("Result")]
    lines = []
    for at in _order(item):
        option = contest.options[at]
        cells = [option.id, language.text(option.name)]
        cells.append(compared_text(contest, item.totals.votes[at], language))
        if paper:
            added = item.together(at) - item.totals.votes[at]
            cells += [language.number(added), language.number(item.together(at))]
        if money:
            cells.append(language.money(option.cost or 0, contest.currency or ""))
        lines.append((*cells, _standing(outcome, at, language)))
    return Table(tuple(header), tuple(lines), f"llr{'rr' * paper}{'r' * money}l")


def _standing(outcome: Outcome, option: int, language: Together) -> str:
    if outcome.seats:
        return language.say_many("{count} seat", "{count} seats", outcome.seats[option])
    if option in outcome.winners:
        return language.say("chosen")
    if option in outcome.onward:
        return language.say("second round")
    return language.say("tied") if any(option in tie.options for tie in outcome.ties) else ""


def _picture(contest: Contest, item: Counted, language: Together) -> Block:
    """Bars, or for grades what share of the ballots gave each."""
    given = grades_given(contest, item.outcome)
    if given is None:
        return Chart(tuple(_bars(contest, item, language)))
    stacks = [
        Stack(
            _short(contest.options[at], language),
            parts,
            compared_text(contest, item.together(at), language),
            at in item.outcome.winners,
        )
        for at, parts in given.rows
    ]
    say = language.say
    grades = tuple(map(language.text, given.grades))
    return StackedChart(say("Grades, worst first"), grades, say("Majority grade"), tuple(stacks))


def _bars(contest: Contest, item: Counted, language: Together) -> list[Bar]:
    return [
        Bar(
            _short(contest.options[at], language),
            item.together(at),
            compared_text(contest, item.together(at), language),
            at in item.outcome.winners,
        )
        for at in _order(item)
    ]


def _short(option: Option, language: Together) -> str:
    return f"{option.id}  {language.text(option.short_name or option.name)}"
