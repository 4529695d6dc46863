"""What a verification says: to people as text, to programs as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from keys.desk.language import Language
from keys.election.statement import Mode
from keys.findings import Refused
from keys.paper.groups import fingerprint_text
from tally.verify.report import ContestSummary, Report, Status, Step

__all__ = ["report_json", "report_text"]


def report_text(report: Report, language: str = "en") -> str:
    """The report for people: the verdict first, then the list, then the results.

    Args:
        report: Of `verify_folder`.
        language: Code of the language.
    """
    words = Language(language)
    lines = [*_verdict(report, words), ""]
    for step in report.steps:
        lines += _step(step, words)
    for contest in report.summary:
        lines += ["", *_contest(contest, words)]
    return "\n".join(lines)


def _verdict(report: Report, words: Language) -> Iterator[str]:
    say = words.say
    if report.title:
        yield report.title
    if report.mode is Mode.REHEARSAL:
        yield say("REHEARSAL: THESE VOTES DO NOT COUNT")
    elif report.demonstration:
        yield say("DEMONSTRATION: NOT A REAL VOTE")
    failed = sum(step.status is Status.FAILED for step in report.steps)
    if failed:
        yield words.say_many(
            "REFUSED: {count} step does not hold. Do not rely on this folder.",
            "REFUSED: {count} steps do not hold. Do not rely on this folder.",
            failed,
        )
    elif report.origin_checked:
        yield say("Everything holds, and this is the vote whose fingerprint you gave.")
    else:
        yield say("The folder is consistent; its origin was not checked.")
        yield say("Compare this fingerprint with the poster, or give it with --fingerprint:")
    if report.fingerprint is not None:
        yield fingerprint_text(report.fingerprint)


def _step(step: Step, words: Language) -> Iterator[str]:
    say = words.say
    status = {
        Status.OK: say("ok"),
        Status.FAILED: say("DOES NOT HOLD"),
        Status.NOT_CHECKED: say("not checked"),
    }[step.status]
    yield f"{step.number:3}  {status}: {say(step.proves)}"
    for finding in step.findings:
        detail = f" ({finding.detail})" if finding.detail else ""
        yield f"       {finding.code} {finding.subject}: {say(finding.finding.title)}{detail}"
        yield f"       {say(finding.finding.meaning)}"
        yield f"       {say(finding.finding.remedy)}"


def _contest(contest: ContestSummary, words: Language) -> Iterator[str]:
    say = words.say
    yield contest.title
    told = say("Ballots: {ballots}; blank or left out: {blank}", ballots=contest.ballots, blank=contest.blank)
    yield f"  {told}"
    for option in sorted(contest.options, key=lambda item: -item.votes):
        mark = "*" if option.won else " "
        yield f"  {mark} {words.number(option.votes):>7}  {option.name}"
    if contest.tied:
        told = say("A tie waits for a decision: {names}", names=words.join(contest.tied))
        yield f"  {told}"


def report_json(report: Report) -> dict[str, Any]:
    """The report for programs, ready for `json.dumps`; its form is `report.schema.json`."""
    return {
        "accepted": report.accepted,
        "origin_checked": report.origin_checked,
        "mode": report.mode.name.lower(),
        "demonstration": report.demonstration,
        "title": report.title,
        "fingerprint": None if report.fingerprint is None else report.fingerprint.hex(),
        "steps": [
            {
                "number": step.number,
                "name": step.name,
                "proves": step.proves,
                "status": str(step.status),
                "findings": [_finding(finding) for finding in step.findings],
            }
            for step in report.steps
        ],
        "contests": [
            {
                "id": contest.id,
                "title": contest.title,
                "ballots": contest.ballots,
                "blank": contest.blank,
                "options": [
                    {"id": option.id, "name": option.name, "votes": option.votes, "won": option.won}
                    for option in contest.options
                ],
                "winners": list(contest.winners),
                "tied": list(contest.tied),
            }
            for contest in report.summary
        ],
    }


def _finding(refused: Refused) -> dict[str, str]:
    row = refused.finding
    return {
        "code": refused.code,
        "subject": refused.subject,
        "detail": refused.detail,
        "title": row.title,
        "meaning": row.meaning,
        "remedy": row.remedy,
    }
