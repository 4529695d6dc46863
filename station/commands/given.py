"""What several commands of a machine are given: its folder, two cards, the hour; and the papers they leave."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from keys.desk.cards import Card
from keys.desk.command import warn
from keys.desk.options import folder_option, read_card
from keys.election.statement import Mode, read_statement
from keys.findings import Misuse, Refused
from station.day import Day
from station.printing import keep_report
from station.recognition import recognise
from station.sticks.place import StickPlace
from station.sticks.stickwriter import Stick

__all__ = [
    "anyway_option",
    "cards_of",
    "copied",
    "folder_of_machine",
    "keep_paper",
    "now",
    "paper_list_option",
    "printing_option",
    "stick_at",
    "stick_option",
    "window",
]

folder_of_machine = folder_option("Folder of this machine.")
stick_option = click.option(
    "--stick",
    type=click.Path(path_type=Path),
    help="Stick that is in: a sealed copy of every vote is kept on it.",
)
anyway_option = click.option(
    "--anyway", is_flag=True, help="Keep a text in which a word is found that is a name on the register."
)
printing_option = click.option(
    "--print", "printing", metavar="COMMAND", help="The printing command that will be used."
)
paper_list_option = click.option(
    "--paper-list", is_flag=True, help="The printed signing list is on the table."
)


def now() -> int:
    """Unix seconds."""
    return int(time.time())


def stick_at(folder: Path | None, home: Path) -> Callable[[], Path | None]:
    """Where the stick is; None while none is in, or none that can be read.

    Args:
        folder: Where it appears; None where there is no such place.
        home: The machine's own folder.
    """
    place = None if folder is None else StickPlace(folder, home)
    return lambda: place.folder if place is not None and place.is_there() else None


def window() -> tuple[int, int] | None:
    """Columns and rows of the terminal; None where there is none."""
    try:
        size = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return None
    return size.columns, size.lines


def cards_of(folder: Path, mode: Mode, files: Sequence[Path]) -> list[Card]:
    """Two cards, from files or typed at the terminal.

    Raises:
        Misuse: No file, and no terminal to ask at.
        Refused: S-120, S-121, a file holds no card.
    """
    if files:
        return [read_card(path) for path in files]
    if not sys.stdin.isatty():
        raise Misuse("two cards are needed: use --card FILE twice where there is no terminal")
    cards: list[Card] = []
    while len(cards) < 2:
        typed = click.prompt(f"Card of person {len(cards) + 1}, 8 groups", hide_input=True, err=True)
        try:
            card = Card.parse(typed)
            recognise(folder, mode, card)
        except Refused as refused:
            warn(str(refused))
            continue
        cards.append(card)
    return cards


@contextmanager
def copied(day: Day, stick: Path | None) -> Iterator[None]:
    """Keep a copy on a stick, if one is in; says at the end where it is behind.

    Raises:
        Unreadable: There is no such stick.
    """
    if stick is not None:
        day.use_stick(stick)
    yield
    state = day.stick_state()
    if state.stick is Stick.BEHIND:
        warn("warning: the copy on the stick is behind; what is recorded is safe on this machine alone")


def keep_paper(day: Day, raw: bytes) -> Path:
    """Write a report as PDF into the machine's folder, to be printed."""
    return keep_report(day, read_statement(raw))
