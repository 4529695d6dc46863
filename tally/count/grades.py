"""Majority judgement: every option by the grade that a majority gives it at least."""

from __future__ import annotations

from itertools import accumulate

from keys.election.rules import Rule, RuleParameters
from keys.findings import Refused
from tally.count.data import Data, GradeProfile
from tally.count.message import Message
from tally.count.outcome import Cell, Outcome, Round
from tally.count.referee import Referee
from tally.count.standing import concluded

__all__ = ["majority_judgement"]


def majority_judgement(data: Data, parameters: RuleParameters, referee: Referee) -> Outcome:
    """Rank the options by majority grade, equals by the grades next to the middle, one pair after another.

    Source: M. Balinski, R. Laraki, Majority Judgment, MIT Press 2010, chapters 1 and 14: the majority value
    (the middlemost grade, the lower of two; then the middlemost of what is left, and so on). Only options
    with the same grades throughout are tied. An option that a ballot does not grade gets the worst grade.
    """
    if not isinstance(data, GradeProfile):
        raise Refused("T-403", "ballots", "this rule compares grades")
    names = _names(data, parameters)
    tallies = _tallies(data, len(names))
    winners: tuple[int, ...] = ()
    values = _values(tallies) if data.valid else []
    if values:
        winners = _select(values, min(parameters.seats or 1, len(values)), referee)
    verdict = referee.verdict(
        Message("Elected: {options}.", {"options": referee.names(winners)})
        if winners
        else Message("No ballot grades anybody; nobody is elected.")
    )
    totals = tuple(_gauge(tally)[0] if data.valid else 0 for tally in tallies)
    rounds = _log(data, names, tallies, values, (*referee.said(), verdict))
    figures = {"seats": parameters.seats or 1}
    return concluded(Rule.MAJORITY_JUDGEMENT, data, referee, winners, totals, rounds, verdict, figures)


def _names(data: GradeProfile, parameters: RuleParameters) -> tuple[str, ...]:
    """Names of the grades, worst first; numbers where the definition has none."""
    highest = max((max(grades) for grades, _ in data.groups), default=1)
    names = parameters.grades or tuple(str(grade) for grade in range(1, max(highest, 1) + 1))
    if highest > len(names):
        raise Refused("T-403", "ballots", f"a grade {highest} was given, but there are {len(names)} grades")
    return names


def _tallies(data: GradeProfile, grades: int) -> list[list[int]]:
    """How often each option received each grade, the worst first; a grade not given is the worst."""
    tallies = [[0] * grades for _ in data.options]
    for sheet, count in data.groups:
        for option, grade in enumerate(sheet):
            tallies[option][max(grade, 1) - 1] += count
    return tallies


def _values(tallies: list[list[int]]) -> list[tuple[int, ...]]:
    """Majority values, comparable with each other.

    Taking the middlemost grade away again and again goes outward from the middle, by pairs: with the grades
    sorted, the places low - k and high + k for k = 0, 1, 2, … where low and high are the middle (one place
    or two). Along that way an option's pair changes only where its grades change, so it is enough to look
    at the k where some option changes: numbers of ballots may be as large as they like.
    """
    number = sum(tallies[0])
    low, high = (number - 1) // 2, number // 2
    ends = [place for tally in tallies for place in accumulate(tally)]
    changes = {0} | {low - place + 1 for place in ends} | {place - high for place in ends}
    steps = sorted(step for step in changes if 0 <= step <= low)
    return [
        tuple(_at(tally, place) for step in steps for place in (low - step, high + step)) for tally in tallies
    ]


def _at(tally: list[int], place: int) -> int:
    """The grade at a place of the sorted grades, the worst at place 0."""
    for grade, end in enumerate(accumulate(tally)):
        if place < end:
            return grade
    raise ValueError(f"place {place} of {sum(tally)}")


def _select(values: list[tuple[int, ...]], places: int, referee: Referee) -> tuple[int, ...]:
    """The best, by value; a tie where equals stand across the last place."""
    ranked = sorted(range(len(values)), key=lambda option: values[option], reverse=True)
    last = values[ranked[places - 1]]
    sure = sorted((o for o in ranked if values[o] > last), key=lambda o: values[o], reverse=True)
    equals = [option for option in ranked if values[option] == last]
    left = places - len(sure)
    if len(equals) == left:
        return (*sure, *equals)
    why = Message(
        "{options} have the same grades throughout; places left: {places}.",
        {"options": referee.names(equals), "places": left},
    )
    order = referee.order(f"place-{len(sure) + 1}", equals, left, why)
    return (*sure, *(order or ())[:left])


def _gauge(tally: list[int]) -> tuple[int, int, int]:
    """Majority grade, ballots above it, ballots below it."""
    grade = _at(tally, (sum(tally) - 1) // 2)
    return grade, sum(tally[grade + 1 :]), sum(tally[:grade])


def _not_given(data: GradeProfile) -> list[int]:
    """How often each option was left without a grade."""
    missing = [0] * len(data.options)
    for sheet, count in data.groups:
        for option, grade in enumerate(sheet):
            missing[option] += 0 if grade else count
    return missing


def _log(
    data: GradeProfile,
    names: tuple[str, ...],
    tallies: list[list[int]],
    values: list[tuple[int, ...]],
    said: tuple[Message, ...],
) -> tuple[Round, ...]:
    order = list(range(len(data.options)))
    if values:
        order.sort(key=lambda option: (values[option], -option), reverse=True)
    missing = _not_given(data)
    given: tuple[tuple[Cell, ...], ...] = tuple(
        (data.options[option], *tallies[option], missing[option]) for option in order
    )
    columns = ("Option", *names, "Of these not given")
    ranks: list[tuple[Cell, ...]] = []
    for option in order if values else ():
        grade, above, below = _gauge(tallies[option])
        sign = "+" if above > below else "-"
        ranks.append((data.options[option], names[grade] + sign, above, below))
    return (
        Round("grades", Message("Grades, worst first"), columns, given, ()),
        Round(
            "result",
            Message("Majority grades"),
            ("Option", "Majority grade", "Ballots above it", "Ballots below it"),
            tuple(ranks),
            said,
        ),
    )
