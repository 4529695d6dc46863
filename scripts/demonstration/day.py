"""The stations' day: each opens, its real ballots are cast through session and recorder, it closes and exports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from demonstration.commands import Commands, say
from demonstration.neighbourhoods import Place
from demonstration.townhall import machine_options
from demonstration.visitor import let_close, let_vote, marked
from keys.election.draft import open_draft
from keys.election.statement import read_statement
from tally.definition.pabulib import from_pabulib

__all__ = ["Day", "hold_stations"]


@dataclass(slots=True)
class Day:
    """What was cast beside the ballots of the files."""

    own: dict[str, int] = field(default_factory=dict)
    """Ballots of the person at the terminal, by station."""
    replaced: dict[str, list[int]] = field(default_factory=dict)
    """Roll numbers whose real ballot was not cast, because the person had voted in their place."""


def hold_stations(commands: Commands, places: Sequence[Place], *, with_visitor: bool) -> Day:
    """Hold the day at all stations, two at a time; the person at the terminal may vote at the first one."""
    day = Day()
    visited = places[0] if with_visitor else None
    voted: set[int] = set()
    if visited is not None:
        voted = let_vote(commands, visited)
        day.own[visited.number] = len(voted)
        day.replaced[visited.number] = sorted(
            number for number in voted if number <= len(visited.votes.voters)
        )
    say("Polling stations: open, vote, close, export (two at a time)")
    scripts = _write_scripts(commands, places, {visited.number: voted} if visited else {})
    others = [place for place in places if place is not visited]
    with ThreadPoolExecutor(2) as pool:
        for line in pool.map(lambda place: _hold(commands, place, scripts[place.number]), others):
            print(line, flush=True)
    if visited is not None:
        print(_finish_visited(commands, visited, scripts[visited.number]))
    return day


def _hold(commands: Commands, place: Place, script: Path) -> str:
    options = machine_options(commands, place)
    commands.run("station", "open", *options, quiet=True)
    cast = commands.run("station", "cast", script, *options, quiet=True)["cast"]
    closed = commands.run("station", "close", "--signatures", cast, *options, quiet=True)
    commands.run("station", "export", *options, "--out", commands.stick, quiet=True)
    return (
        f"   station {place.number}: {closed['marks']} marks, {closed['ballots']} ballots, "
        f"{closed['signatures']} signatures"
    )


def _finish_visited(commands: Commands, place: Place, script: Path) -> str:
    """Cast the real ballots of the station where the person voted; the person closes it."""
    options = machine_options(commands, place)
    state = commands.run("station", "status", "--dir", commands.out / "machines" / place.number, quiet=True)[
        "state"
    ]
    if state == "prepared":
        commands.run("station", "open", *options)
    elif state not in {"open", "announced"}:
        commands.run("station", "reopen", *options)
    commands.run("station", "cast", script, *options)
    commands.run("station", "pause", *options)
    marks = len(marked(commands, place))
    let_close(commands, place, marks)
    commands.run("station", "export", *options, "--out", commands.stick, quiet=True)
    return f"   station {place.number}: {marks} marks"


def _write_scripts(
    commands: Commands, places: Sequence[Place], without: dict[str, set[int]]
) -> dict[str, Path]:
    """A script of visits a station; scripts are allowed because the definition says that it is a demonstration."""
    vote = from_pabulib([(place.path.name, place.votes) for place in places])
    definition = open_draft(read_statement((commands.office / "draft.cose").read_bytes())).definition
    scripts = {}
    for at, place in enumerate(places):
        contest = definition.contests[at]
        lines = [
            json.dumps({"elector": number, "choices": {contest.id: [contest.options[i].id for i in chosen]}})
            for number, chosen in enumerate(vote.choices[at], 1)
            if number not in without.get(place.number, set())
        ]
        path = commands.secrets / f"visits-{place.number}.jsonl"
        path.write_text("\n".join(lines) + "\n")
        scripts[place.number] = path
    return scripts
