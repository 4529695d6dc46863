"""The polling station on the screen."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from keys.desk.options import rehearsal_option
from keys.election.statement import Mode
from keys.findings import Misuse, Refused, Unreadable
from station.checks.probes import Probes
from station.commands.given import folder_of_machine, now, stick_at, window
from station.day import Day
from station.ports import Printer
from station.printing import StationPrinter, print_command

__all__ = ["run_command"]

_READING = 20
"""Seconds that words stand on a screen which is cleared afterwards."""


@click.command("run")
@folder_of_machine
@rehearsal_option
@click.option(
    "--print", "printing", metavar="COMMAND", help="Takes a PDF on its input, such as 'lp -d booth'."
)
@click.option("--paper-roll", is_flag=True, help="The printer takes 80 mm paper, not A4.")
@click.option("--plain", is_flag=True, help="Numbered lines instead of screens, for braille and speech.")
@click.option("--stick", type=click.Path(path_type=Path), help="Folder where the stick appears.")
def run_command(
    folder: Path, mode: Mode, printing: str | None, paper_roll: bool, plain: bool, stick: Path | None
) -> None:
    """Run the polling station on this screen, by the keyboard alone; load the town hall's file first if need be.

    With --plain the whole dialogue is numbered lines, one question after the other: for braille displays, screen
    readers, speech, and terminals that cannot draw. Each page clears the one before it, and the scrollback.

    Example: station run --dir machine --print "lp -d booth" --stick /media/isoloir
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Misuse("station run needs a terminal")
    # Imported here: no other command needs the screen.
    from station.faces.lineterminal import HungUp
    from station.faces.plain import show_plain
    from station.running import office_of, run_station, show_on_screen, unloaded_of

    handing = print_command(printing)

    def printer(day: Day) -> Printer:
        return StationPrinter(day, now, handing, roll=paper_roll)

    where = stick_at(stick, folder)
    probe = Probes(now, printing=printing, stick=where, cells=window)
    try:
        status = run_station(
            lambda at: office_of(folder, at, printer, where, probe),
            mode,
            show_plain if plain else show_on_screen,
            lambda at: unloaded_of(folder, at, where),
        )
    except HungUp:
        raise  # nobody is there to read
    except (Misuse, Refused, Unreadable) as trouble:
        if not sys.stderr.isatty():  # a kiosk throws that away, and begins again: long enough to be read here
            click.echo(f"\n{trouble}")
            time.sleep(_READING)
        raise
    if status and not sys.stderr.isatty():
        time.sleep(_READING)  # its last words
    raise SystemExit(status)
