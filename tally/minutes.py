"""The minutes: what a commune signs, with a code for every result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from keys.desk.language import Language
from keys.election.definition import Contest, text_in
from keys.election.dossier import Dossier
from keys.election.figures import electors_of
from keys.election.statement import Statement
from keys.paper.document import (
    MAX_COLUMNS,
    Bar,
    Block,
    Chart,
    Document,
    Heading,
    Lines,
    Notice,
    Rows,
    Signatures,
    Table,
    Text,
)
from keys.paper.frame import code_of, paper
from keys.paper.groups import fingerprint_text
from tally.boxes import BoxRow
from tally.count.message import exact
from tally.count.outcome import Cell, Outcome, Round
from tally.remarks import challenges, decisions, paper_rows, paper_stations, signers_text
from tally.results import Counted

__all__ = ["minutes"]


def minutes(
    dossier: Dossier,
    rows: Sequence[BoxRow],
    counted: Sequence[Counted],
    statements: Sequence[Statement],
    language: Language,
    now: int,
    signers: Sequence[frozenset[int]],
) -> Document:
    """The minutes of a count.

    Args:
        dossier: The papers.
        rows: The boxes that are in; those of machines that are left out are not shown.
        counted: All contests.
        statements: The signed result of each, in the same order.
        language: Of the paper.
        now: Unix seconds.
        signers: Members of the board who signed each result, in the same order.
    """
    rows = [row for row in rows if row.machine not in dossier.excluded()]
    blocks: list[Block] = [*_front(dossier, rows, language, now), *_stations(rows, language)]
    blocks += [*paper_stations(dossier, language), *_incidents(dossier, language)]
    blocks += challenges(dossier, language)
    for item, statement, board in zip(counted, statements, signers, strict=True):
        blocks += _contest(dossier, item, statement, language)
        blocks += signers_text(dossier, board, language)
    blocks += decisions(dossier, language)
    blocks += _end(dossier, language)
    say = language.say
    return paper(
        dossier.manifest.definition,
        dossier.mode,
        dossier.fingerprint,
        language,
        say("Minutes of the count"),
        blocks,
        subtitle=dossier.manifest.definition.town,
    )


def _front(dossier: Dossier, rows: Sequence[BoxRow], language: Language, now: int) -> list[Block]:
    say, manifest, number = language.say, dossier.manifest, language.number
    definition = manifest.definition
    electors, voters = (
        electors_of((row.station, row.electors) for row in rows),
        sum(row.marks for row in rows),
    )
    table = [
        (say("Vote"), text_in(definition.title, language.code)),
        (say("Polling"), f"{definition.opens.replace('T', ' ')} - {definition.closes.replace('T', ' ')}"),
        (say("Minutes written"), language.moment(now, definition.timezone)),
        (say("Stations"), number(len(definition.stations))),
        (say("Electors on the rolls"), number(electors)),
        (say("Voters"), f"{number(voters)} ({_percent(voters, electors)})"),
        (say("Trustees"), language.join([trustee.name for trustee in manifest.trustees])),
        (say("Trustees needed to open"), number(definition.threshold)),
        (say("Sealed file number"), number(manifest.number)),
        (say("Fingerprint of the sealed file"), fingerprint_text(dossier.fingerprint)),
    ]
    blocks: list[Block] = [Rows(tuple(table))]
    if manifest.one_machine_ceremony:
        blocks.append(Notice(say("The trustees made their keys on one machine.")))
    if len(manifest.trustees) == 1:
        blocks.append(Notice(say("There is a single trustee: this person alone can open the box.")))
    return blocks


def _stations(rows: Sequence[BoxRow], language: Language) -> list[Block]:
    say, number = language.say, language.number
    header = (
        say("Station"),
        say("Machine"),
        say("Electors"),
        say("Marks"),
        say("Ballots"),
        say("Signatures"),
    )
    lines: list[tuple[str, ...]] = [
        (
            row.station,
            row.name,
            number(row.electors),
            number(row.marks),
            number(row.ballots),
            number(row.signatures),
        )
        for row in rows
    ]
    sums = [electors_of((row.station, row.electors) for row in rows)]
    sums += [sum(getattr(row, name) for row in rows) for name in ("marks", "ballots", "signatures")]
    lines.append((say("Total"), "", *map(number, sums)))
    return [
        Heading(say("The three figures, by machine")),
        Text(say("Electors marked, ballots in the box, signatures on the paper list.")),
        Table(header, tuple(lines), "llrrrr", total=True),
    ]


def _incidents(dossier: Dossier, language: Language) -> list[Block]:
    lines = [
        (
            dossier.manifest.machines[at].name,
            language.moment(item.at, dossier.manifest.definition.timezone),
            item.text,
        )
        for at, day in enumerate(dossier.days)
        if day.closing is not None
        for item in day.closing.incidents
    ]
    if not lines:
        return []
    say = language.say
    header = (say("Machine"), say("Time"), say("What happened"))
    return [Heading(say("Incidents")), Table(header, tuple(lines))]


def _contest(dossier: Dossier, item: Counted, statement: Statement, language: Language) -> list[Block]:
    say, number = language.say, language.number
    contest = dossier.manifest.definition.contests[item.contest]
    totals, outcome = item.totals, item.outcome
    blocks: list[Block] = [
        Heading(text_in(contest.title, language.code)),
        Rows(
            (
                (say("Rule"), str(outcome.rule)),
                (say("Ballots"), number(totals.ballots)),
                (say("Blank or left out"), number(totals.blank)),
                (say("Ballots with a choice"), number(totals.valid)),
            )
        ),
        *paper_rows(item, language),
        _options_table(contest, item, language),
        Chart(tuple(_bars(item, language))),
        Text(outcome.verdict.render(language.wording, _exact(language)), bold=True),
    ]
    blocks += _rounds(outcome, language)
    blocks.append(code_of(statement, say("Result: {contest}", contest=contest.id)))
    return blocks


def _options_table(contest: Contest, item: Counted, language: Language) -> Table:
    say, outcome = language.say, item.outcome
    order = sorted(range(len(contest.options)), key=lambda at: (-item.together(at), at))
    paper = item.paper is not None and bool(item.paper.votes)
    money = contest.currency is not None and all(option.cost is not None for option in contest.options)
    header = ["", say("Option"), say("Votes")]
    header += [say("On paper"), say("Together")] if paper else []
    header += [*([say("Cost")] if money else []), say("Result")]
    lines = []
    for at in order:
        option = contest.options[at]
        cells = [option.id, text_in(option.name, language.code), language.number(item.totals.votes[at])]
        if paper:
            added = item.together(at) - item.totals.votes[at]
            cells += [language.number(added), language.number(item.together(at))]
        if money:
            cells.append(language.money(option.cost or 0, contest.currency or ""))
        lines.append((*cells, _verdict(outcome, at, language)))
    return Table(tuple(header), tuple(lines), f"llr{'rr' * paper}{'r' * money}l")


def _verdict(outcome: Outcome, option: int, language: Language) -> str:
    if outcome.seats:
        return language.say_many("{count} seat", "{count} seats", outcome.seats[option])
    if option in outcome.winners:
        return language.say("chosen")
    return language.say("tied") if any(option in tie.options for tie in outcome.ties) else ""


def _bars(item: Counted, language: Language) -> list[Bar]:
    order = sorted(range(len(item.totals.options)), key=lambda at: (-item.together(at), at))
    return [
        Bar(
            item.totals.options[at],
            item.together(at),
            language.number(item.together(at)),
            at in item.outcome.winners,
        )
        for at in order
    ]


def _rounds(outcome: Outcome, language: Language) -> list[Block]:
    """The steps of the count: what happened and why, with the table of each step."""
    blocks: list[Block] = [Heading(language.say("How it was counted"), 2)]
    for step in outcome.rounds:
        blocks.append(Text(step.title.render(language.wording, _exact(language)), bold=True))
        blocks += [
            Text(line.render(language.wording, _exact(language)), small=True) for line in step.sentences
        ]
        if len(step.columns) <= MAX_COLUMNS:
            blocks.append(_round_table(step, language))
    return blocks


def _round_table(step: Round, language: Language) -> Table:
    rows = tuple(tuple(_cell(cell, at, language) for at, cell in enumerate(row)) for row in step.rows)
    numbers = [
        bool(step.rows) and all(not isinstance(row[at], str) for row in step.rows)
        for at in range(len(step.columns))
    ]
    header = tuple(language.wording(column) for column in step.columns)
    return Table(header, rows, "".join("r" if number else "l" for number in numbers))


def _cell(cell: Cell, column: int, language: Language) -> str:
    """A cell; in the first column stand names, which are nobody's to translate."""
    if isinstance(cell, str):
        return cell if column == 0 else language.wording(cell)
    return _exact(language)(cell)


def _end(dossier: Dossier, language: Language) -> list[Block]:
    say = language.say
    people = [(say("Returning officer"), "")]
    people += [(say("Trustee"), trustee.name) for trustee in dossier.manifest.trustees]
    people += [(say("Member of the board"), member.name) for member in dossier.manifest.board]
    return [
        Heading(say("Remarks and objections")),
        Lines(6),
        Heading(say("Signatures")),
        Text(say("Anyone can check these results again from the public folder: tally verify FOLDER.")),
        Signatures(tuple(people)),
    ]


def _percent(part: int, whole: int) -> str:
    return f"{round(Fraction(1000 * part, whole)) / 10} %" if whole else "-"


def _exact(language: Language) -> Callable[[int | Fraction], str]:
    return lambda value: language.number(value) if isinstance(value, int) else exact(value)
