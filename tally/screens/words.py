"""The words of the officer's screens that several of them need; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from keys.desk.language import Language
from keys.election.decision import DecisionKind, Matter, matter
from keys.election.definition import Definition, text_in
from keys.election.dossier import Dossier
from tally.board import Board, State
from tally.standing import Standing
from tally.step import Step

__all__ = [
    "draft_words",
    "effect_words",
    "kind_words",
    "percent",
    "state_words",
    "step_words",
    "subject_words",
]


_NAMED = 3
"""Stations that are named; the others are three dots."""


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


def draft_words(lacking: Sequence[str], language: Language) -> str:
    """What is to be done before the vote is sealed.

    Args:
        lacking: Stations without a register.
        language: Of the officer.
    """
    say = language.say
    if lacking:
        names = language.join([*lacking[:_NAMED], *(["…"] if len(lacking) > _NAMED else [])])
        return say(
            "The vote is drafted. Take in the registers; these stations have none so far: {names}.",
            names=names,
        )
    return say(
        "The registers are in. Put in the stick with what trustees and machines handed in, and seal: after that no "
        "register can change."
    )


def step_words(standing: Standing, definition: Definition, language: Language) -> str:
    """What is to be done in the next step, and what for."""
    say, board = language.say, standing.board
    step = board.step
    if step is Step.IMPORT and board.count(State.SUSPENDED):
        return _suspended_words(standing, language)
    if step is Step.ANSWER and standing.shuffling is not None and not standing.shuffling.ended:
        trustees = standing.dossier.manifest.trustees
        return say(
            "Before the trustees open, they shuffle the ballots of some contests, one after the other. Next is {name}: "
            "hand on the folder, and take in the shuffle.",
            name=trustees[standing.shuffling.left[0]].name,
        )
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
            needed=standing.needed,
            there=len(board.files.answered),
        ),
        Step.OPEN: say("Enough trustees have answered. Open the totals and count."),
        Step.SETTLE: say(
            "Something waits for a decision of the board. Look at it, and sign what was decided."
        ),
        Step.FIRST: say(
            "All boxes are in or left out, but something is decided first: afterwards it would be too late."
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


def _suspended_words(standing: Standing, language: Language) -> str:
    """Two boxes of one machine: the board chooses, then the one that it chose is taken in."""
    say = language.say
    undecided = {item.subject for item in standing.board.questions if item.kind is DecisionKind.BOX}
    rows = [row for row in standing.board.machines if row.state is State.SUSPENDED]
    if chosen := next((row.name for row in rows if row.index not in undecided), None):
        return say(
            "The board chose a box of machine {machine}. Put in its stick, and take it in.", machine=chosen
        )
    return say(
        "Two different boxes of machine {machine} came. The board chooses one, with the signed closing report at hand.",
        machine=rows[0].name,
    )


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
