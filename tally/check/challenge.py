"""An opened ballot (design, section 5, challenge): did the machine prepare what its voter had chosen?"""

from __future__ import annotations

from keys.crypto.errors import CryptoError
from keys.crypto.transcript import sha256
from keys.election.ballot import UnsignedBallot, commitment
from keys.election.challenge import Challenge, OpenedBallot, make_again
from keys.election.statement import Statement
from keys.paper.groups import check_code
from tally.check.evidence import Evidence
from tally.check.origin import machine_of
from tally.check.verdict import Denied, Page

__all__ = ["check_challenge"]


def check_challenge(statement: Statement, evidence: Evidence, page: Page, slip: bytes | None = None) -> str:
    """Rebuild the ballots of an opened visit whose signature holds, and look for them in the archives.

    Args:
        statement: The challenge.
        evidence: A folder with enrolments.
        page: For the reasons.
        slip: First 10 bytes of the commitment, from the slip that was printed before.

    Raises:
        Denied: T-715, T-719, T-725 to T-727.
        Refused: The archives cannot be read.
    """
    say, machine = page.language.say, machine_of(statement)
    challenge = Challenge.from_content(statement.content, statement.name)
    if not evidence.complete:
        raise Denied(
            "T-715", statement.name, say("Opened ballot: the papers to check it with are not published yet.")
        )
    if tuple(ballot.contest for ballot in challenge.ballots) != evidence.style(machine):
        raise _unfit(statement, page, "other contests than those of the station")
    unsigned = [
        _rebuild(statement, item, challenge.seed, machine, evidence, page) for item in challenge.ballots
    ]
    if commitment([ballot.hash for ballot in unsigned]) != challenge.commitment:
        sentence = say(
            "The machine of station {station} lied: the check code it signed is not that of these choices. Keep "
            "slip and sheet, they are evidence.",
            station=evidence.station(machine),
        )
        raise Denied("T-725", statement.name, sentence)
    _check_slip(statement, challenge, slip, page)
    published = _check_not_cast(statement, unsigned, machine, evidence, page)
    page.data["check_code"] = check_code(challenge.commitment)
    station = evidence.station(machine)
    if not published:
        return say(
            "The machine of station {station} told the truth: it had prepared exactly these choices.",
            station=station,
        )
    return say(
        "The machine of station {station} told the truth: it had prepared exactly these choices, and they are "
        "not counted.",
        station=station,
    )


def _rebuild(
    statement: Statement, item: OpenedBallot, seed: bytes, machine: int, evidence: Evidence, page: Page
) -> UnsignedBallot:
    if item.credential not in evidence.dossier.credentials_of(machine, item.contest):
        raise _unfit(statement, page, "a credential that is not one of this machine")
    try:
        return make_again(evidence.dossier.manifest, seed, item)
    except CryptoError as error:
        raise _unfit(statement, page, str(error)) from None


def _unfit(statement: Statement, page: Page, detail: str) -> Denied:
    sentence = page.language.say(
        "Opened ballot: it is signed, but no ballot of this station can be built from it. Keep slip and sheet, "
        "they are evidence."
    )
    return Denied("T-719", statement.name, sentence, detail)


def _check_slip(statement: Statement, challenge: Challenge, slip: bytes | None, page: Page) -> None:
    say = page.language.say
    if slip is None:
        page.note(say("Compare it with the slip yourself, or give its code with --slip."))
    elif slip == challenge.commitment[: len(slip)]:
        page.note(say("The slip carries the same check code."))
    else:
        sentence = say(
            "The slip carries another check code than the sheet: the machine changed its answer after printing "
            "it. Keep both, they are evidence."
        )
        raise Denied("T-727", statement.name, sentence, f"slip {check_code(slip)}")


def _check_not_cast(
    statement: Statement, ballots: list[UnsignedBallot], machine: int, evidence: Evidence, page: Page
) -> bool:
    """Whether all lists that an opened ballot could be in are published, and it is in none."""
    say, published = page.language.say, True
    for contest, ballot in zip(evidence.style(machine), ballots, strict=True):
        if not evidence.has_archive(contest):
            published = False
            continue
        choices = ",".join(choice.text() for choice in ballot.answer.choices)
        digest = sha256(choices.encode())
        if any(line.choices == digest for line in evidence.lines(contest)):
            sentence = say(
                "FRAUD: station {station} opened this ballot as a check, and yet it was counted in {contest}. "
                "Keep the sheet and show it.",
                station=evidence.station(machine),
                contest=evidence.title(contest, page.language.code),
            )
            raise Denied("T-726", statement.name, sentence)
    if published:
        page.note(say("It is in no published list of ballots."))
    else:
        page.note(
            say(
                "The ballots are not published yet: ask again then whether this one was counted all the same."
            )
        )
    return published
