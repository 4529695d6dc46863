"""What a definition allows and the day may regret: warnings, never refusals."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from keys.desk.counted import counted
from keys.election.definition import Contest, Definition
from keys.election.forms import Shape
from keys.election.rules import Form
from tally.definition.table import Note

__all__ = ["cautions"]

_MANY = 10**9


def cautions(definition: Definition, gaps: Sequence[tuple[str, str]]) -> tuple[Note, ...]:
    """Everything that somebody should look at before the definition is signed.

    Args:
        definition: Without mistakes.
        gaps: Language and path of each text that is missing in a language of the vote.
    """
    parts = (_queues, _few, _money, _unique, _people)
    return (*(note for part in parts for note in part(definition)), *_gaps(gaps))


def _queues(definition: Definition) -> Iterator[Note]:
    zone = ZoneInfo(definition.timezone)
    opens, closes = (
        datetime.fromisoformat(moment).replace(tzinfo=zone)
        for moment in (definition.opens, definition.closes)
    )
    minutes = (closes.timestamp() - opens.timestamp()) / 60
    for station in definition.stations:
        needed = station.electors * definition.minutes_per_visit
        if needed > minutes:
            yield Note(
                f"station {station.id}",
                f"{counted(station.electors, 'elector')} at {definition.minutes_per_visit} min each: "
                f"{needed / 60:.0f} h in one booth, which is open for {minutes / 60:.0f} h",
            )


def _few(definition: Definition) -> Iterator[Note]:
    for contest in definition.contests:
        electors = _electors(definition, contest)
        if electors < definition.small_number:
            yield Note(
                f"contest {contest.id}",
                f"only {counted(electors, 'elector')}; with fewer than "
                f"{counted(definition.small_number, 'ballot')} it is opened only by a decision",
            )


def _money(definition: Definition) -> Iterator[Note]:
    for contest in definition.contests:
        budget, spend = contest.terms.budget, contest.spend
        costs = [option.cost for option in contest.options]
        for number, cost in enumerate(costs, 1):
            path = f"contest {contest.id}, option {number}, cost"
            if cost is not None and budget and cost > budget:
                yield Note(path, "more than the whole budget")
            elif cost is not None and spend is not None and cost > spend:
                yield Note(path, "more than a voter may spend: nobody can choose it")
        if spend is not None and budget and spend > budget:
            yield Note(f"contest {contest.id}, spend", f"{spend} is more than the whole budget, {budget}")
        if spend is not None and sum(cost or 0 for cost in costs) <= spend:
            yield Note(f"contest {contest.id}, spend", "all options together cost no more: it limits nothing")


def _unique(definition: Definition) -> Iterator[Note]:
    for contest in definition.contests:
        ways = _ways(contest)
        electors = _electors(definition, contest)
        if ways > electors:
            number = str(ways) if ways < _MANY else "more than a thousand million"
            most = "up to " if contest.spend is not None and ways < _MANY else ""
            yield Note(
                f"contest {contest.id}, choose",
                f"a ballot can be filled in {most}{number} ways by {counted(electors, 'elector')}, and "
                "every ballot is published: many will be the only one of their "
                "kind, so that a vote can be sold and recognised",
            )


def _ways(contest: Contest) -> int:
    """How many ballots of a whole form are possible at most, but for the blank one; 0 where only sums are opened."""
    shape = Shape.of(contest)
    most = shape.most
    if shape.spend is not None:  # no ballot holds more options than the cheapest that can be paid
        most = min(most, sum(total <= shape.spend for total in accumulate(sorted(shape.costs))))
    sizes = range(max(shape.least, 1), most + 1)
    if shape.form is Form.RANKS:
        return sum(math.perm(shape.options, ranks) for ranks in sizes)
    if shape.form is Form.APPROVALS:
        return sum(math.comb(shape.options, marks) for marks in sizes)
    if shape.form is Form.GRADES:
        return sum(math.comb(shape.options, given) * shape.highest**given for given in sizes)
    return 0


def _people(definition: Definition) -> Iterator[Note]:
    if definition.demonstration:
        return
    if definition.threshold == 1:
        yield Note("trustees, threshold", "one trustee alone can open the box, and every ballot in it")
    elif definition.threshold == len(definition.trustees):
        yield Note("trustees, threshold", "if one trustee falls ill or loses a key, nobody can open the box")


def _gaps(gaps: Sequence[tuple[str, str]]) -> Iterator[Note]:
    first = dict(reversed(gaps))
    for language, count in Counter(language for language, _ in gaps).items():
        yield Note(
            f"language {language}",
            f"{count} {'text is' if count == 1 else 'texts are'} missing and will be shown in the first "
            f"language, as {first[language]}",
        )


def _electors(definition: Definition, contest: Contest) -> int:
    return sum(definition.stations[station].electors for station in contest.stations)
