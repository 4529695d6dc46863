"""The officer's app, and a copy of the folder."""

from __future__ import annotations

import time
from pathlib import Path

import click

from keys.desk.command import Answer, answers
from keys.desk.counted import counted
from keys.desk.options import folder_option, rehearsal_option, workers_option
from keys.desk.town import speaks
from keys.election.statement import Mode
from keys.findings import Misuse
from tally.backup import back_up
from tally.commands.opening import tell
from tally.workspace import Workspace

__all__ = ["backup_command", "run_command"]

_FOLDER = folder_option("Folder of the returning officer.")


@click.command("run")
@_FOLDER
@rehearsal_option
@workers_option
@answers
def run_command(folder: Path, mode: Mode, workers: int) -> Answer:
    """Do the officer's part on the screen: boxes, decisions, trustees, results, minutes, publication.

    Example: tally run --dir office
    """
    # Imported here: no other command needs the libraries of the screen.
    import sys

    from tally.running import run_office

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Misuse("tally run needs a terminal; the other commands do the same without one")
    workspace = Workspace(folder, mode)
    run_office(workspace, workers)
    return Answer(speaks(workspace.draft()[0].definition).say("The office is closed."))


@click.command("backup")
@_FOLDER
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder for the copy, on another disk."
)
@answers
def backup_command(folder: Path, out: Path) -> Answer:
    """Copy the whole folder into one file, read it back and compare.

    Example: tally backup --dir office --out /media/SAFE
    """
    done = back_up(folder, out, int(time.time()), tell("", "files"))
    return Answer(
        f"{counted(done.files, 'file')} copied, read back and compared: {done.path}\nSHA-256 {done.digest.hex()}\n"
        f"Keep it in the safe: it holds the rolls.",
        {"path": str(done.path), "files": done.files, "bytes": done.size, "sha256": done.digest.hex()},
    )
