"""A voting kiosk of a Debian machine, as files to install."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.counted import counted
from keys.findings import Misuse
from station.kiosk.writing import Kiosk, undo_script, write_kiosk

__all__ = ["kiosk_command"]

_PROGRAM = Path(sys.executable).with_name("station")


@click.command("kiosk")
@click.option("--write", "target", type=click.Path(path_type=Path), help="New folder to write the files to.")
@click.option("--undo", is_flag=True, help="Print the script that undoes an installation.")
@click.option(
    "--program", type=click.Path(path_type=Path), default=_PROGRAM, help="The command station on the kiosk."
)
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("/var/lib/isoloir/machine"),
    help="Folder of the machine on the kiosk.",
)
@click.option(
    "--print", "printing", metavar="COMMAND", default="", help="Takes a PDF, such as 'lp -d booth'."
)
@click.option("--paper-roll", is_flag=True, help="The printer takes 80 mm paper, not A4.")
@click.option(
    "--stick",
    type=click.Path(path_type=Path),
    default=Path("/media/isoloir/ISOLOIR"),
    help="Folder where the stick appears.",
)
@click.option("--plain", is_flag=True, help="Numbered lines instead of screens, for braille and speech.")
@answers
def kiosk_command(
    target: Path | None,
    undo: bool,
    program: Path,
    folder: Path,
    printing: str,
    paper_roll: bool,
    stick: Path,
    plain: bool,
) -> Answer:
    """Write what turns a Debian machine into a voting kiosk; nothing is applied.

    The folder holds a service for the first console, fonts and colours, the locks, a script that installs all of it,
    one that undoes it, and a README.

    Example: station kiosk --write kiosk --program /opt/isoloir/bin/station --print "lp -d booth"
    """
    if (target is None) == (not undo):
        raise Misuse("give either --write DIR or --undo")
    if target is None:
        script = undo_script()
        return Answer(script.rstrip("\n"), {"script": script})
    written = write_kiosk(target, Kiosk(program, folder, stick, printing, paper_roll, plain))
    files = counted(len(written), "file")
    text = f"{files} written to {target}. Nothing was changed on this machine; read {target / 'README'}."
    return Answer(text, {"files": [str(path) for path in written]})
