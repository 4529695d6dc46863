"""What people did about a count, for its minutes: decisions and who signed them, stations on paper, checked ballots."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from keys.desk.together import Together
from keys.desk.verdicts import decision_words, figures_words
from keys.election.decision import DecisionKind
from keys.election.dossier import Dossier
from keys.election.figures import disagreement
from keys.election.layout import CHALLENGES
from keys.paper.document import Block, Heading, Notice, Rows, Table, Text
from keys.paper.groups import short_code
from tally.minutes.stations import station_name
from tally.results.counted import Counted
from tally.results.paper_votes import paper_counts
from tally.results.plausibility import Doubt

__all__ = ["challenges", "decisions", "paper_rows", "paper_stations", "signers_text", "unusual"]


def decisions(dossier: Dossier, language: Together) -> list[Block]:
    """The decisions that took effect, with their reasons and who signed them."""
    found = dossier.effective_decisions()
    if not found:
        return []
    say, head = language.say, language.stacked()
    lines = []
    for item in found:
        words = language.each(partial(decision_words, item.decision, dossier.manifest))
        if item.decision.kind is DecisionKind.FIGURES:
            words += _figures(dossier, item.decision.subject, language)
        signed = language.join([say("the authority"), *_names(dossier, item.board)])
        lines.append((words, item.decision.reason, signed, short_code(item.fingerprint)))
    header = (head.say("Decision"), head.say("Reason"), head.say("Signed by"), head.say("Code"))
    return [Heading(say("Decisions")), Table(header, tuple(lines))]


def signers_text(dossier: Dossier, signers: Collection[int], language: Together) -> list[Block]:
    """Which members of the board signed a result; nothing where none did."""
    if not signers:
        return []
    names = language.join(_names(dossier, signers))
    return [Text(language.say("Signed for the board: {names}", names=names), small=True)]


def paper_stations(dossier: Dossier, language: Together) -> list[Block]:
    """The stations that voted on paper, and who typed in their figures."""
    counts = paper_counts(dossier)
    if not counts:
        return []
    say, head, number = language.say, language.stacked(), language.number
    lines: list[tuple[str, ...]] = []
    for station, (count, statement) in sorted(counts.items()):
        lines += [
            (
                station_name(dossier, station),
                language.text(dossier.manifest.definition.contests[item.contest].title),
                number(count.electors),
                number(count.signatures),
                number(item.ballots),
                language.join(count.typed),
                count.reason,
                short_code(statement.fingerprint),
            )
            for item in count.contests
        ]
    header = (
        head.say("Station"),
        head.say("Contest"),
        head.say("Electors"),
        head.say("Signatures"),
        head.say("Ballots"),
        head.say("Typed by"),
        head.say("Reason"),
        head.say("Code"),
    )
    return [
        Heading(say("Stations that voted on paper")),
        Notice(say("Nobody can prove these figures from the public folder: they rest on the paper alone.")),
        Table(header, tuple(lines), "llrrrlll"),
    ]


def paper_rows(item: Counted, language: Together) -> list[Block]:
    """Ballots on paper of a contest, and how they were counted; nothing where there are none."""
    paper = item.paper
    if paper is None:
        return []
    say, number = language.say, language.number
    rows = [(say("Ballots on paper"), number(paper.ballots)), (say("Blank or left out"), number(paper.blank))]
    if paper.invalid:
        rows.append((say("Invalid"), number(paper.invalid)))
    note = (
        say("The result is counted on both together. The votes on paper cannot be proved.")
        if paper.votes
        else say("This rule looks at whole ballots: those on paper are not in the result.")
    )
    return [Rows(tuple(rows)), Notice(note)]


def challenges(dossier: Dossier, language: Together) -> list[Block]:
    """How often the machines were checked, and how many checked ballots were handed in; these are published."""
    closings = [day.closing for day in dossier.days if day.closing is not None]
    voters = sum(closing.challenges for closing in closings)
    officers = sum(closing.officer_checks or 0 for closing in closings)
    count = sum(path.startswith(CHALLENGES) for path in dossier.others)
    shown = sum(closing.codes_shown or 0 for closing in closings)
    offered = dossier.manifest.definition.challenge
    if offered and not (count or voters or officers or shown):
        return []
    made = language.say(
        "Ballots opened to check a machine: {voters} by voters, {officers} by officers.",
        voters=language.number(voters),
        officers=language.number(officers),
    )
    sentence = language.say_many(
        "{count} ballot paper that was opened to check a machine was handed in and made again.",
        "{count} ballot papers that were opened to check a machine were handed in and made again.",
        count,
    )
    handed_in = [Text(sentence)] if count else []
    weak = [] if offered else [Text(language.say("Voters were not offered to check a machine in this vote."))]
    if shown:
        told = language.say(
            "Check codes shown on the screen and copied by hand (a weak check): {count}",
            count=language.number(shown),
        )
        weak.append(Text(told))
    return [Heading(language.say("Checks of the machines")), Text(made), *weak, *handed_in]


def unusual(doubts: Sequence[Doubt], language: Together) -> list[Block]:
    """What looked unusual: the figures with the threshold, what it means, what to do; that nothing did, where so."""
    say, head = language.say, language.stacked()
    heading = Heading(say("What looked unusual"))
    if not doubts:
        return [heading, Text(say("Nothing looks unusual."))]
    lines = [
        (
            doubt.code,
            doubt.about(head),
            f"{language.wording(doubt.finding.title)}\n{language.each(doubt.detail)}",
            f"{language.wording(doubt.finding.meaning)}\n{language.wording(doubt.finding.remedy)}",
        )
        for doubt in doubts
    ]
    header = (
        head.say("Code"),
        head.say("Subject"),
        head.say("What was seen"),
        head.say("What it means, and what to do"),
    )
    note = say("This stops nothing and proves nothing; the threshold is given beside the figure.")
    return [heading, Text(note), Table(header, tuple(lines))]


def _figures(dossier: Dossier, machine: int, language: Together) -> str:
    closing = dossier.days[machine].closing
    if closing is None or disagreement(closing) is None:
        return ""
    return f" ({figures_words(closing, language)})"


def _names(dossier: Dossier, board: Collection[int]) -> Sequence[str]:
    return [dossier.manifest.board[at].name for at in sorted(board)]
