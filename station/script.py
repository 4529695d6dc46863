"""Visits from plain data, played through the same session as the screens: for demonstrations and tests.

A script is text with one visit a line, JSON:
``{"elector": 12, "choices": {"saint-cyprien": ["31", "54"]}, "checks": 1}``.
Contests that are not named are left out; an empty list is a blank vote; ``checks`` is how often the voter
checks the machine before voting. Whether scripts are allowed at all is for the caller to ask.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from keys.election.definition import Definition
from keys.findings import Refused
from station import answers as a
from station import questions as q
from station.session import Session

__all__ = ["ScriptedVisit", "play", "play_all", "read_script"]

_FIELDS = {"elector", "choices", "checks"}
_CODES = {
    q.Refusal.VOTED: "S-301",
    q.Refusal.VOTED_ELSEWHERE: "S-301",
    q.Refusal.STRUCK_OFF: "S-302",
    q.Refusal.UNKNOWN: "S-302",
    q.Refusal.NO_ROOM: "S-204",
}


@dataclass(frozen=True, slots=True)
class ScriptedVisit:
    """One visit as plain data."""

    elector: int
    """Roll number."""
    choices: Mapping[str, tuple[str, ...]]
    """Ids of options by id of contest."""
    checks: int = 0
    """How often the machine is checked first."""


def read_script(text: str) -> Iterator[ScriptedVisit]:
    """Read a script line by line.

    Raises:
        Refused: S-310, a line is not a visit; it names the line, and nothing of what is chosen in it.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _read_line(line, f"line {number} of the script")


def _read_line(line: str, subject: str) -> ScriptedVisit:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise Refused("S-310", subject, "not JSON") from None
    if not isinstance(value, dict) or not {"elector", "choices"} <= set(value) <= _FIELDS:
        raise Refused("S-310", subject, "expected elector, choices and, if wanted, checks")
    elector, choices, checks = value["elector"], value["choices"], value.get("checks", 0)
    whole = type(elector) is int and type(checks) is int and checks >= 0
    if not whole or not isinstance(choices, dict):
        raise Refused("S-310", subject, "elector and checks are whole numbers, choices are named by contest")
    for options in choices.values():
        if not isinstance(options, list) or not all(isinstance(option, str) for option in options):
            raise Refused("S-310", subject, "the choices of a contest are a list of ids of options")
    return ScriptedVisit(elector, {name: tuple(ids) for name, ids in choices.items()}, checks)


def play_all(
    session: Session,
    definition: Definition,
    visits: Iterable[ScriptedVisit],
    pin: str,
    told: Callable[[int], None] = lambda _: None,
) -> int:
    """Play visits one after the other; each is cast before the next begins.

    Args:
        session: At an empty desk.
        definition: Of the vote.
        visits: From `read_script`, or made by the caller.
        pin: The worker's.
        told: Called with the number of visits after each.

    Returns:
        How many were cast.

    Raises:
        Refused: S-204, S-301 to S-303, S-310, S-311; those before are cast, this one and those after it are not.
    """
    count = 0
    for visit in visits:
        play(session, definition, visit, pin)
        count += 1
        told(count)
    return count


def play(session: Session, definition: Definition, visit: ScriptedVisit, pin: str) -> bytes:
    """Play one visit from the search to the signature.

    Returns:
        The receipt, a statement.

    Raises:
        Refused: S-204, S-301, S-302, the person cannot vote; S-303, the choices do not make a ballot (the visit
            is ended without a vote); S-311, the disk failed.
    """
    wanted = _by_index(definition, visit)
    _let_in(session, visit.elector)
    session.answer(a.HandOver(unlimited=True))
    session.answer(a.LanguageChosen(definition.language))
    try:
        for _ in range(visit.checks):
            _choose(session, wanted)
            session.answer(a.CheckMachine())
            session.answer(a.StartAgain())
            session.answer(a.LanguageChosen(definition.language))
        _choose(session, wanted)
    except Refused:
        _leave(session, pin)
        raise
    session.answer(a.Vote())
    recorded = session.question
    if not isinstance(recorded, q.Recorded):
        raise Refused("S-311", f"elector {visit.elector}")
    session.answer(a.Finish())
    session.answer(a.PinTyped(pin))
    session.answer(a.Signed())
    return recorded.receipt


def _by_index(definition: Definition, visit: ScriptedVisit) -> dict[int, tuple[int, ...]]:
    """Option indices by contest index."""
    found: dict[int, tuple[int, ...]] = {}
    numbers = {contest.id: index for index, contest in enumerate(definition.contests)}
    for name, ids in visit.choices.items():
        if name not in numbers:
            raise Refused("S-303", f"elector {visit.elector}", f"there is no contest {name!r}")
        options = {
            option.id: index for index, option in enumerate(definition.contests[numbers[name]].options)
        }
        if len(set(ids)) < len(ids) or not set(ids) <= set(options):
            raise Refused("S-303", f"elector {visit.elector}", f"contest {name!r} has no such options")
        found[numbers[name]] = tuple(options[option] for option in ids)
    return found


def _let_in(session: Session, elector: int) -> None:
    session.answer(a.Search(str(elector)))
    session.answer(a.Choose(elector))
    question = session.question
    if isinstance(question, q.AskPerson):
        refusal = question.refused[1] if question.refused else q.Refusal.UNKNOWN
        session.answer(a.Clear())
        raise Refused(_CODES[refusal], f"elector {elector}", refusal.value)


def _choose(session: Session, wanted: Mapping[int, tuple[int, ...]]) -> None:
    """Choose, review, and take the slip: everything before the two buttons."""
    question = session.question
    if isinstance(question, q.ListContests):
        _choose_listed(session, question, wanted)
    elif isinstance(question, q.AskMarks):
        if set(wanted) - {question.contest}:
            raise Refused("S-303", "choices", "of a contest that this station does not hold")
        _mark(session, wanted.get(question.contest, ()))
    session.answer(a.Done())
    session.answer(a.SlipInHand())


def _choose_listed(session: Session, question: q.ListContests, wanted: Mapping[int, tuple[int, ...]]) -> None:
    if set(wanted) - {line.contest for line in question.lines}:
        raise Refused("S-303", "choices", "of a contest that this station does not hold")
    for contest, options in wanted.items():
        session.answer(a.OpenContest(contest))
        _mark(session, options)
    session.answer(a.Done())


def _mark(session: Session, options: tuple[int, ...]) -> None:
    for option in options:
        session.answer(a.Tick(option))
        _check_notice(session.question)
    session.answer(a.Done())
    _check_notice(session.question)


def _check_notice(question: q.Question) -> None:
    if isinstance(question, q.AskMarks) and question.notice is not None:
        raise Refused("S-303", f"contest {question.title!r}", question.notice.value)


def _leave(session: Session, pin: str) -> None:
    session.answer(a.CallWorker())
    session.answer(a.PinTyped(pin))
