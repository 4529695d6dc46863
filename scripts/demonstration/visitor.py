"""The part of the person at the terminal: opens one station, votes as often as they like, pauses, and closes it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from demonstration.commands import Commands, say
from demonstration.neighbourhoods import Place
from demonstration.townhall import machine_options
from keys.election.statement import Mode
from station.day import open_day
from station.disk.plan import Mark
from station.disk.state import State

__all__ = ["GUESTS", "has_terminal", "let_close", "let_vote", "marked"]

GUESTS = 20
"""Electors at each station whose ballots are not in the published file: the person votes as one of them."""


def has_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def let_vote(commands: Commands, place: Place) -> set[int]:
    """Open the station's screen for the person.

    Returns:
        Roll numbers of those who voted there.
    """
    first = len(place.votes.voters) + 1
    say(f"Your turn: station {place.votes.meta.get('subunit', place.number)}")
    print(
        "   1. Check the machine, tick the last two lines with Enter, and open all the same. Type or paste the two\n"
        "      officers' cards; copy them now, the screen will hide them"
    )
    print(f"      (another window finds them in {commands.secrets / 'cards'}):")
    for number in (1, 2):
        card = commands.secrets / "cards" / f"{place.number}-official-card-{number}.txt"
        print(f"        card {number}:  {card.read_text(encoding='utf-8').strip()}")
    print("      and choose a PIN of 4 to 6 digits for the desk.")
    print(f"   2. Vote as roll number {first} to {first + GUESTS - 1}, as often as you like; F1 is help.")
    print("   3. Then pause the station (F6, the same two cards), and switch off.")
    input("   Press Enter to start. ")
    _run(commands, place)
    return marked(commands, place)


def let_close(commands: Commands, place: Place, marks: int) -> None:
    """Open the screen again, for the closing; if the person leaves it open, the demonstration closes it."""
    say(f"Your turn again: close station {place.number}")
    print(
        f"   Close the station. The paper list has {marks} signatures: two names, this number twice, two cards."
    )
    for number in (1, 2):
        card = commands.secrets / "cards" / f"{place.number}-official-card-{number}.txt"
        print(f"        card {number}:  {card.read_text(encoding='utf-8').strip()}")
    input("   Press Enter to start. ")
    _run(commands, place)
    if _state(commands, place) is not State.CLOSED:
        print("   It was left open; the demonstration closes it.")
        commands.run("station", "close", "--signatures", marks, *machine_options(commands, place))


def marked(commands: Commands, place: Place) -> set[int]:
    """Roll numbers that are marked on a machine."""
    with open_day(_folder(commands, place), Mode.OFFICIAL, lambda: int(time.time()), held=True) as day:
        return {elector.number for elector, mark in day.store.electors() if mark is Mark.VOTED}


def _run(commands: Commands, place: Place) -> None:
    program = f"{sys.prefix}/bin/station"
    subprocess.run(
        [program, "run", "--dir", _folder(commands, place), "--stick", commands.stick], check=False
    )


def _state(commands: Commands, place: Place) -> State:
    with open_day(_folder(commands, place), Mode.OFFICIAL, lambda: int(time.time()), held=True) as day:
        return day.state


def _folder(commands: Commands, place: Place) -> Path:
    return commands.out / "machines" / place.number
