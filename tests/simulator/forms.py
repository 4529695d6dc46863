"""Contests of any ballot form held from the definition to the publication, a machine a station, 2,000 voters at most.

Used by the tests with samples of real votes, and by `scripts/published --whole` with all of their ballots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from keys.election.definition import Contest, Definition, Option, Station, Terms
from keys.election.rules import Form
from tests.simulator.holding import Held, Poll, Tell, by_recorder, hold

__all__ = ["contest_of", "hold_forms"]

_STATION = 2000


def contest_of(
    name: str,
    form: Form,
    rule: str,
    options: Sequence[str],
    least: int,
    most: int,
    *,
    terms: Terms | None = None,
    costs: Sequence[int] = (),
    points_each: int | None = None,
    members: Mapping[int, Sequence[str]] | None = None,
    spend: int | None = None,
) -> Contest:
    """A contest; `hold_forms` gives it to all stations."""
    return Contest(
        id=name,
        title={"fr": f"Contest {name}"},
        rule=rule,
        least=least,
        most=most,
        options=tuple(
            Option(
                id=str(at + 1),
                name={"fr": text},
                cost=costs[at] if costs else None,
                members=tuple(members[at]) if members else None,
            )
            for at, text in enumerate(options)
        ),
        stations=(0,),
        terms=terms or Terms(),
        form=form,
        currency="EUR" if costs else None,
        points_each=points_each,
        spend=spend,
    )


def hold_forms(
    root: Path,
    contests: Sequence[Contest],
    votes: Sequence[Mapping[int, tuple[int, ...]]],
    *,
    tell: Tell = lambda *_: None,
    workers: int = 1,
    count: bool = True,
    small_number: int = 1,
    poll: Poll = by_recorder,
) -> Held:
    """Hold a vote whose two trustees are both needed, and open its totals; nothing is certified yet.

    Args:
        root: An empty folder.
        contests: Made by `contest_of`.
        votes: A visit each: selections by contest.
        tell: Told each stage.
        workers: Processes; there are as many stations at least.
        count: Also open the totals.
        small_number: Of the definition; fewer ballots are opened by a decision.
        poll: Casts the votes.
    """
    size = min(_STATION, -(-len(votes) // workers))
    shares = [votes[start : start + size] for start in range(0, len(votes), size)]
    defined = _definition(contests, [len(share) for share in shares], small_number)
    return hold(root, defined, shares, poll, tell=tell, workers=workers, count=count)


def _definition(contests: Sequence[Contest], electors: Sequence[int], small_number: int) -> Definition:
    stations = tuple(range(len(electors)))
    return Definition(
        title={"fr": "Votes de quartier"},
        town="Toulouse",
        opens="2026-10-04T08:00",
        closes="2026-10-04T18:00",
        timezone="Europe/Paris",
        languages=("fr",),
        contests=tuple(replace(contest, stations=stations) for contest in contests),
        stations=tuple(Station(f"b{at}", f"Bureau {at}", "", electors[at], (f"m{at}",)) for at in stations),
        trustees=("Anne", "Bilal"),
        threshold=2,
        small_number=small_number,
        reserve=1,
        cards=2,
    )
