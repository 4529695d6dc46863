"""A receipt: is the ballot in the box?"""

from __future__ import annotations

from keys.election.ballot import commitment
from keys.election.decision import DecisionKind
from keys.election.receipt import Receipt
from keys.election.statement import Statement
from keys.paper.groups import check_code, short_code
from tally.check.evidence import Evidence, Line
from tally.check.origin import machine_of
from tally.check.verdict import Denied, Page

__all__ = ["check_boxed", "check_receipt", "check_released"]


def check_receipt(statement: Statement, evidence: Evidence, page: Page) -> str:
    """Check a receipt whose signature holds.

    Steps: published; not left out; every tracker in the archive of its contest, under a credential of this
    machine; the box is the one of the closing report; the check code is that of these ballots.

    Raises:
        Denied: T-715 to T-719, T-729.
        Refused: The archives cannot be read.
    """
    say, machine = page.language.say, machine_of(statement)
    receipt = Receipt.from_content(statement.content, statement.name)
    style = evidence.style(machine)
    if len(receipt.trackers) != len(style):
        sentence = say("Receipt: it is signed, but it does not fit the ballots of this station.")
        raise Denied(
            "T-719", statement.name, sentence, f"{len(receipt.trackers)} codes, {len(style)} contests"
        )
    check_released(machine, evidence, page)
    found = [
        _find(tracker, contest, machine, evidence, page)
        for tracker, contest in zip(receipt.trackers, style, strict=True)
    ]
    missing = found.count(None)
    if missing:
        _deny_missing(missing, machine, evidence, page)
    check_boxed(machine, evidence, page)
    lines = [line for line in found if line is not None]
    if commitment([line.unsigned for line in lines])[: len(receipt.check_code)] != receipt.check_code:
        sentence = say(
            "This vote is in the box, but it is not the one the machine had fixed on the slip: "
            "keep slip and receipt, they are evidence."
        )
        raise Denied("T-718", statement.name, sentence)
    code = check_code(receipt.check_code)
    page.note(
        say("The check code {code} is that of the ballot in the box, fixed before it was cast.", code=code)
    )
    page.note(say("None of this says what was chosen: nobody can tell from it how you voted."))
    page.data["station"] = evidence.dossier.manifest.machines[machine].name
    return page.language.say_many(
        "This ballot is in the box of station {station}.",
        "The {count} ballots of this visit are all in the box of station {station}.",
        len(lines),
        station=evidence.station(machine),
    )


def check_released(machine: int, evidence: Evidence, page: Page) -> None:
    """Check that a machine's box is published, or should be.

    Raises:
        Denied: T-715 not yet, T-729 the box was left out.
    """
    say, station = page.language.say, evidence.station(machine)
    dossier, subject = evidence.dossier, f"machine {evidence.dossier.manifest.machines[machine].name}"
    if machine in dossier.excluded():
        for signed in dossier.effective_decisions():
            if signed.decision.kind is DecisionKind.EXCLUSION and signed.decision.subject == machine:
                page.note(say("Reason: {reason}", reason=signed.decision.reason))
        sentence = say("The box of station {station} was left out by a decision.", station=station)
        raise Denied("T-729", subject, sentence)
    closed = evidence.complete and dossier.days[machine].closing is not None
    if not closed or not all(evidence.has_archive(contest) for contest in evidence.style(machine)):
        sentence = say(
            "The ballots of station {station} are not published yet: keep this paper and ask again after "
            "the publication.",
            station=station,
        )
        raise Denied("T-715", subject, sentence)


def check_boxed(machine: int, evidence: Evidence, page: Page) -> None:
    """Check that the published box of a machine is the one it signed when it closed; ask `check_released` first.

    Raises:
        Denied: T-717.
    """
    closing = evidence.dossier.days[machine].closing
    if closing is None or evidence.box_digest(machine) != closing.set_digest:
        sentence = page.language.say(
            "The published list of station {station} is not the one its machine signed when it closed: "
            "ballots were added, left out or exchanged.",
            station=evidence.station(machine),
        )
        raise Denied("T-717", f"machine {evidence.dossier.manifest.machines[machine].name}", sentence)
    page.note(
        page.language.say(
            "The published box of the station is the one in its closing report. Ballots in each contest: "
            "{count}.",
            count=closing.ballots,
        )
    )


def _find(tracker: bytes, contest: int, machine: int, evidence: Evidence, page: Page) -> Line | None:
    """The ballot of a tracker, cast on this machine."""
    say, title = page.language.say, evidence.title(contest, page.language.code)
    code = short_code(tracker)
    for line in evidence.lines(contest):
        if line.tracker.startswith(tracker):
            if evidence.owner(contest, line.credential) == machine:
                page.note(say("Code {code} is in the list of {contest}.", code=code, contest=title))
                return line
            page.note(say("Code {code} is in the list, but as a ballot of another machine.", code=code))
            return None
    page.note(say("Code {code} is NOT in the list of {contest}.", code=code, contest=title))
    return None


def _deny_missing(missing: int, machine: int, evidence: Evidence, page: Page) -> None:
    sentence = page.language.say_many(
        "This ballot is missing from the box of station {station}: keep this receipt, it is evidence against "
        "the station's machine.",
        "{count} ballots of this visit are missing from the box of station {station}: keep this receipt, it is "
        "evidence against the station's machine.",
        missing,
        station=evidence.station(machine),
    )
    closing = evidence.dossier.days[machine].closing_fingerprint or b""
    name = evidence.dossier.manifest.machines[machine].name
    raise Denied("T-716", f"machine {name}", sentence, f"closing report {short_code(closing)}")
