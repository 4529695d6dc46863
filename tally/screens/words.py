"""The words of the officer's screens that several of them need; pure."""

from __future__ import annotations

from fractions import Fraction

from keys.crypto.errors import CryptoError
from keys.desk.language import Language
from keys.election.decision import DecisionKind, Matter, matter
from keys.election.definition import Definition, text_in
from keys.election.dossier import Dossier
from keys.findings import Finding, Misuse, Refused, Unreadable
from tally.board import Board, State, Step

__all__ = [
    "finding_words",
    "kind_words",
    "percent",
    "problem_words",
    "state_words",
    "step_words",
    "subject_words",
]


def state_words(state: State, language: Language) -> str:
    """The state of a station."""
    say = language.say
    return {
        State.EXPECTED: say("expected"),
        State.IN: say("in"),
        State.MISSING: say("MISSING"),
        State.SUSPENDED: say("SUSPENDED"),
        State.LEFT_OUT: say("left out"),
        State.PAPER: say("on paper"),
    }[state]


def step_words(step: Step, board: Board, definition: Definition, language: Language) -> str:
    """What is to be done in a step, and what for."""
    say = language.say
    if step is Step.CONFIRM:
        return say(
            "Wait until these have confirmed the sealed vote: {names}.",
            names=language.join(board.unconfirmed),
        )
    return {
        Step.IMPORT: say("Put in the stick of a station and take in its box, in any order."),
        Step.REQUEST: say(
            "All boxes are in or left out. Sign the request to the trustees; then nothing can be added."
        ),
        Step.ANSWER: say(
            "Hand the folder to the trustees. Answers needed: {needed}; received: {there}.",
            needed=definition.threshold,
            there=len(board.files.answered),
        ),
        Step.OPEN: say("Enough trustees have answered. Open the totals and count."),
        Step.SETTLE: say(
            "Something waits for a decision of the board. Look at it, and sign what was decided."
        ),
        Step.CERTIFY: say("Everything is counted. Sign the results; the minutes are written."),
        Step.COSIGN: say("The results wait for signatures of the board. Take in what its members signed."),
        Step.PUBLISH: say("The minutes are ready. Print and sign them, publish the folder, back up."),
    }[step]


def kind_words(kind: DecisionKind, language: Language) -> str:
    """What a kind of decision does."""
    say = language.say
    return {
        DecisionKind.TIE: say("Decide a tie"),
        DecisionKind.EXCLUSION: say("Leave out a machine"),
        DecisionKind.FEW_BALLOTS: say("Open a contest with few ballots"),
        DecisionKind.LATE_BOX: say("Take in a late box"),
        DecisionKind.CORRECTION: say("Note a correction"),
        DecisionKind.FIGURES: say("Accept figures that differ"),
        DecisionKind.BOX: say("Choose between two boxes"),
        DecisionKind.PAPER: say("Count a station on paper"),
        DecisionKind.CHALLENGE: say("Decide on a checked ballot found in a box"),
    }[kind]


def subject_words(kind: DecisionKind, subject: int, dossier: Dossier, language: Language) -> str:
    """What a decision is about: a contest, a machine or a station."""
    say, definition = language.say, dossier.manifest.definition
    if matter(kind) is Matter.CONTEST:
        return text_in(definition.contests[subject].title, language.code)
    if matter(kind) is Matter.STATION:
        return definition.stations[subject].name
    machine = dossier.manifest.machines[subject]
    station = definition.stations[machine.station].name
    return say("machine {machine}, {station}", machine=machine.name, station=station)


def percent(share: Fraction | None, language: Language) -> str:
    """A share with one digit, or a dash."""
    return "-" if share is None else language.percent(share)


def finding_words(code: str, finding: Finding, language: Language) -> tuple[str, str, str]:
    """Title, meaning and remedy of a finding."""
    wording = language.wording
    return f"{code}  {wording(finding.title)}", wording(finding.meaning), wording(finding.remedy)


def problem_words(error: Exception, language: Language) -> tuple[str, str, str]:
    """What happened, what is safe, what to do.

    Args:
        error: One of those that work may end with.
        language: Of the officer.
    """
    say = language.say
    safe = say("Everything that was in is still there, and nothing is half done.")
    if isinstance(error, Refused):
        title, meaning, remedy = finding_words(error.code, error.finding, language)
        detail = f" ({error.detail})" if error.detail else ""
        return f"{title}\n{error.subject}{detail}", f"{meaning}\n{safe}", remedy
    if isinstance(error, Misuse):
        return str(error), safe, say("Go back, and try another way.")
    if isinstance(error, CryptoError):
        return str(error), safe, say("Do not use this file. Ask for it again where it was made.")
    if isinstance(error, Unreadable):
        reason = str(error)
    else:
        reason = (
            (error.strerror or type(error).__name__) if isinstance(error, OSError) else type(error).__name__
        )
    return reason, safe, say("Check that the stick is in, and not full or locked; then try again.")
