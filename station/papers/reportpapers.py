"""The papers of a machine's reports, as documents: opening, pause and reopening, closing."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from keys.desk.language import Language
from keys.election.interruption import closing_of, machine_of
from keys.election.report import ClosingReport, PauseReport, ZeroReport
from keys.election.statement import Statement, StatementType
from keys.paper.document import Block, Document, Large, Lines, Notice, Rows, Signatures, Table, Text
from keys.paper.frame import code_of
from keys.paper.groups import fingerprint_text, short_code
from station.papers.letterhead import Letterhead

__all__ = ["report_paper"]


def report_paper(head: Letterhead, report: Statement) -> Document:
    """The paper of any report.

    Args:
        head: Of the paper.
        report: A report of one of the machines of the vote, verified.
    """
    makers = {
        StatementType.ZERO_REPORT: zero_paper,
        StatementType.CLOSING_REPORT: closing_paper,
        StatementType.INTERRUPTED: closing_paper,
    }
    return makers.get(report.header.type, pause_paper)(head, report)


def zero_paper(head: Letterhead, report: Statement) -> Document:
    """The opening (zero) report, to be signed and posted on the door."""
    content = ZeroReport.from_content(report.content, report.name)
    language, say, zone = head.language, head.language.say, head.definition.timezone
    rows = [
        (say("Opened"), language.moment(content.opened, zone)),
        (say("Votes in the box"), language.number(content.ballots)),
        (say("Electors marked"), language.number(content.marks)),
        (say("Electors on the register"), language.number(content.electors)),
        (say("Room for votes"), language.number(content.capacity)),
        (say("Sealed file number"), str(head.manifest.number)),
        (say("Key of this machine"), fingerprint_text(content.machine_key)),
        (say("Program"), content.program),
        _offered(head),
    ]
    blocks: list[Block] = [Rows(tuple(rows))]
    blocks += _passed(content.notes, language)
    blocks += [
        Text(say("The box is empty. Compare the code below with the one on the screen, then sign.")),
        Large(short_code(report.fingerprint), say("Code of this report")),
        code_of(report, say("Opening report")),
        Signatures(_officers(content.officers, language)),
    ]
    return head.machine_page(machine_of(report), say("Opening report"), blocks)


def _offered(head: Letterhead) -> tuple[str, str]:
    """Whether voters are offered to check the machine, as the definition has it."""
    say = head.language.say
    value = say("offered to everybody") if head.definition.challenge else say("not offered in this vote")
    return say("Check of the machine by voters"), value


def _passed(notes: Sequence[str], language: Language) -> list[Block]:
    """The lines of the readiness check that were passed."""
    title = language.say("Opened anyway, at the readiness check:")
    return [Notice("\n".join(notes), title)] if notes else []


def pause_paper(head: Letterhead, report: Statement) -> Document:
    """The report of a pause or of a reopening."""
    content = PauseReport.from_content(report.content, report.name)
    language, say, zone = head.language, head.language.say, head.definition.timezone
    reopened = report.header.type is StatementType.REOPENING_REPORT
    title = say("Reopening report") if reopened else say("Pause report")
    rows = [
        (say("Time"), language.moment(content.at, zone)),
        (say("Electors marked"), _marks_so_far(content.marks, language)),
        (say("Report before this one"), fingerprint_text(content.previous)),
    ]
    if content.reason:
        rows.append((say("Reason"), content.reason))
    blocks: list[Block] = [
        Rows(tuple(rows)),
        *_passed(content.notes or (), language),
        code_of(report, title),
        Signatures(_officers(content.officers, language)),
    ]
    return head.machine_page(machine_of(report), title, blocks)


def _marks_so_far(marks: int | None, language: Language) -> str:
    if marks is None:
        return language.say("not shown between the announcement of the closing and the count of signatures")
    return language.number(marks)


def closing_paper(head: Letterhead, report: Statement) -> Document:
    """The closing report, to be signed; two groups of its digest are asked for at the town hall.

    Where a spare closed the box of a machine that stopped, it says so.
    """
    content = closing_of(report)
    language, zone = head.language, head.definition.timezone
    say, number = language.say, language.number
    figures = Table(
        (
            say("Electors on the register"),
            say("Electors marked"),
            say("Ballots in the box, in each contest"),
            say("Signatures on the paper list"),
        ),
        (tuple(map(number, (content.on_roll, content.marks, content.ballots, content.signatures))),),
        "rrrr",
        total=True,
    )
    rows = [
        (say("Closed"), language.moment(content.closed, zone)),
        (say("Electors who left without signing"), number(content.unsigned)),
        _offered(head),
        (say("Ballots opened to check the machine"), number(content.challenges)),
        (say("Checks of the machine by its officers"), number(content.officer_checks or 0)),
        (say("Visits that ended without a vote"), number(content.cancelled)),
    ]
    if content.codes_shown:
        shown = say("Check codes shown on the screen and copied by hand (a weak check)")
        rows.append((shown, number(content.codes_shown)))
    if content.additions:
        rows.append((say("Electors added on the spot"), number(content.additions)))
    if content.desk_proxies:
        rows.append((say("Votes by a proxy noted at the desk"), number(content.desk_proxies)))
    if content.carried:
        rows.append((say("Voted on another machine"), number(content.carried)))
    if content.slips is not None:
        rows.append((say("Entry slips handed in"), number(content.slips)))
    blocks: list[Block] = [figures, Rows(tuple(rows))]
    title = say("Closing report")
    if report.header.type is StatementType.INTERRUPTED:
        title = say("Closing report of a machine that stopped")
        spare = head.manifest.machines[report.header.signer or 0].name
        blocks.insert(0, Text(say("Its box was closed from its stick on machine {machine}.", machine=spare)))
    if not content.marks == content.ballots == content.signatures:
        blocks.append(
            Notice(say("The three figures differ. The town hall will ask why: write it down below."))
        )
    blocks.append(
        Large(
            fingerprint_text(content.set_digest),
            say("Code of the box: digest of all ballots (asked for at the town hall)"),
        )
    )
    if content.incidents:
        incidents = tuple((language.moment(item.at, zone), item.text) for item in content.incidents)
        blocks += [Text(say("Incidents"), bold=True), Rows(incidents)]
    blocks += [
        dataclasses.replace(code_of(report, ""), what=_beside(content, language)),
        Lines(2, say("Remarks and objections")),
        Signatures(_officers(content.officers, language)),
    ]
    return head.machine_page(machine_of(report), title, blocks)


def _beside(content: ClosingReport, language: Language) -> str:
    """What stands beside the square code of a closing report, so that the paper stays one page."""
    say = language.say
    return "\n".join(
        (
            f"{say('Opening report')} · {short_code(content.zero_report)}",
            f"{say('Report before this one')} · {short_code(content.previous)}",
            f"{say('Digest of the file of the box')} ·",
            fingerprint_text(content.file_digest),
            "",
            say("Closing report"),
        )
    )


def _officers(names: Sequence[str], language: Language) -> tuple[tuple[str, str], ...]:
    roles = (language.say("Presiding officer"), language.say("Poll clerk"))
    given = [*names, "", ""]
    return tuple((role, given[at]) for at, role in enumerate(roles))
