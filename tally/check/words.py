"""What things are called, and what a paper says, in the reader's language."""

from __future__ import annotations

from keys.desk.chosen import chosen_in, chosen_words
from keys.desk.language import Language
from keys.desk.spending import spent_words
from keys.election.challenge import Challenge, OpenedBallot
from keys.election.decision import Decision, DecisionKind
from keys.election.destruction import DestructionOrder, DestructionReport
from keys.election.forms import Shape
from keys.election.receipt import Receipt
from keys.election.report import ClosingReport, PauseReport, ZeroReport
from keys.election.result import Publication, Result
from keys.election.statement import Role, Statement, StatementType
from keys.paper.destruction import destruction_sentence
from keys.paper.groups import check_code, fingerprint_text, short_code
from tally.check.evidence import Evidence

__all__ = ["claims", "kind_of", "signer_of", "what"]

_T = StatementType


def kind_of(statement: Statement) -> str:
    """The kind of a statement for other programs, such as ``closing report``."""
    return statement.header.type.name.lower().replace("_", " ")


def what(statement: Statement, language: Language) -> str:
    """What a statement is called, with a capital."""
    say = language.say
    names = {
        _T.RECEIPT: say("Receipt"),
        _T.ZERO_REPORT: say("Opening report"),
        _T.PAUSE_REPORT: say("Pause report"),
        _T.REOPENING_REPORT: say("Reopening report"),
        _T.CLOSING_REPORT: say("Closing report"),
        _T.CHALLENGE: say("Opened ballot"),
        _T.RESULT: say("Result"),
        _T.DECISION: say("Decision"),
        _T.PUBLICATION: say("List of published files"),
        _T.MANIFEST: say("Sealed file"),
        _T.DESTRUCTION_ORDER: say("Destruction order"),
        _T.DESTRUCTION_REPORT: say("Destruction report"),
    }
    return names.get(statement.header.type, say("Signed file ({kind})", kind=kind_of(statement)))


def signer_of(statement: Statement, evidence: Evidence | None, language: Language) -> str:
    """Who a statement says has signed it."""
    say, role, number = language.say, statement.header.role, statement.header.signer
    manifest = None if evidence is None else evidence.dossier.manifest
    if role is Role.AUTHORITY:
        return say("the town hall")
    if number is None:
        return say("whoever handed it in")
    if evidence is not None and manifest is not None:
        if role is Role.MACHINE and number < len(manifest.machines):
            return say("the machine of station {station}", station=evidence.station(number))
        if role is Role.TRUSTEE and number < len(manifest.trustees):
            return manifest.trustees[number].name
        if role is Role.BOARD and number < len(manifest.board):
            return manifest.board[number].name
    names = {Role.MACHINE: say("machine"), Role.TRUSTEE: say("trustee")}
    return f"{names.get(role, say('board member'))} {number + 1}"


def claims(statement: Statement, evidence: Evidence | None, language: Language) -> list[str]:
    """What a statement says, without a word on whether it is true.

    Raises:
        Refused: V-104, its content is not that of its type.
    """
    content, name, say = statement.content, statement.name, language.say
    match statement.header.type:
        case _T.RECEIPT:
            receipt = Receipt.from_content(content, name)
            codes = ", ".join(short_code(tracker) for tracker in receipt.trackers)
            return [
                say("Codes of its ballots: {codes}", codes=codes),
                say("Check code: {code}", code=check_code(receipt.check_code)),
            ]
        case _T.ZERO_REPORT:
            return _zero(ZeroReport.from_content(content, name), evidence, language)
        case _T.PAUSE_REPORT | _T.REOPENING_REPORT:
            pause = PauseReport.from_content(content, name)
            return [
                say("Time: {time}", time=_moment(pause.at, evidence, language)),
                *([] if pause.marks is None else [say("Electors marked: {count}", count=pause.marks)]),
                *([say("Reason: {reason}", reason=pause.reason)] if pause.reason else []),
                *(say("Note: {text}", text=text) for text in pause.notes or ()),
            ]
        case _T.CLOSING_REPORT:
            return _closing(ClosingReport.from_content(content, name), evidence, language)
        case _T.CHALLENGE:
            return _challenge(Challenge.from_content(content, name), evidence, language)
        case _T.RESULT:
            return _result(Result.from_content(content, name), evidence, language)
        case _T.DECISION:
            return _decision(Decision.from_content(content, name), evidence, language)
        case _T.PUBLICATION:
            publication = Publication.from_content(content, name)
            return [
                say("Made: {time}", time=_moment(publication.made, evidence, language)),
                say("Files: {count}", count=len(publication.files)),
            ]
        case _T.DESTRUCTION_REPORT:
            report = DestructionReport.from_content(content, name)
            return [
                say("Time: {time}", time=_moment(report.at, evidence, language)),
                destruction_sentence(statement, language),
            ]
        case _T.DESTRUCTION_ORDER:
            order = DestructionOrder.from_content(content, name)
            return [
                say("Not to be followed before: {time}", time=_moment(order.not_before, evidence, language))
            ]
        case _:
            return [say("Fingerprint: {groups}", groups=fingerprint_text(statement.fingerprint))]


def _moment(unix: int, evidence: Evidence | None, language: Language) -> str:
    zone = "UTC" if evidence is None else evidence.dossier.manifest.definition.timezone
    return language.moment(unix, zone) + (" UTC" if evidence is None else "")


def _zero(report: ZeroReport, evidence: Evidence | None, language: Language) -> list[str]:
    say = language.say
    return [
        say("Opened: {time}", time=_moment(report.opened, evidence, language)),
        say("Votes in the box: {count}", count=report.ballots),
        say("Electors marked: {count}", count=report.marks),
        say("Electors on the register: {count}", count=report.electors),
        *(say("Note: {text}", text=text) for text in report.notes),
    ]


def _proxies(report: ClosingReport, language: Language) -> list[str]:
    count = report.desk_proxies
    return [language.say("Votes by a proxy noted at the desk: {count}", count=count)] if count else []


def _shown(report: ClosingReport, language: Language) -> list[str]:
    if not report.codes_shown:
        return []
    told = language.say(
        "Check codes shown on the screen and copied by hand (a weak check): {count}", count=report.codes_shown
    )
    return [told]


def _closing(report: ClosingReport, evidence: Evidence | None, language: Language) -> list[str]:
    say = language.say
    lines = [
        say("Closed: {time}", time=_moment(report.closed, evidence, language)),
        say("Electors on the register: {count}", count=report.electors),
        *([say("Electors added on the spot: {count}", count=report.additions)] if report.additions else []),
        say("Electors marked: {count}", count=report.marks),
        *_proxies(report, language),
        say("Ballots in the box, in each contest: {count}", count=report.ballots),
        say("Signatures on the paper list: {count}", count=report.signatures),
        say("Ballots opened to check the machine: {count}", count=report.challenges),
        say("Checks of the machine by its officers: {count}", count=report.officer_checks or 0),
        *_shown(report, language),
        say("Digest of all ballots: {groups}", groups=fingerprint_text(report.set_digest)),
    ]
    if not report.marks == report.ballots == report.signatures:
        lines.append(
            say("Electors marked, ballots and signatures differ: the decisions and the minutes must say why.")
        )
    return lines


def _challenge(challenge: Challenge, evidence: Evidence | None, language: Language) -> list[str]:
    say = language.say
    lines = []
    for ballot in challenge.ballots:
        title = _contest(ballot.contest, evidence, language)
        chosen = ", ".join(_selected(ballot, evidence, language))
        spent = _spent(ballot, evidence, language)
        lines.append(f"{title}: {chosen or say('Blank')}{f'. {spent}' if spent else ''}")
    code = check_code(challenge.commitment)
    return [*lines, say("The slip printed before must carry this check code: {code}", code=code)]


def _selected(ballot: OpenedBallot, evidence: Evidence | None, language: Language) -> list[str]:
    """What a ballot gives to which options; where nobody knows its contest, or it does not fit, as it stands."""
    if evidence is not None and ballot.contest < len(evidence.dossier.manifest.definition.contests):
        contest = evidence.dossier.manifest.definition.contests[ballot.contest]
        shape = Shape.of(contest)
        if shape.flaw(ballot.selection or shape.blank) is None:
            chosen = chosen_in(contest, ballot.selection, language.code)
            return [chosen_words(item, language) for item in chosen]
    given = [(at, value) for at, value in enumerate(ballot.selection) if value]
    names = [_option(ballot.contest, at, evidence, language) for at, _ in given]
    if all(value == 1 for _, value in given):
        return names
    return [f"{name} ({value})" for name, (_, value) in zip(names, given, strict=True)]


def _spent(ballot: OpenedBallot, evidence: Evidence | None, language: Language) -> str:
    """How a ballot stands to the spending limit of its contest; empty where there is none to tell."""
    if evidence is None or ballot.contest >= len(evidence.dossier.manifest.definition.contests):
        return ""
    return spent_words(
        evidence.dossier.manifest.definition.contests[ballot.contest], ballot.selection, language
    )


def _result(result: Result, evidence: Evidence | None, language: Language) -> list[str]:
    say = language.say
    lines = [
        say("Contest: {contest}", contest=_contest(result.contest, evidence, language)),
        say("Ballots: {count}", count=result.ballots),
        say("Blank or left out: {count}", count=result.blank),
    ]
    if result.invalid:
        lines.append(say("Invalid: {count}", count=result.invalid))
    winners = set(result.winners)
    for at, total in enumerate(result.totals):
        row = f"{_option(result.contest, at, evidence, language)}: {language.number(total)}"
        lines.append(f"{row} ({say('chosen')})" if at in winners else row)
    if result.ties:
        lines.append(say("Ties were met and decided: {count}", count=len(result.ties)))
    return lines


def _decision(decision: Decision, evidence: Evidence | None, language: Language) -> list[str]:
    say = language.say
    kinds = {
        DecisionKind.TIE: say("a tie"),
        DecisionKind.EXCLUSION: say("a box that is left out"),
        DecisionKind.FEW_BALLOTS: say("a contest with few ballots"),
        DecisionKind.LATE_BOX: say("a late box"),
        DecisionKind.CORRECTION: say("a correction"),
        DecisionKind.FIGURES: say("figures that differ"),
    }
    return [
        say("About: {kind}", kind=kinds.get(decision.kind, decision.kind.name.lower())),
        say("Time: {time}", time=_moment(decision.at, evidence, language)),
        say("Reason: {reason}", reason=decision.reason),
    ]


def _contest(contest: int, evidence: Evidence | None, language: Language) -> str:
    if evidence is not None and contest < len(evidence.dossier.manifest.definition.contests):
        return evidence.title(contest, language.code)
    return language.say("contest number {number}", number=contest + 1)


def _option(contest: int, option: int, evidence: Evidence | None, language: Language) -> str:
    if evidence is not None:
        name = evidence.option(contest, option, language.code)
        if name is not None:
            return name
    return language.say("option number {number}", number=option + 1)
