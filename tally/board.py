"""The board: what is in, what is missing, what is next. Pure: from the papers, the rows of the boxes and the files.

`tally status` prints it and `tally run` draws it; both read the folder with `tally.standing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from keys.election.decision import DecisionKind
from keys.election.dossier import Dossier
from keys.election.figures import disagreement
from keys.election.report import ClosingReport
from tally.boxes.database import BoxRow
from tally.boxes.figures import accepted
from tally.results.plausibility import Doubt, Poll, doubt_figures, doubt_hours, doubt_turnout
from tally.step import Files, Step, next_step

__all__ = ["Board", "MachineRow", "Question", "State", "StationRow", "make_board"]


class State(Enum):
    """Where a machine's box is, or a station's."""

    EXPECTED = "expected"
    """Polling is not over."""
    IN = "in"
    MISSING = "missing"
    SUSPENDED = "suspended"
    """Two different boxes came, and the board has not decided."""
    LEFT_OUT = "left out"
    """By a decision."""
    PAPER = "on paper"
    """A station whose count on paper was decided."""


@dataclass(frozen=True, slots=True)
class MachineRow:
    """A machine of a station."""

    index: int
    name: str
    state: State
    box: BoxRow | None
    differing: ClosingReport | None
    """What it reported, where its figures are not one number."""
    accepted: bool
    """A decision accepts that they differ."""


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station."""

    index: int
    id: str
    name: str
    state: State
    electors: int
    marks: int
    ballots: int
    """In each of its contests."""
    signatures: int
    machines: tuple[MachineRow, ...]

    @property
    def turnout(self) -> Fraction | None:
        """Marks in electors, once a box is in."""
        counted = any(item.box is not None for item in self.machines)
        return Fraction(self.marks, self.electors) if counted and self.electors else None


@dataclass(frozen=True, slots=True)
class Question:
    """Something that people must decide before the count can go on."""

    kind: DecisionKind
    subject: int
    signed: bool = False
    """It is decided, and waits for signatures of the board."""

    @property
    def before_opening(self) -> bool:
        """Whether the trustees cannot be asked before it is decided, or it would be too late afterwards."""
        return self.kind in _BEFORE_OPENING


_BEFORE_OPENING = {DecisionKind.BOX, DecisionKind.PAPER, DecisionKind.FEW_BALLOTS}


@dataclass(frozen=True, slots=True)
class Board:
    """All of it."""

    stations: tuple[StationRow, ...]
    unconfirmed: tuple[str, ...]
    """Trustees and machines that have not confirmed the sealed vote."""
    questions: tuple[Question, ...]
    doubts: tuple[Doubt, ...]
    step: Step
    files: Files

    @property
    def machines(self) -> tuple[MachineRow, ...]:
        """All machines, as in the manifest."""
        return tuple(
            sorted((item for row in self.stations for item in row.machines), key=lambda item: item.index)
        )

    @property
    def settled(self) -> int:
        """Stations that are in, on paper or left out."""
        return sum(self.count(state) for state in (State.IN, State.PAPER, State.LEFT_OUT))

    def count(self, state: State) -> int:
        """Stations in a state."""
        return sum(row.state is state for row in self.stations)


def make_board(dossier: Dossier, rows: Sequence[BoxRow], files: Files, *, over: bool) -> Board:
    """Put the board together.

    Args:
        dossier: The papers.
        rows: Boxes that are in.
        files: How far the count is.
        over: Polling is over, so that what is not in is missing.
    """
    machines = _machines(dossier, {row.machine: row for row in rows}, files, over)
    stations = tuple(
        _station(dossier, at, machines) for at in range(len(dossier.manifest.definition.stations))
    )
    unconfirmed = _unconfirmed(dossier)
    questions = tuple(
        replace(item, signed=_is_signed(dossier, item)) for item in _questions(dossier, machines, files)
    )
    return Board(
        stations=stations,
        unconfirmed=unconfirmed,
        questions=questions,
        doubts=tuple(_doubts(dossier, stations, machines)),
        step=_step(dossier, machines, files, waiting=bool(unconfirmed) and not rows, questions=questions),
        files=files,
    )


def _machines(
    dossier: Dossier, boxes: Mapping[int, BoxRow], files: Files, over: bool
) -> tuple[MachineRow, ...]:
    excluded, allowed, found = dossier.excluded(), accepted(dossier), []
    for at, machine in enumerate(dossier.manifest.machines):
        if at in excluded:
            state = State.LEFT_OUT
        elif at in files.suspended:
            state = State.SUSPENDED
        elif at in boxes:
            state = State.IN
        else:
            state = State.MISSING if over else State.EXPECTED
        closing = dossier.days[at].closing
        differing = closing if closing is not None and disagreement(closing) else None
        found.append(MachineRow(at, machine.name, state, boxes.get(at), differing, at in allowed))
    return tuple(found)


def _station(dossier: Dossier, index: int, machines: Sequence[MachineRow]) -> StationRow:
    item = dossier.manifest.definition.stations[index]
    own = tuple(row for row in machines if dossier.manifest.machines[row.index].station == index)
    counted = [row.box for row in own if row.box is not None and row.state is not State.LEFT_OUT]
    on_paper = any(decision.subject == index for decision in dossier.decided(DecisionKind.PAPER))
    return StationRow(
        index=index,
        id=item.id,
        name=item.name,
        state=State.PAPER if on_paper else _together([row.state for row in own]),
        electors=max((box.electors for box in counted), default=item.electors)
        + sum(_additions(dossier, box.machine) for box in counted),
        marks=sum(box.marks for box in counted),
        ballots=sum(box.ballots for box in counted),
        signatures=sum(box.signatures for box in counted),
        machines=own,
    )


def _additions(dossier: Dossier, machine: int) -> int:
    closing = dossier.days[machine].closing
    return 0 if closing is None else closing.additions


def _together(states: Sequence[State]) -> State:
    """The state of a station: of the machine that needs most care."""
    for state in (State.SUSPENDED, State.MISSING, State.EXPECTED, State.IN):
        if state in states:
            return state
    return State.LEFT_OUT


def _unconfirmed(dossier: Dossier) -> tuple[str, ...]:
    manifest = dossier.manifest
    rehearsal = manifest.rehearsal_secret is not None
    people = [
        trustee.name
        for at, trustee in enumerate(manifest.trustees)
        if at not in dossier.confirmed_trustees and not rehearsal
    ]
    without = dossier.excluded() | dossier.confirmed_machines
    return (*people, *(item.name for at, item in enumerate(manifest.machines) if at not in without))


def _questions(dossier: Dossier, machines: Sequence[MachineRow], files: Files) -> tuple[Question, ...]:
    """In the order in which they are to be decided."""
    definition, found = dossier.manifest.definition, []
    if not files.requested:
        chosen = {item.subject for item in dossier.decided(DecisionKind.BOX)}
        found += [
            Question(DecisionKind.BOX, row.index)
            for row in machines
            if row.state is State.SUSPENDED and row.index not in chosen
        ]
        found += [
            Question(DecisionKind.EXCLUSION, row.index) for row in machines if row.state is State.MISSING
        ]
        decided = {item.subject for item in dossier.decided(DecisionKind.PAPER)}
        found += [Question(DecisionKind.PAPER, at) for at in sorted(files.typed - decided)]
        if all(row.state in {State.IN, State.LEFT_OUT} for row in machines):
            allowed = {item.subject for item in dossier.decided(DecisionKind.FEW_BALLOTS)}
            few = (at for at, ballots in files.ballots.items() if ballots < definition.small_number)
            found += [Question(DecisionKind.FEW_BALLOTS, at) for at in few if at not in allowed]
    found += [
        Question(DecisionKind.FIGURES, row.index) for row in machines if row.differing and not row.accepted
    ]
    return (*found, *(Question(DecisionKind.TIE, at) for at in files.tied))


def _is_signed(dossier: Dossier, question: Question) -> bool:
    asked = (question.kind, question.subject)
    effective = dossier.effective_decisions()
    return any(
        item.by_authority and item not in effective and (item.decision.kind, item.decision.subject) == asked
        for item in dossier.decisions
    )


def _doubts(dossier: Dossier, stations: Sequence[StationRow], machines: Sequence[MachineRow]) -> list[Doubt]:
    excluded = dossier.excluded()
    polls = [Poll(row.id, row.electors, row.marks) for row in stations if row.turnout is not None]
    differing = {row.name: row.differing for row in machines if row.differing and row.index not in excluded}
    found = [*doubt_figures(differing), *doubt_turnout(polls)]
    if dossier.manifest.rehearsal_secret is None:  # a rehearsal is held at any hour
        days = {
            row.name: (dossier.days[row.index].zero, dossier.days[row.index].closing)
            for row in machines
            if row.index not in excluded
        }
        found += doubt_hours(dossier.manifest.definition, days)
    return found


def _step(
    dossier: Dossier,
    machines: Sequence[MachineRow],
    files: Files,
    *,
    waiting: bool,
    questions: Sequence[Question],
) -> Step:
    rehearsal = dossier.manifest.rehearsal_secret is not None
    return next_step(
        files,
        needed=1 if rehearsal else dossier.manifest.definition.threshold,
        rehearsal=rehearsal,
        waiting=waiting,
        settled=all(row.state in {State.IN, State.LEFT_OUT} for row in machines),
        late=any(row.index in files.late and row.box is None for row in machines),
        first=any(item.before_opening for item in questions),
        undecided=bool(questions),
    )
