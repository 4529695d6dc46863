"""The words of the officer's screens that several of them need; pure."""

from __future__ import annotations

import errno
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from keys.crypto.errors import CryptoError
from keys.desk.language import Language
from keys.election.decision import DecisionKind, Matter, matter
from keys.election.definition import Definition, text_in
from keys.election.dossier import Dossier
from keys.findings import Finding, Misuse, Refused
from tally.board import Board, State
from tally.step import Step
from tally.sticks import NotEmpty

__all__ = [
    "effect_words",
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
        Step.IMPORT: say("Put in the stick of a station and take in its box, in any order.")
        if board.count(State.MISSING) == 0
        else say(
            "Take in what is missing, in any order. What never opened is left out by a decision of the board."
        ),
        Step.LATE: say("The board takes in a late box. Put in its stick, and take it in."),
        Step.AGAIN: say("The late box is in. Ask the trustees again: what was counted without it falls."),
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
        Step.PUBLISH: say("The minutes are ready. Print and sign them, publish the folder, back up.")
        if not board.files.published
        else say("The rehearsal went to its end. Nothing else is to be done here."),
        Step.ORDER: say(
            "It is published. Back up. Once the town knows when the time for appeals is over, order to destroy what is "
            "private: machines first, then this office."
        ),
        Step.RETIRE: _retire_words(board, definition, language),
    }[step]


def _retire_words(board: Board, definition: Definition, language: Language) -> str:
    moment = board.files.ordered or 0
    day = language.day(datetime.fromtimestamp(moment, ZoneInfo(definition.timezone)).date().isoformat())
    return language.say(
        "The order holds from {day} on. Then two officers run station wipe on every machine and hand in the paper; "
        "when all have, retire this office.",
        day=day,
    )


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


def effect_words(kind: DecisionKind, language: Language) -> str:
    """What follows from a decision, before it is signed; empty where the form itself says so."""
    say = language.say
    words = {
        DecisionKind.TIE: say("The count goes on with this order. The program draws nothing."),
        DecisionKind.EXCLUSION: say(
            "Nothing of this machine is counted. If a box of it comes later, only another decision takes it in."
        ),
        DecisionKind.FEW_BALLOTS: say(
            "So few ballots can show what single people voted. They are opened all the same."
        ),
        DecisionKind.LATE_BOX: say(
            "The trustees are asked again, with this box; what was counted before falls."
        ),
        DecisionKind.CORRECTION: say("It changes no figure. It is told in the minutes."),
        DecisionKind.FIGURES: say(
            "The ballots are counted as they are. Have the signatures counted again before you sign this."
        ),
        DecisionKind.PAPER: say(
            "The figures on paper are added in a column of their own; nobody can prove them."
        ),
    }
    return words.get(kind, "")


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
        return f"{title}\n{error.subject}{detail}\n{meaning}", safe, remedy
    if isinstance(error, NotEmpty):
        happened = say("{place} is not empty; nothing is written over what is there.", place=error.place)
        return happened, safe, say("Take another stick, or type the path of a new folder.")
    if isinstance(error, Misuse):
        return str(error), safe, say("Go back, and try another way.")
    if isinstance(error, CryptoError):
        return str(error), safe, say("Do not use this file. Ask for it again where it was made.")
    remedy = say("Check that the stick is in, and not full or locked; then try again.")
    return _reason(error, language), safe, remedy


def _reason(error: Exception, language: Language) -> str:
    """Why something could not be read or written: in the officer's language where the system's number is known."""
    say = language.say
    cause = error if isinstance(error, OSError) else error.__context__
    words = {
        errno.ENOSPC: say("No room is left there."),
        errno.ENOENT: say("It is not there, or not any more."),
        errno.EACCES: say("This is not allowed there: a lock on the stick, or somebody else's folder."),
        errno.EROFS: say("This is not allowed there: a lock on the stick, or somebody else's folder."),
        errno.EIO: say("The disk or the stick did not answer: it was pulled out, or is worn out."),
    }
    if not isinstance(cause, OSError) or cause.errno not in words:
        return str(error) or type(error).__name__
    said = words[cause.errno]
    place = cause.filename2 or cause.filename  # of a copy, where it was to be written
    return said if place is None else f"{place}\n{said}"
