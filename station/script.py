"""Visits from plain data, played through the same session as the screens: for demonstrations and tests.

A script is text with one visit a line, JSON:
``{"elector": 12, "choices": {"saint-cyprien": ["31", "54"]}, "checks": 1}``.
Contests that are not named are left out; an empty list is a blank vote; ``checks`` is how often the voter
checks the machine before voting, at most 20. What is chosen in a contest is written as its form asks, options by
their ids:

- marks, approvals: ``["31", "54"]``; a list of persons likewise, ``["b"]``; above a spending limit, refused;
- ranks: ``["54", "31"]``, the first choice first;
- points: ``{"31": 3, "54": 1}``;
- grades: ``{"31": 5, "54": "Good"}``, a number from 1, the worst, or its name in the definition, in
  any language.

Whether scripts are allowed at all is for the caller to ask.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from keys.desk.chosen import grade_texts
from keys.election.definition import Contest, Definition
from keys.election.rules import Form
from keys.findings import Refused
from station import answers as a
from station import questions as q
from station.session import Session
from station.visits import contest_questions as c

__all__ = ["ScriptedVisit", "Written", "play", "play_all", "read_script"]

_FIELDS = {"elector", "choices", "checks"}
_MOST_CHECKS = 20
_VALUED = {Form.POINTS, Form.GRADES}
_CODES = {
    q.Refusal.VOTED: "S-301",
    q.Refusal.VOTED_ELSEWHERE: "S-301",
    q.Refusal.STRUCK_OFF: "S-302",
    q.Refusal.UNKNOWN: "S-302",
    q.Refusal.NO_ROOM: "S-204",
}


Written = tuple[str, ...] | Mapping[str, int | str]
"""Ids of options, or points or grades by id of option."""
_Gifts = tuple[tuple[int, int], ...]
"""Options by index, and the value that each gets."""


@dataclass(frozen=True, slots=True)
class ScriptedVisit:
    """One visit as plain data."""

    elector: int
    """Roll number."""
    choices: Mapping[str, Written]
    """What is chosen, by id of contest."""
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
        value = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Refused("S-310", subject, "not JSON, or something is named twice in it") from None
    if not isinstance(value, dict) or not {"elector", "choices"} <= set(value) <= _FIELDS:
        raise Refused("S-310", subject, "expected elector, choices and, if wanted, checks")
    elector, choices, checks = value["elector"], value["choices"], value.get("checks", 0)
    whole = type(elector) is int and type(checks) is int and 0 <= checks <= _MOST_CHECKS
    if not whole or not isinstance(choices, dict):
        raise Refused("S-310", subject, "elector and checks are whole numbers, choices are named by contest")
    read = {name: _read_choices(value, subject) for name, value in choices.items()}
    return ScriptedVisit(elector, read, checks)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A table in which nothing is named twice."""
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("named twice")
    return table


def _read_choices(value: object, subject: str) -> Written:
    if isinstance(value, list) and all(isinstance(option, str) for option in value):
        return tuple(value)
    if isinstance(value, dict) and all(type(given) in {int, str} for given in value.values()):
        return value
    raise Refused("S-310", subject, "a contest has a list of ids, or points or grades by id")


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


def _by_index(definition: Definition, visit: ScriptedVisit) -> dict[int, _Gifts]:
    """What is given to which options, by contest index."""
    found: dict[int, _Gifts] = {}
    numbers = {contest.id: index for index, contest in enumerate(definition.contests)}
    for name, written in visit.choices.items():
        subject = f"elector {visit.elector}"
        if name not in numbers:
            raise Refused("S-303", subject, f"there is no contest {name!r}")
        contest = definition.contests[numbers[name]]
        known = {option.id: index for index, option in enumerate(contest.options)}
        if len(set(written)) < len(written) or not set(written) <= set(known):
            raise Refused("S-303", subject, f"contest {name!r} has no such options")
        values = _values(contest, written, subject)
        found[numbers[name]] = tuple((known[id_], value) for id_, value in zip(written, values, strict=True))
    return found


def _values(contest: Contest, written: Written, subject: str) -> list[int]:
    """The value of each option that is named, in the order of the script."""
    form = Form(contest.form)
    if not written:
        return []
    if isinstance(written, tuple):
        if form in _VALUED:
            raise Refused("S-303", subject, f'contest {contest.id!r} takes {{"option": {_what(form)}}}')
        return [1 + at if form is Form.RANKS else 1 for at in range(len(written))]
    if form not in _VALUED:
        raise Refused("S-303", subject, f'contest {contest.id!r} takes ["option", …]')
    grades = _grades(contest) if form is Form.GRADES else {}
    values = [grades.get(value, value) if isinstance(value, str) else value for value in written.values()]
    if not all(type(value) is int and value >= 0 for value in values):
        raise Refused("S-303", subject, f"contest {contest.id!r} has no such {_what(form)}")
    return [int(value) for value in values]


def _grades(contest: Contest) -> dict[str, int]:
    """The grades by their names, in whatever language."""
    texts = enumerate(grade_texts(contest), start=1)
    return {name: grade for grade, names in texts for name in names.values()}


def _what(form: Form) -> str:
    return "points" if form is Form.POINTS else "grade"


def _let_in(session: Session, elector: int) -> None:
    session.answer(a.Search(str(elector)))
    session.answer(a.Choose(elector))
    question = session.question
    if isinstance(question, q.AskPerson):
        refusal = question.refused[1] if question.refused else q.Refusal.UNKNOWN
        session.answer(a.Clear())
        raise Refused(_CODES[refusal], f"elector {elector}", refusal.value)


def _choose(session: Session, wanted: Mapping[int, _Gifts]) -> None:
    """Choose, review, and take the slip: everything before the two buttons."""
    question = session.question
    if isinstance(question, q.ListContests):
        _choose_listed(session, question, wanted)
    elif isinstance(question, c.AskContest):
        if set(wanted) - {question.contest}:
            raise Refused("S-303", "choices", "of a contest that this station does not hold")
        _fill(session, wanted.get(question.contest, ()))
    session.answer(a.Done())
    session.answer(a.SlipInHand())


def _choose_listed(session: Session, question: q.ListContests, wanted: Mapping[int, _Gifts]) -> None:
    if set(wanted) - {line.contest for line in question.lines}:
        raise Refused("S-303", "choices", "of a contest that this station does not hold")
    for contest, gifts in wanted.items():
        session.answer(a.OpenContest(contest))
        _fill(session, gifts)
    session.answer(a.Done())


def _fill(session: Session, gifts: _Gifts) -> None:
    for option, value in gifts:
        session.answer(a.Give(option, value))
        question = session.question
        if isinstance(question, c.AskContest) and question.notice is not None:
            raise Refused("S-303", f"contest {question.title!r}", question.notice.value)
    session.answer(a.Done())
    if isinstance(session.question, c.Incomplete):
        raise Refused("S-303", f"contest {session.question.title!r}", "too few choices, and not blank")


def _leave(session: Session, pin: str) -> None:
    session.answer(a.CallWorker())
    session.answer(a.PinTyped(pin))
