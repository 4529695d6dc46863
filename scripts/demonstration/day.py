"""The stations' day: each opens, its real ballots are cast through session and recorder, it closes and exports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from demonstration.commands import Commands, say
from demonstration.neighbourhoods import Place
from demonstration.townhall import machine_options
from keys.election.draft import open_draft
from keys.election.statement import read_statement
from tally.pabulib import from_pabulib

__all__ = ["hold_stations"]


def hold_stations(commands: Commands, places: Sequence[Place]) -> None:
    """Hold the day at all stations, two at a time."""
    say("Polling stations: open, vote, close, export (two at a time)")
    scripts = _write_scripts(commands, places)
    with ThreadPoolExecutor(2) as pool:
        for line in pool.map(lambda place: _hold(commands, place, scripts[place.number]), places):
            print(line, flush=True)


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


def _write_scripts(commands: Commands, places: Sequence[Place]) -> dict[str, Path]:
    """A script of visits a station; scripts are allowed because the definition says that it is a demonstration."""
    vote = from_pabulib([(place.path.name, place.votes) for place in places])
    definition = open_draft(read_statement((commands.office / "draft.cose").read_bytes())).definition
    scripts = {}
    for at, place in enumerate(places):
        contest = definition.contests[at]
        lines = [
            json.dumps({"elector": number, "choices": {contest.id: [contest.options[i].id for i in chosen]}})
            for number, chosen in enumerate(vote.choices[at], 1)
        ]
        path = commands.secrets / f"visits-{place.number}.jsonl"
        path.write_text("\n".join(lines) + "\n")
        scripts[place.number] = path
    return scripts
