"""Codes that people type: a short code, the check code of a slip, a fingerprint."""

from __future__ import annotations

from keys.crypto.transcript import sha256
from keys.election.ballot import commitment
from keys.election.challenge import Challenge
from keys.election.layout import CHALLENGES
from keys.election.statement import Role, StatementType, read_statement
from keys.findings import Refused
from keys.paper.groups import check_code, fingerprint_text, short_code
from tally.check.evidence import Evidence
from tally.check.verdict import Denied, Page
from tally.check.words import what

__all__ = ["look_up_check", "look_up_fingerprint", "look_up_short"]


def look_up_short(value: bytes, evidence: Evidence, page: Page) -> str:
    """Find a short code, 5 bytes: of a ballot, or of a paper of the vote.

    Raises:
        Denied: T-715 nothing is published yet, T-720 nothing has this code.
        Refused: An archive cannot be read.
    """
    say, code = page.language.say, short_code(value)
    contests = [at for at in _contests(evidence) if evidence.has_archive(at)]
    found = [
        (contest, line)
        for contest in contests
        for line in evidence.lines(contest)
        if line.tracker.startswith(value)
    ]
    for path, data in sorted(evidence.folder.files.items()):
        if path.endswith(".cose"):
            statement = read_statement(data)
            if statement.fingerprint.startswith(value):
                name = what(statement, page.language)
                page.note(say("{what}, published as {path}, has this code.", what=name, path=path))
    for contest, line in found:
        machine = evidence.owner(contest, line.credential)
        station = "?" if machine is None else evidence.station(machine)
        title = evidence.title(contest, page.language.code)
        page.note(
            say(
                "Station {station}, {contest}: {tracker}",
                station=station,
                contest=title,
                tracker=line.tracker.hex(),
            )
        )
    page.data["ballots"] = [
        {"contest": evidence.contest_id(contest), "tracker": line.tracker.hex()} for contest, line in found
    ]
    if len(found) > 1:
        page.note(say("Only the square code of the receipt tells which of them is meant."))
    if found:
        return page.language.say_many(
            "One published ballot has the code {code}.",
            "{count} published ballots have the code {code}.",
            len(found),
            code=code,
        )
    if page.reasons:
        return say("The code {code} is that of a published paper.", code=code)
    if len(contests) < len(_contests(evidence)):
        raise Denied(
            "T-715", f"short code {code}", say("The list of ballots is not published yet: ask again then.")
        )
    sentence = say(
        "No published ballot and no published paper has the code {code}: type it again, then check the square "
        "code of the receipt.",
        code=code,
    )
    raise Denied("T-720", f"short code {code}", sentence)


def look_up_check(value: bytes, evidence: Evidence, page: Page) -> str:
    """Find the check code of a visit, 10 bytes, among the visits of one ballot and the published challenges.

    Of a visit with several ballots the check code binds them all: looking it up would link published ballots,
    and that only the receipt may do.

    Raises:
        Denied: T-715, T-721 not found, T-722 it could be of a visit with several ballots.
        Refused: An archive cannot be read.
    """
    say, code = page.language.say, check_code(value)
    if _is_opened(value, evidence):
        return say(
            "The check code {code} is that of a ballot that was opened as a check, and is not counted.",
            code=code,
        )
    manifest = evidence.dossier.manifest
    alone = {style[0] for style in manifest.styles if len(style) == 1}
    waiting = False
    for contest in sorted(alone):
        if not evidence.has_archive(contest):
            waiting = True
            continue
        for line in evidence.lines(contest):
            if commitment([line.unsigned])[: len(value)] == value:
                return _found(contest, line.credential, line.tracker, code, evidence, page)
    if waiting:
        raise Denied(
            "T-715", f"check code {code}", say("The list of ballots is not published yet: ask again then.")
        )
    if any(len(style) > 1 for style in manifest.styles):
        sentence = say(
            "The check code {code} belongs to no visit with a single ballot; where a visit has several, the "
            "check code cannot be looked up alone: use the square code of the receipt.",
            code=code,
        )
        raise Denied("T-722", f"check code {code}", sentence)
    sentence = say(
        "No published ballot has the check code {code}: unless another slip was made after this one, keep the "
        "slip, it is evidence.",
        code=code,
    )
    raise Denied("T-721", f"check code {code}", sentence)


def look_up_fingerprint(value: bytes, evidence: Evidence, page: Page) -> str:
    """Find a fingerprint, 32 bytes: of a paper, of a machine's key, or the digest of a box.

    Raises:
        Denied: T-720.
    """
    say, dossier = page.language.say, evidence.dossier
    page.note(say("Fingerprint: {groups}", groups=fingerprint_text(value)))
    if value == dossier.fingerprint:
        return say("This is the fingerprint of the sealed file of this vote.")
    for machine, entry in enumerate(dossier.manifest.machines):
        if entry.public_key == value:
            return say(
                "This is the key of the machine of station {station}.", station=evidence.station(machine)
            )
    for machine, day in enumerate(dossier.days):
        if day.closing is not None and day.closing.set_digest == value:
            return say(
                "This is the digest of the box of station {station}, as it closed.",
                station=evidence.station(machine),
            )
    for path, data in sorted(evidence.folder.files.items()):
        if path.endswith(".cose") and read_statement(data).fingerprint == value:
            return say("This is the fingerprint of {path}.", path=path)
        if sha256(data) == value:
            return say("This is the digest of the file {path}.", path=path)
    raise Denied("T-720", "fingerprint", say("Nothing published in this vote has this fingerprint."))


def _contests(evidence: Evidence) -> range:
    return range(len(evidence.dossier.manifest.definition.contests))


def _is_opened(value: bytes, evidence: Evidence) -> bool:
    """Whether a published challenge, signed by a machine of this vote, has this commitment."""
    for path, data in sorted(evidence.folder.files.items()):
        if path.startswith(CHALLENGES):
            statement = read_statement(data)
            if statement.header.type is not StatementType.CHALLENGE:
                continue
            try:
                evidence.dossier.open(statement, StatementType.CHALLENGE, Role.MACHINE)
            except Refused:
                continue
            if Challenge.from_content(statement.content, path).commitment.startswith(value):
                return True
    return False


def _found(contest: int, credential: bytes, tracker: bytes, code: str, evidence: Evidence, page: Page) -> str:
    say, machine = page.language.say, evidence.owner(contest, credential)
    page.note(
        say(
            "Its code in the list of {contest} is {code}.",
            contest=evidence.title(contest, page.language.code),
            code=short_code(tracker),
        )
    )
    page.data["ballots"] = [{"contest": evidence.contest_id(contest), "tracker": tracker.hex()}]
    station = "?" if machine is None else evidence.station(machine)
    return say(
        "The ballot of the slip with the check code {code} is in the box of station {station}.",
        code=code,
        station=station,
    )
