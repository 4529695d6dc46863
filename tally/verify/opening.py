"""Steps on the opening: what was requested, who takes part, what each trustee signed."""

from __future__ import annotations

from keys.election.agreement import check_enough as check_small_number
from keys.election.agreement import check_present
from keys.election.decision import DecisionKind
from keys.election.figures import disagreement
from keys.election.forms import Shape
from keys.election.layout import EARLIER, REQUEST, SHUFFLES
from keys.election.opening import Decryption, read_request
from keys.election.statement import Role, StatementType
from keys.findings import Refused
from tally.verify.archives import archives, polled
from tally.verify.case import Case, Several, each, need

__all__ = [
    "check_answers",
    "check_enough",
    "check_figures",
    "check_heads",
    "check_machines",
    "check_request",
]


def check_request(case: Case) -> None:
    """The authority asked for all contests at once, and the request rests on these reports and decisions."""
    sealed = need(case.sealed)
    request = read_request(sealed, case.statement(REQUEST))
    contests = [item.contest for item in request.contests]
    if contests != list(range(len(sealed.manifest.definition.contests))):
        raise Refused("V-407", "request", "not every contest of the vote, once and in order")
    case.request = request
    dossier = case.dossier
    closings = sorted(day.closing_fingerprint for day in dossier.days if day.closing_fingerprint)
    if list(request.reports) != closings:
        raise Refused("V-407", "request", "it rests on other closing reports")
    if not set(dossier.opening_decisions()).issuperset(request.decisions):
        raise Refused("V-407", "request", "it rests on a decision that is not there or lacks signers")


def check_machines(case: Case) -> None:
    """Every machine has closed, or was left out by a decision taken before the opening was requested."""
    dossier = case.dossier
    check_present(dossier)
    request = need(case.request)
    settling = set(dossier.opening_decisions())
    findings = []
    for item in dossier.effective_decisions():
        late = item.decision.at > request.made or item.fingerprint not in request.decisions
        if item.fingerprint in settling and late:
            kind = item.decision.kind.name.lower().replace("_", " ")
            findings.append(Refused("V-605", f"decision {item.fingerprint.hex()[:16]}", kind))
    if findings:
        raise Several(findings)


def check_figures(case: Case) -> None:
    """At each machine marks, ballots and signatures on paper are one number, or a decision says why not."""
    dossier = case.dossier
    decided = {
        item.decision.subject
        for item in dossier.effective_decisions()
        if item.decision.kind is DecisionKind.FIGURES
    }

    def check(at: int) -> None:
        closing = dossier.days[at].closing
        if closing is None or at in decided or at in dossier.excluded():
            return
        figures = disagreement(closing)
        if figures is not None:
            raise Refused("V-615", f"machine {dossier.manifest.machines[at].name}", figures)

    each(range(len(dossier.days)), check)


def check_answers(case: Case) -> None:
    """Each decryption is signed by its trustee and answers this request, contest by contest."""
    sealed, request = need(case.sealed), need(case.request)
    fingerprint = case.statement(REQUEST).fingerprint
    found: dict[int, Decryption] = {}

    def check(path: str) -> None:
        statement = case.statement(path)
        content = sealed.open(statement, StatementType.DECRYPTION, Role.TRUSTEE)
        decryption = Decryption.from_content(content, path)
        trustee = statement.header.signer or 0
        if trustee in found:
            raise Refused("V-501", path, "a second decryption of this trustee")
        if decryption.request != fingerprint:
            raise Refused("V-407", path, "it answers another request")
        if [part.contest for part in decryption.contests] != [item.contest for item in request.contests]:
            raise Refused("V-407", path, "it answers for other contests")
        for part, item in zip(decryption.contests, request.contests, strict=True):
            whole = Shape.of(sealed.manifest.definition.contests[item.contest]).is_whole
            if part.head != item.head and not whole:  # of those, `check_signed_parts` compares the head
                raise Refused("V-407", path, "it answers for other totals")
        found[trustee] = decryption

    paths = [path for path in case.folder.names("decryptions") if not path.startswith((EARLIER, SHUFFLES))]
    each([path for path in paths if path != REQUEST], check)
    case.decryptions = found


def check_heads(case: Case) -> None:
    """The archives are those that the trustees were asked to open."""
    request, dossier = need(case.request), case.dossier
    excluded = dossier.excluded()

    def check(at: int) -> None:
        archive = polled(case, at)
        item = request.contests[at]
        machines = tuple(machine for machine in dossier.machines_of(at) if machine not in excluded)
        found = (archive.tally_head, len(archive.cast), machines)
        if found != (item.head.hex(), item.ballots, item.machines):
            raise Refused("V-407", archive.subject, "the archive is not the one that was requested")

    each(archives(case), check)


def check_enough(case: Case) -> None:
    """No contest with few ballots was opened without a decision."""
    dossier = case.dossier
    each(archives(case), lambda at: check_small_number(dossier, {at: len(polled(case, at).cast)}))
