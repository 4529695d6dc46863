"""Reports, decisions, publications: is the paper in the hand the published one, and does it add up?"""

from __future__ import annotations

from keys.election.decision import Decision, DecisionKind
from keys.election.report import ClosingReport
from keys.election.result import Publication
from keys.election.statement import Statement, StatementType
from tally.check.evidence import Evidence
from tally.check.origin import machine_of
from tally.check.receipt import check_boxed, check_released
from tally.check.verdict import Denied, Page
from tally.check.words import what
from tally.verify.published import PUBLICATION

__all__ = ["check_decision", "check_destruction", "check_other", "check_publication", "check_report"]

_SHOWN = 5
_ON_CONTESTS = frozenset({DecisionKind.TIE, DecisionKind.FEW_BALLOTS})
_ON_MACHINES = frozenset(
    {DecisionKind.EXCLUSION, DecisionKind.LATE_BOX, DecisionKind.CORRECTION, DecisionKind.FIGURES}
)


def check_report(statement: Statement, evidence: Evidence, page: Page) -> str:
    """Check a report whose signature holds: it is the published one; a closing report fits the published box.

    Raises:
        Denied: T-715, T-717, T-723.
        Refused: The archives cannot be read.
    """
    say, machine = page.language.say, machine_of(statement)
    name, station = what(statement, page.language), evidence.station(machine)
    if not _is_published(statement, evidence, "reports/"):
        if not evidence.complete or evidence.dossier.days[machine].closing is None:
            sentence = say(
                "{what}: signed by station {station}, which has not published its reports yet.",
                what=name,
                station=station,
            )
            raise Denied("T-715", statement.name, sentence)
        sentence = say(
            "{what}: signed by station {station}, but the published one says something else: keep this paper, "
            "it is evidence.",
            what=name,
            station=station,
        )
        raise Denied("T-723", statement.name, sentence)
    page.data["station"] = evidence.dossier.manifest.machines[machine].name
    if statement.header.type is StatementType.CLOSING_REPORT:
        excluded = machine in evidence.dossier.excluded()
        if excluded:
            page.note(say("The box of this station was left out by a decision."))
        else:
            check_released(machine, evidence, page)
            check_boxed(machine, evidence, page)
        _note_figures(ClosingReport.from_content(statement.content, statement.name), page)
    return say(
        "{what} of station {station}: it is genuine, and the same as the published one.",
        what=name,
        station=station,
    )


def check_decision(statement: Statement, evidence: Evidence, page: Page) -> str:
    """Check a decision whose signature holds: it is published, and by how many it is signed.

    Raises:
        Denied: T-715, T-719, T-723.
    """
    say, manifest = page.language.say, evidence.dossier.manifest
    decision = Decision.from_content(statement.content, statement.name)
    stated = len(manifest.definition.contests) if decision.kind in _ON_CONTESTS else len(manifest.machines)
    if decision.kind in _ON_CONTESTS | _ON_MACHINES and decision.subject >= stated:
        raise Denied(
            "T-719", statement.name, say("Decision: it is signed, but about something that does not exist.")
        )
    if not evidence.complete:
        raise Denied("T-715", statement.name, say("The decisions of this vote are not published yet."))
    found = [item for item in evidence.dossier.decisions if item.fingerprint == statement.fingerprint]
    if not found:
        raise Denied(
            "T-723", statement.name, say("Decision: it is signed, but it is not among the published ones.")
        )
    if decision.kind in _ON_CONTESTS:
        page.note(say("Contest: {contest}", contest=evidence.title(decision.subject, page.language.code)))
    elif decision.kind in _ON_MACHINES:
        page.note(say("Station: {station}", station=evidence.station(decision.subject)))
    page.note(
        say(
            "Members of the board who signed: {count}; needed: {needed}",
            count=len(found[0].board),
            needed=manifest.definition.signers,
        )
    )
    if found[0] not in evidence.dossier.effective_decisions():
        page.note(say("It has no effect: not all who must sign have signed."))
    return say("This decision is genuine, and the same as the published one.")


def check_publication(statement: Statement, evidence: Evidence, page: Page) -> str:
    """Check a list of published files whose signature holds, and every file against it.

    Raises:
        Denied: T-723, T-728.
    """
    say = page.language.say
    publication = Publication.from_content(statement.content, statement.name)
    if PUBLICATION in evidence.folder.files and evidence.folder.files[PUBLICATION] != statement.raw:
        raise Denied(
            "T-723", statement.name, say("List of published files: the folder holds another one than this.")
        )
    listed = {item.path: (item.size, item.digest) for item in publication.files}
    stored = {
        path: (item.size, item.digest) for path, item in evidence.folder.stored.items() if path != PUBLICATION
    }
    wrong = sorted(path for path in listed.keys() | stored.keys() if listed.get(path) != stored.get(path))
    wrong += [item.subject for item in evidence.folder.strays]
    for path in wrong[:_SHOWN]:
        page.note(say("Changed, missing or added: {path}", path=path))
    if wrong:
        sentence = page.language.say_many(
            "{count} file of the public folder is not what the town hall signed.",
            "{count} files of the public folder are not what the town hall signed.",
            len(wrong),
        )
        raise Denied("T-728", statement.name, sentence, ", ".join(wrong[:_SHOWN]))
    return say("All {count} files of the public folder are what the town hall signed.", count=len(listed))


def check_destruction(statement: Statement, _evidence: Evidence, page: Page) -> str:
    """What comes after the publication is in no public folder: its signature, which holds, is all there is."""
    return page.language.say("{what}: it is genuine.", what=what(statement, page.language))


def check_other(statement: Statement, evidence: Evidence, page: Page) -> str:
    """Check any other paper whose signature holds: it is published.

    Raises:
        Denied: T-723.
    """
    name = what(statement, page.language)
    path = evidence.published(statement)
    if path is None:
        sentence = page.language.say("{what}: it is not among the published files of this vote.", what=name)
        raise Denied("T-723", statement.name, sentence)
    return page.language.say("{what}: it is genuine, and published as {path}.", what=name, path=path)


def _is_published(statement: Statement, evidence: Evidence, folder: str) -> bool:
    return any(
        data == statement.raw for path, data in evidence.folder.files.items() if path.startswith(folder)
    )


def _note_figures(report: ClosingReport, page: Page) -> None:
    if report.marks == report.ballots == report.signatures:
        page.note(
            page.language.say(
                "Electors marked, ballots and signatures on paper are the same number: {count}.",
                count=report.ballots,
            )
        )
